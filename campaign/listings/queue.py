"""The queue as people read it: a row for each post at each of its times, with the deliveries that are due then.

A page is cut between rows, never within one, and counts no more than the list of deliveries does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from typing import NamedTuple

from campaign.listings.paging import (
    MOST,
    PAGE,
    Order,
    Page,
    RowPlace,
    Wanted,
    deliveries,
    page_with,
    read_place,
)
from campaign.models import Delivery, Post

TOGETHER = 200
"""Deliveries of a page, at the most: so many are decided about at once. Only a post on more channels has more."""


_ORDER = ("due_at", "post_id", "id")


@dataclass(frozen=True, slots=True)
class PostInQueue:
    """A post at one of its times (aware, UTC), with those of the wanted deliveries that are due then."""

    post: Post
    due: datetime
    deliveries: tuple[Delivery, ...]


class RowMark(NamedTuple):
    """Where a delivery stands in the list."""

    due: datetime
    post: int
    number: int


class Row(NamedTuple):
    """A row by the numbers of its deliveries."""

    due: datetime
    post: int
    numbers: tuple[int, ...]

    @property
    def place(self) -> RowPlace:
        """Its place in the list."""
        return RowPlace(self.due, self.post)


def page_of_posts(
    wanted: Wanted, order: Order = Order.DUE, *, after: str = "", before: str = ""
) -> tuple[Page[PostInQueue], int | None]:
    """A page of the wanted rows, and on the first page how many deliveries there are in all: MOST + 1 when there are more than
    MOST. A place that cannot be read gives the first page."""
    place = read_place(before or after)
    is_backwards = bool(before) and place is not None
    most = 2 * TOGETHER if place else MOST
    marks = _marks(
        wanted,
        order,
        place,
        most,
        backwards=is_backwards,
    )
    rows = _rows(marks)
    is_cut = len(marks) > most
    page = page_with(
        rows,
        _place_of,
        place,
        backwards=is_backwards,
        size=_fitting(rows, is_cut=is_cut),
    )
    read = Page(_read(page.rows), page.before, page.after)
    return read, None if place else len(marks)


def _marks(
    wanted: Wanted, order: Order, place: RowPlace | None, most: int, *, backwards: bool
) -> list[RowMark]:
    """The first so many deliveries from a place on, and one more."""
    is_falling = (order is Order.NEWEST) is not backwards
    sign = "-" if is_falling else ""
    columns = [f"{sign}{column}" for column in _ORDER]
    rows = deliveries(wanted).order_by(*columns)
    if place and is_falling:
        rows = rows.filter(due_at__lte=place.at)
        rows = rows.exclude(due_at=place.at, post_id__gte=place.number)
    elif place:
        rows = rows.filter(due_at__gte=place.at)
        rows = rows.exclude(due_at=place.at, post_id__lte=place.number)
    values = rows.values_list("due_at", "post_id", "pk")
    return [RowMark(*value) for value in values[: most + 1]]


def _rows(marks: Sequence[RowMark]) -> list[Row]:
    """The marks row by row."""
    rows: list[Row] = []
    for (due, post), of_row in groupby(marks, _row_of):
        numbers = tuple(mark.number for mark in of_row)
        row = Row(due, post, numbers)
        rows.append(row)
    return rows


def _row_of(mark: RowMark) -> tuple[datetime, int]:
    return mark.due, mark.post


def _place_of(row: Row) -> RowPlace:
    return row.place


def _fitting(rows: Sequence[Row], *, is_cut: bool) -> int:
    """How many of the rows one page shows: one at the least. Where the marks were cut, more of the last row may follow, so
    that it only tells that there is another page."""
    number = 0
    whole = rows[:-1] if is_cut else rows
    for index, row in enumerate(whole[:PAGE]):
        number += len(row.numbers)
        if number > TOGETHER:
            return max(1, index)
    return max(1, min(len(whole), PAGE))


def _read(rows: Sequence[Row]) -> list[PostInQueue]:
    """The rows with their posts and deliveries, each row's by network and language."""
    numbers = chain.from_iterable(row.numbers for row in rows)
    with_posts = Delivery.objects.select_related("post")
    known = with_posts.in_bulk(list(numbers))
    read: list[PostInQueue] = []
    for row in rows:
        of_row = [known[number] for number in row.numbers if number in known]
        if of_row:
            together = sorted(of_row, key=_by_channel)
            post = of_row[0].post
            line = PostInQueue(
                post,
                row.due,
                tuple(together),
            )
            read.append(line)
    return read


def _by_channel(delivery: Delivery) -> tuple[str, str, str]:
    return delivery.network, delivery.language, delivery.channel
