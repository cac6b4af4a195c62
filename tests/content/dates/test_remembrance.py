"""Days of remembrance: what waits on one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.days import Day, parse_rule
from campaign.content.dates.remembrance import days_waited_on, remembrances

TORONTO = ZoneInfo("America/Toronto")
NOVEMBER_11 = date(2027, 11, 11)
DAYS = [
    Day("remembrance-day", parse_rule("fixed 11-11"), {}, quiet=True),
    Day("mbc-day", parse_rule("fixed 10-13"), {}),
]


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=TORONTO).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "today", "waits"),
    [
        (at(11, 11, 9), at(11, 11, 9), True),
        (at(11, 10, 23), at(11, 11, 0), True),  # late from the day before
        (
            at(11, 11, 23),
            at(11, 12, 0),
            True,
        ),  # its day is over: it does not go out at midnight
        (at(11, 10, 23), at(11, 12, 0), False),
        (at(11, 12, 9), at(11, 12, 9), False),
        (at(10, 13, 9), at(10, 13, 9), False),
    ],
)
def test_what_is_due_on_the_day_or_comes_late_to_it_waits(due, today, waits):
    kept = remembrances(DAYS, today.astimezone(TORONTO).date(), TORONTO)
    assert days_waited_on(kept, due, "") == ((NOVEMBER_11,) if waits else ())


def test_what_is_written_for_the_day_is_free_on_it_and_on_no_other():
    kept = remembrances(DAYS, NOVEMBER_11, TORONTO)
    assert days_waited_on(kept, at(11, 11), "remembrance-day") == ()
    assert days_waited_on(kept, at(11, 11), "mbc-day") == (NOVEMBER_11,)


@given(
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.integers(0, 60),
    st.integers(0, 23),
    st.booleans(),
)
def test_who_says_yes_for_the_day_lets_it_out_and_nobody_else(day, later, hour, allowed):
    """Whatever the clock shows: what is due on such a day never goes out without its yes, on no day after it either."""
    due = datetime(day.year, day.month, day.day, hour, tzinfo=TORONTO).astimezone(UTC)
    kept = remembrances(DAYS, day + timedelta(later), TORONTO)
    is_quiet = (day.month, day.day) == (11, 11)
    yes = {day} if allowed else set()
    waited = days_waited_on(kept, due, "", yes)
    assert (day in waited) == (is_quiet and not allowed)
