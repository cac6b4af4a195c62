"""The storyteller's word on the very text and pictures that will go out: yes, no, or a remark.

Silence is never a yes. A text that changes needs their word again, since the word is given to its fingerprint."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from campaign.care import hands
from campaign.care.hands import Source
from campaign.consent.naming import Identity, allowed, revealed
from campaign.consent.rule import DETAILS, Detail, goes_beyond
from campaign.consent.told import details_beyond, written
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import Delivery
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.publishers import posts_of
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.agreeing.parties import speaker_of
from campaign.stories.consent import current
from campaign.stories.edits import ToldBeside, told_beside
from campaign.stories.storyteller import deliveries_of, name_of
from campaign.stories.vault import seal, unseal

LONGEST_REMARK = 3_000
"""Characters."""


class FinalAnswer(StrEnum):
    """What a storyteller says of a text."""

    YES = "yes"
    NO = "no"
    REMARK = "remark"


class TextChanged(Problem):
    """The text is not the one that was shown."""


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """A picture as it goes out: its file, the SHA-256 of that, and its description."""

    file: str
    digest: str
    alt: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Exactly what will go out, where and when, and what the storyteller has said of it under their present consent."""

    delivery: int
    network: str
    channel: str
    language: str
    due_at: datetime
    status: Status
    parts: tuple[str, ...]  #: of a thread; else the one text
    pictures: tuple[AskedPicture, ...]
    fingerprint: str
    answer: FinalAnswer | None
    answered_at: datetime | None
    names_too_much: bool  #: it shows more of their name than the consent allows
    told: ToldBeside  #: its words beside those that were told
    #: further than they allow: they are shown what was changed before they say yes
    is_changed: bool
    details: tuple[Sentence, ...]  #: that it tells and they have not agreed to
    second_answer: FinalAnswer | None = None  #: that of a young person, beside their guardian's

    @property
    def is_within(self) -> bool:
        """Whether it may be agreed to as it stands: it tells no more than the consent allows."""
        return not (self.names_too_much or self.details)


def outgoing(storyteller: Storyteller) -> list[Outgoing]:
    """What is to go out of a person's story, in due order. Raises Locked when their name cannot be read."""
    consent, names = current(storyteller), _names(storyteller)
    deliveries = list(_askable(storyteller))
    numbers = [delivery.pk for delivery in deliveries]
    words, seconds = _words(consent, numbers), _words(consent, numbers, is_second=True)
    told = told_beside(storyteller, deliveries)
    asked = []
    for delivery in deliveries:
        text = delivery.pk, delivery.fingerprint
        shown = _outgoing(delivery, words.get(text), consent, names, told[delivery.pk])
        second = seconds.get(text)
        answer = FinalAnswer(second.answer) if second else None
        asked.append(replace(shown, second_answer=answer))
    return asked


def answer(
    storyteller: Storyteller,
    delivery: int,
    fingerprint: str,
    said: FinalAnswer,
    now: datetime,
    *,
    remark: str = "",
    recorded_by: str = "",
    saw_change: bool = False,
    is_second: bool = False,
) -> FinalWord:
    """Keeps what the person said of a text, and what they wrote with it; the latest word counts. No and a remark take an
    approval away at once.

    `fingerprint` is that of the text that was shown to them; `saw_change` says that they were shown what was changed in
    their words. `is_second`: a young person says it, beside their guardian. `recorded_by` is the user to whom they said it,
    "" through their link. Raises TextChanged when the text is another one now, and Problem when their word cannot be taken.
    """
    remark = remark.strip()
    # Also where their word cannot be taken: that somebody is in distress is heard all the same.
    hands.heed(storyteller, remark, Source.REMARK, now)
    remark = _fitting(remark, said)
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        consent = _open_consent(known)
        asked = _asked(known, delivery, fingerprint)
        told = told_beside(known, [asked])[asked.pk]
        if is_second and not consent.second_voice:
            raise Problem(
                Sentence("One voice is enough here: nothing is asked of a second one.")
            )
        if said is FinalAnswer.YES:
            _check_agreed(asked, known, consent)
            # How far words may be changed is the consent's, and so their guardian's to have seen.
            _check_seen(consent, told, saw_change=saw_change or is_second)
        word = FinalWord.objects.create(
            consent=consent,
            delivery=asked,
            fingerprint=fingerprint,
            answer=said.value,
            remark_sealed=seal(remark),
            change=told.change.value,
            saw_change=saw_change,
            recorded_by=recorded_by,
            is_second=is_second,
            at=now,
        )
        _after(asked, said, recorded_by or known.reference, now)
    return word


def _fitting(remark: str, said: FinalAnswer) -> str:
    """What is kept of a remark. Raises Problem where there is nothing to change by, and where it is too long."""
    if said is FinalAnswer.REMARK and not remark:
        raise Problem(Sentence("Write what should be different, so that it can be changed."))
    if said is FinalAnswer.NO:
        # No is no, however much they write with it: of more than fits, the beginning is kept.
        return remark[:LONGEST_REMARK]
    if len(remark) > LONGEST_REMARK:
        raise Problem(
            Sentence("A remark has up to {0} characters: shorten it a little.", LONGEST_REMARK)
        )
    return remark


def _check_agreed(delivery: Delivery, storyteller: Storyteller, consent: Consent) -> None:
    """Raises Problem for a text that names the person more fully, or tells more of them, than they agreed to."""
    if names_too_much(delivery, Identity(consent.identity), storyteller, consent):
        raise Problem(
            Sentence(
                "This text shows more of the person's name than they agreed to: have it changed, or "
                "record a new consent."
            )
        )
    if details_beyond(delivery, consent.details):
        raise Problem(
            Sentence(
                "This text tells more of the person than they agreed to: have it changed, or record a new consent."
            )
        )


def _check_seen(consent: Consent, told: ToldBeside, *, saw_change: bool) -> None:
    """Raises Problem when the words were changed further than the person allows, and they were not shown it."""
    if goes_beyond(consent.edits, told.change) and not saw_change:
        raise Problem(
            Sentence(
                "The words were changed further than the person allows: look at what was changed, and say yes to that."
            )
        )


def remark_of(word: FinalWord) -> str:
    """What they wrote; "" for none. Raises Locked when it cannot be read."""
    return unseal(word.remark_sealed)


def names_too_much(
    delivery: Delivery, identity: Identity, storyteller: Storyteller, consent: Consent
) -> bool:
    """Whether a text, or the description of a picture, names the person more fully than they agreed to.

    Raises Locked when a name cannot be read.
    """
    words = written(delivery.text, delivery.pictures)
    chosen = unseal(consent.named_as_sealed)
    return _names(storyteller).are_told_beyond(words, identity, chosen)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that a text may give away."""

    own: str
    speaker: str  #: of who speaks for them, "" where nobody does

    def are_told_beyond(self, words: str, identity: Identity, chosen: str) -> bool:
        """Whether words name the person more fully than they chose, or who speaks for them at all: nobody has agreed to that
        name. What the two have in common is theirs to allow."""
        if revealed(words, identity, self.own, chosen):
            return True
        common = " ".join(allowed(identity, self.own, chosen))
        return bool(revealed(words, Identity.CHOSEN_NAME, self.speaker, common))


def _names(storyteller: Storyteller) -> _Names:
    """Theirs, and that of who speaks for them. Raises Locked when one cannot be read."""
    return _Names(name_of(storyteller), speaker_of(storyteller).name)


def _words(
    consent: Consent | None, deliveries: list[int], *, is_second: bool = False
) -> dict[tuple[int, str], FinalWord]:
    """The latest word under this consent on each text, by the delivery and the text's fingerprint; of the second voice, where
    that is asked for."""
    if consent is None:
        return {}
    # Oldest first: in the table, a later word takes the place of an earlier one.
    said = FinalWord.objects.filter(consent=consent, delivery__in=deliveries)
    words = said.filter(is_second=is_second).order_by("pk")
    return {(word.delivery_id, word.fingerprint): word for word in words}


def _outgoing(
    delivery: Delivery,
    word: FinalWord | None,
    consent: Consent | None,
    names: _Names,
    told: ToldBeside,
) -> Outgoing:
    is_changed = goes_beyond(consent.edits if consent else "", told.change)
    if word and word.answer == FinalAnswer.YES and is_changed and not word.saw_change:
        # They allow less than when they said it: the gate does not take it any more, and they are asked again.
        word = None
    identity = Identity(consent.identity) if consent else Identity.NONE
    chosen = unseal(consent.named_as_sealed) if consent else ""
    told_beyond = details_beyond(delivery, consent.details if consent else "")
    words = written(delivery.text, delivery.pictures)
    too_much = names.are_told_beyond(words, identity, chosen)
    return Outgoing(
        delivery=delivery.pk,
        network=delivery.network,
        channel=delivery.channel,
        language=delivery.language,
        due_at=delivery.due_at,
        status=Status(delivery.status),
        parts=tuple(posts_of(delivery.text, delivery.network)),
        pictures=tuple(_pictures(delivery)),
        fingerprint=delivery.fingerprint,
        answer=FinalAnswer(word.answer) if word else None,
        answered_at=word.at if word else None,
        names_too_much=too_much,
        told=told,
        is_changed=is_changed,
        details=tuple(DETAILS[Detail(detail)] for detail in told_beyond),
    )


def _pictures(delivery: Delivery) -> list[AskedPicture]:
    wanted: list[dict[str, str]] = json.loads(delivery.pictures) if delivery.pictures else []
    return [
        AskedPicture(picture["file"], picture["sha256"], picture["alt"]) for picture in wanted
    ]


def _open_consent(storyteller: Storyteller) -> Consent:
    consent = current(storyteller)
    if consent is None or consent.ended_at or storyteller.withdrawn_at or storyteller.erased_at:
        raise Problem(
            Sentence(
                "Storyteller {0} has no consent that holds: record one first.",
                storyteller.reference,
            )
        )
    return consent


def _askable(storyteller: Storyteller) -> QuerySet[Delivery]:
    """The deliveries of their posts that are not out yet, in due order."""
    return deliveries_of(storyteller).filter(
        status__in=NOT_OUT_YET, post__storyteller=storyteller.reference
    )


def _asked(storyteller: Storyteller, delivery: int, fingerprint: str) -> Delivery:
    asked = _askable(storyteller).filter(pk=delivery).first()
    if asked is None:
        raise Problem(Sentence("This text is not waiting for a word: look at the list again."))
    if asked.fingerprint != fingerprint:
        raise TextChanged(
            Sentence(
                "The text has changed meanwhile: read it again, then say what you think of it."
            )
        )
    return asked


def _after(delivery: Delivery, said: FinalAnswer, by: str, now: datetime) -> None:
    """The log keeps what was said, never the words of a remark."""
    if said is not FinalAnswer.YES and delivery.status == Status.QUEUED:
        why = Sentence("Its storyteller said: {0}. Change the text, then ask them again.", said)
        queue.move(
            delivery.pk,
            Status.QUEUED,
            Status.DRAFT,
            now,
            actor=by,
            action="final word",
            reason=why,
        )
    else:
        events.note(
            delivery.pk,
            delivery.status,
            delivery.status,
            now,
            actor=by,
            action="final word",
            reason=Sentence("Answer: {0}.", said),
        )
