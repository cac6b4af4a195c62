"""Asking the networks what time they have."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from campaign.core.clock import Clock, steady
from campaign.core.sentence import Sentence
from campaign.delivery.clocks.agreement import Reading, read, said, tell_obstacle, times_of
from campaign.publishers.publisher import Publisher, Unreachable


class Asked:
    """Of which channels the network was asked for its time, and when; for the thread of the turns alone.

    Nothing goes out before the network has answered, and nothing is said to be wrong but by a fresh answer: a machine that
    was stopped as a whole, as a virtual one may be, comes to the right time by what looks like a jump.
    """

    def __init__(self, again: timedelta) -> None:
        # However short the waits are, a program that is to end when all is done must not ask without end.
        self._again = max(again.total_seconds(), 1.0)
        self._at: dict[str, float] = {}
        self._answered: set[str] = set()
        self._obstacles: dict[str, str] = {}
        self.asking: set[str] = set()  #: channels whose network is being asked

    def to_ask(self, reading: Reading, limit: timedelta, among: Iterable[str]) -> list[str]:
        """The channels among these whose network is to be asked now."""
        names = []
        for name in among:
            is_settled = self.has_answered(name) and name not in self._obstacles
            is_settled = is_settled and reading.agrees(name, limit)
            if not is_settled and not self._was_just_asked(name):
                names.append(name)
        return names

    def _was_just_asked(self, channel: str) -> bool:
        at = self._at.get(channel)
        return at is not None and steady() - at < self._again

    def ask(self, channel: str) -> None:
        """It is being asked."""
        self._at[channel] = steady()
        self.asking.add(channel)

    def hear(self, told: "TimeTold") -> None:
        """A network has answered, with its time or without; or not, which is told."""
        self.asking.discard(told.channel)
        self._at[told.channel] = steady()  # from now on, however long it took
        self._obstacles.pop(told.channel, None)
        if told.obstacle:
            self._obstacles[told.channel] = told.obstacle
        else:
            self._answered.add(told.channel)
        tell_obstacle(told.channel, told.obstacle)

    def has_answered(self, channel: str) -> bool:
        """Whether it is known what time the network has, if it tells."""
        return channel in self._answered

    @property
    def unanswered(self) -> Collection[str]:
        """The channels whose network did not answer when it was asked last."""
        return self._obstacles.keys()

    def held_up(
        self, publishers: Mapping[str, Publisher], reading: Reading, limit: timedelta
    ) -> dict[str, str]:
        """Why nothing goes out on a channel: its network did not say what time it has, or says that this clock is wrong."""
        why = dict(self._obstacles)
        for name in self._answered:
            if not reading.agrees(name, limit):
                title = publishers[name].network.title
                why[name] = said(title, [name], reading.ahead[name], limit)
        return why

    def any_agrees(self, reading: Reading, limit: timedelta) -> bool:
        """Whether the machine's clock is right, as far as any network says: one alone may be wrong itself."""
        return any(reading.agrees(name, limit) for name in self._answered)


@dataclass(frozen=True, slots=True)
class TimeTold:
    """A network was asked for its time; `obstacle` says why it did not answer, "" when it did."""

    channel: str
    obstacle: str = ""


def ask_time(channel: str, publisher: Publisher) -> TimeTold:
    """Asks a network for its time; called where networks are."""
    try:
        publisher.ask_time()
    except Unreachable as problem:
        return TimeTold(channel, str(problem))
    except Exception as surprise:  # whatever it is, nothing was sent
        name = type(surprise).__name__
        said = Sentence("The network's answer could not be understood ({0}).", name)
        return TimeTold(channel, said)
    return TimeTold(channel)


def tell_time(channel: str, publisher: Publisher, tell: Callable[[TimeTold], None]) -> None:
    """As `ask_time`, for a thread of its own."""
    tell(ask_time(channel, publisher))


def is_right(publishers: Mapping[str, Publisher], clock: Clock, limit: timedelta) -> bool:
    """Whether a network says that this machine's clock is right; asks one after the other until one does. One that tells no
    time says nothing."""
    return any(
        _agrees(name, publisher, clock, limit)
        or (not ask_time(name, publisher).obstacle and _agrees(name, publisher, clock, limit))
        for name, publisher in publishers.items()
    )


def _agrees(name: str, publisher: Publisher, clock: Clock, limit: timedelta) -> bool:
    reading = read(partial(times_of, {name: publisher}), clock)
    if name not in reading.ahead:
        return False
    return reading.agrees(name, limit)
