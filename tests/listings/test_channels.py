"""How channels stand, the test that posts nothing, and the end of a rest."""

from datetime import timedelta

import pytest

from campaign.config import Channel, Publishing
from campaign.config.secret import Secret
from campaign.core.problem import Problem
from campaign.decisions import channels as deciding
from campaign.delivery import leases
from campaign.listings import channels
from campaign.models import ChannelState, Event
from campaign.publishers.publisher import Unreachable
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, FakePublisher, channel, delivery

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def standing(
    one: Channel | None = None, required: tuple[str, ...] = ()
) -> channels.ChannelStanding:
    return channels.standings([one or channel()], {"twitter": required}, NOON, TORONTO)[0]


def test_a_channel_that_was_never_used_stands_empty():
    found = standing()
    assert (found.last_success, found.today, found.queued, found.next_due) == (None, 0, 0, None)
    assert (found.rest_until, found.in_trouble, found.tested_at) == (None, False, None)


def test_the_last_success_the_days_posts_and_what_comes_next_are_told():
    delivery("a", status=Status.PUBLISHED, published_at=NOON - 30 * HOUR)
    delivery("b", status=Status.PUBLISHED, published_at=NOON - 2 * HOUR)
    delivery("c", due=NOON + HOUR)
    delivery("d", "x-fr", status=Status.PUBLISHED, published_at=NOON)
    found = standing(channel(most=1))
    assert (found.last_success, found.today, found.queued) == (NOON - 2 * HOUR, 1, 1)
    assert found.next_due == NOON + HOUR
    assert found.is_full


def test_missing_keys_are_named_and_no_value_is_shown():
    keys = {"here": Secret("hush"), "unset": Secret("", "The variable is not set.")}
    found = standing(Channel("x-en", "twitter", "en", keys=keys), ("here", "unset", "left_out"))
    assert found.missing == ("unset", "left_out")
    assert "hush" not in repr(found)


def test_trouble_is_told_apart_from_the_gap_between_two_posts():
    leases.ensure(["x-en"])
    leases.rest_until("x-en", NOON + HOUR, "The gap between two posts.")
    assert (standing().rest_until, standing().in_trouble) == (NOON + HOUR, False)
    leases.rest("x-en", NOON + HOUR, "X asks to wait.")
    assert (standing().rest_reason, standing().in_trouble) == ("X asks to wait.", True)


@pytest.mark.parametrize(
    ("publisher", "wrong"),
    [
        (FakePublisher(), ""),
        (FakePublisher(verdict="X did not accept the keys."), "X did not accept the keys."),
    ],
)
def test_a_test_is_kept_and_stands_in_the_log(publisher, wrong):
    assert deciding.check("x-en", publisher, "anna", NOON, Publishing().clock_limit) == wrong
    assert (standing().tested_at, standing().test_problem) == (NOON, wrong)
    event = Event.objects.get()
    assert (event.actor, event.action) == ("anna", "channel tested")
    assert event.reason == f"Channel x-en: {wrong or 'the network accepts its keys.'}"
    assert publisher.sent == []


def test_a_network_that_cannot_be_reached_is_told(monkeypatch):
    publisher = FakePublisher()

    def unreachable() -> None:
        raise Unreachable("X could not be asked: no connection.")

    monkeypatch.setattr(publisher, "verify", unreachable)
    assert (
        deciding.check("x-en", publisher, "anna", NOON, Publishing().clock_limit)
        == "X could not be asked: no connection."
    )


def test_a_rest_in_trouble_is_ended_by_hand_and_stands_in_the_log():
    leases.ensure(["x-en"])
    leases.rest("x-en", NOON + HOUR, "X asks to wait.")
    deciding.wake("x-en", "anna", NOON)
    state = ChannelState.objects.get()
    assert (state.rest_until, state.troubles) == (None, 0)
    assert Event.objects.get().action == "woken"


def test_a_gap_or_no_rest_at_all_is_not_ended_by_hand():
    with pytest.raises(Problem, match="does not rest"):
        deciding.wake("x-en", "anna", NOON)
    leases.ensure(["x-en"])
    leases.rest_until("x-en", NOON + HOUR, "The gap between two posts.")
    with pytest.raises(Problem, match="not in trouble"):
        deciding.wake("x-en", "anna", NOON)


def test_channels_that_the_configuration_forgot_are_named():
    delivery("a")
    delivery("b", "x-old")
    delivery("c", "x-gone", status=Status.PUBLISHED)
    assert channels.forgotten(["x-en"]) == ["x-old"]
