"""Pausing takes effect before the next post; resuming lets nothing out in a burst."""

from datetime import timedelta

import pytest

from campaign.delivery import leases, pauses
from campaign.delivery.publish import turn
from campaign.models import Event
from campaign.problem import Problem
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, FakeClock, channel, delivery, post, status_of, worker

pytestmark = pytest.mark.django_db


def claimed(at=NOON):
    leases.ensure(["x-en", "x-fr"])
    claims = turn([], [], [channel("x-en"), channel("x-fr")], worker(FakeClock(at)))
    return sorted((claim.post, claim.channel) for claim in claims)


@pytest.mark.parametrize(
    ("campaign", "on", "left"),
    [
        ("", "", []),
        ("mbc", "", [("other/b", "x-fr")]),
        ("", "x-en", [("other/b", "x-fr")]),
        ("", "x-fr", [("mbc/a", "x-en")]),
        ("nothing", "", [("mbc/a", "x-en"), ("other/b", "x-fr")]),
    ],
)
def test_a_pause_stops_what_it_is_put_on_and_nothing_else(campaign, on, left):
    delivery("a")
    delivery("b", "x-fr", of=post("b", "other"))
    pauses.pause(campaign, on, "a death in the team", "anna", NOON)
    assert claimed() == left


def test_what_came_due_during_a_pause_waits_for_a_person():
    overdue, later = delivery("a"), delivery("b", due=NOON + timedelta(hours=3))
    pauses.pause("", "", "news", "anna", NOON)
    assert pauses.resume("", "", "over", "anna", NOON + timedelta(hours=1)) == 1
    assert (status_of(overdue), status_of(later)) == (Status.MISSED, Status.QUEUED)
    assert claimed(NOON + timedelta(hours=3)) == [("mbc/b", "x-en")]


def test_resuming_one_campaign_leaves_the_pause_of_a_channel_standing():
    delivery("a", due=NOON + timedelta(hours=1))
    pauses.pause("mbc", "", "one", "anna", NOON)
    pauses.pause("", "x-en", "two", "anna", NOON)
    pauses.resume("mbc", "", "over", "anna", NOON)
    assert pauses.standing() == ["Channel x-en is paused: two"]
    assert claimed(NOON + timedelta(hours=1)) == []


def test_a_pause_is_put_on_once_and_ended_once():
    pauses.pause("", "", "news", "anna", NOON)
    with pytest.raises(Problem, match="paused already"):
        pauses.pause("", "", "news", "anna", NOON)
    pauses.resume("", "", "over", "anna", NOON)
    with pytest.raises(Problem, match="not paused"):
        pauses.resume("", "", "over", "anna", NOON)


def test_who_paused_and_why_stands_in_the_log():
    pauses.pause("mbc", "", "an error was found", "anna", NOON)
    event = Event.objects.get()
    assert (event.actor, event.action, event.reason) == ("anna", "paused", "Campaign mbc: an error was found")


def test_a_channel_in_trouble_is_told_with_the_end_of_its_rest():
    leases.ensure(["x-en", "x-fr"])
    leases.rest("x-en", NOON + timedelta(minutes=5), "X asks to wait.")
    leases.rest_until("x-fr", NOON + timedelta(minutes=5), "The gap between two posts.")
    assert pauses.resting(NOON, TORONTO) == ["Channel x-en rests until 12:05:00: X asks to wait."]
    assert pauses.resting(NOON + timedelta(minutes=5), TORONTO) == []
