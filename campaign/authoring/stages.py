"""The stage of a post until it is planned: put away, brought back, handed in."""

from datetime import datetime

from django.contrib.auth.models import User

from campaign.consent.locks import need_unlocked
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post
from campaign.states import Stage


def change_stage(
    post: Post, stage: Stage, by: User, now: datetime, action: str, reason: str = ""
) -> None:
    """Moves a post to another stage and leaves an event. Raises Problem when somebody was faster."""
    with writing():
        # Compare-and-set on the stage that was read: of two who decide at once, the second gets the Problem.
        changed = Post.objects.filter(pk=post.pk, stage=post.stage).update(
            stage=stage, stage_reason=reason
        )
        if changed != 1:
            raise Problem(
                Sentence("{0} has just changed: look at it again.", post.title or post.key)
            )
        events.note(
            None,
            post.stage,
            stage,
            now,
            actor=by.username,
            action=action,
            reason=reason,
            post=post.pk,
        )
    post.stage, post.stage_reason = stage, reason


def take_back(post: Post, by: User, now: datetime) -> None:
    """Puts a post away that is not planned yet; nothing of it is lost. Raises Problem when it is planned."""
    if post.stage == Stage.PLANNED:
        raise Problem(
            Sentence(
                "This post is planned already: cancel its deliveries in the queue instead."
            )
        )
    if post.stage != Stage.TAKEN_BACK:
        change_stage(post, Stage.TAKEN_BACK, by, now, "taken back")


def need_wanted(post: Post) -> None:
    """Raises Problem for what somebody has taken back: it goes nowhere until it is brought back."""
    if post.stage == Stage.TAKEN_BACK:
        raise Problem(
            Sentence("This post was taken back, so it is not submitted: bring it back first.")
        )


def bring_back(post: Post, by: User, now: datetime) -> None:
    """A post that was put away is written on. Raises Problem for any other."""
    need_unlocked(post)
    if post.stage != Stage.TAKEN_BACK:
        raise Problem(
            Sentence("{0} was not taken back; nothing has changed.", post.title or post.key)
        )
    if post.author != by and _taken_back_by(post) == str(post.author):
        raise Problem(Sentence("Who wrote it took it back: only they can bring it back."))
    change_stage(post, Stage.WRITING, by, now, "brought back")


def _taken_back_by(post: Post) -> str:
    return str(
        post.events.filter(action="taken back")
        .order_by("id")
        .values_list("actor", flat=True)
        .last()
        or ""
    )
