"""Storytellers on the command line: taking back, holding, releasing, erasing. Nobody's name is printed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, plural, print_json, say
from campaign.commands.frame.rows import decider
from campaign.core.problem import Problem
from campaign.models.stories import Withdrawal
from campaign.people.roles import find_user
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Publisher
from campaign.stories import erasure, storyteller
from campaign.stories.report import Copy, Report, report, send_receipt
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, NAME, PICTURES, Via, of_channel, take_down
from campaign.stories.withdrawal import withdraw as take_back


def withdraw(call: Call) -> int:
    """Takes a story back, deletes what can be deleted now, and reports; run again, it reports again.

    Fails while a copy is not deleted.
    """
    arguments, now = call.arguments, call.clock()
    who = storyteller.find(arguments.storyteller)
    by = find_user(arguments.by).username if arguments.by else "command line"
    known = who.withdrawals.count()
    withdrawal = take_back(who, _scope(call), Via.COMMAND_LINE, by, now)
    take_down(withdrawal, _publishers(call), now)
    if who.withdrawals.count() > known:  # one receipt for each withdrawal, not for each report
        _receipt(call, withdrawal)
    made = report(withdrawal)
    if arguments.json:
        print_json(asdict(made))
    else:
        _tell(call, made)
    return FAILED if made.standing else WELL


def hold(call: Call) -> int:
    """Stops everything about a person, from the next post on."""
    who = storyteller.find(call.arguments.storyteller)
    reason = HoldReason(call.arguments.reason)
    storyteller.hold(who, reason, decider(call), call.clock())
    say(f"Everything about storyteller {who.reference} is on hold, until it is released.")
    return WELL


def release(call: Call) -> int:
    """Ends a hold. What came due meanwhile is missed and waits for a decision, so that nothing goes out in a burst."""
    who = storyteller.find(call.arguments.storyteller)
    missed = storyteller.release(who, decider(call), call.clock())
    say(f"Storyteller {who.reference} is released.")
    if missed:
        deliveries = plural(missed, "delivery", "deliveries")
        say(
            f"What came due meanwhile waits for a decision, {deliveries}:"
            " see scheduler.py queue --status missed."
        )
    return WELL


def erase(call: Call) -> int:
    """Erases what is known of people whose time of keeping is over; with --dry-run, says who they are."""
    config, now = call.config, call.clock()
    zone = config.site.timezone
    people = erasure.due(now, config.stories.erase_after, zone)
    for person in people:
        who = person.storyteller
        since = (
            f"since {person.since.astimezone(zone):%Y-%m-%d}, {plural(person.posts, 'post')}"
        )
        if call.arguments.dry_run:
            say(f"Storyteller {who.reference} would be erased ({since}).")
            continue
        deleted = erasure.erase(who, config.web.uploads, "command line", now)
        say(f"Storyteller {who.reference} is erased ({since}, {plural(deleted, 'picture')}).")
    if not people:
        say("Nobody's time of keeping is over: nothing is erased.")
    return WELL


def _scope(call: Call) -> str:
    arguments = call.arguments
    if arguments.channel:
        return of_channel(arguments.channel)
    if arguments.pictures:
        return PICTURES
    return NAME if arguments.name else ALL


def _publishers(call: Call) -> Mapping[str, Publisher]:
    """The publishers of all channels; in a dry run none, so that a person has to delete what is out."""
    if call.config.publishing.dry_run:
        return {}
    return open_publishers(call.config, call.clock, dry_run=False).publishers


def _receipt(call: Call, withdrawal: Withdrawal) -> None:
    try:
        sent = send_receipt(withdrawal, call.config.site.timezone)
    except Problem as problem:
        complain(str(problem))
        return
    if call.arguments.json:
        return
    if sent:
        say("A receipt is mailed to them.")
    else:
        say("No receipt is mailed: tell them yourself what was done.")


_SCOPES = {ALL: "everything", PICTURES: "the pictures", NAME: "the name"}


def _tell(call: Call, made: Report) -> None:
    """Prints what was taken back, and what became of each copy."""
    asked_at = made.asked_at.astimezone(call.config.site.timezone)
    what = _SCOPES.get(made.scope, made.scope)
    say(
        f"Storyteller {made.reference} has taken back {what}, on {asked_at:%Y-%m-%d at %H:%M:%S}."
    )
    pulled = plural(made.pulled, "delivery", "deliveries")
    say(f"Taken out before they went out, at once: {pulled}.")
    for copy in made.gone:
        took = copy.took or timedelta(0)
        how = copy.problem or f"gone after {int(took.total_seconds())} s"
        by_hand = " (by hand)" if copy.done_by else ""
        say(f"Delivery {copy.delivery} on {copy.channel}: {how}{by_hand}")
    for copy in made.standing:
        complain(_still(call, copy))


def _still(call: Call, copy: Copy) -> str:
    """What is to be done about a copy that is not gone."""
    where = f"Delivery {copy.delivery} on {copy.channel} may still stand"
    if not copy.by_hand:
        said = f"{where}: it is tried again by the clock (scheduler.py run). {copy.problem}"
        return said.rstrip()
    until = ""
    if copy.due_by:
        due_by = copy.due_by.astimezone(call.config.site.timezone)
        until = f", until {due_by:%Y-%m-%d %H:%M}"
    address = copy.url or "its address is not known"
    return f"{where}: delete it by hand{until}: {address} {copy.problem}".rstrip()
