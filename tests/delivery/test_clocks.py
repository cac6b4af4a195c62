"""The clock of the machine that publishes beside the networks'."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Publishing
from campaign.delivery import engine as engines
from campaign.delivery import leases, pauses
from campaign.delivery.clocks import agreement
from campaign.delivery.engine import Engine
from campaign.delivery.publish import Worker
from campaign.delivery.reconcile import began_at
from campaign.models import Attempt, ChannelState, Delivery, Event, Pause
from campaign.publishers.publisher import Outcome, RemotePost, Unconfirmed, Unreachable
from campaign.states import Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    status_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = Publishing().clock_limit
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Chores are done in each survey."""
    monkeypatch.setattr(engines, "CHORES_EVERY", timedelta(0))


class Machine:
    """A machine with a clock of its own that publishes on a network which has the right time."""

    def __init__(
        self, ahead: timedelta = timedelta(0), outcomes: Sequence[Outcome] = ()
    ) -> None:
        self.right = FakeClock()
        self.ahead = ahead
        self.publisher = FakePublisher(clock=self.right, outcomes=list(outcomes))
        self.engine = self.started()

    def clock(self):
        return self.right() + self.ahead

    def started(self, limit: timedelta = LIMIT) -> Engine:
        """The program, begun anew."""
        publishing = Publishing(retry_wait=timedelta(0), clock_limit=limit)
        one = Worker("w", self.clock, TORONTO, publishing)
        self.engine = Engine({"x-en": channel()}, {"x-en": self.publisher}, one, 1)
        return self.engine

    def work(self) -> None:
        """Does what there is to do now, some seconds later than what it did last."""
        self.engine._times._at.clear()
        self.engine._woken = True
        self.engine.work_off()


def state() -> ChannelState:
    return ChannelState.objects.get(name="x-en")


def told() -> list[str]:
    return [event.reason for event in Event.objects.filter(action="clock").order_by("id")]


@pytest.mark.parametrize("ahead", [HOUR * 24, HOUR, -HOUR, -HOUR * 24, LIMIT + SECOND])
def test_with_a_clock_beyond_the_limit_nothing_goes_out_and_people_are_told(ahead):
    """A clock a day ahead must not send tomorrow's posts today."""
    machine = Machine(ahead)
    ours = delivery(due=NOON + min(ahead, timedelta(0)) - HOUR)
    machine.work()
    assert (machine.publisher.sent, status_of(ours)) == ([], Status.QUEUED)
    assert state().clock_ahead == ahead.total_seconds()
    [sentence] = told()
    assert "Nothing goes out on x-en" in sentence
    assert ("ahead" if ahead > timedelta(0) else "behind") in sentence
    assert agreement.is_far_off(LIMIT, ["x-en"])


def test_once_the_clock_is_set_right_all_goes_on_by_itself():
    machine = Machine(HOUR)
    delivery(due=NOON - HOUR)
    machine.work()
    assert machine.publisher.sent == []
    machine.ahead = timedelta(0)
    machine.work()
    assert len(machine.publisher.sent) == 1
    assert state().clock_ahead == 0
    assert told()[-1] == "The clock of the machine that publishes agrees with that of X again."
    assert not agreement.is_far_off(LIMIT, ["x-en"])


def test_a_jump_while_the_program_runs_is_seen_before_anything_goes_out_by_it():
    machine = Machine()
    delivery("a", due=NOON - MINUTE)
    tomorrows = delivery("b", due=NOON + HOUR * 20)
    machine.work()
    machine.ahead = HOUR * 24
    machine.work()
    assert machine.publisher.sent == ["The text of a on x-en."]
    assert status_of(tomorrows) == Status.QUEUED
    machine.ahead = timedelta(0)
    machine.right.advance(hours=20)
    machine.work()
    assert machine.publisher.sent[1:] == ["The text of b on x-en."]


@pytest.mark.parametrize("ahead", [MINUTE * 3, -MINUTE * 3])
def test_a_difference_within_the_limit_is_told_and_posts_go_out(ahead):
    machine = Machine(ahead)
    delivery(due=NOON - HOUR)
    machine.work()
    assert len(machine.publisher.sent) == 1
    assert Attempt.objects.get().clock_ahead == ahead.total_seconds()
    [sentence] = told()
    assert "3 minutes" in sentence
    assert ("too early" if ahead > timedelta(0) else "too late") in sentence
    assert not agreement.is_far_off(LIMIT, ["x-en"])


@pytest.mark.parametrize("ahead", [timedelta(0), MINUTE, -MINUTE, SECOND * 40])
def test_a_minute_is_not_worth_a_word(ahead):
    machine = Machine(ahead)
    delivery(due=NOON - HOUR)
    machine.work()
    assert len(machine.publisher.sent) == 1
    assert (state().clock_ahead, told()) == (0, [])


def test_what_is_told_is_not_told_again_for_a_few_seconds():
    machine = Machine(SECOND * 62)
    delivery(due=NOON - HOUR)
    machine.work()
    for seconds in (58, 63, 80, 45):
        machine.ahead = SECOND * seconds
        machine.work()
    assert len(told()) == 1
    machine.ahead = SECOND * 140
    machine.work()
    machine.ahead = SECOND
    machine.work()
    assert len(told()) == 3


def test_a_network_that_never_tells_its_time_is_not_disagreed_with():
    machine = Machine(HOUR)
    machine.publisher.clock = None
    delivery(due=NOON)
    machine.work()
    assert len(machine.publisher.sent) == 1
    assert Attempt.objects.get().clock_ahead is None


def test_before_the_network_has_told_its_time_nothing_goes_out(monkeypatch):
    machine = Machine()
    ours = delivery(due=NOON - HOUR)

    def away() -> None:
        raise Unreachable("X could not be asked: it took too long.")

    monkeypatch.setattr(machine.publisher, "ask_time", away)
    machine.work()
    assert (machine.publisher.sent, status_of(ours)) == ([], Status.QUEUED)
    assert state().test_problem.endswith(": X could not be asked: it took too long.")
    assert not Attempt.objects.exists()
    monkeypatch.undo()
    machine.right.advance(hours=1)
    machine.started().work_off()
    assert len(machine.publisher.sent) == 1


def test_whatever_comes_of_asking_for_the_time_the_channel_is_not_busy_for_ever(monkeypatch):
    machine = Machine()
    delivery(due=NOON - HOUR)
    monkeypatch.setattr(machine.publisher, "ask_time", lambda: 1 / 0)
    machine.work()
    assert machine.engine._calling == set()
    assert "ZeroDivisionError" in state().test_problem


def test_a_machine_that_stood_still_as_a_whole_asks_before_it_says_that_its_clock_is_wrong(
    monkeypatch,
):
    """A virtual machine that is stopped and goes on comes to the right time by a jump; its steady seconds stood still too."""
    machine = Machine()
    delivery("a", due=NOON - MINUTE)
    machine.work()
    stopped_at, since_then = machine.right(), HOUR * 5
    monkeypatch.setattr(machine.publisher, "clock", lambda: stopped_at)
    machine.right.advance(hours=5)
    asked = []

    def ask() -> None:
        asked.append(machine.clock())
        machine.publisher.clock = machine.right

    monkeypatch.setattr(machine.publisher, "ask_time", ask)
    delivery("b", due=NOON + since_then - MINUTE)
    machine.work()
    assert len(asked) == 1
    assert len(machine.publisher.sent) == 2
    assert state().clock_ahead == 0


@pytest.mark.parametrize("ahead", [HOUR * 24, HOUR * 24 * 400])
def test_by_a_wrong_clock_no_mourning_ends_and_nothing_is_given_up(ahead):
    machine = Machine(ahead)
    ours = delivery(due=NOON + HOUR)
    pauses.pause("", "", "A day of mourning.", "anna", NOON, until=NOON + HOUR * 10)
    machine.work()
    assert status_of(ours) == Status.QUEUED
    assert Pause.objects.get().ended_at is None
    machine.ahead = timedelta(0)
    machine.right.advance(hours=11)
    machine.work()
    assert Pause.objects.get().ended_at is not None
    assert status_of(ours) == Status.MISSED


def test_one_network_with_a_wrong_clock_of_its_own_stops_itself_alone():
    machine = Machine()
    other = FakePublisher(clock=lambda: machine.right() + HOUR)
    publishing = Publishing(retry_wait=timedelta(0))
    one = Worker("w", machine.clock, TORONTO, publishing)
    names = {"x-en": channel(), "x-fr": channel("x-fr")}
    both = Engine(names, {"x-en": machine.publisher, "x-fr": other}, one, 1)
    delivery("a", "x-en", due=NOON - MINUTE)
    delivery("a", "x-fr", due=NOON - MINUTE)
    late = delivery("b", "x-en", due=NOON - HOUR * 9)
    both.work_off()
    assert (len(machine.publisher.sent), other.sent) == (1, [])
    assert status_of(late) == Status.MISSED
    [sentence] = told()
    assert "Nothing goes out on x-fr" in sentence


class Account:
    """Shows, as a network does, the posts that were made since then by its own clock."""

    def __init__(self, *posts: RemotePost) -> None:
        self.posts = posts
        self.asked: list[object] = []

    def recent(self, since):
        self.asked.append(since)
        return [post for post in self.posts if post.at >= since - SECOND]


@pytest.mark.parametrize("ahead", [LIMIT, MINUTE * 2, timedelta(0), -LIMIT])
@pytest.mark.parametrize("then", [LIMIT, timedelta(0), HOUR * 26, -HOUR * 26])
def test_a_post_whose_answer_was_lost_is_found_whatever_the_clock_showed_then_and_shows_now(
    ahead, then
):
    machine = Machine(ahead, outcomes=[Unconfirmed("No answer.")])
    ours = delivery(due=NOON - HOUR)
    machine.work()
    assert status_of(ours) == Status.UNCONFIRMED
    out = RemotePost("77", "https://x.com/77", ours.text, machine.right() + SECOND)
    machine.publisher.account = [out]
    machine.ahead = then
    machine.right.advance(minutes=2)
    machine.started()
    for _ in range(3):
        machine.work()
        machine.right.advance(minutes=61)
    assert status_of(ours) == Status.PUBLISHED
    assert len(machine.publisher.sent) == 1
    assert Delivery.objects.get().remote_id == "77"


@given(
    ahead=st.integers(-400_000, 400_000),
    now=st.integers(-400_000, 400_000),
    after=st.integers(0, 3_600),
)
def test_looking_back_begins_when_the_attempt_began_by_the_networks_own_clock(
    ahead, now, after
):
    shown = NOON + timedelta(seconds=ahead)
    later = NOON + timedelta(seconds=after + now)
    assert began_at(shown, ahead, later) == NOON
    # Where nobody knew the difference, it is no later than what either clock said.
    assert began_at(shown, None, later) == min(shown, later)


def test_the_networks_clock_is_read_before_the_machines():
    """A program that stands still between the two must look back too far, not too little."""
    right = FakeClock()

    def times():
        told = {"x-en": right()}
        right.advance(hours=1)  # frozen here
        return told

    reading = agreement.read(times, right)
    assert reading.ahead["x-en"] == HOUR
    assert began_at(reading.now, 3_600, reading.now) == NOON


def test_what_waits_by_a_clock_that_was_put_back_waits_no_longer():
    machine = Machine(LIMIT, outcomes=[Unconfirmed("No answer.")])
    ours = delivery(due=NOON - HOUR)
    machine.work()
    Delivery.objects.update(look_at=NOON + HOUR * 30)  # a look by a clock that was a day ahead
    machine.publisher.account = [RemotePost("77", "", ours.text, machine.right())]
    machine.started().work_off()
    machine.right.advance(minutes=1)
    machine.work()
    assert status_of(ours) == Status.PUBLISHED


def test_a_clock_that_is_put_back_under_the_programs_eyes_puts_off_no_look():
    machine = Machine(LIMIT, outcomes=[Unconfirmed("No answer.")])
    ours = delivery(due=NOON - HOUR)
    machine.work()
    Delivery.objects.update(look_at=machine.clock() + MINUTE)
    machine.publisher.account = [RemotePost("77", "", ours.text, machine.right())]
    machine.ahead = timedelta(0)
    machine.work()
    machine.right.advance(minutes=1)
    machine.work()
    assert status_of(ours) == Status.PUBLISHED


def test_what_waits_for_another_try_by_a_clock_that_was_put_back_is_tried_again():
    machine = Machine()
    tried = delivery("a", due=NOON - HOUR)
    coming = delivery("b", due=NOON + HOUR * 3)
    machine.work()
    Delivery.objects.filter(pk=tried.pk).update(
        status=Status.QUEUED, next_at=NOON + HOUR * 26, tries=1
    )
    ChannelState.objects.update(rest_until=NOON + HOUR * 25)
    gaps = {"x-en": MINUTE * 10}
    agreement.put_back(NOON, NOON + HOUR * 24, MINUTE, lambda: gaps)
    assert Delivery.objects.get(pk=tried.pk).next_at == NOON + MINUTE
    assert Delivery.objects.get(pk=coming.pk).next_at == coming.due_at
    assert state().rest_until == NOON + MINUTE * 10


def test_a_step_of_seconds_hastens_nothing():
    leases.ensure(["x-en"])
    ChannelState.objects.update(rest_until=NOON + HOUR)
    agreement.put_back(NOON, NOON + SECOND * 20, MINUTE, lambda: {"x-en": timedelta(0)})
    assert state().rest_until == NOON + HOUR


def test_a_look_that_is_to_come_soon_is_not_taken_for_one():
    machine = Machine()
    for minutes in (1, 30, 59):
        ours = delivery(f"n{minutes}", due=NOON, status=Status.UNCONFIRMED)
        at = NOON + MINUTE * minutes
        Delivery.objects.filter(pk=ours.pk).update(look_at=at)
        agreement.put_back(machine.clock(), None, MINUTE, dict)
        assert Delivery.objects.get(pk=ours.pk).look_at == at


def test_a_channel_is_taken_from_a_worker_whose_lease_was_written_by_a_wrong_clock():
    leases.ensure(["x-en"])
    assert leases.take([channel()], "gone", NOON + HOUR * 24)
    assert leases.take([channel()], "here", NOON) == [channel()]
    assert leases.take([channel()], "gone", NOON) == []


def test_a_worker_whose_clock_is_a_little_ahead_keeps_its_channel():
    leases.ensure(["x-en"])
    assert leases.take([channel()], "ahead", NOON + LIMIT)
    assert leases.take([channel()], "here", NOON) == []


def test_the_clock_of_the_program_that_holds_the_channel_counts():
    machine = Machine(HOUR)
    leases.take([channel()], "elsewhere:1:another", NOON)
    machine.work()
    assert (state().clock_ahead, told()) == (0, [])


def test_what_stands_is_said_once_a_network_for_the_channels_of_the_configuration():
    leases.ensure(["x-en", "x-fr", "page-en", "gone"])
    ChannelState.objects.update(clock_ahead=3_700)
    ChannelState.objects.filter(name="page-en").update(clock_ahead=-90)
    titles = {"x-en": "X", "x-fr": "X", "page-en": "Facebook"}
    x, page = agreement.standing(titles, LIMIT)
    assert (page.is_stopped, x.is_stopped) == (False, True)
    assert page.sentence == (
        "The clock of the machine that publishes is 1 minute and 30 seconds behind that of Facebook. "
        "Posts go out so much too late: ask your technician to set it right."
    )
    assert x.sentence == (
        "The clock of the machine that publishes is 1 hour, 1 minute and 40 seconds ahead of that of X. Nothing goes out on "
        "x-en, x-fr until your technician has set it right; publishing then goes on by itself."
    )
