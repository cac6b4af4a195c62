"""The storyteller's word on the very text and pictures that will go out: yes, no, or a remark.

Silence is never a yes. A text that changes needs their word again, since the word is given to its fingerprint."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaign.content.thread import parts
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import Delivery
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.consent import Identity, current
from campaign.stories.storyteller import deliveries_of, name_of
from campaign.stories.vault import seal, unseal

LONGEST_REMARK = 3_000
"""Where a delivery stands that is not out, and that its storyteller is asked about."""
_WORD = re.compile(r"[^\W_]+")


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


def outgoing(storyteller: Storyteller) -> list[Outgoing]:
    """What is to go out of a person's story, in due order. Raises Locked when their name cannot be read."""
    consent, name = current(storyteller), name_of(storyteller)
    found = list(
        deliveries_of(storyteller).filter(
            status__in=NOT_OUT_YET, post__storyteller=storyteller.reference
        )
    )
    words = _words(consent, [one.pk for one in found])
    return [_outgoing(one, words.get((one.pk, one.fingerprint)), consent, name) for one in found]


def answer(
    storyteller: Storyteller,
    delivery: int,
    fingerprint: str,
    said: FinalAnswer,
    now: datetime,
    *,
    remark: str = "",
    recorded_by: str = "",
) -> FinalWord:
    """Keeps what the person said of a text; the latest word counts. No and a remark take an approval away at once.

    `fingerprint` is the one of what was shown. `recorded_by` is the user to whom they said it, "" through their link.
    Raises Changed when the text is another one now, and Problem when their word cannot be taken.
    """
    remark = remark.strip()
    if said is FinalAnswer.REMARK and not remark:
        raise Problem(Sentence("Write what should be different, so that it can be changed."))
    if len(remark) > LONGEST_REMARK:
        raise Problem(
            Sentence("A remark has up to {0} characters: shorten it a little.", LONGEST_REMARK)
        )
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        consent, one = _open_consent(known), _asked(known, delivery, fingerprint)
        if said is FinalAnswer.YES and names_too_much(
            one, Identity(consent.identity), known, consent
        ):
            raise Problem(
                Sentence(
                    "This text shows more of the person's name than they agreed to: have it changed, or "
                    "record a new consent."
                )
            )
        word = FinalWord.objects.create(
            consent=consent,
            delivery=one,
            fingerprint=fingerprint,
            answer=said.value,
            remark_sealed=seal(remark),
            recorded_by=recorded_by,
            at=now,
        )
        _after(one, said, recorded_by or known.reference, now)
    return word


def remark_of(word: FinalWord) -> str:
    """What they wrote; "" for none. Raises Locked when it cannot be read."""
    return unseal(word.remark_sealed)


def names_too_much(
    one: Delivery, identity: Identity, storyteller: Storyteller, consent: Consent
) -> bool:
    """Whether a text, or the description of a picture, names the person more fully than they agreed to."""
    written = " ".join([one.text, *(picture.alt for picture in _pictures(one))])
    return bool(revealed(written, identity, name_of(storyteller), unseal(consent.named_as_sealed)))


def revealed(text: str, identity: Identity, name: str, named_as: str = "") -> set[str]:
    """The parts of a person's name in a text that their choice does not allow, folded; initials never count."""
    parts_of_name = _folded(name)
    allowed: Iterable[str] = ()
    match identity:
        case Identity.FULL_NAME:
            allowed = parts_of_name
        case Identity.FIRST_NAME:
            allowed = parts_of_name[:1]
        case Identity.CHOSEN_NAME:
            allowed = _folded(named_as)
    kept_back = {part for part in parts_of_name if len(part) > 1} - set(allowed)
    signs = _folded(text)
    whole = "".join(parts_of_name)  # as in a hashtag
    return kept_back & {*signs, *(kept_back if any(whole in sign for sign in signs) else ())}


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _words(consent: Consent | None, deliveries: list[int]) -> dict[tuple[int, str], FinalWord]:
    found = (
        FinalWord.objects.filter(consent=consent, delivery__in=deliveries).order_by("pk")
        if consent
        else ()
    )
    return {(word.delivery_id, word.fingerprint): word for word in found}


def _outgoing(
    one: Delivery, word: FinalWord | None, consent: Consent | None, name: str
) -> Outgoing:
    identity = Identity(consent.identity) if consent else Identity.NONE
    chosen = unseal(consent.named_as_sealed) if consent else ""
    pictures = tuple(_pictures(one))
    written = " ".join([one.text, *(picture.alt for picture in pictures)])
    return Outgoing(
        delivery=one.pk,
        network=one.network,
        channel=one.channel,
        language=one.language,
        due_at=one.due_at,
        status=Status(one.status),
        parts=tuple(parts(one.text)),
        pictures=pictures,
        fingerprint=one.fingerprint,
        answer=FinalAnswer(word.answer) if word else None,
        answered_at=word.at if word else None,
        names_too_much=bool(revealed(written, identity, name, chosen)),
    )


def _pictures(one: Delivery) -> list[AskedPicture]:
    wanted: list[dict[str, str]] = json.loads(one.pictures) if one.pictures else []
    return [AskedPicture(picture["file"], picture["sha256"], picture["alt"]) for picture in wanted]


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


def _asked(storyteller: Storyteller, delivery: int, fingerprint: str) -> Delivery:
    theirs = deliveries_of(storyteller).filter(post__storyteller=storyteller.reference)
    one = theirs.filter(pk=delivery, status__in=NOT_OUT_YET).first()
    if one is None:
        raise Problem(Sentence("This text is not waiting for a word: look at the list again."))
    if one.fingerprint != fingerprint:
        raise TextChanged(
            Sentence(
                "The text has changed meanwhile: read it again, then say what you think of it."
            )
        )
    return one


def _after(one: Delivery, said: FinalAnswer, by: str, now: datetime) -> None:
    """The log keeps what was said, never the words of a remark."""
    if said is not FinalAnswer.YES and one.status == Status.QUEUED:
        why = Sentence("Its storyteller said: {0}. Change the text, then ask them again.", said)
        queue.move(
            one.pk, Status.QUEUED, Status.DRAFT, now, actor=by, action="final word", reason=why
        )
    else:
        events.note(
            one.pk,
            one.status,
            one.status,
            now,
            actor=by,
            action="final word",
            reason=Sentence("Answer: {0}.", said),
        )
