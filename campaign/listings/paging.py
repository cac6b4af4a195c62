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
Listed = TypeVar("Listed")
_WRITTEN = "%Y%m%dT%H%M%S.%f"


class Order(StrEnum):
    """How a list of deliveries is ordered."""

    DUE = "due"  #: what is due first comes first
    NEWEST = "newest"  #: what is due last comes first


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries are wanted; a field that is left empty wants all. Times are aware, and due times; `until` is not
    part of it."""

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
    """The place of a row in a list: its time (aware), its number and, where two tables make one list, the rank of its table."""

    at: datetime
    number: int
    rank: int = 0

    def __str__(self) -> str:
        """As a link holds it."""
        return f"{self.at.astimezone(UTC).strftime(_WRITTEN)}-{self.number}-{self.rank}"


@dataclass(frozen=True, slots=True)
class Page(Generic[Listed]):
    """A page of rows. `before` and `after` say where the pages beside it begin; "" where there is none."""

    rows: list[Listed]
    before: str = ""
    after: str = ""


def deliveries(wanted: Wanted, order: Order = Order.DUE) -> QuerySet[Delivery]:
    """The wanted deliveries with their posts, in their order."""
    matches = Delivery.objects.select_related("post", "approved_by")
    if wanted.language:
        matches = matches.filter(language=wanted.language)
    if wanted.post:
        matches = matches.filter(post=wanted.post)
    if wanted.statuses:
        matches = matches.filter(_standing(wanted.statuses))
    if wanted.since:
        matches = matches.filter(due_at__gte=wanted.since)
    if wanted.until:
        matches = matches.filter(due_at__lt=wanted.until)
    if wanted.channel:
        matches = _on_channel(matches, wanted.channel)
    if wanted.campaign:
        matches = _of_campaign(matches, wanted.campaign)
    if wanted.text:
        search = find(Searched.DELIVERIES, wanted.text)
        matches = matches.filter(search.condition(Searched.DELIVERIES))
    if order is Order.DUE:
        return matches.order_by("due_at", "id")
    return matches.order_by("-due_at", "-id")


def page_of(
    rows: QuerySet[Row], field: str, *, after: str = "", before: str = "", size: int = PAGE
) -> Page[Row]:
    """A page of rows that are ordered by this time and then by number: the one after a row, or the one before it.

    A place that cannot be read (an old bookmark, a link that was cut) gives the first page.
    """
    place, backwards = read_place(before or after), bool(before)
    if place is not None:
        rows = beyond(rows, field, place, backwards=backwards)
        if backwards:
            rows = rows.reverse()
    return page_with(
        list(rows[: size + 1]),  # the one more tells whether there is another page
        lambda row: RowPlace(getattr(row, field), row.pk),
        place,
        backwards=backwards,
        size=size,
    )


def page_with(
    taken: list[Listed],
    place_of: Callable[[Listed], RowPlace],
    place: RowPlace | None,
    *,
    backwards: bool,
    size: int = PAGE,
) -> Page[Listed]:
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


def beyond(
    rows: QuerySet[Row], field: str, place: RowPlace, *, backwards: bool
) -> QuerySet[Row]:
    """The rows after a place, or those before it, whichever way they are ordered."""
    is_falling = str(rows.query.order_by[0]).startswith("-")
    # Two steps, and not "earlier, or as early with a smaller number": a database finds no index for an "or".
    if is_falling is not backwards:
        rows = rows.filter(**{f"{field}__lte": place.at})
        return rows.exclude(**{field: place.at, "pk__gte": place.number})
    rows = rows.filter(**{f"{field}__gte": place.at})
    return rows.exclude(**{field: place.at, "pk__lte": place.number})


def read_place(written: str) -> RowPlace | None:
    """A place as a link holds it; None when that cannot be read."""
    # Cut, since anybody may write a link: a number of 18 digits is one that a database takes.
    time_part, _, rest = written[:60].partition("-")
    number, _, rank = rest.partition("-")
    try:
        at = datetime.strptime(time_part, _WRITTEN).replace(tzinfo=UTC)
        return RowPlace(at, int(number[:18]), int(rank or 0))
    except (ValueError, OverflowError):
        return None


def how_many(rows: QuerySet[Row]) -> int:
    """How many rows there are; MOST + 1 when there are more than MOST."""
    return rows.select_related(None).order_by()[: MOST + 1].count()


def values_of(model: type[Model], field: str) -> list[str]:
    """The different values of an indexed column of texts, in their order."""
    # Each by one step into the index: DISTINCT would go through the whole of it.
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
    """The condition that a delivery has one of these statuses."""
    # Written as the indexes for it are, without placeholders, through which a database does not see.
    terms: list[str] = []
    for group in INDEXED:
        asked = [status for status in group if status in statuses]
        if asked:
            terms.append(f"({_is_in(group)} AND {_is_in(asked)})")
    if Status.PUBLISHED in statuses:
        terms.append(_is_in([Status.PUBLISHED]))
    return Q(RawSQL(" OR ".join(terms), (), output_field=BooleanField()))  # noqa: S611 - names of statuses alone


def _is_in(statuses: Iterable[Status]) -> str:
    names = ", ".join(f"'{status}'" for status in statuses)
    return f"campaign_delivery.status IN ({names})"


def _on_channel(matches: QuerySet[Delivery], channel: str) -> QuerySet[Delivery]:
    """The few deliveries of a small channel are named by their numbers; of a large one, each row is tested in due order."""
    numbers = Delivery.objects.filter(channel=channel).order_by().values_list("pk", flat=True)
    few = list(numbers[: FEW + 1])
    if len(few) <= FEW:
        return matches.filter(pk__in=few)
    # Joined with nothing, the name is not found by the index on channels, which has another order than the due times.
    asked = RawSQL(
        "campaign_delivery.channel || '' = %s", (channel,), output_field=BooleanField()
    )
    return matches.filter(asked)


def few_posts(campaign: str) -> list[int] | None:
    """The numbers of a small campaign's posts; None for a large one."""
    numbers = Post.objects.filter(campaign=campaign).values_list("pk", flat=True)
    few = list(numbers[: FEW + 1])
    return few if len(few) <= FEW else None


def _of_campaign(matches: QuerySet[Delivery], campaign: str) -> QuerySet[Delivery]:
    """Few posts are named by their numbers; of a large campaign, each row is tested in due order."""
    few = few_posts(campaign)
    if few is not None:
        return matches.filter(post__in=few)
    posts = Post.objects.filter(campaign=campaign)
    return matches.filter(Exists(posts.filter(pk=OuterRef("post_id"))))
