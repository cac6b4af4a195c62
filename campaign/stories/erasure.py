"""Erasing what is known of a person, once it serves nothing any more. A tombstone stays: the reference, the dates, the
scopes and hashes of their consents, and when each copy was gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Q

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.models import Delivery, Draft, Post, Upload, Version
from campaign.models.stories import Consent, FinalWord, LockedPicture, Storyteller, Takedown
from campaign.states import MAY_BE_OUT, Status
from campaign.stories import papers
from campaign.stories.consent import current
from campaign.stories.storyteller import deliveries_of, may_stand, note, pictures_of


@dataclass(frozen=True, slots=True)
class DueErasure:
    """A person whose time of keeping is over."""

    storyteller: Storyteller
    since: datetime  #: when the reason to keep their record ended; aware
    posts: int  #: how many are emptied with it


def due(now: datetime, after: timedelta, zone: ZoneInfo) -> list[DueErasure]:
    """Whom to erase, by their number: those whose story was taken back, whose consent ended, or who were recorded and
    never gave one, at least `after` ago; nobody of whom something is out or queued, and nobody on hold."""
    overdue = []
    for storyteller in Storyteller.objects.filter(erased_at=None, held_at=None).order_by("pk"):
        since = _since(storyteller, zone)
        if since > now - after or _stands(storyteller):
            continue
        posts = Post.objects.filter(storyteller=storyteller.reference)
        overdue.append(DueErasure(storyteller, since, posts.count()))
    return overdue


def erase(storyteller: Storyteller, uploads: Path, by: str, now: datetime) -> int:
    """Empties everything that a person said and everything that tells who they are, for good. The log stays as it is: it
    never held their words. Returns how many pictures of their posts were deleted from the folder of uploads.

    Raises Problem while something of theirs is out or queued, when they are on hold, and when it is done already.
    """
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        _need_erasable(known)
        # Files go first: killed in between, the rows still tell the next attempt what is to be deleted.
        deleted = _delete_pictures(known, uploads)
        papers.erase(uploads, known.reference)
        _empty_posts(known)
        _empty_record(known, now)
        note(known, "storyteller erased", by, now)
    storyteller.refresh_from_db()
    return deleted


def _need_erasable(storyteller: Storyteller) -> None:
    if storyteller.erased_at:
        raise Problem(
            Sentence(
                "What was known of storyteller {0} is erased already.", storyteller.reference
            )
        )
    if storyteller.held_at:
        raise Problem(
            Sentence("Storyteller {0} is on hold: release them first.", storyteller.reference)
        )
    if _stands(storyteller):
        raise Problem(
            Sentence(
                "Something of storyteller {0} is out or queued: take it back first.",
                storyteller.reference,
            )
        )


def _since(storyteller: Storyteller, zone: ZoneInfo) -> datetime:
    """When the reason to keep their record ended: when they took their story back, else at the end of the last day of
    their consent, else when it was made; aware."""
    consent = current(storyteller)
    if storyteller.withdrawn_at:
        return storyteller.withdrawn_at
    if consent is None:
        return storyteller.made_at
    end = consent.valid_until
    return datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=zone)


def _stands(storyteller: Storyteller) -> bool:
    """Whether something of theirs is out or queued, or still to be deleted on a network."""
    # A withdrawal without takedowns has no gone_at either: it is left out.
    open_takedowns = storyteller.withdrawals.filter(
        takedowns__gone_at=None, takedowns__isnull=False
    )
    if open_takedowns.exists():
        return True
    # Of a thread that broke off, parts may be out though it failed, until a takedown has found them gone.
    taken_down = Takedown.objects.exclude(gone_at=None).values("delivery")
    left = deliveries_of(storyteller).exclude(
        Q(pk__in=taken_down) & ~Q(status__in=MAY_BE_OUT | {Status.QUEUED})
    )
    return any(delivery.status == Status.QUEUED or may_stand(delivery) for delivery in left)


def _empty_posts(storyteller: Storyteller) -> None:
    """Empties the words of all their posts; the fingerprints stay, as proof of what went out."""
    posts = Post.objects.filter(storyteller=storyteller.reference)
    deliveries = list(deliveries_of(storyteller).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=deliveries).update(text="", approved_text="", pictures="")
    Version.objects.filter(post__in=posts).update(source="", folder="")
    Draft.objects.filter(post__in=posts).delete()
    posts.update(title="")


def _delete_pictures(storyteller: Storyteller, uploads: Path) -> int:
    """Deletes the pictures of this person that no other post shows: the files, and what the database knows of them.
    Returns how many files there were."""
    locked = LockedPicture.objects.filter(storyteller=storyteller).values_list(
        "digest", flat=True
    )
    digests = pictures_of(storyteller).union(locked)
    own = [digest for digest in digests if not _shown_elsewhere(digest, storyteller)]
    pictures = Upload.objects.filter(digest__in=own)
    paths = [uploads / picture.file_name for picture in pictures]
    present = [path for path in paths if path.is_file()]
    for path in present:
        path.unlink(missing_ok=True)
    pictures.delete()
    return len(present)


def _shown_elsewhere(digest: str, storyteller: Storyteller) -> bool:
    """Whether a post of somebody else has the picture with this SHA-256, in a delivery, a version or a draft."""
    others = Post.objects.exclude(storyteller=storyteller.reference)
    theirs = deliveries_of(storyteller).values("pk")
    deliveries = Delivery.objects.filter(post__in=others, pictures__contains=digest)
    return (
        deliveries.exclude(pk__in=theirs).exists()
        or Version.objects.filter(post__in=others, source__contains=digest).exists()
        or Draft.objects.filter(post__in=others, fields__contains=digest).exists()
    )


def _empty_record(storyteller: Storyteller, now: datetime) -> None:
    Storyteller.objects.filter(pk=storyteller.pk).update(
        name_sealed="",
        contact_sealed="",
        link_digest="",
        hold_reason="",
        held_by="",
        erased_at=now,
    )
    Consent.objects.filter(storyteller=storyteller).update(named_as_sealed="")
    Consent.objects.filter(storyteller=storyteller, ended_at=None).update(ended_at=now)
    FinalWord.objects.filter(consent__storyteller=storyteller).update(remark_sealed="")
