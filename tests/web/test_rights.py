"""A person's rights on their own page: a copy of all of it, a correction, being erased; and the copy that the team hands out."""

import io
import json
import zipfile
from typing import Any

import pytest

from campaign.models import Event
from campaign.models.care import Hand
from campaign.models.stories import Storyteller
from campaign.states import Status
from campaign.stories import consent as consents
from campaign.stories import storyteller
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, FakeClock, good_story, person, status_of, terms
from tests.pages import Page, Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import HOSTILE, NAME, link_for, stories, told  # noqa: F401 - fixtures too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


@pytest.fixture
def zoe() -> Storyteller:
    who = person(NAME, "zoe@example.org", "en")
    consents.give(who, terms(channels=("x-en", "x-fr")), "anna", NOON)
    return who


def parts(response: Any) -> dict[str, str]:
    """What is in the file that came."""
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def sends(visitor: Visitor, url: str) -> Any:
    return visitor.client.post(url)


def test_a_person_gets_all_of_it_as_one_file_that_nothing_keeps(
    stranger: Visitor, site_clock: FakeClock
) -> None:
    words = f"Every day counts. {HOSTILE}"
    who, link = told(stranger, site_clock, words=words)
    answer = sends(stranger, f"{link}copy/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="{who.reference}.zip"'
    )
    found = parts(answer)
    assert json.loads(found["everything.json"])["told"]["words"] == words
    page = found["read-me.html"]
    assert "Every day counts." in page
    assert NAME in page
    assert HOSTILE not in page
    event = Event.objects.get(action="copy handed over")
    assert event.actor == who.reference


def test_it_reads_well_in_the_language_of_the_person(
    stranger: Visitor, zoe: Storyteller
) -> None:
    good_story(of=zoe, text="Le texte même.")
    for language, title in (
        ("en", "What we hold about you"),
        ("fr", "Ce que nous conservons sur vous"),
    ):
        Storyteller.objects.update(language=language)
        page = parts(sends(stranger, f"{link_for(zoe)}copy/"))["read-me.html"]
        assert f'<html lang="{language}">' in page
        assert f"<h1>{title}</h1>" in page
        assert "Le texte même." in page
        assert "storyteller recorded" not in page  # what was done is in words


def test_what_was_taken_back_and_what_became_of_it_reads_in_words(
    stranger: Visitor, zoe: Storyteller
) -> None:
    out = good_story(of=zoe)
    type(out).objects.filter(pk=out.pk).update(
        status=Status.PUBLISHED, remote_id="7", url="https://x.com/i/7"
    )
    withdraw(zoe, ALL, Via.LINK, "", NOON)
    page = parts(sends(stranger, f"{link_for(zoe)}copy/"))["read-me.html"]
    assert "https://x.com/i/7" in page
    assert "Being deleted" in page
    assert "Consent withdrawn" in page


def test_a_copy_is_only_taken_by_a_press(stranger: Visitor, zoe: Storyteller) -> None:
    assert stranger.client.get(f"{link_for(zoe)}copy/").status_code == 405
    assert sends(stranger, "/my-story/no-such-key/copy/").status_code == 404


def test_the_team_hands_it_out_and_the_log_says_who(
    staff: Visitor, volunteer: Visitor, stranger: Visitor, zoe: Storyteller
) -> None:
    url = f"/stories/{zoe.reference}/copy/"
    assert sends(volunteer, url).status_code == 403
    assert "sign-in" in sends(stranger, url).headers["Location"]
    assert not Event.objects.filter(action="copy handed over").exists()
    answer = sends(staff, url)
    assert NAME in parts(answer)["read-me.html"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.get(action="copy handed over").actor == "maria"
    assert "Get the copy" in staff.get(f"/stories/{zoe.reference}/").text


def test_of_who_is_erased_the_team_gets_none(admin: Visitor, zoe: Storyteller) -> None:
    admin.post(f"/stories/{zoe.reference}/erase/", {"sure": "yes"})
    answer = sends(admin, f"/stories/{zoe.reference}/copy/")
    assert answer.status_code == 303
    assert "is erased" in admin.get(answer.headers["Location"]).text


def corrects(visitor: Visitor, link: str, **typed: str) -> Page:
    values = {"name": NAME, "contact": "zoe@example.org", "language": "en", **typed}
    return visitor.after(f"{link}details/", values)


def test_a_person_corrects_how_they_are_reached(stranger: Visitor, zoe: Storyteller) -> None:
    link = link_for(zoe)
    page = stranger.get(f"{link}details/")
    assert page.one("input[name=name]")["value"] == NAME
    said = corrects(stranger, link, contact="514 555-0199", language="fr")
    assert "waits for your yes again" not in said.text
    zoe.refresh_from_db()
    assert (storyteller.contact_of(zoe), zoe.language) == ("514 555-0199", "fr")
    assert (
        Event.objects.filter(action="storyteller changed").latest("pk").actor == zoe.reference
    )


@pytest.mark.parametrize("contact", ["", "abc", "zoe@", "call me: 555"])
def test_what_reaches_nobody_is_not_taken_for_a_contact(
    stranger: Visitor, zoe: Storyteller, contact: str
) -> None:
    typed = {"name": NAME, "contact": contact, "language": "en"}
    said = stranger.post(f"{link_for(zoe)}details/", typed, expect=422)
    assert said.one("p[role=alert]").text == "Write an e-mail address or a phone number."
    zoe.refresh_from_db()
    assert storyteller.contact_of(zoe) == "zoe@example.org"


def test_with_another_name_they_are_told_that_they_are_asked_anew(
    stranger: Visitor, zoe: Storyteller
) -> None:
    queued = good_story(of=zoe)
    page = corrects(stranger, link_for(zoe), name="Zoé Bianchi")
    assert "each text waits for your yes again" in page.text
    assert "Waits for your yes" in page.text
    assert status_of(queued) == Status.DRAFT


def test_the_team_hears_it_too_when_they_correct_a_name(
    staff: Visitor, zoe: Storyteller
) -> None:
    queued = good_story(of=zoe)
    url = f"/stories/{zoe.reference}/contact/correct/"
    typed = {"name": "Zoé Bianchi", "contact": "514 555-0199", "language": "fr"}
    assert "their texts need their yes again" in staff.after(url, typed).text
    assert status_of(queued) == Status.DRAFT


def test_what_cannot_be_kept_stands_in_the_form_again(
    stranger: Visitor, zoe: Storyteller
) -> None:
    typed = {"name": "", "contact": HOSTILE, "language": "en"}
    page = stranger.post(f"{link_for(zoe)}details/", typed, expect=422)
    assert page.one("input[name=contact]")["value"] == HOSTILE
    assert HOSTILE not in page.html
    assert storyteller.name_of(zoe) == NAME


def test_being_erased_takes_two_presses_and_says_what_it_means(
    stranger: Visitor, zoe: Storyteller
) -> None:
    link = link_for(zoe)
    waits = good_story(of=zoe)
    assert stranger.get(link).all(f"a[href={link}erase/]")
    page = stranger.get(f"{link}erase/")
    assert "This cannot be undone" in page.text
    for nothing in ({}, {"sure": "no"}):
        stranger.post(f"{link}erase/", nothing)
    assert storyteller.name_of(zoe) == NAME
    last = stranger.post(f"{link}erase/", {"sure": "yes"})
    assert last.h1 == "It is erased"
    assert zoe.reference in last.text
    assert "tel:988" in last.html
    zoe.refresh_from_db()
    assert zoe.erased_at
    assert storyteller.name_of(zoe) == ""
    assert status_of(waits) == Status.WITHDRAWN
    stranger.get(link, expect=404)
    stranger.post(f"{link}erase/", {"sure": "yes"}, expect=404)
    assert Event.objects.get(action="storyteller erased").actor == zoe.reference


def test_what_is_out_is_taken_down_first(stranger: Visitor, zoe: Storyteller) -> None:
    out = good_story(of=zoe)
    type(out).objects.filter(pk=out.pk).update(status=Status.PUBLISHED, remote_id="7")
    link = link_for(zoe)
    assert "1 post is out now." in stranger.get(f"{link}erase/").text
    last = stranger.post(f"{link}erase/", {"sure": "yes"})
    assert "1 post is being deleted on its network." in last.text
    assert out.takedowns.get().gone_at is None


def test_who_is_in_distress_sees_help_before_they_erase_and_is_promised_no_call(
    stranger: Visitor, zoe: Storyteller
) -> None:
    Hand.objects.create(storyteller=zoe, source="story", raised_at=NOON)
    page = stranger.get(f"{link_for(zoe)}erase/")
    headings = [heading["id"] for heading in page.all("h2[id]")]
    assert headings.index("help-title") == headings.index("means") + 1
    assert "get in touch with you" not in page.text


@pytest.mark.parametrize("path", ["details/", "erase/"])
def test_these_pages_are_kept_nowhere_and_told_to_nobody(
    stranger: Visitor, zoe: Storyteller, path: str
) -> None:
    headers = stranger.get(f"{link_for(zoe)}{path}").response.headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
