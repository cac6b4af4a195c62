"""What a page says of itself is read from a few hosts alone, within bounds, and never inside of a network of one's own."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaign.publishers import cards
from campaign.publishers.cards import NotRead, PageCard, is_of_hosts, read_card
from tests.doubles.ledger import Ledger
from tests.doubles.messages import Reply
from tests.doubles.server import DoubleServer
from tests.publishers.test_pages import Web

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
HOSTS = ("127.0.0.1",)
HEAD = """<!doctype html><html><head><title>Of the  tab</title>
<meta property="og:title" content="Soup &amp; bread\u202e">
<meta name="description" content="Words.">
<meta property="og:image" content="/picture.png">
</head><body><title>no</title><p>Hello."""


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def server(web: Web) -> Iterator[DoubleServer]:
    with DoubleServer([web], Ledger()) as server:
        yield server


def html(text: str, kind: str = "text/html; charset=utf-8", **headers: str) -> Reply:
    return Reply(200, text.encode(), {"Content-Type": kind, **headers})


def png(width: int = 1_600, height: int = 900) -> Reply:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return Reply(200, out.getvalue(), {"Content-Type": "image/png"})


def card(server: DoubleServer, path: str = "/page", **more: Any) -> PageCard:
    return read_card(f"{server.url}{path}", "a test", HOSTS, private_too=True, **more)


def test_title_words_and_a_small_picture_of_our_own_making_are_read(
    web: Web, server: DoubleServer
) -> None:
    web.pages |= {"/page": html(HEAD), "/picture.png": png()}
    read = card(server)
    assert (read.title, read.words) == ("Soup & bread", "Words.")
    with Image.open(io.BytesIO(read.picture)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 360))
    assert len(read.picture) <= cards.PICTURE_BYTES


def test_without_tags_of_its_own_a_page_has_its_title_and_letters_are_read_as_it_says(
    web: Web, server: DoubleServer
) -> None:
    text = "<html><head><meta charset='iso-8859-1'><title>Témoignages</title>"
    web.pages["/page"] = Reply(200, text.encode("latin-1"), {"Content-Type": "text/html"})
    assert card(server) == PageCard("Témoignages", "")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"gone"),
        Reply(200, b"%PDF", {"Content-Type": "application/pdf"}),
        Reply(301, b"", {"Location": "/page"}),
        Reply(302, b"", {"Location": "http://elsewhere.example/"}),
        Reply(302, b"", {"Location": "file:///etc/passwd"}),
        Reply(200, b"a" * 2_100_000, {"Content-Type": "text/html"}),
    ],
    ids=["gone", "no page", "on and on", "another host", "a file", "too long"],
)
def test_what_is_no_page_of_the_hosts_is_not_read(
    web: Web, server: DoubleServer, reply: Reply
) -> None:
    web.pages["/page"] = reply
    with pytest.raises(NotRead):
        card(server)


@pytest.mark.parametrize(
    "picture",
    [
        Reply(404, b""),
        Reply(200, b"GIF89a" + b"\0" * 30, {"Content-Type": "image/png"}),
        Reply(302, b"", {"Location": "http://elsewhere.example/a.png"}),
        Reply(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 60, {"Content-Type": "image/png"}),
    ],
    ids=["gone", "a GIF", "another host", "broken"],
)
def test_a_picture_that_cannot_be_had_is_left_out(
    web: Web, server: DoubleServer, picture: Reply
) -> None:
    web.pages |= {"/page": html(HEAD), "/picture.png": picture}
    read = card(server)
    assert (read.title, read.picture) == ("Soup & bread", b"")


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"),
        *("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fe80::1]/"),
        *("http://localhost/", "http://0.0.0.0/", "http://2130706433/"),
    ],
)
def test_a_page_inside_of_a_network_is_never_asked(address: str) -> None:
    hosts = (
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "169.254.169.254",
        "localhost",
        "0.0.0.0",
        "fe80::1",
    )
    with pytest.raises(NotRead):
        read_card(address, "a test", (*hosts, "2130706433", "::ffff:127.0.0.1"))


@given(st.text(), st.text())
def test_whatever_a_page_writes_its_head_is_read_without_a_fault(
    before: str, said: str
) -> None:
    head = cards._Head.of(f"{before}<meta property='og:title' content='{said}'><title>{said}")
    assert "\n" not in head.first(["og:title", "title"])


def test_hosts_are_meant_with_what_is_below_them() -> None:
    hosts = ("www.survivornet.ca",)
    for address in (
        "https://survivornet.ca/a",
        "http://WWW.survivornet.ca",
        "https://fr.survivornet.ca/",
    ):
        assert is_of_hosts(address, hosts)
    for address in (
        *(
            "https://survivornet.ca.example/",
            "https://notsurvivornet.ca/",
            "ftp://survivornet.ca/",
        ),
        *("https://survivornet.ca@example.org/", "https://[", "https://survivornet.ca/\0", ""),
    ):
        assert not is_of_hosts(address, hosts)
    assert not is_of_hosts("https://example.org/", ("",))
