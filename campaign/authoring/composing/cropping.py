"""Cropping a picture of a post. The whole picture stays, and every cut is made of it, so that nothing is lost by trying."""

from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring.composing.cutting import Cut, cut_out
from campaign.authoring.uploads import file_of, keep
from campaign.consent.locks import is_locked_picture
from campaign.content.pictures import BadPicture
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery.gate import LOCKED
from campaign.models import Post, Upload

GONE = Sentence("This picture is not there any more: take it out, and add it again.")


def crop(
    file: str,
    wanted: Cut,
    post: Post,
    folder: Path,
    by: User,
    now: datetime,
) -> Upload:
    """Keeps a part of a picture, named by its file in the folder of uploads, as a picture of its own. Raises Problem for one
    that was taken back or is gone, and for a post that is locked."""
    whole = whole_of(file)
    data = file_of(whole, folder)
    if data is None:
        raise Problem(GONE)
    try:
        part = cut_out(data, wanted)
    except BadPicture as problem:
        raise Problem(str(problem)) from None
    with writing():
        kept = keep(part, file, folder, by, now, post)
        if kept.digest != whole.digest:
            kept.cut_from, kept.people = whole.digest, whole.people
            kept.save(update_fields=["cut_from", "people"])
    return kept


def whole_of(file: str) -> Upload:
    """The whole picture that a file was cut from; itself, where it is whole. Raises Problem as `crop` does."""
    upload = _upload(file.partition(".")[0])
    whole = _upload(upload.cut_from) if upload.cut_from else upload
    if is_locked_picture(upload.digest) or is_locked_picture(whole.digest):
        raise Problem(LOCKED)
    return whole


def _upload(digest: str) -> Upload:
    upload = Upload.objects.filter(digest=digest).first()
    if upload is None:
        raise Problem(GONE)
    return upload
