"""A new time for what is planned: the one act that gives it, to one delivery or to several.

Every door comes here: the calendar, the queue, the page of a delivery, the command line. To try again (`retry`) is to give
it this very moment: only the rules about its day are asked then, since nobody chooses where it goes.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence, joined
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions.time_rules import TimeRules, all_against, lasting, not_today
from campaign.delivery import queue
from campaign.models import Delivery
from campaign.states import Status

ACTION = "rescheduled"
"""What the log calls it."""
LAST_SECOND = time(23, 59, 59)
"""Of a day: a post for a day goes out on it, or not at all."""


def reschedule(
    deliveries: Sequence[Delivery],
    due: datetime,
    by: str,
    now: datetime,
    rules: TimeRules,
    *,
    answered: bool = False,
    alone: bool = False,
    beside: Collection[int] = (),
    reason: str = "",
) -> None:
    """Gives all of them the new time (aware), or none, and writes down who did it and why.

    `answered`: the person has said yes to what is asked about; `alone`: that what stands at the same time in the other
    language, or elsewhere, is left where it is; `beside`: the deliveries that get a time of their own together with them.
    Raises Problem with all that speaks against it, and Asked with what has to be answered first.
    """
    with writing():
        against = all_against(deliveries, due, now, rules, alone=alone, beside=beside)
        if against.refusals:
            raise Problem(joined(against.refusals))
        if against.questions and not answered:
            raise Asked(against.questions)
        for delivery in deliveries:
            _set_time(delivery, due, rules)
            _note(delivery, due, by, now, rules, reason)


def retry(
    delivery: Delivery,
    by: str,
    now: datetime,
    rules: TimeRules,
    *,
    answered: bool = False,
    reason: str = "",
) -> None:
    """Queues a failed or missed delivery again, for now. Raises Problem and Asked as `reschedule` does."""
    if delivery.status not in (Status.FAILED, Status.MISSED):
        raise Problem(
            Sentence(
                "Delivery {0} is {1}: only what failed or was missed can be tried again.",
                delivery.id,
                delivery.status,
            )
        )
    refusals = dict.fromkeys(lasting(delivery, now, now, rules))
    if refusals:
        raise Problem(joined(refusals))
    questions = list(not_today(delivery, now, rules))
    if questions and not answered:
        raise Asked(questions)
    with writing():
        _set_time(delivery, now, rules)
        queue.move(
            delivery.pk,
            Status(delivery.status),
            Status.QUEUED,
            now,
            actor=by,
            action="retried",
            reason=reason,
        )


def chosen(delivery: Delivery, ids: Collection[int]) -> list[Delivery]:
    """The deliveries of these numbers, read anew. Raises Problem unless all are of the same post, at one time."""
    of_post = Delivery.objects.filter(pk__in=ids, post_id=delivery.post_id).select_related(
        "post"
    )
    deliveries = list(of_post.order_by("network", "language", "id"))
    times = {other.due_at for other in deliveries}
    if len(times) != 1 or len(deliveries) != len(set(ids)):
        raise Problem(
            Sentence("These posts have changed meanwhile: look at them again, then move them.")
        )
    return deliveries


def _set_time(delivery: Delivery, due: datetime, rules: TimeRules) -> None:
    """What could go out so long after the old time may go out as long after the new one; what failed or was missed waits
    for its time again. Raises Problem when its status has changed since it was read."""
    status = Status(delivery.status)
    latest = latest_of(delivery, due, rules.config.site.timezone)
    # Compare-and-set: the worker that sends it claims it by its status, and then its time does not change any more.
    changed = Delivery.objects.filter(pk=delivery.pk, status=status).update(
        due_at=due, next_at=due, latest_at=latest, tries=0
    )
    if changed != 1:
        raise Problem(
            Sentence(
                "Delivery {0} has just changed: look at it again with the queue command.",
                delivery.pk,
            )
        )


def latest_of(delivery: Delivery, due: datetime, zone: ZoneInfo) -> datetime:
    """When a delivery may still go out after a move to `due`: what had to go out on its day still has to."""
    latest = delivery.latest_at.astimezone(zone)
    if latest.time() != LAST_SECOND:
        return due + (delivery.latest_at - delivery.due_at)
    day = due.astimezone(zone)
    return datetime.combine(day, LAST_SECOND, zone).astimezone(UTC)


def _note(
    delivery: Delivery, due: datetime, by: str, now: datetime, rules: TimeRules, reason: str
) -> None:
    zone = rules.config.site.timezone
    local = due.astimezone(zone)
    when = Sentence("Due {0}, {1}.", f"{local:%Y-%m-%d %H:%M}", zone.key)
    said = joined((when, reason))
    old = Status(delivery.status)
    if old in (Status.FAILED, Status.MISSED):
        queue.move(delivery.pk, old, Status.QUEUED, now, actor=by, action=ACTION, reason=said)
    else:
        events.note(delivery.pk, old, old, now, actor=by, action=ACTION, reason=said)
