"""What the queue knows already, for the plan: what is planned, and which times are taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.consent.questions import details_allowed
from campaign.content.dates.slots import BadSlot, next_slots, parse_slot
from campaign.content.post import PostFile
from campaign.database.sql import portions
from campaign.models import Delivery, Post
from campaign.planning.times import InQueue, Known
from campaign.states import NOT_OUT_YET, Status

AHEAD = 200
"""Slots of a channel that are asked about first: about half a year of one a day. When all are taken, the whole queue is read."""


def known_now(now: datetime, keys: Collection[str] | None = None) -> Known:
    """The deliveries of all posts and the times taken; or, with `keys`, the deliveries of these posts alone and no times."""
    deliveries = Delivery.objects.all()
    if keys is not None:
        deliveries = deliveries.filter(post__key__in=keys)
    rows = deliveries.values_list(
        "post__key", "channel", "when", "planned_at", "due_at", "status"
    )
    planned: dict[tuple[str, str], InQueue] = {}
    for key, channel, when, planned_at, due_at, status in rows:
        waits = status in NOT_OUT_YET and status != Status.MISSED
        planned[key, channel] = InQueue(when, planned_at, due_at, waits)
    return Known(planned, taken(now) if keys is None else {}, _allowed(keys))


def _allowed(keys: Collection[str] | None) -> dict[str, set[str]]:
    """The details that may be told of the people of these posts, or of everybody."""
    posts = Post.objects.exclude(storyteller="")
    if keys is not None:
        posts = posts.filter(key__in=keys)
    allowed: dict[str, set[str]] = {}
    for some in portions(sorted(set(posts.values_list("storyteller", flat=True)))):
        allowed |= details_allowed(some)
    return allowed


def taken(
    now: datetime,
    channels: Collection[str] | None = None,
    times: Collection[datetime] | None = None,
) -> dict[str, frozenset[datetime]]:
    """The times from now on (aware, UTC) that deliveries have already, by channel. None stands for every channel,
    and for every time."""
    out_of_queue = (Status.CANCELLED, Status.WITHDRAWN)
    deliveries = Delivery.objects.filter(due_at__gte=now).exclude(status__in=out_of_queue)
    if channels is not None:
        deliveries = deliveries.filter(channel__in=channels)
    if times is not None:
        deliveries = deliveries.filter(due_at__in=times)
    by_channel: dict[str, set[datetime]] = defaultdict(set)
    for channel, due_at in deliveries.values_list("channel", "due_at").distinct():
        by_channel[channel].add(due_at)
    return {channel: frozenset(due) for channel, due in by_channel.items()}


def needs_slot(post: PostFile, channels: Iterable[str], known: Known) -> bool:
    """Whether a slot has to be found for a post on some channel, because it has none there yet."""
    for channel in channels:
        delivery = known.planned.get((post.key, channel))
        if delivery is None or delivery.when != post.written_when:
            return True
    return False


def taken_slots(
    channels: Iterable[Channel], start: datetime, now: datetime, zone: ZoneInfo
) -> dict[str, frozenset[datetime]]:
    """For each of these channels, enough of the times taken to find its first free slot after `start`."""
    ahead = {channel.name: slots_ahead(channel, start, zone) for channel in channels}
    wanted = frozenset[datetime]().union(*ahead.values())
    known = taken(now, list(ahead), wanted)
    full = []
    for name, slots in ahead.items():
        if slots and slots <= known.get(name, frozenset()):
            full.append(name)
    return known | taken(now, full) if full else known


def slots_ahead(channel: Channel, start: datetime, zone: ZoneInfo) -> frozenset[datetime]:
    """The first AHEAD slots of a channel after a moment; none where one of them cannot be read."""
    try:
        slots = [parse_slot(written) for written in channel.slots]
        return frozenset(islice(next_slots(slots, start, zone), AHEAD))
    except BadSlot:  # the plan has a finding for it
        return frozenset()
