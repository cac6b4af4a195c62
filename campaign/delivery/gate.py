"""The gate: whether a delivery may go out. Asked when it is queued, and again in the transaction that claims it.

It fails closed: what it does not know is a reason not to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.consent.rule import Ask, KnownConsent, beyond, hold, objections, unsaid
from campaign.core.clock import local_day
from campaign.core.sentence import Sentence
from campaign.states import IN_THE_WAY, NOT_OUT_YET, Status


class Ground(StrEnum):
    """Why a delivery may not go out."""

    PAUSED = "paused"
    LATE = "late"
    CHANGED = "changed"
    EXAMPLE = "example"
    CONSENT = "consent"
    BEYOND = "beyond"  #: it tells more, or is used for more, than the person allows
    WORD = "word"  #: the person has not said yes to this very text
    HELD = "held"
    REMEMBRANCE = "remembrance"  #: a second person has to say that it may go out on such a day
    FACT = "fact"
    PLACE = "place"  #: what it corrects is in its way


STATUS_AFTER: Mapping[Ground, Status] = {
    Ground.LATE: Status.MISSED,
    Ground.CHANGED: Status.DRAFT,
    Ground.EXAMPLE: Status.DRAFT,
    Ground.CONSENT: Status.WITHDRAWN,
    Ground.BEYOND: Status.DRAFT,
    Ground.WORD: Status.DRAFT,
    Ground.FACT: Status.DRAFT,
}
"""Where a queued delivery goes that the gate does not let out. One that is paused, on hold, waits on a day of remembrance or
for what it corrects stays where it is."""


class KnownFact(NamedTuple):
    """What the database knows of a fact."""

    status: str
    review_by: date
    waits_for_eyes: bool = False  #: nobody but its writer has looked at it


Facts = Mapping[str, KnownFact | None]
"""Each fact that a text leans on; None for one that the database does not know."""

STILL_WAITS = Sentence(
    "The post that it corrects still waits on this channel: cancel that one, or this one."
)
IN_DOUBT = Sentence(
    "The post that it corrects may be out, and that is not known yet: it waits until it is."
)
LOCKED = Sentence("A picture of it belongs to a story that was taken back: use another one.")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a sentence for a person."""

    ground: Ground
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that the gate decides on."""

    channel: str
    is_story: bool
    is_example: bool
    consent: KnownConsent | None
    fingerprint: str
    approved_fingerprint: str
    latest_at: datetime
    facts: Facts
    pauses: Sequence[str] = ()
    waits: Sequence[date] = ()  #: the days of remembrance on which it waits for a second person
    is_begun: bool = False  #: parts of its thread are out: it is finished, however late
    language: str = ""
    has_pictures: bool = False
    purposes: tuple[str, ...] = ()  #: what a story is used for here
    told: tuple[str, ...] = ()  #: the details that it tells
    first_status: str = ""  #: that of the delivery which it corrects
    locked_picture: bool = False  #: one of them belongs to a story that was taken back


def reasons_against(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    """Every reason why the delivery may not go out now; none means that it may."""
    today = local_day(now, zone)
    # The order counts: the first reason that has a status in STATUS_AFTER decides where the delivery goes.
    reasons = [
        Reason(Ground.PAUSED, Sentence("Publishing is paused: {0}", pause))
        for pause in candidate.pauses
    ]
    if candidate.is_story:
        reasons += [Reason(Ground.HELD, sentence) for sentence in hold(candidate.consent)]
    for day in candidate.waits:
        sentence = Sentence(
            "{0} is a day of remembrance: it waits until a second person, not the one who approved it, says that it may "
            "go out on that day.",
            day,
        )
        reasons.append(Reason(Ground.REMEMBRANCE, sentence))
    if in_its_way := in_the_way(candidate.first_status):
        reasons.append(Reason(Ground.PLACE, in_its_way))
    reasons += _lateness(candidate, now, zone)
    reasons += _text(candidate)
    if candidate.is_story:
        reasons += _story(candidate, today)
    if candidate.locked_picture:
        reasons.append(Reason(Ground.CONSENT, LOCKED))
    for key, known in candidate.facts.items():
        reasons += _fact(key, known, today)
    return reasons


def in_the_way(first_status: str) -> str:
    """Why a delivery waits for the one that it corrects, which has this status; "" where it does not."""
    if first_status not in IN_THE_WAY:
        return ""
    return STILL_WAITS if first_status in NOT_OUT_YET else IN_DOUBT


def reasons_ahead(
    candidate: Candidate, due: datetime, now: datetime, zone: ZoneInfo
) -> list[Reason]:
    """Every reason why the delivery may not be queued now, to go out when it is `due`: a consent has to hold on that day too."""
    reasons = reasons_against(candidate, now, zone)
    if reasons:
        return reasons
    later = reasons_against(candidate, max(now, due), zone)
    return [reason for reason in later if reason.ground is Ground.CONSENT]


def _lateness(candidate: Candidate, now: datetime, zone: ZoneInfo) -> list[Reason]:
    if now <= candidate.latest_at or candidate.is_begun:
        return []
    latest = candidate.latest_at.astimezone(zone)
    sentence = Sentence(
        "Its time is over: it could go out until {0}. Give it a new time, or drop it.",
        f"{latest:%Y-%m-%d %H:%M}",
    )
    return [Reason(Ground.LATE, sentence)]


def _text(candidate: Candidate) -> list[Reason]:
    if candidate.is_example:
        sentence = Sentence(
            "It is an example, and examples are never published: write your own post."
        )
        return [Reason(Ground.EXAMPLE, sentence)]
    approved = candidate.approved_fingerprint
    # One that nobody approved has no fingerprint of an approval: "" never counts as equal.
    if not approved or approved != candidate.fingerprint:
        sentence = Sentence("Its text is not the one that was approved: approve it again.")
        return [Reason(Ground.CHANGED, sentence)]
    return []


def _story(candidate: Candidate, today: date) -> list[Reason]:
    """The objections of the consent; where it has none, in what the text goes beyond it, and that the person has not said
    yes to this very text."""
    consent, ask = candidate.consent, _ask(candidate, today)
    against = objections(consent, ask)
    if consent is None or against:
        return [Reason(Ground.CONSENT, sentence) for sentence in against]
    reasons = [Reason(Ground.BEYOND, sentence) for sentence in beyond(consent, ask)]
    reasons += [Reason(Ground.WORD, sentence) for sentence in unsaid(consent)]
    return reasons


def _ask(candidate: Candidate, today: date) -> Ask:
    return Ask(
        candidate.channel,
        candidate.language,
        today,
        candidate.has_pictures,
        candidate.purposes,
        candidate.told,
    )


def _fact(key: str, known: KnownFact | None, today: date) -> list[Reason]:
    if known is None:
        sentence = Sentence(
            'It leans on the fact "{0}", which is not known: load the facts again.', key
        )
        return [Reason(Ground.FACT, sentence)]
    if known.status == "do_not_use":
        sentence = Sentence('It leans on the fact "{0}", which must not be used.', key)
        return [Reason(Ground.FACT, sentence)]
    if known.review_by < today:
        sentence = Sentence(
            'It leans on the fact "{0}", which was to be reviewed by {1}: check its source.',
            key,
            known.review_by,
        )
        return [Reason(Ground.FACT, sentence)]
    if known.waits_for_eyes:
        sentence = Sentence(
            'It relies on the fact "{0}", which nobody but its writer has looked at: somebody else opens '
            "its source and confirms it.",
            key,
        )
        return [Reason(Ground.FACT, sentence)]
    return []
