"""A channel's posting slots: the weekly times at which posts without a time of their own go out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.days import WEEKDAYS
from campaign.content.dates.when import MissingHour, parse_clock, to_utc
from campaign.core.clock import local_day
from campaign.core.sentence import Sentence

_FORMS = Sentence(
    'write for example "mon-fri 09:00", "sat 10:30", "mon,wed,fri 12:00" or "daily 18:00"'
)


class BadSlot(ValueError):
    """A slot that cannot be used; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A local time on some weekdays; Monday is 0."""

    weekdays: frozenset[int]
    time: dt.time


def parse_slot(text: str) -> Slot:
    """The slot as the configuration writes it: "mon-fri 09:00", "mon,wed,fri 12:00" or "daily 18:00".

    Raises BadSlot.
    """
    days, _, clock = text.strip().lower().rpartition(" ")
    time = parse_clock(clock)
    if time is None:
        raise BadSlot(
            Sentence(
                'The slot "{0}" does not end in a time from 00:00 to 23:59; {1}.', text, _FORMS
            )
        )
    weekdays = _weekdays(days.strip())
    if weekdays is None:
        raise BadSlot(
            Sentence('The slot "{0}" does not begin with weekdays; {1}.', text, _FORMS)
        )
    return Slot(weekdays, time)


def next_slots(
    slots: Sequence[Slot], after: dt.datetime, zone: ZoneInfo
) -> Iterator[dt.datetime]:
    """Every slot after a moment (aware), as moments in UTC, in order, without end.

    A slot in an hour that clocks skip is left out; in an hour that comes twice it is taken once, the first time.
    Raises BadSlot when there are no slots.
    """
    if not slots:
        raise BadSlot(
            Sentence(
                "This channel has no slots, so a post cannot wait for the next one; {0}.",
                _FORMS,
            )
        )
    if after.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return _walk(slots, after, zone)


def _walk(slots: Sequence[Slot], after: dt.datetime, zone: ZoneInfo) -> Iterator[dt.datetime]:
    day = local_day(after, zone)
    while True:
        weekday = day.weekday()
        times = {slot.time for slot in slots if weekday in slot.weekdays}
        for time in sorted(times):
            moment = _moment(day, time, zone)
            if moment is not None and moment > after:
                yield moment
        day += timedelta(1)


def _moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime | None:
    try:
        return to_utc(dt.datetime.combine(day, time), zone).utc
    except MissingHour:
        return None


def _weekdays(text: str) -> frozenset[int] | None:
    """The weekdays of "daily", or of days and ranges with commas between; None when a word is not one."""
    if text == "daily":
        return frozenset(range(7))
    weekdays: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not dash:
            last = first
        if first not in WEEKDAYS or last not in WEEKDAYS:
            return None
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
        steps = (end - start) % 7  # "sat-mon" goes on over the end of the week
        weekdays.update((start + step) % 7 for step in range(steps + 1))
    return frozenset(weekdays)
