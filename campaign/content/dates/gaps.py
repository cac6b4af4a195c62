"""What a plan leaves free, and where it is too full: free slots, days without a post, posts too close to each other."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from campaign.content.dates.month import span_of
from campaign.content.dates.slots import Slot, next_slots
from campaign.core.clock import local_day

LONGEST_SILENCE = 2
"""Days without a post that are no gap yet: a weekend."""
_DAY = timedelta(1)
CLOSE = timedelta(hours=1)
"""Posts of an account that follow each other sooner are told, where its own setting asks for no gap: the second one covers
the first before people have seen it."""
MANY = 3
"""More posts of an account on a day are told, where its own setting names no number: a morning, a noon and an afternoon."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row, inside a campaign's run, on which nothing is planned on a channel. Both ends belong to it."""

    channel: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class TooClose:
    """Two posts on one channel with less time between them than it asks for."""

    channel: str
    first: datetime
    second: datetime


@dataclass(frozen=True, slots=True)
class TooMany:
    """A day with more posts than a channel may have, or than it should."""

    channel: str
    day: date
    posts: int
    most: int


def gap_told(asked: timedelta) -> timedelta:
    """The time between two posts of a channel below which a person is told: its `minimum_gap`, or ours where it has none."""
    return asked or CLOSE


def most_told(asked: int | None) -> int:
    """The posts of a channel on a day above which a person is told: its `max_per_day`, or ours where it has none."""
    return MANY if asked is None else asked


def slots_on(
    day: date,
    slots: Sequence[Slot],
    zone: ZoneInfo,
) -> list[datetime]:
    """A channel's slots on a local day, as moments in UTC."""
    if not slots:
        return []
    span = span_of(day, zone)
    after = next_slots(slots, span.start - timedelta(microseconds=1), zone)
    return list(takewhile(lambda moment: moment < span.end, after))


def free_slots(
    day: date, slots: Sequence[Slot], taken: Collection[datetime], now: datetime, zone: ZoneInfo
) -> list[datetime]:
    """The slots on a local day, in UTC, that are still to come and not taken."""
    of_day = slots_on(day, slots, zone)
    return [moment for moment in of_day if moment > now and moment not in taken]


def gaps(
    channel: str,
    busy: Collection[date],
    first: date,
    last: date,
) -> list[Gap]:
    """The stretches of three days and more, from the first date to the last, on which a channel has nothing."""
    in_run = sorted(day for day in set(busy) if first <= day <= last)
    stretches = []
    for before, after in pairwise([first - _DAY, *in_run, last + _DAY]):
        gap = Gap(channel, before + _DAY, after - _DAY)
        if gap.days > LONGEST_SILENCE:
            stretches.append(gap)
    return stretches


def is_too_close(
    first: datetime,
    second: datetime,
    gap: timedelta,
) -> bool:
    """Whether the second comes sooner after the first than `gap`, or at the very same moment: the gap may be nothing."""
    return second - first < gap or second == first


def too_close(
    channel: str,
    times: Iterable[datetime],
    gap: timedelta,
) -> list[TooClose]:
    """Posts of a channel that follow each other sooner than `gap`, or at the very same moment."""
    return [
        TooClose(channel, first, second)
        for first, second in pairwise(sorted(times))
        if is_too_close(first, second, gap)
    ]


def too_many(
    channel: str, times: Iterable[datetime], most: int, zone: ZoneInfo
) -> list[TooMany]:
    """The local days on which a channel has more posts than `most`."""
    by_day = Counter(local_day(moment, zone) for moment in times)
    return [
        TooMany(
            channel,
            day,
            posts,
            most,
        )
        for day, posts in sorted(by_day.items())
        if posts > most
    ]
