"""A time that was asked for before there was a post."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from campaign.config import Channel, Config
from campaign.planning.asked_times import AskedTime, asked_time

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CONFIG = replace(
    Config(),
    channels={name: Channel(name, "twitter", "en") for name in ("x-en", "x-fr")},
)


def asked(written: str, *channels: str) -> AskedTime:
    return asked_time(written, channels, CONFIG, NOW)


@pytest.mark.parametrize("written", ["2026-12-08T10:00", "2026-12-08 10:00"])
def test_the_time_of_a_slot_is_the_time_of_the_post(written):
    at = datetime(2026, 12, 8, 15, tzinfo=UTC)
    assert asked(written, "x-fr") == AskedTime("2026-12-08 10:00", ("x-fr",), at)


def test_without_a_time_nothing_is_asked_for():
    assert asked("") == AskedTime()


def test_every_channel_together_is_no_choice_and_one_that_is_none_is_left_out():
    assert asked("2026-12-08T10:00", "x-fr", "x-en").channels == ()
    assert asked("2026-12-08T10:00", "x-fr", "gone").channels == ("x-fr",)


def test_a_time_that_the_clocks_skip_is_told_and_kept():
    told = asked("2027-03-14T02:30")
    assert (told.when, told.at) == ("2027-03-14 02:30", None)
    assert "does not exist" in told.problem and "03:00" in told.problem


def test_a_time_that_is_over_is_told_and_kept():
    told = asked("2026-11-30T06:59")
    assert told.when == "2026-11-30 06:59" and "is over" in told.problem


@pytest.mark.parametrize(
    "written", ["x", "next-slot", "mbc-day 09:00", "2026-02-30T10:00", "9" * 5000, "2026-12-08"]
)
def test_what_is_no_time_is_told_and_left_out(written):
    told = asked(written)
    assert told.when == "next-slot" and "cannot be read" in told.problem
