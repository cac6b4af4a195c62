"""What a storyteller took back and is still on a network: deleted there, tried again until it is gone.

Each takedown is a row that stays open until the network has said that its post is gone; so a program that is killed
between deleting and noting asks once more, and hears that there is no such post. What the network does not delete after
some tries is a person's to delete, by the deadline in the row; the program goes on trying, ever more rarely."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.sentence import Sentence, joined, stored
from campaign.database import events
from campaign.database.sql import ask, column, execute, is_any, writing
from campaign.delivery import queue
from campaign.publishers.publisher import NotDeleted, Publisher, Removal
from campaign.states import Status

ACTOR = "scheduler"
ASKED_FOR = timedelta(seconds=45)
"""So long the network has to answer before another worker may ask it the same."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
ENOUGH_TRIES = 3
"""After so many, a person is asked to delete it by hand."""
PATIENCE = timedelta(minutes=1)
"""After so long, a person is asked too when no program here has the channel, or it is not known whether the post is out."""
REASON = Sentence("It was taken back by its storyteller.")
NEVER_OUT = Sentence("It never went out.")
NO_ADDRESS = Sentence(
    "Its address is not known: look for it on the account, and delete it there."
)
NO_CHANNEL = Sentence("Its channel cannot be used here: delete it on the account.")
IN_DOUBT = Sentence(
    "It may be out, and is looked for: look at the account, then say what you saw."
)
_OPEN = """
SELECT t.delivery_id AS delivery, d.status AS status, d.channel AS channel, d.part_ids AS part_ids,
       d.remote_id AS remote_id, MIN(t.asked_at) AS asked_at
FROM campaign_takedown t JOIN campaign_delivery d ON d.id = t.delivery_id
WHERE t.gone_at IS NULL AND t.next_at <= %s
GROUP BY t.delivery_id, d.status, d.channel, d.part_ids, d.remote_id ORDER BY MIN(t.asked_at), t.delivery_id LIMIT 100
"""


class OpenRow(NamedTuple):
    """A delivery of which something is still to be taken down."""

    delivery: int
    status: Status
    channel: str
    part_ids: str
    remote_id: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Errand:
    """A delivery to be deleted on its network: the ids of its parts, the last one first; or a second copy of it."""

    delivery: int
    channel: str
    ids: tuple[str, ...]
    copy: int = 0  #: the number of the second copy that is meant; 0 for the delivery itself
    correction: int = 0  #: the delivery that takes its place; 0 for none


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an errand: the network's answer to the deletion of each id."""

    errand: Errand
    removals: Sequence[tuple[str, Removal]]


def begin(channels: Collection[str], now: datetime) -> list[Errand]:
    """Takes what is to be deleted now on these channels; nobody else takes it for a while.

    What turns out never to have gone out, or to be gone already, is settled on the way.
    """
    with writing():
        rows = ask(OpenRow, _OPEN, now)
        errands = [_begin(row, channels, now) for row in rows]
    return [errand for errand in errands if errand]


def delete(publisher: Publisher, errand: Errand) -> Answered:
    """Calls the network for each part. Runs where networks are called; whatever happens, an answer comes of it."""
    removals = [(remote_id, try_to_delete(publisher, remote_id)) for remote_id in errand.ids]
    return Answered(errand, removals)


def try_to_delete(publisher: Publisher, remote_id: str) -> Removal:
    """Asks the network to delete a post; raises nothing."""
    try:
        return publisher.delete(remote_id)
    # Whatever goes wrong, before the call or after it, the post may still be out: to ask once more does no harm.
    except Exception as surprise:
        name = type(surprise).__name__
        return NotDeleted(
            Sentence("The post may still be out: deleting it went wrong ({0}).", name)
        )


def settle(answered: Answered, now: datetime) -> None:
    """Writes an event for each id, then closes the takedown, or puts it off when anything was not deleted."""
    delivery = answered.errand.delivery
    problems: list[str] = []
    with writing():
        status = _status(delivery)
        for remote_id, removal in answered.removals:
            if isinstance(removal, NotDeleted):
                problems.append(removal.reason)
                _note(delivery, status, joined((remote_id, removal.reason)), "not deleted", now)
            else:
                _note(delivery, status, remote_id, "deleted", now)
        if problems:
            _try_later(delivery, problems[0], now)
        else:
            _gone(delivery, status, "", now)


def work_off(publishers: Mapping[str, Publisher], now: datetime) -> int:
    """Deletes all that is to be deleted now, one after the other. Returns how many deliveries they were."""
    errands = begin(publishers, now)
    for errand in errands:
        settle(delete(publishers[errand.channel], errand), now)
    return len(errands)


def done_by_hand(delivery: int, by: str, now: datetime) -> bool:
    """A person has deleted it on the account. False when nothing of it was open any more."""
    with writing():
        status = _status(delivery)
        if not is_any(
            "SELECT 1 FROM campaign_takedown WHERE delivery_id = %s AND gone_at IS NULL LIMIT 1",
            delivery,
        ):
            return False
        _note(delivery, status, "", "deleted by hand", now, by)
        _gone(delivery, status, by, now)
    return True


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries (1 or more) before a network is asked again."""
    # Doubled so many times it is long beyond the longest wait, and never more than a timedelta holds.
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 20)
    return min(doubled, LONGEST_WAIT)


def _begin(row: OpenRow, channels: Collection[str], now: datetime) -> Errand | None:
    delivery, status = row.delivery, row.status
    ids = row.part_ids.split() or row.remote_id.split()
    is_late = now - row.asked_at > PATIENCE
    match status:
        case Status.SENDING | Status.UNCONFIRMED:
            if is_late:
                _by_hand(delivery, IN_DOUBT)
            return None
        case Status.DRAFT | Status.QUEUED | Status.FAILED | Status.MISSED:
            queue.move(
                *(delivery, status, Status.WITHDRAWN, now),
                actor=ACTOR,
                action="withdrawn",
                reason=REASON,
            )
        case Status.REMOVED:
            _gone(delivery, status, "", now)
            return None
    if status is not Status.PUBLISHED and not ids:
        _gone(delivery, status, "", now, NEVER_OUT)
        return None
    # The last part first: no part of a thread is left that answers a post which is gone.
    errand = Errand(delivery, row.channel, tuple(reversed(ids)))
    return _taken(errand, is_late, channels, now)


def _taken(
    errand: Errand, is_late: bool, channels: Collection[str], now: datetime
) -> Errand | None:
    """The errand, if this program can run it; else a person is asked."""
    if not errand.ids:
        _by_hand(errand.delivery, NO_ADDRESS)
        return None
    if errand.channel not in channels:
        if is_late:
            _by_hand(errand.delivery, NO_CHANNEL)
        return None
    # Put off before the network is asked, so that no other worker asks the same while the answer is awaited. Only what is
    # open: an earlier takedown of this delivery that is done stays as it is.
    execute(
        "UPDATE campaign_takedown SET next_at = %s WHERE delivery_id = %s AND gone_at IS NULL",
        *(now + ASKED_FOR, errand.delivery),
    )
    return errand


def _status(delivery: int) -> Status:
    [status] = column(Status, "SELECT status FROM campaign_delivery WHERE id = %s", delivery)
    return status


def _gone(delivery: int, status: Status, by: str, now: datetime, problem: str = "") -> None:
    if status is Status.PUBLISHED:
        queue.move(
            *(delivery, status, Status.REMOVED, now),
            actor=by or ACTOR,
            action="removed",
            reason=REASON,
        )
    # Only what is open: a late answer must not give a receipt a later time.
    execute(
        "UPDATE campaign_takedown SET gone_at = %s, done_by = %s, problem = %s WHERE delivery_id = %s AND gone_at IS NULL",
        *(now, by, stored(problem), delivery),
    )


def _by_hand(delivery: int, problem: str) -> None:
    """A person is asked to delete it."""
    # Only while it is open: nobody is sent to delete what is gone.
    execute(
        "UPDATE campaign_takedown SET by_hand = %s, problem = %s WHERE delivery_id = %s AND gone_at IS NULL",
        *(True, stored(problem), delivery),
    )


def _try_later(delivery: int, problem: str, now: datetime) -> None:
    asked = "SELECT tries FROM campaign_takedown WHERE delivery_id = %s"
    tries = max(column(int, asked, delivery)) + 1
    # Only while it is open: it may have been deleted by hand while the network answered.
    execute(
        "UPDATE campaign_takedown SET tries = %s, next_at = %s, by_hand = %s, problem = %s "
        "WHERE delivery_id = %s AND gone_at IS NULL",
        *(tries, now + wait_after(tries), tries >= ENOUGH_TRIES, stored(problem), delivery),
    )


def _note(
    delivery: int, status: Status, reason: str, action: str, now: datetime, by: str = ACTOR
) -> None:
    events.note(delivery, status, status, now, actor=by, action=action, reason=reason)
