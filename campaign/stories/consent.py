"""Consent as a record: each giving is a new version, and the one before it ends.

The rule that is asked of it, `objections`, is pure and lives beside the gate (`campaign.consent.rule`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from campaign.consent.naming import Identity
from campaign.consent.rule import Ask, Detail, Edits, objections, warns
from campaign.content.post import LANGUAGES, Purpose
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models.stories import Consent, FinalWord, LockedPicture, Storyteller
from campaign.people.roles import is_volunteer
from campaign.states import Status
from campaign.stories.agreeing import answers, archive, parties, trusted
from campaign.stories.agreeing.parties import SecondVoice, Speaker
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.storyteller import deliveries_of, note
from campaign.stories.vault import seal

__all__ = [
    "Ask",
    "Consent",
    "Detail",
    "Edits",
    "Identity",
    "Purpose",
    "Terms",
    "current",
    "give",
    "objections",
    "warns",
]

LONGEST_CONSENT = timedelta(days=5 * 366)
"""A consent is for a time: nobody can say yes for ever."""
_OF_A_VERSION = ("id", "storyteller", "number", "at", "ended_at")
"""The fields of a consent that the next version does not take over."""


class After(StrEnum):
    """What is to happen when they become very ill, or die, or when their consent ends."""

    KEEP = "keep"
    ASK = "ask"  #: pause, and ask the person whom they named
    TALK = "talk"  #: they would rather talk about it: until then it is as ASK, and something to do for the team
    UNASKED = ""  #: it was not asked, since it cannot happen any more
    REMOVE = "remove"


class Method(StrEnum):
    """How they said yes."""

    WEB = "web"
    PAPER = "paper"
    SPOKEN = "spoken"
    EMAIL = "email"


class Explained(StrEnum):
    """What was explained to them before."""

    COPIES = "copies"  #: what is public can be copied, and copies stay
    WITHDRAW = "withdraw"  #: how they take it back, at any time, without a reason
    TERMS = "terms"  #: the networks have rules of their own
    FREE = "free"  #: no service depends on their yes
    RISKS = "risks"  #: work, insurance, family may see it


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person agrees to. Dates are days of the organization; both ends belong to it."""

    channels: tuple[str, ...]
    languages: tuple[str, ...]
    identity: Identity
    given_on: date
    start: date
    until: date
    collected_by: str
    method: Method
    purposes: tuple[Purpose, ...] = (Purpose.AWARENESS,)
    named_as: str = ""  #: for a chosen name
    pictures: bool = False
    details: tuple[Detail, ...] = ()
    edits: Edits = Edits.NONE
    if_ill: After = After.TALK
    if_died: After = After.TALK
    if_ended: After = After.KEEP  #: what is out when the consent ends: KEEP or REMOVE
    told: tuple[Explained, ...] = ()
    form_version: str = ""
    form_language: str = ""
    form_text: str = ""  #: the page's words as they were shown, which are kept
    proof_digest: str = ""  #: SHA-256 of the signed file, in hexadecimal
    trusted: Trusted | None = None  #: whom to ask; None leaves whom they named before
    speaker: Speaker | None = (
        None  #: who speaks for somebody else; None leaves what is recorded
    )
    adult_on: date | None = None  #: when a young person comes of age; None as before


def give(storyteller: Storyteller, terms: Terms, by: str, now: datetime) -> Consent:
    """Records a consent as the next version; the one before it ends, and texts need the person's word anew.

    A person who had taken their story back gives a new start with it; what was withdrawn stays withdrawn. A consent for a
    young person ends before they get a say, or come of age. Raises Problem for terms that cannot hold, and when the record is
    erased.
    """
    _check(terms)
    _need_proof_of_a_volunteer(terms, by)
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        if known.erased_at:
            raise Problem(
                Sentence(
                    "What was known of storyteller {0} is erased: make a new record.",
                    known.reference,
                )
            )
        terms = _of_people(known, terms, by)
        digest = archive.keep(terms.form_text, terms.form_language, now)
        given = _next_version(known, _values(known, terms) | {"form_digest": digest}, now)
        answers.forget(known)
        Storyteller.objects.filter(pk=known.pk).update(withdrawn_at=None)
        if terms.pictures:
            LockedPicture.objects.filter(storyteller=known).delete()
        _ask_anew(known, by, now)
        note(known, "consent given", by, now, f"Version {given.number}.")
    storyteller.refresh_from_db()
    return given


def need_somebody_to_ask(storyteller: Storyteller, terms: Terms) -> bool:
    """Keeps whom they name as their person of trust; whether that is news. Raises Problem where they want that somebody is
    asked, and name nobody."""
    is_news = trusted.record(storyteller, terms.trusted)
    if After.ASK in (terms.if_ill, terms.if_died):
        trusted.need_somebody(storyteller)
    return is_news


def second_yes(storyteller: Storyteller, by: str, now: datetime) -> None:
    """Records that the young person has said yes themselves, beside their guardian. Raises Problem where nothing waits for
    it."""
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        waits = Consent.objects.filter(
            storyteller=known,
            number=known.consent_number,
            ended_at=None,
            second_voice=SecondVoice.WAITS,
        )
        if known.withdrawn_at or not waits.update(second_voice=SecondVoice.YES.value):
            raise Problem(
                Sentence(
                    "No consent of storyteller {0} waits for a second yes.", known.reference
                )
            )
        note(known, "second yes given", by, now)


def speak_themselves(storyteller: Storyteller, by: str, now: datetime) -> None:
    """A young person has come of age, or somebody can decide again: what was agreed to for them ends, nothing goes out before
    they have said yes themselves, and the link of who spoke for them opens nothing. Raises Problem where nobody did."""
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        parties.speaks_themselves(known)
        # First out of the queue: what a consent that has ended still holds there would be withdrawn for good.
        _ask_anew(known, by, now)
        Consent.objects.filter(storyteller=known, ended_at=None).update(ended_at=now)
        note(known, "speaks for themselves", by, now)
    storyteller.refresh_from_db()


def current(storyteller: Storyteller) -> Consent | None:
    """The version that counts, ended or not; None when none was given."""
    return Consent.objects.filter(
        storyteller=storyteller, number=storyteller.consent_number
    ).first()


def narrow(
    storyteller: Storyteller, now: datetime, keep: Iterable[int], **values: str | bool
) -> Consent | None:
    """A next version that allows less, with these values; part of a transaction. What the person said of the texts of the
    deliveries in `keep` goes on to hold. None when no consent counts that could be narrowed."""
    before = current(storyteller)
    if before is None or before.ended_at:
        return None
    names = [field.name for field in Consent._meta.concrete_fields]
    same = {name: getattr(before, name) for name in names if name not in _OF_A_VERSION}
    narrowed = _next_version(storyteller, same | values, now)
    for word in FinalWord.objects.filter(consent=before, delivery__in=list(keep)).order_by(
        "id"
    ):
        # Without a number of its own it is saved as another word, and the one before stays.
        word.pk, word.consent = None, narrowed
        word.save(force_insert=True)
    return narrowed


def words(text: str) -> tuple[str, ...]:
    """The parts of a list as a record keeps it, separated by blanks."""
    return tuple(text.split())


def _next_version(
    storyteller: Storyteller, values: dict[str, object], now: datetime
) -> Consent:
    number = storyteller.consent_number + 1
    Consent.objects.filter(storyteller=storyteller, ended_at=None).update(ended_at=now)
    made = Consent.objects.create(storyteller=storyteller, number=number, at=now, **values)
    Storyteller.objects.filter(pk=storyteller.pk).update(consent_number=number)
    storyteller.consent_number = number
    return made


def _ask_anew(storyteller: Storyteller, by: str, now: datetime) -> None:
    reason = Sentence(
        "Its storyteller has given a new consent: ask them about this text again."
    )
    # A thread of which a part is out already is not stopped in the middle.
    for delivery in deliveries_of(storyteller).filter(status=Status.QUEUED, part_ids=""):
        queue.move(
            delivery.pk,
            Status.QUEUED,
            Status.DRAFT,
            now,
            actor=by,
            action="approval lost",
            reason=reason,
        )


def _of_people(known: Storyteller, terms: Terms, by: str) -> Terms:
    """Keeps who speaks and whom they trust, and ends the consent where the age of its person does."""
    parties.record(known, terms.speaker, terms.adult_on, by)
    parties.need_authority(known, terms.given_on)
    need_somebody_to_ask(known, terms)
    last = parties.last_day(known, terms.given_on)
    return terms if last is None else replace(terms, until=min(terms.until, last))


def _need_proof_of_a_volunteer(terms: Terms, by: str) -> None:
    """What one volunteer says is not enough, in whichever way it came: nobody could tell it from what nobody said."""
    if terms.proof_digest or not is_volunteer(by):
        return
    if terms.method is Method.SPOKEN:
        raise Problem(
            Sentence(
                "A spoken yes that a volunteer has heard alone needs a recording or a signed paper: attach it, or let the"
                " person say yes on their private page, or to somebody of the team."
            )
        )
    raise Problem(
        Sentence(
            "A yes that a volunteer hands in needs its proof: attach the signed paper or the e-mail, or let the person say yes"
            " on their private page, or to somebody of the team."
        )
    )


def _values(known: Storyteller, terms: Terms) -> dict[str, object]:
    return {
        "channels": _joined(terms.channels),
        "languages": _joined(terms.languages),
        "purposes": _joined(terms.purposes),
        "identity": terms.identity.value,
        "named_as_sealed": seal(" ".join(terms.named_as.split())),
        "pictures": terms.pictures,
        "details": _joined(terms.details),
        "edits": terms.edits.value,
        "given_on": terms.given_on,
        "valid_from": terms.start,
        "valid_until": terms.until,
        "if_ill": terms.if_ill.value,
        "if_died": terms.if_died.value,
        "if_ended": terms.if_ended.value,
        "told": _joined(terms.told),
        "form_version": terms.form_version,
        "form_language": terms.form_language,
        "method": terms.method.value,
        "proof_digest": terms.proof_digest,
        "collected_by": terms.collected_by,
        "second_voice": _second_voice(known, terms.given_on).value,
    }


def _second_voice(known: Storyteller, given_on: date) -> SecondVoice:
    before = Consent.objects.filter(storyteller=known)
    had_a_say = before.exclude(second_voice=SecondVoice.NOT_NEEDED).exists()
    return parties.second_voice(known, given_on, had_a_say=had_a_say)


def _joined(values: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(str(value) for value in values))


def _check(terms: Terms) -> None:
    if not terms.channels or not terms.languages or any(" " in name for name in terms.channels):
        raise Problem(
            Sentence(
                "A consent names at least one channel and one language: nothing is agreed to otherwise."
            )
        )
    if not set(terms.languages) <= set(LANGUAGES):
        raise Problem(Sentence("A consent names the languages en, fr or both."))
    if not terms.given_on <= terms.until or not terms.start <= terms.until:
        raise Problem(
            Sentence(
                "The consent would end on {0}, before it begins: correct its dates.",
                terms.until,
            )
        )
    if terms.until - terms.given_on > LONGEST_CONSENT:
        raise Problem(
            Sentence(
                "A consent holds for five years at the most: choose an earlier end, and ask again then."
            )
        )
    if terms.identity is Identity.CHOSEN_NAME and not is_seen(terms.named_as):
        raise Problem(Sentence("Write the name that the person chose for their story."))
    if terms.proof_digest and not re.fullmatch(r"[0-9a-f]{64}", terms.proof_digest):
        raise Problem(
            Sentence(
                "The proof is named by the SHA-256 of its file: 64 digits and letters from a to f."
            )
        )
    if not is_seen(terms.collected_by):
        raise Problem(Sentence("Say who collected the consent."))
