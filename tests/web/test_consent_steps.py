"""Saying yes in steps, on the private page."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from campaign.models import Event
from campaign.models.stories import Consent, ShownPage, Storyteller
from campaign.people import letters
from campaign.stories import consent, storyteller
from campaign.stories.agreeing import answers, archive, parties, trusted
from campaign.stories.consent import Identity
from campaign.web.stories import consent_form
from campaign.web.stories.consent_form import ConsentForm
from campaign.web.stories.consenting import informing, steps
from campaign.web.stories.words import explained
from tests.posts_in_web import CHANNELS, folder  # noqa: F401 - a fixture
from tests.stories_in_web import (  # noqa: F401 - fixtures too
    ANSWERS,
    HOSTILE,
    agreed,
    agrees,
    link_for,
    stories,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
FIELDS = {step.slug: step.fields for step in steps.STEPS}


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()
    yield
    cache.clear()


def step_of(field):
    return next(slug for slug, fields in FIELDS.items() if field in fields)


def sent(slug, **more):
    """What is sent of a step when all of it is answered."""
    return {name: value for name, value in (ANSWERS | more).items() if name in FIELDS[slug]}


def test_the_private_page_leads_to_the_steps_and_the_first_says_what_sharing_means(
    stranger, site_clock
):
    _, link = told(stranger, site_clock)
    assert "You have agreed to nothing yet" in stranger.get(link).text
    page = stranger.get(stranger.get(f"{link}consent/", expect=303).went_to)
    for words in (
        "is responsible for your story",
        "X Corp., in the United States",
        "leaves Quebec and Canada",
        "five years at the most",
        "Copies that others have made may remain",
        "does not depend",
        "get a copy of it",
        "Commission d’accès à l’information",
        "Privacy Commissioner of Canada",
        "Would you rather talk to somebody?",
    ):
        assert words in page.text
    assert "Step 1 of 6" in page.text


def test_who_answers_for_privacy_is_named_as_the_settings_say(stranger, site_clock, settings):
    named = replace(
        settings.CONFIG.site,
        legal_name="Réseau ABC inc.",
        privacy_person="Marie Roy",
        privacy_contact="vie.privee@example.org",
        policy_url="https://example.org/politique",
    )
    settings.CONFIG = replace(settings.CONFIG, site=named)
    _, link = told(stranger, site_clock)
    page = stranger.get(f"{link}consent/means/")
    for words in ("Réseau ABC inc.", "Marie Roy", "vie.privee@example.org"):
        assert words in page.text
    assert page.one("a[href='https://example.org/politique']")


def test_nothing_is_ticked_beforehand(stranger, site_clock):
    _, link = told(stranger, site_clock)
    for slug in FIELDS:
        if slug != "speaker":
            assert not stranger.get(f"{link}consent/{slug}/").all("input[checked]")


def test_what_was_answered_is_kept_sealed_and_stands_there_another_day(stranger, site_clock):
    who, link = told(stranger, site_clock)
    left = {**sent("name", identity="chosen_name", named_as="Lou Ferragamo"), "do": "leave"}
    page = stranger.after(f"{link}consent/name/", left)
    assert "What you answered is kept" in page.text
    assert "Go on where I stopped" in page.text
    assert "Lou" not in str(Storyteller.objects.values())
    assert not Consent.objects.exists()
    site_clock.advance(days=20)
    page = stranger.get(f"{link}consent/name/")
    assert page.one("input#named_as")["value"] == "Lou Ferragamo"
    assert "checked" in page.one("input[name=identity][value=chosen_name]").attributes
    who.refresh_from_db()
    assert answers.answers_of(who)["named_as"] == ["Lou Ferragamo"]
    assert "begun to answer" in stranger.get(link).text


def test_begin_leads_to_the_first_step_that_is_not_answered(stranger, site_clock):
    _, link = told(stranger, site_clock)
    for slug in ("means", "name", "where", "telling", "later"):
        assert stranger.get(f"{link}consent/", expect=303).went_to.endswith(f"/{slug}/")
        stranger.post(f"{link}consent/{slug}/", {**sent(slug), "do": "next"}, expect=303)
    assert stranger.get(f"{link}consent/", expect=303).went_to.endswith("/read/")


@pytest.mark.parametrize("slug", ["name", "where", "telling", "later"])
def test_a_step_that_was_left_with_something_missing_is_the_one_to_go_on_with(
    stranger, site_clock, slug
):
    _, link = told(stranger, site_clock)
    for other in ("means", "name", "where", "telling", "later"):
        given_ = {} if other == slug else sent(other)
        stranger.post(f"{link}consent/{other}/", {**given_, "do": "leave"}, expect=303)
    assert stranger.get(f"{link}consent/", expect=303).went_to.endswith(f"/{slug}/")


def test_going_back_keeps_what_is_half_answered(stranger, site_clock):
    _, link = told(stranger, site_clock)
    half = {"channels": ["x-en"], "do": "back"}
    page = stranger.post(f"{link}consent/where/", half, expect=303)
    assert page.went_to.endswith("/name/")
    again = stranger.get(f"{link}consent/where/")
    assert "checked" in again.one("input[name=channels][value=x-en]").attributes
    assert not again.all(".error")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"identity": "chosen_name"}, "named_as"),
        ({"identity": "loud"}, "identity"),
        ({"pictures": ""}, "pictures"),
        ({"channels": []}, "channels"),
        ({"channels": ["x-de"]}, "channels"),
        ({"purposes": []}, "purposes"),
        ({"until": "day"}, "until"),
        ({"until": "day", "until_day": "2099-02-30"}, "until"),
        ({"until": "day", "until_day": "2040-01-01"}, "until"),
        ({"until": "99"}, "until"),
        ({"edits": ""}, "edits"),
        ({"if_ill": ""}, "if_ill"),
        ({"if_died": ""}, "if_died"),
        ({"if_ended": ""}, "if_ended"),
        ({"trusted": " "}, "trusted"),
        ({"trusted_contact": ""}, "trusted_contact"),
        ({"trusted_contact": "abc"}, "trusted_contact"),
        ({"trusted": "a" * 400}, "trusted"),
        ({"identity": "chosen_name", "named_as": "a" * 101}, "named_as"),
    ],
)
def test_what_is_missing_in_a_step_is_marked_and_named_at_the_end(
    stranger, site_clock, more, field
):
    who, link = told(stranger, site_clock)
    slug = step_of(field)
    page = stranger.post(
        f"{link}consent/{slug}/", {**sent(slug, **more), "do": "next"}, expect=422
    )
    assert page.one(f"p#{field}-error").text.strip()
    assert f"#{field}" in [each["href"] for each in page.all("a.lacks")]
    for other in ("means", "name", "where", "telling", "later"):
        if other != slug:
            stranger.post(f"{link}consent/{other}/", {**sent(other), "do": "next"}, expect=303)
    page = stranger.get(f"{link}consent/read/")
    [lacking] = page.all("a.lacks")
    assert f"/consent/{slug}/" in lacking["href"]
    assert not page.all("input#agreed")
    yes = {"do": "agree", "agreed": "yes", "page": page.one("input[name=page]")["value"]}
    stranger.post(f"{link}consent/read/", yes, expect=422)
    assert not Consent.objects.exists()
    assert stranger.get(f"{link}consent/{slug}/?look=again").one(f"p#{field}-error")
    assert who.consent_number == 0


def test_the_yes_at_the_end_makes_the_consent_and_says_all_of_it(stranger, site_clock):
    who, link = agreed(stranger, site_clock, details=["age", "diagnosis"])
    given_ = Consent.objects.get()
    assert (given_.channels, given_.languages, given_.identity) == (
        "x-en x-fr",
        "en fr",
        "none",
    )
    assert (given_.method, given_.valid_until) == ("web", date(2028, 10, 13))
    assert given_.told.split() == [one.value for one in consent.Explained]
    assert given_.details == "diagnosis age"
    assert given_.second_voice == ""
    assert who.answers_sealed == ""
    assert trusted.trusted_of(who) == trusted.Trusted("Paul Roy", "514 555-0111")
    page = stranger.get(f"{link}agreed/")
    for words in (
        "X, English; X, French",
        "Diagnosis; Age",
        "Paul Roy",
        "Friday, October 13, 2028",
    ):
        assert words in page.text
    assert page.one("button[data-print]")


def test_without_a_tick_nothing_counts(stranger, site_clock):
    _, link = told(stranger, site_clock)
    page = agrees(stranger, link, agreed="", expect=422)
    assert page.one("p#agreed-error").text.strip()
    assert page.one("input#agreed")["aria-invalid"] == "true"
    assert not Consent.objects.exists()


def test_a_page_that_has_changed_meanwhile_is_read_again_first(stranger, site_clock):
    _, link = told(stranger, site_clock)
    page = agrees(stranger, link, page="0" * 64, expect=422)
    assert "has changed since you read it" in page.text
    assert not Consent.objects.exists()


def test_the_very_page_that_was_shown_is_kept_with_its_digest_and_opens(
    stranger, staff, site_clock
):
    who, link = agreed(stranger, site_clock)
    given_ = Consent.objects.get()
    kept = ShownPage.objects.get()
    assert given_.form_digest == kept.digest == archive.digest_of(kept.words)
    for words in (
        "I have read what sharing means. I agree to what I have chosen",
        "Such as Marie Tremblay.",
        "Tick only what may be told",
        "I would rather talk about this",
        *explained(CHANNELS.values()).values(),
    ):
        assert words in kept.words
    on_one_line = " ".join(kept.words.split())
    assert stranger.get(f"{link}agreed/page/").one(".as-written").text == on_one_line
    address = f"/stories/{who.reference}/shown/{kept.digest}/"
    assert staff.get(address).one(".as-written").text == on_one_line
    staff.get(f"/stories/{who.reference}/shown/{'0' * 64}/", expect=404)


def test_what_differs_is_kept_once_each_and_what_is_the_same_once(stranger, site_clock):
    agreed(stranger, site_clock)
    agreed(stranger, site_clock, contact="514 555-0123")
    assert ShownPage.objects.count() == 1
    agreed(stranger.french(), site_clock, contact="514 555-0124")
    assert set(ShownPage.objects.values_list("language", flat=True)) == {"en", "fr"}


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_answer_comes_into_the_page_that_is_kept(name, contact):
    form = ConsentForm(ANSWERS | {"trusted": f"Q{name}Q", "trusted_contact": contact})
    blank = informing.page_words(ConsentForm())
    assert form.as_shown() == blank


def test_a_wish_to_talk_is_kept_and_stands_as_something_to_do(stranger, staff, site_clock):
    who, _ = agreed(
        stranger, site_clock, if_ill="talk", if_died="talk", trusted="", trusted_contact=""
    )
    assert Consent.objects.get().if_ill == "talk"
    page = staff.get(f"/stories/{who.reference}/")
    assert "They would rather talk about this" in page.text
    assert page.text.count("what should we do with the story?") >= 2


def test_what_they_agreed_to_comes_by_letter_without_their_story_or_a_link(
    stranger, site_clock, settings, mailoutbox, monkeypatch
):
    who, link = told(stranger, site_clock)
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    storyteller.change(who, "Zoé Ferragamo", "zoe@example.org", "fr", "maria", site_clock())
    agrees(stranger, link, identity="chosen_name", named_as="Lou", may_tell=["yes"])
    [letter] = mailoutbox
    assert letter.to == ["zoe@example.org"]
    assert "S-0001" in letter.body
    for never in ("Every good day counts", "/my-story/", "Lou", "Ferragamo", "Paul"):
        assert never not in letter.body
    assert "Par un autre nom" in letter.body
    assert "13 octobre 2028" in letter.body


@pytest.mark.parametrize(
    ("contact", "may_tell", "is_written_to"),
    [
        ("paul@example.org", ["yes"], True),
        ("paul@example.org", [], False),
        ("514 555-0111", ["yes"], False),
    ],
)
def test_a_person_of_trust_is_told_by_letter_only_where_that_may_and_can_be(
    *,
    stranger,
    staff,
    site_clock,
    settings,
    mailoutbox,
    monkeypatch,
    contact,
    may_tell,
    is_written_to,
):
    who, link = told(stranger, site_clock)
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    agrees(stranger, link, trusted_contact=contact, may_tell=may_tell)
    assert [letter.to for letter in mailoutbox] == (
        [["paul@example.org"]] if is_written_to else []
    )
    page = staff.get(f"/stories/{who.reference}/")
    assert ("Tell their person of trust" in page.text) is not is_written_to
    if not is_written_to:
        page = staff.after(f"/stories/{who.reference}/trusted/")
        assert "Tell their person of trust" not in page.text
    else:
        assert "Every good day" not in mailoutbox[0].body
        assert "Ferragamo" not in mailoutbox[0].body
    assert Event.objects.filter(action="person of trust told").count() == 1


def test_who_allowed_something_already_changes_it_and_who_did_not_is_led_to_the_steps(
    stranger, site_clock
):
    _, link = told(stranger, site_clock)
    assert stranger.get(f"{link}change/", expect=303).went_to.endswith("/consent/")
    agrees(stranger, link)
    for path in ("consent/", "consent/name/", "consent/read/"):
        assert stranger.get(f"{link}{path}", expect=303).went_to.endswith("/change/")


def test_after_taking_all_back_the_steps_begin_with_what_was_allowed_once(stranger, site_clock):
    who, link = agreed(stranger, site_clock)
    stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    page = stranger.get(f"{link}consent/telling/")
    assert "checked" in page.one("input[name=edits][value=light]").attributes
    agrees(stranger, link)
    who.refresh_from_db()
    assert (who.withdrawn_at, who.consent_number) == (None, 2)


@pytest.mark.parametrize("slug", ["speaker", "nothing", "x"])
def test_a_step_that_is_not_theirs_is_none(stranger, site_clock, slug):
    _, link = told(stranger, site_clock)
    stranger.get(f"{link}consent/{slug}/", expect=404)


def test_nothing_that_was_answered_becomes_a_part_of_a_page(stranger, site_clock):
    _, link = told(stranger, site_clock)
    hostile = {"named_as": HOSTILE, "trusted": HOSTILE, "until_day": HOSTILE}
    for slug in ("name", "where", "later"):
        answered = {**sent(slug, **hostile, identity="chosen_name"), "do": "leave"}
        stranger.post(f"{link}consent/{slug}/", answered, expect=303)
        assert HOSTILE not in stranger.get(f"{link}consent/{slug}/").html
    for path in ("consent/means/", "consent/telling/", "consent/read/", ""):
        assert HOSTILE not in stranger.get(f"{link}{path}").html


def test_an_answer_without_end_is_kept_short(stranger, site_clock):
    who, link = told(stranger, site_clock)
    long = {"identity": "none", "named_as": "é" * 50_000, "pictures": ["no"] * 500}
    stranger.post(f"{link}consent/name/", {**long, "do": "leave"}, expect=303)
    who.refresh_from_db()
    kept = answers.answers_of(who)
    assert len(kept["named_as"][0]) == steps.LONGEST_ANSWER
    assert len(kept["pictures"]) == steps.MOST_ANSWERS


def test_the_steps_are_there_in_french(stranger, site_clock):
    _, link = told(stranger.french(), site_clock)
    for step in steps.steps_of(parties.Party.SELF):
        page = stranger.get(f"{link}consent/{step.slug}/")
        assert page.one("html")["lang"] == "fr"


@given(st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.text(max_size=20)))
def test_whatever_is_sent_either_lacks_something_or_comes_to_terms(sent):
    form, today = ConsentForm(ANSWERS | sent), date(2027, 10, 13)
    if not form.is_valid():
        return
    made = form.terms(method=consent.Method.WEB, collected_by="web form", told=())
    assert today <= made.until
    assert made.identity in set(Identity)


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.sampled_from(consent_form.MONTHS))
def test_so_many_months_later_is_never_further_than_the_same_day(day, months):
    later = consent_form._months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
