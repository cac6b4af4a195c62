"""Pages of the web that posts link to: asked whether they are there, a few at once and never two of one host.

What a post links to was written by people, so a page inside of one's own network is never asked: an address there could
be made to do something, or to tell what is there."""

import ipaddress
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

import requests

from campaign.core.sentence import Sentence
from campaign.publishers.session import AnswerLost, NotSent, Session

AT_ONCE = 4
"""Hosts that are asked at the same time."""
MOST_HOPS = 5
"""Addresses that one may lead on to, one after the other."""
PATIENCE = (5.0, 10.0)
"""Seconds to wait for a connection, and for each piece of an answer."""
LONGEST_PAGE = 1_000_000
"""Bytes of a page that are read to find its language; of a longer one, nothing is said about its language."""
_LEADS_ON = (301, 302, 303, 307, 308)
_SHUT = (401, 403, 407, 429, 451)
"""What a host answers that keeps programs out: a person with a browser may well see the page."""
_LANGUAGE = re.compile(rb"(?is)<html\b[^>]*?\blang\s*=\s*[\"']?\s*([a-z]{2})\b")


class State(StrEnum):
    """What came of asking for a page."""

    HERE = "here"
    DEAD = "dead"
    SILENT = "silent"  #: no answer came at all
    SHUT = "shut"  #: it shows nothing to programs
    PRIVATE = "private"  #: not asked: it lies inside of a network


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page as it was found; `why` is the end of a sentence about one that is not here."""

    state: State
    why: str = ""
    moved_to: str = ""  #: where the address leads on to; "" when it leads nowhere else
    language: str = ""  #: such as "fr"; "" when the page does not say


def ask(
    addresses: Iterable[str],
    agent: str,
    *,
    private_too: bool = False,
) -> dict[str, WebPage]:
    """Each address once, and what is there. `agent` tells the hosts who asks; `private_too` is for tests alone."""
    of_hosts: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        of_hosts[_host(address)].append(address)
    asker = _Asker(agent, private_too)
    pages: dict[str, WebPage] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for of_host in pool.map(asker.pages, of_hosts.values()):
            pages |= of_host
    return pages


@dataclass
class _Asker:
    """Asks one host after the other; an address that leads on to another host waits until that one is free."""

    agent: str
    private_too: bool
    turns: dict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )

    def pages(self, addresses: Iterable[str]) -> dict[str, WebPage]:
        return {address: self.page(address) for address in addresses}

    def page(self, address: str) -> WebPage:
        """Follows where it leads. Raises nothing: whatever goes wrong is a page that is not here."""
        at = address
        for _ in range(MOST_HOPS):
            page = self.answer(at)
            if isinstance(page, WebPage):
                moved_to = at if at != address else ""
                return replace(page, moved_to=moved_to)
            at = page
        return WebPage(State.DEAD, Sentence("it leads on and on"))

    def answer(self, address: str) -> WebPage | str:
        """The page, or the address that this one leads on to."""
        why = objection(address, private_too=self.private_too)
        if why:
            return WebPage(State.PRIVATE, why)
        session = session_for(address, self.agent, private_too=self.private_too)
        turn = self.turns[_host(address)]
        with turn, session:
            try:
                return _asked(session, address)
            except (NotSent, AnswerLost) as problem:
                return WebPage(State.SILENT, str(problem))


def session_for(
    address: str,
    agent: str,
    *,
    private_too: bool,
    longest: int = LONGEST_PAGE,
) -> Session:
    """Connections to the host of a page. No answer is read beyond `longest` bytes, and none goes into a network of one's own,
    but for tests: `private_too`."""
    session = Session(address)
    session.timeout = PATIENCE
    session.answer_bytes = longest
    session.call_seconds = sum(PATIENCE)
    session.only_public = not private_too
    session.headers["User-Agent"] = agent
    return session


def objection(address: str, *, private_too: bool) -> str:
    """Why an address is not asked; "" when it may be. A name that is not found is left to the call itself."""
    if not _host(address):
        return Sentence("it is no address of a page")
    if private_too:
        return ""
    numbers = _numbers(address)
    if all(map(is_public, numbers)):
        return ""
    return Sentence("it lies inside of a network of its own")


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open Internet."""
    plain, _, _ = number.partition("%")
    ip = ipaddress.ip_address(plain)
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return inner.is_global and not inner.is_multicast


def _numbers(address: str) -> list[str]:
    """The IP addresses of its host; none where the name is not found, or a proxy looks it up."""
    host = _host(address)
    try:
        entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(place[0]) for *_, place in entries]


def _host(address: str) -> str:
    """The host that an address names; "" for what is no address of a page."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https")
    return host if is_page else ""


def _asked(
    session: Session,
    address: str,
) -> WebPage | str:
    """Asks for the head alone where that is enough: some hosts answer nothing but a whole call."""
    answer = session.head(address, allow_redirects=False)
    if not _is_enough(answer):
        answer = _whole(session, address) or answer
    status = answer.status_code
    onward = answer.headers.get("Location")
    if onward and status in _LEADS_ON:
        return urljoin(address, onward)
    if status in _SHUT:
        return WebPage(State.SHUT, Sentence("it answers {0} to programs", status))
    if status >= 400:
        return WebPage(State.DEAD, Sentence("it answers {0}", status))
    return WebPage(State.HERE, language=_language(answer))


def _is_enough(head: requests.Response) -> bool:
    """Whether a head says all: where the address leads on to, or that the page is here and in which language."""
    if head.status_code in _LEADS_ON:
        return True
    is_here = head.status_code < 400
    return is_here and "Content-Language" in head.headers


def _whole(
    session: Session,
    address: str,
) -> requests.Response | None:
    """The answer with its page; None for a page that is too long to be read."""
    try:
        return session.get(address, allow_redirects=False)
    except AnswerLost:
        return None


def _language(answer: requests.Response) -> str:
    """The language that the page says it is in: that of the page itself goes before that of its headers."""
    written = _LANGUAGE.search(answer.content)
    if written:
        return written[1].decode("ascii").lower()
    header = answer.headers.get("Content-Language", "")
    if "," in header:
        return ""
    return header[:2].lower()
