"""A story comes in: the record of its person, their words and pictures, and their consent, if they have said yes already;
and a post is made of it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring import compose, once, uploads
from campaign.authoring.compose import Desk
from campaign.care import hands
from campaign.care.hands import Source
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.pictures import JPEG, PNG, BadPicture, clean
from campaign.content.post import LANGUAGES, TEMPLATE_OF_KIND, Kind
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import readable, visible
from campaign.database.sql import writing
from campaign.models import Post
from campaign.models.stories import Consent, Storyteller
from campaign.people import limits
from campaign.publishers import form_of
from campaign.stories import consent as consents
from campaign.stories import papers, storyteller
from campaign.stories.agreeing import parties
from campaign.stories.agreeing.parties import Party
from campaign.stories.consent import Terms
from campaign.stories.papers import Tale

MOST_PICTURES = 4
LONGEST = 10_000
"""Characters of a story as it is handed in; the posts that are made of it are shorter."""
WEB_FORM = "web form"
"""Who made a record that a person made themselves."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who tells the story, and whose it is: it is kept sealed."""

    name: str  #: of who tells it
    contact: str
    language: str
    party: Party = Party.SELF
    about: str = ""  #: the name of whose story it is, where somebody else tells it


@dataclass(frozen=True, slots=True)
class ToldStory:
    """Their words, the language these are in, and pictures free of metadata."""

    words: str = ""
    language: str = LANGUAGES[0]
    pictures: Sequence[bytes] = ()
    form: str = ""  #: which opened form it came with; sent twice, it makes one record
    is_aside: bool = False  #: it waits apart from what the team reads


def record(
    person: Person,
    told: ToldStory,
    terms: Terms | None,
    folder: Path,
    by: str,
    now: datetime,
    proof: bytes = b"",
) -> Storyteller:
    """Makes the record of a person, and seals what they handed in; with their consent, or without one as long as they have
    not said yes: nothing of it goes out then. The same form once more makes no other. Raises Problem."""
    words = readable(told.words)  # What counts is what is kept: a line end is one character.
    if len(words) > LONGEST:
        raise Problem(
            Sentence("The story has up to {0} characters here: shorten it a little.", LONGEST)
        )
    if proof:
        papers.check_proof(proof)
    made: list[
        str
    ] = []  # The transaction takes back its rows when something fails, and no files.
    try:
        with writing():
            # Of one form that is sent twice at once, the second waits here for the first.
            if told.form and (before := Storyteller.objects.filter(form=told.form).first()):
                return before
            who = _make(person, by, now)
            made.append(who.reference)
            storyteller.came_in(who, told.form, is_aside=told.is_aside)
            # What a broken attempt may have left under this number.
            with suppress(OSError):
                papers.erase(folder, who.reference)
            digest = papers.keep(folder, who.reference, proof) if proof else ""
            if terms:
                consents.give(who, replace(terms, proof_digest=digest), by, now)
            kept = tuple(
                papers.keep(folder, who.reference, picture) for picture in told.pictures
            )
            tale = Tale(words, told.language, kept)
            papers.keep_tale(folder, who.reference, tale)
            hands.heed(who, words, Source.STORY, now)
    except Exception:
        for reference in made:
            with suppress(OSError):  # what went wrong is told, not what came of it
                papers.erase(folder, reference)
        raise
    return who


def _make(person: Person, by: str, now: datetime) -> Storyteller:
    """The record bears the name of whose story it is; who speaks for them is beside it."""
    is_theirs = person.party is Party.SELF
    name = person.name if is_theirs else person.about
    who = storyteller.make(visible(name), _line(person.contact), person.language, by, now)
    if not is_theirs:
        parties.speaks_for(who, person.party, visible(person.name))
    return who


def renew(
    who: Storyteller,
    terms: Terms,
    folder: Path,
    by: str,
    now: datetime,
    proof: bytes = b"",
    form: str = "",
) -> Consent | None:
    """A new consent of a person, with its proof. The same `form` once more gives no other, but the one that counts. Raises
    Problem."""
    if proof:
        papers.check_proof(proof)
    with writing():
        # Of one form that is sent twice at once, the second waits here for the first; one that was refused may come again.
        if form and not limits.count(limits.CONSENT_FORM, form, now):
            return consents.current(who)
        if not proof:
            return consents.give(who, terms, by, now)
        # The consent first: whose record is erased has none, and then no file of theirs comes in again.
        given = consents.give(
            who, replace(terms, proof_digest=papers.digest_of(proof)), by, now
        )
        papers.keep(folder, who.reference, proof)
    return given


def cleaned(source: bytes) -> bytes:
    """A picture without anything but its pixels. Raises Problem for what is no picture that can be shown."""
    try:
        return clean(
            source,
            max_bytes=uploads.MAX_BYTES,
            max_side=uploads.MAX_SIDE,
            media_types=(JPEG, PNG),
        ).data
    except BadPicture as problem:
        raise Problem(str(problem)) from None


def make_post(
    who: Storyteller, campaign: str, by: User, desk: Desk, now: datetime, form: str = ""
) -> Post:
    """A post with the person's words as they stand, on the channels that they allow; the team goes on with it. The same
    `form` once more makes no other.

    Raises Problem when nothing was told, or nothing is agreed to.
    """
    consent = consents.current(who)
    if consent is None or consent.ended_at or who.withdrawn_at or who.erased_at:
        raise Problem(
            Sentence(
                "Storyteller {0} has no consent that holds: record one first.", who.reference
            )
        )
    tale = papers.tale_of(desk.uploads, who.reference) or Tale("", who.language)
    with writing():
        if before := once.made_with(form, by):
            return before
        post = compose.create(campaign, Kind.STORY.value, who.reference, by, desk, now, form)
        compose.save(
            post, _fields(who, consent, tale, by, desk, now), by, post.version, desk, now
        )
    return post


def _fields(
    who: Storyteller, consent: Consent, tale: Tale, by: User, desk: Desk, now: datetime
) -> Fields:
    form = form_of(tale.words)
    return Fields(
        kind=Kind.STORY.value,
        template=TEMPLATE_OF_KIND[Kind.STORY],
        channels=tuple(
            name for name in consent.channels.split() if name in desk.config.channels
        ),
        consent=ConsentFields(storyteller=who.reference),
        pictures=_pictures(who, tale, by, desk, now) if consent.pictures else (),
        texts={tale.language: {form: tale.words}} if tale.words else {},
    )


def _pictures(
    who: Storyteller, tale: Tale, by: User, desk: Desk, now: datetime
) -> tuple[PictureFields, ...]:
    fields = []
    for digest in tale.pictures:
        picture = papers.read(desk.uploads, who.reference, digest)
        if picture:
            upload = uploads.keep(picture, "", desk.uploads, by, now)
            fields.append(PictureFields(upload.file_name))
    return tuple(fields)


def _line(text: str) -> str:
    return " ".join(visible(text).split())
