"""Networks that are played in a rehearsal: they take every post, ask to wait when their limits are reached, and send
nothing. What a network takes and how it counts is asked of its own class."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Self

from campaign.checks.texts import Finished
from campaign.config import Channel, Config, Network
from campaign.core.clock import Clock
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.core.span import say_span
from campaign.publishers import PUBLISHERS
from campaign.publishers.dry_run import DryRun
from campaign.publishers.publisher import (
    Message,
    NotDeleted,
    Outcome,
    PictureLimits,
    Published,
    Publisher,
    Ready,
    RemotePost,
    Removal,
    Rules,
    TryLater,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most calls in any stretch of so much time: of one account, or of all accounts of the network together.
    A post is a call; so is each of its pictures where `pictures_count`."""

    most: int
    span: timedelta
    of_all_accounts: bool = False
    pictures_count: bool = False


LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "twitter": (Limit(100, timedelta(minutes=15)), Limit(10_000, timedelta(hours=24), of_all_accounts=True)),
    "facebook": (Limit(4_800, timedelta(hours=24), pictures_count=True),),
}
"""What the networks let through. A network that is not named here has no limit.

X: 100 posts an account in 15 minutes, 10,000 an app in 24 hours (https://docs.x.com/x-api/fundamentals/rate-limits).
All X accounts are taken to use one app.
Facebook: 4,800 calls a Page in 24 hours for each person who engaged with it
(https://developers.facebook.com/docs/graph-api/overview/rate-limiting/). It is played as a Page with one such person.
"""


@dataclass(slots=True)
class Window:
    """The calls of the last stretch of time. X counts in fixed windows, which let through no less than this does."""

    limit: Limit
    calls: deque[tuple[datetime, int]] = field(default_factory=deque)

    def wait(self, calls: int, now: datetime) -> timedelta | None:
        """How long until so many calls are let through; None when they are now."""
        while self.calls and self.calls[0][0] <= now - self.limit.span:
            self.calls.popleft()
        over = sum(number for _, number in self.calls) + calls - self.limit.most
        for at, number in self.calls:
            if over <= 0:
                return None
            over -= number
            if over <= 0:
                return at + self.limit.span - now
        return None  # a single post with more calls than any window takes is not held up for ever

    def count(self, calls: int, now: datetime) -> None:
        """Notes calls that were let through."""
        self.calls.append((now, calls))


class Simulated:
    """A channel of a network that is played."""

    required_keys: ClassVar[tuple[str, ...]] = ()
    optional_keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[dict[str, str]] = {}
    form: ClassVar[str] = DryRun.form
    limit: ClassVar[int] = DryRun.limit
    utm_source: ClassVar[str] = DryRun.utm_source
    picture_limits: ClassVar[PictureLimits] = DryRun.picture_limits
    threads: ClassVar[bool] = True

    def __init__(self, channel: Channel, clock: Clock, windows: Iterable[Window] = ()) -> None:
        self._channel = channel
        self._clock = clock
        self._windows = tuple(windows)
        self._posts = 0

    @staticmethod
    def length(text: str) -> int:
        """Characters."""
        return len(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:  # noqa: ARG004 - the contract's
        """The plan has told them already."""
        return ()

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Self:  # noqa: ARG003 - the contract's
        """One with windows of its own."""
        return cls(channel, clock, [Window(limit) for limit in LIMITS.get(channel.network, ())])

    def verify(self) -> str | None:
        """Nothing is asked, so nothing is wrong."""
        return None

    def prepare(self, message: Message) -> Ready:
        """Pictures are counted with their post."""
        return Ready(message)

    def publish(self, ready: Ready) -> Outcome:
        """Takes the post under a made-up id, or asks to wait as the network would."""
        now = self._clock()
        asked = [(window, _calls(window.limit, ready.message)) for window in self._windows]
        waits = [(wait, window.limit) for window, calls in asked if (wait := window.wait(calls, now))]
        if waits:
            wait, limit = max(waits, key=lambda one: one[0])
            return TryLater(_reason(limit), wait, whole_channel=True)
        for window, calls in asked:
            window.count(calls, now)
        self._posts += 1
        return Published(f"rehearsed-{self._channel.name}-{self._posts}", "")

    def recent(self, since: datetime) -> list[RemotePost]:  # noqa: ARG002 - the contract's
        """Nothing was posted, so nothing stands."""
        return []

    def delete(self, remote_id: str) -> Removal:  # noqa: ARG002 - the contract's
        """Deletes nothing."""
        return NotDeleted("This is a rehearsal: nothing was taken down.")


def open_simulated(config: Config, clock: Clock) -> dict[str, Publisher]:
    """A played publisher for each channel of the configuration, with keys or without. Raises Problem for an unknown
    network."""
    shared = {name: [Window(one) for one in limits if one.of_all_accounts] for name, limits in LIMITS.items()}
    kinds = {name: _class_of(real) for name, real in PUBLISHERS.items()}
    opened: dict[str, Publisher] = {}
    for name, channel in config.channels.items():
        if channel.network not in kinds:
            raise Problem(f'Channel {name}: "{channel.network}" is not a network: correct it in config.toml.')
        own = [Window(one) for one in LIMITS.get(channel.network, ()) if not one.of_all_accounts]
        opened[name] = kinds[channel.network](channel, clock, [*own, *shared.get(channel.network, ())])
    return opened


def _class_of(real: type[Rules]) -> type[Simulated]:
    """The network's own facts, on the class that sends nothing."""

    class Played(Simulated):
        form = real.form
        limit = real.limit
        utm_source = real.utm_source
        picture_limits = real.picture_limits
        threads = real.threads
        length = staticmethod(real.length)
        problems = staticmethod(real.problems)

    return Played


def _calls(limit: Limit, message: Message) -> int:
    return 1 + (len(message.pictures) if limit.pictures_count else 0)


def _reason(limit: Limit) -> str:
    return f"The network takes at most {limit.most} posts in {say_span(limit.span)}: the next ones wait."
