"""Looking before sending again: what became of a delivery whose answer was lost.

The account's own recent posts are read. A post with the delivery's text that no other delivery owns is adopted. One
that is surely not there (looked for twice, some time apart, all pages since before the attempt) is queued again. When
looking is not possible, a person is asked, and looking goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.sentence import Sentence, joined, read, stored
from campaign.database.sql import ask, column, execute
from campaign.delivery import queue
from campaign.delivery.attempts import REPETITION, Claim
from campaign.delivery.candidates import DueRow, claim_of, rows_of
from campaign.publishers.matching import same_text
from campaign.publishers.publisher import (
    CLOCKS_DIFFER,
    CannotLook,
    Publisher,
    RemotePost,
    Unreachable,
)
from campaign.states import Status

REPEATED_WITHIN = timedelta(days=7)
"""So far back is looked for the post that a network means which refuses a text as a repetition; none says how far it goes."""
ENOUGH_LOOKS = 2
"""So often a post must not have been there before it is sent again."""
LONGEST_WAIT = timedelta(hours=1)
"""No look is put off longer for a network's limit."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An unconfirmed delivery, or the part of a thread that is. `attempt` and `look_at` tell this look from every other."""

    claim: Claim
    since: datetime  #: it is out since then, if it is out, by the network's own clock
    attempt: int
    looks: int
    look_at: datetime
    repetition: str = (
        ""  #: how the network refused it because it has this text, "" when it did not
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look at an account has shown: its posts, or why they could not be read (a sentence)."""

    posts: Sequence[RemotePost] = ()
    obstacle: str = ""
    needs_person: bool = False
    wait: timedelta = timedelta(0)  #: what the network asks for before the next look


_PARTS = """
SELECT remote_id || ' ' || part_ids FROM campaign_delivery WHERE remote_id = %s OR part_ids LIKE %s
"""
_DOUBTED = """
SELECT d.id AS delivery, t.started_at AS started_at, t.clock_ahead AS clock_ahead, d.looks AS looks,
       d.look_at AS look_at, t.detail AS detail,
       t.number AS attempt
FROM campaign_delivery d JOIN campaign_attempt t ON t.delivery_id = d.id
     AND t.number = (SELECT MAX(l.number) FROM campaign_attempt l WHERE l.delivery_id = d.id)
WHERE d.status = 'unconfirmed' AND d.channel = %s AND d.look_at <= %s ORDER BY t.started_at, d.id
"""


class DoubtRow(NamedTuple):
    """An unconfirmed delivery, and its last attempt."""

    delivery: int
    started_at: datetime
    clock_ahead: int | None
    looks: int
    look_at: datetime
    detail: str
    attempt: int


def channels_in_doubt(now: datetime) -> list[str]:
    """The channels with a delivery that is to be looked for now."""
    return column(
        str,
        "SELECT DISTINCT channel FROM campaign_delivery WHERE status = 'unconfirmed' AND look_at <= %s",
        now,
    )


def doubts_of(channel: str, now: datetime) -> list[Doubt]:
    """The deliveries of a channel that are to be looked for now, the earliest attempt first."""
    doubted = ask(DoubtRow, _DOUBTED, channel, now)
    rows = {row.delivery: row for row in rows_of([doubt.delivery for doubt in doubted])}
    return [_doubt(doubt, rows[doubt.delivery], now) for doubt in doubted]


def look(publisher: Publisher, doubts: Sequence[Doubt], back: datetime | None = None) -> Sight:
    """Reads the account's posts since before the first of the attempts, or since `back` (aware), whichever is earlier.
    Runs where networks are called."""
    starts = [doubt.since for doubt in doubts]
    try:
        return Sight(publisher.recent(min([*starts, back] if back else starts)))
    except CannotLook as problem:
        return Sight(obstacle=str(problem), needs_person=True)
    except Unreachable as problem:
        return Sight(obstacle=str(problem), wait=problem.wait or timedelta(0))
    except Exception as surprise:  # whatever it is, it says nothing about the post
        name = type(surprise).__name__
        return Sight(
            obstacle=Sentence("The account's posts could not be understood ({0}).", name)
        )


def settle(
    doubts: Sequence[Doubt], sight: Sight, now: datetime, settle_after: timedelta
) -> None:
    """Writes down what a look has shown; part of a transaction, on a channel that the worker holds."""
    owned = owned_of(post.remote_id for post in sight.posts)
    for doubt in doubts:
        fitting = [post for post in sight.posts if _fits(doubt, post)]
        free = [post for post in fitting if post.remote_id not in owned]
        if doubt.claim.edits:
            _edit_again(doubt, now)
        elif sight.obstacle:
            _wait(doubt, sight, now, settle_after)
        elif free:
            # The earliest, as the earliest attempt is settled first; and of two with one text, each gets a post of its own.
            match = min(free, key=lambda post: post.at)
            owned.add(match.remote_id)
            why = Sentence("It was found on the account.")
            _adopt(doubt, match.remote_id, match.url, "found", why, now)
        else:
            _missing(doubt, bool(fitting), now, settle_after)


def _fits(doubt: Doubt, post: RemotePost) -> bool:
    return post.at >= doubt.since - CLOCKS_DIFFER and same_text(doubt.claim.text, post.text)


def _missing(doubt: Doubt, is_anothers: bool, now: datetime, settle_after: timedelta) -> None:
    if doubt.looks + 1 < ENOUGH_LOOKS:
        why = Sentence("It was looked for and not found yet: it is looked for once more.")
        _ask(doubt, why, now, settle_after)
    elif not doubt.repetition:
        _send_again(doubt, now)
    elif not doubt.claim.doubted:
        _fail(doubt, now)
    # Of a thread, the next part needs this one's id; and with another delivery's post of the same text there, that one
    # may be what the network means.
    elif is_anothers or not doubt.claim.is_last or doubt.claim.out:
        why = Sentence(
            "The network refused it as a repetition, and only another delivery's post was found."
        )
        _ask(doubt, joined((why, _asking(doubt))), now, timedelta(hours=1))
    else:
        why = Sentence(
            "The network says that it has this post, though it does not show it: its address is not known."
        )
        _adopt(doubt, "", "", "taken as out", why, now)


def _adopt(
    doubt: Doubt, remote_id: str, url: str, action: str, why: str, now: datetime
) -> None:
    queue.adopt(doubt.claim, remote_id, url, now, actor="scheduler", action=action, reason=why)


def _send_again(doubt: Doubt, now: datetime) -> None:
    # The one way on which the program itself sends a post again: only while this look is the last word on its last attempt.
    if not _claim_look(doubt, None):
        return
    execute(
        "UPDATE campaign_delivery SET next_at = %s WHERE id = %s", now, doubt.claim.delivery
    )
    why = Sentence(
        "It was looked for twice and is not on the account, so it waits to be sent again."
    )
    queue.move(
        *(doubt.claim.delivery, Status.UNCONFIRMED, Status.QUEUED, now),
        actor="scheduler",
        action="not found",
        reason=why,
    )


def _edit_again(doubt: Doubt, now: datetime) -> None:
    """The words of a post were being changed: to change them twice is as once, whatever the look has shown."""
    if not _claim_look(doubt, None):
        return
    execute(
        "UPDATE campaign_delivery SET next_at = %s WHERE id = %s", now, doubt.claim.delivery
    )
    queue.move(
        *(doubt.claim.delivery, Status.UNCONFIRMED, Status.QUEUED, now),
        actor="scheduler",
        action="corrected again",
        reason=Sentence(
            "The answer was lost, so the words are changed there once more, which does no harm."
        ),
    )


def _fail(doubt: Doubt, now: datetime) -> None:
    """Refused as a repetition on a first try, and none of its own is there: the network means other words than these."""
    if not _claim_look(doubt, None):
        return
    why = Sentence("It was looked for twice, and no post of its own is on the account.")
    queue.move(
        *(doubt.claim.delivery, Status.UNCONFIRMED, Status.FAILED, now),
        actor="scheduler",
        action="not found",
        reason=joined((doubt.repetition, why)),
    )


def _wait(doubt: Doubt, sight: Sight, now: datetime, settle_after: timedelta) -> None:
    obstacle = Sentence("It could not be looked for: {0}", sight.obstacle)
    if sight.needs_person:
        # A person takes longer to act than a network to recover, and some networks charge for each look.
        _ask(doubt, joined((obstacle, _asking(doubt))), now, settle_after * 5, counts=False)
        return
    # Not beyond an hour, however long a limit lasts: it may be raised.
    wait = max(settle_after, min(sight.wait, LONGEST_WAIT))
    again = Sentence(
        "It is looked for again by itself; whoever has seen the account may say so: resolve {0} --published URL, or "
        "--not-published.",
        doubt.claim.delivery,
    )
    _ask(doubt, joined((obstacle, again)), now, wait, counts=False)


def _asking(doubt: Doubt) -> Sentence:
    return Sentence(
        "Look at the account yourself, then say what you saw: resolve {0} --published URL, or --not-published.",
        doubt.claim.delivery,
    )


def _ask(
    doubt: Doubt, reason: str, now: datetime, wait: timedelta, *, counts: bool = True
) -> None:
    looks = doubt.looks + 1 if counts else doubt.looks
    if _claim_look(doubt, now + wait, looks):
        execute(
            "UPDATE campaign_delivery SET reason = %s WHERE id = %s",
            stored(reason),
            doubt.claim.delivery,
        )


def _claim_look(doubt: Doubt, look_at: datetime | None, looks: int = 0) -> bool:
    """True when nobody has settled or looked for the delivery since this look began."""
    # By the time of the look and by the attempt: it may have been sent again, and be in doubt again, while the network
    # answered. What such an old look did not show says nothing about the new attempt.
    changed = execute(
        "UPDATE campaign_delivery SET look_at = %s, looks = %s WHERE id = %s AND status = 'unconfirmed' AND look_at = %s "
        "AND (SELECT MAX(a.number) FROM campaign_attempt a WHERE a.delivery_id = campaign_delivery.id) = %s",
        *(look_at, looks, doubt.claim.delivery, doubt.look_at, doubt.attempt),
    )
    return changed == 1


def owned_of(remote_ids: Iterable[str]) -> set[str]:
    """Which of these posts a delivery owns already: as itself, or as a part of its thread."""
    owned: set[str] = set()
    for remote_id in dict.fromkeys(remote_ids):  # each once, in their order
        lists = column(str, _PARTS, remote_id, f"%{remote_id}%")
        # LIKE knows no word by itself, takes "_" for any character and, on SQLite, "a" for "A": the list itself decides.
        if any(remote_id in parts.split() for parts in lists):
            owned.add(remote_id)
    return owned


def began_at(started_at: datetime, clock_ahead: int | None, now: datetime) -> datetime:
    """When an attempt began, by the network's own clock."""
    if clock_ahead is not None:
        return started_at - timedelta(seconds=clock_ahead)
    # Of a clock that has been put back since, it is only sure that the attempt is not yet to come.
    return min(started_at, now)


def _doubt(doubted: DoubtRow, row: DueRow, now: datetime) -> Doubt:
    detail = read(doubted.detail)
    repetition = detail if detail.startswith(REPETITION) else ""
    since = began_at(doubted.started_at, doubted.clock_ahead, now)
    return Doubt(
        claim=claim_of(row, "", now),
        since=since - REPEATED_WITHIN if repetition else since,
        attempt=doubted.attempt,
        looks=doubted.looks,
        look_at=doubted.look_at,
        repetition=repetition,
    )
