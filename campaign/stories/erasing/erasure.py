"""Erasing what is known of a person: when its time is over, or when they ask for it. A tombstone stays: the reference, the
dates, the scopes and hashes of their consents, and when each copy was gone.

What cannot be deleted at once is on a list (`leftovers`), which is tried again until nothing is on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F

from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery.clocks import agreement
from campaign.models import Event
from campaign.models.stories import Consent, FinalWord, Leftover, Storyteller, Withdrawal
from campaign.stories.consent import current
from campaign.stories.erasing import emptying, leftovers, unagreed
from campaign.stories.erasing.emptying import Outside
from campaign.stories.erasing.leftovers import LeftoverKind
from campaign.stories.storyteller import note, posts_of
from campaign.stories.withdrawal import ALL, PICTURES, Via, leave_what_is_out, withdraw

SECOND_THOUGHTS = timedelta(days=7)
"""So long the words of what was taken back are kept, locked and shown to nobody outside: somebody may have noted it for the
wrong person, and what is emptied never comes back."""


TOLERANCE = timedelta(hours=1)
"""Machines that share a database need not agree to the minute."""


@dataclass(frozen=True, slots=True)
class DueErasure:
    """A person whose time of keeping is over."""

    storyteller: Storyteller
    since: datetime  #: when the reason to keep their record ended; aware
    posts: int  #: how many are emptied with it


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: how many pictures were to be deleted, and what of all of it is still there."""

    pictures: int
    left: tuple[Leftover, ...]


def due(now: datetime, after: timedelta, zone: ZoneInfo) -> list[DueErasure]:
    """Whom to erase, by their number: those whose story was taken back, or whose consent ended, at least `after` ago; and
    those who have agreed to nothing for as long as such a story is kept."""
    overdue = []
    for storyteller in _may_be_due(now, after, zone):
        if _is_over(storyteller, now, after, zone):
            person = DueErasure(
                storyteller=storyteller,
                since=since_when(storyteller, zone),
                posts=posts_of(storyteller).count(),
            )
            overdue.append(person)
    return overdue


def erase(
    who: Storyteller,
    via: Via,
    uploads: Path,
    by: str,
    now: datetime,
    *,
    sweeps: bool = True,
) -> Erased:
    """Erases a person because they ask for it: their story is taken back, and everything that they said and that tells who
    they are is emptied, for good. What is out is deleted on the networks all the same.

    `sweeps`: as of `leftovers.work_off`, which whoever passes False calls at the end. Raises Problem when it is done already.
    """
    with writing():
        known = _known(who)
        if not known.withdrawn_at:
            withdraw(known, ALL, via, by, now)
        outside = _erase(known, uploads, by, now)
    return _finish(who, outside, uploads, now, sweeps=sweeps)


def erase_overdue(
    who: Storyteller,
    after: timedelta,
    zone: ZoneInfo,
    uploads: Path,
    by: str,
    now: datetime,
    *,
    is_sure: bool = False,
    sweeps: bool = True,
) -> Erased | None:
    """Erases a person whose time of keeping is over. What they let stand on the networks stays there. None when it is not
    over any more, since they have said yes again meanwhile.

    Raises Problem when it is done already, and where the machine's clock is known to be wrong; `is_sure`: a network has just
    said that it is right. `sweeps`: as of `erase`."""
    need_right_clock(now, is_sure=is_sure)
    with writing():
        known = _known(who)
        if not _is_over(known, now, after, zone):
            return None
        if not known.withdrawn_at:
            leave_what_is_out(known, by, now)
        outside = _erase(known, uploads, by, now)
    return _finish(who, outside, uploads, now, sweeps=sweeps)


def empty_taken_back(
    withdrawal: Withdrawal, uploads: Path, now: datetime, *, sweeps: bool = True
) -> bool:
    """Empties what a person took back, once nothing of it is left on a network; their record stays for its time. False
    when something still stands, or it is done already. `sweeps`: as of `erase`."""
    with writing():
        asked = Withdrawal.objects.select_related("storyteller").get(pk=withdrawal.pk)
        if asked.emptied_at or asked.takedowns.filter(gone_at=None).exists():
            return False
        _empty_scope(asked, uploads, now)
        Withdrawal.objects.filter(pk=asked.pk).update(emptied_at=now)
        note(asked.storyteller, "words erased", emptying.ACTOR, now, f"({asked.scope}).")
    leftovers.work_off(uploads, now, sweeps=sweeps)
    return True


def taken_back_for_good(now: datetime) -> list[Withdrawal]:
    """What was taken back so long ago that its words are to be erased, and stands nowhere any more."""
    asked = Withdrawal.objects.filter(emptied_at=None, asked_at__lte=now - SECOND_THOUGHTS)
    standing = Withdrawal.objects.filter(takedowns__isnull=False, takedowns__gone_at=None)
    return list(asked.exclude(pk__in=standing.values("pk")).order_by("pk"))


def since_when(storyteller: Storyteller, zone: ZoneInfo) -> datetime:
    """When the reason to keep their record ended or will end: when they took their story back, else at the end of the last
    day of their consent, else when they were last busy with it; aware."""
    consent = current(storyteller)
    if storyteller.withdrawn_at:
        return storyteller.withdrawn_at
    if consent is None:
        return unagreed.since(storyteller)
    end = consent.valid_until
    return datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=zone)


def need_right_clock(now: datetime, *, is_sure: bool = False) -> None:
    """Raises Problem where the machine's clock is known to be wrong: what time brings about here cannot be undone. Nothing is
    asked where a network has just said that it is right.

    The log never tells of what is still to come: where it does, the clock was ahead then, or is behind now."""
    if is_sure:
        return
    config = settings.CONFIG
    if agreement.is_far_off(config.publishing.clock_limit, config.channels):
        raise Problem(
            Sentence(
                "The clock of the machine that publishes is wrong: set it right; nobody is erased until then."
            )
        )
    last = Event.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > now + TOLERANCE:
        raise Problem(
            Sentence(
                "The clock of this machine is wrong: the log tells of {0} UTC already. Set the clock; nobody is erased until then.",
                f"{last:%Y-%m-%d %H:%M}",
            )
        )


def _is_over(storyteller: Storyteller, now: datetime, after: timedelta, zone: ZoneInfo) -> bool:
    """Whether the time of keeping their record is over."""
    if not unagreed.is_unagreed(storyteller):
        return since_when(storyteller, zone) <= now - after
    end = unagreed.end(storyteller)
    return end is not None and end <= now


def _may_be_due(now: datetime, after: timedelta, zone: ZoneInfo) -> list[Storyteller]:
    """Those of whom the database alone does not say that it is too early."""
    limit, told_by = now - after, now - min(after, unagreed.kept_for())
    kept = Storyteller.objects.filter(erased_at=None)
    counts = kept.filter(withdrawn_at=None, consents__number=F("consent_number"))
    last_day = local_day(limit, zone)
    some = (
        kept.filter(withdrawn_at__lte=limit),
        counts.filter(consents__valid_until__lte=last_day),
        kept.filter(withdrawn_at=None, consent_number=0, made_at__lte=told_by),
    )
    people: dict[int, Storyteller] = {}
    for rows in some:
        people |= {storyteller.pk: storyteller for storyteller in rows}
    return [people[number] for number in sorted(people)]


def _known(who: Storyteller) -> Storyteller:
    """Their record as it is now. Raises Problem when it is erased."""
    known = Storyteller.objects.get(pk=who.pk)
    if known.erased_at:
        raise Problem(
            Sentence("What was known of storyteller {0} is erased already.", known.reference)
        )
    return known


def _erase(known: Storyteller, uploads: Path, by: str, now: datetime) -> Outside:
    # That somebody was in distress is about them, too.
    emptying.forget_hands(known)
    outside = emptying.empty_all(known, uploads, now)
    leftovers.keep(known, outside, now)
    leftovers.keep_folder(known, LeftoverKind.RECORD, now)
    _empty_record(known, now)
    note(known, "storyteller erased", by, now)
    return outside


def _finish(
    who: Storyteller, outside: Outside, uploads: Path, now: datetime, *, sweeps: bool
) -> Erased:
    """Files are deleted once the rows are: a program that is killed in between finds them on the list."""
    leftovers.work_off(uploads, now, sweeps=sweeps)
    who.refresh_from_db()
    theirs = Leftover.objects.filter(storyteller=who)
    of_all = Leftover.objects.filter(storyteller=None)
    return Erased(len(outside.uploads), (*theirs, *of_all))


def _empty_scope(asked: Withdrawal, uploads: Path, now: datetime) -> None:
    who, outside = asked.storyteller, Outside()
    # Who has said yes again meanwhile has a story to go on with: only what was taken back goes.
    if asked.scope == ALL and who.withdrawn_at:
        outside = emptying.empty_all(who, uploads, now)
        leftovers.keep_folder(who, LeftoverKind.TOLD, now)
        # Nobody has to be asked about it any more: a third person's name is not kept for longer.
        Storyteller.objects.filter(pk=who.pk).update(trusted_sealed="", answers_sealed="")
    elif asked.scope == PICTURES and not _shows_pictures_again(who):
        outside = emptying.empty_pictures(who, uploads)
        leftovers.keep_folder(who, LeftoverKind.TOLD_PICTURES, now)
    emptying.empty_ended(who)
    leftovers.keep(who, outside, now)


def _shows_pictures_again(who: Storyteller) -> bool:
    consent = current(who)
    return bool(consent and not consent.ended_at and consent.pictures)


def _empty_record(storyteller: Storyteller, now: datetime) -> None:
    Storyteller.objects.filter(pk=storyteller.pk).update(
        name_sealed="",
        contact_sealed="",
        speaker_sealed="",
        trusted_sealed="",
        answers_sealed="",
        adult_on=None,
        link_digest="",
        hold_reason="",
        held_by="",
        erased_at=now,
        is_aside=False,
    )
    given = Consent.objects.filter(storyteller=storyteller)
    given.update(named_as_sealed="")
    given.filter(ended_at=None).update(ended_at=now)
    said = FinalWord.objects.filter(consent__storyteller=storyteller)
    said.update(remark_sealed="")
    asked = Withdrawal.objects.filter(storyteller=storyteller)
    asked.filter(emptied_at=None).update(emptied_at=now)
