"""What the queue knows already, for the plan: what is planned, and which times are taken."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.content.dates.slots import BadSlot, next_slots, parse_slot
from campaign.models import Delivery
from campaign.planning.plan import Known
from campaign.states import NOT_OUT_YET, Status

AHEAD = 200
"""Slots of a channel that are looked at first; only when all of them are taken is the whole queue asked."""


def known_now(now: datetime, keys: Collection[str] | None = None) -> Known:
    """What the queue knows already, for the plan: of all posts, or of these alone and then without the times taken."""
    planned: dict[tuple[str, str], tuple[str, datetime, datetime, bool]] = {}
    of = Delivery.objects.all() if keys is None else Delivery.objects.filter(post__key__in=keys)
    for key, channel, when, planned_at, due_at, status in of.values_list(
        "post__key", "channel", "when", "planned_at", "due_at", "status"
    ):
        planned[key, channel] = (
            when,
            planned_at,
            due_at,
            status in NOT_OUT_YET and status != Status.MISSED,
        )
    return Known(planned, taken(now) if keys is None else {})


def taken(
    now: datetime,
    channels: Collection[str] | None = None,
    times: Collection[datetime] | None = None,
) -> dict[str, frozenset[datetime]]:
    """The times from now on that deliveries of these channels (of all, when none are named) have already.

    With `times`, which of them.
    """
    found: dict[str, set[datetime]] = {}
    waiting = Delivery.objects.filter(due_at__gte=now).exclude(
        status__in=(Status.CANCELLED, Status.WITHDRAWN)
    )
    of = waiting if channels is None else waiting.filter(channel__in=channels)
    of = of if times is None else of.filter(due_at__in=times)
    for channel, due_at in of.values_list("channel", "due_at").distinct():
        found.setdefault(channel, set()).add(due_at)
    return {channel: frozenset(times) for channel, times in found.items()}


def taken_slots(
    channels: Iterable[Channel], start: datetime, now: datetime, zone: ZoneInfo
) -> dict[str, frozenset[datetime]]:
    """For each of these channels, enough of the times taken to find its first free slot after `start`."""
    ahead = {channel.name: _ahead(channel, start, zone) for channel in channels}
    wanted = {moment for moments in ahead.values() for moment in moments}
    found = taken(now, list(ahead), wanted)
    full = [
        name
        for name, moments in ahead.items()
        if moments and moments <= found.get(name, frozenset())
    ]
    return found | taken(now, full) if full else found


def _ahead(channel: Channel, start: datetime, zone: ZoneInfo) -> frozenset[datetime]:
    try:
        slots = [parse_slot(written) for written in channel.slots]
        return frozenset(islice(next_slots(slots, start, zone), AHEAD))
    except BadSlot:  # told by the plan
        return frozenset()
