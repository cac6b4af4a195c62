"""The awareness days: listed by what comes next, added by rule, changed with what hangs on them."""

import pytest

from campaign.authoring import load
from campaign.decisions import approving
from campaign.models import Event, Post
from campaign.models.remembrance import QuietDay
from campaign.models.shared import Shared
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Status
from campaign.web.frame.site import config, library
from tests.acts.frame import QUIET
from tests.deliveries import TORONTO
from tests.folders import CALENDAR
from tests.posts_in_web import folder as folder
from tests.posts_in_web import written

pytestmark = pytest.mark.django_db
NAMED = {
    "name.en": "Walk Day",
    "name.fr": "Journée de la marche",
    "source": "https://example.org/walk",
}
FIXED = NAMED | {"kind": "fixed", "fixed_month": "11", "fixed_day": "5"}
HOLIDAY = """
[[day]]
id = "christmas"
rule = "fixed 12-25"
name.en = "Christmas"
name.fr = "Noël"
source = "https://example.org/holiday"
holiday = true
"""


def hidden(page):
    fields = page.all("input[type=hidden]")
    return {field["name"]: field["value"] for field in fields if field["name"] != "reason"}


def added(visitor, form=FIXED):
    page = visitor.post("/days/new/", {**form, "do": "look"})
    return visitor.after("/days/new/", {**hidden(page), "do": "keep"})


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        (
            {"kind": "fixed", "fixed_month": "11", "fixed_day": "5"},
            [
                "Friday, November 5, 2027",
                "Sunday, November 5, 2028",
                "Monday, November 5, 2029",
            ],
        ),
        (
            {"kind": "nth", "nth_number": "1", "nth_weekday": "6", "nth_month": "6"},
            ["Sunday, June 4, 2028", "Sunday, June 3, 2029", "Sunday, June 2, 2030"],
        ),
        (
            {"kind": "nth", "nth_number": "last", "nth_weekday": "4", "nth_month": "5"},
            ["Friday, May 26, 2028", "Friday, May 25, 2029", "Friday, May 31, 2030"],
        ),
        (
            {"kind": "before", "before_weekday": "0", "before_month": "5", "before_day": "25"},
            ["Monday, May 22, 2028", "Monday, May 21, 2029", "Monday, May 20, 2030"],
        ),
        ({"kind": "month", "month": "11"}, ["November 2027", "November 2028", "November 2029"]),
        (
            {"kind": "easter", "easter_days": "2", "easter_side": "before"},
            ["Friday, April 14, 2028", "Friday, March 30, 2029", "Friday, April 19, 2030"],
        ),
        ({"kind": "manual", "date_1": "2028-02-03"}, ["Thursday, February 3, 2028"]),
    ],
)
def test_its_next_dates_are_shown_before_it_is_kept(staff, folder, rule, dates):
    page = staff.post("/days/new/", {**NAMED, **rule, "do": "look"})
    assert [each.text for each in page.all("li") if each.text in dates] == dates
    assert not Shared.objects.exists()
    kept = staff.after("/days/new/", {**hidden(page), "do": "keep"})
    assert kept.h1 == "Walk Day" and "Written here by maria" in kept.text
    assert "walk-day" in library().days
    # The form of the day says the same rule again; and pressed twice, it is one day.
    again = staff.after("/days/walk-day/", {**hidden(page), "do": "look"})
    assert "The day says so already." in again.text
    staff.after("/days/new/", {**hidden(page), "do": "keep"})
    assert Shared.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fixed_month": "2", "fixed_day": "30"}, "Fill in the date"),
        ({"fixed_day": ""}, "Fill in the date"),
        ({"name.fr": " "}, "its name in English and in French"),
        ({"source": "javascript:alert(1)"}, "begins with https://"),
        ({"kind": "manual"}, "Give at least one date"),
        ({"kind": "manual", "date_1": "soon"}, "Write each date like"),
        ({"kind": "nth", "nth_number": "9", "nth_weekday": "x", "nth_month": ""}, "Fill in"),
        ({"name": "next-slot"}, "short name"),
        ({"name": "mbc-day", "do": "keep"}, "There is a day “mbc-day” already"),
    ],
)
def test_what_is_no_day_is_said_and_what_was_typed_stays(staff, folder, typed, said):
    page = staff.post("/days/new/", {**FIXED, "do": "look", **typed}, expect=422)
    assert said in page.text
    assert page.one("input#name-en")["value"] == "Walk Day"
    assert not Shared.objects.exists()


def test_the_list_has_what_comes_next_first_and_holidays_apart(staff, folder):
    folder.write("posts/calendar.toml", CALENDAR + QUIET + HOLIDAY)
    added(staff)
    page = staff.get("/days/")
    names = [each.text for each in page.all("a") if each["href"].startswith("/days/")]
    in_list = [name for name in names if name not in ("Add a day",)]
    assert in_list == ["MBC Day", "Walk Day", "Remembrance Day", "Christmas"]
    assert "Journée de la marche" in staff.french().get("/days/").text


def test_the_composer_shows_each_day_with_its_date(staff, folder):
    folder.write("posts/calendar.toml", HOLIDAY + CALENDAR)
    page = staff.get(f"/posts/{written(staff).pk}/")
    offered = [each.text for each in page.all("option") if "2027" in each.text]
    assert offered[:2] == ["MBC Day (Wed Oct 13, 2027)", "Christmas (Sat Dec 25, 2027)"]


@pytest.fixture
def hanging(folder, staff, site_clock):
    """A post around a day of the pages, approved."""
    site_clock.advance(days=-30)
    added(staff, FIXED | {"fixed_month": "10", "fixed_day": "20"})
    folder.post("walks", 'when = "walk-day -1d 09:00"')
    now = site_clock.now
    load.load(
        plan(library(), config(), now, known_now(now)),
        library(),
        now,
        add_user("vic", Role.VOLUNTEER)[0],
    )
    post = Post.objects.get(key="know/walks")
    approving.approve(post, add_user("eve", Role.STAFF)[0], now, TORONTO)
    return post


def due(post):
    return {f"{each.due_at.astimezone(TORONTO):%m-%d %H:%M}" for each in post.deliveries.all()}


def test_a_change_shows_what_would_move_and_moves_it_when_a_person_says_so(staff, hanging):
    assert due(hanging) == {"10-19 09:00"}
    changed = FIXED | {"fixed_month": "10", "fixed_day": "22", "opened": "1"}
    page = staff.post("/days/walk-day/", {**changed, "do": "look"})
    assert "3 deliveries change" in page.text and "Thu Oct 21, 2027" in page.text
    assert due(hanging) == {"10-19 09:00"}
    staff.after("/days/walk-day/", {**hidden(page), "do": "keep"})
    assert due(hanging) == {"10-21 09:00"}
    # The words are those that were approved, so they go out, only on another day.
    assert {each.status for each in hanging.deliveries.all()} == {Status.QUEUED}
    assert Event.objects.filter(action="day changed", actor="maria").count() == 1


def test_what_would_fall_outside_of_its_campaign_is_stopped(staff, hanging):
    changed = FIXED | {"fixed_month": "11", "fixed_day": "20", "opened": "1"}
    page = staff.post("/days/walk-day/", {**changed, "do": "look"})
    assert page.text.count("It cannot go out like this:") == 3
    staff.after("/days/walk-day/", {**hidden(page), "do": "keep"})
    assert {each.status for each in hanging.deliveries.all()} == {Status.DRAFT}
    assert "The day walk-day has changed" in hanging.deliveries.first().reason


def test_what_was_not_shown_does_not_move(staff, hanging):
    changed = FIXED | {"fixed_month": "10", "fixed_day": "22", "opened": "1", "do": "keep"}
    page = staff.post("/days/walk-day/", changed)
    assert "Nothing is kept yet" in page.text
    assert due(hanging) == {"10-19 09:00"}


def test_a_stale_page_overwrites_nothing(staff, hanging):
    changed = FIXED | {"fixed_month": "10", "fixed_day": "22", "opened": "0"}
    page = staff.post("/days/walk-day/", {**changed, "do": "look"})
    page = staff.post("/days/walk-day/", {**hidden(page), "do": "keep"}, expect=422)
    assert "changed meanwhile" in page.text
    assert due(hanging) == {"10-19 09:00"}


def test_a_day_of_remembrance_counts_at_once(staff, folder):
    added(staff, FIXED | {"quiet": "on"})
    assert QuietDay.objects.get(key="walk-day").rule == "fixed 11-05"


def test_a_day_of_a_file_is_shown_and_not_changed_here(staff, folder):
    page = staff.get("/days/mbc-day/")
    assert "your technician changes it there" in page.text
    assert page.all("input[name=fixed_day]") == []
    form = staff.post("/days/mbc-day/", {**FIXED, "opened": "0", "do": "look"})
    refused = staff.post("/days/mbc-day/", {**hidden(form), "do": "keep"}, expect=422)
    assert "stands in the file calendar.toml" in refused.text
    assert not Shared.objects.exists()


def test_days_are_for_staff(volunteer, stranger, folder):
    for address in ("/days/", "/days/new/", "/days/mbc-day/"):
        volunteer.get(address, expect=403)
        assert "sign-in" in stranger.get(address, expect=302).went_to
    volunteer.post("/days/new/", {**FIXED, "do": "keep"}, expect=403)
    assert not Shared.objects.exists()


def test_where_the_file_has_it_too_the_page_says_that_the_file_counts(staff, folder):
    added(staff, FIXED | {"quiet": "on", "holiday": "on"})
    before = library().days["walk-day"]
    lines = staff.get("/days/walk-day/").all("pre")[-1].text
    folder.write("posts/calendar.toml", f"{CALENDAR}\n{lines}")
    assert "the file counts" in staff.get("/days/walk-day/").text
    # The lines that the page gave say the very same.
    assert library().days["walk-day"] == before
    assert not library().days["walk-day"].of_pages
    assert not [each for each in library().findings if each.code == "in-both"]
