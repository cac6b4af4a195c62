"""The embedded engine: turns taken one after the other in the thread that calls it, networks called in a pool of threads.

Only the thread of the turns touches the database."""

import logging
import queue as queues
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import Error, connection

from campaign.config import Channel
from campaign.core.clock import steady
from campaign.core.sentence import Sentence
from campaign.database.accounts import gaps_in_force
from campaign.database.sql import writing
from campaign.delivery import candidates, leases, pauses, queue, reconcile
from campaign.delivery.attempts import Claim
from campaign.delivery.claims.questions import ClaimQuestion, ClaimQuestions
from campaign.delivery.clocks import agreement
from campaign.delivery.clocks.asked import Asked, TimeTold, tell_time
from campaign.delivery.errands import agenda
from campaign.delivery.lookback.waiting import channels_to_look_at, since_of
from campaign.delivery.publish import AttemptAnswer, Look, Worker, send, turn
from campaign.delivery.reconcile import Doubt
from campaign.delivery.takedown import Answered, Errand, delete
from campaign.publishers.publisher import NotThere, Outcome, Publisher, Unconfirmed, Unreachable

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


Heard = AttemptAnswer | Look | Answered | Wrong | TimeTold | ClaimQuestion | None
"""What comes into the engine's inbox; None wakes it."""


class Engine:
    """Publishes what is due on the channels that it has publishers for. `wake` is all that a clock needs of it."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        publishers: Mapping[str, Publisher],
        worker: Worker,
        threads: int,
        pool: Executor | None = None,
    ) -> None:
        """`pool` calls the networks; without one, so many threads of the engine's own do."""
        self._channels = {name: channels[name] for name in publishers}
        self._publishers = publishers
        self._worker = replace(worker, times=partial(agreement.times_of, publishers))
        self._clock = worker.clock
        self._gaps = partial(gaps_in_force, tuple(channels.values()))
        self._limit = worker.publishing.clock_limit
        self._read = partial(agreement.read, self._worker.times, self._clock)
        self._keep = partial(agreement.keep, worker.name, self._limit, publishers)
        self._times = Asked(worker.publishing.retry_wait)
        # Calls at a time: twice the threads, so that no thread waits for the database.
        self._slots = threads * 2
        self._pool = pool or ThreadPoolExecutor(threads, thread_name_prefix="call")
        self._inbox: queues.SimpleQueue[Heard] = queues.SimpleQueue()
        self._answers: list[AttemptAnswer] = []  #: ended, not yet written down
        self._looks: list[Look] = []  #: as the answers, of looking for what is unconfirmed
        self._calling: set[str] = set()  #: channels whose network is being called
        self._deleting: set[int] = set()  #: deliveries that are being taken down
        #: channels that had their turn and nothing to claim: lined up again, they would keep `work_off` from ending
        self._idle: set[str] = set()
        self._questions = ClaimQuestions(self._inbox.put)
        #: channels that may have something due, in the order in which they get a turn
        self._ready: deque[str] = deque()
        self._stopping = False
        self._woken = True  #: somebody said that something may be due
        self._last_chores: datetime | None = None
        self._is_tidy = False  #: no chore waits but for its time
        with writing():
            leases.ensure(channels)

    def wake(self) -> None:
        """Something may be due now. May be called from any thread, and from a signal's handler."""
        self._inbox.put(None)

    def held_up(self) -> dict[str, str]:
        """Why nothing goes out on a channel, for those that the time keeps back."""
        return self._times.held_up(self._publishers, self._read(), self._limit)

    def stop(self) -> None:
        """Begin nothing new. May be called from any thread, and from a signal's handler."""
        self._stopping = True
        self.wake()

    def work_off(self) -> None:
        """Publishes until nothing that is due can go out any more, or until it is stopped (`run --once`)."""
        self._survey()
        self._idle.clear()
        while not self._stopping and (self._ready or self._is_busy()):
            self._idle |= self._take_turn()
            if self._calling or self._deleting:
                self._listen()
            if not self._ready:
                self._survey()
            self._ready = deque(name for name in self._ready if name not in self._idle)

    def work(self, next_due: Callable[[datetime | None], None]) -> None:
        """Publishes until it is stopped. `next_due` is called after every survey, and once a second at least, with the
        moment (aware, UTC) at which something will be due next; None when nothing will, or the database does not answer."""
        while not self._stopping:
            if self._woken:
                self._survey()
                next_due(self._ask(lambda: candidates.next_due(self._clock())))
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
        self._questions.answer(())  # what nobody will write down any more is not sent either
        self._ask(self._give_back)
        return not self._calling - self._times.asking

    def _give_back(self) -> None:
        why = Sentence("The program was stopped before the network answered.")
        with writing():
            queue.settle_interrupted(self._clock(), why, worker=self._worker.name)
            leases.release_all(self._worker.name)

    def verify(self, tell: Callable[[str], None]) -> None:
        """Asks every network, without posting, whether it accepts the channel's keys; does not wait for the answers.

        For a channel whose keys are refused, `tell` is called with a sentence, from a thread of the pool, and the channel
        rests for KEY_TROUBLE waits; one that cannot be reached is left as it is.
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
        waiting = self._ask(lambda: candidates.waiting(self._clock()))
        if waiting is None:
            return
        if waiting.doubts:
            self._ask(self._seek)
        if waiting.takedowns:
            self._ask(self._take_down)
        self._ask_times(waiting.channels)
        self._ready.extend(
            name
            for name in waiting.channels
            if self._is_free(name) and self._times.has_answered(name)
        )

    def _ask_times(self, channels: Iterable[str]) -> None:
        """Begins to ask the networks of these channels for their time where it is not known, or seems to be another one."""
        free = [name for name in channels if self._is_free(name) and not self._stopping]
        for name in self._times.to_ask(self._read(), self._limit, free):
            self._times.ask(name)
            self._calling.add(name)
            self._pool.submit(tell_time, name, self._publishers[name], self._inbox.put)

    def _is_busy(self) -> bool:
        return bool(self._calling or self._answers or self._looks or self._deleting)

    def _is_free(self, name: str) -> bool:
        taken = {*self._ready, *self._calling, *self._unwritten()}
        return name in self._channels and name not in taken

    def _unwritten(self) -> list[str]:
        """The channels of which something has ended that is not written down yet."""
        ended: list[AttemptAnswer | Look] = [*self._answers, *self._looks]
        return [answer.channel.name for answer in ended]

    def _take_turn(self) -> set[str]:
        """One turn of the main flow; with a database that does not answer, it is taken again later.

        Returns the channels on which there was nothing to claim."""
        self._questions.take_turns()
        since = steady()
        # Where something has just ended, the next may be due: the turn that writes it down claims that, too.
        lined_up = [*self._ready, *filter(self._times.has_answered, self._unwritten())]
        # Looks for what is in doubt begin beside the turns, so that more may be going on than there are slots.
        slots = 0 if self._stopping else max(0, self._slots - len(self._calling))
        free = [self._channels[name] for name in lined_up[:slots]]
        if not (free or self._answers or self._looks):
            return set()
        try:
            claims = turn(self._answers, self._looks, free, self._worker)
        except Error as problem:
            self._stumble(problem)
            return set()
        # Forgotten only when they are committed: after an error the same turn is taken again, with all of them.
        self._answers, self._looks = [], []
        self._ready = deque(lined_up[slots:])
        idle = {channel.name for channel in free}
        for claim in claims:
            idle.discard(claim.channel)
            self._calling.add(claim.channel)
            self._pool.submit(self._send, claim, since)
        return idle

    def _send(self, claim: Claim, since: float) -> None:
        """Runs in the pool. Whatever happens, an answer comes of it. `since`: from when on, in the seconds of `steady`, the
        claim may be this worker's."""
        channel = self._channels[claim.channel]
        failed = Sentence("The program failed while the post was being sent.")
        outcome: Outcome | NotThere = Unconfirmed(failed)
        try:
            publisher = self._publishers[claim.channel]
            outcome = send(
                publisher, claim, self._worker, partial(self._questions.is_ours, since)
            )
        finally:  # also at what is no Exception: without an answer, the channel would be busy for ever
            self._inbox.put(AttemptAnswer(claim, channel, outcome))

    def _tell_asked(self) -> None:
        """Answers all threads that wait; with a database that does not answer, they are answered later."""
        claims = self._questions.claims
        held = self._ask(lambda: queue.still_claimed(claims, self._clock()))
        if held is not None:
            self._questions.answer(held)

    def _seek(self) -> None:
        """Looks for what is unconfirmed, and back for what the database does not know, on every free channel where it is time
        to. Its other posts wait meanwhile: one with the same text could be taken for the one that is looked for."""
        reading = self._read()
        names = {*reconcile.channels_in_doubt(reading.now), *channels_to_look_at(reading.now)}
        self._ask_times(names)
        # By a clock that is wrong, or that no network knows, no channel is taken from another worker.
        for name in names:
            if self._is_free(name) and self._times.has_answered(name) and not self._stopping:
                self._seek_on(self._channels[name], reading)

    def _seek_on(self, channel: Channel, reading: agreement.Reading) -> None:
        by = reading.time_on(channel.name, self._limit)
        # In one transaction: what is in doubt on a channel is for its worker alone to settle.
        with writing():
            held = leases.take([channel], self._worker.name, by)
            doubts = reconcile.doubts_of(channel.name, reading.now) if held else []
            back = since_of(channel.name, reading.now) if held else None
        if doubts or back:
            self._calling.add(channel.name)
            self._pool.submit(self._look, channel, doubts, back)

    def _look(self, channel: Channel, doubts: list[Doubt], back: datetime | None) -> None:
        """Runs in the pool."""
        sight = reconcile.look(self._publishers[channel.name], doubts, back)
        self._inbox.put(Look(channel, doubts, sight, back))

    def _take_down(self) -> None:
        """Begins to delete what storytellers took back. It goes on beside everything else: no channel waits for it."""
        if self._stopping:
            return
        channels, now = self._publishers.keys(), self._clock()
        for errand in agenda.begin(channels, now):
            self._deleting.add(errand.delivery)
            self._pool.submit(self._delete, errand)

    def _delete(self, errand: Errand) -> None:
        """Runs in the pool."""
        self._inbox.put(delete(self._publishers[errand.channel], errand))

    def _listen(self) -> None:
        """Takes all answers and wakes that have come; waits for one, a second at the most, when there is nothing to do."""
        has_work = bool(self._answers or self._looks or self._ready or self._questions.claims)
        can_go_on = has_work and len(self._calling) < self._slots
        try:
            self._hear(self._inbox.get(timeout=0 if can_go_on else 1))
            while True:
                self._hear(self._inbox.get_nowait())
        except queues.Empty:
            self._woken = self._woken or not can_go_on
        self._tell_asked()

    def _hear(self, heard: Heard) -> None:
        match heard:
            case None:
                self._woken = True
            case Wrong():
                self._ask(lambda: self._rest(heard))
            case TimeTold():
                self._calling.discard(heard.channel)
                self._ask(lambda: self._take_time(heard))
            case Answered():
                self._deleting.discard(heard.errand.delivery)
                self._idle.discard(heard.errand.channel)  # what waited for that may go out now
                self._ask(lambda: agenda.settle(heard, self._clock()))
            case AttemptAnswer():
                self._calling.discard(heard.channel.name)
                self._answers.append(heard)
            case Look():
                self._calling.discard(heard.channel.name)
                self._looks.append(heard)
            case ClaimQuestion():
                self._questions.hear(heard)

    def _take_time(self, told: TimeTold) -> None:
        self._woken, self._is_tidy = True, False  # what waited for the right time goes on
        self._times.hear(told)

    def _rest(self, wrong: Wrong) -> None:
        until = self._clock() + KEY_TROUBLE * self._worker.publishing.retry_wait
        with writing():
            leases.rest(wrong.channel, until, wrong.sentence)

    def _ask(self, question: Callable[[], T]) -> T | None:
        try:
            return question()
        except Error as problem:
            self._stumble(problem)
            return None

    def _stumble(self, problem: Error) -> None:
        unwritten = ""
        if self._answers:
            unwritten = f" {len(self._answers)} answers of networks wait to be written down."
        said = str(problem).strip()
        log.error(
            "The database does not answer now (%s): it is asked again.%s", said, unwritten
        )
        with suppress(Error):  # even this may ask a server that is not there
            connection.close()  # a broken one would fail for ever: the next question opens another
        time.sleep(0.2)  # a server that is starting is not asked without a break

    def _chores(self) -> None:
        reading = self._read()
        now, last = reading.now, self._last_chores
        # A clock that was put back counts as time: else no lease would be renewed until it has caught up.
        if self._is_tidy and last and timedelta(0) <= now - last < CHORES_EVERY:
            return
        agreement.put_back(now, last, self._worker.publishing.settle, self._gaps)
        # Until a network that seems to disagree was asked anew, and has answered, nothing is said of it.
        self._ask_times(reading.ahead)
        self._keep(reading, {*self._calling, *self._times.unanswered}, self._times.asking)
        busy = {*self._calling, *self._unwritten()}
        if busy or candidates.is_untidy(self._worker.name, now):
            self._tidy_up(busy, reading)
        self._last_chores, self._is_tidy = now, True

    def _tidy_up(self, busy: Collection[str], reading: agreement.Reading) -> None:
        name, now = self._worker.name, reading.now
        why = Sentence("The program or its database broke off while the post was being sent.")
        with writing():
            # First of all, so that a call which takes long is not taken for one of a worker that is gone.
            leases.renew(busy, name, now)
            leases.take_from_the_dead(name)
            # What takes a claim, ends a day of mourning, or gives a post up, is the right time, and not this machine's.
            is_right = self._times.any_agrees(reading, self._limit)
            if is_right:
                queue.settle_interrupted(now, why, worker=name, busy=busy)
                pauses.end_over(now)
                queue.settle_late(now, self._worker.zone)
        if not is_right:
            self._ask_times(self._channels)
