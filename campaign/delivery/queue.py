"""The queue: the table of deliveries. This is the only file that writes a delivery's status.

Every change is a compare-and-set in a short transaction: one row changes, or the move is refused. What a worker does
(claim, record) is told by the rows of attempts; every other change leaves an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.delivery import leases
from campaign.delivery.database import execute, marks, rows, writing
from campaign.delivery.gate import STATUS_AFTER, Candidate, Consent, Reason, reasons_against
from campaign.delivery.waits import MOST_TRIES
from campaign.problem import Problem
from campaign.publishers.publisher import Outcome, Published, Refused, TryLater, Unconfirmed
from campaign.states import Status, may_move

_CANDIDATE = """
SELECT d.id, d.text, d.text_hash, d.approved_hash, d.facts, d.tries, d.latest_at, p.campaign, p.kind, p.example,
       p.consent_from, p.consent_until, p.consent_channels, d.channel, p.key
FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
"""
_NEXT_OF_CHANNELS = """
JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = %s AND (c.rest_until IS NULL OR c.rest_until <= %s)
WHERE c.name IN ({names}) AND d.id = (
    SELECT n.id FROM campaign_delivery n JOIN campaign_post q ON q.id = n.post_id
    WHERE n.status = 'queued' AND n.channel = c.name AND n.due_at <= %s AND n.next_at <= %s
      AND NOT EXISTS (SELECT 1 FROM campaign_pause s WHERE s.ended_at IS NULL
                      AND s.campaign IN ('', q.campaign) AND s.channel IN ('', n.channel))
    ORDER BY n.due_at, n.id LIMIT 1)
"""
"""The first due delivery of each channel that this worker holds, that does not rest, and on which no pause is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt that this worker, and no other, may make now."""

    delivery: int
    post: str
    channel: str
    worker: str
    text: str
    tries: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to, as the delivery and the log will show it."""

    outcome: str
    status: Status
    detail: str = ""
    remote_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that has ended. `next_at` is when the delivery itself is to be tried again, if it is put off."""

    claim: Claim
    result: Result
    next_at: datetime | None = None


def move(delivery: int, old: Status, new: Status, now: datetime, *, actor: str, action: str, reason: str) -> None:
    """Moves a delivery and leaves an event. Raises Problem when the move is not legal or somebody was faster."""
    if not may_move(old, new):
        raise Problem(f"Delivery {delivery} is {old}: it cannot become {new}.")
    with writing():
        changed = execute(
            "UPDATE campaign_delivery SET status = %s, reason = %s WHERE id = %s AND status = %s",
            *(new, reason, delivery, old),
        )
        if changed != 1:
            raise Problem(f"Delivery {delivery} has just changed: look at it again with the queue command.")
        note(delivery, old, new, now, actor=actor, action=action, reason=reason)


def note(delivery: int | None, old: str, new: str, now: datetime, *, actor: str, action: str, reason: str) -> None:
    """Writes an event into the log."""
    execute(
        "INSERT INTO campaign_event (at, actor, action, delivery_id, from_status, to_status, reason) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        *(now, actor, action, delivery, old, new, reason),
    )


def claim(channels: Sequence[Channel], worker: str, now: datetime, zone: ZoneInfo) -> list[Claim]:
    """Claims, on each of these channels, the first due delivery that the gate lets out; part of a transaction.

    What the gate does not let out is moved aside, and the next one is looked at.
    """
    names = [channel.name for channel in channels if not _day_is_full(channel, now, zone)]
    passed: list[tuple[object, ...]] = []
    while names:
        found = rows(_CANDIDATE + _NEXT_OF_CHANNELS.format(names=marks(names)), worker, now, *names, now, now)
        names = []
        for row in found:
            reasons = reasons_against(_candidate(row), now, zone)
            if reasons:
                _hold_back(int(str(row[0])), reasons, now)
                names.append(str(row[13]))
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
    changed = rows(
        f"WITH v(id, worker, status, reason, remote_id, url, tries, next_at) AS (VALUES {_tuples(ended, 8)}) "
        "UPDATE campaign_delivery SET status = v.status, reason = v.reason, remote_id = v.remote_id, url = v.url, "
        "tries = v.tries, next_at = v.next_at, claimed_by = '', "
        "published_at = CASE WHEN v.status = 'published' THEN %s END "
        "FROM v WHERE campaign_delivery.id = v.id AND campaign_delivery.status = 'sending' "
        "AND campaign_delivery.claimed_by = v.worker RETURNING campaign_delivery.id",
        *(value for one in ended for value in _delivery_values(one, now)),
        now,
    )
    written = {int(str(row[0])) for row in changed}
    _finish_attempts([one for one in ended if one.claim.delivery in written], now)
    for one in ended:
        if one.claim.delivery not in written and one.result.status is Status.PUBLISHED:
            _adopt(one.claim.delivery, one.result, now)


def _delivery_values(one: Ended, now: datetime) -> tuple[int | str | datetime, ...]:
    result, tries = one.result, one.claim.tries + (1 if one.next_at else 0)
    texts = (one.claim.worker, result.status.value, result.detail, result.remote_id, result.url)
    return (one.claim.delivery, *texts, tries, one.next_at or now)


def _tuples(items: Sequence[object], width: int) -> str:
    one = f"({marks(range(width))})"
    return ", ".join([one] * len(items))


def result_of(outcome: Outcome, tries: int) -> Result:
    """What an outcome makes of a delivery that was put off `tries` times before."""
    match outcome:
        case Published(remote_id, url):
            return Result("published", Status.PUBLISHED, "", remote_id, url)
        case Refused(reason):
            return Result("refused", Status.FAILED, reason)
        case Unconfirmed(reason):
            return Result("unconfirmed", Status.UNCONFIRMED, reason)
        case TryLater(reason, _, False) if tries + 1 >= MOST_TRIES:
            return Result("try_later", Status.FAILED, f"{reason} It was tried {tries + 1} times.")
        case TryLater(reason, _, _):
            return Result("try_later", Status.QUEUED, reason)


def settle_interrupted(now: datetime, reason: str, *, worker: str | None = None) -> int:
    """Turns what was being sent by a worker that is gone into *unconfirmed*. Returns how many.

    Gone is a worker that no longer holds the channel; with `worker`, that one, which is stopping now.
    """
    with writing():
        found = rows(
            "SELECT d.id, d.channel, d.claimed_by FROM campaign_delivery d "
            "LEFT JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = d.claimed_by AND c.lease_until >= %s "
            "WHERE d.status = 'sending' AND (c.id IS NULL OR d.claimed_by = %s)",
            *(now, worker or ""),
        )
        result = Result("unconfirmed", Status.UNCONFIRMED, reason)
        claims = [Claim(int(str(row[0])), "", str(row[1]), str(row[2]), "", 0, now) for row in found]
        record([Ended(claim, result) for claim in claims], now)
    return len(found)


def settle_late(now: datetime, zone: ZoneInfo, most: int = 500) -> int:
    """Turns queued deliveries whose time is over into *missed*, whoever kept them from going out. Returns how many."""
    late = rows(f"{_CANDIDATE} WHERE d.status = 'queued' AND d.latest_at < %s LIMIT {most}", now)
    for row in late:
        _hold_back(int(str(row[0])), reasons_against(_candidate(row), now, zone), now)
    return len(late)


def peek_due(now: datetime, zone: ZoneInfo) -> list[tuple[Claim, list[Reason]]]:
    """What is due, with all that the gate says against it, in due order. Claims nothing and changes nothing."""
    pauses = rows("SELECT campaign, channel, reason FROM campaign_pause WHERE ended_at IS NULL")
    due = rows(
        f"{_CANDIDATE} WHERE d.status = 'queued' AND d.due_at <= %s AND d.next_at <= %s ORDER BY d.due_at, d.id",
        now,
        now,
    )
    return [(_claim_of(row, "", now), reasons_against(_candidate(row, pauses), now, zone)) for row in due]


def due_channels(now: datetime) -> list[str]:
    """The channels that have something due and do not rest, by name. They must have been worked on (`leases.ensure`)."""
    found = rows(
        "SELECT c.name FROM campaign_channelstate c WHERE (c.rest_until IS NULL OR c.rest_until <= %s) AND EXISTS ("
        "SELECT 1 FROM campaign_delivery d WHERE d.status = 'queued' AND d.channel = c.name "
        "AND d.due_at <= %s AND d.next_at <= %s) ORDER BY c.name",
        *(now, now, now),
    )
    return [str(row[0]) for row in found]


def next_due(now: datetime) -> datetime | None:
    """The next moment after now at which something becomes due."""
    found = rows("SELECT MIN(next_at) FROM campaign_delivery WHERE status = 'queued' AND next_at > %s", now)
    return moment(found[0][0]) if found[0][0] else None


def moment(value: object) -> datetime:
    """A time as the database hands it out, aware and in UTC."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _claim_of(row: tuple[object, ...], worker: str, now: datetime) -> Claim:
    return Claim(int(str(row[0])), str(row[14]), str(row[13]), worker, str(row[1]), int(str(row[5])), now)


def _claim(passed: Sequence[tuple[object, ...]], worker: str, now: datetime) -> list[Claim]:
    if not passed:
        return []
    ids = [int(str(row[0])) for row in passed]
    changed = rows(
        "UPDATE campaign_delivery SET status = 'sending', reason = '', claimed_by = %s "
        f"WHERE status = 'queued' AND id IN ({marks(ids)}) RETURNING id",
        *(worker, *ids),
    )
    claimed = [int(str(row[0])) for row in changed]
    execute(
        "INSERT INTO campaign_attempt (delivery_id, number, worker, text, started_at, outcome, status, detail, remote_id, url) "
        "SELECT d.id, (SELECT COUNT(*) + 1 FROM campaign_attempt a WHERE a.delivery_id = d.id), %s, d.text, %s, '', 'sending', "
        f"'', '', '' FROM campaign_delivery d WHERE d.id IN ({marks(claimed) or 'NULL'})",
        *(worker, now, *claimed),
    )
    return [_claim_of(row, worker, now) for row in passed if int(str(row[0])) in claimed]


def _finish_attempts(ended: Sequence[Ended], now: datetime) -> None:
    if not ended:
        return
    values = (
        (one.claim.delivery, one.claim.worker, one.result.outcome, one.result.status.value)
        + (one.result.detail, one.result.remote_id, one.result.url)
        for one in ended
    )
    execute(
        f"WITH v(delivery, worker, outcome, status, detail, remote_id, url) AS (VALUES {_tuples(ended, 7)}) "
        "UPDATE campaign_attempt SET finished_at = %s, outcome = v.outcome, status = v.status, detail = v.detail, "
        "remote_id = v.remote_id, url = v.url FROM v WHERE campaign_attempt.delivery_id = v.delivery "
        "AND campaign_attempt.worker = v.worker AND campaign_attempt.finished_at IS NULL",
        *(value for row in values for value in row),
        now,
    )


def _adopt(delivery: int, result: Result, now: datetime) -> None:
    changed = execute(
        "UPDATE campaign_delivery SET status = 'published', reason = '', remote_id = %s, url = %s, published_at = %s "
        "WHERE id = %s AND status = 'unconfirmed'",
        *(result.remote_id, result.url, now, delivery),
    )
    if changed == 1:
        note(
            delivery,
            "unconfirmed",
            "published",
            now,
            actor="scheduler",
            action="answered late",
            reason="The answer came after all.",
        )


def _hold_back(delivery: int, reasons: Sequence[Reason], now: datetime) -> None:
    """Moves a delivery that may not go out; the first reason says where to, all of them are told."""
    status = STATUS_AFTER[reasons[0].ground]
    sentences = " ".join(reason.sentence for reason in reasons)
    move(delivery, Status.QUEUED, status, now, actor="gate", action="held back", reason=sentences)


def _day_is_full(channel: Channel, now: datetime, zone: ZoneInfo) -> bool:
    if channel.max_per_day is None:
        return False
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    found = rows(
        "SELECT COUNT(*) FROM campaign_delivery WHERE channel = %s AND published_at >= %s", channel.name, midnight
    )
    if int(str(found[0][0])) < channel.max_per_day:
        return False
    tomorrow = (now.astimezone(zone).replace(hour=12) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    why = f"{channel.max_per_day} posts are out today, the most for one day."
    leases.rest_until(channel.name, tomorrow.astimezone(UTC), why)
    return True


def _candidate(row: tuple[object, ...], pauses: Sequence[tuple[object, ...]] = ()) -> Candidate:
    facts = str(row[4]).split()
    on_it = [str(why) for campaign, channel, why in pauses if campaign in ("", row[7]) and channel in ("", row[13])]
    return Candidate(
        channel=str(row[13]),
        is_story=row[8] == "story",
        is_example=bool(row[9]),
        consent=Consent(_date(row[10]), _date(row[11]), tuple(str(row[12]).split())),
        text_hash=str(row[2]),
        approved_hash=str(row[3]),
        latest_at=moment(row[6]),
        facts=known_facts(facts),
        pauses=on_it,
    )


def known_facts(keys: Sequence[str]) -> dict[str, tuple[str, date] | None]:
    """Status and review date of facts; None for one that the database does not know."""
    if not keys:
        return {}
    found = rows(f"SELECT key, status, review_by FROM campaign_fact WHERE key IN ({marks(keys)})", *keys)
    known = {str(key): (str(status), _date(review_by) or date.min) for key, status, review_by in found}
    return {key: known.get(key) for key in keys}


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
