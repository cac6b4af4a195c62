"""The calendar, and moving posts in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.config import Channel, Content
from campaign.models import Delivery, Event, Fact
from campaign.states import Status
from campaign.web.frame.names import channel_name
from tests.deliveries import NOON, delivery, post, status_of
from tests.folders import Folder, make_folder
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script>'
DAYS = """
[[day]]
id = "mbc-day"
rule = "fixed 10-13"
name.en = "MBC Day"
name.fr = "Journée CSM"
[[day]]
id = "remembrance-day"
rule = "fixed 11-11"
name.en = "Remembrance Day"
name.fr = "Jour du Souvenir"
quiet = true
[[day]]
id = "month"
rule = "month 10"
name.en = "Awareness Month"
name.fr = "Mois de la sensibilisation"
"""
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Folder:
    """The files of a campaign; channels with and without slots."""
    made = make_folder(tmp_path)
    made.write("posts/calendar.toml", DAYS)
    made.post()
    channels = {
        "x-en": Channel("x-en", "twitter", "en", slots=("mon-fri 10:00",)),
        "x-fr": Channel("x-fr", "twitter", "fr"),
    }
    content = Content(made.posts, made.templates)
    settings.CONFIG = replace(settings.CONFIG, content=content, channels=channels)
    return made


@pytest.fixture
def pair() -> Delivery:
    """The English delivery of a post that stands tomorrow at noon in both languages."""
    one = delivery(due=TOMORROW, of=post(title="Know the signs"))
    delivery(on="x-fr", due=TOMORROW, of=one.post, language="fr")
    return one


def calendar(visitor: Visitor, query: str = "") -> Page:
    return visitor.get(f"/calendar/?on=2027-10-13&{query}")


def moved(visitor: Visitor, one: Delivery, to: str, expect: int = 303, **more: str) -> Page:
    day, time = to.split()
    typed = {"date": day, "time": time, "back": "view=month&on=2027-10-13"} | more
    return visitor.post(f"/calendar/move/{one.pk}/", typed, expect=expect)


def due_of(one: Delivery) -> datetime:
    return Delivery.objects.get(pk=one.pk).due_at


# What it shows


def test_a_month_has_its_weeks_from_sunday_on(staff):
    page = calendar(staff)
    heads = [element.text for element in page.all("th")]
    assert heads[0].startswith("Sunday") and heads[-1].startswith("Saturday")
    days = [cell["data-day"] for cell in page.all("td[data-day]")]
    assert (days[0], days[-1], len(days)) == ("2027-09-26", "2027-11-06", 42)
    assert "October 2027" in page.text


def test_a_post_in_both_languages_stands_once_with_all_that_a_person_asks_of_it(staff, pair):
    page = calendar(staff)
    (unit,) = page.all("li.unit")
    assert [
        word in unit.text for word in ("12:00", "Know the signs", "Queued", "X", "EN FR")
    ] == [True] * 5
    assert (unit["data-time"], unit["draggable"], unit["data-status"]) == (
        "12:00",
        "true",
        "queued",
    )
    assert page.one("a.move").text == "Move Know the signs, Thursday, October 14, 2027, 12:00"


def test_a_post_without_a_title_is_called_by_its_file(staff):
    delivery("know-the-signs")
    assert "Know the signs" in calendar(staff).text


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.SENDING, Status.UNCONFIRMED])
def test_what_is_out_or_on_its_way_is_shown_and_cannot_be_moved(staff, status):
    delivery(status=status)
    page = calendar(staff)
    assert page.one("li.unit").get("draggable") == ""
    assert page.all("a.move") == []


def test_today_is_marked_in_words(staff):
    page = calendar(staff)
    (cell,) = page.all("td.today")
    assert cell["data-day"] == "2027-10-13" and "Today" in cell.text


def test_awareness_days_months_and_days_of_remembrance_are_named(staff):
    assert [word in calendar(staff).text for word in ("MBC Day", "Awareness Month")] == [
        True,
        True,
    ]
    page = staff.get("/calendar/?on=2027-11-11")
    (cell,) = page.all("td.quiet-day")
    assert "Remembrance Day" in cell.text and "Day of remembrance" in cell.text


def test_everything_is_french_for_those_who_read_french(staff, pair):
    page = calendar(staff.french())
    assert [
        word in page.text
        for word in ("Octobre 2027", "Journée CSM", "Mois de la sensibilisation")
    ] == [True] * 3
    assert "12\u00a0h\u00a000" in page.one("li.unit").text


@pytest.mark.parametrize(
    ("view", "first", "last"),
    [
        ("week", "2027-10-10", "2027-10-16"),
        ("list", "2027-10-13", "2027-10-26"),
        ("day", "2027-10-13", "2027-10-13"),
    ],
)
def test_other_views_show_their_days(staff, pair, view, first, last):
    page = calendar(staff, f"view={view}")
    days = [one["data-day"] for one in page.elements if "data-day" in one.attributes]
    assert days[0] == first and days[-1] <= last
    assert len(page.all("li.unit")) == (0 if view == "day" else 1)
    assert page.one("a.chip[aria-current=page]").text == view.capitalize()


def test_one_goes_back_and_ahead_by_what_is_shown(staff):
    links = {one["rel"]: one["href"] for one in calendar(staff).all("a[rel]")}
    assert "on=2027-09-01" in links["prev"] and "on=2027-11-01" in links["next"]
    links = {one["rel"]: one["href"] for one in calendar(staff, "view=week").all("a[rel]")}
    assert "on=2027-10-06" in links["prev"] and "on=2027-10-20" in links["next"]


@pytest.mark.parametrize(
    "on", ["2000-01-01", "2099-12-31", "not a day", "9999-99-99", "0001-01-01"]
)
@pytest.mark.parametrize("view", ["month", "week", "list", "day", "nothing"])
def test_no_address_breaks_the_calendar(staff, on, view):
    staff.get(f"/calendar/?on={on}&view={view}&channel=%00&campaign=%27&language=zz")


def test_filters_leave_what_they_name(staff, pair):
    delivery("other", due=TOMORROW, of=post("other", "second", title="Something else"))
    assert "Something else" in calendar(staff, "channel=x-en").text
    page = calendar(staff, "language=fr")
    assert "Know the signs" in page.text and "Something else" not in page.text
    assert "Show all" in page.text
    assert "Know the signs" not in calendar(staff, "campaign=second").text


def test_a_full_day_shows_four_and_counts_the_others(staff):
    for number in range(6):
        delivery(f"post-{number}", due=TOMORROW + timedelta(minutes=number))
    page = calendar(staff)
    assert len(page.all("li.unit")) == 4 and "2 more" in page.text
    assert len(staff.get("/calendar/?view=day&on=2027-10-14").all("li.unit")) == 6


def test_an_empty_month_says_so(staff):
    assert "No posts yet." in calendar(staff).text
    assert "match these filters" in calendar(staff, "channel=x-en").text


def test_free_slots_are_shown_and_taken_ones_are_not(staff):
    ten = datetime(2027, 10, 14, 14, tzinfo=UTC)
    assert "10:00 free X, English" in calendar(staff, "view=week").text
    places = [one["data-slot-day"] for one in calendar(staff).all("a[data-slot]")]
    # Today's is past; no slot on a Saturday.
    assert places[0] == "2027-10-14" and "2027-10-16" not in places
    delivery(due=ten)
    assert "2027-10-14" not in [
        one["data-slot-day"] for one in calendar(staff).all("a[data-slot]")
    ]


def test_no_slot_asks_to_be_filled_on_a_day_of_remembrance(staff):
    places = [
        one["data-slot-day"]
        for one in staff.get("/calendar/?on=2027-11-11").all("a[data-slot]")
    ]
    assert "2027-11-10" in places and "2027-11-11" not in places


def test_the_week_stands_in_its_hours(staff, pair):
    page = calendar(staff, "view=week")
    assert [one.text for one in page.all("ol.hours")] == ["10:00 12:00"]
    assert [one["class"] for one in page.all("ul.units")].count("units row-2") == 1


def test_gaps_of_a_campaign_are_told(staff):
    for on in ("x-en", "x-fr"):
        for day in (0, 4):
            delivery(f"post-{day}", on=on, due=NOON + timedelta(days=day))
    page = calendar(staff)
    assert (
        "Nothing is planned from October 14, 2027 to October 16, 2027, on any channel."
        in page.text
    )
    assert (
        "Nothing is planned from October 18, 2027 to October 31, 2027, on any channel."
        in page.text
    )
    gaps = [
        one["data-day"]
        for one in page.all("td[data-day]")
        if "Gap: nothing planned" in one.text
    ]
    assert gaps[:4] == ["2027-10-14", "2027-10-15", "2027-10-16", "2027-10-18"]


def test_a_gap_on_one_channel_names_it(staff):
    for day in range(0, 20, 2):
        delivery(f"post-{day}", due=NOON + timedelta(days=day))
    text = calendar(staff).text
    assert "Nothing is planned from October 13, 2027 to October 31, 2027 on X, French." in text


def test_crowds_and_posts_on_a_day_of_remembrance_are_told(staff, settings):
    busy = replace(
        settings.CONFIG.channels["x-en"], minimum_gap=timedelta(hours=1), max_per_day=1
    )
    settings.CONFIG = replace(settings.CONFIG, channels={"x-en": busy})
    quiet = datetime(2027, 11, 11, 17, tzinfo=UTC)
    delivery("a", due=quiet)
    delivery("b", due=quiet + timedelta(minutes=30))
    text = staff.get("/calendar/?on=2027-11-11").text
    assert "two posts on X, English stand close: 12:00 and 12:30" in text
    assert "X, English has 2 posts; more than 1 a day are many" in text
    assert "Thursday, November 11, 2027 is a day of remembrance (Remembrance Day)" in text


def test_a_slot_that_cannot_be_read_stops_nothing(staff, settings):
    broken = Channel("x-en", "twitter", "en", slots=("whenever",))
    settings.CONFIG = replace(settings.CONFIG, channels={"x-en": broken})
    calendar(staff)


def test_no_text_of_a_person_becomes_part_of_the_page_s_code(staff):
    one = delivery(of=post(title=HOSTILE), due=TOMORROW)
    for view in ("month", "week", "list"):
        page = calendar(staff, f"view={view}")
        assert HOSTILE not in page.html and HOSTILE in page.text
    assert HOSTILE not in staff.get(f"/calendar/move/{one.pk}/", {"back": HOSTILE}).html
    page = staff.get(moved(staff, one, "2027-10-15 12:00").went_to.split("#")[0])
    assert HOSTILE not in page.html and "now stands on" in page.text
    assert (
        HOSTILE
        not in moved(staff, one, f"2027-10-16 {HOSTILE.replace(' ', '')}", expect=422).html
    )


def test_the_calendar_asks_few_questions_however_much_is_planned(
    staff, django_assert_max_num_queries
):
    for number in range(30):
        delivery(f"post-{number}", due=NOON + timedelta(hours=number))
    with django_assert_max_num_queries(8):
        calendar(staff)


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/move/1/"])
def test_only_staff_see_the_calendar(stranger, volunteer, admin, address):
    delivery()
    assert "/sign-in/" in stranger.get(address, expect=302).went_to
    volunteer.get(address, expect=403)
    admin.get("/calendar/")


# Moving


def test_a_post_is_moved_as_one_by_default(staff, pair):
    page = moved(staff, pair, "2027-10-15 09:30")
    assert page.went_to == f"/calendar/?view=month&on=2027-10-13#part-{pair.pk}"
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {
        datetime(2027, 10, 15, 13, 30, tzinfo=UTC)
    }
    assert set(Event.objects.values_list("actor", "action")) == {("maria", "rescheduled")}


def test_one_delivery_alone_can_be_moved(staff, pair):
    moved(staff, pair, "2027-10-15 09:30", deliveries=str(pair.pk))
    assert sorted(Delivery.objects.values_list("due_at", flat=True)) == [
        TOMORROW,
        datetime(2027, 10, 15, 13, 30, tzinfo=UTC),
    ]


def test_the_next_page_tells_it_once_and_offers_to_undo_it(staff, pair):
    sent = moved(staff, pair, "2027-10-15 09:30")
    page = staff.get(sent.went_to.split("#")[0])
    assert (
        "“Know the signs” now stands on Friday, October 15, 2027, 09:30."
        in page.one("#calendar-said").text
    )
    undo = {
        one["name"]: one["value"]
        for one in page.all("input[type=hidden]")
        if one["name"] != "csrfmiddlewaretoken"
    }
    form = next(one for one in page.all("form[hx-post]"))
    staff.post(form["action"], undo, expect=303)
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {TOMORROW}
    staff.get("/calendar/")
    assert "now stands" not in staff.get("/calendar/").text


def test_what_was_overdue_is_not_moved_back_into_the_past(staff, site_clock):
    one = delivery(status=Status.MISSED, due=NOON - timedelta(days=1))
    page = staff.get(moved(staff, one, "2027-10-15 09:30").went_to.split("#")[0])
    assert "now stands" in page.text and "Undo" not in page.text
    assert status_of(one) == Status.QUEUED


def test_a_post_that_has_left_the_page_is_shown_the_way_to(staff, pair):
    page = staff.get(
        moved(staff, pair, "2027-12-15 09:30", sure="2027-12-15T14:30:00+00:00").went_to.split(
            "#"
        )[0]
    )
    assert "on=2027-12-15" in page.one("#calendar-said").text or "Go there" in page.text


def test_the_form_stands_on_the_time_of_the_post(staff, pair):
    page = staff.get(f"/calendar/move/{pair.pk}/")
    assert (page.one("#move-date")["value"], page.one("#move-time")["value"]) == (
        "2027-10-14",
        "12:00",
    )
    choices = [one["value"] for one in page.all("input[name=deliveries]")]
    assert [len(one.split()) for one in choices] == [2, 1]
    assert "checked" in page.all("input[name=deliveries]")[0].attributes


def test_a_post_that_stands_alone_needs_no_choice(staff):
    assert (
        staff.get(f"/calendar/move/{delivery(due=TOMORROW).pk}/").all("input[name=deliveries]")
        == []
    )


def test_what_is_out_has_no_form(staff):
    page = staff.get(f"/calendar/move/{delivery(status=Status.PUBLISHED).pk}/")
    assert page.all("#move-date") == [] and "can no longer be changed" in page.text


def test_an_unknown_delivery_is_not_there(staff):
    staff.get("/calendar/move/999/", expect=404)
    staff.post("/calendar/move/999/", {}, expect=404)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("2027-10-12 09:00", "in the past"),
        ("2028-03-12 02:30", "does not exist"),
        ("2027-10-14 12:00", "the time that it has already"),
        ("tomorrow 09:00", "Choose a date and a time"),
        ("2027-10-15 25:00", "Choose a date and a time"),
        ("9999-12-31 23:00", "Choose a date and a time"),
        ("2027-11-07 01:30", "comes twice that night"),
        ("2027-1-5 9:5", "Choose a date and a time"),
        (f"{'9' * 5_000} {'1' * 5_000}", "Choose a date and a time"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(staff, pair, to, said):
    page = moved(staff, pair, to, expect=422)
    assert said in page.one("#move-errors").text and "was not moved" in page.text
    assert page.one("#move-date")["value"] == to.split()[0]
    assert due_of(pair) == TOMORROW


@pytest.mark.parametrize(
    "typed",
    [{"date": "", "time": "09:30"}, {"date": " 2027-10-15 ", "time": "09:30"}, {"time": " "}],
)
def test_what_is_wrong_is_said_once_of_both_fields(staff, pair, typed):
    page = staff.post(f"/calendar/move/{pair.pk}/", typed, expect=422)
    assert page.one("#move-errors").text == "This post was not moved. Choose a date and a time."
    for name in ("date", "time"):
        field = page.one(f"#move-{name}")
        assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "move-errors")
        assert field["value"] == typed.get(name, "2027-10-14")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("x 09:00", "Choisissez une date et une heure."),
        ("2027-10-12 09:00", "La nouvelle heure est passée"),
        ("2028-03-12 02:30", "heure de l’Est (Toronto), n’existe pas"),
        ("2027-11-07 01:30", "arrive deux fois"),
        ("2027-11-11 12:00", "journée de recueillement"),
    ],
)
def test_what_speaks_against_a_time_is_said_in_french(staff, pair, to, said):
    assert said in moved(staff.french(), pair, to, expect=422).one("#move-errors").text


def test_a_second_hour_that_is_none_is_no_answer_and_where_nothing_is_asked_no_matter(
    staff, pair
):
    assert (
        "comes twice" in moved(staff, pair, "2027-11-07 01:30", expect=422, fold="second!").text
    )
    moved(staff, pair, "2027-10-15 09:30:45", fold="third", deliveries="")
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {
        datetime(2027, 10, 15, 13, 30, tzinfo=UTC)
    }


def test_the_missing_hour_names_the_next_time_that_exists(staff, pair):
    assert "2028-03-12 03:00" in moved(staff, pair, "2028-03-12 02:30", expect=422).text


@pytest.mark.parametrize(("fold", "hour"), [("first", 5), ("second", 6)])
def test_of_a_doubled_hour_a_person_says_which(staff, pair, fold, hour):
    page = moved(staff, pair, "2027-11-07 01:30", expect=422)
    assert [one["value"] for one in page.all("input[name=fold]")] == ["first", "second"]
    at = datetime(2027, 11, 7, hour, 30, tzinfo=UTC)
    moved(staff, pair, "2027-11-07 01:30", fold=fold, sure=at.isoformat())
    assert due_of(pair) == at


def test_what_the_gate_would_refuse_is_refused_in_its_words(staff):
    Fact.objects.create(key="spread", status="ok", review_by=date(2027, 10, 14))
    one = delivery(due=TOMORROW, facts="spread")
    assert (
        "to be reviewed by 2027-10-14" in moved(staff, one, "2027-10-15 12:00", expect=422).text
    )
    assert due_of(one) == TOMORROW


def test_a_day_of_remembrance_is_asked_about_once(staff, pair):
    page = moved(staff, pair, "2027-11-11 12:00", expect=422)
    assert (
        "Remembrance Day" in page.one("#move-errors").text
        and "Move it all the same" in page.text
    )
    assert due_of(pair) == TOMORROW
    sure = page.one("input[name=sure]")["value"]
    # Another time.
    assert (
        "Remembrance Day" in moved(staff, pair, "2027-11-11 13:00", expect=422, sure=sure).text
    )
    moved(staff, pair, "2027-11-11 12:00", sure=sure)
    assert due_of(pair) == datetime(2027, 11, 11, 17, tzinfo=UTC)


def test_deliveries_of_another_post_are_not_moved_with_it(staff, pair):
    other = delivery("other", due=TOMORROW)
    page = moved(
        staff, pair, "2027-10-15 12:00", expect=422, deliveries=f"{pair.pk} {other.pk}"
    )
    assert "changed meanwhile" in page.text
    assert due_of(other) == due_of(pair) == TOMORROW


@pytest.mark.parametrize("deliveries", ["x", "9" * 30, "0", "²", " ", "1!"])
def test_numbers_that_are_none_move_nothing(staff, pair, deliveries):
    moved(staff, pair, "2027-10-15 12:00", expect=422, deliveries=deliveries)


def test_a_part_of_a_page_is_answered_with_the_calendar(staff, pair):
    typed = {"date": "2027-10-15", "time": "09:30", "back": "view=week&on=2027-10-13"}
    page = staff.post(f"/calendar/move/{pair.pk}/", typed, expect=200, HX_Request="true")
    assert page.response.headers["HX-Retarget"] == "#calendar"
    assert f'"id": {pair.pk}' in page.response.headers["HX-Trigger-After-Settle"]
    assert page.all("html") == [] and len(page.all("li.unit")) == 1
    assert "now stands on" in page.one("#calendar-said[hx-swap-oob=innerHTML]").text


def test_a_refusal_to_a_part_of_a_page_is_the_form_again(staff, pair):
    typed = {"date": "2027-10-01", "time": "09:30", "back": ""}
    page = staff.post(f"/calendar/move/{pair.pk}/", typed, expect=200, HX_Request="true")
    assert page.response.headers["HX-Retarget"] == "#move-body"
    assert page.all("html") == [] and "in the past" in page.one("#move-errors").text


def test_a_channel_that_two_others_would_be_taken_for_bears_its_name(settings):
    both = {name: Channel(name, "twitter", "en") for name in ("x-one", "x-two")}
    config = replace(settings.CONFIG, channels=both)
    assert channel_name("x-one", config) == "X, English (x-one)"
    assert channel_name("gone", config) == "gone"


def test_where_no_post_is_shown_one_press_leads_to_the_next(staff):
    delivery("gone", due=NOON + timedelta(days=60), status=Status.CANCELLED)
    delivery("later", due=NOON + timedelta(days=90))
    page = calendar(staff)
    assert "No posts on these days." in page.text
    [jump] = [link for link in page.all("a.button") if "Go to the next post" in link.text]
    assert jump.text == "Go to the next post: Tuesday, January 11, 2028"
    assert jump["href"] == "?view=month&on=2028-01-11"
    assert "Go to the next" not in staff.get(f"/calendar/{jump['href']}").text


def test_behind_the_last_post_one_press_leads_back_to_it(staff):
    delivery(due=NOON, status=Status.PUBLISHED)
    page = staff.get("/calendar/?view=week&on=2028-05-01")
    assert "Go to the last post: Wednesday, October 13, 2027" in page.text
    filtered = staff.get("/calendar/?on=2028-05-01&language=fr&campaign=mbc&channel=x-en")
    assert "Go to" not in filtered.text
