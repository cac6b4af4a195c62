"""The gate: whether a delivery may go out. Asked when it is queued, and again in the transaction that claims it.

It fails closed: what it does not know is a reason not to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaign.consent.rule import Ask, KnownConsent, hold, objections, unsaid
from campaign.core.sentence import Sentence
from campaign.states import Status


class Ground(StrEnum):
    """Why a delivery may not go out."""

    PAUSED = "paused"
    LATE = "late"
    CHANGED = "changed"
    EXAMPLE = "example"
    CONSENT = "consent"
    WORD = "word"  #: the person has not said yes to this very text
    HELD = "held"
    FACT = "fact"


STATUS_AFTER: Mapping[Ground, Status] = {
    Ground.LATE: Status.MISSED,
    Ground.CHANGED: Status.DRAFT,
    Ground.EXAMPLE: Status.DRAFT,
    Ground.CONSENT: Status.WITHDRAWN,
    Ground.WORD: Status.DRAFT,
    Ground.FACT: Status.DRAFT,
}
"""Where a queued delivery goes that the gate does not let out. One that is paused or on hold stays where it is."""


Facts = Mapping[str, tuple[str, date] | None]
"""The status and the review date of each fact that a text leans on; None for one that the database does not know."""

LOCKED = Sentence("A picture of it belongs to a story that was taken back: use another one.")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a sentence for a person."""

    ground: Ground
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that the gate looks at."""

    channel: str
    is_story: bool
    is_example: bool
    consent: KnownConsent | None
    fingerprint: str
    approved_fingerprint: str
    latest_at: datetime
    facts: Facts
    pauses: Sequence[str] = ()
    is_begun: bool = False  #: parts of its thread are out: it is finished, however late
    language: str = ""
    has_pictures: bool = False
    locked_picture: bool = False  #: one of them belongs to a story that was taken back


def reasons_against(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    """Every reason why the delivery may not go out now; none means that it may."""
    today = now.astimezone(zone).date()
    return [
        *(
            Reason(Ground.PAUSED, Sentence("Publishing is paused: {0}", pause))
            for pause in candidate.pauses
        ),
        *(
            Reason(Ground.HELD, sentence)
            for sentence in hold(candidate.consent)
            if candidate.is_story
        ),
        *_lateness(candidate, now, zone),
        *_text(candidate),
        *(_story(candidate, today) if candidate.is_story else ()),
        *((Reason(Ground.CONSENT, LOCKED),) if candidate.locked_picture else ()),
        *(
            reason
            for fact in candidate.facts
            if (reason := _fact(fact, candidate.facts[fact], today))
        ),
    ]


def _lateness(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    if now <= candidate.latest_at or candidate.is_begun:
        return []
    latest = candidate.latest_at.astimezone(zone)
    return [
        Reason(
            Ground.LATE,
            Sentence(
                "Its time is over: it could go out until {0}. Give it a new time, or drop it.",
                f"{latest:%Y-%m-%d %H:%M}",
            ),
        )
    ]


def _text(candidate: Candidate) -> list[Reason]:
    if candidate.is_example:
        return [
            Reason(
                Ground.EXAMPLE,
                Sentence(
                    "It is an example, and examples are never published: write your own post."
                ),
            )
        ]
    if (
        not candidate.approved_fingerprint
        or candidate.approved_fingerprint != candidate.fingerprint
    ):
        return [
            Reason(
                Ground.CHANGED,
                Sentence("Its text is not the one that was approved: approve it again."),
            )
        ]
    return []


def _story(candidate: Candidate, today: date) -> list[Reason]:
    """What stands in the way of everything first; without a consent, nobody is asked about the text."""
    ask = Ask(candidate.channel, candidate.language, today, candidate.has_pictures)
    against = objections(candidate.consent, ask)
    if against:
        return [Reason(Ground.CONSENT, sentence) for sentence in against]
    return [Reason(Ground.WORD, sentence) for sentence in unsaid(candidate.consent)]


def _fact(key: str, known: tuple[str, date] | None, today: date) -> Reason | None:
    if known is None:
        return Reason(
            Ground.FACT,
            Sentence('It leans on the fact "{0}", which is not known: load the facts again.', key),
        )
    status, review_by = known
    if status == "do_not_use":
        return Reason(
            Ground.FACT, Sentence('It leans on the fact "{0}", which must not be used.', key)
        )
    if review_by < today:
        return Reason(
            Ground.FACT,
            Sentence(
                'It leans on the fact "{0}", which was to be reviewed by {1}: check its source.',
                key,
                review_by,
            ),
        )
    return None
