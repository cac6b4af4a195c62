"""People who visit the pages, and what they see there."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import ClientHandler

from campaign.people.roles import Role, add_user
from tests.deliveries import NOON, FakeClock

WITHOUT_END = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "wbr",
        "path",
        "rect",
    }
)
UNSEEN = frozenset({"script", "style", "title", "svg"})


@dataclass
class Element:
    """An element of a page: its tag, its attributes, the text in it as written and (`text`) as it is read."""

    tag: str
    attributes: dict[str, str]
    written: str = ""

    @property
    def text(self) -> str:
        """Blanks and line breaks as a browser shows them: one blank for several, none at the ends, all in a text field."""
        if self.tag in ("textarea", "pre"):
            return self.written
        return re.sub(r"[ \t\r\n\f]+", " ", self.written).strip(" ")

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in WITHOUT_END:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                break

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.written += data
        if not any(element.tag in UNSEEN for element in self.open):
            self.words.append(data)


class Page:
    """An answer: `status`, `html`, `text` (what can be read), and its elements."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode() if not response.streaming else ""

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def elements(self) -> list[Element]:
        return self._read.elements

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(self._read.words).split())

    def all(self, css: str) -> list[Element]:
        """Elements by `tag`, `tag.class`, `tag#id`, `.class`, `#id`, `tag[name=value]`, `[name]`."""
        return [element for element in self.elements if _matches(element, css)]

    def one(self, css: str) -> Element:
        """The only one."""
        found = self.all(css)
        assert len(found) == 1, f"{len(found)} of {css}"
        return found[0]

    @property
    def h1(self) -> str:
        return " ".join(self.one("h1").text.split())

    @property
    def went_to(self) -> str:
        """Where a redirect leads."""
        return str(self.response.headers.get("Location", ""))


def _matches(element: Element, css: str) -> bool:
    match = re.fullmatch(r"([a-z0-9]*)((?:[.#][\w-]+)*)((?:\[[\w-]+(?:=[^\]]*)?\])*)", css)
    assert match, css
    tag, marks, wanted = match.groups()
    classes = element.get("class").split()
    for mark in re.findall(r"[.#][\w-]+", marks):
        if (mark[0] == "." and mark[1:] not in classes) or (
            mark[0] == "#" and element.get("id") != mark[1:]
        ):
            return False
    for name, equals, value in re.findall(r"\[([\w-]+)(=)?([^\]]*)\]", wanted):
        if name not in element.attributes or (
            equals and element.attributes[name] != value.strip("\"'")
        ):
            return False
    return not tag or element.tag == tag


@dataclass
class Visitor:
    """A person at a browser, or nobody in particular."""

    client: Client
    user: User | None = None

    def get(
        self,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        expect: int | None = None,
        **headers: str,
    ) -> Page:
        """A page. It must be there, unless another status is expected."""
        return self._seen(self.client.get(url, data or {}, headers=_headers(headers)), expect)

    def post(
        self, url: str, data: Any = None, *, expect: int | None = None, **headers: str
    ) -> Page:
        """A form is sent; what it leads to is not followed."""
        return self._seen(self.client.post(url, data or {}, headers=_headers(headers)), expect)

    def after(self, url: str, data: Any = None) -> Page:
        """A form is sent, and the page is seen that it leads to."""
        sent = self.post(url, data, expect=303)
        return self.get(sent.went_to)

    def sends(self, url: str, data: Any = None) -> Page:
        """A form is sent, or without one a page is opened; whatever the answer is."""
        return Page(self.client.get(url) if data is None else self.client.post(url, data))

    def french(self) -> "Visitor":
        """The same person, whose browser asks for French."""
        self.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr-CA,fr;q=0.9"
        return self

    def _seen(self, response: Any, expect: int | None) -> Page:
        page = Page(response)
        right = page.status == expect if expect else page.status < 400
        assert right, f"{page.status} {page.went_to} {page.text[:600]}"
        return page


def _headers(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


_HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One for all: each would look through all static files anew."""


def browser() -> Client:
    """A browser in which nobody has signed in."""
    client = Client()
    client.handler = _HANDLER
    return client


def visitor(name: str, role: Role) -> Visitor:
    """Somebody with that role who has signed in."""
    user, _ = add_user(name, role)
    client = browser()
    client.force_login(user)
    return Visitor(client, user)


@pytest.fixture
def stranger(db: None, site_clock: FakeClock) -> Visitor:
    """Nobody in particular."""
    return Visitor(browser())


@pytest.fixture
def volunteer(db: None, site_clock: FakeClock) -> Visitor:
    """Vera, who contributes."""
    return visitor("vera", Role.VOLUNTEER)


@pytest.fixture
def staff(db: None, site_clock: FakeClock) -> Visitor:
    """Maria of communications."""
    return visitor("maria", Role.STAFF)


@pytest.fixture
def second(db: None, site_clock: FakeClock) -> Visitor:
    """Bob, the second pair of eyes."""
    return visitor("bob", Role.STAFF)


@pytest.fixture
def admin(db: None, site_clock: FakeClock) -> Visitor:
    """Ana, who looks after it all."""
    return visitor("ana", Role.ADMIN)


@pytest.fixture
def site_clock(settings: Any) -> FakeClock:
    """The clock of the pages; it stands."""
    clock = FakeClock()
    settings.CLOCK = clock
    return clock


def noon() -> datetime:
    """When the tests' clock stands."""
    return NOON
