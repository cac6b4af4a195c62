"""What a correction replaces, on a network that changes no text: it is taken down first, and the corrected one waits.

The queue begins it once nothing else keeps the corrected one back, and it is begun anew, by the same question, after each try
in vain: so nothing is taken down for what then does not go out. A program that is killed in between asks once more."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.sentence import Sentence, joined, stored
from campaign.database import events
from campaign.database.sql import ask, execute, writing
from campaign.delivery import queue
from campaign.delivery.takedown import ACTOR, ASKED_FOR, Answered, Errand, wait_after
from campaign.publishers.publisher import NotDeleted
from campaign.states import Status

NO_ADDRESS = Sentence(
    "The address of the post that it corrects is not known: look for it on the account, and delete it there."
)
FRESH = timedelta(minutes=1)
"""Later than so long after it was to be done, whether the corrected one may go out is asked anew before anything goes."""
_ROW = """
SELECT r.delivery_id AS delivery, r.correction_id AS correction, r.tries AS tries, r.next_at AS next_at,
       f.status AS status, f.channel AS channel,
       COALESCE(NULLIF(f.part_ids, ''), f.remote_id) AS ids, d.status AS waits, p.key AS post
FROM campaign_replacement r JOIN campaign_delivery f ON f.id = r.delivery_id
JOIN campaign_delivery d ON d.id = r.correction_id JOIN campaign_post p ON p.id = d.post_id
"""


class ReplacedRow(NamedTuple):
    """A delivery that is to make room, and how the one that waits for it stands."""

    delivery: int
    correction: int
    tries: int
    next_at: datetime | None
    status: Status
    channel: str
    ids: str
    waits: Status
    post: str


def begin(channels: Collection[str], now: datetime) -> list[Errand]:
    """Takes what is to be deleted now on these channels; nobody else takes it for a while."""
    with writing():
        due = ask(
            ReplacedRow, f"{_ROW} WHERE r.next_at <= %s ORDER BY r.next_at, r.id LIMIT 100", now
        )
        errands = [_begin(row, channels, now) for row in due]
    return [errand for errand in errands if errand]


def settle(answered: Answered, now: datetime) -> None:
    """Writes an event for each id; when all are gone, the corrected one may go out, else it waits."""
    errand, problems = answered.errand, list[str]()
    with writing():
        rows = ask(ReplacedRow, f"{_ROW} WHERE r.delivery_id = %s", errand.delivery)
        for remote_id, removal in answered.removals:
            is_there = isinstance(removal, NotDeleted)
            why = (
                joined((remote_id, removal.reason))
                if isinstance(removal, NotDeleted)
                else remote_id
            )
            problems += [removal.reason] if isinstance(removal, NotDeleted) else []
            _note(errand.delivery, "not deleted" if is_there else "deleted", why, now)
        for row in rows:
            if problems:
                _put_off(row, problems[0], now)
            else:
                _gone(row, now)


def _begin(row: ReplacedRow, channels: Collection[str], now: datetime) -> Errand | None:
    if row.status is not Status.PUBLISHED or row.waits is not Status.QUEUED:
        _end(row)  # it is gone already, or nothing waits for its place any more
        _say(row, "")
        return None
    if not row.ids:
        _put_off(row, NO_ADDRESS, now)
        return None
    if row.channel not in channels:
        return None
    if row.next_at is None or now - row.next_at > FRESH:
        # No program ran meanwhile: there may be a pause by now, or a fact that is overdue.
        _rest(row, row.tries)
        _say(row, "")
        return None
    # Put off before the network is asked, so that no other worker asks the same while the answer is awaited.
    asked = "UPDATE campaign_replacement SET next_at = %s WHERE delivery_id = %s"
    execute(asked, now + ASKED_FOR, row.delivery)
    # The last part first: no part of a thread is left that answers a post which is gone.
    ids = tuple(reversed(row.ids.split()))
    return Errand(row.delivery, row.channel, ids, correction=row.correction)


def _gone(row: ReplacedRow, now: datetime) -> None:
    _end(row)
    _say(row, "")
    if row.status is Status.PUBLISHED:
        queue.move(
            *(row.delivery, Status.PUBLISHED, Status.REMOVED, now),
            actor=ACTOR,
            action="corrected",
            reason=Sentence("Corrected: {0} takes its place.", row.post),
        )


def _end(row: ReplacedRow) -> None:
    execute("DELETE FROM campaign_replacement WHERE delivery_id = %s", row.delivery)


def _put_off(row: ReplacedRow, problem: str, now: datetime) -> None:
    """It still stands: the corrected one comes up again later, and is held against everything anew."""
    tries = row.tries + 1
    _rest(row, tries)
    execute(
        "UPDATE campaign_delivery SET next_at = %s WHERE id = %s AND status = 'queued'",
        *(now + wait_after(tries), row.correction),
    )
    _say(row, Sentence("The post that it corrects still stands, so it waits: {0}", problem))


def _rest(row: ReplacedRow, tries: int) -> None:
    rests = "UPDATE campaign_replacement SET next_at = NULL, tries = %s WHERE delivery_id = %s"
    execute(rests, tries, row.delivery)


def _say(row: ReplacedRow, why: str) -> None:
    """Tells, with the corrected one, what it waits for."""
    execute(
        "UPDATE campaign_delivery SET reason = %s WHERE id = %s AND status = 'queued'",
        *(stored(why), row.correction),
    )


def _note(delivery: int, action: str, reason: str, now: datetime) -> None:
    out = Status.PUBLISHED
    events.note(delivery, out, out, now, actor=ACTOR, action=action, reason=reason)
