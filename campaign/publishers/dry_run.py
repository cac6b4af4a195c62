"""The publisher that sends nothing. It is chosen in one place; the rest of the program knows no difference."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from campaign.config import Channel
from campaign.core.sentence import Sentence
from campaign.publishers.network import Network, PictureLimits
from campaign.publishers.publisher import (
    Message,
    NotDeleted,
    Outcome,
    Published,
    Ready,
    RemotePost,
    Removal,
)

Show = Callable[[Channel, Message], None]


def quietly(channel: Channel, message: Message) -> None:
    """Shows nothing."""


ANY_PICTURES = PictureLimits(
    sys.maxsize,
    sys.maxsize,
    sys.maxsize,
    ("image/jpeg", "image/png", "image/webp"),
    sys.maxsize,
    sys.maxsize,
)
"""Nothing is sent, so nothing is refused."""


class DryRun:
    """Stands in for a channel's publisher: shows each message instead of sending it, needs no keys, opens nothing."""

    def __init__(self, channel: Channel, network: Network, show: Show = quietly) -> None:
        self.network = replace(network, pictures=ANY_PICTURES)
        self._channel = channel
        self._show = show

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
        """Nothing is sent, so nothing has to go before."""
        return Ready(message)

    def publish(self, ready: Ready) -> Outcome:
        """Shows the message."""
        self._show(self._channel, ready.message)
        return Published("dry-run", "")

    def edit(self, remote_id: str, message: Message) -> Outcome:
        """Shows the new text."""
        self._show(self._channel, message)
        return Published(remote_id, "")

    def recent(self, since: datetime) -> list[RemotePost]:  # noqa: ARG002 — the contract's
        """Nothing was posted, so there is nothing."""
        return []

    def delete(self, remote_id: str) -> Removal:  # noqa: ARG002 — the contract's
        """Deletes nothing."""
        return NotDeleted(Sentence("This is a dry run: nothing was taken down."))
