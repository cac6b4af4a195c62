"""Free slots, gaps and crowded days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates import gaps
from campaign.content.dates.slots import parse_slot

TORONTO = ZoneInfo("America/Toronto")
WEDNESDAY = date(2027, 10, 13)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NINE = datetime(2027, 10, 13, 13, tzinfo=UTC)
SLOTS = [parse_slot("mon-fri 09:00"), parse_slot("wed 18:30")]


def test_the_slots_of_a_day_are_moments():
    assert gaps.slots_on(WEDNESDAY, SLOTS, TORONTO) == [
        NINE,
        NINE + timedelta(hours=9, minutes=30),
    ]
    assert gaps.slots_on(date(2027, 10, 16), SLOTS, TORONTO) == []
    assert gaps.slots_on(WEDNESDAY, [], TORONTO) == []


def test_a_slot_at_midnight_belongs_to_the_day_that_begins():
    assert gaps.slots_on(WEDNESDAY, [parse_slot("wed 00:00")], TORONTO) == [
        datetime(2027, 10, 13, 4, tzinfo=UTC)
    ]


def test_a_slot_in_the_missing_hour_is_no_slot():
    assert gaps.slots_on(date(2027, 3, 14), [parse_slot("daily 02:30")], TORONTO) == []


def test_a_slot_is_free_when_it_is_still_to_come_and_nothing_stands_on_it():
    assert gaps.free_slots(WEDNESDAY, SLOTS, [], LONG_AGO, TORONTO) == gaps.slots_on(
        WEDNESDAY, SLOTS, TORONTO
    )
    assert gaps.free_slots(WEDNESDAY, SLOTS, [NINE], LONG_AGO, TORONTO) == [
        NINE + timedelta(hours=9, minutes=30)
    ]
    assert gaps.free_slots(WEDNESDAY, SLOTS, [], NINE, TORONTO) == [
        NINE + timedelta(hours=9, minutes=30)
    ]


def test_three_days_without_a_post_are_a_gap_and_two_are_not():
    busy = [date(2027, 10, 1), date(2027, 10, 4), date(2027, 10, 8)]
    found = gaps.gaps("x-en", busy, date(2027, 10, 1), date(2027, 10, 10))
    assert [(gap.first.day, gap.last.day, gap.days) for gap in found] == [(5, 7, 3)]


def test_a_channel_without_any_post_is_one_gap():
    assert gaps.gaps("x-en", [], date(2027, 10, 1), date(2027, 10, 10)) == [
        gaps.Gap("x-en", date(2027, 10, 1), date(2027, 10, 10))
    ]


def test_a_run_that_is_over_has_no_gap():
    assert gaps.gaps("x-en", [], date(2027, 10, 2), date(2027, 10, 1)) == []


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(0, 40))
def test_every_gap_is_empty_long_and_as_large_as_it_can_be(busy, start, end):
    days = {WEDNESDAY + timedelta(one) for one in busy}
    first, last = WEDNESDAY + timedelta(start), WEDNESDAY + timedelta(end)
    for gap in gaps.gaps("x-en", days, first, last):
        assert first <= gap.first and gap.last <= last and gap.days >= 3
        assert not any(gap.first <= day <= gap.last for day in days)
        assert gap.first == first or gap.first - timedelta(1) in days
        assert gap.last == last or gap.last + timedelta(1) in days


@pytest.mark.parametrize(("minutes", "found"), [(0, 1), (29, 1), (30, 0), (31, 0)])
def test_posts_closer_than_the_gap_are_told(minutes, found):
    times = [NINE + timedelta(minutes=minutes), NINE]
    close = gaps.too_close("x-en", times, timedelta(minutes=30))
    assert len(close) == found
    assert all(one.first <= one.second for one in close)


def test_two_posts_at_the_same_moment_are_told_where_no_gap_is_asked_for():
    assert gaps.too_close("x-en", [NINE, NINE], timedelta(0)) == [
        gaps.TooClose("x-en", NINE, NINE)
    ]


def test_a_day_with_too_many_posts_is_told():
    late = datetime(2027, 10, 14, 2, tzinfo=UTC)  # still Wednesday in Toronto
    times = [NINE, NINE + timedelta(hours=1), late, NINE + timedelta(days=1)]
    assert gaps.too_many("x-en", times, 2, TORONTO) == [gaps.TooMany("x-en", WEDNESDAY, 3, 2)]
    assert gaps.too_many("x-en", times, 3, TORONTO) == []


def test_an_account_without_limits_of_its_own_is_held_against_ours():
    assert gaps.gap_told(timedelta(0)) == timedelta(hours=1)
    assert gaps.gap_told(timedelta(minutes=10)) == timedelta(minutes=10)
    assert (gaps.most_told(None), gaps.most_told(1)) == (3, 1)
