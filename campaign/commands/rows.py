"""A delivery as a row of a table, for people and for programs."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from campaign.commands.call import Call
from campaign.finding import did_you_mean
from campaign.models import Delivery, Post
from campaign.problem import Problem


def delivery_row(delivery: Delivery) -> dict[str, object]:
    """What programs rely on."""
    return {
        "id": delivery.pk,
        "post": delivery.post.key,
        "campaign": delivery.post.campaign,
        "kind": delivery.post.kind,
        "channel": delivery.channel,
        "network": delivery.network,
        "language": delivery.language,
        "due_at": delivery.due_at,
        "status": delivery.status,
        "text": delivery.text,
        "attempts": getattr(delivery, "attempt_count", None),
        "remote_id": delivery.remote_id or None,
        "url": delivery.url or None,
        "error": delivery.reason or None,
        "next_at": delivery.next_at,
        "latest_at": delivery.latest_at,
        "approved_by": delivery.approved_by.username if delivery.approved_by else None,
    }


def deliveries() -> QuerySet[Delivery]:
    """All deliveries in due order, with what a row needs."""
    found = Delivery.objects.select_related("post", "approved_by").order_by("due_at", "id")
    return found.annotate(attempt_count=Count("attempts"))


def day_start(day: date, zone: ZoneInfo, days: int = 0) -> datetime:
    """The first moment of a local day, or of the one `days` later."""
    return datetime.combine(day + timedelta(days=days), time(0), zone)


def known_channel(call: Call, name: str) -> str:
    """The name, if a channel of the configuration or of the queue has it. Raises Problem."""
    known = {*call.config.channels, *Delivery.objects.values_list("channel", flat=True).distinct()}
    if name not in known:
        raise Problem(f'"{name}" is not a channel; {did_you_mean(name, known)}')
    return name


def known_campaign(name: str) -> str:
    """The name, if a loaded campaign has it. Raises Problem."""
    known = set(Post.objects.values_list("campaign", flat=True).distinct())
    if name not in known:
        raise Problem(f'"{name}" is not a loaded campaign; {did_you_mean(name, known)}')
    return name
