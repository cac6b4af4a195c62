"""What a network is to the rest of the program: finished text in, one of four outcomes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol, Self

from campaign.checks.texts import Finished
from campaign.clock import Clock
from campaign.config import Channel, Network
from campaign.finding import Finding


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out, finished: nothing is added or changed after this."""

    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """The network has it: its id there, and its address."""

    remote_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The network said no, and would say no again. `duplicate` is True when it says that it has this text already:
    after an attempt whose answer was lost, that is a sign that the attempt arrived."""

    reason: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class TryLater:
    """Surely nothing was posted. `wait` is what the network asks for, if it says;
    `whole_channel` is True when the trouble is the account's (a limit, no credits, a key), not this post's."""

    reason: str
    wait: timedelta | None = None
    whole_channel: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The answer was lost: the post may be out, or not."""

    reason: str


Outcome = Published | Refused | TryLater | Unconfirmed


class Publisher(Protocol):
    """One channel of one network. Adding a network is a class like this in a file of its own,
    and one line in the PUBLISHERS table."""

    #: the keys that a channel of this network must have in config.toml, and those that it may have
    required_keys: ClassVar[tuple[str, ...]]
    optional_keys: ClassVar[tuple[str, ...]]
    #: the settings of [networks.NAME] with their defaults
    settings: ClassVar[dict[str, str]]
    #: which of a post's texts this network gets, "short" or "long"
    form: ClassVar[str]
    #: the longest text, in this network's own count
    limit: ClassVar[int]
    #: what links on this network are tagged with, so that a charity can see where its readers came from
    utm_source: ClassVar[str]

    @staticmethod
    def length(text: str) -> int:
        """The length of a text as this network counts it."""
        ...

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:
        """What this network would not take in a text, besides its length."""
        ...

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Self:
        """A publisher for this channel; opens no connection. Raises Problem when a key is missing."""

    def verify(self) -> str | None:
        """Asks the network, without posting, whether the keys are accepted: None, or a sentence for a person.
        A network that cannot be reached is not a wrong key: it raises Unreachable."""

    def publish(self, message: Message) -> Outcome:
        """Sends the message once, never twice. Network trouble is an outcome, not an exception."""


class Unreachable(Exception):
    """The network did not answer, or not in a way that says anything about the keys."""
