"""What was to be erased and is still there: a file that is held open, a folder that is read-only, a disk that fails, a delivery
of which nobody knows yet whether it is out. It is kept on a list, and tried again until it is gone."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from campaign.core.foreign import reason_of
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import sweeping
from campaign.database.sql import writing
from campaign.delivery.takedown import wait_after
from campaign.models import Post, Upload
from campaign.models.stories import Consent, Leftover, Storyteller
from campaign.stories import papers
from campaign.stories.erasing import emptying
from campaign.stories.erasing.emptying import ACTOR, Outside
from campaign.stories.storyteller import note

STALE = timedelta(days=1)
"""A half of a file that is so old was left by a program that was stopped while it wrote."""
IN_DOUBT = Sentence("It is not known yet whether it is out: its words are needed until then.")
BY_PEOPLE = Sentence(
    "A person wrote this file, so the program does not delete it: delete it yourself."
)


class LeftoverKind(StrEnum):
    """What is still there, in the order in which it is tried: the database comes last, since rows of this list go before."""

    UPLOAD = "1 upload"  #: a picture, by the name of its file in the folder of uploads
    TOLD = "2 told"  #: the words and pictures that were handed in, by the reference
    TOLD_PICTURES = "2 told pictures"  #: the pictures alone of it, by the reference
    RECORD = "3 record"  #: all that was handed in, with the proofs, by the reference
    WORDS = "4 words"  #: a delivery in doubt, by its number
    OF_PEOPLE = "5 file"  #: a file that a person wrote, by its path
    DATABASE = "6 database"  #: pages of its file in which something was deleted


def keep(who: Storyteller, outside: Outside, now: datetime) -> None:
    """Puts on the list what is outside of the database, and the file of the database itself; part of a transaction, so
    that a program which is killed before it has deleted them goes on when it begins again."""
    _note_all(who, LeftoverKind.UPLOAD, outside.uploads, now)
    _note_all(who, LeftoverKind.OF_PEOPLE, map(str, outside.of_people), now)
    _note_all(who, LeftoverKind.WORDS, map(str, outside.in_doubt), now)
    _note_sweep(now)


def keep_folder(who: Storyteller, kind: LeftoverKind, now: datetime) -> None:
    """Puts on the list what was handed in: TOLD, or RECORD for all of it; part of a transaction."""
    _note_all(who, kind, [who.reference], now)


def left() -> list[Leftover]:
    """What is still there, the longest first."""
    return list(Leftover.objects.select_related("storyteller").order_by("since", "kind", "pk"))


def work_off(
    uploads: Path, now: datetime, *, soon: bool = False, sweeps: bool = True
) -> list[Leftover]:
    """Tries what is to be tried now; with `soon`, all of it. Returns what is still there.

    Without `sweeps`, the file of the database stays on the list: it is written anew once for all people who are erased one
    after the other.
    """
    _delete_stale(uploads, now)
    due = Leftover.objects.order_by("kind", "pk")
    if not soon:
        due = due.filter(next_at__lte=now)
    if not sweeps:
        due = due.exclude(kind=LeftoverKind.DATABASE)
    for number in list(due.values_list("pk", flat=True)):
        _try(number, uploads, now)
    # What the list said of a file has gone from the list, and not from the pages of the database.
    noted = Leftover.objects.filter(kind=LeftoverKind.DATABASE, tries=0) if sweeps else ()
    for leftover in noted:
        _try(leftover.pk, uploads, now)
    return left()


def _note_all(
    who: Storyteller | None, kind: LeftoverKind, places: Iterable[str], now: datetime
) -> None:
    values = {
        "storyteller": who,
        "since": now,
        "next_at": now,
    }
    for place in places:
        Leftover.objects.get_or_create(
            kind=kind.value,
            place=place,
            defaults=values,
        )


def _note_sweep(now: datetime) -> None:
    """The file of the database is to be written anew; part of a transaction."""
    _note_all(None, LeftoverKind.DATABASE, [""], now)


def _try(number: int, uploads: Path, now: datetime) -> None:
    leftover = Leftover.objects.filter(pk=number).select_related("storyteller").first()
    if leftover is None:
        return
    try:
        _DELETE[LeftoverKind(leftover.kind)](leftover, uploads, now)
    except OSError as problem:
        said = Sentence("It could not be deleted ({0}).", reason_of(problem))
        _try_later(leftover, said, now)
    except Problem as problem:
        _try_later(leftover, str(problem), now)
    else:
        _gone(leftover, now)


def _try_later(leftover: Leftover, problem: str, now: datetime) -> None:
    tries = leftover.tries + 1
    Leftover.objects.filter(pk=leftover.pk).update(
        tries=tries,
        next_at=now + wait_after(tries),
        problem=problem,
    )


def _gone(leftover: Leftover, now: datetime) -> None:
    with writing():
        Leftover.objects.filter(pk=leftover.pk).delete()
        if leftover.kind == LeftoverKind.OF_PEOPLE:
            _note_sweep(now)
        who = leftover.storyteller
        if who and who.erased_at and not who.leftovers.exists():
            note(who, "nothing is left", ACTOR, now)


def _delete_upload(leftover: Leftover, uploads: Path, _: datetime) -> None:
    # It may have come in again meanwhile: then it is somebody's.
    if not Upload.objects.filter(digest=Path(leftover.place).stem).exists():
        (uploads / leftover.place).unlink(missing_ok=True)


def _delete_told(leftover: Leftover, uploads: Path, _: datetime) -> None:
    consents = Consent.objects.filter(storyteller=leftover.storyteller)
    proofs = set(consents.exclude(proof_digest="").values_list("proof_digest", flat=True))
    words = leftover.kind == LeftoverKind.TOLD
    papers.erase_told(uploads, leftover.place, proofs, words=words)


def _delete_record(leftover: Leftover, uploads: Path, _: datetime) -> None:
    papers.erase(uploads, leftover.place)


def _empty_words(leftover: Leftover, _: Path, now: datetime) -> None:
    with writing():
        if not emptying.settle(int(leftover.place), now):
            raise Problem(IN_DOUBT)
        _note_sweep(now)


def _see_file(leftover: Leftover, _: Path, __: datetime) -> None:
    path = Path(leftover.place)
    if path.exists():
        raise Problem(BY_PEOPLE)
    # The name of the file was the name of the post.
    for post in Post.objects.filter(name=path.stem, storyteller=_reference(leftover)):
        if post.emptied_at:
            Post.objects.filter(pk=post.pk).update(**emptying.nameless(post))


def _reference(leftover: Leftover) -> str:
    return leftover.storyteller.reference if leftover.storyteller else ""


def _sweep(_: Leftover, __: Path, ___: datetime) -> None:
    sweeping.sweep()


_DELETE: Mapping[LeftoverKind, Callable[[Leftover, Path, datetime], None]] = {
    LeftoverKind.UPLOAD: _delete_upload,
    LeftoverKind.TOLD: _delete_told,
    LeftoverKind.TOLD_PICTURES: _delete_told,
    LeftoverKind.RECORD: _delete_record,
    LeftoverKind.WORDS: _empty_words,
    LeftoverKind.OF_PEOPLE: _see_file,
    LeftoverKind.DATABASE: _sweep,
}


def _delete_stale(uploads: Path, now: datetime) -> None:
    """Halves of files that were never finished: nobody knows whose they are."""
    limit = (now - STALE).timestamp()
    halves = [
        *uploads.glob(".upload-*"),
        *uploads.glob("stories/*/.half-*"),
    ]
    for half in halves:
        with suppress(OSError):  # tried again at the next time
            if half.stat().st_mtime < limit:
                half.unlink()
