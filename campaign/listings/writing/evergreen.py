"""What pages ask about posts that go out again: the sets, what belongs to them, and what is laid out."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, F, Q

from campaign.decisions.evergreen.sets import GOES_OUT
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.states import NOT_OUT_YET, Stage, Status

MOST_SETS = 100
MOST_FITTING = 200
"""Posts to choose from: the latest."""
MOST_AHEAD = 50
MOST_ENDED = 5
"""On Today; the sets themselves tell of all."""


class VariantRow(NamedTuple):
    """A post of a set: how often it went out again, and what it says on each channel."""

    variant: Variant
    times: int
    texts: Sequence[Delivery]


def sets() -> list[Evergreen]:
    """Every set, those that go on first, each with `posts`, the number of its posts."""
    posts = Count("variants", filter=Q(variants__left_at=None))
    listed = Evergreen.objects.annotate(posts=posts).order_by("-is_on", "-pk")
    return list(listed[:MOST_SETS])


def variants(evergreen: Evergreen) -> list[VariantRow]:
    """The posts of a set, in the order in which they came."""
    kept = evergreen.variants.filter(left_at=None).select_related("post", "allowed_by")
    rows = list(kept.order_by("pk"))
    times = _times([variant.pk for variant in rows])
    texts = _texts([variant.post_id for variant in rows])
    return [
        VariantRow(variant, times.get(variant.pk, 0), texts.get(variant.post_id, []))
        for variant in rows
    ]


def ahead(evergreen: Evergreen) -> list[Delivery]:
    """What is laid out of a set and not out yet, the next first."""
    again = Repetition.objects.filter(evergreen=evergreen).values("post")
    waiting = Delivery.objects.filter(post__in=again, status__in=NOT_OUT_YET)
    return list(waiting.select_related("post").order_by("due_at", "id")[:MOST_AHEAD])


def fitting() -> list[Post]:
    """The latest posts that are approved and may be taken into a set."""
    approved = Delivery.objects.filter(status__in=(Status.QUEUED, Status.PUBLISHED), for_day="")
    posts = Post.objects.filter(stage=Stage.PLANNED, pk__in=approved.values("post"))
    posts = posts.exclude(variant__left_at=None, variant__isnull=False)
    return list(posts.filter(repetitions=None).order_by("-pk")[:MOST_FITTING])


def first_of(post: Post) -> Post | None:
    """The post whose words this one repeats; None for a post of its own."""
    repetition = post.repetitions.select_related("variant__post").first()
    return repetition.variant.post if repetition else None


def ended() -> list[Variant]:
    """What goes out again no more, by itself, and waits for somebody to look."""
    waiting = Variant.objects.filter(left_at=None, evergreen__is_on=True).exclude(problem="")
    return list(waiting.select_related("post", "evergreen").order_by("-pk")[:MOST_ENDED])


def _times(numbers: Sequence[int]) -> dict[int, int]:
    """How often each went out again: several channels in one slot are once."""
    published = Q(post__deliveries__status=Status.PUBLISHED)
    again = Repetition.objects.filter(published, variant__in=numbers)
    counted = again.values_list("variant").annotate(Count("post", distinct=True))
    return dict(counted.order_by())


def _texts(posts: Sequence[int]) -> dict[int, list[Delivery]]:
    texts: dict[int, list[Delivery]] = {}
    # As `evergreen.sets.approved_of`, for many posts at once.
    approved = Delivery.objects.filter(
        post__in=posts, status__in=GOES_OUT, fingerprint=F("approved_fingerprint")
    )
    for delivery in approved.order_by("channel"):
        texts.setdefault(delivery.post_id, []).append(delivery)
    return texts
