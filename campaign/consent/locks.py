"""What was taken back by its storyteller is locked: nobody writes on it, hands it in or brings it back."""

from collections.abc import Collection

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import portions
from campaign.models import Draft, Post, Version
from campaign.models.stories import LockedPicture, Storyteller


def is_locked(post: Post) -> bool:
    """Whether a post tells the story of a person who has taken it back, or its words are erased."""
    if post.emptied_at:
        return True
    if not post.storyteller:
        return False
    named = Storyteller.objects.filter(reference=post.storyteller)
    # Only who has neither date is left out: taken back or erased, the story is locked.
    return named.exclude(withdrawn_at=None, erased_at=None).exists()


def need_unlocked(post: Post) -> None:
    """Raises Problem for what was taken back."""
    if is_locked(post):
        raise Problem(
            Sentence(
                "This story was taken back by its storyteller: it is locked, and nothing of it can be changed."
            )
        )


def is_locked_picture(digest: str) -> bool:
    """Whether a picture, by the SHA-256 of its file, belongs to a story that was taken back."""
    return LockedPicture.objects.filter(digest=digest).exists()


def erased_among(references: Collection[str]) -> set[str]:
    """Those of these storytellers of whom nothing is to come into the database again: what was known of them is erased."""
    erased: set[str] = set()
    for some in portions(sorted(references)):
        rows = Storyteller.objects.filter(reference__in=some)
        rows = rows.exclude(erased_at=None)
        erased.update(rows.values_list("reference", flat=True))
    return erased


def is_of_a_story(digest: str) -> bool:
    """Whether a picture, by the SHA-256 of its file, is or was in a post that tells of a person."""
    of_stories = {"post__was_story": True}
    return (
        Version.objects.filter(**of_stories, source__contains=digest).exists()
        or Draft.objects.filter(**of_stories, fields__contains=digest).exists()
    )
