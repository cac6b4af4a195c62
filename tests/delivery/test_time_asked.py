"""Networks that are asked what time they have: before they have said it, nothing begins that a wrong clock could spoil."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest

from campaign.core.sentence import Sentence
from campaign.decisions import channels
from campaign.delivery import engine as engines
from campaign.delivery import leases, pauses
from campaign.delivery.clocks import asked
from campaign.delivery.engine import Engine
from campaign.models import Attempt, ChannelState, Delivery, Pause
from campaign.publishers import session
from campaign.publishers.publisher import RemotePost, Unreachable
from campaign.states import Status
from tests.deliveries import (
    NOON,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    status_of,
    worker,
)
from tests.delivery.test_clocks import HOUR, LIMIT, MINUTE, Machine, state, told
from tests.doubles.opened import NOW, quick_x
from tests.doubles.server import DoubleServer

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = Sentence("{0} could not be asked: {1}.", "X", Sentence("it took too long"))
OTHER = "elsewhere:1:another"
"""A worker of another machine."""


class Silent(FakePublisher):
    """A network that does not say what time it has while `is_away`; it counts how often it was asked, and looked at. Until it
    is asked anew its time may stand still."""

    is_away = True
    stands_at: datetime | None = None
    asked = looked = 0

    def ask_time(self) -> None:
        self.asked += 1
        if self.is_away:
            raise Unreachable(AWAY)
        super().ask_time()
        self.stands_at = None

    def time(self):
        return self.stands_at or super().time()

    def recent(self, since):
        self.looked += 1
        return super().recent(since)


class ByHand(Executor):
    """A pool whose calls are made when the test says so."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], object]] = []

    def submit(self, call, /, *values, **named):
        self.calls.append(partial(call, *values, **named))
        return Future()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Chores are done in each survey."""
    monkeypatch.setattr(engines, "CHORES_EVERY", timedelta(0))


def silent(ahead: timedelta = timedelta(0)) -> tuple[Machine, Silent]:
    """A machine whose network does not say yet what time it has."""
    machine = Machine(ahead)
    machine.publisher = network = Silent(clock=machine.right)
    machine.started()
    return machine, network


def held_by_another() -> None:
    """The channel is a living worker's of another machine, for another minute."""
    leases.ensure(["x-en"])
    assert leases.take([channel()], OTHER, NOON)


def in_doubt(network: FakePublisher, look_at: datetime) -> Delivery:
    """A delivery whose answer was lost, and that is out."""
    one = delivery(due=NOON - HOUR, status=Status.UNCONFIRMED, look_at=look_at)
    Attempt.objects.create(
        delivery=one,
        number=1,
        worker="w",
        started_at=NOON - HOUR,
        clock_ahead=0,
        outcome="unconfirmed",
    )
    network.account = [RemotePost("77", "https://x.com/77", one.text, NOON - HOUR)]
    return one


def test_a_network_that_answers_after_a_failed_ask_gets_its_post_and_the_obstacle_is_gone():
    machine, network = silent()
    ours = delivery(due=NOON - HOUR)
    for _ in range(3):
        machine.work()
    assert (network.asked, network.sent, status_of(ours)) == (3, [], Status.QUEUED)
    assert (state().owner, Attempt.objects.count()) == ("", 0)
    assert str(AWAY) in state().test_problem
    network.is_away = False
    machine.work()
    assert status_of(ours) == Status.PUBLISHED
    assert state().test_problem == ""


def test_the_next_program_takes_the_obstacle_back():
    """As `run --once` does, begun again and again."""
    machine, network = silent()
    delivery(due=NOON - HOUR)
    machine.work()
    assert state().test_problem
    network.is_away = False
    machine.started()
    machine.work()
    assert state().test_problem == ""


@pytest.mark.parametrize("tested", ["before the failed ask", "after it"])
def test_what_a_persons_own_test_of_the_keys_said_stays(tested):
    machine, network = silent()
    delivery(due=NOON - HOUR)
    network.verdict = "X did not accept the keys."
    for moment in ("before the failed ask", "after it"):
        if moment == tested:
            channels.check("x-en", network, "anna", NOON, LIMIT)
        machine.work()
        network.is_away = False
    assert network.asked == 2
    assert state().test_problem == network.verdict


def test_a_failed_ask_shortens_no_rest_and_is_no_trouble_of_the_channel():
    machine, network = silent()
    delivery(due=NOON - HOUR * 9)  # too late: whether it is, the right time says
    leases.rest("x-en", NOON + HOUR * 2, "X asks to wait.")
    machine.work()
    assert network.asked == 1
    assert (state().rest_until, state().rest_reason) == (NOON + HOUR * 2, "X asks to wait.")
    assert state().troubles == 1


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("ahead", [timedelta(0), HOUR])
def test_a_network_that_is_slow_to_say_what_time_it_has_is_heard(
    networks: DoubleServer, monkeypatch, ahead
):
    """All of its answers take eleven seconds: were they not believed, nobody would notice that the clock is wrong."""
    seconds = count(step=11)
    monkeypatch.setattr(session, "steady", lambda: next(seconds))
    networks.clock = NOW.timestamp
    ours = delivery(due=NOW - MINUTE)
    publisher = quick_x(networks.url)
    one = Engine({"x-en": channel()}, {"x-en": publisher}, worker(FakeClock(NOW + ahead)), 1)
    one.work_off()
    assert one.end()
    publisher.session.close()
    if ahead:
        assert (status_of(ours), networks.ledger.posts) == (Status.QUEUED, [])
        assert "1 hour ahead" in told()[0]
    else:
        assert status_of(ours) == Status.PUBLISHED
        assert Attempt.objects.get().clock_ahead in (-1, 0, 1)


@pytest.mark.parametrize(("ahead", "is_away"), [(HOUR * 24, False), (timedelta(0), True)])
def test_what_cannot_be_undone_waits_for_a_network_that_says_that_the_clock_is_right(
    ahead, is_away
):
    machine, network = silent(ahead)
    network.is_away = is_away
    held_by_another()
    sending = delivery("a", status=Status.SENDING, claimed_by=OTHER)
    late = delivery("b", due=NOON - HOUR * 9)
    pauses.pause("", "", "A day of mourning.", "anna", NOON - HOUR, until=NOON + MINUTE)
    if is_away:
        machine.right.advance(minutes=2)
    for _ in range(2):
        machine.work()
    assert network.asked == 2
    assert (status_of(sending), status_of(late)) == (Status.SENDING, Status.QUEUED)
    assert Pause.objects.get().ended_at is None
    machine.ahead, network.is_away = timedelta(0), False
    machine.work()
    if not is_away:
        assert status_of(sending) == Status.SENDING, "its worker lives"
        machine.right.advance(minutes=2)
        machine.work()
    assert (status_of(sending), status_of(late)) == (Status.UNCONFIRMED, Status.MISSED)
    assert Pause.objects.get().ended_at is not None


def test_nothing_is_looked_for_by_a_clock_that_no_network_has_heard_of():
    """A day ahead, it would take the channel from the worker that holds it."""
    machine, network = silent(HOUR * 24)
    ours = in_doubt(network, look_at=NOON - MINUTE)
    held_by_another()
    machine.work()
    assert (network.asked, network.looked, state().owner) == (1, 0, OTHER)
    machine.ahead, network.is_away = timedelta(0), False
    machine.right.advance(minutes=2)
    machine.work()
    assert (network.looked, status_of(ours)) == (1, Status.PUBLISHED)


@pytest.mark.parametrize("ahead", [HOUR * 24, -HOUR * 24])
def test_by_a_clock_that_is_wrong_no_channel_is_taken_from_a_living_worker(ahead):
    """Looks go by the network's time, and so go on by such a clock: where nobody else holds the channel."""
    machine, network = silent(ahead)
    network.is_away = False
    ours = in_doubt(network, look_at=machine.clock() - MINUTE)
    held_by_another()
    machine.work()
    assert (network.looked, state().owner) == (0, OTHER)
    machine.right.advance(minutes=2)
    machine.work()
    assert (network.looked, status_of(ours)) == (1, Status.PUBLISHED)


@pytest.mark.parametrize("ahead", [LIMIT, timedelta(0), -LIMIT])
def test_while_one_program_looks_another_of_the_same_machine_does_not_take_the_channel(ahead):
    right, pool = FakeClock(), ByHand()
    network = FakePublisher(clock=right)
    in_doubt(network, look_at=NOON - HOUR)
    one = Engine(
        {"x-en": channel()}, {"x-en": network}, worker(lambda: right() + ahead), 1, pool
    )
    one._survey()
    pool.calls.pop()()  # it is asked for its time
    one._listen()
    one._survey()
    assert len(pool.calls) == 1  # it is looked at
    assert leases.take([channel()], "another", right() + ahead) == []


def test_what_a_dead_worker_told_of_its_clock_is_what_the_living_one_tells():
    """Dead by the right time: the living one's own is an hour ahead."""
    machine = Machine(HOUR)
    held_by_another()
    ChannelState.objects.update(clock_ahead=-400)
    for _ in range(2):
        machine.work()
    assert (state().clock_ahead, told()) == (-400, [])
    machine.right.advance(seconds=61)
    for _ in range(2):
        machine.work()
    assert state().clock_ahead == 3_600
    assert [sentence for sentence in told() if "1 hour ahead" in sentence] == told() != []


def test_while_a_channel_of_a_network_is_asked_nothing_is_said_of_its_others():
    right = FakeClock()
    names = {name: channel(name) for name in ("x-en", "x-fr")}
    pool = ByHand()
    one = Engine(
        names,
        {name: FakePublisher(clock=right) for name in names},
        worker(lambda: right() + HOUR),
        1,
        pool,
    )
    for name in names:
        delivery("a", name, due=NOON - MINUTE)
    one._survey()
    assert len(pool.calls) == 2
    for said in (0, 1):
        pool.calls.pop()()
        one._listen()
        one._survey()
        assert len(told()) == said
    assert "Nothing goes out on x-en, x-fr" in told()[0]
    assert set(ChannelState.objects.values_list("clock_ahead", flat=True)) == {3_600}


def test_an_idle_machine_that_stood_still_as_a_whole_says_nothing_false_of_its_clock():
    """Its seconds stood still, too. Nothing is due, and so no network would be called by itself."""
    machine, network = silent()
    network.is_away = False
    delivery(due=NOON - MINUTE)
    machine.work()
    network.stands_at = machine.right()
    machine.right.advance(hours=5)
    machine.work()
    assert (network.asked, state().clock_ahead, told()) == (2, 0, [])


def test_a_machine_that_stood_still_and_reaches_no_network_at_first_says_nothing_false_either():
    machine, network = silent()
    network.is_away = False
    delivery(due=NOON - MINUTE)
    machine.work()
    network.stands_at, network.is_away = machine.right(), True
    machine.right.advance(hours=5)
    machine.work()
    assert (network.asked, state().clock_ahead, told()) == (2, 0, [])
    network.is_away = False
    machine.work()
    assert (state().clock_ahead, told(), state().test_problem) == (0, [], "")


def test_an_obstacle_is_not_left_standing_where_the_clock_is_right_again_meanwhile():
    """As after an answer to another call, or when somebody has set the clock."""
    machine, network = silent()
    network.is_away = False
    delivery(due=NOON - MINUTE)
    machine.work()
    network.is_away, machine.ahead = True, HOUR
    machine.work()
    assert state().test_problem
    network.is_away, machine.ahead = False, timedelta(0)
    machine.work()
    assert state().test_problem == ""


def test_a_run_that_is_to_end_does_not_ask_a_slow_network_without_end(monkeypatch):
    """Each failed ask takes longer than the wait before another try."""
    machine, network = silent()
    delivery(due=NOON - MINUTE)
    seconds = [0.0]

    def ask() -> None:
        seconds[0] += 40
        network.asked += 1
        if network.asked > 2:
            machine.engine.stop()
        raise Unreachable(AWAY)

    monkeypatch.setattr(asked, "steady", lambda: seconds[0])
    monkeypatch.setattr(network, "ask_time", ask)
    machine.work()
    assert network.asked == 1
