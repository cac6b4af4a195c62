"""Evergreen posts from end to end: what is out goes out again by itself, once a slot, as often as the clock looks."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from campaign.decisions.evergreen import sets
from campaign.decisions.evergreen.sets import SetAsked
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen
from tests.doubles import DoubleServer
from tests.stage import Stage, page_table

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]
PAGE = page_table("page-en")


def make_green(stage: Stage) -> Evergreen:
    """A set of both posts; ana says yes to them."""
    bob, ana = (User.objects.get(username=name) for name in ("bob", "ana"))
    asked = SetAsked("Help", every=7, rest=14, until=None)
    made = sets.make(asked, bob, stage.now, stage.now.date())
    for post in Post.objects.order_by("key"):
        sets.allow(sets.add(made, post, bob, stage.now), ana, stage.now)
    return made


def next_due() -> datetime:
    """When the next delivery is due that waits in the queue."""
    return Delivery.objects.filter(status="queued").earliest("due_at").due_at


def test_what_is_out_goes_out_again_in_turn_and_once(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url, channels=PAGE)
    stage.post("first", 'when = "2027-09-02 09:00"', "First.", on=["page-en"])
    stage.queued("second", on=["page-en"], head='when = "2027-09-09 09:00"')
    make_green(stage)
    for _turn in range(6):
        stage.now = next_due() + timedelta(minutes=1)
        stage.run("run", "--once").well()
        stage.now += timedelta(days=6)  # before the next slot: it is laid out, and seen
        stage.run("run", "--once").well()
        stage.run("run", "--once").well()
    assert networks.ledger.texts() == ["First.", "The text of second."] * 3
    assert stage.statuses()["published"] == ["page-en"] * 6


def test_a_rehearsal_shows_what_will_go_out_again(stage: Stage) -> None:
    stage.configure(channels=PAGE)
    stage.queued("first", on=["page-en"], head='when = "2027-09-02 09:00"')
    make_green(stage)
    said = stage.run("rehearse", "--to", "2027-10-15").out
    assert "know/first-again-4" in said
    assert "Nothing is wrong." in said
