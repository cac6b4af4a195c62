"""The queue: the table of deliveries. This is the only file that writes a delivery's status.

Every change is a compare-and-set in a short transaction: one row changes, or the move is refused. What a worker does
(claim, record) is in the rows of attempts; every other change leaves an event."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined, stored
from campaign.database import events
from campaign.database.sql import ask, column, execute, marks, portions, tuples, writing
from campaign.delivery import leases
from campaign.delivery.attempts import Claim, Ended, Result, begin, finish
from campaign.delivery.candidates import (
    DueRow,
    candidate_of,
    claim_of,
    facts_of,
    first_of_channels,
    late,
    waits_of,
)
from campaign.delivery.claims import places
from campaign.delivery.gate import STATUS_AFTER, Reason, reasons_against
from campaign.delivery.remembrance import remembrances_at
from campaign.states import MAY_STILL_BE_ANSWERED, AttemptOutcome, Status, may_move

NOT_KNOWN: Mapping[str, timedelta] = {}


def move(
    delivery: int,
    old: Status,
    new: Status,
    now: datetime,
    *,
    actor: str,
    action: str,
    reason: str,
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
    """As `move`, for many deliveries that have the same status: all of them move, or none."""
    if not may_move(old, new) and deliveries:
        raise Problem(
            Sentence("Delivery {0} is {1}: it cannot become {2}.", deliveries[0], old, new)
        )
    with writing():
        for portion in portions(deliveries):
            _compare_and_set(portion, old, new, reason)
            events.note_all(portion, old, new, now, actor=actor, action=action, reason=reason)


def _compare_and_set(deliveries: Sequence[int], old: Status, new: Status, reason: str) -> None:
    # Moved only where the status is still the one that was read: of two who decide at once, the second changes nothing.
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
    is_out: Callable[[int, datetime], bool] = lambda delivery, now: False,
    ahead: Mapping[str, timedelta] = NOT_KNOWN,
) -> list[Claim]:
    """Claims, on each of these channels, the first due delivery that the gate lets out; part of a transaction.

    `together` is the setting that one language of a post waits while the other is in trouble. `is_out` is asked of one on
    whose account there are posts that nobody owns, and moves it where it says yes. `ahead` is by how much this machine's clock
    is ahead of the networks', by channel, where that is known.
    What the gate does not let out is moved aside, and the channel's next due delivery is asked for.
    """
    names = [channel.name for channel in channels if not _day_is_full(channel, now, zone)]
    passed: list[DueRow] = []
    kept = remembrances_at(now, zone) if names else []
    while names:
        firsts = first_of_channels(names, worker, now, together=together, kept=kept)
        facts, waits = facts_of(firsts), waits_of(firsts, kept)
        names = []
        for row in firsts:
            candidate = candidate_of(row, facts, waits=waits.get(row.delivery, ()))
            reasons = reasons_against(candidate, now, zone)
            if row.may_be_out and not reasons and is_out(row.delivery, now):
                names.append(row.channel)
            elif not reasons and places.waits_for_first(row):
                places.make_room(row.first, row.delivery, now)
            elif not reasons:
                passed.append(row)
            # Only where it was moved aside is there another first one: what stays would be asked for without end.
            elif _hold_back(row.delivery, reasons, now):
                names.append(row.channel)
    return _claim(passed, worker, now, ahead)


def still_claimed(claims: Sequence[Claim], now: datetime) -> set[Claim]:
    """Those of a worker's claims that are its own to send now: nobody has settled them, nor taken over their channels."""
    if not claims:
        return set()
    rows = ask(
        HeldRow,
        "SELECT d.id AS delivery, d.claimed_by AS worker, d.part_ids AS part_ids FROM campaign_delivery d "
        "JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = d.claimed_by AND c.lease_until >= %s "
        f"WHERE d.status = 'sending' AND d.id IN ({marks(claims)})",
        *(now, *(claim.delivery for claim in claims)),
    )
    held = set(rows)
    return {
        claim
        for claim in claims
        if HeldRow(claim.delivery, claim.worker, " ".join(claim.out)) in held
    }


def record(ended: Sequence[Ended], now: datetime) -> list[Ended]:
    """Writes what attempts came to; part of a transaction.

    When a claim was taken away meanwhile (this worker was silent for too long), its delivery has been settled as
    *unconfirmed*: an answer that it is out is still written down, any other is dropped. Returns those that are out and
    have come too late for that: each may be a second copy.
    """
    if not ended:
        return []
    ended = [places.as_it_stands(attempt) for attempt in ended]
    values = chain.from_iterable(_delivery_values(attempt, now) for attempt in ended)
    # The delivery is this worker's while its name is in the row, and the parts are those that were out at the claim: an
    # answer to an attempt that was settled meanwhile must not overwrite what came of the next one.
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
        *(*values, now, now),
    )
    written = set(changed)
    finish([attempt for attempt in ended if attempt.claim.delivery in written], now)
    for attempt in ended:
        if attempt.claim.delivery in written:
            _take_place(attempt.claim, attempt.result.status, now)
    late = [attempt for attempt in ended if attempt.claim.delivery not in written]
    return [attempt for attempt in late if _is_second(attempt, now)]


def _take_place(claim: Claim, status: Status, now: datetime) -> None:
    if claim.edits and status is Status.PUBLISHED:
        end_first(
            claim,
            Sentence("Corrected in place: {0} has changed its words there.", claim.post),
            now,
        )


def end_first(claim: Claim, reason: Sentence, now: datetime) -> None:
    """What the claimed delivery corrects does not stand as such any more; part of a transaction. Nothing changes where it
    was taken down meanwhile."""
    changed = execute(
        "UPDATE campaign_delivery SET status = 'removed', reason = %s WHERE id = %s AND status = 'published'",
        *(stored(reason), claim.first),
    )
    if changed:
        moved = (claim.first, Status.PUBLISHED, Status.REMOVED, now)
        events.note(*moved, actor="scheduler", action="corrected", reason=reason)


def _is_second(attempt: Ended, now: datetime) -> bool:
    """Whether the answer to a claim that was taken away tells of a post that its delivery cannot have any more."""
    claim, result = attempt.claim, attempt.result
    if result.outcome is not AttemptOutcome.PUBLISHED:
        return False
    adopted = adopt(
        *(claim, result.remote_id, result.url, now),
        actor="scheduler",
        action="answered late",
        reason=Sentence("The answer came after all."),
    )
    # A post whose words were changed once more is no second one.
    return not adopted and not claim.edits


def adopt(
    claim: Claim,
    remote_id: str,
    url: str,
    now: datetime,
    *,
    actor: str,
    action: str,
    reason: str,
    among: Collection[Status] = MAY_STILL_BE_ANSWERED,
    since: datetime | None = None,
) -> bool:
    """A delivery that is unconfirmed, or that was given up or is to be sent again, is out after all, or a part of it: under
    this id. False when something else came of it, or its text has changed. `among` are the statuses in which it may be so,
    and `since` is when it went out, where that is known."""
    out = (*claim.out, remote_id)
    [old] = column(Status, "SELECT status FROM campaign_delivery WHERE id = %s", claim.delivery)
    # Of a thread that nobody has approved here, or that was dropped, the rest is not sent by itself.
    begun = old if old in (Status.DRAFT, Status.CANCELLED) else Status.QUEUED
    status = Status.PUBLISHED if claim.is_last else begun
    published_at = (since or now) if claim.is_last else None
    # Only at the same part, with the same words, and where nothing is on its way: a person may have settled it while the
    # account was read, a file may have changed its text, another worker may be sending it.
    changed = execute(
        "UPDATE campaign_delivery SET status = %s, reason = '', remote_id = %s, url = %s, part_ids = %s, published_at = %s, "
        "next_at = %s, look_at = NULL WHERE id = %s AND status = %s AND part_ids = %s AND text = %s "
        f"AND status IN ({marks(among)})",
        *(status, out[0], claim.url or url, " ".join(out), published_at, now),
        *(claim.delivery, old, " ".join(claim.out), claim.whole_text, *among),
    )
    if changed == 1:
        events.note(
            *(claim.delivery, old, status, now), actor=actor, action=action, reason=reason
        )
        if remote_id == claim.edits:
            _take_place(claim, status, now)
    return changed == 1


def settle_interrupted(
    now: datetime, reason: str, *, worker: str = "", busy: Iterable[str] = ()
) -> int:
    """Turns what was being sent by a worker that is gone into *unconfirmed*. Returns how many.

    Gone is a worker that no longer holds the channel. `worker` is the one that asks: it is at work on the `busy` channels
    alone, and what else it seems to be sending it never heard of, because the database broke off after its claim.
    """
    names = [*busy, ""]  # no channel is named "": PostgreSQL takes no list without a member
    # Asked in the transaction that settles it: a worker that renews its lease meanwhile waits, and then finds it settled.
    with writing():
        interrupted = ask(
            LeftRow,
            "SELECT d.id AS delivery, d.claimed_by AS worker, d.part_ids AS part_ids, d.url AS url, d.channel AS channel "
            "FROM campaign_delivery d "
            "LEFT JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = d.claimed_by AND c.lease_until >= %s "
            "WHERE d.status = 'sending' "
            f"AND (c.id IS NULL OR (d.claimed_by = %s AND d.channel NOT IN ({marks(names)})))",
            *(now, worker, *names),
        )
        result = Result(AttemptOutcome.UNCONFIRMED, Status.UNCONFIRMED, reason)
        record([Ended(_claim_left(row, now), result) for row in interrupted], now)
    return len(interrupted)


def settle_late(now: datetime, zone: ZoneInfo, most: int = 500) -> int:
    """Turns queued deliveries whose time is over into *missed*, whoever kept them from going out. Returns how many."""
    rows = late(now, most)
    kept = remembrances_at(now, zone) if rows else []
    facts, waits = facts_of(rows), waits_of(rows, kept)
    for row in rows:
        candidate = candidate_of(row, facts, waits=waits.get(row.delivery, ()))
        reasons = reasons_against(candidate, now, zone)
        _hold_back(row.delivery, reasons, now)
    return len(rows)


class HeldRow(NamedTuple):
    """What a worker that holds its channel is sending."""

    delivery: int
    worker: str
    part_ids: str


class LeftRow(NamedTuple):
    """What a worker that is gone was sending."""

    delivery: int
    worker: str
    part_ids: str
    url: str
    channel: str


def _claim_left(row: LeftRow, now: datetime) -> Claim:
    """The claim of a worker that is gone, with no more of it than `record` asks of one that is unconfirmed."""
    return Claim(
        delivery=row.delivery,
        post="",
        channel=row.channel,
        worker=row.worker,
        whole_text="",
        pictures="",
        out=tuple(row.part_ids.split()),
        url=row.url,
        tries=0,
        doubted=False,
        at=now,
    )


def _delivery_values(attempt: Ended, now: datetime) -> tuple[int | str | datetime, ...]:
    """What `record` writes of one attempt, in the order of the columns of its v."""
    claim, result = attempt.claim, attempt.result
    out = claim.out
    if result.outcome is AttemptOutcome.PUBLISHED:
        out = (*out, result.remote_id)
    return (
        claim.delivery,
        claim.worker,
        " ".join(claim.out),
        result.status.value,
        stored(result.detail),
        out[0] if out else "",  # the first part's id and address are those of the whole thread
        claim.url or result.url,
        " ".join(out),
        claim.tries + 1 if attempt.next_at and attempt.is_try else claim.tries,
        attempt.next_at or now,
    )


def _claim(
    passed: Sequence[DueRow], worker: str, now: datetime, ahead: Mapping[str, timedelta]
) -> list[Claim]:
    if not passed:
        return []
    ids = [row.delivery for row in passed]
    # Whoever changes the row has the claim: what another worker took, or a person cancelled, is not queued any more.
    changed = column(
        int,
        "UPDATE campaign_delivery SET status = 'sending', reason = '', claimed_by = %s "
        f"WHERE status = 'queued' AND id IN ({marks(ids)}) RETURNING id",
        *(worker, *ids),
    )
    claimed = set(changed)
    claims = [claim_of(row, worker, now) for row in passed if row.delivery in claimed]
    if claims:
        begin(claims, ahead)
    return claims


def _hold_back(delivery: int, reasons: Sequence[Reason], now: datetime) -> bool:
    """Moves a delivery that may not go out, to where the first reason with a status in STATUS_AFTER sends it; all reasons
    are written down. False when no reason has one: it is on hold, and stays queued."""
    statuses = [
        STATUS_AFTER[reason.ground] for reason in reasons if reason.ground in STATUS_AFTER
    ]
    if not statuses:
        return False
    why = joined(reason.sentence for reason in reasons)
    move(
        delivery, Status.QUEUED, statuses[0], now, actor="gate", action="held back", reason=why
    )
    return True


def _day_is_full(channel: Channel, now: datetime, zone: ZoneInfo) -> bool:
    if channel.max_per_day is None:
        return False
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    [out_today] = column(
        int,
        "SELECT COUNT(*) FROM campaign_delivery WHERE channel = %s AND published_at >= %s",
        *(channel.name, midnight.astimezone(UTC)),
    )
    if out_today < channel.max_per_day:
        return False
    # By way of the next noon, so that a night in which the clocks change cannot lead to another day.
    tomorrow = (midnight + timedelta(hours=36)).replace(hour=0)
    why = Sentence("{0} posts are out today, the most for one day.", channel.max_per_day)
    leases.rest_until(channel.name, tomorrow.astimezone(UTC), why)
    return True
