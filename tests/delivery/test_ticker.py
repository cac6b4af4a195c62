"""The clock ticks once a second, at due times, and heeds a clock that was set."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from campaign.core.clock import system_clock
from campaign.delivery.clocks.ticker import LONGEST, Ticker, every
from tests.stage import PATIENCE


class Jumping:
    """The machine's clock, with a jump that a test can set."""

    def __init__(self) -> None:
        self.jump = timedelta(0)

    def __call__(self) -> datetime:
        return system_clock() + self.jump


@pytest.fixture
def ticks():
    return threading.Semaphore(0)


def test_it_ticks_at_once_and_again_within_a_second(ticks):
    ticker = Ticker(ticks.release, system_clock)
    ticker.start()
    (job,) = ticker._scheduler.get_jobs()
    assert job.trigger.interval == LONGEST == timedelta(seconds=1)
    assert ticks.acquire(timeout=PATIENCE)
    assert ticks.acquire(timeout=PATIENCE)
    ticker.stop()


def test_it_ticks_when_something_is_due(ticks):
    moments = []

    def tick() -> None:
        moments.append(system_clock())
        ticks.release()

    ticker = Ticker(tick, system_clock)
    ticker.start()
    assert ticks.acquire(timeout=PATIENCE)
    due = system_clock() + timedelta(milliseconds=300)
    ticker.due(due)
    assert ticks.acquire(timeout=PATIENCE)
    ticker.stop()
    assert due <= moments[1]


@pytest.mark.parametrize("hours", [-1, 1])
def test_it_goes_on_when_the_clock_is_set(ticks, hours, caplog):
    clock = Jumping()
    ticker = Ticker(ticks.release, clock)
    ticker.start()
    assert ticks.acquire(timeout=PATIENCE)
    clock.jump = timedelta(hours=hours)
    ticker.due(None)
    assert "clock was changed" in caplog.text
    ticker.stop()


def test_a_due_time_later_than_in_a_second_is_left_to_the_next_tick(ticks):
    ticker = Ticker(ticks.release, system_clock)
    ticker.start()
    assert ticks.acquire(timeout=PATIENCE)
    ticker.due(datetime.max.replace(tzinfo=UTC) - timedelta(days=1))
    assert ticks.acquire(timeout=PATIENCE)
    ticker.stop()


@pytest.mark.parametrize("waits", [True, False])
def test_what_is_done_again_and_again_is_waited_for_at_the_end_unless_it_need_not_be(waits):
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def act() -> None:
        begun.set()
        may_end.wait(PATIENCE)
        time.sleep(0.1)  # whoever does not wait for it has gone on by now
        ended.set()

    with every(timedelta(minutes=1), act, waits=waits):
        assert begun.wait(PATIENCE)
        if waits:
            may_end.set()
    assert ended.is_set() == waits
    may_end.set()
    assert ended.wait(PATIENCE)
