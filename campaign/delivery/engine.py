"""The embedded engine: turns taken one after the other in the thread that calls it, networks called in a pool of threads.

Only the thread of the turns touches the database."""

import logging
import queue as queues
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import DatabaseError, connection

from campaign.config import Channel
from campaign.delivery import leases, queue
from campaign.delivery.database import writing
from campaign.delivery.publish import Answer, Worker, send, turn
from campaign.delivery.queue import Claim
from campaign.publishers.publisher import Publisher, Unconfirmed, Unreachable

log = logging.getLogger("campaign.engine")
T = TypeVar("T")

CHORES_EVERY = timedelta(seconds=5)
"""How often leases are renewed, what dead workers left is settled, and late deliveries are put aside."""
LAST_CALLS = 10.0
"""Seconds that running calls get to end when the program is stopped."""
KEY_TROUBLE = timedelta(minutes=5)
"""How long a channel rests whose keys the network did not accept at the start."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A channel whose keys its network does not accept, and what to tell a person."""

    channel: str
    sentence: str


class Engine:
    """Publishes what is due on the channels that it has publishers for. `wake` is all that a clock needs of it."""

    def __init__(
        self, channels: Mapping[str, Channel], publishers: Mapping[str, Publisher], worker: Worker, threads: int
    ) -> None:
        self._channels = {name: channels[name] for name in publishers}
        self._publishers = publishers
        self._worker = worker
        #: claims at a time: twice the threads, so that no thread waits for the database
        self._slots = threads * 2
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="send")
        self._inbox: queues.SimpleQueue[Answer | Wrong | None] = queues.SimpleQueue()
        self._answers: list[Answer] = []  #: ended, not yet written down
        self._sending: dict[str, Claim] = {}
        self._ready: deque[str] = (
            deque()
        )  #: channels that may have something due, in the order in which they get a turn
        self._stopping = False
        self._woken = True  #: somebody said that something may be due
        self._last_chores: datetime | None = None
        with writing():
            leases.ensure(channels)

    def wake(self) -> None:
        """Something may be due now. May be called from any thread, and from a signal's handler."""
        self._inbox.put(None)

    def stop(self) -> None:
        """Begin nothing new. May be called from any thread, and from a signal's handler."""
        self._stopping = True
        self.wake()

    def work_off(self) -> None:
        """Publishes until nothing is due any more, or until it is stopped (`run --once`)."""
        self._look()
        while not self._stopping and (self._ready or self._sending or self._answers):
            self._take_turn()
            if self._sending:
                self._listen()
            if not self._ready:
                self._look()

    def work(self, next_due: Callable[[datetime | None], None]) -> None:
        """Publishes until it is stopped. `next_due` hears, after every look and once a second at least, when something
        will be due next."""
        while not self._stopping:
            if self._woken:
                self._look()
                next_due(self._ask(lambda: queue.next_due(self._worker.clock())))
            self._take_turn()
            self._listen()

    def end(self) -> bool:
        """Lets running calls end, records them, and settles what is left; gives all channels back.

        Returns False when a call is still running: its delivery is *unconfirmed* now.
        """
        self._stopping = True
        self._pool.shutdown(wait=False)
        deadline = time.monotonic() + LAST_CALLS
        while (self._sending or self._answers) and time.monotonic() < deadline:
            self._take_turn()
            if self._sending:
                self._listen()
        with writing():
            why = "The program was stopped before the network answered."
            queue.settle_interrupted(self._worker.clock(), why, worker=self._worker.name)
            leases.release_all(self._worker.name)
        return not self._sending

    def verify(self, tell: Callable[[str], None]) -> None:
        """Asks every network, without posting, whether it accepts the channel's keys; does not wait for the answers.

        A channel whose keys are refused is told and rests for a while; one that cannot be reached is left as it is.
        """
        for name, publisher in self._publishers.items():
            self._pool.submit(self._verify, name, publisher, tell)

    def _verify(self, name: str, publisher: Publisher, tell: Callable[[str], None]) -> None:
        try:
            sentence = publisher.verify()
        except Unreachable:
            return
        if sentence:
            tell(sentence)
            self._inbox.put(Wrong(name, sentence))

    def _look(self) -> None:
        """Does the chores when it is time, and lines up every channel that has something due and is free."""
        self._woken = False
        self._ask(self._chores)
        due = self._ask(lambda: queue.due_channels(self._worker.clock())) or []
        busy = {*self._ready, *self._sending, *(answer.channel.name for answer in self._answers)}
        self._ready.extend(name for name in due if name in self._channels and name not in busy)

    def _take_turn(self) -> None:
        """One turn of the main flow; with a database that does not answer, it is taken again later."""
        lined_up = [*self._ready, *(answer.channel.name for answer in self._answers)]
        slots = 0 if self._stopping else self._slots - len(self._sending)
        free = [self._channels[name] for name in lined_up[:slots]]
        if not (free or self._answers):
            return
        try:
            claims = turn(self._answers, free, self._worker)
        except DatabaseError as problem:
            self._stumble(problem)
            return
        self._answers = []
        self._ready = deque(lined_up[slots:])
        for claim in claims:
            self._sending[claim.channel] = claim
            self._pool.submit(self._send, claim)

    def _send(self, claim: Claim) -> None:
        """Runs in the pool. Whatever happens, an answer comes of it."""
        channel = self._channels[claim.channel]
        outcome = Unconfirmed("The program failed while the post was being sent.")
        try:
            self._inbox.put(Answer(claim, channel, send(self._publishers[claim.channel], claim, self._worker)))
        except BaseException:
            self._inbox.put(Answer(claim, channel, outcome))
            raise

    def _listen(self) -> None:
        """Takes all answers and wakes that have come; waits for one, a second at the most, when there is nothing to do."""
        can_go_on = bool(self._answers or self._ready) and len(self._sending) < self._slots
        try:
            self._hear(self._inbox.get(timeout=0 if can_go_on else 1))
            while True:
                self._hear(self._inbox.get_nowait())
        except queues.Empty:
            self._woken = self._woken or not can_go_on

    def _hear(self, answer: Answer | Wrong | None) -> None:
        if answer is None:
            self._woken = True
        elif isinstance(answer, Wrong):
            self._ask(lambda: self._rest(answer))
        else:
            del self._sending[answer.channel.name]
            self._answers.append(answer)

    def _rest(self, wrong: Wrong) -> None:
        with writing():
            leases.rest(wrong.channel, self._worker.clock() + KEY_TROUBLE, wrong.sentence)

    def _ask(self, question: Callable[[], T]) -> T | None:
        try:
            return question()
        except DatabaseError as problem:
            self._stumble(problem)
            return None

    def _stumble(self, problem: DatabaseError) -> None:
        unwritten = f" {len(self._answers)} answers of networks wait to be written down." if self._answers else ""
        log.error("The database does not answer now (%s): it is asked again.%s", str(problem).strip(), unwritten)
        connection.close_if_unusable_or_obsolete()
        time.sleep(0.2)

    def _chores(self) -> None:
        now = self._worker.clock()
        if self._last_chores and timedelta(0) <= now - self._last_chores < CHORES_EVERY:
            return
        with writing():
            leases.renew(self._sending, self._worker.name, now)
            queue.settle_interrupted(now, "The program ended while the post was being sent.")
            queue.settle_late(now, self._worker.zone)
        self._last_chores = now
