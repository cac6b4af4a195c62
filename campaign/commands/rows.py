"""A delivery as a row of a table, for people and for programs."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from campaign.models import Delivery
from campaign.problem import Problem
from campaign.states import Status


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


def status_named(written: str) -> Status:
    """A status by its name. Raises Problem."""
    try:
        return Status(written)
    except ValueError:
        raise Problem(f'"{written}" is not a status: use one of {", ".join(Status)}.') from None


def day_start(written: str, zone: ZoneInfo, days: int = 0) -> datetime:
    """The first moment of a local day, or of the one `days` later. Raises Problem."""
    try:
        day = date.fromisoformat(written) + timedelta(days=days)
    except ValueError:
        raise Problem(f'"{written}" is not a date: write one such as 2027-10-13.') from None
    return datetime.combine(day, time(0), zone)
