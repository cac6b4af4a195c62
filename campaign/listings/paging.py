"""Lists of deliveries: filters, pages that need no counting, and counts that stop. The command line and the web share it.

A page is asked for by the last row of the one before, so page one thousand costs what the first one costs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from campaign.database.sql import column
from campaign.listings.search import FEW, Searched, find
from campaign.models import Delivery, Post
from campaign.states import Status

PAGE = 50
"""Rows on a page."""
MOST = 1_000
"""Where counting stops: more is said as "1,000+"."""
NEEDS_PERSON = frozenset({Status.FAILED, Status.UNCONFIRMED, Status.MISSED})
"""Nothing goes on here until somebody decides, or may have to."""

INDEXED = (
    (Status.DRAFT, Status.MISSED, Status.FAILED),
    (
        Status.QUEUED,
        Status.SENDING,
        Status.UNCONFIRMED,
        Status.CANCELLED,
        Status.WITHDRAWN,
        Status.REMOVED,
    ),
)
"""Statuses that have an index together, in its own words; what is published is most of the table and has none."""

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
_WRITTEN = "%Y%m%dT%H%M%S.%f"


class Order(StrEnum):
    """How a list of deliveries is ordered."""

    DUE = "due"  #: what is due first comes first
    NEWEST = "newest"  #: what is due last comes first


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries are wanted; what is left empty wants all. Times are aware; `until` is not part of it."""

    channel: str = ""
    campaign: str = ""
    post: int = 0  #: its number
    language: str = ""
    statuses: frozenset[Status] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in a list: its time, its number and, where two tables make one list, which of them it is in."""

    at: datetime
    number: int
    rank: int = 0

    def __str__(self) -> str:
        """As a link holds it."""
        return f"{self.at.astimezone(UTC).strftime(_WRITTEN)}-{self.number}-{self.rank}"


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page of rows. `before` and `after` say where the pages beside it begin; "" where there is none."""

    rows: list[Item]
    before: str = ""
    after: str = ""


def deliveries(wanted: Wanted, order: Order = Order.DUE) -> QuerySet[Delivery]:
    """The wanted deliveries with their posts, in their order."""
    found = Delivery.objects.select_related("post", "approved_by")
    if wanted.language:
        found = found.filter(language=wanted.language)
    if wanted.post:
        found = found.filter(post=wanted.post)
    if wanted.statuses:
        found = found.filter(_standing(wanted.statuses))
    if wanted.since:
        found = found.filter(due_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(due_at__lt=wanted.until)
    if wanted.channel:
        found = _on_channel(found, wanted.channel)
    if wanted.campaign:
        found = _of_campaign(found, wanted.campaign)
    if wanted.text:
        found = found.filter(find(Searched.DELIVERIES, wanted.text).condition(Searched.DELIVERIES))
    return (
        found.order_by("due_at", "id") if order is Order.DUE else found.order_by("-due_at", "-id")
    )


def page_of(
    found: QuerySet[Row], field: str, *, after: str = "", before: str = "", size: int = PAGE
) -> Page[Row]:
    """A page of rows that are ordered by this time and then by number: the one after a row, or the one before it.

    A place that cannot be read (an old bookmark, a link that was cut) gives the first page.
    """
    place, backwards = read_place(before or after), bool(before)
    if place is not None:
        found = beyond(found, field, place, backwards=backwards)
    taken = list((found.reverse() if place and backwards else found)[: size + 1])
    return page_with(
        taken,
        lambda row: RowPlace(getattr(row, field), row.pk),
        place,
        backwards=backwards,
        size=size,
    )


def page_with(
    taken: list[Item],
    place_of: Callable[[Item], RowPlace],
    place: RowPlace | None,
    *,
    backwards: bool,
    size: int = PAGE,
) -> Page[Item]:
    """A page made of the first `size` of the rows that were found from a place on, one more than that if there are."""
    shown, is_more = taken[:size], len(taken) > size
    if not shown:
        return Page([])
    if place is not None and backwards:
        shown.reverse()
        has_before, has_after = is_more, True
    else:
        has_before, has_after = place is not None, is_more
    return Page(
        shown,
        str(place_of(shown[0])) if has_before else "",
        str(place_of(shown[-1])) if has_after else "",
    )


def beyond(found: QuerySet[Row], field: str, place: RowPlace, *, backwards: bool) -> QuerySet[Row]:
    """The rows after a place, or those before it, whichever way they are ordered."""
    is_falling = str(found.query.order_by[0]).startswith("-")
    if is_falling is not backwards:
        found = found.filter(**{f"{field}__lte": place.at})
        return found.exclude(**{field: place.at, "pk__gte": place.number})
    return found.filter(**{f"{field}__gte": place.at}).exclude(
        **{field: place.at, "pk__lte": place.number}
    )


def read_place(written: str) -> RowPlace | None:
    """A place as a link holds it; None when that cannot be read."""
    at, _, rest = written[:60].partition("-")
    number, _, rank = rest.partition("-")
    try:
        return RowPlace(
            datetime.strptime(at, _WRITTEN).replace(tzinfo=UTC), int(number[:18]), int(rank or 0)
        )
    except (ValueError, OverflowError):
        return None


def first_page(wanted: Wanted, order: Order = Order.DUE) -> tuple[Page[Delivery], int]:
    """The first page, and how many there are in all: MOST + 1 when there are more than MOST. Looked for once."""
    numbers = list(deliveries(wanted, order).values_list("pk", flat=True)[: MOST + 1])
    shown = deliveries(Wanted(), order).filter(pk__in=numbers[: PAGE + 1])
    return page_of(shown, "due_at"), len(numbers)


def how_many(found: QuerySet[Row]) -> int:
    """How many rows there are; MOST + 1 when there are more than MOST."""
    return found.select_related(None).order_by()[: MOST + 1].count()


def values_of(model: type[Model], field: str) -> list[str]:
    """The different values of an indexed column, in their order, each found by one step into the index."""
    table = model._meta.db_table
    return column(
        str,
        f"WITH RECURSIVE one(value) AS (SELECT MIN({field}) FROM {table} UNION ALL "
        f"SELECT (SELECT MIN({field}) FROM {table} WHERE {field} > one.value) FROM one WHERE one.value IS NOT NULL) "
        "SELECT value FROM one WHERE value IS NOT NULL",
    )


def day_start(day: date, zone: ZoneInfo, days: int = 0) -> datetime:
    """The first moment of a local day, or of the one `days` later."""
    return datetime.combine(day + timedelta(days=days), time(0), zone)


def _standing(statuses: frozenset[Status]) -> Q:
    """The condition of the statuses, written as the indexes for it are; a database does not see through placeholders."""
    indexed = [[status for status in group if status in statuses] for group in INDEXED]
    terms = [
        f"({_is_in(group)} AND {_is_in(asked)})"
        for group, asked in zip(INDEXED, indexed, strict=True)
        if asked
    ]
    terms += [_is_in([Status.PUBLISHED])] if Status.PUBLISHED in statuses else []
    return Q(RawSQL(" OR ".join(terms), (), output_field=BooleanField()))  # noqa: S611 - names of statuses alone


def _is_in(statuses: Iterable[Status]) -> str:
    names = ", ".join(f"'{status}'" for status in statuses)
    return f"campaign_delivery.status IN ({names})"


def _on_channel(found: QuerySet[Delivery], channel: str) -> QuerySet[Delivery]:
    """The few deliveries of a small channel are handed over by their numbers; for a large one, the rows are looked at in
    due order, which the joining of nothing to the name asks the database for: its index on channels has another order."""
    few = list(
        Delivery.objects.filter(channel=channel).order_by().values_list("pk", flat=True)[: FEW + 1]
    )
    if len(few) <= FEW:
        return found.filter(pk__in=few)
    asked = RawSQL("campaign_delivery.channel || '' = %s", (channel,), output_field=BooleanField())
    return found.filter(asked)


def _of_campaign(found: QuerySet[Delivery], campaign: str) -> QuerySet[Delivery]:
    """Few posts are handed over by their numbers; a large campaign is asked about row by row, in due order."""
    posts = Post.objects.filter(campaign=campaign)
    few = list(posts.values_list("pk", flat=True)[: FEW + 1])
    return (
        found.filter(post__in=few)
        if len(few) <= FEW
        else found.filter(Exists(posts.filter(pk=OuterRef("post_id"))))
    )
