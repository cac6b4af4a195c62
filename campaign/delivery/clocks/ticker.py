"""The clock: a tick for the next due time, and never further away than a second. The only file that knows APScheduler.

It holds no posts. What is due is a question to the queue."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from campaign.core.clock import Clock, system_clock

log = logging.getLogger("campaign.core.clock")

LONGEST = timedelta(seconds=1)
"""The longest time between two ticks, so that the work of another process and a changed clock are noticed."""


class Ticker:
    """Calls `tick` at least once a second, and once more at the moment that `due` names."""

    def __init__(self, tick: Callable[[], None], clock: Clock) -> None:
        self._tick = tick
        self._clock = clock
        self._last = clock()
        # One thread for the tick of a second, one for "due".
        self._scheduler = _scheduler(2)

    def start(self) -> None:
        """Begins to tick, at once."""
        self._scheduler.start()
        self._every_second()

    def stop(self) -> None:
        """Ends; a tick that runs is waited for."""
        self._scheduler.shutdown(wait=True)

    def due(self, at: datetime | None) -> None:
        """Ticks at this moment (aware, UTC; None when nothing is due) if it is less than a second ahead: for a later one
        every tick leads here again. Where the clock was changed, it begins to tick anew."""
        now = self._clock()
        # APScheduler reckons in the machine's time: after a step back of an hour it would sleep for an hour. A tick of a
        # busy machine may be a little late, and is no change.
        if not timedelta(0) <= now - self._last < LONGEST * 5:
            log.warning(
                "The machine's clock was changed, or the machine slept: it is now %s UTC.",
                f"{now:%Y-%m-%d %H:%M:%S}",
            )
            self._every_second()
        self._last = now
        if at is not None and at - now < LONGEST:
            self._scheduler.add_job(
                self._tick, DateTrigger(at, timezone=UTC), id="due", replace_existing=True
            )

    def _every_second(self) -> None:
        trigger = IntervalTrigger(seconds=int(LONGEST.total_seconds()), timezone=UTC)
        self._scheduler.add_job(
            self._tick, trigger, id="second", replace_existing=True, next_run_time=self._clock()
        )


@contextmanager
def every(span: timedelta, act: Callable[[], None], *, waits: bool = True) -> Iterator[None]:
    """Calls `act` now and then once in each span, in a thread of its own; one that runs at the end is waited for, here or
    when the process ends."""
    scheduler = _scheduler(1)
    trigger = IntervalTrigger(seconds=int(span.total_seconds()), timezone=UTC)
    scheduler.add_job(act, trigger, next_run_time=system_clock())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=waits)


def _scheduler(threads: int) -> BackgroundScheduler:
    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(threads)},
        # However late a tick comes, it is run, and once for all that were missed.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
