"""Lists of deliveries: what filters leave, and pages that hold every row once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.listings import paging
from campaign.listings.paging import (
    NEEDS_PERSON,
    Order,
    RowPlace,
    Wanted,
    day_start,
    deliveries,
    page_of,
    read_place,
    values_of,
)
from campaign.models import Delivery, Post
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, delivery, post

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def names(wanted, order=Order.DUE):
    return [one.post.name for one in deliveries(wanted, order)]


def walk(found, size, field="due_at"):
    """Every page to the end, and back again."""
    pages = [page_of(found, field, size=size)]
    while pages[-1].after:
        pages.append(page_of(found, field, after=pages[-1].after, size=size))
    back = [pages[-1]]
    while back[0].before:
        back.insert(0, page_of(found, field, before=back[0].before, size=size))
    return pages, back


def test_filters_leave_what_is_asked_for():
    delivery("a", "x-en", due=NOON)
    delivery("b", "x-fr", due=NOON + HOUR, language="fr", status=Status.FAILED)
    delivery(
        "c",
        "x-en",
        due=NOON + 2 * HOUR,
        of=post("c", campaign="other"),
        status=Status.MISSED,
        text="Espérer",
    )
    assert names(Wanted()) == ["a", "b", "c"]
    assert names(Wanted(), Order.NEWEST) == ["c", "b", "a"]
    assert names(Wanted(channel="x-en")) == ["a", "c"]
    assert names(Wanted(language="fr")) == ["b"]
    assert (
        names(Wanted(campaign="other"))
        == names(Wanted(post=Post.objects.get(name="c").pk))
        == ["c"]
    )
    assert names(Wanted(statuses=NEEDS_PERSON)) == ["b", "c"]
    assert names(Wanted(since=NOON + HOUR)) == ["b", "c"]
    assert names(Wanted(until=NOON + HOUR)) == ["a"]
    assert names(Wanted(text="esper", channel="x-en")) == ["c"]
    assert names(Wanted(text="esper", channel="x-fr")) == []


def test_a_large_campaign_is_filtered_like_a_small_one(monkeypatch):
    for name in "abc":
        delivery(name)
    delivery("d", of=post("d", campaign="other"))
    monkeypatch.setattr(paging, "FEW", 1)
    assert names(Wanted(campaign="mbc")) == ["a", "b", "c"]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_hold_every_row_once_in_order_forwards_and_backwards(order, size):
    for number in range(7):  # three of them at the same moment
        delivery(f"p{number}", due=NOON + HOUR * min(number, 4))
    found = deliveries(Wanted(), order)
    pages, back = walk(found, size)
    assert [one.pk for page in pages for one in page.rows] == [one.pk for one in found]
    assert [one.pk for page in back for one in page.rows] == [one.pk for one in found]
    assert pages[0].before == pages[-1].after == ""
    assert all(page.before and page.after for page in pages[1:-1])


def test_a_row_that_comes_in_between_changes_no_page_that_follows():
    for number in range(4):
        delivery(f"p{number}", due=NOON + HOUR * number)
    first = page_of(deliveries(Wanted()), "due_at", size=2)
    delivery("early", due=NOON - HOUR)
    second = page_of(deliveries(Wanted()), "due_at", after=first.after, size=2)
    assert [one.post.name for one in second.rows] == ["p2", "p3"]


@given(st.text(max_size=70))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_a_place_that_cannot_be_read_gives_the_first_page(written):
    if read_place(written) is None and not Delivery.objects.exists():
        delivery("a")
    page = page_of(deliveries(Wanted()), "due_at", after=written)
    assert read_place(written) is not None or len(page.rows) == 1


@pytest.mark.parametrize(
    "written", ["20271013T160000.000000-x", "99999999T000000.0-1", "20271013T160000.000000-5-z"]
)
def test_a_broken_place_is_no_place(written):
    assert read_place(written) is None


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.integers(1, 10**15),
    st.integers(0, 1),
)
def test_a_place_is_read_as_it_was_written(at, number, rank):
    # In UTC, as rows hold it: of an hour that there is twice, a zone's own time equals no other's.
    place = RowPlace(at.replace(tzinfo=TORONTO).astimezone(UTC), number, rank)
    assert read_place(str(place)) == place


def test_the_values_of_a_column_are_told_once_each():
    assert values_of(Delivery, "channel") == []
    for name, on in (("a", "x-fr"), ("a", "x-en"), ("b", "x-fr")):
        delivery(name, on)
    assert values_of(Delivery, "channel") == ["x-en", "x-fr"]


def test_a_day_begins_at_local_midnight():
    assert day_start(date(2027, 11, 7), TORONTO).isoformat() == "2027-11-07T00:00:00-04:00"
    assert (
        day_start(date(2027, 11, 7), TORONTO, days=1).isoformat() == "2027-11-08T00:00:00-05:00"
    )
    assert day_start(date(2027, 1, 31), ZoneInfo("UTC"), days=1).day == 1
