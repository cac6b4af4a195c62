"""Questions to the queue: what is due, and what the gate has to know of it. Nothing is changed here."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from campaign.delivery.attempts import Claim
from campaign.delivery.database import marks, rows
from campaign.delivery.gate import Candidate, Consent, Reason, reasons_against

Row = tuple[object, ...]

COLUMNS = """
SELECT d.id, d.text, d.fingerprint, d.approved_fingerprint, d.facts, d.tries, d.latest_at, p.campaign, p.kind,
       p.example, p.consent_from, p.consent_until, p.consent_channels, d.channel, p.key, d.pictures, d.part_ids, d.url,
       EXISTS (SELECT 1 FROM campaign_attempt a WHERE a.delivery_id = d.id AND a.outcome = 'unconfirmed')
FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
"""
_FIRST_OF_CHANNELS = """
JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = %s AND (c.rest_until IS NULL OR c.rest_until <= %s)
WHERE c.name IN ({names}) AND d.id = (
    SELECT n.id FROM campaign_delivery n JOIN campaign_post q ON q.id = n.post_id
    WHERE n.status = 'queued' AND n.channel = c.name AND n.due_at <= %s AND n.next_at <= %s
      AND NOT EXISTS (SELECT 1 FROM campaign_pause s WHERE s.ended_at IS NULL
                      AND s.campaign IN ('', q.campaign) AND s.channel IN ('', n.channel)
                      AND s.language IN ('', n.language))
    ORDER BY n.due_at, n.id LIMIT 1)
"""


def first_of_channels(names: Sequence[str], worker: str, now: datetime) -> list[Row]:
    """The first due delivery of each channel that the worker holds, that does not rest, and on which no pause is."""
    return rows(COLUMNS + _FIRST_OF_CHANNELS.format(names=marks(names)), worker, now, *names, now, now)


def late(now: datetime, most: int) -> list[Row]:
    """Queued deliveries whose time is over, whole threads and those not begun alike."""
    return rows(f"{COLUMNS} WHERE d.status = 'queued' AND d.part_ids = '' AND d.latest_at < %s LIMIT {most}", now)


def peek_due(now: datetime, zone: ZoneInfo) -> list[tuple[Claim, list[Reason]]]:
    """What is due, with all that the gate says against it, in due order. Claims nothing and changes nothing."""
    pauses = rows("SELECT campaign, channel, language, reason FROM campaign_pause WHERE ended_at IS NULL")
    due = rows(
        COLUMNS.replace("FROM campaign_delivery d", ", d.language FROM campaign_delivery d", 1)
        + "WHERE d.status = 'queued' AND d.due_at <= %s AND d.next_at <= %s ORDER BY d.due_at, d.id",
        *(now, now),
    )
    return [
        (claim_of(row, "", now), reasons_against(candidate_of(row, _pauses_on(row, pauses)), now, zone)) for row in due
    ]


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


def known_facts(keys: Sequence[str]) -> dict[str, tuple[str, date] | None]:
    """Status and review date of facts; None for one that the database does not know."""
    if not keys:
        return {}
    found = rows(f"SELECT key, status, review_by FROM campaign_fact WHERE key IN ({marks(keys)})", *keys)
    known = {str(key): (str(status), _date(review_by) or date.min) for key, status, review_by in found}
    return {key: known.get(key) for key in keys}


def claim_on(delivery: int, now: datetime) -> Claim:
    """The claim that the delivery of this number would make."""
    return claim_of(rows(f"{COLUMNS} WHERE d.id = %s", delivery)[0], "", now)


def claim_of(row: Row, worker: str, now: datetime) -> Claim:
    """The claim that a row of COLUMNS would make."""
    return Claim(
        delivery=number(row[0]),
        post=str(row[14]),
        channel=str(row[13]),
        worker=worker,
        whole_text=str(row[1]),
        pictures=str(row[15]),
        out=tuple(str(row[16]).split()),
        url=str(row[17]),
        tries=number(row[5]),
        doubted=bool(row[18]),
        at=now,
    )


def _pauses_on(row: Row, pauses: Sequence[Row]) -> list[str]:
    """The reasons of those of the pauses that are on a row of COLUMNS which ends with the language."""
    return [
        str(why)
        for campaign, channel, language, why in pauses
        if campaign in ("", row[7]) and channel in ("", row[13]) and language in ("", row[-1])
    ]


def candidate_of(row: Row, pauses: Sequence[str] = ()) -> Candidate:
    """What the gate looks at, from a row of COLUMNS; `pauses` are the reasons of those that are on it."""
    return Candidate(
        channel=str(row[13]),
        is_story=row[8] == "story",
        is_example=bool(row[9]),
        consent=Consent(_date(row[10]), _date(row[11]), tuple(str(row[12]).split())),
        fingerprint=str(row[2]),
        approved_fingerprint=str(row[3]),
        latest_at=moment(row[6]),
        facts=known_facts(str(row[4]).split()),
        pauses=pauses,
        is_begun=bool(row[16]),
    )


def number(value: object) -> int:
    """A whole number as the database hands it out."""
    return int(str(value))


def moment(value: object) -> datetime:
    """A time as the database hands it out, aware and in UTC."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
