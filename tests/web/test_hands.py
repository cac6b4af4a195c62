"""Raised hands on the pages: first of all on *Today*, for the team alone, and help first for the person."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.authoring.contributing import contributions
from campaign.care import hands
from campaign.care.hands import Source
from campaign.content.post import Kind
from campaign.models.care import Hand
from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.web.today.hands import SHORT
from tests.deliveries import NOON, FakeClock, consent, delivery, person, story
from tests.pages import Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import link_for, stories, tells, told  # noqa: F401 - fixtures too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
DARK = "Je ne veux plus vivre."
FIRST = "You are not alone with this"
CALM = "If it is hard right now"


def raised(**of: object) -> Hand:
    return Hand.objects.create(source="story", raised_at=NOON, **of)


@pytest.fixture
def zoe() -> Storyteller:
    return person()


def test_a_hand_stands_first_on_today_without_a_word_and_goes_down_with_a_press(
    stranger: Visitor, staff: Visitor, site_clock: FakeClock
) -> None:
    delivery()
    who, _ = told(stranger, site_clock, words=DARK)
    page = staff.get("/")
    of_the_frame = "Pause publishing"
    texts = [heading.text for heading in page.all("h2")]
    headings = [text for text in texts if text != of_the_frame]
    assert headings[0] == "Somebody may need to hear from you"
    assert "in the story as it was told · since" in page.text
    assert DARK not in page.html
    assert page.all(f"a[href=/stories/{who.reference}/]")
    [form] = [form for form in page.all("form") if "in-touch" in form.get("action")]
    after = staff.after(form["action"])
    assert "Noted: you have been in touch with them." in after.text
    assert "Somebody may need to hear" not in after.text


def test_it_is_seen_also_where_there_is_no_post_yet(staff: Visitor, zoe: Storyteller) -> None:
    raised(storyteller=zoe)
    assert "Somebody may need to hear from you" in staff.get("/").text


def test_it_stands_first_on_the_page_of_the_story_too_until_somebody_was_in_touch(
    staff: Visitor, zoe: Storyteller
) -> None:
    hand = raised(storyteller=zoe)
    raised(storyteller=person("Anne Roy"))
    page = staff.get(f"/stories/{zoe.reference}/")
    assert page.all("section[aria-labelledby]")[0]["aria-labelledby"] == "hands"
    address = f"/hands/{hand.pk}/in-touch/"
    actions = [form["action"] for form in page.all("form[action]")]
    assert [action for action in actions if "in-touch" in action] == [address]
    staff.post(address, expect=303)
    assert not staff.get(f"/stories/{zoe.reference}/").all("section.hands")


def test_where_no_letter_tells_anybody_the_page_says_so(
    staff: Visitor, admin: Visitor, zoe: Storyteller, settings: Any
) -> None:
    said = "No letter tells anybody of this"
    assert said not in staff.get("/").text
    raised(storyteller=zoe)
    assert said in staff.get("/").text
    settings.EMAIL_HOST = "mail.example"
    assert said in staff.get("/").text
    assert admin.user
    admin.user.email = "ana@example.org"
    admin.user.save()
    assert said not in staff.get("/").text


def test_a_contribution_is_named_by_who_wrote_it(staff: Visitor) -> None:
    vera, _ = add_user("vera", Role.VOLUNTEER)
    post = contributions.contribute(Kind.STORY, DARK, "fr", "mbc", vera, NOON)
    raised(post=post)
    page = staff.get("/")
    [link] = page.all(f"a[href=/approve/{post.pk}/]")
    assert link.text == "vera"
    assert DARK not in page.html


def test_a_volunteer_whose_words_told_of_distress_sees_help_on_its_page(
    volunteer: Visitor,
) -> None:
    assert volunteer.user
    post = contributions.contribute(Kind.AWARENESS, DARK, "fr", "mbc", volunteer.user, NOON)
    url = f"/contributions/{post.pk}/"
    assert FIRST not in volunteer.get(url).text
    contributions.hand_in(post, volunteer.user, NOON)
    page = volunteer.get(url)
    assert page.all("h2")[0].text == FIRST
    assert "tel:988" in page.html


def test_a_volunteer_sees_none_and_takes_none_down(
    volunteer: Visitor, zoe: Storyteller
) -> None:
    hand = raised(storyteller=zoe)
    assert "need to hear" not in volunteer.get("/").text
    volunteer.post(f"/hands/{hand.pk}/in-touch/", expect=403)
    assert hands.up(zoe)


def test_a_hand_that_there_is_not_is_no_page(staff: Visitor) -> None:
    staff.post("/hands/99/in-touch/", expect=404)


def test_of_two_who_were_in_touch_the_second_is_told(
    staff: Visitor, admin: Visitor, zoe: Storyteller
) -> None:
    url = f"/hands/{raised(storyteller=zoe).pk}/in-touch/"
    staff.post(url)
    assert "has noted it already" in admin.after(url).text


@pytest.mark.parametrize("path", ["", "welcome/"])
def test_help_comes_first_while_a_hand_is_up(
    stranger: Visitor, zoe: Storyteller, path: str
) -> None:
    raised(storyteller=zoe)
    page = stranger.get(f"{link_for(zoe)}{path}")
    assert page.all("h2")[0].text == FIRST
    assert CALM not in page.text


@pytest.mark.parametrize("said", ["yes", "no", "remark", "perhaps", ""])
@pytest.mark.parametrize("shown", ["as shown", "another text", "malformed", "nothing"])
def test_a_remark_is_heard_whatever_it_comes_with(
    stranger: Visitor, zoe: Storyteller, said: str, shown: str
) -> None:
    consent(zoe)
    text = delivery(of=story(zoe), status=Status.DRAFT)
    sent = {
        "as shown": [f"{text.pk}:{text.fingerprint}"],
        "another text": [f"{text.pk}:{'f' * 64}"],
        "malformed": [f"{text.pk}"],
        "nothing": [],
    }
    form = {"shown": sent[shown], "answer": said, "remark": DARK}
    page = stranger.after(f"{link_for(zoe)}answer/", form)
    assert hands.up(zoe)
    assert page.all("h2")[0].text == FIRST


@pytest.mark.parametrize("said", ["yes", "no", "remark", "perhaps", ""])
def test_a_remark_that_the_team_notes_is_heard_whatever_it_comes_with(
    staff: Visitor, zoe: Storyteller, said: str
) -> None:
    text = delivery(of=story(zoe), status=Status.DRAFT)
    form = {"shown": "", "answer": said, "remark": DARK}
    staff.post(f"/stories/{zoe.reference}/word/{text.pk}/", form, expect=303)
    assert hands.up(zoe)


def test_help_comes_first_for_who_gets_their_link_by_letter(
    stranger: Visitor, site_clock: FakeClock, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example"  # type: ignore[attr-defined]
    monkeypatch.setattr(letters, "send_later", letters.send)
    went = tells(stranger, site_clock, words=DARK, contact="zoe@example.org").went_to
    assert stranger.get(went).all("h2")[0].text == FIRST
    went = tells(stranger, site_clock, words="A garden.", contact="zoe@example.org").went_to
    assert CALM in stranger.get(went).text


def test_twenty_are_shown_and_the_rest_is_told(staff: Visitor) -> None:
    for number in range(SHORT + 1):
        hands.heed(person(f"Zoé {number}"), DARK, Source.STORY, NOON + timedelta(number))
    page = staff.get("/")
    assert len([form for form in page.all("form") if "in-touch" in form.get("action")]) == SHORT
    assert "More wait behind these." in page.text


def test_in_french_it_is_in_french(staff: Visitor, zoe: Storyteller, tmp_path: Path) -> None:
    raised(storyteller=zoe)
    assert "Quelqu’un a peut-être besoin de vous" in staff.french().get("/").text
