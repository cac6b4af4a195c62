"""The configuration: `config.toml`, read once into these frozen objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from campaign.config.helplines import CANADA, Help
from campaign.config.secret import Secret
from campaign.core.finding import Level
from campaign.core.hours import Hours
from campaign.core.installation import STARTER

NIGHT = Hours(time(20), time(8))
"""From eight in the evening to eight in the morning."""


@dataclass(frozen=True, slots=True)
class Site:
    """The organization, its time zone, and the languages of its posts."""

    name: str = "Cancer survivors' network"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Toronto"))
    languages: tuple[str, ...] = ("en", "fr")
    url: str = "https://survivornet.ca"
    legal_name: str = ""  #: of the organization that answers for the stories; "" means `name`
    privacy_person: str = ""  #: who answers for personal information: a name or an office
    privacy_contact: str = ""  #: how that person is reached
    policy_url: str = ""  #: where the privacy policy is
    phone: str = ""  #: to call instead of writing

    @property
    def responsible(self) -> str:
        """The name under which the organization answers for what it keeps."""
        return self.legal_name or self.name

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The keys that are empty and that a person who tells their story has to be told."""
        told = ("legal_name", "privacy_person", "privacy_contact", "policy_url", "phone")
        return tuple(key for key in told if not getattr(self, key))


@dataclass(frozen=True, slots=True)
class Database:
    """Where the queue is kept."""

    url: str = field(default="sqlite:///campaign.db", repr=False)  #: may hold a password


@dataclass(frozen=True, slots=True)
class Content:
    """The folders of posts and message templates, and the hosts whose pages are read for what their links will look like."""

    posts: Path = STARTER / "posts"
    templates: Path = STARTER / "templates"
    card_hosts: tuple[str, ...] = ()  #: none: those of the campaigns' links and of the site


@dataclass(frozen=True, slots=True)
class Publishing:
    """How deliveries are published."""

    dry_run: bool = True
    concurrency: int = 48
    grace: timedelta = timedelta(hours=6)
    minimum_gap: timedelta = timedelta(0)
    retry_wait: timedelta = timedelta(minutes=1)
    settle: timedelta = timedelta(minutes=1)
    clock_limit: timedelta = timedelta(minutes=5)
    #: in which a post is told of before it goes out; None: in none
    quiet: Hours | None = NIGHT
    own_approval: bool = (
        False  #: a person may approve their own awareness messages; never a story
    )
    together: bool = False  #: one language of a post waits while the other is in trouble


@dataclass(frozen=True, slots=True)
class Web:
    """Where the pages are served, and for whom."""

    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""  #: as people type it; "" means http://host:port
    proxy: str = (
        ""  #: the address of the proxy in front of it, whose headers are believed; "" for none
    )
    secret_key: Secret | None = None  #: None: a file beside the database
    uploads: Path = Path("uploads")
    second_factor_for_admins: bool = False
    hsts: timedelta = timedelta(
        0
    )  #: how long a browser is to ask by https alone; nothing: it is not told

    @property
    def url(self) -> str:
        """The address of the first page, without a slash at the end."""
        return self.address.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the pages by https."""
        return self.url.startswith("https://")

    @property
    def names(self) -> list[str]:
        """The hosts that a request may be for, in alphabetical order."""
        own = urlsplit(self.url).hostname or self.host
        return sorted({own, "127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Email:
    """How invitations and notices are mailed; without a host, nothing is."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))
    tls: bool = True
    tls_at_once: bool = (
        False  #: from the first byte, as on port 465; else asked for after the greeting
    )
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Stories:
    """How the records of storytellers are kept."""

    #: the newest first; what the others sealed can still be read. Empty: one in a file beside the database
    key: tuple[Secret, ...] = ()
    open: bool = True  #: whether the public form takes stories
    erase_after: timedelta = timedelta(days=730)
    deadline: int = 2  #: working days for what has to be deleted by hand
    unagreed_days: int = 90  #: so long a story is kept of a person who has agreed to nothing
    #: the users whom a letter tells of words of distress; empty: all admins
    on_duty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The settings of one network, as its own publisher names them (its addresses, for the most part)."""

    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """One account on one network, with one language."""

    name: str
    network: str
    language: str
    slots: tuple[str, ...] = ()
    minimum_gap: timedelta = timedelta(0)
    max_per_day: int | None = None
    keys: Mapping[str, Secret] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NetworkKeys:
    """The keys that a network knows: in a channel's table, in its own under [networks], and under [prices]."""

    channel: tuple[str, ...]
    settings: tuple[str, ...]
    #: its keys of [prices] with their defaults, in US dollars
    prices: Mapping[str, float] = field(default_factory=dict)
    in_starter: bool = False  #: without channels in config.toml, it has one in each language


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set."""

    site: Site = field(default_factory=Site)
    database: Database = field(default_factory=Database)
    content: Content = field(default_factory=Content)
    publishing: Publishing = field(default_factory=Publishing)
    web: Web = field(default_factory=Web)
    email: Email = field(default_factory=Email)
    #: in US dollars, as the networks name them
    prices: Mapping[str, float] = field(default_factory=dict)
    stories: Stories = field(default_factory=Stories)
    help: tuple[Help, ...] = CANADA
    #: levels of its own; None: the check is off
    checks: Mapping[str, Level | None] = field(default_factory=dict)
    networks: Mapping[str, NetworkSettings] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    #: awareness days that a demonstration has moved to other dates; no file says them
    moved_days: Mapping[str, date] = field(default_factory=dict)
    file: str = ""

    @property
    def story_form(self) -> str:
        """The address of the public form for stories; "" while it is closed, or nobody outside can reach it."""
        is_reached = self.stories.open and _is_reached(self.web.address)
        return f"{self.web.url}/tell/" if is_reached else ""

    def network(self, name: str) -> NetworkSettings:
        """A network's settings; empty ones when the file says nothing of it."""
        return self.networks.get(name, NetworkSettings())


def _is_reached(address: str) -> bool:
    """Whether people outside may come to it: neither this machine nor a network of one's own ("" is neither)."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host
