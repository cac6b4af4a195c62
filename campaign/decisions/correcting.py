"""Correcting what is out: a new post carries on from the words of the first, and takes its place channel by channel once it
is approved like any other. How it takes the place is the delivery's (`delivery/claims/places`)."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User

from campaign.authoring import compose, once
from campaign.authoring.compose import Desk
from campaign.authoring.correcting import carried
from campaign.consent.locks import need_unlocked
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import visible
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions import settling
from campaign.decisions.evergreen import sets
from campaign.models import Delivery, Post
from campaign.models.corrections import Correction
from campaign.models.evergreen import Variant
from campaign.states import IN_THE_WAY, NOT_OUT_YET, Stage, Status

LONGEST_REASON = 500
"""Characters of the reason that are kept; the rest is cut off."""
_HAS_BEEN_OUT = (Status.PUBLISHED, Status.REMOVED)
_HAS_NO_PLACE = (Status.CANCELLED, Status.WITHDRAWN)


def correctable(post: Post) -> list[Delivery]:
    """Those of its deliveries that are out, or were, and whose place no correction has taken or is to take."""
    taken = Delivery.objects.filter(post__correction__first=post)
    channels = taken.exclude(status__in=_HAS_NO_PLACE).values("channel")
    has_been = post.deliveries.filter(status__in=_HAS_BEEN_OUT).exclude(text="")
    return list(has_been.exclude(channel__in=channels).order_by("id"))


def open_correction(post: Post) -> Post | None:
    """The correction of it that is still written, or waits; None where there is none."""
    corrections = Post.objects.filter(correction__first=post).exclude(stage=Stage.TAKEN_BACK)
    for correction in corrections.order_by("-pk"):
        waiting = correction.deliveries.filter(status__in=IN_THE_WAY)
        if correction.stage != Stage.PLANNED or waiting.exists():
            return correction
    return None


def correct(
    first: Post,
    channels: Collection[str],
    why: str,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    title: str,
    form: str = "",
) -> Post:
    """Begins the correction of a post on these channels; the same `form` once more makes no other. Raises Problem without a
    reason, for what is not out there, for what was taken back, and while another correction of it is open."""
    why = visible(why)[:LONGEST_REASON]
    if not why:
        raise Problem(
            Sentence(
                "Say in a few words what is wrong: everybody who reads the log will want to know."
            )
        )
    with writing():
        if before := once.made_with(form, by):
            return before
        # Locked, so that of two who begin at once the second is told of the first one's.
        first = Post.objects.select_for_update().get(pk=first.pk)
        _need_correctable(first, channels)
        post = compose.create(first.campaign, first.kind, title, by, desk, now, form)
        Correction.objects.create(post=post, first=first)
        fields, _ = compose.current_fields(_words_of(first), desk, now)
        begun = carried(fields, channels, now, desk.config.site.timezone)
        compose.save(post, begun, by, post.version, desk, now)
        _stop_repeating(_words_of(first), by, now)
        _note(first, "correction begun", why, by, now)
        _note(post, "corrects", Sentence("It corrects {0}: {1}", first.called, why), by, now)
    return post


def _words_of(post: Post) -> Post:
    """The post whose words it has: of one that goes out again, the first one."""
    again = post.repetitions.select_related("variant__post").first()
    return again.variant.post if again else post


def _stop_repeating(post: Post, by: User, now: datetime) -> None:
    """The wrong words do not go out again by themselves, nor what of that is laid out already, be the post still in its set
    or not."""
    for variant in Variant.objects.filter(post=post):
        if variant.left_at is None:
            sets.end(variant, sets.BEING_CORRECTED, now)
        laid_out = Delivery.objects.filter(post__in=variant.repetitions.values("post"))
        for waiting in laid_out.filter(status__in=NOT_OUT_YET):
            settling.cancel(waiting, by.username, sets.BEING_CORRECTED, now)


def _need_correctable(first: Post, channels: Collection[str]) -> None:
    need_unlocked(first)
    if other := open_correction(first):
        raise Problem(
            Sentence(
                "{0} is being corrected already, in {1}: go on there.",
                first.called,
                other.called,
            )
        )
    known = {delivery.channel for delivery in correctable(first)}
    if not channels or not known.issuperset(channels):
        raise Problem(Sentence("Choose where it is to be corrected: where it is out, or was."))


def _note(post: Post, action: str, reason: str, by: User, now: datetime) -> None:
    events.note(
        None, "", "", now, actor=by.username, action=action, reason=reason, post=post.pk
    )
