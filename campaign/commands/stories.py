"""Storytellers on the command line: taking back, holding, releasing, erasing. Nobody's name is printed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, plural, print_json, say
from campaign.commands.frame.rows import decider
from campaign.core.problem import Problem
from campaign.models.stories import Leftover, Withdrawal
from campaign.people.roles import find_user, need_admin
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Publisher
from campaign.stories import holding, storyteller
from campaign.stories.erasing import erasure, leftovers
from campaign.stories.erasing.leftovers import LeftoverKind
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
    holding.hold(who, reason, decider(call), call.clock())
    say(f"Everything about storyteller {who.reference} is on hold, until it is released.")
    return WELL


def release(call: Call) -> int:
    """Ends a hold. What came due meanwhile is missed and waits for a decision, so that nothing goes out in a burst."""
    who = storyteller.find(call.arguments.storyteller)
    missed = holding.release(who, decider(call), call.clock())
    say(f"Storyteller {who.reference} is released.")
    if missed:
        deliveries = plural(missed, "delivery", "deliveries")
        say(
            f"What came due meanwhile waits for a decision, {deliveries}:"
            " see scheduler.py queue --status missed."
        )
    return WELL


def erase(call: Call) -> int:
    """Erases what is known of a person who asks for it, or of people whose time of keeping is over; with --dry-run, says who
    they are. Fails while something is still there that was to be deleted."""
    _erase_person(call) if call.arguments.storyteller else _erase_overdue(call)
    if call.arguments.dry_run:
        return WELL
    left = leftovers.work_off(call.config.web.uploads, call.clock(), soon=True)
    for leftover in left:
        complain(f"Still there: {_place(leftover)}. {leftover.problem}")
    if left:
        say(
            "What is still there is tried again by scheduler.py run, and whenever erase is run."
        )
    return FAILED if left else WELL


def _erase_person(call: Call) -> None:
    who = storyteller.find(call.arguments.storyteller)
    by = "command line"
    if call.arguments.by:
        user = find_user(call.arguments.by)
        need_admin(user)
        by = user.username
    posts = plural(storyteller.posts_of(who).count(), "post")
    if call.arguments.dry_run:
        say(f"Storyteller {who.reference} would be erased ({posts}).")
        return
    uploads, now = call.config.web.uploads, call.clock()
    erased = erasure.erase(who, Via.COMMAND_LINE, uploads, by, now)
    pictures = plural(erased.pictures, "picture")
    say(f"Storyteller {who.reference} is erased ({posts}, {pictures}).")
    standing = storyteller.standing_of(who)
    if standing:
        say(
            f"What is out is being deleted on the networks, {plural(len(standing), 'post')}:"
            f" see scheduler.py queue --status published."
        )


def _erase_overdue(call: Call) -> None:
    config, now = call.config, call.clock()
    zone, after = config.site.timezone, config.stories.erase_after
    people = erasure.due(now, after, zone)
    for person in people:
        who = person.storyteller
        since = (
            f"since {person.since.astimezone(zone):%Y-%m-%d}, {plural(person.posts, 'post')}"
        )
        if call.arguments.dry_run:
            say(f"Storyteller {who.reference} would be erased ({since}).")
            continue
        uploads = config.web.uploads
        erased = erasure.erase_overdue(
            who, after, zone, uploads, "command line", now, sweeps=False
        )
        if erased is None:
            say(f"Storyteller {who.reference} has said yes again meanwhile, and is kept.")
            continue
        say(
            f"Storyteller {who.reference} is erased ({since}, {plural(erased.pictures, 'picture')})."
        )
    if not people:
        say("Nobody's time of keeping is over: nothing is erased.")


_PLACES = {
    LeftoverKind.UPLOAD: "the picture",
    LeftoverKind.TOLD: "what was handed in by",
    LeftoverKind.TOLD_PICTURES: "the pictures that were handed in by",
    LeftoverKind.RECORD: "what was handed in by",
    LeftoverKind.WORDS: "the words of delivery",
    LeftoverKind.OF_PEOPLE: "the file",
    LeftoverKind.DATABASE: "traces in the database",
}


def _place(leftover: Leftover) -> str:
    return f"{_PLACES[LeftoverKind(leftover.kind)]} {leftover.place}".rstrip()


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
