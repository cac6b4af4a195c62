"""What is approved, when files or a configuration would take it away: it is counted and asked about, and what comes back
as it was approved has its approval again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime

from campaign.consent.questions import consent_changed_since
from campaign.consent.rule import is_of_a_person, was_of_a_person
from campaign.core.sentence import Sentence, joined
from campaign.database.sql import portions
from campaign.delivery import queue
from campaign.delivery.candidates import candidate_of, facts_of, rows_of
from campaign.delivery.gate import STATUS_AFTER, Ground, reasons_against, reasons_ahead
from campaign.models import Delivery, Event, Post
from campaign.states import Stage, Status

LOADER = "load"
"""Who follows files, in the log."""
FEW = 4
"""Approved deliveries of which something may be taken unasked: those of one post in two languages on two networks, which
somebody has changed or taken out. Who is asked about every post says yes without reading."""
HAS_CHANGED = Sentence("The post has changed since: approve it again.")


class Standing(NamedTuple):
    """An approved delivery that waits for its time."""

    campaign: str
    due_at: datetime
    goes_out: bool  #: nothing speaks against it at its time that would take its approval


class Loss(StrEnum):
    """What is taken of an approved delivery."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    UNAPPROVED = "unapproved"


def standing(now: datetime) -> dict[int, Standing]:
    """All that is approved and waits, by the number of the delivery."""
    queued = Delivery.objects.filter(status=Status.QUEUED).order_by("id")
    rows = list(queued.values_list("pk", "post__campaign", "due_at"))
    refused = _refused({number: due for number, _, due in rows}, now)
    return {
        number: Standing(campaign, due, number not in refused) for number, campaign, due in rows
    }


def losses(
    before: Mapping[int, Standing], now: datetime, kept_times: Collection[int] = ()
) -> dict[int, Loss]:
    """What has been taken since of what stood `before`, by the number of the delivery. `kept_times` are those that would be
    moved with a yes."""
    after = standing(now)
    gone = [number for number in before if number not in after]
    cancelled = _cancelled(gone)
    lost: dict[int, Loss] = {}
    for number, was in before.items():
        stands = after.get(number)
        if stands is None:
            lost[number] = Loss.CANCELLED if number in cancelled else Loss.UNAPPROVED
        elif was.goes_out and not stands.goes_out:
            lost[number] = Loss.UNAPPROVED
        elif stands.due_at != was.due_at or number in kept_times:
            lost[number] = Loss.MOVED
    return lost


def questions(before: Mapping[int, Standing], lost: Mapping[int, Loss]) -> list[str]:
    """What has to be answered with yes, when more than FEW have lost something: how many, and of which campaigns."""
    if len(lost) <= FEW:
        return []
    by_loss: dict[Loss, Counter[str]] = defaultdict(Counter)
    for number, loss in lost.items():
        by_loss[loss][before[number].campaign] += 1
    return [_question(loss, by_loss[loss]) for loss in Loss if loss in by_loss]


def _question(loss: Loss, campaigns: Counter[str]) -> str:
    number = campaigns.total()
    named = ", ".join(f"{campaign} {campaigns[campaign]}" for campaign in sorted(campaigns))
    match loss:
        case Loss.CANCELLED:
            return Sentence(
                "Approved deliveries that would be cancelled: {0} ({1}).", number, named
            )
        case Loss.MOVED:
            return Sentence(
                "Approved deliveries that would get another time: {0} ({1}).", number, named
            )
        case Loss.UNAPPROVED:
            return Sentence(
                "Approved deliveries that would lose their approval: {0} ({1}).", number, named
            )


def _refused(due: Mapping[int, datetime], now: datetime) -> set[int]:
    """Those of these deliveries that the gate would put aside when they are due, for another reason than the time."""
    refused: set[int] = set()
    for numbers in portions(list(due)):
        rows = rows_of(numbers)
        facts = facts_of(rows)
        for row in rows:
            at = max(now, due[row.delivery])
            reasons = reasons_against(candidate_of(row, facts), at, _zone())
            if any(_takes_the_approval(reason.ground) for reason in reasons):
                refused.add(row.delivery)
    return refused


def _takes_the_approval(ground: Ground) -> bool:
    return ground in STATUS_AFTER and ground is not Ground.LATE


def _cancelled(numbers: list[int]) -> set[int]:
    cancelled: set[int] = set()
    for portion in portions(numbers):
        rows = Delivery.objects.filter(pk__in=portion, status=Status.CANCELLED)
        cancelled.update(rows.values_list("pk", flat=True))
    return cancelled


def come_back(delivery: Delivery, cancelled: Event, now: datetime, *, is_same: bool) -> Status:
    """What was cancelled with its file, by the event `cancelled`, is a draft again; what had been approved and is the very
    same is queued again, by the approval that it has. `is_same`: its text, its pictures, its time and its file are as they
    were.

    Returns its status now.
    """
    was_approved = cancelled.from_status == Status.QUEUED
    against = _against_the_approval(delivery, cancelled, now, is_same=is_same)
    why = joined(against) if was_approved else ""
    old, new = Status.CANCELLED, Status.DRAFT
    queue.move(delivery.pk, old, new, now, actor=LOADER, action="loaded again", reason=why)
    if against or not was_approved:
        return new
    back = Sentence(
        "It is as {0} approved it on {1}.",
        delivery.approved_by,
        f"{localtime(delivery.approved_at):%Y-%m-%d %H:%M}",
    )
    old, new = Status.DRAFT, Status.QUEUED
    queue.move(delivery.pk, old, new, now, actor=LOADER, action="approval back", reason=back)
    # For the log alone: of what is queued, a reason would say that something is wrong.
    Delivery.objects.filter(pk=delivery.pk).update(reason="")
    return new


def _against_the_approval(
    delivery: Delivery, cancelled: Event, now: datetime, *, is_same: bool
) -> list[str]:
    """Why the approval that a delivery had when it was cancelled does not count any more."""
    is_approved = delivery.approved_by_id and delivery.approved_at
    is_as_approved = delivery.approved_fingerprint == delivery.fingerprint
    if not (is_same and is_approved and is_as_approved):
        return [HAS_CHANGED]
    if _has_changed(Post.objects.get(pk=delivery.post_id), cancelled):
        return [HAS_CHANGED]
    [row] = rows_of([delivery.pk])
    candidate = candidate_of(row, facts_of([row]))
    reasons = reasons_ahead(candidate, delivery.due_at, now, _zone())
    return [reason.sentence for reason in reasons]


def _has_changed(post: Post, since: Event) -> bool:
    """Whether somebody has decided or written anything about the post meanwhile, or the person whose story it is has."""
    if post.stage != Stage.PLANNED or post.events.filter(pk__gt=since.pk).exists():
        return True
    if post.versions.filter(at__gt=since.at).exists():
        return True
    if was_of_a_person(post):
        # What is called no story any more must not pass by the person whose story it was.
        return not is_of_a_person(post) or consent_changed_since(post.storyteller, since.at)
    return False


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
