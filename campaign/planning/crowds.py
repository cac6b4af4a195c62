"""Posts that stand too close to each other on a channel, and days with too many: a warning to the one that could move.

What is close and what is many is one rule, `content.dates.gaps`; the calendar and the rehearsal ask it too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.content.dates.gaps import gap_told, is_too_close, most_told
from campaign.core.clock import local_day
from campaign.core.finding import Finding, Place, warning
from campaign.core.sentence import Sentence
from campaign.core.span import say_span

CODES = frozenset({"too-close", "crowded-day"})
"""The checks that tell of it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A post at its time (aware, UTC) on a channel, and where that time is written."""

    post: str
    channel: Channel
    at: datetime
    place: Place


def crowds(
    stands: Iterable[Stand], zone: ZoneInfo, of: str = ""
) -> Iterator[tuple[Stand, Finding]]:
    """What is wrong with these times, each with the post that comes later: it is the one too many. The post `of`, which
    somebody looks at alone, is told in any case. What is the same on several channels is one finding, which names them all."""
    by_channel: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        by_channel[stand.channel.name].append(stand)
    alike: dict[_Crowding, list[Stand]] = defaultdict(list)
    for of_channel in by_channel.values():
        in_order = sorted(of_channel, key=lambda stand: (stand.at, stand.post))
        for stand, crowding in (*_close(in_order, of), *_full(in_order, zone, of)):
            alike[crowding].append(stand)
    for crowding, crowded in alike.items():
        channels = ", ".join(stand.channel.name for stand in crowded)
        for stand in crowded:
            yield stand, crowding.finding(channels, stand.place, zone)


@dataclass(frozen=True, slots=True)
class _TooClose:
    post: str
    at: datetime
    other: str  #: the post that stands next to it
    other_at: datetime

    def finding(self, channels: str, place: Place, zone: ZoneInfo) -> Finding:
        return warning("too-close", self.said(channels, zone), place)

    def said(self, channels: str, zone: ZoneInfo) -> Sentence:
        when = f"{self.other_at.astimezone(zone):%Y-%m-%d %H:%M}"
        between = say_span(abs(self.at - self.other_at))
        if self.at == self.other_at:
            return Sentence(
                "{0} is due at the very same time, {1}, on {2}: give one of them another time.",
                self.other,
                when,
                channels,
            )
        if self.at < self.other_at:
            return Sentence(
                "{0} is due only {1} after it, at {2}, on {3}: give one of them another time.",
                self.other,
                between,
                when,
                channels,
            )
        return Sentence(
            "{0} is due only {1} before it, at {2}, on {3}: give one of them another time.",
            self.other,
            between,
            when,
            channels,
        )


@dataclass(frozen=True, slots=True)
class _CrowdedDay:
    post: str
    day: date
    posts: int
    most: int

    def finding(
        self,
        channels: str,
        place: Place,
        zone: ZoneInfo,  # noqa: ARG002 - as the other’s
    ) -> Finding:
        message = Sentence(
            "{0} has {1} posts on {2}; more than {3} are many for a day: move one to another day.",
            self.day,
            self.posts,
            channels,
            self.most,
        )
        return warning("crowded-day", message, place)


_Crowding = _TooClose | _CrowdedDay


def _close(in_order: Sequence[Stand], of: str) -> Iterator[tuple[Stand, _Crowding]]:
    for first, second in pairwise(in_order):
        if is_too_close(first.at, second.at, gap_told(second.channel.minimum_gap)):
            yield second, _beside(second, first)
            if first.post == of:
                yield first, _beside(first, second)


def _beside(stand: Stand, other: Stand) -> _TooClose:
    return _TooClose(stand.post, stand.at, other.post, other.at)


def _full(
    in_order: Sequence[Stand], zone: ZoneInfo, of: str
) -> Iterator[tuple[Stand, _Crowding]]:
    by_day: dict[date, list[Stand]] = defaultdict(list)
    for stand in in_order:
        by_day[local_day(stand.at, zone)].append(stand)
    for day, of_day in by_day.items():
        most = most_told(of_day[0].channel.max_per_day)
        own = [stand for stand in of_day[:most] if stand.post == of]
        too_many = of_day[most:]
        for stand in (*own, *too_many) if too_many else ():
            yield stand, _CrowdedDay(stand.post, day, len(of_day), most)
