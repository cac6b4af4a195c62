"""Asking the networks what time they have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from campaign.core.clock import Clock, steady
from campaign.core.sentence import Sentence
from campaign.delivery.clocks.agreement import Reading, read, times_of
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

    def to_ask(self, reading: Reading, limit: timedelta, among: Iterable[str]) -> list[str]:
        """The channels among these whose network is to be asked now."""
        names = []
        for name in among:
            is_settled = self.has_answered(name) and reading.agrees(name, limit)
            if not is_settled and not self._was_just_asked(name):
                names.append(name)
        return names

    def _was_just_asked(self, channel: str) -> bool:
        at = self._at.get(channel)
        return at is not None and steady() - at < self._again

    def ask(self, channel: str) -> None:
        """It is being asked."""
        self._at[channel] = steady()

    def answered(self, channel: str) -> None:
        """It has answered, with its time or without."""
        self._answered.add(channel)

    def has_answered(self, channel: str) -> bool:
        """Whether it is known what time the network has, if it tells."""
        return channel in self._answered

    def holds_up(self, reading: Reading, limit: timedelta) -> bool:
        """Whether a network that was asked has not answered, or says that this clock is wrong."""
        answered = self._answered
        return any(name not in answered or not reading.agrees(name, limit) for name in self._at)

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
    """Whether a network agrees with this machine's clock; asks one after the other until one does."""
    for name, publisher in publishers.items():
        if publisher.time() is None and ask_time(name, publisher).obstacle:
            continue
        reading = read(partial(times_of, {name: publisher}), clock)
        if reading.agrees(name, limit):
            return True
    return False
