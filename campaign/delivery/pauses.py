"""Pauses: a person stops everything, a campaign or a channel, and starts it again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from campaign.delivery import queue
from campaign.delivery.database import writing
from campaign.models import ChannelState, Delivery, Pause
from campaign.problem import Problem
from campaign.states import Status


def pause(campaign: str, channel: str, reason: str, by: str, now: datetime) -> None:
    """Stops publishing from the next claim on; what is being sent at this moment ends. Raises Problem when paused already."""
    with writing():
        if _open(campaign, channel).exists():
            raise Problem(f"{describe(campaign, channel)} is paused already.")
        Pause.objects.create(campaign=campaign, channel=channel, reason=reason, started_by=by, started_at=now)
        queue.note(None, "", "", now, actor=by, action="paused", reason=f"{describe(campaign, channel)}: {reason}")


def resume(campaign: str, channel: str, reason: str, by: str, now: datetime) -> int:
    """Ends a pause. What came due meanwhile becomes *missed*, for a person to decide, so that nothing goes out in a burst.

    Returns how many those are. Raises Problem when nothing is paused.
    """
    with writing():
        if not _open(campaign, channel).exists():
            raise Problem(f"{describe(campaign, channel)} is not paused.")
        overdue = Delivery.objects.filter(status=Status.QUEUED, due_at__lte=now)
        overdue = overdue.filter(post__campaign=campaign) if campaign else overdue
        overdue = overdue.filter(channel=channel) if channel else overdue
        why = "It was held back by a pause. Send it now (retry), give it a new time (reschedule) or drop it (cancel)."
        missed = [delivery.id for delivery in overdue]
        for delivery in missed:
            queue.move(delivery, Status.QUEUED, Status.MISSED, now, actor="resume", action="held back", reason=why)
        _open(campaign, channel).update(ended_at=now, ended_by=by)
        queue.note(None, "", "", now, actor=by, action="resumed", reason=f"{describe(campaign, channel)}: {reason}")
    return len(missed)


def describe(campaign: str, channel: str) -> str:
    """What a pause is put on, at the beginning of a sentence."""
    if campaign:
        return f"Campaign {campaign}"
    return f"Channel {channel}" if channel else "Publishing"


def standing() -> list[str]:
    """A sentence for each pause that is on."""
    return [
        f"{describe(one.campaign, one.channel)} is paused: {one.reason}" for one in Pause.objects.filter(ended_at=None)
    ]


def resting(now: datetime, zone: ZoneInfo) -> list[str]:
    """A sentence for each channel that is in trouble, and until when it rests."""
    found = ChannelState.objects.filter(rest_until__gt=now, troubles__gt=0).order_by("name")
    return [
        f"Channel {one.name} rests until {one.rest_until.astimezone(zone):%H:%M:%S}: {one.rest_reason}"
        for one in found
        if one.rest_until
    ]


def _open(campaign: str, channel: str) -> QuerySet[Pause]:
    return Pause.objects.filter(ended_at=None, campaign=campaign, channel=channel)
