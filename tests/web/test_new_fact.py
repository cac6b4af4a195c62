"""Adding a fact in the pages, from the list and out of a post; and its second pair of eyes."""

from dataclasses import replace

import pytest

from campaign.authoring.drafts import draft_of
from campaign.models.shared import Shared
from campaign.web.frame.site import library
from tests.deliveries import delivery
from tests.posts_in_web import FIELDS, planned, written
from tests.posts_in_web import FORM as POST_FORM
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "sourced",
    "status": "ok",
    "claim.en": "Nobody is alone.",
    "claim.fr": "Personne n’est seul.",
    "source": "Canadian Network",
    "url": "https://example.org/alone",
    "review_by": "2030-01-01",
    "name": "alone",
}
OWN = {
    "kind": "own",
    "status": "ok",
    "claim.en": "3 in 10 came alone and left with a friend.",
    "claim.fr": "3 personnes sur 10 sont venues seules et reparties avec une amie.",
    "counted": "survey",
    "counted_on": "2027-05-01",
    "asked": "40",
    "vouched_by": "Marie Tremblay, programs",
    "review_by": "2030-01-01",
    "name": "came-alone",
}


def test_a_fact_is_added_and_shown_as_one_that_waits(staff, folder):
    page = staff.after("/facts/new/", FORM)
    assert page.h1 == "alone"
    for said in ("Written here by maria", "somebody else confirms it", "As lines for the file of facts"):  # fmt: skip
        assert said in page.text
    assert page.all("button[value=confirm]") == []
    assert library().facts["alone"].of_pages
    listed = staff.get("/facts/?show=eyes")
    assert [each.text for each in listed.all("h2")[1:-1]] == ["alone"]


def test_somebody_else_confirms_it(staff, second, folder):
    staff.post("/facts/new/", FORM)
    delivery("something-else")  # without any, Today welcomes a newcomer
    assert "1 fact waits for somebody other than its writer" in second.get("/").text
    page = second.get("/facts/alone/")
    number = page.one("input[name=number]")["value"]
    page = second.after("/facts/alone/", {"do": "confirm", "number": number})
    assert "what relies on it can be approved" in page.text
    assert "Confirmed by" in page.text
    assert Shared.objects.get().confirmed_by == second.user
    assert "No fact waits" in second.get("/facts/?show=eyes").text
    assert "other than its writer" not in second.get("/").text


def test_a_campaign_as_files_names_the_facts_that_no_file_has(staff, folder):
    staff.post("/facts/new/", FORM)
    post = planned(staff, replace(FIELDS, facts=("alone", "spread")))
    page = staff.get(f"/campaigns/{post.campaign}/files/")
    linked = [each["href"] for each in page.all("a[href]")]
    assert "/facts/alone/" in linked and "/facts/spread/" not in linked


def test_its_writer_cannot_confirm_it_even_by_hand(staff, folder):
    staff.post("/facts/new/", FORM)
    page = staff.after("/facts/alone/", {"do": "confirm", "number": "1"})
    assert "somebody else opens its source" in page.text
    assert Shared.objects.get().confirmed_at is None


def test_it_is_changed_as_one_of_a_file_is(staff, folder):
    staff.post("/facts/new/", FORM)
    changed = FORM | {"claim.en": "Nobody is ever alone.", "opened": "1", "do": "look"}
    page = staff.post("/facts/alone/", changed)
    assert page.h1 == "What would change"
    seen = page.one("input[name=seen]")["value"]
    page = staff.after("/facts/alone/", {**changed, "seen": seen, "do": "change"})
    assert "Somebody other than you confirms it" in page.text
    assert library().facts["alone"].claims["en"] == "Nobody is ever alone."


def test_a_figure_of_ones_own_is_told_as_such_and_cites_no_study(staff, folder):
    page = staff.after("/facts/new/", OWN)
    assert "our own survey of 40 people, 2027" in page.text
    fact = library().facts["came-alone"]
    assert fact.own and fact.own.vouched_by == "Marie Tremblay, programs"
    assert (
        "notre propre sondage auprès de 40 personnes, 2027"
        in staff.french().get("/facts/").text
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"asked": "some"}, "how many people were counted or asked"),
        ({"counted_on": ""}, "on which day it was counted"),
        ({"counted_on": "2031-01-01"}, "is still to come"),
        ({"vouched_by": " "}, "Still missing: Who vouches for it."),
        ({"counted": ""}, "Still missing: How we know it."),
        ({"counted": "guessed"}, "is no way to count"),
        ({"name": "Came Alone!"}, "small letters, digits and hyphens"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_stays(staff, folder, typed, said):
    page = staff.post("/facts/new/", OWN | typed, expect=422)
    assert said in page.text
    assert page.one("textarea#claim-en").text == OWN["claim.en"]
    assert not Shared.objects.exists()


def test_out_of_a_post_nothing_typed_is_lost_and_the_fact_is_chosen(staff, folder):
    post = written(staff)
    typed = POST_FORM | {"en.short": "85% of us.", "base": "2"}
    there = staff.post(f"/posts/{post.pk}/add-fact/", {**typed, "figure": "85%"}, expect=303)
    form = staff.get(there.went_to)
    assert form.one("input#figure")["value"] == "85%"
    sent = FORM | {"figure": "85%", "post": form.one("input[name=post]")["value"]}
    back = staff.post("/facts/new/", sent, expect=303)
    assert back.went_to == f"/posts/{post.pk}/#facts-title"
    assert (
        "“alone” waits for somebody else to confirm it" in staff.get(f"/posts/{post.pk}/").text
    )
    kept = draft_of(post, staff.user)
    assert kept
    assert kept.fields.facts == ("alone",)
    assert kept.fields.text("en", "short") == "85% of us."


def test_a_number_that_comes_from_no_fact_leads_to_adding_it(staff, folder):
    post = written(staff)
    page = staff.post(f"/posts/{post.pk}/preview/", POST_FORM | {"en.short": "85% of us."})
    offered = page.one("button[name=figure]")
    assert offered["value"] == "85%" and "Add “85%” as a fact" in offered.text


def test_adding_is_for_staff(volunteer, stranger, folder):
    volunteer.get("/facts/new/", expect=403)
    volunteer.post("/facts/new/", FORM, expect=403)
    assert "sign-in" in stranger.get("/facts/new/", expect=302).went_to
    assert not Shared.objects.exists()


def test_where_the_file_has_it_too_the_page_says_that_the_file_counts(staff, folder):
    staff.post("/facts/new/", FORM)
    lines = staff.get("/facts/alone/").all("pre")[-1].text
    path = folder.posts / "facts.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{lines}", "utf-8")
    page = staff.get("/facts/alone/")
    assert "the file counts" in page.text
    # The lines that the page gave say the very same, so nothing has changed.
    fact = library().facts["alone"]
    assert (fact.of_pages, fact.claims["en"]) == (False, "Nobody is alone.")
    assert not [each for each in library().findings if each.code == "in-both"]
