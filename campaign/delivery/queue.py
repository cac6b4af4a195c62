"""The queue: the table of deliveries. This is the only file that writes a delivery's status.

Every change is a compare-and-set in a short transaction: one row changes, or the move is refused. What a worker does
(claim, record) is told by the rows of attempts; every other change leaves an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.delivery import leases
from campaign.delivery.database import execute, rows, writing
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
_NEXT_DUE = "WHERE d.status = 'queued' AND d.channel = %s AND d.due_at <= %s AND d.next_at <= %s"


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt that this worker, and no other, may make now."""

    delivery: int
    post: str
    channel: str
    worker: str
    text: str
    tries: int


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to, as the delivery and the log will show it."""

    outcome: str
    status: Status
    detail: str = ""
    remote_id: str = ""
    url: str = ""


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


def claim_next(channel: Channel, worker: str, now: datetime, zone: ZoneInfo) -> Claim | None:
    """Claims the next due delivery of a channel that the gate lets out; None when there is none for now.

    Part of a transaction; the lease is renewed in it. Raises LeaseLost.
    """
    leases.renew(channel.name, worker, now)
    paused = _paused_campaigns(channel.name)
    if paused is None or _rests(channel.name, now) or _day_is_full(channel, now, zone):
        return None
    while found := rows(_CANDIDATE + _NEXT_DUE + _without(paused) + " LIMIT 1", channel.name, now, now, *paused):
        row = found[0]
        reasons = reasons_against(_candidate(row), now, zone)
        if not reasons:
            return _claim(row, worker, now)
        _hold_back(int(str(row[0])), reasons, now)
    return None


def record(claim: Claim, result: Result, now: datetime, *, next_at: datetime | None = None) -> None:
    """Writes what an attempt came to. An answer that comes after its claim was taken away is still written down
    when it says that the post is out. Raises LeaseLost when there is nothing left to write it to."""
    tries = claim.tries + (1 if next_at and result.outcome == "try_later" else 0)
    changed = execute(
        "UPDATE campaign_delivery SET status = %s, reason = %s, remote_id = %s, url = %s, published_at = %s, tries = %s, "
        "next_at = COALESCE(%s, next_at), claimed_by = '' WHERE id = %s AND status = 'sending' AND claimed_by = %s",
        *(result.status, result.detail, result.remote_id, result.url),
        *(now if result.status is Status.PUBLISHED else None, tries, next_at, claim.delivery, claim.worker),
    )
    if changed == 1:
        _finish_attempt(claim, result, now)
    elif not (result.status is Status.PUBLISHED and _adopt(claim.delivery, result, now)):
        raise leases.LeaseLost(claim.channel)


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
        for delivery, channel, owner in found:
            claim = Claim(int(str(delivery)), "", str(channel), str(owner), "", 0)
            record(claim, Result("unconfirmed", Status.UNCONFIRMED, reason), now)
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
    return [(_claim_of(row, ""), reasons_against(_candidate(row, pauses), now, zone)) for row in due]


def due_channels(now: datetime) -> list[str]:
    """The channels that have something due and do not rest."""
    found = rows(
        "SELECT DISTINCT d.channel FROM campaign_delivery d LEFT JOIN campaign_channelstate c ON c.name = d.channel "
        "WHERE d.status = 'queued' AND d.next_at <= %s AND (c.rest_until IS NULL OR c.rest_until <= %s)",
        *(now, now),
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


def _without(campaigns: Sequence[str]) -> str:
    marks = ", ".join(["%s"] * len(campaigns))
    excluded = f" AND p.campaign NOT IN ({marks})" if campaigns else ""
    return f"{excluded} ORDER BY d.due_at, d.id"


def _claim_of(row: tuple[object, ...], worker: str) -> Claim:
    return Claim(int(str(row[0])), str(row[14]), str(row[13]), worker, str(row[1]), int(str(row[5])))


def _claim(row: tuple[object, ...], worker: str, now: datetime) -> Claim | None:
    claim = _claim_of(row, worker)
    changed = execute(
        "UPDATE campaign_delivery SET status = 'sending', reason = '', claimed_by = %s WHERE id = %s AND status = 'queued'",
        *(worker, claim.delivery),
    )
    if changed != 1:
        return None
    execute(
        "INSERT INTO campaign_attempt (delivery_id, number, worker, text, started_at, outcome, status, detail, remote_id, url) "
        "SELECT %s, COUNT(*) + 1, %s, %s, %s, '', 'sending', '', '', '' FROM campaign_attempt WHERE delivery_id = %s",
        *(claim.delivery, worker, claim.text, now, claim.delivery),
    )
    return claim


def _finish_attempt(claim: Claim, result: Result, now: datetime) -> None:
    execute(
        "UPDATE campaign_attempt SET finished_at = %s, outcome = %s, status = %s, detail = %s, remote_id = %s, url = %s "
        "WHERE delivery_id = %s AND worker = %s AND finished_at IS NULL",
        *(now, result.outcome, result.status, result.detail, result.remote_id, result.url),
        *(claim.delivery, claim.worker),
    )


def _adopt(delivery: int, result: Result, now: datetime) -> bool:
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
    return changed == 1


def _hold_back(delivery: int, reasons: Sequence[Reason], now: datetime) -> None:
    """Moves a delivery that may not go out; the first reason says where to, all of them are told."""
    status = STATUS_AFTER[reasons[0].ground]
    sentences = " ".join(reason.sentence for reason in reasons)
    move(delivery, Status.QUEUED, status, now, actor="gate", action="held back", reason=sentences)


def _paused_campaigns(channel: str) -> tuple[str, ...] | None:
    """The campaigns that are paused; None when the channel itself, or everything, is."""
    pauses = rows("SELECT campaign, channel FROM campaign_pause WHERE ended_at IS NULL")
    if any(not campaign and paused in ("", channel) for campaign, paused in pauses):
        return None
    return tuple(str(campaign) for campaign, _ in pauses if campaign)


def _rests(channel: str, now: datetime) -> bool:
    found = rows("SELECT rest_until FROM campaign_channelstate WHERE name = %s AND rest_until > %s", channel, now)
    return bool(found)


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
    leases.rest(
        channel.name,
        tomorrow.astimezone(UTC),
        f"{channel.max_per_day} posts are out today, the most for one day.",
        trouble=False,
    )
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
    marks = ", ".join(["%s"] * len(keys))
    found = rows(f"SELECT key, status, review_by FROM campaign_fact WHERE key IN ({marks})", *keys)
    known = {str(key): (str(status), _date(review_by) or date.min) for key, status, review_by in found}
    return {key: known.get(key) for key in keys}


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
