"""The queue on the command line: see it, and decide about single deliveries."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from campaign.cli import FAILED, WELL, Call
from campaign.commands.output import plural, print_json, print_table
from campaign.commands.rows import day_start, deliveries, delivery_row, status_named
from campaign.content.when import AtTime, BadWhen, parse_when, to_utc
from campaign.delivery import decisions
from campaign.delivery.pauses import standing
from campaign.models import Delivery
from campaign.problem import Problem
from campaign.roles import find_user


def show_queue(call: Call) -> int:
    """Every delivery that the filters leave, in due order."""
    found = _filtered(call)
    if call.arguments.json:
        print_json([delivery_row(delivery) for delivery in found])
        return WELL
    zone = call.config.site.timezone
    rows = [_row(delivery, delivery.due_at.astimezone(zone)) for delivery in found]
    for sentence in standing():
        print(sentence)
    if rows:
        print_table("", ["no.", "due", "channel", "post", "status", "tries", "what to know"], rows)
    print(
        f"{plural(len(rows), 'delivery', 'deliveries')}."
        if rows
        else "Nothing is queued. Load posts with: scheduler.py load"
    )
    return WELL


def _row(delivery: Delivery, local: datetime) -> list[str]:
    told = delivery.reason or delivery.url
    attempts = str(getattr(delivery, "attempt_count", ""))
    when = f"{local:%Y-%m-%d %H:%M}"
    return [str(delivery.pk), when, delivery.channel, delivery.post.key, delivery.status, attempts, told]


def _filtered(call: Call) -> QuerySet[Delivery]:
    asked, zone = vars(call.arguments), call.config.site.timezone
    found = deliveries()
    if asked["channel"]:
        found = found.filter(channel=asked["channel"])
    if asked["campaign"]:
        found = found.filter(post__campaign=asked["campaign"])
    if asked["status"]:
        found = found.filter(status=status_named(asked["status"]))
    if asked["from"]:
        found = found.filter(due_at__gte=day_start(asked["from"], zone))
    if asked["to"]:
        found = found.filter(due_at__lt=day_start(asked["to"], zone, days=1))
    return found


def retry(call: Call) -> int:
    """Failed or missed deliveries, now."""
    zone, now = call.config.site.timezone, call.clock()
    return _each(call, lambda delivery, by: decisions.retry(delivery, by, now, zone), "queued again")


def cancel(call: Call) -> int:
    """Deliveries out of the queue."""
    reason, now = call.arguments.reason, call.clock()
    return _each(call, lambda delivery, by: decisions.cancel(delivery, by, reason, now), "cancelled")


def reschedule(call: Call) -> int:
    """A new local time."""
    zone, now = call.config.site.timezone, call.clock()
    try:
        when = parse_when(call.arguments.to)
        if not isinstance(when, AtTime):
            raise BadWhen(f'"{call.arguments.to}" is not a date and a time; write for example "2027-10-13 09:00".')
        due = to_utc(datetime.combine(when.date, when.time), zone).utc
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    return _each(call, lambda delivery, by: decisions.reschedule(delivery, due, by, now), "given a new time")


def resolve(call: Call) -> int:
    """Whether an unconfirmed delivery is out."""
    url, now = call.arguments.published, call.clock()
    if url is None:
        return _each(call, lambda delivery, by: decisions.resolve_not_published(delivery, by, now), "queued again")
    if not url.startswith(("https://", "http://")):
        raise Problem("--published takes the address of the post, beginning with https://.")
    return _each(
        call, lambda delivery, by: decisions.resolve_published(delivery, url, by, now), "recorded as published"
    )


def decider(call: Call) -> str:
    """Who decides, for the log: the user that `--by` names, or the person at the command line."""
    return find_user(call.arguments.by).username if call.arguments.by else "command line"


def _each(call: Call, decide: Callable[[Delivery, str], None], done: str) -> int:
    """Decides about each delivery; one that cannot be decided about does not stop the others."""
    by, failures = decider(call), 0
    for delivery in decisions.find_deliveries(call.arguments.deliveries):
        try:
            decide(delivery, by)
            print(f"Delivery {delivery.pk} ({delivery.post.key} on {delivery.channel}) is {done}.")
        except Problem as problem:
            failures += 1
            print(problem)
    return FAILED if failures else WELL
