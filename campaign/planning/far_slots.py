"""The next free slot, when it is far away: a person is asked before a post waits so long, and offered times that are nearer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.content.dates.days import Day
from campaign.content.dates.in_words import long_date
from campaign.content.dates.month import quiet_days
from campaign.content.dates.when import NextSlot
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.planning.known import slots_ahead, taken
from campaign.planning.plan import Planned

FAR = timedelta(days=14)
"""From so far away on, a person is asked whether it is meant."""
OFFERED = 4
"""Times that are nearer, of as many days."""


@dataclass(frozen=True, slots=True)
class FarSlot:
    """What a post that waits for the next free slot waits for, on the channels where that is far away."""

    at: datetime  #: the first of them, aware, UTC
    channels: tuple[str, ...]
    is_everywhere: bool  #: these are all of its channels
    free: tuple[datetime, ...]  #: nearer times at which none of its channels has a post

    @property
    def yes(self) -> str:
        """What a person says yes to, as a form holds it: another time has to be asked about anew."""
        return self.at.isoformat()


def far_slot(
    planned: Sequence[Planned], days: Mapping[str, Day], now: datetime, zone: ZoneInfo
) -> FarSlot | None:
    """Where a post waits for a slot that is far away; None where it has a time of its own, no slot, or one soon."""
    waiting = [delivery for delivery in planned if isinstance(delivery.post.when, NextSlot)]
    far = [delivery for delivery in waiting if delivery.due and delivery.due.at - now > FAR]
    if not far:
        return None
    channels = [delivery.channel for delivery in planned]
    first = min(delivery.due.at for delivery in far if delivery.due)
    names = tuple(delivery.channel.name for delivery in far)
    free = _free(channels, days, now, zone)
    return FarSlot(first, names, len(far) == len(planned), tuple(free))


def need_yes(far: FarSlot | None, yes: str, zone: ZoneInfo) -> None:
    """Raises Problem where a slot is far away, and nobody has said yes to this very one."""
    if far and yes != far.yes:
        day = long_date(local_day(far.at, zone), "en")
        raise Problem(
            Sentence(
                "The post is saved; its next free slot is only on {0}: choose a nearer time, or say that it may wait until then.",
                day,
            )
        )


def _free(
    channels: Sequence[Channel], days: Mapping[str, Day], now: datetime, zone: ZoneInfo
) -> list[datetime]:
    """The first free time of each of the next days that have one; none of a day of remembrance."""
    slots: set[datetime] = set()
    for channel in channels:
        slots |= slots_ahead(channel, now, zone)
    near = {slot for slot in slots if slot - now <= FAR}
    busy: set[datetime] = set()
    for times in taken(now, [channel.name for channel in channels], near).values():
        busy |= times
    return list(_first_of_days(sorted(near - busy), days, zone))[:OFFERED]


def _first_of_days(
    moments: Iterable[datetime], days: Mapping[str, Day], zone: ZoneInfo
) -> Iterator[datetime]:
    before: date | None = None
    for moment in moments:
        on = local_day(moment, zone)
        if on != before and not quiet_days(days, on):
            yield moment
        before = on
