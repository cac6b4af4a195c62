"""Emptying: the words and the pictures of a person's story are taken out of posts, deliveries and the log.

What stays tells nothing of the person: that there was a post, where it stood and when, who did what, and the fingerprints."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db.models import Q, QuerySet

from campaign.content.source import fields_in, write_source
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.delivery import queue
from campaign.models import Attempt, Delivery, Draft, Post, Upload, Version
from campaign.models.care import Hand
from campaign.models.checks import CalledWrong
from campaign.models.stories import FinalWord, LockedPicture, Storyteller
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.erasing import passed_on
from campaign.stories.erasing.passed_on import PassedOn
from campaign.stories.storyteller import deliveries_of, pictures_of, posts_of

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
    posts, others = list(posts_of(who)), passed_on.of_others(who)
    passed = [number for each in others for number in each.deliveries(who)]
    deliveries = Delivery.objects.filter(Q(post__in=posts) | Q(pk__in=passed))
    numbers = list(deliveries.values_list("pk", flat=True))
    in_doubt = deliveries.filter(status__in=IN_DOUBT)
    digests, beside = _pictures_known(who, others), _beside(deliveries, uploads)
    written = _files_of_people(posts)
    _empty_posts(posts, now)
    empty_deliveries(numbers)
    events.empty((), [post.pk for post in posts])
    for each in others:
        passed_on.empty(each, who)
    # Asked once all this is empty: what shows a picture still is somebody else's.
    shown = _Shown(posts, numbers)
    return Outside(
        uploads=_forget_pictures(digests, shown),
        of_people=(*written, *_unless_shown(beside, shown)),
        in_doubt=tuple(in_doubt.values_list("pk", flat=True)),
    )


def forget_hands(who: Storyteller) -> None:
    """Deletes that somebody was in distress: the person, or who contributed their posts; part of a transaction, and before
    anything else is emptied, since that is known by the words."""
    who.hands.all().delete()
    Hand.objects.filter(post__in=posts_of(who)).delete()
    for each in passed_on.of_others(who):
        each.hands().delete()


def empty_ended(who: Storyteller) -> None:
    """Empties the deliveries of a person that were taken back; part of a transaction."""
    ended = deliveries_of(who).filter(status__in=ENDED)
    empty_deliveries(ended.values_list("pk", flat=True))


def empty_pictures(who: Storyteller, uploads: Path) -> Outside:
    """Takes the pictures out of all versions and drafts of a person's posts, with what describes them; part of a
    transaction. Their words stay."""
    posts, others = list(posts_of(who)), passed_on.of_others(who)
    deliveries = Delivery.objects.filter(post__in=posts)
    digests, beside = _pictures_known(who, others), _beside(deliveries, uploads)
    of_theirs = Q(post__in=posts) | Q(pk__in=[pk for each in others for pk in each.versions])
    for version in Version.objects.filter(of_theirs):
        source = _without_pictures(version.source)
        if source != version.source:
            Version.objects.filter(pk=version.pk).update(source=source)
    shown = _Shown(posts, [])
    outside = Outside(
        uploads=_forget_pictures(digests, shown),
        of_people=_unless_shown(beside, shown),
    )
    Draft.objects.filter(post__in=posts).delete()
    # What showed them and is not cancelled was withdrawn or taken down, and is emptied as such.
    deliveries.filter(status=Status.CANCELLED).update(pictures="")
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
        link="",
        approved_text="",
        pictures="",
        reason=ERASED,
    )
    passed_on.empty_attempts(Attempt.objects.filter(delivery__in=emptied))
    said = FinalWord.objects.filter(delivery__in=emptied)
    said.update(remark_sealed="")
    events.empty(emptied, ())


def _empty_posts(posts: Collection[Post], now: datetime) -> None:
    Version.objects.filter(post__in=posts).update(source="", folder="")
    Draft.objects.filter(post__in=posts).delete()
    CalledWrong.objects.filter(post__in=posts).update(sentence="")
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """Where a picture may be of somebody else: in all posts but these, and in all deliveries but these."""

    posts: Collection[Post]
    deliveries: Collection[int]

    def elsewhere(self, digest: str) -> bool:
        """Whether the picture with this SHA-256 is there, in a delivery, a version or a draft."""
        others = Post.objects.exclude(pk__in=[post.pk for post in self.posts])
        places = (
            Delivery.objects.filter(pictures__contains=digest).exclude(pk__in=self.deliveries),
            Version.objects.filter(source__contains=digest),
            Draft.objects.filter(fields__contains=digest),
        )
        return any(place.filter(post__in=others).exists() for place in places)


def _pictures_known(who: Storyteller, others: Iterable[PassedOn]) -> set[str]:
    """The SHA-256 of all that the database knows of their pictures."""
    locked = LockedPicture.objects.filter(storyteller=who)
    digests = pictures_of(who)
    digests.update(locked.values_list("digest", flat=True))
    for each in others:
        digests.update(each.uploads().values_list("digest", flat=True))
    return digests


def _forget_pictures(digests: Iterable[str], shown: _Shown) -> tuple[str, ...]:
    """Deletes what the database knows of these pictures where no other post shows them. Returns the names of the files."""
    own = [digest for digest in digests if not shown.elsewhere(digest)]
    pictures = Upload.objects.filter(digest__in=own)
    names = tuple(picture.file_name for picture in pictures)
    pictures.delete()
    return names


def _files_of_people(posts: Collection[Post]) -> tuple[Path, ...]:
    """The files that people wrote these posts in, as far as they are there."""
    versions = Version.objects.filter(post__in=posts).exclude(folder="")
    named = versions.values_list("folder", "post__name")
    written = {Path(folder) / f"{name}.toml" for folder, name in named}
    return tuple(sorted(path for path in written if path.is_file()))


def _beside(deliveries: QuerySet[Delivery], uploads: Path) -> dict[Path, str]:
    """The pictures of these deliveries that are no uploads, and the SHA-256 of each."""
    named: dict[Path, str] = {}
    for text in deliveries.exclude(pictures="").values_list("pictures", flat=True):
        for picture in json.loads(text):
            named[Path(picture["file"])] = picture["sha256"]
    return {path: digest for path, digest in named.items() if path.parent != uploads.resolve()}


def _unless_shown(pictures: Mapping[Path, str], shown: _Shown) -> tuple[Path, ...]:
    """Those that are there, and that no other post shows."""
    return tuple(
        path
        for path, digest in sorted(pictures.items())
        if path.is_file() and not shown.elsewhere(digest)
    )
