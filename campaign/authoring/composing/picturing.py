"""A picture that somebody adds to what they contribute, and what they say of the people in it.

Whoever can be recognised in a picture has to agree. Who sends it says so; a person of the team decides before it is approved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring import uploads
from campaign.authoring.contributing.contributions import CHANGEABLE
from campaign.authoring.versions import latest_fields, save_version
from campaign.consent.locks import need_unlocked
from campaign.content.fields import Fields, PictureFields
from campaign.content.post import LANGUAGES
from campaign.content.source import write_source
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import on_one_line
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post, Upload

MOST = 4
"""Pictures of one contribution."""
LONGEST_ALT = 1_000


class People(StrEnum):
    """Who can be recognised in a picture."""

    NOBODY = "nobody"
    SELF = "self"
    OTHERS = "others"


SAID: Mapping[People, str] = {
    People.NOBODY: Sentence("A picture was added. Nobody can be recognised in it."),
    People.SELF: Sentence(
        "A picture was added. They can be recognised in it themselves, and agree to it."
    ),
    People.OTHERS: Sentence(
        "A picture was added. Other people can be recognised in it, and have agreed to it."
    ),
}
"""What the log keeps of the answers."""


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture as it was sent. `name` is for messages alone."""

    source: bytes
    name: str
    people: str
    agreed: bool
    alt: str
    language: str  #: of the description


def add_picture(
    post: Post,
    sent: SentPicture,
    folder: Path,
    by: User,
    now: datetime,
) -> Upload:
    """Adds a picture to one's contribution. Raises Problem where it is not said who can be recognised in it, where they have not
    agreed, and for what cannot be changed or is no picture."""
    people = _people(sent)
    with writing():
        own, fields = _changeable(post, by)
        if len(fields.pictures) >= MOST:
            raise Problem(Sentence("There are {0} pictures already, which is the most.", MOST))
        kept = uploads.keep(sent.source, sent.name, folder, by, now, own)
        if any(picture.file == kept.file_name for picture in fields.pictures):
            return kept
        if people is not People.NOBODY:
            Upload.objects.filter(pk=kept.pk).update(people=people)
        picture = _described(kept, sent)
        _save(own, replace(fields, pictures=(*fields.pictures, picture)), by, now)
        _note(own, by, SAID[people], now)
    return kept


def take_pictures_out(post: Post, by: User, now: datetime) -> None:
    """Takes all pictures out of one's contribution. No reason is asked for."""
    with writing():
        own, fields = _changeable(post, by)
        if fields.pictures:
            _save(own, replace(fields, pictures=()), by, now)
            _note(own, by, Sentence("The pictures were taken out."), now)


def _people(sent: SentPicture) -> People:
    if sent.people not in set(People):
        raise Problem(Sentence("Say who can be recognised in the picture."))
    people = People(sent.people)
    if people is not People.NOBODY and not sent.agreed:
        raise Problem(
            Sentence(
                "A picture is added once everybody who can be recognised in it agrees. Your words are kept."
            )
        )
    return people


def _changeable(post: Post, by: User) -> tuple[Post, Fields]:
    own = Post.objects.get(pk=post.pk)
    need_unlocked(own)
    fields = latest_fields([own.pk]).get(own.pk)
    is_open = own.stage in CHANGEABLE and not own.file_digest
    if own.author_id != by.pk or not is_open or fields is None:
        raise Problem(
            Sentence("No picture can be added to this any more: tell the team about it.")
        )
    return own, fields


def _described(kept: Upload, sent: SentPicture) -> PictureFields:
    alt = on_one_line(sent.alt)[:LONGEST_ALT]
    says = {sent.language: alt} if alt and sent.language in LANGUAGES else {}
    return PictureFields(kept.file_name, says)


def _save(post: Post, fields: Fields, by: User, now: datetime) -> None:
    source = write_source(fields)
    save_version(post, source, by, now, based_on=post.version)


def _note(post: Post, by: User, says: str, now: datetime) -> None:
    events.note(
        None,
        post.stage,
        post.stage,
        now,
        actor=by.username,
        action="changed",
        reason=says,
        post=post.pk,
    )
