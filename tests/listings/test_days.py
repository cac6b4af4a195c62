"""What of a campaign stands on which days: a bounded number of its deliveries, and of no other."""

from datetime import UTC, date, datetime

import pytest

from campaign.listings.writing import days
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, delivery, post

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2027, 10, 13)


def shown() -> list[str]:
    standing = days.standing_days("mbc", WEDNESDAY, WEDNESDAY, TORONTO)
    return [row.channel for row in standing.rows]


def test_what_takes_a_place_in_the_plan_of_these_days_stands_there():
    delivery("first", "first", due=datetime(2027, 10, 13, 4, tzinfo=UTC))
    delivery("last", "last", due=datetime(2027, 10, 14, 3, 59, tzinfo=UTC))
    delivery("early", "early", due=datetime(2027, 10, 13, 3, 59, tzinfo=UTC))
    delivery("late", "late", due=datetime(2027, 10, 14, 4, tzinfo=UTC))
    delivery("gone", "gone", status=Status.CANCELLED)
    delivery("other", "other", of=post("other", campaign="another"))
    delivery("example", "example", of=post("example", example=True))
    assert shown() == ["first", "last"]


def test_only_so_many_are_read_and_it_is_said_that_there_are_more(monkeypatch):
    monkeypatch.setattr(days, "READ", 2)
    for name in ("a", "b", "c"):
        delivery(name, name, due=NOON)
    standing = days.standing_days("mbc", WEDNESDAY, WEDNESDAY, TORONTO)
    assert (len(standing.rows), standing.has_more) == (2, True)


def test_where_other_campaigns_stand_before_it_that_is_said_too(monkeypatch):
    monkeypatch.setattr(days, "_STANDING", days._STANDING.replace("LIMIT 10000", "LIMIT 2"))
    monkeypatch.setattr(days, "_BEYOND", days._BEYOND.replace("OFFSET 10000", "OFFSET 2"))
    other = post("other", campaign="another")
    delivery("a", "a", of=other)
    delivery("b", "b", of=other)
    assert not days.standing_days("mbc", WEDNESDAY, WEDNESDAY, TORONTO).has_more
    delivery("late", "late", due=NOON)
    assert days.standing_days("mbc", WEDNESDAY, WEDNESDAY, TORONTO).has_more
