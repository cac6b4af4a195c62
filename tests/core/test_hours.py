"""Hours of the day, over midnight too."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.hours import BadHours, Hours, parse_hours

CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(CLOCKS, CLOCKS, CLOCKS)
def test_a_moment_is_in_the_hours_or_in_those_that_are_left(start, end, clock):
    if start != end:
        assert (clock in Hours(start, end)) != (clock in Hours(end, start))
        assert start in Hours(start, end)
        assert end not in Hours(start, end)


@given(CLOCKS, CLOCKS)
def test_hours_are_read_as_they_are_written(start, end):
    if start != end:
        assert parse_hours(str(Hours(start, end))) == Hours(start, end)


@pytest.mark.parametrize(
    "text", ["", "20-8", "24:00-08:00", "20:00-20:00", "20:00", "at night"]
)
def test_what_are_no_hours_is_refused_with_an_example(text):
    with pytest.raises(BadHours, match="20:00-08:00"):
        parse_hours(text)


def test_night_goes_over_midnight():
    night = parse_hours(" 20:00 - 08:00 ")
    assert time(23) in night and time(3) in night and time(12) not in night
