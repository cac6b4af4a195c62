"""Writing a correction: what it carries on from the post that it corrects, and whose story it stays."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models import Post
from campaign.models.corrections import Correction
from campaign.states import is_settled

GRACE = "2d"
"""So long a correction may wait for its approval, and still go out as soon as it has that."""


def first_of(post: Post) -> Post | None:
    """The post that this one corrects; None for one that corrects nothing."""
    link = Correction.objects.filter(post=post).select_related("first").first()
    return link.first if link else None


def carried(fields: Fields, channels: Collection[str], now: datetime, zone: ZoneInfo) -> Fields:
    """What a correction begins with: the words of the first, on these channels, due as soon as somebody has approved it."""
    local = now.astimezone(zone)
    when = f"{local:%Y-%m-%d %H:%M}"
    return replace(fields, channels=tuple(channels), when=when, grace=GRACE)


def need_writable(post: Post, fields: Fields) -> None:
    """Raises Problem for what is out as a whole, or was: whatever is written here would change nothing there. And for a
    correction of a story that would be another person's, or nobody's."""
    statuses = post.deliveries.values_list("status", flat=True)
    if is_settled(statuses):
        raise Problem(
            Sentence(
                "{0} is out, and writing here changes nothing there: use “Correct what is out” on its page.",
                post.called,
            )
        )
    _need_same_person(post, fields)


def _need_same_person(post: Post, fields: Fields) -> None:
    first = first_of(post)
    if first is None or not was_of_a_person(first):
        return
    named = fields.consent.storyteller if fields.consent else ""
    if named != first.storyteller or fields.kind != first.kind:
        raise Problem(
            Sentence(
                "This corrects a story of {0}: it has to stay a story of theirs. Nothing was saved.",
                first.storyteller,
            )
        )
