"""The queue by rows: a post at each of its times, cut between rows and never within one, whatever the filters."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from campaign.listings import queue
from campaign.listings.paging import PAGE, Order, Wanted
from campaign.listings.queue import TOGETHER, PostInQueue, page_of_posts
from campaign.models import Delivery
from campaign.states import Status
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
CHANNELS = ("x-en", "x-fr", "fb-en", "fb-fr")
HOUR = timedelta(hours=1)


def filled(posts: int, on: tuple[str, ...] = CHANNELS) -> None:
    """So many posts, several of them at the very same time; numbers of deliveries go across the posts."""
    for channel in on:
        for number in range(posts):
            due = NOON + (number // 3) * HOUR
            delivery(f"p{number}", on=channel, due=due)


def walked(wanted: Wanted, order: Order = Order.DUE) -> Iterator[list[PostInQueue]]:
    page, _ = page_of_posts(wanted, order)
    yield page.rows
    while page.after:
        page, _ = page_of_posts(wanted, order, after=page.after)
        yield page.rows


def test_a_post_on_several_channels_is_one_row() -> None:
    filled(2)
    page, count = page_of_posts(Wanted())
    assert [row.post.name for row in page.rows] == ["p0", "p1"]
    assert [len(row.deliveries) for row in page.rows] == [4, 4]
    assert count == 8


def test_a_post_stands_once_for_each_of_its_times() -> None:
    of = post("a")
    delivery(on="x-en", of=of, due=NOON)
    delivery(on="x-fr", of=of, due=NOON + HOUR)
    page, _ = page_of_posts(Wanted())
    assert [row.due for row in page.rows] == [NOON, NOON + HOUR]


@pytest.mark.parametrize("order", Order)
def test_every_delivery_stands_on_one_page_and_no_row_is_torn(order: Order) -> None:
    filled(130)
    pages = list(walked(Wanted(), order))
    rows = [row for page in pages for row in page]
    keys = [(row.due, row.post.pk) for row in rows]
    assert keys == sorted(keys, reverse=order is Order.NEWEST)
    assert len(set(keys)) == len(keys) == 130
    assert {len(row.deliveries) for row in rows} == {4}
    assert max(map(len, pages)) <= PAGE
    assert sum(len(row.deliveries) for row in rows) == Delivery.objects.count()


def test_the_page_before_is_the_page_that_one_came_from() -> None:
    filled(130)
    first, _ = page_of_posts(Wanted())
    second, _ = page_of_posts(Wanted(), after=first.after)
    back, _ = page_of_posts(Wanted(), before=second.before)
    assert [row.post.pk for row in back.rows] == [row.post.pk for row in first.rows]
    assert (first.before, back.before) == ("", "")


def test_a_filter_leaves_of_a_row_what_it_asks_for() -> None:
    filled(3)
    Delivery.objects.filter(channel="x-fr").update(status=Status.FAILED)
    page, count = page_of_posts(Wanted(statuses=frozenset({Status.FAILED})))
    assert [[each.channel for each in row.deliveries] for row in page.rows] == [["x-fr"]] * 3
    assert count == 3


def test_a_page_has_no_more_deliveries_than_can_be_decided_about_at_once() -> None:
    channels = tuple(f"c{number}" for number in range(30))
    filled(12, channels)
    pages = list(walked(Wanted()))
    sizes = [sum(len(row.deliveries) for row in page) for page in pages]
    assert max(sizes) <= TOGETHER
    assert sum(sizes) == 12 * 30


def test_counting_stops_and_the_rows_of_the_page_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled(4, CHANNELS[:1])
    monkeypatch.setattr(queue, "MOST", 2)
    page, count = page_of_posts(Wanted())
    assert (len(page.rows), count) == (2, 3)
    assert [len(rows) for rows in walked(Wanted())] == [2, 2]
