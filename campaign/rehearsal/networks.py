"""Simulated networks of a rehearsal: they take every post, ask to wait when their limits are reached, and send nothing.
Their limits are those of the network's own value."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaign.config import Channel, Config
from campaign.core.clock import Clock
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.span import say_span
from campaign.publishers import NETWORKS
from campaign.publishers.network import Network, RateLimit
from campaign.publishers.publisher import (
    Message,
    NotDeleted,
    Outcome,
    Published,
    Publisher,
    Ready,
    RemotePost,
    Removal,
    TryLater,
)


@dataclass(slots=True)
class Window:
    """The calls of the last stretch of time. A network that counts in fixed windows lets through no less."""

    limit: RateLimit
    calls: deque[tuple[datetime, int]] = field(default_factory=deque)

    def wait(self, calls: int, now: datetime) -> timedelta | None:
        """How long until so many calls are let through; None when they are now."""
        while self.calls and self.calls[0][0] <= now - self.limit.span:
            self.calls.popleft()
        made = sum(number for _, number in self.calls)
        over = made + calls - self.limit.most
        for at, number in self.calls:
            if over <= 0:
                return None
            over -= number
            if over <= 0:
                return at + self.limit.span - now
        return (
            None  # a single post with more calls than any window takes is not held up for ever
        )

    def count(self, calls: int, now: datetime) -> None:
        """Notes calls that were let through."""
        self.calls.append((now, calls))


class Simulated:
    """A publisher for a channel of a simulated network."""

    def __init__(
        self, channel: Channel, network: Network, clock: Clock, windows: Iterable[Window] = ()
    ) -> None:
        self.network = network
        self._channel = channel
        self._clock = clock
        self._windows = tuple(windows)
        self._posts = 0

    @property
    def account_id(self) -> str:
        """Nobody is asked, so none is known."""
        return ""

    def verify(self) -> str | None:
        """Nothing is asked, so nothing is wrong."""
        return None

    def time(self) -> datetime | None:
        """Nobody is asked, so none is known."""
        return None

    def ask_time(self) -> None:
        """Asks nobody."""

    def prepare(self, message: Message) -> Ready:
        """Pictures are counted with their post."""
        return Ready(message)

    def publish(self, ready: Ready) -> Outcome:
        """Takes the post under a made-up id, or asks to wait as the network would."""
        now = self._clock()
        longest, limit = timedelta(0), None
        for window in self._windows:
            wait = window.wait(_calls(window.limit, ready.message), now)
            if wait and wait > longest:
                longest, limit = wait, window.limit
        if limit:
            return TryLater(_reason(limit), longest, whole_channel=True)
        # Counted only when all windows let it through: a call that waits uses nothing up.
        for window in self._windows:
            window.count(_calls(window.limit, ready.message), now)
        self._posts += 1
        return Published(f"rehearsed-{self._channel.name}-{self._posts}", "")

    def edit(self, remote_id: str, message: Message) -> Outcome:  # noqa: ARG002 - the contract's
        """Takes the new text."""
        return Published(remote_id, "")

    def recent(self, since: datetime) -> list[RemotePost]:  # noqa: ARG002 - the contract's
        """Nothing was posted, so there is nothing."""
        return []

    def delete(self, remote_id: str) -> Removal:  # noqa: ARG002 - the contract's
        """Deletes nothing."""
        return NotDeleted(Sentence("This is a rehearsal: nothing was taken down."))


def open_simulated(config: Config, clock: Clock) -> dict[str, Publisher]:
    """A simulated publisher for each channel of the configuration, with keys or without. Raises Problem for an unknown
    network."""
    # One window for all channels of a network: there, all accounts together use a limit up.
    shared: dict[str, list[Window]] = {}
    for name, network in NETWORKS.items():
        shared[name] = [Window(rate) for rate in network.rates if rate.of_all_accounts]
    opened: dict[str, Publisher] = {}
    for name, channel in config.channels.items():
        played = NETWORKS.get(channel.network)
        if played is None:
            sentence = Sentence(
                'Channel {0}: "{1}" is not a network: correct it in config.toml.',
                name,
                channel.network,
            )
            raise Problem(sentence)
        own = [Window(rate) for rate in played.rates if not rate.of_all_accounts]
        opened[name] = Simulated(channel, played, clock, [*own, *shared[channel.network]])
    return opened


def _calls(limit: RateLimit, message: Message) -> int:
    return 1 + (len(message.pictures) if limit.pictures_count else 0)


def _reason(limit: RateLimit) -> str:
    return Sentence(
        "The network takes at most {0} posts in {1}: the next ones wait.",
        limit.most,
        say_span(limit.span),
    )
