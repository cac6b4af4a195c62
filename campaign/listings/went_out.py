"""What went out between two moments, by whose hand and whose approval, and what became of it since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import QuerySet

from campaign.consent.rule import was_of_a_person
from campaign.database.sql import portions
from campaign.listings.paging import RowPlace, Wanted, beyond, deliveries, few_posts, values_of
from campaign.models import Delivery, Event, Version
from campaign.states import Status

Key = tuple[datetime, int]
"""When a delivery went out, and its number."""


@dataclass(frozen=True, slots=True)
class Span:
    """Of which time, and of what; a field that is left empty wants all. Times are aware, and `until` is not part of it."""

    since: datetime
    until: datetime
    channel: str = ""
    campaign: str = ""
    language: str = ""
    after: RowPlace | None = None  #: only what went out after this row


@dataclass(frozen=True, slots=True)
class WentOut:
    """A delivery that went out. `later` is what was done about it since, oldest first."""

    delivery: Delivery
    writers: tuple[str, ...]
    later: tuple[Event, ...]

    @property
    def place(self) -> str:
        """Its place in the list, as a link holds it."""
        published = self.delivery.published_at
        return str(RowPlace(published, self.delivery.pk)) if published else ""

    @property
    def text(self) -> str:
        """Its words; "" for a person's own that stand there no more."""
        is_there = self.delivery.status == Status.PUBLISHED
        if is_there or not was_of_a_person(self.delivery.post):
            return self.delivery.text
        return ""

    @property
    def for_a_file(self) -> str:
        """Its words; "" for a person's own, which stay here."""
        return "" if was_of_a_person(self.delivery.post) else self.delivery.text


def first_out(span: Span, most: int) -> list[WentOut]:
    """The first ones of a span, in the order in which they went out; at most so many."""
    keys = islice(_keys(span, most), most)
    return _with_all(keys)


def all_out(span: Span) -> Iterator[WentOut]:
    """All of a span, in the order in which they went out, read a portion at a time."""
    for portion in portions(list(_keys(span, None))):
        yield from _with_all(portion)


def _keys(span: Span, most: int | None) -> Iterator[Key]:
    """Channel by channel, since that is how the index of what was published is ordered; a small campaign by its posts."""
    few = few_posts(span.campaign) if span.campaign else None
    if few is not None:
        return iter(_of_posts(span, few)[:most])
    channels = [span.channel] if span.channel else values_of(Delivery, "channel")
    return merge(*(_on_channel(span, channel, most) for channel in channels))


def _on_channel(span: Span, channel: str, most: int | None) -> list[Key]:
    wanted = Wanted(campaign=span.campaign, language=span.language)
    rows = _within(span, deliveries(wanted).filter(channel=channel))
    keys = rows.values_list("published_at", "id")[:most]
    return [(published, number) for published, number in keys if published]


def _of_posts(span: Span, posts: Sequence[int]) -> list[Key]:
    """A post has one delivery on a channel; so they are few, and ordered here: for an order of its own, a database would go
    through all that the channels published."""
    of_posts = deliveries(Wanted(language=span.language)).filter(post__in=posts)
    rows = _within(span, of_posts).order_by()
    return sorted(
        (published, number)
        for published, number, channel in rows.values_list("published_at", "id", "channel")
        if published and channel == (span.channel or channel)
    )


def _within(span: Span, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those that went out in the span, in order."""
    out = rows.filter(published_at__gte=span.since, published_at__lt=span.until)
    in_order = out.order_by("published_at", "id")
    return (
        beyond(in_order, "published_at", span.after, backwards=False)
        if span.after
        else in_order
    )


def _with_all(keys: Iterable[Key]) -> list[WentOut]:
    numbers = [number for _at, number in keys]
    read = Delivery.objects.select_related("post__author", "approved_by")
    by_number = read.in_bulk(numbers)
    ordered = [by_number[number] for number in numbers]
    writers = _writers(ordered)
    later = _later(ordered)
    rows = []
    for delivery in ordered:
        names = writers[delivery.post_id]
        out = WentOut(
            delivery,
            writers=tuple(names),
            later=tuple(later[delivery.pk]),
        )
        rows.append(out)
    return rows


def _writers(of: Sequence[Delivery]) -> dict[int, dict[str, None]]:
    """Who wrote in each of the posts, by the number of the post: its author, then whoever saved a version of it."""
    names: dict[int, dict[str, None]] = defaultdict(dict)
    for delivery in of:
        author = delivery.post.author
        if author:
            names[delivery.post_id][author.username] = None
    saved = Version.objects.filter(
        post__in=list({delivery.post_id for delivery in of}),
        by__isnull=False,
    )
    in_order = saved.order_by("post_id", "number")
    for post, name in in_order.values_list("post_id", "by__username"):
        names[post][name] = None
    return names


def _later(of: Sequence[Delivery]) -> dict[int, list[Event]]:
    """What was done about each of them once it was out; how it came to be out is not."""
    events: dict[int, list[Event]] = defaultdict(list)
    by_number = {delivery.pk: delivery for delivery in of}
    told = Event.objects.filter(delivery__in=list(by_number))
    told = told.exclude(to_status=Status.PUBLISHED)
    for event in told.order_by("at", "id"):
        number = event.delivery_id or 0
        published = by_number[number].published_at
        if published and event.at >= published:
            events[number].append(event)
    return events
