"""Deciding about single deliveries on the command line: another try, another time, out of the queue, out or not."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, say
from campaign.commands.frame.rows import decider
from campaign.content.dates.when import BadWhen, to_utc
from campaign.content.library import read_library
from campaign.core.problem import Problem
from campaign.decisions import rescheduling, settling
from campaign.decisions.many import Decided
from campaign.decisions.time_rules import TimeRules, by_post
from campaign.models import Delivery


def retry(call: Call) -> int:
    """Failed or missed deliveries, now."""
    now, rules, sure, why = call.clock(), _rules(call), call.arguments.yes, call.arguments.reason
    return each(
        call,
        lambda delivery, by: rescheduling.retry(
            delivery, by, now, rules, answered=sure, reason=why
        ),
        "queued again",
    )


def cancel(call: Call) -> int:
    """Deliveries out of the queue."""
    reason, now = call.arguments.reason, call.clock()
    return each(call, lambda delivery, by: settling.cancel(delivery, by, reason, now), "cancelled")


def reschedule(call: Call) -> int:
    """A new local time."""
    zone, now, when = call.config.site.timezone, call.clock(), call.arguments.to
    try:
        due = to_utc(datetime.combine(when.date, when.time), zone)
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    if due.doubled:
        say(f"{when.date} {when.time:%H:%M} comes twice that night: the first one is meant.")
    if Delivery.objects.filter(pk__in=call.arguments.deliveries, when__contains="d ").exists():
        say(
            "If its text counts days, load the post again: it is then written anew, and has to be approved."
        )
    rules, sure, why = _rules(call), call.arguments.yes, call.arguments.reason

    def move(deliveries: Sequence[Delivery], by: str) -> None:
        rescheduling.reschedule(deliveries, due.utc, by, now, rules, answered=sure, reason=why)

    groups = by_post(_named(call))
    return each_of(call, groups, move, f"now due on {when.date} at {when.time:%H:%M}")


def _rules(call: Call) -> TimeRules:
    return TimeRules(
        call.config, read_library(call.config.content.posts, call.config.content.templates)
    )


def resolve(call: Call) -> int:
    """Whether an unconfirmed delivery is out."""
    url, now = call.arguments.published, call.clock()
    if url is None:
        return each(
            call,
            lambda delivery, by: settling.resolve_not_published(delivery, by, now),
            "queued again",
        )
    return each(
        call,
        lambda delivery, by: settling.resolve_published(delivery, url, by, now),
        "recorded as published",
    )


def each(call: Call, decide: Callable[[Delivery, str], None], done: str) -> int:
    """Decides about each delivery; one that cannot be decided about does not stop the others."""
    return each_of(
        call,
        [[delivery] for delivery in _named(call)],
        lambda group, by: decide(group[0], by),
        done,
    )


def each_of(
    call: Call,
    groups: Iterable[Sequence[Delivery]],
    decide: Callable[[Sequence[Delivery], str], None],
    done: str,
) -> int:
    """As `each`, where some deliveries are decided about together."""
    by, decided = decider(call), Decided()
    for group in groups:
        if decided.about(group, partial(decide, group, by)):
            for delivery in group:
                say(
                    f"Delivery {delivery.pk} ({delivery.post.key} on {delivery.channel}) is {done}."
                )
    for sentence in (*decided.problems, *decided.questions):
        complain(sentence)
    if decided.questions:
        numbers = " ".join(str(delivery.pk) for delivery in decided.asked)
        complain(f"Nothing was done about {numbers}: to answer yes, add --yes.")
    return FAILED if decided.problems or decided.questions else WELL


def _named(call: Call) -> list[Delivery]:
    return settling.find_deliveries(dict.fromkeys(call.arguments.deliveries))
