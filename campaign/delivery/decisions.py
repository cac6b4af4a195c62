"""What people decide about deliveries: approve, cancel, retry, reschedule, resolve."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.delivery import queue
from campaign.delivery.candidates import claim_on, known_facts
from campaign.delivery.database import writing
from campaign.delivery.gate import Candidate, Consent, Ground, Reason, reasons_against
from campaign.models import Delivery, Post
from campaign.problem import Problem
from campaign.roles import may_approve
from campaign.states import Status


def approve(post: Post, by: User, now: datetime, zone: ZoneInfo) -> tuple[int, list[str]]:
    """Approves every draft of a post as it reads now, and queues it.

    Returns how many were queued, and a sentence for each that the gate keeps back. Raises Problem when this person
    may not approve this post.
    """
    if not may_approve(by):
        raise Problem(f"{by.username} may not approve posts: that takes the role staff or admin.")
    if by.pk in (post.author_id, post.editor_id):
        raise Problem(f"{by.username} wrote {post.key}, or changed it last: somebody else has to approve it.")
    queued, kept_back = 0, []
    for delivery in post.deliveries.filter(status=Status.DRAFT).order_by("due_at", "id"):
        reasons = against_approving(delivery, post, now, zone)
        if reasons:
            kept_back.append(f"{post.key} on {delivery.channel}: {' '.join(reason.sentence for reason in reasons)}")
            continue
        _queue(delivery, by, now)
        queued += 1
    return queued, kept_back


def against_approving(delivery: Delivery, post: Post, now: datetime, zone: ZoneInfo) -> list[Reason]:
    """What the gate says against a draft, taken as approved. A consent or a fact is looked at on its due day too."""
    candidate = Candidate(
        channel=delivery.channel,
        is_story=post.kind == "story",
        is_example=post.example,
        consent=Consent(post.consent_from, post.consent_until, tuple(post.consent_channels.split())),
        fingerprint=delivery.fingerprint,
        approved_fingerprint=delivery.fingerprint,
        latest_at=delivery.latest_at,
        facts=known_facts(delivery.facts.split()),
    )
    reasons = reasons_against(candidate, now, zone)
    later = reasons_against(candidate, max(now, delivery.due_at), zone)
    return reasons + [reason for reason in later if reason.ground is Ground.CONSENT and not reasons]


def cancel(delivery: Delivery, by: str, reason: str, now: datetime) -> None:
    """Takes a delivery out of the queue. Raises Problem when it is out, or on its way."""
    if delivery.status == Status.PUBLISHED:
        raise Problem(
            f"Delivery {delivery.pk} is published already. To take it down: scheduler.py remove {delivery.pk} --reason …"
        )
    if delivery.status == Status.CANCELLED:
        raise Problem(f"Delivery {delivery.pk} is cancelled already; nothing has changed.")
    _move(delivery, Status.CANCELLED, by, "cancelled", reason or "Cancelled by hand.", now)


def retry(delivery: Delivery, by: str, now: datetime) -> None:
    """Queues a failed or missed delivery again, for now. Raises Problem when it is in another state or not approved."""
    if delivery.status not in (Status.FAILED, Status.MISSED):
        raise Problem(
            f"Delivery {delivery.id} is {delivery.status}: only what failed or was missed can be tried again."
        )
    _requeue(delivery, now, by, "retried", "", now)


def reschedule(delivery: Delivery, due: datetime, by: str, now: datetime) -> None:
    """Gives a delivery that is not out yet a new time. Raises Problem when it is out, on its way, or the time is past."""
    if due <= now:
        raise Problem("The new time is in the past: name one that is still to come.")
    if delivery.status in (Status.DRAFT, Status.QUEUED):
        with writing():
            _set_time(delivery, due, Status(delivery.status))
            old = delivery.status
            queue.note(
                delivery.id, old, old, now, actor=by, action="rescheduled", reason=f"Due {due:%Y-%m-%d %H:%M} UTC."
            )
        return
    if delivery.status == Status.CANCELLED:
        raise Problem(f"Delivery {delivery.pk} is cancelled. To bring it back, change its file and load it again.")
    if delivery.status not in (Status.FAILED, Status.MISSED):
        raise Problem(f"Delivery {delivery.id} is {delivery.status}: only what is not out yet can be given a new time.")
    _requeue(delivery, due, by, "rescheduled", f"Due {due:%Y-%m-%d %H:%M} UTC.", now)


def resolve_published(delivery: Delivery, url: str, by: str, now: datetime) -> None:
    """A person has seen that an unconfirmed delivery, or the part of its thread in doubt, is out, at this address.

    Raises Problem in any other state.
    """
    remote_id = url.rstrip("/").rsplit("/", 1)[-1].rsplit("=", 1)[-1][:200]
    _only_unconfirmed(delivery)
    with writing():
        claim = claim_on(delivery.pk, now)
        if not queue.adopt(claim, remote_id, url, now, actor=by, action="resolved: published", reason=""):
            raise Problem(f"Delivery {delivery.pk} has just changed: look at it again with the queue command.")


def resolve_not_published(delivery: Delivery, by: str, now: datetime) -> None:
    """A person has seen that an unconfirmed delivery is not out: it is queued again, and goes out if it is not too late."""
    with writing():
        _only_unconfirmed(delivery)
        Delivery.objects.filter(id=delivery.id).update(next_at=max(now, delivery.due_at), look_at=None)
        _move(delivery, Status.QUEUED, by, "resolved: not published", "", now)


def find_deliveries(ids: Iterable[int]) -> list[Delivery]:
    """The deliveries of these numbers, in this order. Raises Problem for a number that does not exist."""
    wanted = list(ids)
    found = Delivery.objects.select_related("post").in_bulk(wanted)
    for number in wanted:
        if number not in found:
            raise Problem(f"There is no delivery {number}: look for its number with the queue command.")
    return [found[number] for number in wanted]


def _queue(delivery: Delivery, by: User, now: datetime) -> None:
    with writing():
        Delivery.objects.filter(id=delivery.id).update(
            approved_fingerprint=delivery.fingerprint, approved_by=by, approved_at=now
        )
        _move(delivery, Status.QUEUED, by.username, "approved", "", now)


def _requeue(delivery: Delivery, due: datetime, by: str, action: str, reason: str, now: datetime) -> None:
    if delivery.approved_fingerprint != delivery.fingerprint:
        raise Problem(f"Delivery {delivery.id} is not approved as it reads now: approve {delivery.post.key} first.")
    with writing():
        _set_time(delivery, due, Status(delivery.status))
        _move(delivery, Status.QUEUED, by, action, reason, now)


def _set_time(delivery: Delivery, due: datetime, status: Status) -> None:
    """A person's time; what could go out so long after the old one may go out as long after the new one."""
    latest = due + (delivery.latest_at - delivery.due_at)
    changed = Delivery.objects.filter(id=delivery.id, status=status).update(
        due_at=due, next_at=due, latest_at=latest, tries=0
    )
    if changed != 1:
        raise Problem(f"Delivery {delivery.id} has just changed: look at it again with the queue command.")


def _move(delivery: Delivery, new: Status, by: str, action: str, reason: str, now: datetime) -> None:
    queue.move(delivery.id, Status(delivery.status), new, now, actor=by, action=action, reason=reason)


def _only_unconfirmed(delivery: Delivery) -> None:
    if delivery.status != Status.UNCONFIRMED:
        raise Problem(f"Delivery {delivery.id} is {delivery.status}: only an unconfirmed one can be resolved.")
