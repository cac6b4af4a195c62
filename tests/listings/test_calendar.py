"""What stands on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.listings import calendar
from campaign.listings.calendar import CalendarFilters
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, delivery, post

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2027, 10, 13)
DAYS = [WEDNESDAY + timedelta(step) for step in range(3)]


def shown() -> dict[date, list[str]]:
    found = calendar.agendas(DAYS, TORONTO, CalendarFilters(), 4)
    return {
        day: [unit.key for unit in of_day.units]
        for day, of_day in found.items()
        if of_day.units
    }


def test_a_post_in_both_languages_is_one():
    one = delivery(on="x-en")
    delivery(on="x-fr", of=one.post, language="fr")
    delivery(on="f-fr", of=one.post, language="fr", network="facebook")
    (unit,) = calendar.agendas(DAYS, TORONTO, CalendarFilters(), 4)[WEDNESDAY].units
    assert (unit.languages, unit.networks, len(unit.parts)) == (
        ["en", "fr"],
        ["facebook", "twitter"],
        3,
    )


def test_a_post_at_two_times_is_shown_twice():
    one = delivery(on="x-en")
    delivery(on="x-fr", of=one.post, due=NOON + timedelta(hours=1))
    assert shown() == {WEDNESDAY: ["mbc/a", "mbc/a"]}


def test_posts_stand_on_their_local_day_in_order_of_time():
    delivery("late", due=datetime(2027, 10, 14, 3, 59, tzinfo=UTC))  # 23:59 in Toronto
    delivery("next", due=datetime(2027, 10, 14, 4, 0, tzinfo=UTC))
    delivery("early", due=datetime(2027, 10, 13, 4, 0, tzinfo=UTC))
    delivery("before", due=datetime(2027, 10, 13, 3, 59, tzinfo=UTC))
    assert shown() == {WEDNESDAY: ["mbc/early", "mbc/late"], DAYS[1]: ["mbc/next"]}


def test_more_than_fit_on_a_day_are_counted():
    for number in range(6):
        of = delivery(str(number), due=NOON + timedelta(minutes=number)).post
        delivery(on="x-fr", of=of, due=NOON + timedelta(minutes=number))
    found = calendar.agendas(DAYS, TORONTO, CalendarFilters(), 4)
    assert (
        [unit.key.split("/")[1] for unit in found[WEDNESDAY].units],
        found[WEDNESDAY].more,
    ) == (
        ["0", "1", "2", "3"],
        2,
    )
    assert found[DAYS[1]] == calendar.Agenda()


def test_a_day_is_read_to_a_certain_depth(monkeypatch):
    monkeypatch.setattr(calendar, "DEEPEST", 5)
    for number in range(6):
        delivery(str(number), due=NOON + timedelta(minutes=number))
    found = calendar.agendas(DAYS, TORONTO, CalendarFilters(), 4)[WEDNESDAY]
    assert (len(found.units), found.more, found.cut) == (4, 1, True)


def test_what_is_out_of_the_plan_is_not_shown():
    for status in (Status.CANCELLED, Status.WITHDRAWN, Status.REMOVED):
        delivery(status.value, status=status)
    delivery("out", status=Status.PUBLISHED)
    assert shown() == {WEDNESDAY: ["mbc/out"]}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (CalendarFilters(channel="x-en"), ["a", "b"]),
        (CalendarFilters(language="fr"), ["a"]),
        (CalendarFilters(campaign="other"), ["b"]),
        (CalendarFilters(channel="x-en", campaign="other", language="en"), ["b"]),
        (CalendarFilters(channel="x' OR 1=1 --"), []),
    ],
)
def test_filters_leave_what_they_name(filters, names):
    one = delivery(on="x-en")
    delivery(on="x-fr", of=one.post, language="fr", due=NOON)
    delivery("b", of=post("b", "other"), due=NOON + timedelta(minutes=1))
    found = calendar.agendas(DAYS, TORONTO, filters, 4)[WEDNESDAY].units
    assert [unit.key.split("/")[1] for unit in found] == names


def test_a_filter_leaves_only_the_deliveries_it_names():
    one = delivery(on="x-en")
    delivery(on="x-fr", of=one.post, language="fr")
    (unit,) = calendar.agendas(DAYS, TORONTO, CalendarFilters(language="fr"), 4)[
        WEDNESDAY
    ].units
    assert [each.channel for each in unit.parts] == ["x-fr"]


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([Status.QUEUED, Status.PUBLISHED], Status.QUEUED),
        ([Status.PUBLISHED, Status.FAILED], Status.FAILED),
        ([Status.DRAFT, Status.QUEUED], Status.DRAFT),
    ],
)
def test_the_status_to_know_of_first_is_the_one_shown(statuses, said):
    of = post()
    for status in statuses:
        delivery(on=status.value, of=of, status=status)
    (unit,) = calendar.agendas(DAYS, TORONTO, CalendarFilters(), 4)[WEDNESDAY].units
    assert unit.status is said
    assert unit.first.status == (next(one for one in statuses if one is not Status.PUBLISHED))


def test_a_whole_month_is_read_at_once(django_assert_num_queries):
    for number in range(20):
        delivery(str(number), due=NOON + timedelta(days=number))
    days = [WEDNESDAY + timedelta(step) for step in range(42)]
    with django_assert_num_queries(0):  # both questions go to the driver itself
        found = calendar.agendas(days, TORONTO, CalendarFilters(), 4)
    assert sum(len(one.units) for one in found.values()) == 20


def test_an_empty_plan_is_empty():
    assert shown() == {}


def test_what_stands_is_known_by_channel():
    delivery(on="x-en")
    delivery("b", on="x-fr", due=NOON + timedelta(days=1))
    delivery("c", on="x-fr", due=NOON + timedelta(days=3))
    delivery("d", on="x-fr", status=Status.CANCELLED)
    found = calendar.standing(DAYS[0], DAYS[-1], TORONTO)
    assert found == calendar.TakenTimes({"x-en": [NOON], "x-fr": [NOON + timedelta(days=1)]})


def test_what_was_not_read_is_not_judged(monkeypatch):
    monkeypatch.setattr(calendar, "STANDING", 1)
    delivery(on="x-en")
    delivery("b", due=NOON + timedelta(days=1))
    found = calendar.standing(DAYS[0], DAYS[-1], TORONTO)
    assert (dict(found.times), found.known_until) == ({"x-en": [NOON]}, DAYS[1])
