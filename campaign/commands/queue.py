"""The queue on the command line: see it, and decide about single deliveries."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db.models import Count, QuerySet

from campaign.commands.call import FAILED, WELL, Call
from campaign.commands.output import complain, plural, print_json, print_table, say
from campaign.commands.rows import delivery_row, known_campaign, known_channel
from campaign.content.library import read_library
from campaign.content.when import BadWhen, to_utc
from campaign.delivery import decisions, rescheduling
from campaign.delivery.listing import Wanted, day_start, deliveries
from campaign.delivery.pauses import resting, standing
from campaign.delivery.rescheduling import Rules
from campaign.delivery.selection import Decided
from campaign.models import Delivery
from campaign.problem import Problem
from campaign.roles import find_user, need_decider
from campaign.states import Status

COLUMNS = ("no.", "due", "channel", "post", "status", "attempts", "what to know")


def show_queue(call: Call) -> int:
    """Every delivery that the filters leave, in due order."""
    found = list(_filtered(call))
    if call.arguments.json:
        print_json([delivery_row(delivery) for delivery in found])
        return WELL
    zone = call.config.site.timezone
    rows = [_row(delivery, delivery.due_at.astimezone(zone)) for delivery in found]
    for sentence in (*standing(), *resting(call.clock(), zone)):
        say(sentence)
    if rows:
        print_table("", COLUMNS, rows)
    say(_summary(found) if rows else _nothing())
    return WELL


def _summary(found: Sequence[Delivery]) -> str:
    """How many there are, and how they stand."""
    per_status = Counter(delivery.status for delivery in found)
    how = ", ".join(f"{per_status[status]} {status}" for status in Status if per_status[status])
    return f"{plural(len(found), 'delivery', 'deliveries')}: {how}."


def _nothing() -> str:
    if Delivery.objects.exists():
        return "No delivery is like that: ask for less, or see all of them with: scheduler.py queue"
    return "Nothing is loaded yet. Bring posts in with: scheduler.py load"


def _row(delivery: Delivery, local: datetime) -> list[str]:
    told = delivery.reason or delivery.url
    attempts = str(getattr(delivery, "attempt_count", ""))
    when = f"{local:%Y-%m-%d %H:%M}"
    return [str(delivery.pk), when, delivery.channel, delivery.post.key, delivery.status, attempts, told]


def _filtered(call: Call) -> QuerySet[Delivery]:
    asked, zone = vars(call.arguments), call.config.site.timezone
    wanted = Wanted(
        channel=known_channel(call, asked["channel"]) if asked["channel"] else "",
        campaign=known_campaign(asked["campaign"]) if asked["campaign"] else "",
        statuses=frozenset({Status(asked["status"])}) if asked["status"] else frozenset(),
        since=day_start(asked["from"], zone) if asked["from"] else None,
        until=day_start(asked["to"], zone, days=1) if asked["to"] else None,
    )
    return deliveries(wanted).annotate(attempt_count=Count("attempts"))


def retry(call: Call) -> int:
    """Failed or missed deliveries, now."""
    now, rules, sure, why = call.clock(), _rules(call), call.arguments.yes, call.arguments.reason
    return each(
        call,
        lambda delivery, by: rescheduling.retry(delivery, by, now, rules, answered=sure, reason=why),
        "queued again",
    )


def cancel(call: Call) -> int:
    """Deliveries out of the queue."""
    reason, now = call.arguments.reason, call.clock()
    return each(call, lambda delivery, by: decisions.cancel(delivery, by, reason, now), "cancelled")


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
        say("If its text counts days, load the post again: it is then written anew, and has to be approved.")
    rules, sure, why = _rules(call), call.arguments.yes, call.arguments.reason

    def move(deliveries: Sequence[Delivery], by: str) -> None:
        rescheduling.reschedule(deliveries, due.utc, by, now, rules, answered=sure, reason=why)

    groups = rescheduling.by_post(_named(call))
    return each_of(call, groups, move, f"now due on {when.date} at {when.time:%H:%M}")


def _rules(call: Call) -> Rules:
    return Rules(call.config, read_library(call.config.content.posts, call.config.content.templates))


def resolve(call: Call) -> int:
    """Whether an unconfirmed delivery is out."""
    url, now = call.arguments.published, call.clock()
    if url is None:
        return each(call, lambda delivery, by: decisions.resolve_not_published(delivery, by, now), "queued again")
    return each(call, lambda delivery, by: decisions.resolve_published(delivery, url, by, now), "recorded as published")


def decider(call: Call) -> str:
    """Who decides, for the log: the user that `--by` names, or the person at the command line. Raises Problem when
    that user's role does not let them."""
    if not call.arguments.by:
        return "command line"
    user = find_user(call.arguments.by)
    need_decider(user)
    return user.username


def each(call: Call, decide: Callable[[Delivery, str], None], done: str) -> int:
    """Decides about each delivery; one that cannot be decided about does not stop the others."""
    return each_of(call, [[delivery] for delivery in _named(call)], lambda group, by: decide(group[0], by), done)


def each_of(
    call: Call, groups: Iterable[Sequence[Delivery]], decide: Callable[[Sequence[Delivery], str], None], done: str
) -> int:
    """As `each`, where some deliveries are decided about together."""
    by, decided = decider(call), Decided()
    for group in groups:
        if decided.about(group, partial(decide, group, by)):
            for delivery in group:
                say(f"Delivery {delivery.pk} ({delivery.post.key} on {delivery.channel}) is {done}.")
    for sentence in (*decided.problems, *decided.questions):
        complain(sentence)
    if decided.questions:
        numbers = " ".join(str(delivery.pk) for delivery in decided.asked)
        complain(f"Nothing was done about {numbers}: to answer yes, add --yes.")
    return FAILED if decided.problems or decided.questions else WELL


def _named(call: Call) -> list[Delivery]:
    return decisions.find_deliveries(dict.fromkeys(call.arguments.deliveries))
