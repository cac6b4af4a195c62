"""Young people, families of somebody who has died, and those who decide for somebody: on the private page and the team's."""

from typing import Any

import pytest
from django.core.cache import cache

from campaign.authoring import versions
from campaign.content.fields import ConsentFields, Fields
from campaign.content.source import write_source
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.states import NOT_OUT_YET, Status
from campaign.stories import consent, papers, storyteller
from campaign.stories.agreeing import answers, parties
from campaign.web.frame import site
from tests.deliveries import NOON, delivery, person, story
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import ANSWERS, ENTERED, agrees, link_for, stories, told  # noqa: F401 - fixtures too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
MOTHER: dict[str, Any] = {
    "relationship": "her mother",
    "authority": "parent",
    "adult_on": "2029-05-01",
}


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()
    yield
    cache.clear()


def told_by(party, stranger, site_clock, **more):
    return told(stranger, site_clock, whose=party, about="Léa Roy", **more)


@pytest.mark.parametrize("party", ["guardian", "decider"])
def test_who_speaks_for_another_is_asked_what_happens_to_that_person(
    stranger, site_clock, party
):
    _who, link = told_by(party, stranger, site_clock)
    page = stranger.get(f"{link}consent/later/")
    assert page.h1 == "If things change for the person"
    assert "so that the person’s wish counts" in page.text
    assert "your wish" not in page.text
    french = stranger.french().get(f"{link}consent/later/")
    assert french.h1 == "Si la situation de la personne change"


def test_who_speaks_for_themselves_is_asked_about_themselves(stranger, site_clock):
    _who, link = told(stranger, site_clock)
    page = stranger.get(f"{link}consent/later/")
    assert page.h1 == "If you cannot answer one day"
    assert "so that your wish counts" in page.text


def test_a_guardian_agrees_and_the_young_person_says_yes_too(stranger, staff, site_clock):
    who, link = told_by("guardian", stranger, site_clock)
    page = stranger.get(f"{link}consent/speaker/")
    assert "that of a young person whose guardian I am" in page.text
    assert {field["value"] for field in page.all("input[name=authority]")} == {
        "parent",
        "tutor",
    }
    agrees(stranger, link, until="24", **MOTHER)
    given = Consent.objects.get()
    assert (given.valid_until.isoformat(), given.second_voice) == ("2029-04-30", "waits")
    page = stranger.get(link)
    assert "For the young person themselves" in page.text
    assert "young person’s yes" in staff.get("/stories/").text
    page = stranger.after(f"{link}second/")
    assert "Your own yes counts" in page.text
    assert Consent.objects.get().second_voice == "yes"
    assert "waits for a second yes" in stranger.after(f"{link}second/").text
    one = delivery("s", of=story(who, "s"), status=Status.DRAFT, text="She likes her garden.")
    page = stranger.get(link)
    assert "Each text needs your own yes" in page.text
    word = {"shown": f"{one.pk}:{one.fingerprint}", "answer": "yes"}
    stranger.after(f"{link}second/word/", word)
    assert FinalWord.objects.get().is_second
    assert "Choose yes, no" in stranger.after(f"{link}second/word/", {"answer": "yes"}).text


def test_what_is_read_before_the_yes_says_when_it_ends_and_that_two_voices_are_needed(
    stranger, site_clock
):
    _, link = told_by("guardian", stranger, site_clock)
    page = agrees(stranger, link, until="24", agreed="", expect=422, **MOTHER)
    assert "Until Monday, April 30, 2029" in page.text
    assert "the day before the young person is asked themselves" in page.text
    assert "The young person has a say of their own" in page.text
    assert "How may the person be named?" in page.text


def test_a_guardian_who_types_a_later_birthday_is_asked_to_tell_the_team(stranger, site_clock):
    who, link = told_by("guardian", stranger, site_clock)
    agrees(stranger, link, **MOTHER)
    wider = ANSWERS | MOTHER | {"details": ["diagnosis", "stage"], "agreed": "yes"}
    moved = wider | {"adult_on": "2039-05-01"}
    page = stranger.post(f"{link}change/", moved, expect=422)
    assert "comes of age on May 1, 2029, as it is recorded here" in page.text
    assert page.one("input[name=adult_on]")["value"] == "2039-05-01"
    stranger.post(f"{link}change/", wider, expect=303)
    assert [given.second_voice for given in Consent.objects.all()] == ["waits", "waits"]
    who.refresh_from_db()
    assert who.adult_on.isoformat() == "2029-05-01"


def test_the_team_records_what_the_young_person_said_to_them(stranger, staff, site_clock):
    who, link = told_by("guardian", stranger, site_clock)
    agrees(stranger, link, **MOTHER)
    page = staff.get(f"/stories/{who.reference}/")
    assert "The young person has not said yes themselves yet" in page.text
    assert "recorded" in staff.after(f"/stories/{who.reference}/second/").text
    one = delivery("s", of=story(who, "s"), status=Status.DRAFT)
    address = f"/stories/{who.reference}/second/{one.pk}/"
    staff.after(address, {"shown": one.fingerprint, "answer": "no"})
    word = FinalWord.objects.get()
    assert (word.answer, word.recorded_by, word.is_second) == ("no", "maria", True)
    assert "Choose yes, no" in staff.after(address, {"answer": "perhaps"}).text


def test_of_somebody_who_has_died_nobody_asks_what_happens_if_they_die(
    stranger, staff, site_clock
):
    who, link = told_by("family", stranger, site_clock)
    stranger.get(f"{link}consent/later/", expect=404)
    family: dict[str, Any] = {"relationship": "her sister", "authority": "closest"}
    agrees(stranger, link, **family)
    given = Consent.objects.get()
    assert (given.if_ill, given.if_died, given.second_voice) == ("", "", "")
    page = stranger.get(f"{link}agreed/")
    assert "If the person dies" not in page.text
    assert staff.get(f"/stories/{who.reference}/").status == 200
    assert stranger.get(f"{link}change/").status == 200
    shown = staff.post(f"/stories/{who.reference}/contact/", expect=200).text
    assert "her sister" in shown
    assert "As the closest relative" in shown


def test_who_decides_for_somebody_is_noted_and_the_person_is_asked_when_they_can(
    stranger, staff, site_clock
):
    who, link = told_by("decider", stranger, site_clock)
    agrees(stranger, link, relationship="his wife", authority="mandate")
    assert Consent.objects.get().if_died == "remove"
    page = staff.get(f"/stories/{who.reference}/")
    assert "When they can decide again, ask them themselves" in page.text
    assert parties.speaker_of(storyteller.find(who.reference)).relationship == "his wife"


def test_who_can_decide_again_speaks_themselves_from_a_button_of_the_team(
    stranger, staff, site_clock
):
    who, link = told_by("decider", stranger, site_clock)
    agrees(stranger, link, relationship="his wife", authority="mandate")
    page = staff.after(f"/stories/{who.reference}/themselves/")
    assert "From now on they speak for themselves" in page.text
    stranger.get(link, expect=404)
    assert "Nobody speaks" in staff.after(f"/stories/{who.reference}/themselves/").text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"relationship": " "}, "relationship"),
        ({"authority": ""}, "authority"),
        ({"authority": "law"}, "authority"),
        ({"adult_on": ""}, "adult_on"),
        ({"adult_on": "soon"}, "adult_on"),
    ],
)
def test_what_is_missing_of_who_speaks_is_marked(stranger, site_clock, more, field):
    _, link = told_by("guardian", stranger, site_clock)
    sent = {**MOTHER, **more, "do": "next"}
    page = stranger.post(f"{link}consent/speaker/", sent, expect=422)
    assert page.one(f"p#{field}-error").text.strip()


def test_a_young_person_who_is_of_age_by_now_is_asked_themselves(stranger, site_clock):
    _, link = told_by("guardian", stranger, site_clock)
    page = agrees(stranger, link, expect=422, **(MOTHER | {"adult_on": "2027-10-13"}))
    assert "nobody says yes for them" in page.text
    assert not Consent.objects.exists()


def test_a_text_in_a_language_that_they_do_not_read_is_shown_with_what_it_says(
    stranger, site_clock
):
    who, link = told(stranger, site_clock, language="fr", contact_language="fr")
    agrees(stranger, link)
    of = story(who, "s")
    delivery("s", of=of, status=Status.DRAFT, text="I like my garden.")
    french = delivery(
        "s", "x-fr", of=of, status=Status.DRAFT, text="J’aime mon jardin.", language="fr"
    )
    page = stranger.get(link)
    assert "This is what it says in French: J’aime mon jardin." in page.text
    assert page.text.count("I like my garden.") == 1
    french.delete()
    page = stranger.get(link)
    assert "Would you like to know what it says in French before you answer?" in page.text


def test_what_they_told_it_in_is_a_language_that_they_read(stranger, site_clock):
    who, link = told(stranger, site_clock, language="en", contact_language="fr")
    agrees(stranger, link)
    delivery("s", of=story(who, "s"), status=Status.DRAFT, text="I like my garden.")
    assert "what it says" not in stranger.get(link).text
    papers.erase(site.config().web.uploads, who.reference)
    assert "what it says" in stranger.get(link).text


def test_a_volunteer_records_a_story_without_a_yes_and_not_what_they_heard_alone(volunteer):
    page = volunteer.post("/stories/new/", {**ENTERED, "method": "spoken"}, expect=422)
    assert "a volunteer has heard alone" in page.text
    assert not Storyteller.objects.exists()
    for field in ("channels", "identity", "given_on", "told"):
        later = {**ENTERED, "method": "later", field: ""}
        volunteer.post("/stories/new/", later, expect=303)
    assert Storyteller.objects.count() == 4
    assert not Consent.objects.exists()


def test_the_team_is_told_two_weeks_before_what_nobody_agreed_to_is_erased(
    stranger, staff, site_clock
):
    who, _ = told(stranger, site_clock, contact="zoe@example.org")
    address = f"/stories/{who.reference}/"
    site_clock.advance(days=75)
    assert "it is erased on" not in staff.get(address).text
    site_clock.advance(days=1)
    assert (
        "it is erased on Tuesday, January 11, 2028: call them before" in staff.get(address).text
    )


def test_a_guardian_who_begins_again_puts_off_nothing_either(stranger, site_clock):
    _, link = told_by("guardian", stranger, site_clock)
    agrees(stranger, link, **MOTHER)
    stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    later = MOTHER | {"adult_on": "2035-05-01"}
    page = agrees(stranger, link, expect=422, **later)
    assert "comes of age on May 1, 2029, as it is recorded here" in page.text
    assert Consent.objects.count() == 1
    agrees(stranger, link, **MOTHER)
    assert Consent.objects.latest("pk").second_voice == "waits"


def test_who_speaks_for_themselves_reads_nothing_that_their_guardian_had_answered(
    stranger, site_clock
):
    who, link = told_by("guardian", stranger, site_clock)
    for step in ("speaker", "later"):
        sent = ANSWERS | MOTHER | {"do": "next"}
        stranger.post(f"{link}consent/{step}/", sent, expect=303)
    who.refresh_from_db()
    assert "Paul Roy" in str(answers.answers_of(who))
    consent.speak_themselves(who, "maria", site.now())
    mine = link_for(who)
    for path in ("consent/later/", "consent/read/", ""):
        assert "Paul Roy" not in stranger.get(f"{mine}{path}").html
    assert answers.answers_of(storyteller.find(who.reference)) == {}


@pytest.fixture
def in_english(stranger, site_clock):
    """A person who reads French, their link, and their text that goes out in English."""
    who, link = told(stranger, site_clock, language="fr", contact_language="fr")
    agrees(stranger, link)
    english = delivery("s", of=story(who, "s"), status=Status.DRAFT, text="I like my garden.")
    return who, link, english


def _writes(of, who, french):
    fields = Fields(
        kind="story",
        template="story",
        consent=ConsentFields(storyteller=who.reference),
        texts={"fr": {"long": french}},
    )
    versions.save_version(of, write_source(fields), None, NOON, based_on=of.version)


@pytest.mark.parametrize("status", sorted(set(Status) - NOT_OUT_YET))
def test_what_a_post_said_before_is_not_what_it_says(stranger, in_english, status):
    who, link, english = in_english
    old = "J’aimais mon jardin."
    delivery("s", "x-fr", of=english.post, status=status, text=old, language="fr")
    assert f"in French: {old}" not in stranger.get(link).text
    _writes(english.post, who, "J’aime mon jardin.")
    assert "in French: J’aime mon jardin." in stranger.get(link).text


def test_what_is_filled_in_later_is_not_shown_as_words(stranger, in_english):
    who, link, english = in_english
    _writes(english.post, who, "J’aime {{ link }}.")
    assert "Would you like to know what it says in French" in stranger.get(link).text


def test_what_another_person_wrote_is_not_what_it_says(stranger, in_english):
    _, link, english = in_english
    _writes(english.post, person("Ada A", "ada@example.org"), "Mon secret.")
    assert "Mon secret." not in stranger.get(link).text
