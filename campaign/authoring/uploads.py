"""Pictures that come in through the web: free of metadata, each kept under its own hash, never changed afterwards."""

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.models import User

from campaign.consent.locks import is_locked_picture, need_unlocked
from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields, PictureFields
from campaign.content.pictures import (
    JPEG,
    MAX_SOURCE,
    PNG,
    BadPicture,
    Clean,
    clean,
    too_many_bytes,
)
from campaign.core.foreign import reason_of
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery.gate import LOCKED
from campaign.models import Post, Upload
from campaign.states import Stage

MAX_BYTES = 5_000_000
"""Of a kept picture; each network gets a smaller one, should it take less."""
MAX_SIDE = 2048
"""Wide and high, in pixels: no network shows more in its stream, and looking at a picture takes a time with its area."""
SMALL_BYTES, SMALL_SIDE = 60_000, 480
"""Of a picture in a list or a form: enough for a screen that shows two pixels for one."""
NAME = re.compile(r"[0-9a-f]{64}\.(jpg|png)")
"""What the files in the folder of uploads are called; a form may name no other file."""


def keep(
    source: bytes,
    name: str,
    folder: Path,
    by: User | None,
    now: datetime,
    post: Post | None = None,
) -> Upload:
    """Keeps a picture. `name` is what its owner calls it, for messages alone: it is not kept, since files' names tell of
    people. `post` is the one that it came in for: should that be erased, the picture goes too, though it was taken out of it
    again. Raises Problem for what is no picture that can be sent, and for a post that was taken back."""
    try:
        if len(source) > MAX_SOURCE:
            raise too_many_bytes(len(source))
        cleaned = clean(source, max_bytes=MAX_BYTES, max_side=MAX_SIDE, media_types=(JPEG, PNG))
    except BadPicture as problem:
        raise Problem(problem.of(name)) from None
    upload = _upload(cleaned, by, now)
    upload.post = post
    with writing():
        # Asked in the transaction: nobody erases the story between the question and the file.
        if post:
            need_unlocked(Post.objects.get(pk=post.pk))
        if is_locked_picture(upload.digest):
            raise Problem(LOCKED)
        try:
            _write(folder, upload.file_name, cleaned.data)
        except OSError as problem:
            reason = reason_of(problem)
            raise Problem(
                Sentence(
                    "The picture {0} could not be kept ({1}): please tell an admin.",
                    name,
                    reason,
                )
            ) from None
        kept, is_new = Upload.objects.get_or_create(
            digest=upload.digest, defaults=_values(upload)
        )
        if post and not is_new:
            _came_in_for(kept, post)
        return kept


def file_of(upload: Upload, folder: Path) -> bytes | None:
    """The bytes of a kept picture; None when its file is not there any more."""
    try:
        return (folder / upload.file_name).read_bytes()
    except OSError:
        return None


def is_taken_back(upload: Upload) -> bool:
    """Whether it shows somebody, and who sent it, or the picture that it was cut from, has taken that back with all they
    wrote."""
    if not upload.people:
        return False
    pictures = [digest for digest in (upload.digest, upload.cut_from) if digest]
    sent = Upload.objects.filter(digest__in=pictures, post__stage=Stage.TAKEN_BACK)
    return sent.exists()


def small(upload: Upload, folder: Path) -> Clean | None:
    """A kept picture as lists and forms show it, light for a telephone; None when its file is not there any more. It is made
    once, and held in memory alone: on disk, it would be one more place to erase."""
    path = folder / upload.file_name
    try:
        return _small(path) if path.exists() else None
    except (OSError, BadPicture):  # the file was damaged since
        return None


@lru_cache(maxsize=400)
def _small(path: Path) -> Clean:
    """Of some 30 kilobytes. A file's name is the hash of what is in it, so that none is ever out of date."""
    return clean(
        path.read_bytes(),
        max_bytes=SMALL_BYTES,
        max_side=SMALL_SIDE,
        media_types=(JPEG, PNG),
    )


def adopted(fields: Fields, beside: Path, folder: Path, now: datetime) -> Fields:
    """The fields of a post file with copies of its pictures, which are beside it, in the folder of uploads.

    A picture that cannot be kept stays named as it is, and is told with the other findings.
    """
    pictures = [_adopted(picture, beside, folder, now) for picture in fields.pictures]
    return replace(fields, pictures=tuple(pictures))


def only_uploads(pictures: Iterable[PictureFields]) -> tuple[PictureFields, ...]:
    """The pictures of a form, none of which leads out of the folder of uploads, whatever was sent for its name."""
    return tuple(
        picture
        if NAME.fullmatch(picture.file)
        else replace(picture, file=f"no-{_harmless(picture.file)}")
        for picture in pictures
    )


def _harmless(name: str) -> str:
    """No separator and no dot in front, so no other folder; no "no-" either, so that a second time changes nothing."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)[-60:].lstrip(".").replace("no-", "")


def _adopted(
    picture: PictureFields, beside: Path, folder: Path, now: datetime
) -> PictureFields:
    try:
        source = (beside / picture.file).read_bytes()
        upload = keep(source, picture.file, folder, None, now)
    except (OSError, ValueError, Problem):  # ValueError: a name that no file can have
        return picture
    return replace(picture, file=upload.file_name)


def _upload(cleaned: Clean, by: User | None, now: datetime) -> Upload:
    return Upload(
        digest=cleaned.sha256,
        media_type=cleaned.media_type,
        width=cleaned.width,
        height=cleaned.height,
        by=by,
        at=now,
    )


def _came_in_for(kept: Upload, post: Post) -> None:
    """Notes that a picture which is here already came in for a post: the latest counts, but for a story's picture that comes
    in for what tells of nobody."""
    if kept.post and was_of_a_person(kept.post) and not was_of_a_person(post):
        return
    kept.post = post
    kept.save(update_fields=["post"])


def _values(upload: Upload) -> dict[str, object]:
    return {
        name: getattr(upload, name)
        for name in ("media_type", "width", "height", "by", "at", "post")
    }


def _write(folder: Path, name: str, data: bytes) -> None:
    """The whole file or none: what is half written when the machine stops bears another name."""
    path = folder / name
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=folder, prefix=".upload-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(half, path)
