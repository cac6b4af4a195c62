"""The times and limits of an account, set in the pages: whoever publishes obeys from the next turn on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaign.authoring.shared import accounts
from campaign.config import Config
from campaign.config.accounts import AccountTimes, lines_of, read_times, with_times
from campaign.core.problem import Problem
from campaign.database.accounts import config_in_force, in_force
from campaign.delivery import leases
from campaign.delivery.publish import AttemptAnswer, send, turn
from campaign.models import ChannelState, Event
from campaign.models.shared import Shared
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON, TORONTO, FakeClock, FakePublisher, channel, delivery, ours
from tests.deliveries import worker as a_worker

pytestmark = pytest.mark.django_db
X = channel()
FREE = AccountTimes(("daily 09:00",), timedelta(0), None)


@pytest.fixture
def ana():
    return add_user("ana", Role.ADMIN)[0]


@pytest.fixture
def clock():
    leases.ensure(["x-en"])
    return FakeClock()


def drained(clock, publisher):
    """As an engine does, with the channel as the configuration's file has it."""
    who, ended = a_worker(clock), []
    while claims := turn(ended, [], [X], who):
        ended = [AttemptAnswer(claim, X, send(publisher, claim, who, ours)) for claim in claims]
    return len(publisher.sent)


def due(number):
    for each in range(number):
        delivery(
            f"p{each}", due=NOON - timedelta(minutes=number - each), grace=timedelta(days=9)
        )


def test_a_gap_counts_at_once_and_so_does_its_end(ana, clock):
    due(3)
    publisher = FakePublisher()
    with_gap = replace(FREE, minimum_gap=timedelta(hours=2))
    accounts.set_times(X, with_gap, 0, ana, NOON)
    assert drained(clock, publisher) == 1
    clock.advance(hours=1)
    assert drained(clock, publisher) == 1
    # An hour is over already, so a gap of half an hour keeps nothing back.
    accounts.set_times(X, replace(FREE, minimum_gap=timedelta(minutes=30)), 1, ana, clock.now)
    assert drained(clock, publisher) == 2
    accounts.give_back(X, 2, ana, clock.now)
    assert drained(clock, publisher) == 3


def test_a_gap_that_is_set_afterwards_counts_from_what_went_out_last(ana, clock):
    due(2)
    publisher = FakePublisher()
    accounts.set_times(X, replace(FREE, max_per_day=1), 0, ana, NOON)
    assert drained(clock, publisher) == 1
    clock.advance(minutes=10)
    accounts.set_times(X, replace(FREE, minimum_gap=timedelta(hours=1)), 1, ana, clock.now)
    assert ChannelState.objects.get(name="x-en").rest_until == NOON + timedelta(hours=1)
    assert drained(clock, publisher) == 1


def test_the_most_for_a_day_counts_at_once_and_so_does_more(ana, clock):
    due(4)
    publisher = FakePublisher()
    accounts.set_times(X, replace(FREE, max_per_day=2), 0, ana, NOON)
    assert drained(clock, publisher) == 2
    accounts.set_times(X, replace(FREE, max_per_day=3), 1, ana, NOON)
    assert drained(clock, publisher) == 3
    accounts.set_times(X, FREE, 2, ana, NOON)
    assert drained(clock, publisher) == 4


def test_an_account_in_trouble_rests_on(ana, clock):
    leases.rest("x-en", NOON + timedelta(hours=3), "The keys are refused.")
    accounts.set_times(X, FREE, 0, ana, NOON)
    assert ChannelState.objects.get(name="x-en").rest_until == NOON + timedelta(hours=3)


def test_what_plans_knows_the_slots_and_the_file_counts_again_when_it_is_given_back(ana):
    config = Config(channels={"x-en": replace(X, slots=("mon-fri 10:00",))})
    accounts.set_times(X, FREE, 0, ana, NOON)
    assert config_in_force(config).channels["x-en"].slots == ("daily 09:00",)
    accounts.give_back(X, 1, ana, NOON)
    assert config_in_force(config) == config
    assert Event.objects.filter(action="account set", actor="ana").count() == 2


def test_what_was_set_says_the_same_again():
    times = AccountTimes(("mon-fri 09:00", "sat 10:30"), timedelta(minutes=90), 4)
    assert read_times(lines_of(times)) == times
    assert read_times(lines_of(FREE)) == FREE


@pytest.mark.parametrize(
    "source", ["", "slots = 3", "x = [", 'minimum_gap = "soon"', "new = 1"]
)
def test_where_nothing_that_can_be_read_was_set_the_file_counts(source):
    assert with_times(X, source) == X


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (replace(FREE, slots=("noon",)), "does not end in a time"),
        (replace(FREE, slots=("noday 09:00",)), "does not begin with weekdays"),
        (replace(FREE, slots=("daily 09:00",) * 51), "at most 50 slots"),
        (replace(FREE, minimum_gap=timedelta(days=31)), "at most 30 days"),
        (replace(FREE, max_per_day=0), "a number from 1 to 1000"),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_changes(ana, times, said):
    with pytest.raises(Problem, match=said):
        accounts.set_times(X, times, 0, ana, NOON)
    assert not Shared.objects.exists()


def test_only_admins_set_it_and_nobody_overwrites_what_they_have_not_seen(ana):
    for name, role in (("vic", Role.VOLUNTEER), ("bob", Role.STAFF)):
        by = add_user(name, role)[0]
        with pytest.raises(Problem, match="takes the role admin"):
            accounts.set_times(X, FREE, 0, by, NOON)
        with pytest.raises(Problem, match="takes the role admin"):
            accounts.give_back(X, 0, by, NOON)
    accounts.set_times(X, FREE, 0, ana, NOON)
    with pytest.raises(Problem, match="changed meanwhile"):
        accounts.set_times(X, replace(FREE, max_per_day=1), 0, ana, NOON)
    assert in_force([X])["x-en"].max_per_day is None


def test_what_waits_at_no_slot_any_more_is_told(ana):
    at_nine = datetime(2027, 10, 14, 9, tzinfo=TORONTO).astimezone(UTC)
    delivery("kept", due=at_nine, when="next-slot")
    off = delivery("off", due=at_nine + timedelta(hours=1), when="next-slot")
    delivery("own-time", due=at_nine + timedelta(hours=2))
    told = accounts.off_slot("x-en", FREE.slots, NOON, TORONTO)
    assert [each.pk for each in told] == [off.pk]
    # In winter nine o'clock is another hour of the world, and the same slot.
    winter = datetime(2027, 12, 14, 9, tzinfo=TORONTO).astimezone(UTC)
    delivery("winter", due=winter, when="next-slot")
    assert accounts.off_slot("x-en", FREE.slots, NOON, TORONTO) == told
