"""What people decide about evergreen posts: a set and its pace, what belongs to it, and a second person's yes to each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User

from campaign.consent.locks import need_unlocked
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import on_one_line
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions.approving import check_approver
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.people.roles import need_decider
from campaign.states import Stage, Status

LONGEST_NAME = 100
SHORTEST_REST, LONGEST_REST = 14, 730
"""Days. Networks refuse the very words that an account has had shortly before; after two weeks nobody has seen that."""
LONGEST_EVERY = 366
ACTOR = "evergreen"
"""Who lays out what goes out again, in the log."""
BEING_CORRECTED = Sentence("Its words are being corrected.")
GOES_OUT = (Status.QUEUED, Status.SENDING, Status.PUBLISHED)
"""A delivery whose words somebody approved and that is out, or on its way."""


@dataclass(frozen=True, slots=True)
class SetAsked:
    """What a set is to be: its name, its pace in days, and its last day, or None."""

    name: str
    every: int
    rest: int
    until: date | None


def make(asked: SetAsked, by: User, now: datetime, today: date, form: str = "") -> Evergreen:
    """A new set, with nothing in it yet; the same `form` once more makes no other. Raises Problem."""
    need_decider(by)
    asked = _checked(asked, today)
    with writing():
        number = f"{by.pk}:{form[:60]}" if form else None
        before = Evergreen.objects.filter(form=number).first() if number else None
        return before or Evergreen.objects.create(
            name=asked.name,
            every=asked.every,
            rest=asked.rest,
            until=asked.until,
            made_by=by,
            made_at=now,
            form=number,
        )


def change(evergreen: Evergreen, asked: SetAsked, by: User, today: date) -> None:
    """Gives a set another name or pace; what is laid out already stays. Raises Problem."""
    need_decider(by)
    asked = _checked(asked, today)
    Evergreen.objects.filter(pk=evergreen.pk).update(
        name=asked.name, every=asked.every, rest=asked.rest, until=asked.until
    )


def switch(evergreen: Evergreen, by: User, *, is_on: bool) -> None:
    """Stops a set, or lets it go on; what is laid out already stays in the queue. Raises Problem."""
    need_decider(by)
    Evergreen.objects.filter(pk=evergreen.pk).update(is_on=is_on)


def add(evergreen: Evergreen, post: Post, by: User, now: datetime) -> Variant:
    """Takes a post into a set; it goes out again once somebody else has said yes to that. Raises Problem."""
    need_decider(by)
    with writing():
        _need_fit(post)
        known = Variant.objects.filter(post=post).first()
        if known and known.left_at is None:
            raise Problem(
                Sentence(
                    "{0} belongs to the set {1} already.", post.called, known.evergreen.name
                )
            )
        variant, _ = Variant.objects.update_or_create(
            post=post,
            defaults={
                "evergreen": evergreen,
                "added_by": by,
                "added_at": now,
                "allowed_by": None,
                "allowed_at": None,
                "frozen": "",
                "problem": "",
                "left_at": None,
            },
        )
        _note(variant, "made evergreen", by, now)
    return variant


def allow(
    variant: Variant,
    by: User,
    now: datetime,
    *,
    own: bool = False,
    shown: Collection[str] | None = None,
) -> None:
    """A second person says yes: these very words may go out again and again. `own` is as in `approving.approve`; `shown`
    holds the fingerprints of what the person has read, None where no page was shown.

    Raises Problem when this person may not approve the post, none of it was approved, or it does not read as shown."""
    with writing():
        post = Post.objects.get(pk=variant.post_id)
        check_approver(post, by, own)
        _need_fit(post)
        frozen = {delivery.fingerprint for delivery in approved_of(post)}
        if shown is not None and set(shown) != frozen:
            raise Problem(
                Sentence("{0} has changed meanwhile: read it again, then say yes.", post.called)
            )
        Variant.objects.filter(pk=variant.pk, left_at=None).update(
            allowed_by=by, allowed_at=now, frozen=" ".join(sorted(frozen)), problem=""
        )
        _note(variant, "allowed again", by, now)


def take_out(variant: Variant, by: User, now: datetime) -> None:
    """Takes a post out of its set; what is laid out already stays in the queue. Raises Problem."""
    need_decider(by)
    with writing():
        Variant.objects.filter(pk=variant.pk).update(left_at=now, allowed_by=None)
        _note(variant, "not evergreen", by, now)


def end(variant: Variant, problem: str, now: datetime) -> None:
    """A post goes out again no more, until somebody says yes once more; the reason stands in the log."""
    with writing():
        Variant.objects.filter(pk=variant.pk).update(
            problem=problem, allowed_by=None, allowed_at=None
        )
        _note(variant, "evergreen ended", None, now, problem)


def approved_of(post: Post) -> list[Delivery]:
    """The deliveries of a post that are out, or on their way, with the words that somebody approved."""
    deliveries = Delivery.objects.filter(post=post, status__in=GOES_OUT).order_by("pk")
    return [
        delivery
        for delivery in deliveries
        if delivery.fingerprint == delivery.approved_fingerprint
    ]


def _checked(asked: SetAsked, today: date) -> SetAsked:
    name = on_one_line(asked.name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Problem(Sentence("Give the set a name of up to {0} characters.", LONGEST_NAME))
    if not 1 <= asked.every <= LONGEST_EVERY:
        raise Problem(
            Sentence("Let from 1 to {0} days lie between two posts of the set.", LONGEST_EVERY)
        )
    if not SHORTEST_REST <= asked.rest <= LONGEST_REST:
        raise Problem(
            Sentence(
                "Let the same words rest for {0} to {1} days: networks refuse what an account has said shortly before.",
                SHORTEST_REST,
                LONGEST_REST,
            )
        )
    if asked.until and asked.until < today:
        raise Problem(Sentence("The last day of the set is past: choose a later one."))
    return SetAsked(name, asked.every, asked.rest, asked.until)


def _need_fit(post: Post) -> None:
    """Raises Problem for what cannot go out again as it is."""
    need_unlocked(post)
    if post.stage != Stage.PLANNED or not approved_of(post):
        raise Problem(
            Sentence(
                "{0} is not approved yet: once it is out, or waits for its time, it can go out again.",
                post.called,
            )
        )
    if _is_corrected(post):
        raise Problem(BEING_CORRECTED)
    if Repetition.objects.filter(post=post).exists():
        raise Problem(
            Sentence(
                "{0} goes out again already: choose the post that it repeats.", post.called
            )
        )
    if post.deliveries.exclude(for_day="").exists():
        raise Problem(
            Sentence(
                "{0} is for an awareness day: on other days it would not be true.", post.called
            )
        )


def _is_corrected(post: Post) -> bool:
    """Whether a correction of it is written, waits or is out: its own words are wrong."""
    corrections = Post.objects.filter(correction__first=post).exclude(stage=Stage.TAKEN_BACK)
    dropped = (Status.CANCELLED, Status.WITHDRAWN)
    planned = Delivery.objects.filter(post__in=corrections).exclude(status__in=dropped)
    return planned.exists() or corrections.exclude(stage=Stage.PLANNED).exists()


def _note(
    variant: Variant, action: str, by: User | None, now: datetime, reason: str = ""
) -> None:
    actor = by.username if by else ACTOR
    events.note(
        None, "", "", now, actor=actor, action=action, reason=reason, post=variant.post_id
    )
