"""The publisher that sends nothing. It is chosen in one place; the rest of the program knows no difference."""

import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar, Self

from campaign.checks.texts import Finished
from campaign.config import Channel, Network
from campaign.core.clock import Clock
from campaign.core.finding import Finding
from campaign.publishers.publisher import (
    Message,
    NotDeleted,
    Outcome,
    PictureLimits,
    Published,
    Ready,
    RemotePost,
    Removal,
)

Show = Callable[[Channel, Message], None]


def quietly(channel: Channel, message: Message) -> None:
    """Shows nothing."""


class DryRun:
    """Stands in for a channel's publisher: shows each message instead of sending it, needs no keys, opens nothing.
    How a network counts and what it takes is asked of the network's own class."""

    required_keys: ClassVar[tuple[str, ...]] = ()
    optional_keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[dict[str, str]] = {}
    form: ClassVar[str] = "long"
    limit: ClassVar[int] = sys.maxsize
    utm_source: ClassVar[str] = ""
    picture_limits: ClassVar[PictureLimits] = PictureLimits(
        sys.maxsize, sys.maxsize, sys.maxsize, ("image/jpeg", "image/png", "image/webp"), sys.maxsize, sys.maxsize
    )
    threads: ClassVar[bool] = True

    def __init__(self, channel: Channel, show: Show = quietly) -> None:
        self._channel = channel
        self._show = show

    @staticmethod
    def length(text: str) -> int:
        """Characters."""
        return len(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:  # noqa: ARG004 — the contract's
        """Nothing is sent, so nothing is refused."""
        return ()

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Self:  # noqa: ARG003 — the contract's
        """A quiet one."""
        return cls(channel)

    def verify(self) -> str | None:
        """Nothing is asked, so nothing is wrong."""
        return None

    def prepare(self, message: Message) -> Ready:
        """Nothing is sent, so nothing has to go before."""
        return Ready(message)

    def publish(self, ready: Ready) -> Outcome:
        """Shows the message."""
        self._show(self._channel, ready.message)
        return Published("dry-run", "")

    def recent(self, since: datetime) -> list[RemotePost]:  # noqa: ARG002 — the contract's
        """Nothing was posted, so nothing stands."""
        return []

    def delete(self, remote_id: str) -> Removal:  # noqa: ARG002 — the contract's
        """Deletes nothing."""
        return NotDeleted("This is a dry run: nothing was taken down.")
