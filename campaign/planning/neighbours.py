"""What stands beside a post in the queue: whether it comes too close to another one, or fills a day too much."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.content.dates.month import span_of
from campaign.core.clock import local_day
from campaign.core.finding import Finding
from campaign.models import Delivery
from campaign.planning.crowds import Stand, crowds
from campaign.planning.plan import Planned, stands_of
from campaign.states import GONE


def crowds_around(
    planned: Sequence[Planned],
    now: datetime,
    zone: ZoneInfo,
) -> list[Finding]:
    """The findings about one post's times to come, among what the queue has on its channels on the same days, each once. Asks
    the database once."""
    stands = [stand for stand in stands_of(planned) if stand.at >= now]
    if not stands:
        return []
    post = stands[0].post
    findings: dict[Finding, None] = {}
    everything = [*stands, *_others(stands, zone)]
    for stand, finding in crowds(everything, zone, post):
        if stand.post == post:
            findings[finding] = None
    return list(findings)


def _others(stands: Sequence[Stand], zone: ZoneInfo) -> Iterator[Stand]:
    channels: dict[str, Channel] = {}
    days: set[date] = set()
    for stand in stands:
        channels[stand.channel.name] = stand.channel
        days.add(local_day(stand.at, zone))
    others = Delivery.objects.filter(
        channel__in=channels,
        due_at__gte=span_of(min(days), zone).start,
        due_at__lt=span_of(max(days), zone).end,
        post__example=False,
    )
    others = others.exclude(post__key=stands[0].post)
    others = others.exclude(status__in=GONE)
    rows = others.values_list("post__key", "channel", "due_at")
    for key, name, at in rows:
        yield Stand(
            key,
            channels[name],
            at,
            stands[0].place,
        )
