"""What a person writes and has not submitted: their own posts, and what they typed into any post and did not save."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from campaign.listings.paging import PAGE
from campaign.models import Draft, Post, Version
from campaign.states import Stage

_WRITTEN = (Stage.WRITING, Stage.RETURNED)


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A post that a person has to do something about; `changed_at` is when they or others last wrote in it."""

    post: Post
    changed_at: datetime
    unsaved: bool  #: they typed something and did not save it


def drafts_of(user: int, before: int = 0, *, size: int = PAGE) -> list[OwnDraft]:
    """A person's drafts, what was begun last first: those of posts with a number below `before`; 0 for all. One more than
    `size` where there are more."""
    # Two small questions, each by its index: what waits to be submitted, and what is typed and not saved.
    begun = Post.objects.exclude(stage=Stage.PLANNED)
    written = begun.filter(stage__in=_WRITTEN)
    author, editor = Q(author=user), Q(editor=user)
    mine = written.filter(author | editor)
    typed = Draft.objects.filter(user=user)
    wanted = Q(pk__in=mine.values("pk"))
    wanted |= Q(pk__in=typed.values("post"))
    posts = Post.objects.filter(wanted)
    posts = posts.exclude(stage=Stage.TAKEN_BACK)
    posts = posts.filter(emptied_at=None)
    if before:
        posts = posts.filter(pk__lt=before)
    newest_first = posts.order_by("-pk")
    page = newest_first[: size + 1]
    return _drafts(page, user)


def _drafts(posts: Iterable[Post], user: int) -> list[OwnDraft]:
    shown = list(posts)
    numbers = [post.pk for post in shown]
    mine = Draft.objects.filter(user=user, post__in=numbers)
    unsaved = dict(mine.values_list("post", "saved_at"))
    versions = Version.objects.filter(post__in=numbers)
    in_order = versions.order_by("number")
    saved = dict(in_order.values_list("post", "at"))
    rows: list[OwnDraft] = []
    for post in shown:
        number = post.pk
        changes = [unsaved.get(number), saved.get(number)]
        latest = max(filter(None, changes), default=post.loaded_at)
        row = OwnDraft(
            post=post,
            changed_at=latest,
            unsaved=number in unsaved,
        )
        rows.append(row)
    return rows
