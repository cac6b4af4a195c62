"""Deliveries as rows of values, for lists of any length: read from the database a portion at a time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import starmap
from typing import NamedTuple, TypeVar

from django.db.models import F, IntegerField
from django.db.models.expressions import Combinable, RawSQL

from campaign.listings.paging import Wanted, deliveries

_BATCH = 2_000
"""Rows that are in memory at a time."""
# Counted row by row, by the index on attempts: a join would first put together all that is wanted.
_ATTEMPTS = RawSQL(
    "(SELECT COUNT(*) FROM campaign_attempt a WHERE a.delivery_id = campaign_delivery.id)",
    (),
    output_field=IntegerField(),
)


class ShownRow(NamedTuple):
    """A delivery as people are shown it in a list; the time is aware, in UTC."""

    id: int
    due_at: datetime
    channel: str
    post: str  #: its key
    status: str
    attempts: int
    reason: str
    url: str


class DeliveryRow(NamedTuple):
    """A delivery with all that programs are told of it; times are aware, in UTC."""

    id: int
    post: str  #: its key
    campaign: str
    kind: str
    storyteller: str
    was_story: bool
    channel: str
    network: str
    language: str
    due_at: datetime
    status: str
    text: str
    link: str
    attempts: int
    remote_id: str
    url: str
    reason: str
    next_at: datetime
    latest_at: datetime
    approved_by: str | None


Shape = TypeVar("Shape", ShownRow, DeliveryRow)
_FROM: Mapping[str, Combinable] = {
    "post": F("post__key"),
    "campaign": F("post__campaign"),
    "kind": F("post__kind"),
    "storyteller": F("post__storyteller"),
    "was_story": F("post__was_story"),
    "attempts": _ATTEMPTS,
    "approved_by": F("approved_by__username"),
}
"""Where a field of a row comes from that is no column of the delivery's own."""


def rows_of(shape: type[Shape], wanted: Wanted) -> Iterator[Shape]:
    """The wanted deliveries in due order, each as one of the shapes above. Only what that has is read."""
    names = shape.__annotations__
    rows = deliveries(wanted).values_list(*(_FROM.get(name, F(name)) for name in names))
    make: Callable[..., Shape] = shape
    return starmap(make, rows.iterator(_BATCH))
