"""Storytellers on the command line: taking back, holding, releasing, erasing. Nobody's name is printed."""

from collections.abc import Mapping
from dataclasses import asdict

from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, plural, print_json, say
from campaign.commands.frame.rows import decider
from campaign.models.stories import Withdrawal
from campaign.people.roles import find_user
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Publisher
from campaign.stories import erasure, storyteller
from campaign.stories.report import Copy, Report, report, send_receipt
from campaign.stories.storyteller import HoldReason
from campaign.stories.vault import Locked
from campaign.stories.withdrawal import ALL, NAME, PICTURES, Via, of_channel, take_down
from campaign.stories.withdrawal import withdraw as take_back


def withdraw(call: Call) -> int:
    """Takes a story back, deletes what can be deleted now, and reports; run again, it reports again."""
    who = storyteller.find(call.arguments.storyteller)
    by = find_user(call.arguments.by).username if call.arguments.by else "command line"
    now, known = call.clock(), who.withdrawals.count()
    made = take_back(who, _scope(call), Via.COMMAND_LINE, by, now)
    take_down(made, _publishers(call), now)
    if who.withdrawals.count() > known:
        _receipt(call, made)
    found = report(made)
    if call.arguments.json:
        print_json(asdict(found))
    else:
        _tell(call, found)
    return FAILED if found.standing else WELL


def hold(call: Call) -> int:
    """Stops everything about a person, from the next post on."""
    who = storyteller.find(call.arguments.storyteller)
    storyteller.hold(who, HoldReason(call.arguments.reason), decider(call), call.clock())
    say(f"Everything about storyteller {who.reference} is on hold, until it is released.")
    return WELL


def release(call: Call) -> int:
    """Ends a hold; nothing goes out in a burst."""
    who = storyteller.find(call.arguments.storyteller)
    missed = storyteller.release(who, decider(call), call.clock())
    say(f"Storyteller {who.reference} is released.")
    if missed:
        say(
            f"What came due meanwhile waits for a decision, {plural(missed, 'delivery', 'deliveries')}:"
            " see scheduler.py queue --status missed."
        )
    return WELL


def erase(call: Call) -> int:
    """Erases what is known of people whose time of keeping is over."""
    now, zone = call.clock(), call.config.site.timezone
    found = erasure.due(now, call.config.stories.erase_after, zone)
    for one in found:
        since = f"since {one.since.astimezone(zone):%Y-%m-%d}, {plural(one.posts, 'post')}"
        if call.arguments.dry_run:
            say(f"Storyteller {one.storyteller.reference} would be erased ({since}).")
            continue
        deleted = erasure.erase(one.storyteller, call.config.web.uploads, "command line", now)
        say(
            f"Storyteller {one.storyteller.reference} is erased ({since}, {plural(deleted, 'picture')})."
        )
    if not found:
        say("Nobody's time of keeping is over: nothing is erased.")
    return WELL


def _scope(call: Call) -> str:
    if call.arguments.channel:
        return of_channel(call.arguments.channel)
    return PICTURES if call.arguments.pictures else NAME if call.arguments.name else ALL


def _publishers(call: Call) -> Mapping[str, Publisher]:
    """In a dry run nothing is deleted on a network: a person has to do it."""
    if call.config.publishing.dry_run:
        return {}
    return open_publishers(call.config, call.clock, dry_run=False).publishers


def _receipt(call: Call, made: Withdrawal) -> None:
    try:
        sent = send_receipt(made, call.config.site.timezone)
    except Locked as problem:
        complain(str(problem))
        return
    if not call.arguments.json:
        say(
            "A receipt is mailed to them."
            if sent
            else "No receipt is mailed: tell them yourself what was done."
        )


def _tell(call: Call, found: Report) -> None:
    zone = call.config.site.timezone
    what = {ALL: "everything", PICTURES: "the pictures", NAME: "the name"}.get(
        found.scope, found.scope
    )
    say(
        f"Storyteller {found.reference} has taken back {what}, on {found.asked_at.astimezone(zone):%Y-%m-%d at %H:%M:%S}."
    )
    say(
        f"Taken out before they went out, at once: {plural(found.pulled, 'delivery', 'deliveries')}."
    )
    for copy in found.gone:
        how = (
            copy.problem
            or f"gone after {int((copy.took or found.asked_at - found.asked_at).total_seconds())} s"
        )
        say(
            f"Delivery {copy.delivery} on {copy.channel}: {how}{' (by hand)' if copy.done_by else ''}"
        )
    for copy in found.standing:
        complain(_still(call, copy))


def _still(call: Call, copy: Copy) -> str:
    zone, where = (
        call.config.site.timezone,
        f"Delivery {copy.delivery} on {copy.channel} may still stand",
    )
    until = f", until {copy.due_by.astimezone(zone):%Y-%m-%d %H:%M}" if copy.due_by else ""
    if copy.by_hand:
        return f"{where}: delete it by hand{until}: {copy.url or 'its address is not known'} {copy.problem}".rstrip()
    return f"{where}: it is tried again by the clock (scheduler.py run). {copy.problem}".rstrip()
