"""Second copies: posts of ours that are out though their delivery has another one, and that are taken down by themselves.

A worker that is frozen inside the call that makes a post public cannot be stopped; another one takes the post for lost
meanwhile, and sends it again. When the first wakes up, its answer is not dropped: the copy is written down here, and deleted
as soon as it is certain that the delivery does not live by it. The log tells both."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.sentence import Sentence, stored
from campaign.database import events
from campaign.database.sql import ask, column, execute, writing
from campaign.delivery.reconcile import owned_of
from campaign.delivery.takedown import ACTOR, ASKED_FOR, Answered, Errand, wait_after
from campaign.publishers.publisher import NotDeleted
from campaign.states import Status

IN_FLIGHT = (Status.SENDING, Status.UNCONFIRMED)
"""While its delivery is one of these, nobody knows yet which copy it will have."""
SEEN_AGAIN = timedelta(seconds=10)
"""So long after it was looked at, a copy whose delivery is in flight is looked at again."""
KNOWN = Sentence(
    "The answer came after all, when another worker had sent it again: this copy is deleted."
)
ITS_OWN = Sentence("It turned out to be the only copy, and stays.")
DELETED = Sentence("The second copy is deleted.")
_OPEN = """
SELECT s.id AS id, s.delivery_id AS delivery, s.remote_id AS remote_id, d.status AS status, d.channel AS channel
FROM campaign_secondcopy s JOIN campaign_delivery d ON d.id = s.delivery_id
WHERE s.ended_at IS NULL AND s.next_at <= %s ORDER BY s.next_at, s.id LIMIT 100
"""


class CopyRow(NamedTuple):
    """A copy that still stands, and how its delivery stands."""

    id: int
    delivery: int
    remote_id: str
    status: Status
    channel: str


def keep(delivery: int, remote_id: str, url: str, now: datetime) -> None:
    """Writes down that a second copy is out; part of a transaction. One that is known already, or that a delivery has for
    its own post, is none."""
    if owned_of([remote_id]):
        return
    [status] = column(Status, "SELECT status FROM campaign_delivery WHERE id = %s", delivery)
    made = execute(
        "INSERT INTO campaign_secondcopy (delivery_id, remote_id, url, at, next_at, tries, problem) "
        "VALUES (%s, %s, %s, %s, %s, 0, '') ON CONFLICT (delivery_id, remote_id) DO NOTHING",
        *(delivery, remote_id, url, now, now),
    )
    if made:
        _note(delivery, status, "second copy", KNOWN, remote_id, now)


def begin(channels: Collection[str], now: datetime) -> list[Errand]:
    """Takes the copies that are to be deleted now on these channels; nobody else takes them for a while. What its delivery
    lives by after all is left out, and written down as such."""
    with writing():
        errands = [_begin(row, channels, now) for row in ask(CopyRow, _OPEN, now)]
    return [errand for errand in errands if errand]


def settle(answered: Answered, now: datetime) -> None:
    """Writes down what the network has said to the deletion of a copy."""
    errand = answered.errand
    [(remote_id, removal)] = answered.removals
    with writing():
        [status] = column(
            Status, "SELECT status FROM campaign_delivery WHERE id = %s", errand.delivery
        )
        if isinstance(removal, NotDeleted):
            _try_later(errand.copy, removal.reason, now)
            _note(errand.delivery, status, "not deleted", removal.reason, remote_id, now)
        elif _end(errand.copy, now):
            _note(errand.delivery, status, "deleted", DELETED, remote_id, now)


def _begin(row: CopyRow, channels: Collection[str], now: datetime) -> Errand | None:
    # By its own delivery, or by one with the same words that looked for its post meanwhile.
    if owned_of([row.remote_id]):
        if _end(row.id, now):
            _note(row.delivery, row.status, "kept", ITS_OWN, row.remote_id, now)
        return None
    is_certain = row.status not in IN_FLIGHT and row.channel in channels
    # Put off before the network is asked, so that no other worker asks the same while the answer is awaited.
    execute(
        "UPDATE campaign_secondcopy SET next_at = %s WHERE id = %s AND ended_at IS NULL",
        *(now + (ASKED_FOR if is_certain else SEEN_AGAIN), row.id),
    )
    if not is_certain:
        return None
    return Errand(row.delivery, row.channel, (row.remote_id,), copy=row.id)


def _end(copy: int, now: datetime) -> bool:
    # Once: of two answers to the same question, the second is no news.
    ended = "UPDATE campaign_secondcopy SET ended_at = %s, problem = '' WHERE id = %s AND ended_at IS NULL"
    return execute(ended, now, copy) == 1


def _try_later(copy: int, problem: str, now: datetime) -> None:
    [tries] = column(int, "SELECT tries FROM campaign_secondcopy WHERE id = %s", copy)
    execute(
        "UPDATE campaign_secondcopy SET tries = %s, next_at = %s, problem = %s WHERE id = %s AND ended_at IS NULL",
        *(tries + 1, now + wait_after(tries + 1), stored(problem), copy),
    )


def _note(
    delivery: int,
    status: Status,
    action: str,
    why: Sentence | str,
    remote_id: str,
    now: datetime,
) -> None:
    reason = Sentence("{0}: {1}", remote_id, why)
    events.note(delivery, status, status, now, actor=ACTOR, action=action, reason=reason)
