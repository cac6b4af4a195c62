"""Whole programs by a clock that is wrong, and that is changed while they run; the networks have the right time."""

import signal
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.begun import Program
from tests.doubles.faults import close_after, script
from tests.doubles.server import DoubleServer
from tests.stage import Machine, minutes_ago, stop, until
from tests.wrong_clock import PREAMBLE, set_clock

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"])]
HOUR, DAY = 3_600, 86_400


@pytest.fixture(autouse=True)
def right_time(networks: DoubleServer) -> None:
    networks.clock = time.time


def began(machine: Machine, *more: str) -> Program:
    return machine.start("run", *more, preamble=PREAMBLE)


def each_once(networks: DoubleServer) -> bool:
    sent = Counter((post.account, post.text) for post in networks.ledger.posts)
    return set(sent.values()) <= {1}


def statuses(machine: Machine) -> dict[object, int]:
    return dict(Counter(row[0] for row in machine.sql("SELECT status FROM campaign_delivery")))


def clocks_told(machine: Machine) -> int:
    return len(machine.sql("SELECT id FROM campaign_event WHERE action = 'clock'"))


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
def test_a_lost_answer_by_a_wrong_clock_is_found_and_not_sent_again(
    machine: Machine, networks: DoubleServer, ahead: int
) -> None:
    """On Facebook, which takes the same text twice. The limit is wider than the clock is wrong."""
    machine.configure(networks.url, more='clock_limit = "2h"\nsettle = "1s"')
    machine.queued(head=minutes_ago(HOUR / 60 + 1), on=["page-en"])
    set_clock(machine.root, ahead)
    networks.faults = script(close_after())
    process = began(machine)
    until(lambda: statuses(machine) == {"published": 1})
    assert stop(process).status == 0
    assert len(networks.ledger.posts) == 1
    [(known,)] = machine.sql("SELECT clock_ahead FROM campaign_attempt")
    assert abs(int(str(known)) - ahead) <= 2
    assert clocks_told(machine) == 2  # one a network


def test_the_clock_is_set_right_between_the_lost_answer_and_the_look(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url, more='clock_limit = "2h"\nsettle = "2s"')
    machine.queued(head=minutes_ago(1), on=["page-en"])
    set_clock(machine.root, HOUR)
    networks.faults = script(close_after())
    process = began(machine)
    until(lambda: statuses(machine) == {"unconfirmed": 1})
    set_clock(machine.root, 0)
    until(lambda: statuses(machine) == {"published": 1})
    assert stop(process).status == 0
    assert len(networks.ledger.posts) == 1


@pytest.mark.parametrize("off", [DAY, -DAY])
def test_by_a_clock_that_is_a_day_off_nothing_goes_out_until_it_is_right(
    machine: Machine, networks: DoubleServer, off: int
) -> None:
    machine.configure(networks.url)
    machine.post("tomorrows", minutes_ago(-20 * 60), on=["x-en", "page-en"])
    machine.queued("due", head=minutes_ago(1), on=["x-en"])
    set_clock(machine.root, off)
    process = began(machine)
    until(lambda: clocks_told(machine) == 2)  # one a network
    time.sleep(1.5)  # it has had the time to
    assert networks.ledger.posts == []
    assert statuses(machine) == {"queued": 3}
    set_clock(machine.root, 0)
    until(lambda: statuses(machine) == {"published": 1, "queued": 2})
    said = stop(process)
    assert said.status == 0
    assert "Nothing goes out on x-en" in said.err
    assert "agrees with that of X again" in said.err


def test_jumps_ahead_and_back_while_it_runs_send_nothing_early_and_nothing_twice(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.post("tomorrows", minutes_ago(-20 * 60), on=["x-en", "page-en"])
    machine.queued(*"abcdefgh", head=minutes_ago(1), on=["x-en", "page-en"])
    networks.delay = 0.1
    process = began(machine)
    for jump in (DAY, 0, -DAY, 0, HOUR, -HOUR, 0):
        set_clock(machine.root, jump)
        time.sleep(0.3)
    until(lambda: statuses(machine) == {"published": 16, "queued": 2})
    assert stop(process).status == 0
    assert (len(networks.ledger.posts), each_once(networks)) == (16, True)


@pytest.mark.parametrize("jump", [120, DAY])
def test_a_machine_that_slept_goes_on_where_it_was(
    machine: Machine, networks: DoubleServer, jump: int
) -> None:
    """A program that is stopped and goes on; its clock has been set meanwhile, or not."""
    machine.configure(networks.url, more='settle = "1s"', retry_wait="1s")
    machine.queued(*"abcd", head=minutes_ago(5), on=["x-en"])
    networks.delay = 0.2
    process = began(machine)
    until(lambda: bool(networks.ledger.posts))
    process.send_signal(signal.SIGSTOP)
    set_clock(machine.root, jump)
    time.sleep(0.5)
    process.send_signal(signal.SIGCONT)
    if jump == DAY:
        until(lambda: clocks_told(machine) >= 1)
        set_clock(machine.root, 0)
    until(lambda: statuses(machine) == {"published": 4})
    assert stop(process).status == 0
    assert (len(networks.ledger.posts), each_once(networks)) == (4, True)


def test_two_programs_of_which_the_clock_is_changed_send_everything_once(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url, more='settle = "1s"', retry_wait="1s")
    machine.queued(*"abcdef", head=minutes_ago(5), on=["x-en", "x-fr", "page-en"])
    networks.delay = 0.05
    right = machine.start("run")
    wrong = began(machine)
    for jump in (120, -120, HOUR, -DAY, 200, 0):
        set_clock(machine.root, jump)
        time.sleep(0.4)
    until(lambda: statuses(machine) == {"published": 18})
    assert {stop(right).status, stop(wrong).status} == {0}
    assert (len(networks.ledger.posts), each_once(networks)) == (18, True)


NIGHTS = {
    # Toronto's clocks: at 2 they go to 3 in March, and back to 1 in November.
    "spring": (
        datetime(2027, 3, 14, 6, 59, tzinfo=UTC),
        ["2027-03-14 01:59", "2027-03-14 03:01"],
    ),
    "autumn": (datetime(2027, 11, 7, 5, 29, tzinfo=UTC), ["2027-11-07 01:30"]),
}


@pytest.mark.parametrize("night", NIGHTS)
def test_in_the_nights_in_which_the_clocks_change_each_post_goes_out_once_at_its_time(
    machine: Machine, networks: DoubleServer, night: str
) -> None:
    """The whole process, and the networks, in that night: minute by minute, through the hour that there is not, or twice."""
    begin, times = NIGHTS[night]
    shift = (begin - datetime.now(UTC)).total_seconds()  # noqa: TID251 - a process of its own has the real clock
    networks.clock = lambda: time.time() + shift
    # Minutes pass in a moment here, which a program takes for changes of its clock.
    machine.configure(networks.url, more='clock_limit = "1d"')
    set_clock(machine.root, shift)
    for number, at in enumerate(times):
        machine.post(f"p{number}", f'when = "{at}"', on=["x-en", "page-en"])
    machine.queued("last", head=f'when = "{times[-1]}"', on=["x-fr"])
    process = began(machine)
    for minutes in range(0, 130, 10):
        networks.clock = lambda now=shift + minutes * 60: time.time() + now
        set_clock(machine.root, shift + minutes * 60)
        time.sleep(0.25)
    until(lambda: statuses(machine) == {"published": 2 * len(times) + 1})
    assert stop(process).status == 0
    assert (len(networks.ledger.posts), each_once(networks)) == (2 * len(times) + 1, True)
