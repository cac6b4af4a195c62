"""Series, and the posts of one with how each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from campaign.authoring.versions import latest_fields
from campaign.listings.paging import PAGE
from campaign.models import Delivery, Post
from campaign.models.series import Series


@dataclass(frozen=True, slots=True)
class PostOfSeries:
    """A post of a series: its deliveries, when the first is due (aware, UTC), or the time that its words name."""

    post: Post
    deliveries: tuple[Delivery, ...]
    due: datetime | None
    when: str


def posts_of(series: Series) -> list[PostOfSeries]:
    """The posts of a series, what is due first at the top; what is only written stands below, in its order."""
    posts = list(series.posts.order_by("pk"))
    numbers = [post.pk for post in posts]
    deliveries = _deliveries(numbers)
    unplanned = set(numbers) - deliveries.keys()
    fields = latest_fields(unplanned)
    rows: list[PostOfSeries] = []
    for post in posts:
        of_post = deliveries.get(post.pk, [])
        written = fields.get(post.pk)
        row = PostOfSeries(
            post=post,
            deliveries=tuple(of_post),
            due=_first_due(of_post),
            when=written.when if written else "",
        )
        rows.append(row)
    return sorted(rows, key=_in_order)


def _first_due(deliveries: Sequence[Delivery]) -> datetime | None:
    dues = [delivery.due_at for delivery in deliveries]
    return min(dues, default=None)


def newest(
    before: int,
    *,
    size: int = PAGE,
) -> list[Series]:
    """The series whose posts are made, the newest first: those with a number below `before`; 0 for all. One more than `size`
    where there are more. Each has `number`, of its posts."""
    made = Series.objects.filter(made_at__isnull=False)
    if before:
        made = made.filter(pk__lt=before)
    counted = made.annotate(number=Count("posts"))
    newest_first = counted.select_related("by").order_by("-pk")
    return list(newest_first[: size + 1])


def unfinished(by: int) -> list[Series]:
    """The sittings of a person that are not finished, the newest first; a page of them at the most."""
    mine = Series.objects.filter(by=by, made_at=None)
    newest_first = mine.order_by("-pk")
    return list(newest_first[:PAGE])


def _deliveries(posts: Sequence[int]) -> dict[int, list[Delivery]]:
    by_post: dict[int, list[Delivery]] = {}
    of_posts = Delivery.objects.filter(post__in=posts)
    in_order = of_posts.order_by(
        "network",
        "language",
        "id",
    )
    for delivery in in_order:
        of_post = by_post.setdefault(delivery.post_id, [])
        of_post.append(delivery)
    return by_post


def _in_order(row: PostOfSeries) -> tuple[bool, str, int]:
    at = row.due.isoformat() if row.due else row.when
    return row.due is None, at, row.post.pk
