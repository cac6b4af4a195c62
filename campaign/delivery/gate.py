"""The gate: whether a delivery may go out. Asked when it is queued, and again in the transaction that claims it.

It fails closed: what it does not know is a reason not to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaign.states import Status


class Ground(StrEnum):
    """Why a delivery may not go out."""

    PAUSED = "paused"
    LATE = "late"
    CHANGED = "changed"
    EXAMPLE = "example"
    CONSENT = "consent"
    FACT = "fact"


STATUS_AFTER: Mapping[Ground, Status] = {
    Ground.LATE: Status.MISSED,
    Ground.CHANGED: Status.DRAFT,
    Ground.EXAMPLE: Status.DRAFT,
    Ground.CONSENT: Status.WITHDRAWN,
    Ground.FACT: Status.DRAFT,
}
"""Where a queued delivery goes that the gate does not let out. A paused one stays where it is."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a sentence for a person."""

    ground: Ground
    sentence: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What the post says of its storyteller's consent."""

    start: date | None
    until: date | None
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that the gate looks at. `facts` maps each fact that the text leans on to its status and review date,
    or to None when the database does not know it."""

    channel: str
    is_story: bool
    is_example: bool
    consent: Consent | None
    fingerprint: str
    approved_fingerprint: str
    latest_at: datetime
    facts: Mapping[str, tuple[str, date] | None]
    pauses: Sequence[str] = ()
    is_begun: bool = False  #: parts of its thread are out: it is finished, however late


def reasons_against(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    """Every reason why the delivery may not go out now; none means that it may."""
    today = now.astimezone(zone).date()
    return [
        *(Reason(Ground.PAUSED, f"Publishing is paused: {pause}") for pause in candidate.pauses),
        *_lateness(candidate, now, zone),
        *_text(candidate),
        *(_story(candidate, today) if candidate.is_story else ()),
        *(reason for fact in candidate.facts if (reason := _fact(fact, candidate.facts[fact], today))),
    ]


def _lateness(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    if now <= candidate.latest_at or candidate.is_begun:
        return []
    latest = candidate.latest_at.astimezone(zone)
    return [
        Reason(
            Ground.LATE,
            f"Its time is over: it could go out until {latest:%Y-%m-%d %H:%M}. Give it a new time, or drop it.",
        )
    ]


def _text(candidate: Candidate) -> list[Reason]:
    if candidate.is_example:
        return [Reason(Ground.EXAMPLE, "It is an example, and examples are never published: write your own post.")]
    if not candidate.approved_fingerprint or candidate.approved_fingerprint != candidate.fingerprint:
        return [Reason(Ground.CHANGED, "Its text is not the one that was approved: approve it again.")]
    return []


def _story(candidate: Candidate, today: date) -> list[Reason]:
    consent = candidate.consent
    if consent is None or consent.start is None or consent.until is None:
        return [
            Reason(Ground.CONSENT, "No consent is recorded for this story: add [consent] with its dates and channels.")
        ]
    if not consent.start <= today <= consent.until:
        return [
            Reason(
                Ground.CONSENT,
                f"The storyteller's consent holds from {consent.start} to {consent.until}, not on {today}.",
            )
        ]
    if candidate.channel not in consent.channels:
        return [Reason(Ground.CONSENT, f"The storyteller has not consented to channel {candidate.channel}.")]
    return []


def _fact(key: str, known: tuple[str, date] | None, today: date) -> Reason | None:
    if known is None:
        return Reason(Ground.FACT, f'It leans on the fact "{key}", which is not known: load the facts again.')
    status, review_by = known
    if status == "do_not_use":
        return Reason(Ground.FACT, f'It leans on the fact "{key}", which must not be used.')
    if review_by < today:
        return Reason(
            Ground.FACT, f'It leans on the fact "{key}", which was to be reviewed by {review_by}: check its source.'
        )
    return None
