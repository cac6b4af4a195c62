"""The embedded engine: a pool of threads in this process that drains the channels which have something due."""

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from campaign.config import Channel
from campaign.delivery import leases, queue
from campaign.delivery.database import writing
from campaign.delivery.publish import Worker, drain
from campaign.publishers.publisher import Publisher, Unreachable

log = logging.getLogger("campaign.engine")

CHORES_EVERY = timedelta(seconds=5)
"""How often leases are renewed, what dead workers left is settled, and late deliveries are put aside."""
LAST_CALLS = 10.0
"""Seconds that running calls get to end when the program is stopped."""
KEY_TROUBLE = timedelta(minutes=5)
"""How long a channel rests whose keys the network did not accept at the start."""


class Engine:
    """Decides who runs `drain`: here, threads of this process. `wake` is all that the clock needs of it."""

    def __init__(
        self, channels: Mapping[str, Channel], publishers: Mapping[str, Publisher], worker: Worker, threads: int
    ) -> None:
        self._channels = channels
        self._publishers = publishers
        self._worker = worker
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="drain")
        self._busy: set[str] = set()
        self._change = threading.Condition()
        self._last_chores: datetime | None = None

    def tick(self) -> datetime | None:
        """Does the chores when it is time, wakes the channels, and says when the next delivery is due."""
        close_old_connections()
        now = self._worker.clock()
        try:
            self._chores(now)
            self.wake()
            return queue.next_due(now)
        except DatabaseError as problem:
            log.error("The database does not answer now, it is asked again in a second: %s", problem)
            return None

    def wake(self) -> int:
        """Starts a drain for every channel that has something due and is not being drained. Returns how many."""
        started = 0
        for name in queue.due_channels(self._worker.clock()):
            if name in self._publishers and self._begin(name):
                self._pool.submit(self._drain, name)
                started += 1
        return started

    def verify(self) -> dict[str, str]:
        """Asks every network, without posting, whether it accepts the channel's keys. Returns channel -> sentence.

        A channel whose keys are refused rests for a while; one that cannot be reached is left as it is.
        """
        verdicts = dict(zip(self._publishers, self._pool.map(_verdict, self._publishers.values()), strict=True))
        wrong = {name: verdict for name, verdict in verdicts.items() if verdict}
        for name, sentence in wrong.items():
            with writing():
                leases.ensure(name)
                leases.rest(name, self._worker.clock() + KEY_TROUBLE, sentence, trouble=True)
        return wrong

    def work_off(self) -> None:
        """Drains until nothing is due any more, then returns (`run --once`)."""
        self._chores(self._worker.clock())
        while not self._worker.stopping() and self.wake():
            self.wait_until_idle(None)

    def wait_until_idle(self, seconds: float | None) -> bool:
        """Waits until no drain runs; False when that took too long."""
        with self._change:
            return self._change.wait_for(lambda: not self._busy, seconds)

    def stop(self) -> bool:
        """Lets running calls end, then settles what is left. The worker must be stopping already.

        Returns False when a call is still running: its delivery is *unconfirmed* now.
        """
        self._pool.shutdown(wait=False)
        ended = self.wait_until_idle(LAST_CALLS)
        now = self._worker.clock()
        queue.settle_interrupted(now, "The program was stopped before the network answered.", worker=self._worker.name)
        leases.release_all(self._worker.name)
        return ended

    def _begin(self, name: str) -> bool:
        with self._change:
            if name in self._busy:
                return False
            self._busy.add(name)
            return True

    def _drain(self, name: str) -> None:
        attempts = 0
        try:
            close_old_connections()
            attempts = drain(self._channels[name], self._publishers[name], self._worker)
        except leases.LeaseLost:
            log.warning("Another worker has taken over channel %s.", name)
        except DatabaseError as problem:
            log.error("Channel %s: the database does not answer now, it is asked again: %s", name, problem)
        except Exception as surprise:  # one channel's surprise must not end the others; the next tick tries again
            log.error("Channel %s: something that nobody foresaw (%s: %s).", name, type(surprise).__name__, surprise)
        finally:
            with self._change:
                self._busy.discard(name)
                self._change.notify_all()
        if attempts and not self._worker.stopping():
            self._look_again()

    def _look_again(self) -> None:
        """Something may have become due between a drain's last look and its end."""
        try:
            self.wake()
        except (DatabaseError, RuntimeError):
            log.debug("The next tick looks again.")

    def _chores(self, now: datetime) -> None:
        if self._last_chores and timedelta(0) <= now - self._last_chores < CHORES_EVERY:
            return
        self._last_chores = now
        leases.renew_all(self._worker.name, now)
        queue.settle_interrupted(now, "The program ended while the post was being sent.")
        queue.settle_late(now, self._worker.zone)


def _verdict(publisher: Publisher) -> str | None:
    try:
        return publisher.verify()
    except Unreachable:
        return None
