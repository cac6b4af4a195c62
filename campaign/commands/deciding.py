"""Deciding about single deliveries on the command line: another try, another time, out of the queue, taken down, out or
not."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from campaign.authoring.shared.written import sources, with_shared
from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, say
from campaign.commands.frame.rows import decider, known_channel
from campaign.content.dates.when import BadWhen, to_utc
from campaign.content.library import read_library
from campaign.core.problem import Problem
from campaign.decisions import allowing, channels, rescheduling, settling
from campaign.decisions.many import Decided
from campaign.decisions.removing import remove as take_down
from campaign.decisions.time_rules import TimeRules, by_post
from campaign.models import Delivery
from campaign.people.roles import find_user
from campaign.publishers import open_publishers


def retry(call: Call) -> int:
    """Queues failed or missed deliveries for now."""
    decide = partial(
        rescheduling.retry,
        now=call.clock(),
        rules=_rules(call),
        answered=call.arguments.yes,
        reason=call.arguments.reason,
    )
    return each(call, decide, "queued again")


def cancel(call: Call) -> int:
    """Takes deliveries out of the queue."""
    decide = partial(settling.cancel, reason=call.arguments.reason, now=call.clock())
    return each(call, decide, "cancelled")


def remove(call: Call) -> int:
    """Deletes published deliveries on their networks. For one that could not be deleted, says so and where it is."""
    config, reason, now = call.config, call.arguments.reason, call.clock()
    opened = open_publishers(config, call.clock, dry_run=config.publishing.dry_run)

    def remove_now(delivery: Delivery, by: str) -> None:
        take_down(delivery, opened, by, reason, now)

    return each(call, remove_now, "taken down")


def reschedule(call: Call) -> int:
    """Gives deliveries a new local time. Raises Problem for one that the clock leaves out."""
    zone, now, when = call.config.site.timezone, call.clock(), call.arguments.to
    local = datetime.combine(when.date, when.time)
    try:
        due = to_utc(local, zone)
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    if due.doubled:
        say(f"{when.date} {when.time:%H:%M} comes twice that night: the first one is meant.")
    # A time such as "mbc-day -3d 09:00" is counted from a day: its text may count the days too.
    if Delivery.objects.filter(pk__in=call.arguments.deliveries, when__contains="d ").exists():
        say(
            "If its text counts days, load the post again: it is then written anew, and has to be approved."
        )
    rules = _rules(call)
    sure, why = call.arguments.yes, call.arguments.reason

    def move(deliveries: Sequence[Delivery], by: str) -> None:
        rescheduling.reschedule(deliveries, due.utc, by, now, rules, answered=sure, reason=why)

    done = f"now due on {when.date} at {when.time:%H:%M}"
    return each_of(call, by_post(_named(call)), move, done)


def allow(call: Call) -> int:
    """Lets approved deliveries out on the day of remembrance on which they wait. Raises Problem without a person."""
    if not call.arguments.by:
        raise Problem(
            "Name who says so with --by: a person with the role staff or admin, and not who approved it."
        )
    by, reason, now = find_user(call.arguments.by), call.arguments.reason, call.clock()
    zone = call.config.site.timezone

    def allow_it(delivery: Delivery, _name: str) -> None:
        allowing.allow([delivery], by, reason, now, zone)

    return each(call, allow_it, "let out on its day of remembrance")


def looked(call: Call) -> int:
    """Lets a channel go on whose account could not be looked at by the program, after a person has."""
    name = known_channel(call, call.arguments.channel)
    channels.looked(name, decider(call), call.clock())
    say(f"Channel {name} goes on.")
    return WELL


def _rules(call: Call) -> TimeRules:
    content = call.config.content
    files = read_library(content.posts, content.templates)
    return TimeRules(call.config, with_shared(files, sources()))


def resolve(call: Call) -> int:
    """Notes whether an unconfirmed delivery is out: as published at this address, or back in the queue."""
    url, now = call.arguments.published, call.clock()
    if url is None:
        return each(call, partial(settling.resolve_not_published, now=now), "queued again")

    def resolve_published(delivery: Delivery, by: str) -> None:
        settling.resolve_published(delivery, url, by, now)

    return each(call, resolve_published, "recorded as published")


def each(call: Call, decide: Callable[[Delivery, str], None], done: str) -> int:
    """Decides about each delivery that the arguments name, by the name of who decides; one that cannot be decided about
    does not stop the others. `done` is what is then said of it. Fails when one was not decided about."""
    groups = [[delivery] for delivery in _named(call)]
    return each_of(call, groups, lambda group, by: decide(group[0], by), done)


def each_of(
    call: Call,
    groups: Iterable[Sequence[Delivery]],
    decide: Callable[[Sequence[Delivery], str], None],
    done: str,
) -> int:
    """As `each`, where the deliveries of a group are decided about together."""
    by, decided = decider(call), Decided()
    for group in groups:
        if not decided.about(group, partial(decide, group, by)):
            continue
        for delivery in group:
            which = f"{delivery.post.key} on {delivery.channel}"
            say(f"Delivery {delivery.pk} ({which}) is {done}.")
    for sentence in (*decided.problems, *decided.questions):
        complain(sentence)
    if decided.questions:
        numbers = " ".join(str(delivery.pk) for delivery in decided.asked)
        complain(f"Nothing was done about {numbers}: to answer yes, add --yes.")
    return FAILED if decided.problems or decided.questions else WELL


def _named(call: Call) -> list[Delivery]:
    return settling.find_deliveries(dict.fromkeys(call.arguments.deliveries))
