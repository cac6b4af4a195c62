"""What a linked page says of itself: the title, the words and the picture that networks make a card of.

Pages of a few hosts alone are read, each at a person's wish, within seconds, and never inside of a network of one's own; what
they say is text that somebody else wrote, and their picture is drawn anew before anybody sees it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

from campaign.content.pictures import JPEG, BadPicture, clean
from campaign.core.sentence import Sentence
from campaign.core.typed import on_one_line, visible
from campaign.publishers import NETWORKS
from campaign.publishers.pages import objection, session_for
from campaign.publishers.session import AnswerLost, NotSent

MOST_HOPS = 3
"""Addresses that a page may lead on to, each on one of the hosts."""
LONGEST_PAGE, LONGEST_PICTURE = 2_000_000, 8_000_000
"""Bytes that are read."""
LONGEST_HEAD = 200_000
"""Characters of a page in which its head is looked for: what is made to be read slowly stays short."""
SIDE, PICTURE_BYTES = 640, 60_000
"""Pixels and bytes of a picture as it is kept."""
LONGEST_TITLE, LONGEST_WORDS = 200, 400
"""Characters that are kept; networks show fewer."""
SECONDS = 6.0
"""A whole call may take so long: somebody waits."""
OTHER_HOST = Sentence(
    "Only pages on the hosts of the campaigns’ links, or those of card_hosts in config.toml, are read."
)
_LEADS_ON = (301, 302, 303, 307, 308)
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})")
_OPEN_GRAPH = "og:"
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class NotRead(Exception):
    """A page that could not be read; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class PageCard:
    """What a page says of itself; "" and b"" for what it does not say. `picture` is a small JPEG of our own making."""

    title: str
    words: str
    picture: bytes = b""


def is_of_hosts(address: str, hosts: Collection[str]) -> bool:
    """Whether an address lies on one of these hosts, or below one, with "www." or without."""
    host = _host(address)
    return any(_is_below(host, allowed) for allowed in hosts)


def read_card(
    address: str,
    agent: str,
    hosts: Collection[str],
    *,
    private_too: bool = False,
) -> PageCard:
    """Reads a page, and its picture where that lies on one of the hosts too. `agent` tells who asks; `private_too` is for tests
    alone. Raises NotRead; a picture that cannot be had is left out."""
    asker = _Asker(agent, tuple(hosts), private_too)
    at, answer = asker.answer(address, LONGEST_PAGE)
    kind = answer.headers.get("Content-Type", "")
    if "html" not in kind.lower():
        raise NotRead(Sentence("{0} is no page with words.", address))
    said = _Head.of(_decoded(answer)[:LONGEST_HEAD])
    picture = said.first(_named("image:secure_url", "image", "image:url", "image:src"))
    title = said.first([*_named("title"), "title"])
    words = said.first([*_named("description"), "description"])
    return PageCard(
        title=title[:LONGEST_TITLE],
        words=words[:LONGEST_WORDS],
        picture=asker.picture(urljoin(at, picture)) if picture else b"",
    )


def _named(*names: str) -> list[str]:
    """The tags of these names: those that all networks read before those of one alone."""
    of_networks = [network.look.card_tags for network in NETWORKS.values()]
    prefixes = [_OPEN_GRAPH, *filter(None, of_networks)]
    tags: list[str] = []
    for prefix in prefixes:
        tags += [f"{prefix}{name}" for name in names]
    return tags


@dataclass(frozen=True, slots=True)
class _Asker:
    agent: str
    hosts: tuple[str, ...]
    private_too: bool

    def answer(self, address: str, longest: int) -> tuple[str, requests.Response]:
        """The address that this one leads to in the end, and what is there. Raises NotRead."""
        at = address
        for _ in range(MOST_HOPS + 1):
            answer = self._asked(at, longest)
            onward = answer.headers.get("Location")
            if onward and answer.status_code in _LEADS_ON:
                at = urljoin(at, onward)
            elif answer.status_code >= 400:
                raise NotRead(
                    Sentence("{0} cannot be read: it answers {1}.", address, answer.status_code)
                )
            else:
                return at, answer
        raise NotRead(Sentence("{0} cannot be read: it leads on and on.", address))

    def picture(self, address: str) -> bytes:
        """A picture, drawn anew and small; b"" for one that cannot be had."""
        try:
            _, answer = self.answer(address, LONGEST_PICTURE)
            drawn = clean(
                answer.content,
                max_bytes=PICTURE_BYTES,
                max_side=SIDE,
                media_types=(JPEG,),
            )
        except (NotRead, BadPicture):
            return b""
        return drawn.data

    def _asked(self, address: str, longest: int) -> requests.Response:
        if not is_of_hosts(address, self.hosts):
            raise NotRead(OTHER_HOST)
        why = objection(address, private_too=self.private_too)
        if why:
            raise NotRead(Sentence("{0} cannot be read: {1}.", address, why))
        session = session_for(
            address,
            self.agent,
            private_too=self.private_too,
            longest=longest,
        )
        session.call_seconds = SECONDS
        with session:
            try:
                return session.get(address, allow_redirects=False)
            except (NotSent, AnswerLost) as problem:
                raise NotRead(Sentence("{0} cannot be read: {1}.", address, problem)) from None


@dataclass
class _Head(HTMLParser):
    """What stands in the head of a page, by the names of its tags; of several, the first."""

    said: dict[str, str] = field(default_factory=dict)
    is_in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, text: str) -> "_Head":
        head = cls()
        head.feed(text)
        return head

    def first(self, names: Collection[str]) -> str:
        """The first of these that is said, in one line, without signs that nobody sees."""
        return next(filter(None, self._said(names)), "")

    def _said(self, names: Collection[str]) -> Iterator[str]:
        for name in names:
            written = _HIDDEN.sub("", self.said.get(name, ""))
            yield on_one_line(visible(written))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self.is_in_title = "title" not in self.said
        elif tag == "meta":
            told = dict(attrs)
            name = told.get("property") or told.get("name") or ""
            self.said.setdefault(name.lower(), told.get("content") or "")
        elif tag == "body":
            self.is_in_title = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.is_in_title = False

    def handle_data(self, data: str) -> None:
        if self.is_in_title:
            self.said["title"] = self.said.get("title", "") + data


def _decoded(answer: requests.Response) -> str:
    """The text of a page, by what its headers or its own head say of its letters; UTF-8 where nobody says."""
    told = answer.encoding if "charset" in answer.headers.get("Content-Type", "") else ""
    written = _CHARSET.search(answer.content[:4_096])
    name = told or (written[1].decode("ascii") if written else "utf-8")
    try:
        return answer.content.decode(name, "replace")
    except LookupError:
        return answer.content.decode("utf-8", "replace")


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https") and address.isprintable()
    return host.lower() if is_page else ""


def _is_below(host: str, allowed: str) -> bool:
    own = allowed.removeprefix("www.")
    return bool(own) and (host == own or host.endswith(f".{own}"))
