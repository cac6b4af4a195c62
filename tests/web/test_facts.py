"""The pages of the facts: what may be said, who leans on it, and a change that is looked at before it is made."""

from datetime import timedelta

import pytest

from campaign.authoring import load
from campaign.decisions import approving
from campaign.models import Delivery, Event, Post
from campaign.people.roles import Role, add_user
from campaign.planning.plan import plan
from campaign.states import Status
from campaign.web.frame.site import config, library
from tests.deliveries import NOON, TORONTO, delivery
from tests.folders import FACT
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>"
CITES = "{{ fact('spread') }}"
DOUBTED = (
    FACT.replace('"spread"', '"doubted"').replace('"ok"', '"do_not_use"')
    + 'note = "Nobody knows."\n'
)
OLD = FACT.replace('"spread"', '"old"').replace("2030-01-01", "2027-10-01")
FORM = {
    "status": "ok",
    "claim.en": "It has spread far.",
    "claim.fr": "Il s’est propagé.",
    "source": "Canadian Network",
    "url": "https://example.org/spread",
    "review_by": "2030-01-01",
    "cite.en": "CN",
    "cite.fr": "RC",
}


@pytest.fixture
def queued(folder, site_clock):
    """A post that leans on the fact, approved."""
    site_clock.advance(days=-30)
    folder.post("leans", 'when = "mbc-day 09:00"', en=CITES, fr=CITES)
    now = NOON - timedelta(days=30)
    load.load(
        plan(library(), config(), now), library(), now, add_user("vic", Role.VOLUNTEER)[0]
    )
    found = Post.objects.get(key="know/leans")
    approving.approve(found, add_user("eve", Role.STAFF)[0], now, TORONTO)
    return found


def hidden(page):
    return {
        field["name"]: field["value"]
        for field in page.all("input[type=hidden]")
        if field["name"] != "reason"
    }


def looked_at(visitor, **more):
    opened = visitor.get("/facts/spread/").one("input[name=opened]")["value"]
    return visitor.post("/facts/spread/", {**FORM, "opened": opened, "do": "look", **more})


def test_every_fact_is_listed_with_all_that_is_to_know(staff, folder):
    folder.write(
        "posts/facts.toml",
        FACT.replace(
            "review_by", 'year = 2024\nregion = "Canada"\nfigure = "3 in 4"\nreview_by'
        ),
    )
    delivery("a", facts="spread")
    page = staff.get("/facts/")
    for said in ("spread", "It has spread.", "Il s’est propagé.", "Canadian Network", "2024", "Canada", "3 in 4",
                 "to be reviewed by Tuesday, January 1, 2030", "May be used", "1 queued, 0 waiting, 0 published"):  # fmt: skip
        assert said in page.text
    assert "https://example.org/spread" in [link["href"] for link in page.all("a")]


def test_the_list_shows_what_is_due_or_not_to_be_used(staff, folder):
    folder.write("posts/facts.toml", FACT + OLD + DOUBTED)
    assert [one.text for one in staff.get("/facts/").all("h2")[1:-1]] == [
        "spread",
        "old",
        "doubted",
    ]
    due = staff.get("/facts/?show=due")
    assert [one.text for one in due.all("h2")[1:-1]] == ["old"]
    assert "Review is overdue" in due.text
    barred = staff.get("/facts/?show=do_not_use")
    assert [one.text for one in barred.all("h2")[1:-1]] == ["doubted"]
    assert [one.text for one in staff.get("/facts/?show=nonsense").all("h2")[1:-1]] == [
        "spread",
        "old",
        "doubted",
    ]


def test_empty_lists_say_so(staff, folder):
    assert "No fact is due for review." in staff.get("/facts/?show=due").text
    assert "No fact is kept from use." in staff.get("/facts/?show=do_not_use").text
    folder.write("posts/facts.toml", "")
    assert "There are no facts yet." in staff.get("/facts/").text


def test_one_fact_shows_who_leans_on_it(staff, queued):
    page = staff.get("/facts/spread/")
    assert page.h1 == "spread"
    assert page.text.count("Leans") == 3
    assert "1 queued, 0 waiting, 0 published" in page.text
    assert page.one("textarea#claim-en").text == "It has spread."


def test_a_fact_that_stops_posts_says_so(staff, folder):
    folder.write("posts/facts.toml", OLD + DOUBTED)
    assert "Nobody has looked at this fact in time" in staff.get("/facts/old/").text
    page = staff.get("/facts/doubted/")
    assert "must not be used: nothing that relies on it is approved" in page.text
    assert "Nobody knows." in page.text


def test_there_is_no_page_of_a_fact_that_is_not_there(staff, folder):
    staff.get("/facts/nothing/", expect=404)


def test_a_change_is_shown_first_with_old_and_new_words(staff, queued):
    page = looked_at(staff)
    assert page.h1 == "What would change"
    assert "1 delivery changes" in page.text
    assert "is approved already, and will wait for approval again" in page.text
    assert "far" in "".join(one.text for one in page.all("ins"))
    assert library().facts["spread"].claims["en"] == "It has spread."
    assert queued.deliveries.filter(status=Status.QUEUED).count() == 3


def test_what_was_shown_is_changed_when_a_person_says_so(staff, queued):
    page = staff.after("/facts/spread/", {**hidden(looked_at(staff)), "do": "change"})
    assert "The fact is changed. 1 delivery has new words." in page.text
    assert "waits for approval again" in page.text
    assert library().facts["spread"].claims["en"] == "It has spread far."
    assert queued.deliveries.get(channel="x-en").status == Status.DRAFT
    event = Event.objects.get(action="fact changed")
    assert event.actor == "maria"
    assert "A fact was changed" in staff.get("/log/").text
    assert "It has spread far." in staff.get(f"/log/events/{event.pk}/").text
    french = staff.french().get(f"/log/events/{event.pk}/").text
    assert "It has spread far." in french and " was “" not in french


def test_what_would_change_otherwise_meanwhile_is_shown_again(staff, queued):
    sent = hidden(looked_at(staff))
    Delivery.objects.filter(channel="x-en").update(status=Status.PUBLISHED)
    page = staff.post("/facts/spread/", {**sent, "do": "change"})
    assert "No delivery changes" in page.text
    assert library().facts["spread"].claims["en"] == "It has spread."


def test_nothing_is_changed_without_having_been_shown(staff, queued):
    opened = staff.get("/facts/spread/").one("input[name=opened]")["value"]
    page = staff.post("/facts/spread/", {**FORM, "opened": opened, "do": "change"})
    assert page.h1 == "What would change"
    assert library().facts["spread"].claims["en"] == "It has spread."


def test_one_can_go_back_to_the_form_with_what_was_typed(staff, queued):
    page = staff.post("/facts/spread/", {**hidden(looked_at(staff)), "do": "edit"})
    assert page.one("textarea#claim-en").text == "It has spread far."


def test_a_fact_that_is_not_to_be_used_any_more_says_what_it_stops(staff, queued):
    page = looked_at(staff, **{"status": "do_not_use", "note": "Nobody knows."})
    assert "3 deliveries change" in page.text
    assert page.text.count("It cannot go out like this:") == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"claim.fr": ""}, "Still missing: Claim, French."),
        ({"review_by": "soon"}, "Say by which day somebody has to look at the fact again."),
        ({"review_by": "1027-01-01"}, "is not between the years"),
        ({"year": "24"}, "The year of the source has four digits"),
        ({"url": "javascript:alert(1)"}, "The link to the source begins with https://"),
        ({"source": " "}, "Still missing: Source."),
        ({"status": "perhaps"}, "is no status"),
    ],
)
def test_what_is_no_fact_is_said_and_what_was_typed_stays(staff, folder, typed, said):
    page = looked_at(staff, **typed)
    assert said in page.text
    assert page.one("textarea#claim-en").text == "It has spread far."


def test_nothing_new_is_told(staff, folder):
    page = looked_at(staff, **{"claim.en": "It has spread."})
    assert "Nothing differs from what the fact says already." in page.text


def test_a_file_that_changed_meanwhile_is_told(staff, queued, folder):
    sent = hidden(looked_at(staff))
    folder.write("posts/facts.toml", FACT + "# somebody was here\n")
    page = staff.post("/facts/spread/", {**sent, "do": "change"})
    assert "has changed since you opened this page" in page.text
    assert page.one("textarea#claim-en").text == "It has spread far."


def test_a_file_that_cannot_be_written_gives_the_lines_for_it(staff, queued, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    sent = hidden(looked_at(staff))
    monkeypatch.setattr("campaign.authoring.shared.fact_file.tempfile.mkstemp", refuse)
    page = staff.post("/facts/spread/", {**sent, "do": "change"}, expect=409)
    assert "cannot be written from here, so nothing has changed" in page.text
    assert 'claim.en = "It has spread far."' in page.one("pre").text


def test_the_files_of_a_demonstration_stay_as_they_are(staff, queued, monkeypatch):
    monkeypatch.setenv("CAMPAIGN_DEMO", "8000:key")
    page = staff.post(
        "/facts/spread/", {**hidden(looked_at(staff)), "do": "change"}, expect=409
    )
    assert "This is the demonstration" in page.text
    assert library().facts["spread"].claims["en"] == "It has spread."


@pytest.mark.parametrize("url", ["/facts/", "/facts/spread/"])
def test_facts_are_for_staff(volunteer, url, folder):
    volunteer.get(url, expect=403)


@pytest.mark.parametrize("url", ["/facts/", "/facts/spread/"])
def test_strangers_sign_in_first(stranger, url, folder):
    assert "sign-in" in stranger.get(url, expect=302).went_to


def test_the_pages_can_be_read_in_french(staff, folder):
    page = staff.french().get("/facts/spread/")
    assert page.html.index("Il s’est propagé.") < page.html.index("It has spread.")


def test_nothing_that_a_file_says_becomes_html(staff, folder):
    hostile = (
        FACT.replace("It has spread.", HOSTILE)
        .replace("Canadian Network", HOSTILE)
        .replace("CN", HOSTILE)
    )
    hostile = hostile.replace("https://example.org/spread", "javascript:alert(1)")
    folder.write(
        "posts/facts.toml",
        hostile + f'note = "{HOSTILE}"\nregion = "{HOSTILE}"\nfigure = "{HOSTILE}"\n',
    )
    for page in (
        staff.get("/facts/"),
        staff.get("/facts/spread/"),
        looked_at(staff, **{"claim.en": HOSTILE * 2}),
    ):
        assert HOSTILE not in page.html
        assert "javascript:" not in "".join(link.get("href") for link in page.all("a"))


def test_many_facts_and_posts_take_few_questions(staff, folder, django_assert_max_num_queries):
    folder.write(
        "posts/facts.toml",
        "".join(FACT.replace('"spread"', f'"f{number}"') for number in range(30)),
    )
    for number in range(30):
        delivery(
            f"p{number}",
            facts=f"f{number} f1",
            status=Status.QUEUED if number % 2 else Status.DRAFT,
        )
    with django_assert_max_num_queries(12):
        staff.get("/facts/")
    with django_assert_max_num_queries(12):
        staff.get("/facts/f1/")


def test_a_preview_of_many_takes_few_questions(
    staff, folder, site_clock, django_assert_max_num_queries
):
    site_clock.advance(days=-30)
    for number in range(12):
        folder.post(
            f"p{number}",
            f'when = "mbc-day {number + 8:02}:00"',
            en=f"{number * 'so '}{CITES}",
            fr=f"{number * 'si '}{CITES}",
        )
    now = NOON - timedelta(days=30)
    load.load(plan(library(), config(), now), library(), now, None)
    with django_assert_max_num_queries(50):
        page = looked_at(staff)
    assert "12 deliveries change" in page.text
