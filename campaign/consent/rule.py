"""Whether the person whose story it is allows a delivery: a pure rule, asked by the gate. What is not known is a no."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.content.post import Purpose
from campaign.core.sentence import Sentence
from campaign.models import Post

WARNINGS = (60, 30, 7)
"""Days before the end of a consent from which a page warns of it."""
STORY = "story"
"""The kind of a post that is a person's."""
OF_A_PERSON = f"(p.kind = '{STORY}' OR p.storyteller <> '')"
"""`tells_of_a_person` in SQL, of a post p."""


class Detail(StrEnum):
    """A private detail of their life that a text may tell."""

    DIAGNOSIS = "diagnosis"
    STAGE = "stage"
    TREATMENT = "treatment"
    DRUGS = "drugs"
    CITY = "city"
    HOSPITAL = "hospital"
    WORK = "work"
    AGE = "age"
    FAMILY = "family"


class Edits(StrEnum):
    """How far their words may be changed."""

    NONE = "none"
    LIGHT = "light"  #: spelling, and making it shorter
    FREE_WITH_APPROVAL = "free_with_approval"


class Change(StrEnum):
    """How far the words that go out differ from those that were told."""

    UNKNOWN = ""  #: the word is older than this question
    UNTOLD = "untold"  #: no words were handed in: the text itself is all that there is to read
    SAME = "same"
    LIGHT = "light"
    TRANSLATED = "translated"  #: they stand in another language
    REWRITTEN = "rewritten"


WITHIN: Mapping[Edits, frozenset[Change]] = {
    Edits.NONE: frozenset({Change.SAME, Change.UNTOLD}),
    Edits.LIGHT: frozenset({Change.SAME, Change.UNTOLD, Change.LIGHT}),
    Edits.FREE_WITH_APPROVAL: frozenset(Change),
}
"""The changes that each answer allows by itself. Whatever goes further needs a yes of somebody who was shown what changed."""
DETAILS: Mapping[Detail, Sentence] = {
    Detail.DIAGNOSIS: Sentence("the diagnosis"),
    Detail.STAGE: Sentence("the stage of the illness"),
    Detail.TREATMENT: Sentence("the treatment"),
    Detail.DRUGS: Sentence("the name of a medicine"),
    Detail.CITY: Sentence("the town"),
    Detail.HOSPITAL: Sentence("the hospital"),
    Detail.WORK: Sentence("the work"),
    Detail.AGE: Sentence("the age"),
    Detail.FAMILY: Sentence("the family"),
}
"""What a detail is called in a sentence."""
PURPOSES: Mapping[Purpose, Sentence] = {
    Purpose.AWARENESS: Sentence("so that more people know about the disease"),
    Purpose.ADVOCACY: Sentence("to ask for better care"),
    Purpose.EDUCATION: Sentence("to teach"),
    Purpose.FUNDRAISING: Sentence("to ask for donations"),
}
"""What a purpose is called in a sentence."""


def goes_beyond(edits: str, change: str) -> bool:
    """Whether the words were changed further than the person allows. What is not known goes beyond."""
    if edits not in set(Edits) or change not in set(Change):
        return True
    return Change(change) not in WITHIN[Edits(edits)]


def tells_of_a_person(kind: str, storyteller: str) -> bool:
    """Whether a post needs a person's consent: it is a story, or names a storyteller, whatever kind its file names."""
    return kind == STORY or bool(storyteller)


def is_of_a_person(post: Post) -> bool:
    """Whether a post needs a person's consent now."""
    return tells_of_a_person(post.kind, post.storyteller)


def was_of_a_person(post: Post) -> bool:
    """Whether it is, or ever was: what was a story once does not become another kind so that its author may approve it, or
    so that the person is not asked."""
    return post.was_story or is_of_a_person(post)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a post's own file says beside the reference to its storyteller: it narrows the consent, and never widens it."""

    start: date | None = None
    until: date | None = None
    channels: tuple[str, ...] = ()  #: empty narrows nothing


@dataclass(frozen=True, slots=True)
class KnownConsent:
    """What is known of a storyteller's consent, as far as one delivery is concerned."""

    reference: str  #: as the post names its storyteller; "" when it names none
    is_told_no_more: bool = False  #: it was a story, and is called none and names nobody now
    is_known: bool = False  #: there is a storyteller with this reference
    is_held: bool = False
    is_withdrawn: bool = False
    is_erased: bool = False
    number: int = 0  #: of the version that counts; 0: none was given
    is_ended: bool = False
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    start: date | None = None
    until: date | None = None
    pictures: bool = False
    purposes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()  #: that may be told
    edits: str = Edits.NONE
    word: str = (
        ""  #: what they last said of this very text and these pictures: "", yes, no or remark
    )
    change: str = Change.UNKNOWN  #: of the words of that text against those that were told
    saw_change: bool = False  #: they were shown what was changed when they said so
    #: of a young person beside their guardian: "" when one voice is enough, "waits" or "yes"
    second_voice: str = ""
    second_word: str = ""  #: as `word`, of the young person
    narrowed: Narrowed = Narrowed()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to go out: where, in which language, on which day, and whether with pictures."""

    channel: str
    language: str
    day: date
    has_pictures: bool = False
    purposes: tuple[str, ...] = (Purpose.AWARENESS,)  #: what the post uses the story for
    told: tuple[str, ...] = ()  #: the details that it tells, as it will stand there


def objections(consent: KnownConsent | None, ask: Ask) -> list[str]:
    """Every reason why the person does not allow it, as sentences; none means that they do.

    A hold is not among them (see `hold`), nor what the text goes too far in (see `beyond`), nor their word on the very text
    (see `unsaid`): those are settled otherwise.
    """
    if consent and consent.is_told_no_more:
        # Taking the reference out of a story does not make its words anybody's.
        return [Sentence("It told a person's story before: name them, or write a new post.")]
    if consent is None or not consent.reference:
        return [
            Sentence(
                "No storyteller is named for this story: name one by their reference, such as S-0042."
            )
        ]
    if not consent.is_known:
        return [
            Sentence(
                "There is no storyteller {0}: check the reference of this story.",
                consent.reference,
            )
        ]
    if consent.is_erased:
        return [
            Sentence(
                "What was known of storyteller {0} is erased: nothing of theirs goes out any more.",
                consent.reference,
            )
        ]
    if consent.is_withdrawn:
        return [
            Sentence(
                "Storyteller {0} has taken their story back: nothing of it goes out any more.",
                consent.reference,
            )
        ]
    if not consent.number:
        return [
            Sentence(
                "Storyteller {0} has not given a consent yet: record it first.",
                consent.reference,
            )
        ]
    return [*_ended(consent), *_covered(consent, ask), *_narrowed(consent.narrowed, ask)]


def beyond(consent: KnownConsent, ask: Ask) -> Iterator[str]:
    """In what a post goes further than the person allows, as sentences: what it is used for, and what it tells of them."""
    for purpose in ask.purposes:
        if purpose not in consent.purposes:
            yield Sentence(
                "The storyteller has not agreed that their story is used {0}: ask them, or change the post.",
                PURPOSES[Purpose(purpose)] if purpose in set(Purpose) else purpose,
            )
    for detail in ask.told:
        if detail not in consent.details:
            yield Sentence(
                "The text tells {0}, and the storyteller has not agreed to that: take it out, or ask them.",
                DETAILS[Detail(detail)] if detail in set(Detail) else detail,
            )


def hold(consent: KnownConsent | None) -> list[str]:
    """One sentence when everything about the person is on hold; else none."""
    if consent is None or not consent.is_held:
        return []
    return [
        Sentence(
            "Everything about storyteller {0} is on hold, until somebody releases it.",
            consent.reference,
        )
    ]


def unsaid(consent: KnownConsent | None) -> list[str]:
    """One sentence when the person has not said yes to this very text and these pictures under their present consent; else
    none."""
    match consent.word if consent else "":
        case "yes":
            return [*_unseen(consent), *_second_unsaid(consent)]
        case "no":
            return [
                Sentence(
                    "The storyteller has said no to this text: change it, then ask them again."
                )
            ]
        case "remark":
            return [
                Sentence(
                    "The storyteller has a remark about this text: read it, change the text, then ask them again."
                )
            ]
    return [
        Sentence(
            "The storyteller has not said yes to this very text yet: send them their link."
        )
    ]


def _unseen(consent: KnownConsent | None) -> list[str]:
    """One sentence when their words were changed further than they allow, and they were not shown it before their yes."""
    if consent is None or consent.saw_change or not goes_beyond(consent.edits, consent.change):
        return []
    return [
        Sentence(
            "The words differ from those that were told further than the storyteller allows, and they have not been "
            "shown what was changed: send them their link."
        )
    ]


def _second_unsaid(consent: KnownConsent | None) -> list[str]:
    """From 14 on a young person has a say of their own: their guardian's yes alone lets nothing out."""
    if consent is None or not consent.second_voice:
        return []
    if consent.second_voice != "yes":
        return [
            Sentence(
                "The young person whose story it is has not said yes themselves yet: ask them, beside their guardian."
            )
        ]
    if consent.second_word != "yes":
        return [
            Sentence(
                "The young person whose story it is has not said yes to this very text themselves: ask them."
            )
        ]
    return []


def warns(until: date, today: date) -> int | None:
    """The narrowest of the WARNINGS that has begun, in days; None when the end is further away, 0 when it is over."""
    left = (until - today).days
    return 0 if left < 0 else min((days for days in WARNINGS if left <= days), default=None)


def _ended(consent: KnownConsent) -> Iterator[str]:
    if consent.is_ended:
        yield Sentence(
            "The consent of storyteller {0} has ended: ask whether they give a new one.",
            consent.reference,
        )


def _covered(consent: KnownConsent, ask: Ask) -> Iterator[str]:
    if (
        consent.start is None
        or consent.until is None
        or not consent.start <= ask.day <= consent.until
    ):
        yield Sentence(
            "The storyteller's consent holds from {0} to {1}, not on {2}.",
            consent.start,
            consent.until,
            ask.day,
        )
    if ask.channel not in consent.channels:
        yield Sentence("The storyteller has not consented to channel {0}.", ask.channel)
    if ask.language not in consent.languages:
        yield Sentence('The storyteller has not consented to the language "{0}".', ask.language)
    if ask.has_pictures and not consent.pictures:
        yield Sentence(
            "The storyteller has not consented to pictures: take them out of the post."
        )


def _narrowed(narrowed: Narrowed, ask: Ask) -> Iterator[str]:
    if narrowed.start and ask.day < narrowed.start:
        yield Sentence("The post's own consent begins on {0} only.", narrowed.start)
    if narrowed.until and ask.day > narrowed.until:
        yield Sentence("The post's own consent ends on {0} already.", narrowed.until)
    if narrowed.channels and ask.channel not in narrowed.channels:
        yield Sentence("The post's own consent leaves channel {0} out.", ask.channel)
