"""Closing a campaign, with what of it still waits, and opening it again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import Count

from campaign.authoring.closed import closing_of
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import Delivery
from campaign.models.closing import Closing
from campaign.people.roles import need_decider
from campaign.states import NOT_OUT_YET, Status

MOST = 5_000
"""Deliveries that are taken out at once, at the most."""
CLOSED = Sentence("Its campaign was closed.")


class Rest(StrEnum):
    """What becomes of what is approved and waits for its time."""

    GOES_OUT = "goes-out"
    CANCELLED = "cancelled"


def waiting_of(campaign: str) -> dict[Status, int]:
    """How many deliveries of the campaign are not out and may still go out, by their status."""
    of_it = Delivery.objects.filter(post__campaign=campaign, status__in=NOT_OUT_YET)
    counts = of_it.values_list("status").annotate(number=Count("pk")).order_by()
    return {Status(status): number for status, number in counts}


def close(campaign: str, by: User, now: datetime, rest: Rest | None = None) -> int:
    """Closes a campaign: nothing new is written, submitted, loaded or approved for it. What is approved goes out at its time or
    is cancelled, as `rest` says; whatever else waits is cancelled.

    Returns how many were cancelled. Raises Problem when it is closed already, and Asked when something waits and `rest` does
    not say what becomes of it; nothing has changed then."""
    need_decider(by)
    with writing():
        _, is_new = Closing.objects.get_or_create(
            campaign=campaign, opened_at=None, defaults={"by": by, "at": now}
        )
        if not is_new:
            raise Problem(Sentence("This campaign is closed already; nothing has changed."))
        waiting = waiting_of(campaign)
        if waiting and rest is None:
            raise Asked([_question(waiting)])
        kept = {Status.QUEUED} if rest is Rest.GOES_OUT else set()
        cancelled = _cancel(campaign, sorted(waiting.keys() - kept), by, now)
        _note("campaign closed", campaign, by, now)
    return cancelled


def reopen(campaign: str, by: User, now: datetime) -> None:
    """Opens a closed campaign again. What was cancelled stays so. Raises Problem when it is not closed."""
    need_decider(by)
    with writing():
        standing = closing_of(campaign)
        if standing is None:
            raise Problem(Sentence("This campaign is open already; nothing has changed."))
        Closing.objects.filter(pk=standing.pk).update(opened_by=by, opened_at=now)
        _note("campaign opened again", campaign, by, now)


def _cancel(campaign: str, statuses: Sequence[Status], by: User, now: datetime) -> int:
    cancelled = 0
    for status in statuses:
        of_status = Delivery.objects.filter(post__campaign=campaign, status=status)
        numbers = list(of_status.order_by("id").values_list("pk", flat=True)[: MOST + 1])
        if len(numbers) > MOST:
            raise Problem(
                Sentence(
                    "More than {0} deliveries of this campaign wait: cancel some in the queue first, then close it.",
                    MOST,
                )
            )
        queue.move_all(
            numbers,
            status,
            Status.CANCELLED,
            now,
            actor=by.username,
            action="cancelled",
            reason=CLOSED,
        )
        cancelled += len(numbers)
    return cancelled


def _question(waiting: Mapping[Status, int]) -> Sentence:
    approved = waiting.get(Status.QUEUED, 0)
    others = sum(waiting.values()) - approved
    return Sentence(
        "{0} deliveries of it are approved and wait for their time, {1} others are not approved: say what becomes of them.",
        approved,
        others,
    )


def _note(action: str, campaign: str, by: User, now: datetime) -> None:
    events.note(None, "", "", now, actor=by.username, action=action, reason=campaign)
