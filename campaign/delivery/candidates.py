"""Questions to the queue: what is due, and what the gate has to know of it. Nothing is changed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.consent import questions, told
from campaign.consent.rule import Edits, KnownConsent, Narrowed, tells_of_a_person
from campaign.content.dates.remembrance import Remembrance, days_waited_on
from campaign.core.sentence import Sentence
from campaign.database.sql import ask, column, is_any, marks
from campaign.delivery.attempts import Claim
from campaign.delivery.claims import places
from campaign.delivery.gate import Candidate, Facts, KnownFact, Reason, reasons_against
from campaign.delivery.remembrance import allowed_days, letting_out, remembrances_at
from campaign.publishers import has_threads

_DUE = f"""
SELECT d.id AS delivery, d.text AS text, d.fingerprint AS fingerprint, d.approved_fingerprint AS approved_fingerprint,
       d.facts AS facts, d.tries AS tries, d.latest_at AS latest_at, p.campaign AS campaign, p.kind AS kind,
       p.example AS example, p.is_help AS is_help, d.for_day AS for_day, d.due_at AS due_at,
       d.channel AS channel, d.network AS network, p.key AS post,
       d.pictures AS pictures, d.link AS link, d.part_ids AS part_ids, d.url AS url, d.language AS language,
       EXISTS (SELECT 1 FROM campaign_attempt a WHERE a.delivery_id = d.id AND a.outcome = 'unconfirmed') AS doubted,
       EXISTS (SELECT 1 FROM campaign_stray x WHERE x.channel = d.channel) AS may_be_out,
       {questions.LOCKED_PICTURES} AS locked_pictures,
       {places.COLUMNS},
       {questions.COLUMNS}
FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
{places.TABLES}
{questions.TABLES}
"""


class DueRow(NamedTuple):
    """A delivery with all that the gate and the worker have to know of it: a row of _DUE."""

    delivery: int
    text: str
    fingerprint: str
    approved_fingerprint: str
    facts: str
    tries: int
    latest_at: datetime
    campaign: str
    kind: str
    example: bool
    is_help: bool
    for_day: str
    due_at: datetime
    channel: str
    network: str
    post: str
    pictures: str
    link: str
    part_ids: str
    url: str
    language: str
    doubted: bool
    may_be_out: bool  #: on its account there are posts that nobody owns
    locked_pictures: int
    first: int  #: the delivery that it corrects, 0 for none; what follows is that one's
    first_status: str
    first_url: str
    first_ids: str
    first_pictures: str
    first_link: str
    storyteller: str
    was_story: bool
    post_from: date | None
    post_until: date | None
    post_channels: str
    post_purpose: str
    person: int | None
    held_at: datetime | None
    withdrawn_at: datetime | None
    erased_at: datetime | None
    consent_number: int | None
    ended_at: datetime | None
    channels: str | None
    languages: str | None
    second_voice: str | None
    valid_from: date | None
    valid_until: date | None
    may_show_pictures: bool | None
    purposes: str | None
    details: str | None
    edits: str | None
    word: str | None
    second_word: str | None


class PauseRow(NamedTuple):
    """A pause that is on."""

    campaign: str
    channel: str
    language: str
    reason: str
    except_help: bool = False

    def covers(self, row: DueRow) -> bool:
        """Whether it keeps this delivery back."""
        if self.except_help and row.is_help:
            return False
        return (
            self.campaign in ("", row.campaign)
            and self.channel in ("", row.channel)
            and self.language in ("", row.language)
        )


class FactRow(NamedTuple):
    """The status of a fact, and the local date by which it is to be reviewed."""

    key: str
    status: str
    review_by: date | None
    waits_for_eyes: bool

    @property
    def known(self) -> KnownFact:
        """Without a day of review it counts as overdue: the gate fails closed."""
        return KnownFact(self.status, self.review_by or date.min, bool(self.waits_for_eyes))


class WaitingRow(NamedTuple):
    """Something for an engine to do: "due" on a channel, "doubt" or "takedown"."""

    kind: str
    name: str


_FIRST_OF_CHANNELS = f"""
JOIN campaign_channelstate c ON c.name = d.channel AND c.owner = %s AND (c.rest_until IS NULL OR c.rest_until <= %s)
     AND c.look_since IS NULL AND {places.NOTHING_GOES}
WHERE c.name IN ({{names}}) AND d.id = (
    SELECT n.id FROM campaign_delivery n JOIN campaign_post q ON q.id = n.post_id
    WHERE n.status = 'queued' AND n.channel = c.name AND n.due_at <= %s AND n.next_at <= %s
      AND NOT EXISTS (SELECT 1 FROM campaign_pause s WHERE s.ended_at IS NULL
                      AND s.campaign IN ('', q.campaign) AND s.channel IN ('', n.channel)
                      AND s.language IN ('', n.language) AND NOT (s.except_help AND q.is_help))
      AND {questions.NOT_HELD} AND {places.IS_FREE}
      {{extra}}
    ORDER BY n.due_at, n.id LIMIT 1)
"""
_TOGETHER = """
      AND NOT EXISTS (SELECT 1 FROM campaign_delivery o
                      WHERE o.post_id = n.post_id AND o.network = n.network AND o.language <> n.language
                      AND o.status IN ('failed', 'unconfirmed', 'missed'))
"""
"""While the same post is in trouble in the other language on the same network, this one waits."""
_WAITING = """
SELECT 'due' AS kind, c.name AS name FROM campaign_channelstate c
WHERE (c.rest_until IS NULL OR c.rest_until <= %s) AND c.look_since IS NULL
  AND EXISTS (SELECT 1 FROM campaign_delivery d
              WHERE d.status = 'queued' AND d.channel = c.name AND d.due_at <= %s AND d.next_at <= %s)
UNION ALL SELECT 'doubt', ''
WHERE EXISTS (SELECT 1 FROM campaign_delivery u WHERE u.status = 'unconfirmed' AND u.look_at <= %s)
   OR EXISTS (SELECT 1 FROM campaign_channelstate l WHERE l.look_since IS NOT NULL AND l.look_at <= %s)
UNION ALL SELECT 'takedown', ''
WHERE EXISTS (SELECT 1 FROM campaign_takedown t WHERE t.gone_at IS NULL AND t.next_at <= %s)
   OR EXISTS (SELECT 1 FROM campaign_secondcopy s WHERE s.ended_at IS NULL AND s.next_at <= %s)
   OR EXISTS (SELECT 1 FROM campaign_replacement r WHERE r.next_at <= %s)
ORDER BY kind, name
"""
_NOT_LOOKED_FOR = """
AND NOT EXISTS (SELECT 1 FROM campaign_channelstate l WHERE l.name = d.channel AND l.look_since IS NOT NULL)
"""
LOOKS_FIRST = Sentence("The account of this channel is looked at first.")
_UNTIDY = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM campaign_channelstate WHERE owner <> '' AND owner <> %s)
    OR EXISTS (SELECT 1 FROM campaign_delivery WHERE status = 'sending')
    OR EXISTS (SELECT 1 FROM campaign_pause WHERE ended_at IS NULL AND until <= %s)
    OR EXISTS (SELECT 1 FROM campaign_delivery WHERE status = 'queued' AND part_ids = '' AND latest_at < %s)
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for an engine. The channels must have been worked on (`leases.ensure`)."""

    channels: Sequence[str]  #: those that have something due and do not rest, by name
    doubts: bool  #: something unconfirmed is to be looked for, or an account to be looked at
    takedowns: bool  #: something is to be taken down


def first_of_channels(
    names: Sequence[str],
    worker: str,
    now: datetime,
    *,
    together: bool = False,
    kept: Sequence[Remembrance] = (),
) -> list[DueRow]:
    """Of each of these channels that the worker holds and that does not rest, the first due delivery that is neither paused
    nor on hold, nor waits on a day of remembrance (`kept`): at most one row a channel. `together` passes over those whose
    other language is in trouble."""
    remembrance, values = letting_out(kept)
    extra = remembrance + (_TOGETHER if together else "")
    condition = _FIRST_OF_CHANNELS.format(names=marks(names), extra=extra)
    return ask(DueRow, _DUE + condition, worker, now, *names, now, now, *values)


def late(now: datetime, most: int) -> list[DueRow]:
    """At most `most` queued deliveries whose time is over. A thread that has begun is not one: it is finished, however late.
    Nor is one whose account is to be looked at first: it may be out."""
    over = f"{_DUE} WHERE d.status = 'queued' AND d.part_ids = '' AND d.latest_at < %s {_NOT_LOOKED_FOR} LIMIT {most}"
    return ask(DueRow, over, now)


def peek_due(now: datetime, zone: ZoneInfo) -> list[tuple[Claim, list[Reason]]]:
    """What is due, with all that the gate says against it, in due order. Claims nothing and changes nothing."""
    pauses = ask(
        PauseRow,
        "SELECT campaign, channel, language, reason, except_help FROM campaign_pause WHERE ended_at IS NULL",
    )
    looked_at = "SELECT name FROM campaign_channelstate WHERE look_since IS NOT NULL"
    pauses += [PauseRow("", name, "", LOOKS_FIRST) for name in column(str, looked_at)]
    waiting = "WHERE d.status = 'queued' AND d.due_at <= %s AND d.next_at <= %s ORDER BY d.due_at, d.id"
    due = ask(DueRow, f"{_DUE} {waiting}", now, now)
    facts, waits = facts_of(due), waits_of(due, remembrances_at(now, zone))
    peeked = []
    for row in due:
        days = waits.get(row.delivery, ())
        candidate = candidate_of(row, facts, _pauses_on(row, pauses), days)
        peeked.append((claim_of(row, "", now), reasons_against(candidate, now, zone)))
    return peeked


def waiting(now: datetime) -> Work:
    """What there is to do now: one question, since an engine asks it again and again, and mostly there is nothing."""
    rows = ask(WaitingRow, _WAITING, *[now] * 8)
    channels = [row.name for row in rows if row.kind == "due"]
    kinds = {row.kind for row in rows}
    return Work(channels, doubts="doubt" in kinds, takedowns="takedown" in kinds)


def is_untidy(worker: str, now: datetime) -> bool:
    """Whether there may be something to tidy up: a channel that another worker holds, something that is being sent, a
    pause that is over, or something that has come too late."""
    return is_any(_UNTIDY, worker, now, now)


def next_due(now: datetime) -> datetime | None:
    """The next moment after now at which something becomes due."""
    sooner = "SELECT next_at FROM campaign_delivery WHERE status = 'queued' AND next_at > %s ORDER BY next_at LIMIT 1"
    return next(iter(column(datetime, sooner, now)), None)


def known_facts(keys: Sequence[str]) -> Facts:
    """Status and review date of facts; None for one that the database does not know."""
    if not keys:
        return {}
    named = f"WHERE key IN ({marks(keys)})"
    asked = f"SELECT key, status, review_by, waits_for_eyes FROM campaign_fact {named}"
    known = {fact.key: fact.known for fact in ask(FactRow, asked, *keys)}
    return {key: known.get(key) for key in keys}


def facts_of(rows: Sequence[DueRow]) -> Facts:
    """As `known_facts`, of all that the texts of these rows lean on: one question, however many rows there are."""
    keys: set[str] = set()
    for row in rows:
        keys.update(row.facts.split())
    return known_facts(sorted(keys))


def claim_on(delivery: int, now: datetime) -> Claim:
    """The claim on the delivery of this number, by no worker; the delivery must be there."""
    [row] = rows_of([delivery])
    return claim_of(row, "", now)


def rows_of(deliveries: Sequence[int]) -> list[DueRow]:
    """The rows of these deliveries, whatever their status, in no order."""
    if not deliveries:
        return []
    return ask(DueRow, f"{_DUE} WHERE d.id IN ({marks(deliveries)})", *deliveries)


def claim_of(row: DueRow, worker: str, now: datetime) -> Claim:
    """The claim on a delivery by this worker, made now."""
    edits = places.edited_by(row)
    return Claim(
        delivery=row.delivery,
        post=row.post,
        channel=row.channel,
        worker=worker,
        whole_text=row.text,
        pictures=row.pictures,
        out=tuple(row.part_ids.split()),
        url=row.first_url if edits else row.url,
        tries=row.tries,
        doubted=row.doubted,
        at=now,
        is_story=_is_story(row),
        has_threads=has_threads(row.network),
        whole_link=row.link,
        first=row.first,
        edits=edits,
    )


def waits_of(
    rows: Sequence[DueRow], kept: Sequence[Remembrance]
) -> dict[int, tuple[date, ...]]:
    """The days of remembrance on which each of these waits for a second person, by its number; one question at the most.

    A help line waits on none, and a thread that has begun is finished."""
    concerned: dict[int, DueRow] = {}
    for row in rows:
        is_free = row.is_help or row.part_ids
        if not is_free and days_waited_on(kept, row.due_at, row.for_day):
            concerned[row.delivery] = row
    allowed = allowed_days(concerned)
    waits: dict[int, tuple[date, ...]] = {}
    for number, row in concerned.items():
        waits[number] = days_waited_on(kept, row.due_at, row.for_day, allowed.get(number, ()))
    return waits


def candidate_of(
    row: DueRow, facts: Facts, pauses: Sequence[str] = (), waits: Sequence[date] = ()
) -> Candidate:
    """What the gate decides on; `facts` are those of `facts_of`, `pauses` the reasons of the pauses that cover it, and `waits`
    the days of remembrance on which it waits."""
    is_story = _is_story(row)
    of_person = told.use_of(row.text, row.pictures, row.language) if is_story else told.NOTHING
    return Candidate(
        channel=row.channel,
        is_story=is_story,
        is_example=row.example,
        consent=_consent(row) if is_story else None,
        fingerprint=row.fingerprint,
        approved_fingerprint=row.approved_fingerprint,
        latest_at=row.latest_at,
        facts={key: facts.get(key) for key in row.facts.split()},
        pauses=pauses,
        waits=waits,
        is_begun=bool(row.part_ids),
        first_status=row.first_status,
        language=row.language,
        has_pictures=bool(row.pictures),
        purposes=of_person.purposes(row.post_purpose),
        told=of_person.details,
        locked_picture=bool(row.locked_pictures),
    )


def consents_of(deliveries: Sequence[int]) -> dict[int, KnownConsent]:
    """The consent of the person whose story each of these deliveries tells, by the delivery's number; one question for all.

    The word on a text is the one on the text as the database has it.
    """
    return {row.delivery: _consent(row) for row in rows_of(deliveries)}


def _is_story(row: DueRow) -> bool:
    """As `was_of_a_person`: a story that names nobody any more goes out as little as one that never did."""
    return bool(row.was_story) or tells_of_a_person(row.kind, row.storyteller)


def _consent(row: DueRow) -> KnownConsent:
    word, change, saw_change = (row.word or "  ").split(" ")
    return KnownConsent(
        reference=row.storyteller,
        is_told_no_more=not tells_of_a_person(row.kind, row.storyteller),
        is_known=row.person is not None,
        is_held=row.held_at is not None,
        is_withdrawn=row.withdrawn_at is not None,
        is_erased=row.erased_at is not None,
        number=row.consent_number or 0 if row.channels is not None else 0,
        is_ended=row.ended_at is not None,
        channels=tuple((row.channels or "").split()),
        languages=tuple((row.languages or "").split()),
        start=row.valid_from,
        until=row.valid_until,
        pictures=bool(row.may_show_pictures),
        purposes=tuple((row.purposes or "").split()),
        details=tuple((row.details or "").split()),
        edits=row.edits or Edits.NONE,
        word=word,
        change=change,
        saw_change=bool(saw_change),
        second_voice=row.second_voice or "",
        second_word=row.second_word or "",
        narrowed=Narrowed(row.post_from, row.post_until, tuple(row.post_channels.split())),
    )


def _pauses_on(row: DueRow, pauses: Sequence[PauseRow]) -> list[str]:
    """The reasons of those of the pauses that cover the delivery."""
    return [pause.reason for pause in pauses if pause.covers(row)]
