"""An awareness day moved to near today, for a demonstration."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.content.dates.days import Day, Fixed, Manual
from campaign.content.dates.laying import laid_on, moved
from campaign.content.dates.month import quiet_days

DAY = Day("mbc-day", Fixed(10, 13), {"en": "MBC Day"})
QUIET = Day("remembrance-day", Fixed(11, 11), {"en": "Remembrance Day"}, quiet=True)
DAYS = {day.id: day for day in (DAY, QUIET)}
OFFSETS = (*range(-12, -4), -1, 0, 1, 2, *range(5, 10), *range(12, 17))
"""As the starter campaign counts its posts."""


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
@example(date(2027, 12, 31))
@example(date(2028, 2, 29))
@example(date(2027, 3, 13))
@example(date(2027, 11, 6))
def test_the_campaign_is_on_whenever_somebody_looks(today):
    on = laid_on(DAY, OFFSETS, DAYS, today)
    shown = on or DAY.next(today)
    assert shown and shown > today - timedelta(days=1)
    ahead = [shown + timedelta(offset) for offset in OFFSETS]
    assert sum(today <= day <= today + timedelta(days=14) for day in ahead) >= 5
    if on:
        assert on.strftime("%a") == "Wed"


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_posts_keep_off_days_of_remembrance_where_they_can(today):
    few = (-1, 0, 1)
    on = laid_on(DAY, few, DAYS, today)
    if on:
        assert not any(quiet_days(DAYS, on + timedelta(offset)) for offset in few)


def test_where_the_real_day_is_near_nothing_is_moved():
    assert laid_on(DAY, OFFSETS, DAYS, date(2027, 10, 2)) is None
    assert laid_on(DAY, OFFSETS, DAYS, date(2027, 10, 13)) is None
    assert laid_on(DAY, OFFSETS, DAYS, date(2027, 10, 14)) == date(2027, 10, 20)


@pytest.mark.parametrize("offsets", [(), (400,)])
def test_without_posts_that_are_counted_from_it_nothing_is_moved(offsets):
    moved_to = laid_on(DAY, offsets, DAYS, date(2027, 1, 1))
    assert bool(moved_to) == bool(offsets)


def test_dates_that_somebody_set_by_hand_stay():
    by_hand = Day("gala", Manual((date(2027, 6, 1),)), {"en": "Gala"})
    assert laid_on(by_hand, OFFSETS, DAYS, date(2027, 1, 1)) is None


def test_a_day_that_was_moved_is_where_it_was_from_the_next_year_on():
    day = moved(DAY, date(2026, 12, 9))
    assert day.on(2026) == date(2026, 12, 9)
    assert day.on(2027) == date(2027, 10, 13)
