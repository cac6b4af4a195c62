"""Months and weeks as a calendar shows them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates import month
from campaign.content.dates.days import Day, parse_rule

TORONTO = ZoneInfo("America/Toronto")
ZONES = st.sampled_from(
    [
        TORONTO,
        *(
            ZoneInfo(name)
            for name in ("America/St_Johns", "Australia/Lord_Howe", "America/Havana", "UTC")
        ),
    ]
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 30))
LANGUAGES = st.sampled_from(["en", "fr", "de"])


def day(key: str, rule: str, *, quiet: bool = False) -> Day:
    return Day(key, parse_rule(rule), {"en": key.title(), "fr": f"le {key}"}, quiet)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_weeks_begin_with_sunday_in_canada(language):
    week = month.week_of(date(2027, 10, 13), language)
    assert week == [date(2027, 10, 10) + timedelta(step) for step in range(7)]
    assert week[0].strftime("%A") == "Sunday"


def test_weeks_begin_with_monday_where_nothing_else_is_known():
    assert month.first_of_week(date(2027, 10, 10), "de") == date(2027, 10, 4)


@given(DAYS, LANGUAGES)
def test_the_weeks_of_a_month_hold_each_of_its_days_once_and_no_whole_week_of_another(
    shown, language
):
    weeks = month.weeks_of(shown, language)
    days = [one for week in weeks for one in week]
    assert days == [days[0] + timedelta(step) for step in range(len(days))]
    first, after = shown.replace(day=1), month.next_month(shown)
    assert days[0] <= first < after <= days[-1] + timedelta(1)
    assert all(any(one.month == shown.month for one in week) for week in weeks)
    assert 4 <= len(weeks) <= 6


@given(DAYS)
def test_the_month_before_the_next_one_is_this_one(shown):
    assert month.previous_month(month.next_month(shown)) == shown.replace(day=1)
    assert month.next_month(month.previous_month(shown)) == shown.replace(day=1)


@pytest.mark.parametrize(
    ("on", "hours"), [(date(2027, 3, 14), 23), (date(2027, 11, 7), 25), (date(2027, 7, 1), 24)]
)
def test_a_day_has_as_many_hours_as_its_clocks_show(on, hours):
    span = month.span_of(on, TORONTO)
    assert span.end - span.start == timedelta(hours=hours)
    assert span.start.astimezone(TORONTO).isoformat()[:16] == f"{on}T00:00"


def test_a_day_whose_midnight_is_skipped_begins_with_its_first_moment():
    span = month.span_of(date(2027, 3, 14), ZoneInfo("America/Havana"))
    assert span.start == datetime(2027, 3, 14, 5, tzinfo=UTC)
    assert span.start.astimezone(ZoneInfo("America/Havana")).hour == 1


@given(DAYS, ZONES)
def test_one_day_begins_where_the_day_before_ends(on, zone):
    span = month.span_of(on, zone)
    assert span.end == month.span_of(on + timedelta(1), zone).start
    last = span.end - timedelta(microseconds=1)
    assert (span.start in span, last in span, span.end in span) == (True, True, False)
    assert span.start.astimezone(zone).date() == last.astimezone(zone).date() == on


def test_days_are_named_on_their_dates_and_quiet_ones_come_first():
    days = [
        day("fair", "fixed 11-11"),
        day("mourning", "fixed 11-11", quiet=True),
        day("new-year", "fixed 01-01"),
    ]
    found = month.named_days(days, date(2027, 11, 1), date(2028, 1, 8))
    assert {on: [one.id for one in there] for on, there in found.items()} == {
        date(2027, 11, 11): ["mourning", "fair"],
        date(2028, 1, 1): ["new-year"],
    }


def test_awareness_months_are_named_apart_from_days():
    days = [day("october", "month 10"), day("april", "month 4")]
    assert month.named_days(days, date(2027, 10, 1), date(2027, 10, 31)) == {}
    assert [
        one.id for one in month.named_months(days, [date(2027, 9, 30), date(2027, 10, 1)])
    ] == ["october"]


def test_a_day_is_named_in_the_reader_s_language():
    assert [month.name_of(day("canada", "fixed 07-01"), one) for one in ("en", "fr", "de")] == [
        "Canada",
        "le canada",
        "Canada",
    ]


def test_quiet_days_are_found_by_their_date():
    days = {
        one.id: one
        for one in (day("mourning", "fixed 11-11", quiet=True), day("fair", "fixed 11-11"))
    }
    assert [one.id for one in month.quiet_days(days, date(2027, 11, 11))] == ["mourning"]
    assert month.quiet_days(days, date(2027, 11, 12)) == []
