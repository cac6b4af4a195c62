"""Questions to the queue: what is due, and what the gate has to know of it. Nothing is changed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from campaign.delivery.allowed import Consent, Narrowed, tells_of_a_person
from campaign.delivery.attempts import Claim
from campaign.delivery.database import marks, rows
from campaign.delivery.gate import Candidate, Facts, Reason, reasons_against

Row = tuple[object, ...]

_LOCKED = """CASE WHEN d.pictures = '' THEN 0 ELSE (SELECT COUNT(*) FROM campaign_lockedpicture l
              WHERE replace(d.pictures, l.digest, '') <> d.pictures) END"""
_OF_STORY = """p.storyteller, p.consent_from, p.consent_until, p.consent_channels, s.id, s.held_at, s.withdrawn_at,
       s.erased_at, s.consent_number, k.ended_at, k.channels, k.languages, k.valid_from, k.valid_until, k.pictures,
       CASE WHEN k.id IS NULL THEN '' ELSE (SELECT w.answer FROM campaign_finalword w
            WHERE w.delivery_id = d.id AND w.consent_id = k.id AND w.fingerprint = d.fingerprint
            ORDER BY w.id DESC LIMIT 1) END"""
_STORY_TABLES = """FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
LEFT JOIN campaign_storyteller s ON p.storyteller <> '' AND s.reference = p.storyteller
LEFT JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number
"""
COLUMNS = f"""
SELECT d.id, d.text, d.fingerprint, d.approved_fingerprint, d.facts, d.tries, d.latest_at, p.campaign, p.kind,
       p.example, d.channel, p.key, d.pictures, d.part_ids, d.url, d.language,
       EXISTS (SELECT 1 FROM campaign_attempt a WHERE a.delivery_id = d.id AND a.outcome = 'unconfirmed'),
       {_LOCKED}, {_OF_STORY}
{_STORY_TABLES}"""
WIDTH = 34
"""How many columns these are; a question that needs more puts them behind."""
_STORY = 18
"""Where those of a story begin."""
_FIRST_OF_CHANNELS = """
JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = %s AND (c.rest_until IS NULL OR c.rest_until <= %s)
WHERE c.name IN ({names}) AND d.id = (
    SELECT n.id FROM campaign_delivery n JOIN campaign_post q ON q.id = n.post_id
    WHERE n.status = 'queued' AND n.channel = c.name AND n.due_at <= %s AND n.next_at <= %s
      AND NOT EXISTS (SELECT 1 FROM campaign_pause s WHERE s.ended_at IS NULL
                      AND s.campaign IN ('', q.campaign) AND s.channel IN ('', n.channel)
                      AND s.language IN ('', n.language))
      AND (q.storyteller = '' OR NOT EXISTS (SELECT 1 FROM campaign_storyteller h
                                             WHERE h.reference = q.storyteller AND h.held_at IS NOT NULL))
      {together}
    ORDER BY n.due_at, n.id LIMIT 1)
"""
_TOGETHER = """
      AND NOT EXISTS (SELECT 1 FROM campaign_delivery o
                      WHERE o.post_id = n.post_id AND o.network = n.network AND o.language <> n.language
                      AND o.status IN ('failed', 'unconfirmed', 'missed'))
"""
"""What is the other language of the same post on the same network, and in trouble, is waited for."""
_WAITING = """
SELECT 'due' AS kind, c.name AS name FROM campaign_channelstate c
WHERE (c.rest_until IS NULL OR c.rest_until <= %s)
  AND EXISTS (SELECT 1 FROM campaign_delivery d
              WHERE d.status = 'queued' AND d.channel = c.name AND d.due_at <= %s AND d.next_at <= %s)
UNION ALL SELECT 'doubt', ''
WHERE EXISTS (SELECT 1 FROM campaign_delivery u WHERE u.status = 'unconfirmed' AND u.look_at <= %s)
UNION ALL SELECT 'takedown', ''
WHERE EXISTS (SELECT 1 FROM campaign_takedown t WHERE t.gone_at IS NULL AND t.next_at <= %s)
ORDER BY kind, name
"""
_UNTIDY = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM campaign_channelstate WHERE owner <> '' AND owner <> %s)
    OR EXISTS (SELECT 1 FROM campaign_delivery WHERE status = 'sending')
    OR EXISTS (SELECT 1 FROM campaign_pause WHERE ended_at IS NULL AND until <= %s)
    OR EXISTS (SELECT 1 FROM campaign_delivery WHERE status = 'queued' AND part_ids = '' AND latest_at < %s)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an engine. The channels must have been worked on (`leases.ensure`)."""

    channels: Sequence[str]  #: those that have something due and do not rest, by name
    doubts: bool  #: something unconfirmed is to be looked for
    takedowns: bool  #: something is to be taken down


def first_of_channels(names: Sequence[str], worker: str, now: datetime, *, together: bool = False) -> list[Row]:
    """The first due delivery of each channel that the worker holds and that does not rest, on which neither a pause is nor
    a hold; `together`: nor one whose other language is in trouble."""
    asked = _FIRST_OF_CHANNELS.format(names=marks(names), together=_TOGETHER if together else "")
    return rows(COLUMNS + asked, worker, now, *names, now, now)


def late(now: datetime, most: int) -> list[Row]:
    """Queued deliveries whose time is over, whole threads and those not begun alike."""
    return rows(f"{COLUMNS} WHERE d.status = 'queued' AND d.part_ids = '' AND d.latest_at < %s LIMIT {most}", now)


def peek_due(now: datetime, zone: ZoneInfo) -> list[tuple[Claim, list[Reason]]]:
    """What is due, with all that the gate says against it, in due order. Claims nothing and changes nothing."""
    pauses = rows("SELECT campaign, channel, language, reason FROM campaign_pause WHERE ended_at IS NULL")
    due = rows(
        f"{COLUMNS} WHERE d.status = 'queued' AND d.due_at <= %s AND d.next_at <= %s ORDER BY d.due_at, d.id",
        *(now, now),
    )
    facts = facts_of(due)
    return [
        (claim_of(row, "", now), reasons_against(candidate_of(row, facts, _pauses_on(row, pauses)), now, zone))
        for row in due
    ]


def waiting(now: datetime) -> Waiting:
    """What there is to do now: one question, since an engine asks it again and again, and mostly there is nothing."""
    found = rows(_WAITING, now, now, now, now, now)
    kinds = {kind for kind, _ in found}
    return Waiting([str(name) for kind, name in found if kind == "due"], "doubt" in kinds, "takedown" in kinds)


def is_untidy(worker: str, now: datetime) -> bool:
    """Whether there may be something to tidy up: a channel that another worker holds, something that is being sent, a
    pause that is over, or something that has come too late."""
    return bool(rows(_UNTIDY, worker, now, now))


def next_due(now: datetime) -> datetime | None:
    """The next moment after now at which something becomes due."""
    found = rows("SELECT MIN(next_at) FROM campaign_delivery WHERE status = 'queued' AND next_at > %s", now)
    return moment(found[0][0]) if found[0][0] else None


def known_facts(keys: Sequence[str]) -> Facts:
    """Status and review date of facts; None for one that the database does not know."""
    if not keys:
        return {}
    found = rows(f"SELECT key, status, review_by FROM campaign_fact WHERE key IN ({marks(keys)})", *keys)
    known = {str(key): (str(status), day_of(review_by) or date.min) for key, status, review_by in found}
    return {key: known.get(key) for key in keys}


def facts_of(found: Sequence[Row]) -> Facts:
    """As `known_facts`, of all that the texts of rows of COLUMNS lean on: one question, however many rows there are."""
    return known_facts(sorted({key for row in found for key in str(row[4]).split()}))


def claim_on(delivery: int, now: datetime) -> Claim:
    """The claim that the delivery of this number would make."""
    return claim_of(rows(f"{COLUMNS} WHERE d.id = %s", delivery)[0], "", now)


def claim_of(row: Row, worker: str, now: datetime) -> Claim:
    """The claim that a row of COLUMNS would make."""
    return Claim(
        delivery=number(row[0]),
        post=str(row[11]),
        channel=str(row[10]),
        worker=worker,
        whole_text=str(row[1]),
        pictures=str(row[12]),
        out=tuple(str(row[13]).split()),
        url=str(row[14]),
        tries=number(row[5]),
        doubted=bool(row[16]),
        at=now,
        is_story=_is_story(row),
    )


def channel_of(row: Row) -> str:
    """The channel of a row of COLUMNS."""
    return str(row[10])


def candidate_of(row: Row, facts: Facts, pauses: Sequence[str] = ()) -> Candidate:
    """What the gate looks at, from a row of COLUMNS; `facts` are what `facts_of` says, and `pauses` are the reasons of
    those that are on it."""
    is_story = _is_story(row)
    return Candidate(
        channel=str(row[10]),
        is_story=is_story,
        is_example=bool(row[9]),
        consent=_consent(row[_STORY:]) if is_story else None,
        fingerprint=str(row[2]),
        approved_fingerprint=str(row[3]),
        latest_at=moment(row[6]),
        facts={key: facts.get(key) for key in str(row[4]).split()},
        pauses=pauses,
        is_begun=bool(row[13]),
        language=str(row[15]),
        has_pictures=bool(row[12]),
        locked_picture=bool(row[17]),
    )


def consents_of(deliveries: Sequence[int]) -> dict[int, Consent]:
    """What the people allow whose stories these deliveries tell, by the number of the delivery; one question for all.

    The word on a text is the one on the text as the database has it.
    """
    if not deliveries:
        return {}
    found = rows(f"SELECT d.id, {_OF_STORY} {_STORY_TABLES} WHERE d.id IN ({marks(deliveries)})", *deliveries)
    return {number(row[0]): _consent(row[1:]) for row in found}


def locked_pictures(deliveries: Sequence[int]) -> set[int]:
    """Which of these deliveries have a picture that belongs to a story that was taken back."""
    if not deliveries:
        return set()
    where = f"WHERE d.id IN ({marks(deliveries)}) AND {_LOCKED} > 0"
    return {number(row[0]) for row in rows(f"SELECT d.id FROM campaign_delivery d {where}", *deliveries)}


def _is_story(row: Row) -> bool:
    return tells_of_a_person(str(row[8]), str(row[_STORY]))


def _consent(row: Row) -> Consent:
    """From the columns of a story."""
    return Consent(
        reference=str(row[0]),
        is_known=row[4] is not None,
        is_held=row[5] is not None,
        is_withdrawn=row[6] is not None,
        is_erased=row[7] is not None,
        number=number(row[8] or 0) if row[10] is not None else 0,
        is_ended=row[9] is not None,
        channels=tuple(str(row[10] or "").split()),
        languages=tuple(str(row[11] or "").split()),
        start=day_of(row[12]),
        until=day_of(row[13]),
        pictures=bool(row[14]),
        word=str(row[15] or ""),
        narrowed=Narrowed(day_of(row[1]), day_of(row[2]), tuple(str(row[3]).split())),
    )


def _pauses_on(row: Row, pauses: Sequence[Row]) -> list[str]:
    """The reasons of those of the pauses that are on a row of COLUMNS."""
    return [
        str(why)
        for campaign, channel, language, why in pauses
        if campaign in ("", row[7]) and channel in ("", row[10]) and language in ("", row[15])
    ]


def number(value: object) -> int:
    """A whole number as the database hands it out."""
    return int(str(value))


def moment(value: object) -> datetime:
    """A time as the database hands it out, aware and in UTC."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day_of(value: object) -> date | None:
    """A day as the database hands it out."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
