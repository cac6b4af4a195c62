"""The clock: a tick for the next due time, and never further away than a second. The only file that knows APScheduler.

It holds no posts. What is due is a question to the queue."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from campaign.clock import Clock

log = logging.getLogger("campaign.clock")

LONGEST = timedelta(seconds=1)
"""The longest time between two ticks, so that the work of another process and a changed clock are noticed."""


class Ticker:
    """Calls `tick` at least once a second, and once more at the moment that the last call named."""

    def __init__(self, tick: Callable[[], datetime | None], clock: Clock) -> None:
        self._tick = tick
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        self._last = clock()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(2)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begins to tick, at once."""
        self._scheduler.start()
        self._every_second()

    def stop(self) -> None:
        """Ends; a tick that runs is waited for."""
        self._scheduler.shutdown(wait=True)

    def heed_clock(self) -> None:
        """To be called about once a second from outside: when the machine's clock was set, the ticks are set anew.

        APScheduler reckons in the machine's time, so that after a step back of an hour it would sleep for an hour.
        """
        now = self._clock()
        if not timedelta(0) <= now - self._last < LONGEST * 3:
            log.warning(
                "The machine's clock was changed, or the machine slept: it is now %s UTC.",
                now.strftime("%Y-%m-%d %H:%M:%S"),
            )
            self._every_second()
        self._last = now

    def _every_second(self) -> None:
        trigger = IntervalTrigger(seconds=LONGEST.total_seconds(), timezone=UTC)
        self._scheduler.add_job(self._run, trigger, id="second", replace_existing=True, next_run_time=self._clock())

    def _run(self) -> None:
        with self._one_at_a_time:
            due = self._tick()
        if due is not None and due - self._clock() < LONGEST:
            self._scheduler.add_job(self._run, DateTrigger(due, timezone=UTC), id="due", replace_existing=True)
