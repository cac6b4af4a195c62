"""Which of a channel's next slots are taken: asked of the database for a few slots, however much is planned."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.content.slots import BadSlot, next_slots, parse_slot
from campaign.delivery import load

AHEAD = 200
"""Slots of a channel that are looked at first; only when all of them are taken is the whole queue asked."""


def taken_slots(
    channels: Iterable[Channel], start: datetime, now: datetime, zone: ZoneInfo
) -> dict[str, frozenset[datetime]]:
    """For each of these channels, enough of the times taken to find its first free slot after `start`."""
    ahead = {channel.name: _ahead(channel, start, zone) for channel in channels}
    wanted = {moment for moments in ahead.values() for moment in moments}
    found = load.taken(now, list(ahead), wanted)
    full = [name for name, moments in ahead.items() if moments and moments <= found.get(name, frozenset())]
    return found | load.taken(now, full) if full else found


def _ahead(channel: Channel, start: datetime, zone: ZoneInfo) -> frozenset[datetime]:
    try:
        slots = [parse_slot(written) for written in channel.slots]
        return frozenset(islice(next_slots(slots, start, zone), AHEAD))
    except BadSlot:  # told by the plan
        return frozenset()
