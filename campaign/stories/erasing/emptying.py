"""Emptying: the words and the pictures of a person's story are taken out of posts, deliveries and the log.

What stays tells nothing of the person: that there was a post, where it stood and when, who did what, and the fingerprints."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db.models import F

from campaign.content.source import fields_in, write_source
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.delivery import queue
from campaign.models import Attempt, Delivery, Draft, Post, Upload, Version
from campaign.models.stories import FinalWord, LockedPicture, Storyteller
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.storyteller import deliveries_of, naming, pictures_of, posts_of

ERASED = Sentence("Its words are erased, for the sake of the person whose story it was.")
IN_DOUBT = frozenset({Status.SENDING, Status.UNCONFIRMED})
"""Its words are what it is known by on the account, until it is settled whether it is out."""
ENDED = frozenset({Status.WITHDRAWN, Status.REMOVED})
"""What was taken back, and never comes again."""
ACTOR = "scheduler"


@dataclass(frozen=True, slots=True)
class Outside:
    """What is not in the database, and has to go too: files of uploads by their names, files that people wrote by their
    paths; and the deliveries whose words are needed until it is known whether they are out."""

    uploads: tuple[str, ...] = ()
    of_people: tuple[Path, ...] = ()
    in_doubt: tuple[int, ...] = ()


def empty_all(who: Storyteller, uploads: Path, now: datetime) -> Outside:
    """Empties all posts of a person and what is known of their pictures; part of a transaction."""
    posts = list(posts_of(who))
    deliveries = Delivery.objects.filter(post__in=posts)
    in_doubt = deliveries.filter(status__in=IN_DOUBT)
    outside = Outside(
        uploads=_forget_pictures(who, posts),
        of_people=_files_of_people(posts, uploads),
        in_doubt=tuple(in_doubt.values_list("pk", flat=True)),
    )
    _empty_posts(posts, now)
    empty_deliveries(deliveries.values_list("pk", flat=True))
    events.empty((), [post.pk for post in posts])
    # Of a post that is another person's by now, the versions in which it was this one's.
    once = Version.objects.filter(naming(who)).exclude(post__in=posts)
    once.exclude(number=F("post__version")).update(source="", folder="")
    return outside


def empty_ended(who: Storyteller) -> None:
    """Empties the deliveries of a person that were taken back; part of a transaction."""
    ended = deliveries_of(who).filter(status__in=ENDED)
    empty_deliveries(ended.values_list("pk", flat=True))


def empty_pictures(who: Storyteller, uploads: Path) -> Outside:
    """Takes the pictures out of all versions and drafts of a person's posts, with what describes them; part of a
    transaction. Their words stay."""
    posts = list(posts_of(who))
    outside = Outside(
        uploads=_forget_pictures(who, posts),
        of_people=_own_pictures(posts, uploads),
    )
    for version in Version.objects.filter(post__in=posts):
        source = _without_pictures(version.source)
        if source != version.source:
            Version.objects.filter(pk=version.pk).update(source=source)
    Draft.objects.filter(post__in=posts).delete()
    # What showed them and is not cancelled was withdrawn or taken down, and is emptied as such.
    cancelled = Delivery.objects.filter(post__in=posts, status=Status.CANCELLED)
    cancelled.update(pictures="")
    return outside


def _without_pictures(source: str) -> str:
    fields = fields_in(source)
    if fields is None:  # no text that anybody could go on with
        return ""
    if not fields.pictures:
        return source
    return write_source(replace(fields, pictures=()))


def settle(number: int, now: datetime) -> bool:
    """Empties a delivery that was in doubt when its person's words were erased. False while it still is; part of a
    transaction."""
    delivery = Delivery.objects.get(pk=number)
    status = Status(delivery.status)
    if status in IN_DOUBT:
        return False
    if status in NOT_OUT_YET:
        queue.move(
            *(number, status, Status.WITHDRAWN, now),
            actor=ACTOR,
            action="withdrawn",
            reason="",
        )
    empty_deliveries([number])
    return True


def empty_deliveries(numbers: Iterable[int]) -> None:
    """Empties their words, in the log too, but for those in doubt. The remote ids stay, by which what is out is deleted."""
    deliveries = Delivery.objects.filter(pk__in=list(numbers)).exclude(status__in=IN_DOUBT)
    emptied = list(deliveries.values_list("pk", flat=True))
    deliveries.update(
        text="",
        approved_text="",
        pictures="",
        reason=ERASED,
    )
    attempts = Attempt.objects.filter(delivery__in=emptied)
    finished = attempts.exclude(finished_at=None)
    finished.exclude(text="", detail="").update(
        text="",
        detail="",
    )
    said = FinalWord.objects.filter(delivery__in=emptied)
    said.update(remark_sealed="")
    events.empty(emptied, ())


def _empty_posts(posts: Collection[Post], now: datetime) -> None:
    Version.objects.filter(post__in=posts).update(source="", folder="")
    Draft.objects.filter(post__in=posts).delete()
    for post in posts:
        values = {"title": "", "stage_reason": "", "emptied_at": now}
        # A title is in the name that was made of it. A file has its name from people: it stays as long as the file does.
        if not post.file_digest:
            values |= nameless(post)
        Post.objects.filter(pk=post.pk).update(**values)


def nameless(post: Post) -> dict[str, object]:
    """A key and a name that tell nothing."""
    name = f"erased-{post.pk}"
    return {"name": name, "key": f"{post.campaign}/{name}"}


def _forget_pictures(who: Storyteller, posts: Collection[Post]) -> tuple[str, ...]:
    """Deletes what the database knows of this person's pictures that no other post shows. Returns the names of the files."""
    locked = LockedPicture.objects.filter(storyteller=who)
    digests = pictures_of(who)
    digests.update(locked.values_list("digest", flat=True))
    own = [digest for digest in digests if not _shown_elsewhere(digest, posts)]
    pictures = Upload.objects.filter(digest__in=own)
    names = tuple(picture.file_name for picture in pictures)
    pictures.delete()
    return names


def _shown_elsewhere(digest: str, posts: Collection[Post]) -> bool:
    """Whether a post that is none of these has the picture with this SHA-256, in a delivery, a version or a draft."""
    others = Post.objects.exclude(pk__in=[post.pk for post in posts])
    places = (
        Delivery.objects.filter(pictures__contains=digest),
        Version.objects.filter(source__contains=digest),
        Draft.objects.filter(fields__contains=digest),
    )
    return any(place.filter(post__in=others).exists() for place in places)


def _files_of_people(posts: Collection[Post], uploads: Path) -> tuple[Path, ...]:
    """The files that people wrote these posts in, and the pictures beside them, as far as they are there."""
    versions = Version.objects.filter(post__in=posts).exclude(folder="")
    named = versions.values_list("folder", "post__name")
    written = {Path(folder) / f"{name}.toml" for folder, name in named}
    present = [path for path in written if path.is_file()]
    return (*sorted(present), *_own_pictures(posts, uploads))


def _own_pictures(posts: Collection[Post], uploads: Path) -> tuple[Path, ...]:
    """The pictures of these posts that are no uploads, as far as they are there and no other post shows them."""
    deliveries = Delivery.objects.filter(post__in=posts).exclude(pictures="")
    named: dict[Path, str] = {}
    for text in deliveries.values_list("pictures", flat=True):
        for picture in json.loads(text):
            named[Path(picture["file"])] = picture["sha256"]
    return tuple(
        path
        for path, digest in sorted(named.items())
        if path.parent != uploads.resolve()
        and path.is_file()
        and not _shown_elsewhere(digest, posts)
    )
