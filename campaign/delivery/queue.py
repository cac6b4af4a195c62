"""The queue: the table of deliveries. This is the only file that writes a delivery's status.

Every change is a compare-and-set in a short transaction: one row changes, or the move is refused. What a worker does
(claim, record) is told by the rows of attempts; every other change leaves an event."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined, stored
from campaign.database import events
from campaign.database.sql import ask, column, execute, marks, portions, tuples, writing
from campaign.delivery import leases
from campaign.delivery.attempts import Claim, Ended, Result
from campaign.delivery.candidates import (
    DueRow,
    candidate_of,
    claim_of,
    facts_of,
    first_of_channels,
    late,
)
from campaign.delivery.gate import STATUS_AFTER, Reason, reasons_against
from campaign.states import AttemptOutcome, Status, may_move


def move(
    delivery: int, old: Status, new: Status, now: datetime, *, actor: str, action: str, reason: str
) -> None:
    """Moves a delivery and leaves an event. Raises Problem when the move is not legal or somebody was faster."""
    move_all([delivery], old, new, now, actor=actor, action=action, reason=reason)


def move_all(
    deliveries: Sequence[int],
    old: Status,
    new: Status,
    now: datetime,
    *,
    actor: str,
    action: str,
    reason: str,
) -> None:
    """As `move`, for many deliveries that stand at the same place: all of them move, or none."""
    if not may_move(old, new) and deliveries:
        raise Problem(
            Sentence("Delivery {0} is {1}: it cannot become {2}.", deliveries[0], old, new)
        )
    with writing():
        for some in portions(deliveries):
            _compare_and_set(some, old, new, reason)
            events.note_all(some, old, new, now, actor=actor, action=action, reason=reason)


def _compare_and_set(deliveries: Sequence[int], old: Status, new: Status, reason: str) -> None:
    # Moved only where it still stands as it was looked at: of two who decide at once, the second finds nothing to change.
    changed = column(
        int,
        "UPDATE campaign_delivery SET status = %s, reason = %s "
        f"WHERE status = %s AND id IN ({marks(deliveries)}) RETURNING id",
        *(new, stored(reason), old, *deliveries),
    )
    moved = set(changed)
    for delivery in deliveries:
        if delivery not in moved:
            raise Problem(
                Sentence(
                    "Delivery {0} has just changed: look at it again with the queue command.",
                    delivery,
                )
            )


def claim(
    channels: Sequence[Channel],
    worker: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    together: bool = False,
) -> list[Claim]:
    """Claims, on each of these channels, the first due delivery that the gate lets out; part of a transaction.

    `together` is the setting that one language of a post waits while the other is in trouble.
    What the gate does not let out is moved aside, and the next one is looked at.
    """
    names = [channel.name for channel in channels if not _day_is_full(channel, now, zone)]
    passed: list[DueRow] = []
    while names:
        found = first_of_channels(names, worker, now, together=together)
        names, facts = [], facts_of(found)
        for row in found:
            reasons = reasons_against(candidate_of(row, facts), now, zone)
            if reasons:
                if _hold_back(row.delivery, reasons, now):
                    names.append(row.channel)
            else:
                passed.append(row)
    return _claim(passed, worker, now)


def record(ended: Sequence[Ended], now: datetime) -> None:
    """Writes what attempts came to; part of a transaction.

    When a claim was taken away meanwhile (this worker was silent for too long), its delivery has been settled as
    *unconfirmed*: an answer that it is out is still written down, any other is dropped.
    """
    if not ended:
        return
    # The delivery is this worker's while its claim stands in the row, with the parts that were out when it was made.
    changed = column(
        int,
        f"WITH v(id, worker, before, status, reason, remote_id, url, part_ids, tries, next_at) "
        f"AS (VALUES {tuples(ended, 10)}) "
        "UPDATE campaign_delivery SET status = v.status, reason = v.reason, remote_id = v.remote_id, url = v.url, "
        "part_ids = v.part_ids, tries = v.tries, next_at = v.next_at, claimed_by = '', looks = 0, "
        "published_at = CASE WHEN v.status = 'published' THEN %s END, "
        "look_at = CASE WHEN v.status = 'unconfirmed' THEN %s END "
        "FROM v WHERE campaign_delivery.id = v.id AND campaign_delivery.status = 'sending' "
        "AND campaign_delivery.claimed_by = v.worker AND campaign_delivery.part_ids = v.before RETURNING campaign_delivery.id",
        *(value for one in ended for value in _delivery_values(one, now)),
        *(now, now),
    )
    written = set(changed)
    _finish_attempts([one for one in ended if one.claim.delivery in written], now)
    for one in ended:
        if one.claim.delivery not in written and one.result.outcome is AttemptOutcome.PUBLISHED:
            why = Sentence("The answer came after all.")
            adopt(
                one.claim,
                one.result.remote_id,
                one.result.url,
                now,
                actor="scheduler",
                action="answered late",
                reason=why,
            )


def adopt(
    claim: Claim, remote_id: str, url: str, now: datetime, *, actor: str, action: str, reason: str
) -> bool:
    """An unconfirmed delivery, or a part of it, is out after all: under this id. False when it is settled already."""
    # Only what still waits to be found, at the same part: a person may have settled it while the account was looked at.
    out, status = (*claim.out, remote_id), Status.PUBLISHED if claim.is_last else Status.QUEUED
    changed = execute(
        "UPDATE campaign_delivery SET status = %s, reason = '', remote_id = %s, url = %s, part_ids = %s, published_at = %s, "
        "next_at = %s, look_at = NULL WHERE id = %s AND status = 'unconfirmed' AND part_ids = %s",
        *(status, out[0], claim.url or url, " ".join(out), now if claim.is_last else None),
        *(now, claim.delivery, " ".join(claim.out)),
    )
    if changed == 1:
        events.note(
            claim.delivery,
            Status.UNCONFIRMED,
            status,
            now,
            actor=actor,
            action=action,
            reason=reason,
        )
    return changed == 1


def settle_interrupted(
    now: datetime, reason: str, *, worker: str = "", busy: Iterable[str] = ()
) -> int:
    """Turns what was being sent by a worker that is gone into *unconfirmed*. Returns how many.

    Gone is a worker that no longer holds the channel. `worker` is the one that asks: it is at work on the `busy` channels
    alone, and what else it seems to be sending it never heard of, because the database broke off after its claim.
    """
    names = [*busy, ""]
    # Asked in the transaction that settles it: a worker that renews its lease meanwhile waits, and then finds it settled.
    with writing():
        found = ask(
            LeftRow,
            "SELECT d.id AS delivery, d.claimed_by AS worker, d.part_ids AS part_ids, d.url AS url, d.channel AS channel "
            "FROM campaign_delivery d "
            "LEFT JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = d.claimed_by AND c.lease_until >= %s "
            "WHERE d.status = 'sending' "
            f"AND (c.id IS NULL OR (d.claimed_by = %s AND d.channel NOT IN ({marks(names)})))",
            *(now, worker, *names),
        )
        result = Result(AttemptOutcome.UNCONFIRMED, Status.UNCONFIRMED, reason)
        record([Ended(_claim_left(row, now), result) for row in found], now)
    return len(found)


def settle_late(now: datetime, zone: ZoneInfo, most: int = 500) -> int:
    """Turns queued deliveries whose time is over into *missed*, whoever kept them from going out. Returns how many."""
    found = late(now, most)
    facts = facts_of(found)
    for row in found:
        _hold_back(row.delivery, reasons_against(candidate_of(row, facts), now, zone), now)
    return len(found)


class LeftRow(NamedTuple):
    """What a worker that is gone was sending."""

    delivery: int
    worker: str
    part_ids: str
    url: str
    channel: str


def _claim_left(row: LeftRow, now: datetime) -> Claim:
    return Claim(
        row.delivery,
        "",
        row.channel,
        row.worker,
        "",
        "",
        tuple(row.part_ids.split()),
        row.url,
        0,
        False,
        now,
    )


def _delivery_values(one: Ended, now: datetime) -> tuple[int | str | datetime, ...]:
    claim, result = one.claim, one.result
    out = (
        (*claim.out, result.remote_id) if result.outcome is AttemptOutcome.PUBLISHED else claim.out
    )
    url = claim.url or result.url
    before = " ".join(claim.out)
    texts = (
        claim.worker,
        before,
        result.status.value,
        stored(result.detail),
        out[0] if out else "",
        url,
        " ".join(out),
    )
    return (claim.delivery, *texts, claim.tries + (1 if one.next_at else 0), one.next_at or now)


def _claim(passed: Sequence[DueRow], worker: str, now: datetime) -> list[Claim]:
    if not passed:
        return []
    ids = [row.delivery for row in passed]
    # Whoever changes the row has the claim: what another worker took meanwhile is not queued any more.
    changed = column(
        int,
        "UPDATE campaign_delivery SET status = 'sending', reason = '', claimed_by = %s "
        f"WHERE status = 'queued' AND id IN ({marks(ids)}) RETURNING id",
        *(worker, *ids),
    )
    claimed = set(changed)
    claims = [claim_of(row, worker, now) for row in passed if row.delivery in claimed]
    if claims:
        execute(
            f"WITH v(delivery, worker, text, at, part) AS (VALUES {tuples(claims, 5)}) "
            "INSERT INTO campaign_attempt (delivery_id, worker, text, started_at, part, number, outcome, status, detail, "
            "remote_id, url) SELECT v.delivery, v.worker, v.text, v.at, v.part, "
            "(SELECT COUNT(*) + 1 FROM campaign_attempt a WHERE a.delivery_id = v.delivery), '', 'sending', '', '', '' FROM v",
            *(
                value
                for one in claims
                for value in (
                    *(
                        one.delivery,
                        one.worker,
                        "" if one.is_story else one.text,
                        one.at,
                        len(one.out) + 1,
                    ),
                )
            ),
        )
    return claims


def _finish_attempts(ended: Sequence[Ended], now: datetime) -> None:
    if not ended:
        return
    values = (
        (
            *(
                one.claim.delivery,
                one.claim.worker,
                one.result.outcome.value,
                one.result.status.value,
            ),
            *(stored(one.result.detail), one.result.remote_id, one.result.url),
        )
        for one in ended
    )
    # A finished attempt is the log's: what came of it is written once, and the database's trigger refuses a second time.
    execute(
        f"WITH v(delivery, worker, outcome, status, detail, remote_id, url) AS (VALUES {tuples(ended, 7)}) "
        "UPDATE campaign_attempt SET finished_at = %s, outcome = v.outcome, status = v.status, detail = v.detail, "
        "remote_id = v.remote_id, url = v.url FROM v WHERE campaign_attempt.delivery_id = v.delivery "
        "AND campaign_attempt.worker = v.worker AND campaign_attempt.finished_at IS NULL",
        *(value for row in values for value in row),
        now,
    )


def _hold_back(delivery: int, reasons: Sequence[Reason], now: datetime) -> bool:
    """Moves a delivery that may not go out; the first reason that says where to counts, all of them are told. False when
    it stays: it is on hold, and nothing else keeps it back."""
    status = next(
        (STATUS_AFTER[reason.ground] for reason in reasons if reason.ground in STATUS_AFTER), None
    )
    if status is None:
        return False
    sentences = joined(reason.sentence for reason in reasons)
    move(delivery, Status.QUEUED, status, now, actor="gate", action="held back", reason=sentences)
    return True


def _day_is_full(channel: Channel, now: datetime, zone: ZoneInfo) -> bool:
    if channel.max_per_day is None:
        return False
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    [out] = column(
        int,
        "SELECT COUNT(*) FROM campaign_delivery WHERE channel = %s AND published_at >= %s",
        *(channel.name, midnight.astimezone(UTC)),
    )
    if out < channel.max_per_day:
        return False
    tomorrow = (midnight + timedelta(hours=36)).replace(hour=0)
    why = Sentence("{0} posts are out today, the most for one day.", channel.max_per_day)
    leases.rest_until(channel.name, tomorrow.astimezone(UTC), why)
    return True
