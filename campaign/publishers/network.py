"""What is known of a network without calling it: its names, its look, its limits, its prices, what it can do.

A network is a folder with such a value, and a class that makes the calls (`publisher.Publisher`). Nothing outside the
folder, but for the one line in NETWORKS, knows its name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.checks.texts import Finished
from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen

if TYPE_CHECKING:
    from campaign.publishers.publisher import Picture, Publisher

_ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]}»”\"']")


class Can(StrEnum):
    """What a network can do beside showing a text."""

    THREAD = "thread"  #: a post may answer an own one, so that several become a thread
    LOOK = "look"  #: the account's own posts can be read, so that what is in doubt is settled without a person
    DELETE = "delete"  #: a post can be taken down from here
    EDIT = "edit"  #: the text of a post that is out can be changed there, and the post keeps its address
    KEY = "key"  #: it takes `Message.key`, and posts once what it gets twice under one key


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What a network takes: the bytes and the pixels of one picture, its media types, how many pictures a post may
    have, and the characters of a description."""

    max_bytes: int
    max_width: int
    max_height: int
    media_types: tuple[str, ...]
    most: int = 4
    longest_alt: int = 1000

    def objection(self, pictures: Sequence["Picture"]) -> str | None:
        """Why these pictures must not go out, as a sentence. Sizes in pixels are not checked here: a picture is
        brought to size, and that is checked, before it becomes a message."""
        if len(pictures) > self.most:
            return Sentence(
                "A post can have {0} pictures, not {1}: leave some out.",
                self.most,
                len(pictures),
            )
        return next(filter(None, map(self._objection, pictures)), None)

    def _objection(self, picture: "Picture") -> str | None:
        if not is_seen(picture.alt):
            return Sentence(
                "{0} has no description for those who cannot see it: write one.", picture.name
            )
        if len(picture.alt) > self.longest_alt:
            return Sentence(
                "The description of {0} has more than {1} characters: shorten it.",
                picture.name,
                self.longest_alt,
            )
        if picture.media_type not in self.media_types:
            return Sentence(
                "{0} is {1}, which this network does not take: save it as a JPEG.",
                picture.name,
                picture.media_type,
            )
        if len(picture.data) > self.max_bytes:
            return Sentence(
                "{0} has more than {1} MB: make it smaller.",
                picture.name,
                f"{self.max_bytes / 1000000:g}",
            )
        return None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The most calls in any stretch of so much time: of one account, or of all accounts of the network together.
    A post is a call; so is each of its pictures where `pictures_count`."""

    most: int
    span: timedelta
    of_all_accounts: bool = False
    pictures_count: bool = False


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link in a text as the network shows it: where it begins and ends in the text, and what is to be read there."""

    start: int
    end: int
    shown: str


def whole_links(text: str) -> Iterable[ShownLink]:
    """Links as they are written: whole addresses alone."""
    return (
        ShownLink(match.start(), match.end(), match[0]) for match in _ADDRESS.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How a post looks on the network."""

    icon: str  #: the paths of its icon in SVG, on a square of 24
    links: Callable[[str], Iterable[ShownLink]] = whole_links
    fold: int | None = (
        None  #: the characters after which the rest of a text is shown at a press
    )
    says_when: bool = False  #: below the name of the account is the time, and not the account
    card_tags: str = (
        ""  #: with which its own tags begin, that say in a page how a link to it looks
    )
    styles: Path | None = None  #: a folder with look.css, for the class "preview-NAME"


@dataclass(frozen=True, slots=True)
class Price:
    """One price of [prices], in US dollars, and what it is for."""

    dollars: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of [networks.NAME]: its default, and what it is for."""

    default: str
    sentence: str


def free(_texts: Sequence[str], _pictures: int, _prices: Mapping[str, float]) -> float:
    """The cost on a network that charges nothing: 0."""
    return 0.0


def nobody(_keys: Mapping[str, str]) -> str:
    """The account of keys that do not say whose they are: ""."""
    return ""


def nothing_else(_finished: Finished) -> Iterable[Finding]:
    """The problems of a network of which nothing but the length of a text is known to matter: none."""
    return ()


def never(_address: str) -> bool:
    """Whether a network that takes no attachment takes this link as one: False."""
    return False


@dataclass(frozen=True, slots=True)
class Network:
    """A network, as everything but its own folder knows it."""

    name: str  #: as config.toml and the database name it
    title: str  #: as people say it
    look: Look
    limit: int  #: the longest text, in the network's own count
    utm_source: str  #: the tag of links, by which a charity sees where its readers came from
    pictures: PictureLimits
    open: Callable[[Channel, NetworkSettings, Clock], "Publisher"]
    """A publisher for a channel; opens no connection. Raises Problem when a key is missing or an address is none."""
    seat: str = ""  #: whose it is and where that sits, for who is asked for their consent; "" when that differs
    required_keys: tuple[str, ...] = ()  #: the keys that a channel must have in config.toml
    optional_keys: tuple[str, ...] = ()
    account_keys: tuple[str, ...] = ()  #: those that belong to one account, and not to an app
    account_of: Callable[[Mapping[str, str]], str] = nobody
    """The id of the account that keys belong to, as they say themselves; "" when they do not."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    length: Callable[[str], int] = len  #: the length of a text as this network counts it
    limit_of: Callable[[Channel], int] | None = None
    """The limit of one channel, where each server says how long a text may be; without it, `limit` holds."""
    problems: Callable[[Finished], Iterable[Finding]] = nothing_else
    """The errors of a text that the network would refuse, besides its length."""
    attaches_link: Callable[[str], bool] = never
    """Whether a post's link goes out beside its text, as an attachment: asked for each address."""
    can: frozenset[Can] = frozenset({Can.LOOK, Can.DELETE})
    refuses_repeats: bool = False  #: the very words that an account has posted already
    refuses_similar: bool = (
        False  #: texts that are nearly those of another post, on any account
    )
    rates: tuple[RateLimit, ...] = ()
    prices: Mapping[str, Price] = field(default_factory=dict)
    cost: Callable[[Sequence[str], int, Mapping[str, float]], float] = free
    """What a thread of these parts costs with so many pictures, in US dollars, by the prices of config.toml."""
    test_cost: float = 0.0  #: what asking whether the keys are accepted costs, in US dollars
    is_in_starter: bool = False  #: the starter campaign has a channel here in each language

    def longest(self, channel: Channel) -> int:
        """The longest text that this very channel takes, in the network's own count."""
        return self.limit_of(channel) if self.limit_of else self.limit

    @property
    def has_threads(self) -> bool:
        """Whether a text may be split into parts that answer each other."""
        return Can.THREAD in self.can

    @property
    def is_paid(self) -> bool:
        """Whether it charges for posts."""
        return bool(self.prices)

    def default(self, setting: str) -> str:
        """A setting of [networks.NAME] that config.toml leaves out."""
        return self.settings[setting].default
