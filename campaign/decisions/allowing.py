"""A second person says that a delivery may go out on a day of remembrance; until then it waits."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import visible
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery.candidates import rows_of, waits_of
from campaign.delivery.remembrance import remembrances_at
from campaign.models import Delivery
from campaign.models.remembrance import Allowance
from campaign.people.roles import need_decider
from campaign.states import Status

ACTION = "allowed"
"""What the log calls it."""
LONGEST_REASON = 500
"""Characters of the reason."""
MAY_WAIT = frozenset({Status.DRAFT, Status.QUEUED})
"""The statuses in which a delivery has a day of remembrance before it, or waits on one."""


def days_before(
    deliveries: Sequence[Delivery], now: datetime, zone: ZoneInfo
) -> dict[int, tuple[date, ...]]:
    """The days of remembrance on which each of these waits, or will wait at its time, by its number; those alone that do."""
    by_day: dict[date, list[Delivery]] = {}
    for delivery in deliveries:
        if delivery.status in MAY_WAIT:
            at = max(now, delivery.due_at).astimezone(zone)
            by_day.setdefault(at.date(), []).append(delivery)
    before: dict[int, tuple[date, ...]] = {}
    for of_day in by_day.values():
        at = max(now, of_day[0].due_at)
        kept = remembrances_at(at, zone)
        if kept:
            numbers = [delivery.pk for delivery in of_day]
            before |= waits_of(rows_of(numbers), kept)
    return {number: days for number, days in before.items() if days}


def allow(
    deliveries: Sequence[Delivery], by: User, reason: str, now: datetime, zone: ZoneInfo
) -> None:
    """Lets approved deliveries out on the day of remembrance on which they wait or will wait, by their words as they are now:
    all of them, or none.

    Raises Problem when this person may not decide, or has approved one, without a reason, for what is not approved, and for
    what waits on no such day.
    """
    need_decider(by)
    reason = _checked(reason)
    numbers = [delivery.pk for delivery in deliveries]
    with writing():
        current = list(Delivery.objects.filter(pk__in=numbers).select_related("post"))
        before = days_before(current, now, zone)
        for delivery in current:
            days = before.get(delivery.pk, ())
            _check(delivery, by, days)
            for day in days:
                _allow(delivery, day, by, reason, now)


def _allow(delivery: Delivery, day: date, by: User, reason: str, now: datetime) -> None:
    said = {"fingerprint": delivery.approved_fingerprint, "by": by, "at": now}
    Allowance.objects.update_or_create(delivery=delivery, day=day, defaults=said)
    status, why = delivery.status, Sentence("It may go out on {0}: {1}", day, reason)
    events.note(delivery.pk, status, status, now, actor=by.username, action=ACTION, reason=why)


def _checked(reason: str) -> str:
    reason = visible(reason)
    if not reason:
        raise Problem(
            Sentence(
                "Say why it may go out on that day: it stays in the log, and others read it."
            )
        )
    if len(reason) > LONGEST_REASON:
        raise Problem(
            Sentence(
                "The reason is too long: {0} characters of {1}. Shorten it a little.",
                len(reason),
                LONGEST_REASON,
            )
        )
    return reason


def _check(delivery: Delivery, by: User, days: Sequence[date]) -> None:
    name = (delivery.post.key, delivery.channel)
    if delivery.status != Status.QUEUED:
        raise Problem(
            Sentence(
                "{0} on {1} is {2}: only what is approved and waits for its time can be let out on a day of remembrance.",
                *name,
                delivery.status,
            )
        )
    if not days:
        raise Problem(
            Sentence(
                "{0} on {1} waits on no day of remembrance: it goes out at its time.", *name
            )
        )
    if by.pk == delivery.approved_by_id:
        raise Problem(
            Sentence(
                "{0} approved {1}: somebody else has to say that it may go out on a day of remembrance.",
                by.username,
                delivery.post.key,
            )
        )
