"""The embedded engine: turns taken one after the other in the thread that calls it, networks called in a pool of threads.

Only the thread of the turns touches the database."""

import logging
import queue as queues
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import Error, connection

from campaign.config import Channel
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery import candidates, leases, pauses, queue, reconcile, takedown
from campaign.delivery.attempts import Claim
from campaign.delivery.publish import AttemptAnswer, Look, Worker, send, turn
from campaign.delivery.reconcile import Doubt
from campaign.delivery.takedown import Answered, Errand
from campaign.publishers.publisher import Outcome, Publisher, Unconfirmed, Unreachable

log = logging.getLogger("campaign.engine")
T = TypeVar("T")

CHORES_EVERY = timedelta(seconds=5)
"""How often leases are renewed, what dead workers left is settled, and late deliveries are put aside."""
LAST_CALLS = 10.0
"""Seconds that running calls get to end when the program is stopped."""
KEY_TROUBLE = 5
"""So many times the wait before another try a channel rests whose keys the network did not accept at the start."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A channel whose keys its network does not accept, and what to tell a person."""

    channel: str
    sentence: str


class Engine:
    """Publishes what is due on the channels that it has publishers for. `wake` is all that a clock needs of it."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        publishers: Mapping[str, Publisher],
        worker: Worker,
        threads: int,
        pool: Executor
        | None = None,  #: who calls the networks; so many threads when nobody is named
    ) -> None:
        self._channels = {name: channels[name] for name in publishers}
        self._publishers = publishers
        self._worker = worker
        #: calls at a time: twice the threads, so that no thread waits for the database
        self._slots = threads * 2
        self._pool = pool or ThreadPoolExecutor(threads, thread_name_prefix="call")
        self._inbox: queues.SimpleQueue[AttemptAnswer | Look | Answered | Wrong | None] = (
            queues.SimpleQueue()
        )
        self._answers: list[AttemptAnswer] = []  #: ended, not yet written down
        self._looks: list[Look] = []  #: as the answers, of looking for what is unconfirmed
        self._calling: set[str] = set()  #: channels whose network is being called
        self._deleting: set[int] = set()  #: deliveries that are being taken down
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
        """Publishes until nothing that is due can go out any more, or until it is stopped (`run --once`)."""
        self._survey()
        idle: set[str] = (
            set()
        )  #: channels that had their turn and nothing to claim: paused, or another worker's
        while not self._stopping and (self._ready or self._is_busy()):
            idle |= self._take_turn()
            if self._calling or self._deleting:
                self._listen()
            if not self._ready:
                self._survey()
            self._ready = deque(name for name in self._ready if name not in idle)

    def work(self, next_due: Callable[[datetime | None], None]) -> None:
        """Publishes until it is stopped. `next_due` hears, after every survey and once a second at least, when
        something will be due next."""
        while not self._stopping:
            if self._woken:
                self._survey()
                next_due(self._ask(lambda: candidates.next_due(self._worker.clock())))
            self._take_turn()
            self._listen()

    def end(self) -> bool:
        """Lets running calls end, records them, and settles what is left; gives all channels back.

        Returns False when a call is still running: its delivery is *unconfirmed* now.
        """
        self._stopping = True
        self._pool.shutdown(wait=False)
        deadline = time.monotonic() + LAST_CALLS
        while self._is_busy() and time.monotonic() < deadline:
            self._take_turn()
            if self._calling or self._deleting:
                self._listen()
        self._ask(self._give_back)
        return not self._calling

    def _give_back(self) -> None:
        with writing():
            why = Sentence("The program was stopped before the network answered.")
            queue.settle_interrupted(self._worker.clock(), why, worker=self._worker.name)
            leases.release_all(self._worker.name)

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
            tell(f"Channel {name}: {sentence}")
            self._inbox.put(Wrong(name, sentence))

    def _survey(self) -> None:
        """Does the chores when it is time, looks for what is in doubt, and lines up every free channel that has
        something due."""
        self._woken = False
        self._ask(self._chores)
        waiting = self._ask(lambda: candidates.waiting(self._worker.clock()))
        if waiting is None:
            return
        if waiting.doubts:
            self._ask(self._seek)
        if waiting.takedowns:
            self._ask(self._take_down)
        self._ready.extend(name for name in waiting.channels if self._is_free(name))

    def _is_busy(self) -> bool:
        return bool(self._calling or self._answers or self._looks or self._deleting)

    def _is_free(self, name: str) -> bool:
        return name in self._channels and name not in {
            *self._ready,
            *self._calling,
            *self._unwritten(),
        }

    def _unwritten(self) -> list[str]:
        """The channels of which something has ended that is not written down yet."""
        return [answer.channel.name for answer in self._answers] + [
            look.channel.name for look in self._looks
        ]

    def _take_turn(self) -> set[str]:
        """One turn of the main flow; with a database that does not answer, it is taken again later.

        Returns the channels on which there was nothing to claim."""
        lined_up = [*self._ready, *self._unwritten()]
        slots = 0 if self._stopping else self._slots - len(self._calling)
        free = [self._channels[name] for name in lined_up[:slots]]
        if not (free or self._answers or self._looks):
            return set()
        try:
            claims = turn(self._answers, self._looks, free, self._worker)
        except Error as problem:
            self._stumble(problem)
            return set()
        self._answers, self._looks = [], []
        self._ready = deque(lined_up[slots:])
        for claim in claims:
            self._calling.add(claim.channel)
            self._pool.submit(self._send, claim)
        return {channel.name for channel in free} - {claim.channel for claim in claims}

    def _send(self, claim: Claim) -> None:
        """Runs in the pool. Whatever happens, an answer comes of it."""
        channel = self._channels[claim.channel]
        outcome: Outcome = Unconfirmed(
            Sentence("The program failed while the post was being sent.")
        )
        try:
            outcome = send(self._publishers[claim.channel], claim, self._worker)
        finally:
            self._inbox.put(AttemptAnswer(claim, channel, outcome))

    def _seek(self) -> None:
        """Looks for what is unconfirmed, on every free channel where it is time to. Other posts of the channel wait
        meanwhile, so that one with the same text cannot be taken for the one that is looked for."""
        now = self._worker.clock()
        for name in reconcile.channels_in_doubt(now):
            if self._is_free(name) and not self._stopping:
                with writing():
                    held = leases.take([self._channels[name]], self._worker.name, now)
                    doubts = reconcile.doubts_of(name, now) if held else []
                if doubts:
                    self._calling.add(name)
                    self._pool.submit(self._look, self._channels[name], doubts)

    def _look(self, channel: Channel, doubts: list[Doubt]) -> None:
        """Runs in the pool."""
        self._inbox.put(
            Look(channel, doubts, reconcile.look(self._publishers[channel.name], doubts))
        )

    def _take_down(self) -> None:
        """Begins to delete what storytellers took back. It stands beside everything else: no channel waits for it."""
        if self._stopping:
            return
        for errand in takedown.begin(self._publishers.keys(), self._worker.clock()):
            self._deleting.add(errand.delivery)
            self._pool.submit(self._delete, errand)

    def _delete(self, errand: Errand) -> None:
        """Runs in the pool."""
        self._inbox.put(takedown.delete(self._publishers[errand.channel], errand))

    def _listen(self) -> None:
        """Takes all answers and wakes that have come; waits for one, a second at the most, when there is nothing to do."""
        can_go_on = (
            bool(self._answers or self._looks or self._ready) and len(self._calling) < self._slots
        )
        try:
            self._hear(self._inbox.get(timeout=0 if can_go_on else 1))
            while True:
                self._hear(self._inbox.get_nowait())
        except queues.Empty:
            self._woken = self._woken or not can_go_on

    def _hear(self, heard: AttemptAnswer | Look | Answered | Wrong | None) -> None:
        match heard:
            case None:
                self._woken = True
            case Wrong():
                self._ask(lambda: self._rest(heard))
            case Answered():
                self._deleting.discard(heard.errand.delivery)
                self._ask(lambda: takedown.settle(heard, self._worker.clock()))
            case AttemptAnswer():
                self._calling.discard(heard.channel.name)
                self._answers.append(heard)
            case Look():
                self._calling.discard(heard.channel.name)
                self._looks.append(heard)

    def _rest(self, wrong: Wrong) -> None:
        until = self._worker.clock() + KEY_TROUBLE * self._worker.publishing.retry_wait
        with writing():
            leases.rest(wrong.channel, until, wrong.sentence)

    def _ask(self, question: Callable[[], T]) -> T | None:
        try:
            return question()
        except Error as problem:
            self._stumble(problem)
            return None

    def _stumble(self, problem: Error) -> None:
        unwritten = (
            f" {len(self._answers)} answers of networks wait to be written down."
            if self._answers
            else ""
        )
        log.error(
            "The database does not answer now (%s): it is asked again.%s",
            str(problem).strip(),
            unwritten,
        )
        with suppress(Error):  # even this may ask a server that is not there
            connection.close()
        time.sleep(0.2)

    def _chores(self) -> None:
        now = self._worker.clock()
        if self._last_chores and timedelta(0) <= now - self._last_chores < CHORES_EVERY:
            return
        busy = {*self._calling, *self._unwritten()}
        if busy or candidates.is_untidy(self._worker.name, now):
            self._tidy_up(busy, now)
        self._last_chores = now

    def _tidy_up(self, busy: Collection[str], now: datetime) -> None:
        with writing():
            leases.renew(busy, self._worker.name, now)
            leases.take_from_the_dead(self._worker.name)
            why = Sentence("The program or its database broke off while the post was being sent.")
            queue.settle_interrupted(now, why, worker=self._worker.name, busy=busy)
            pauses.end_over(now)
            queue.settle_late(now, self._worker.zone)
