"""When a post goes out: what its `when` says, and the instant that a local time means."""

import datetime as dt
import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.days import Day
from campaign.core.sentence import Sentence

NEXT_SLOT = "next-slot"
MAX_OFFSET = 365
"""Days that a post may be away from its awareness day."""

_YEARS = range(2000, 2101)
_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DAY = r"(?P<day>[A-Za-z][A-Za-z0-9_-]*)(?:\s+(?P<offset>[+-][0-9]{1,9})d)?"
_CLOCK = r"(?P<clock>[0-9]{2}:[0-9]{2})"
_AT_TIME = re.compile(rf"{_DATE}(?:[Tt]|\s+){_CLOCK}")
_ON_DAY = re.compile(rf"{_DAY}\s+{_CLOCK}")
_JUST_DATE = re.compile(_DATE)
_JUST_DAY = re.compile(_DAY)
_WHEN_FORMS = Sentence(
    'write for example "2026-10-13 09:00", "mbc-day 09:00", "mbc-day -3d 12:00" or "next-slot"'
)
_ANCHOR_FORMS = Sentence('write for example "2027-10-01", "mbc-day" or "mbc-day -12d"')


class BadWhen(ValueError):
    """A time that cannot be used; its text is a sentence for the user."""


class MissingHour(BadWhen):
    """A local time that the clocks skip."""


@dataclass(frozen=True, slots=True)
class AtTime:
    """A date and a local time."""

    date: dt.date
    time: dt.time


@dataclass(frozen=True, slots=True)
class OnDay:
    """A local time on an awareness day, or so many days after it (before it when negative)."""

    day_id: str
    offset_days: int
    time: dt.time


@dataclass(frozen=True, slots=True)
class NextSlot:
    """The next free slot of each channel."""


When = AtTime | OnDay | NextSlot


@dataclass(frozen=True, slots=True)
class NearDay:
    """An awareness day, or so many days after it (before it when negative)."""

    day_id: str
    offset_days: int


Anchor = dt.date | NearDay


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment, aware and in UTC. `doubled`: its local time comes twice that night, and this is the first."""

    utc: dt.datetime
    doubled: bool


def parse_when(text: str) -> When:
    """What a post's `when` says: "2026-10-13 09:00", "mbc-day 09:00", "mbc-day -3d 12:00" or "next-slot".

    Raises BadWhen.
    """
    written = text.strip()
    if written == NEXT_SLOT:
        return NextSlot()
    if match := _AT_TIME.fullmatch(written):
        return AtTime(_date(match["date"], text, _WHEN_FORMS), _time(match["clock"], text))
    match = _ON_DAY.fullmatch(written)
    if match and match["day"] != NEXT_SLOT:
        offset = _offset(match["offset"], text, _WHEN_FORMS)
        return OnDay(match["day"], offset, _time(match["clock"], text))
    raise BadWhen(_what_is_wrong(written, text))


def parse_anchor(text: str) -> Anchor:
    """The start or end of a campaign: "2027-10-01", "mbc-day" or "mbc-day -12d".

    Raises BadWhen.
    """
    written = text.strip()
    if match := _JUST_DATE.fullmatch(written):
        return _date(match["date"], text, _ANCHOR_FORMS)
    match = _JUST_DAY.fullmatch(written)
    if match and match["day"] != NEXT_SLOT:
        return NearDay(match["day"], _offset(match["offset"], text, _ANCHOR_FORMS))
    raise BadWhen(Sentence('"{0}" does not say a day; {1}.', text, _ANCHOR_FORMS))


def parse_clock(text: str) -> dt.time | None:
    """The time of day written "HH:MM" from 00:00 to 23:59; None for anything else."""
    match = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", text)
    return dt.time(int(match[1]), int(match[2])) if match else None


def to_utc(local: dt.datetime, zone: ZoneInfo) -> Instant:
    """The moment at which clocks in the zone show the local time (naive); the first one when it comes twice.

    Raises MissingHour when clocks skip it, and BadWhen for a year in which nobody plans anything.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time has no time zone of its own")
    if local.year not in _YEARS:
        raise BadWhen(Sentence("Name a date between {0} and {1}.", _YEARS[0], _YEARS[-1]))
    if not _exists(local, zone):
        raise MissingHour(
            Sentence(
                "The time {0} does not exist in {1}, because the clocks go forward over it; the next "
                "time that exists is {2}.",
                f"{local:%Y-%m-%d %H:%M}",
                zone.key,
                f"{_next_existing(local, zone):%Y-%m-%d %H:%M}",
            )
        )
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return Instant(first, doubled=first != second)


def occurrence(day: Day, offset_days: int, *, not_before: dt.date) -> dt.date | None:
    """The day's date moved by the offset, in the first year in which that is `not_before` or later."""
    move = timedelta(offset_days)
    date = day.next(not_before - move)
    return None if date is None else date + move


def _what_is_wrong(written: str, text: str) -> Sentence:
    if written.startswith(NEXT_SLOT):
        return Sentence(
            '"{0}" says more than "next-slot", which stands alone; {1}.', text, _WHEN_FORMS
        )
    if _JUST_DATE.fullmatch(written) or _JUST_DAY.fullmatch(written):
        return Sentence('"{0}" says no time of day; {1}.', text, _WHEN_FORMS)
    return Sentence('"{0}" does not say when to post; {1}.', text, _WHEN_FORMS)


def _date(written: str, text: str, forms: str) -> dt.date:
    try:
        date = dt.date.fromisoformat(written)
    except ValueError:
        raise BadWhen(
            Sentence('"{0}" names a date that is not in the calendar; {1}.', text, forms)
        ) from None
    if date.year not in _YEARS:
        raise BadWhen(
            Sentence(
                '"{0}" is not between the years {1} and {2}; {3}.',
                text,
                _YEARS[0],
                _YEARS[-1],
                forms,
            )
        )
    return date


def _time(written: str, text: str) -> dt.time:
    time = parse_clock(written)
    if time is None:
        raise BadWhen(
            Sentence(
                '"{0}" names a time that is not between 00:00 and 23:59; {1}.',
                text,
                _WHEN_FORMS,
            )
        )
    return time


def _offset(written: str | None, text: str, forms: str) -> int:
    days = int(written or 0)
    if abs(days) > MAX_OFFSET:
        raise BadWhen(
            Sentence(
                '"{0}" is more than {1} days away from its day; {2}.', text, MAX_OFFSET, forms
            )
        )
    return days


def _exists(local: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone ever show the local time: a skipped one comes back changed from UTC."""
    there_and_back = local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None, fold=0) == local.replace(fold=0)


def _next_existing(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first whole minute that clocks show after a skipped time; a zone skips a day at the most."""
    minute = local.replace(second=0, microsecond=0)
    while not _exists(minute, zone):
        minute += timedelta(minutes=1)
    return minute
