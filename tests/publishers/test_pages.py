"""Pages that posts link to are asked politely, and never inside of a network of one's own."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.publishers.pages import MOST_HOPS, State, ask, is_public
from campaign.publishers.session import NotSent, Session
from tests.doubles.ledger import Ledger
from tests.doubles.messages import Reply, Request
from tests.doubles.opened import closed_port
from tests.doubles.server import DoubleServer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
AGENT = "campaign-scheduler (a test)"


def html(language: str = "en", status: int = 200, **headers: str) -> Reply:
    body = f'<!doctype html><html class="a" lang="{language}"><p>Hello.'.encode()
    return Reply(status, body, {"Content-Type": "text/html", **headers})


def onward(to: str, status: int = 301) -> Reply:
    return Reply(status, b"", {"Location": to})


@dataclass
class Web:
    """Pages by their path; what was asked, and how many were asked at the same time."""

    pages: dict[str, Reply | Callable[[Request], Reply]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    now: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answers(self, request: Request) -> bool:
        return True

    def answer(self, request: Request) -> Reply:
        with self.lock:
            self.asked.append(request)
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1
        page = self.pages.get(request.path, Reply(404, b"gone"))
        return page if isinstance(page, Reply) else page(request)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def server(web: Web) -> Iterator[DoubleServer]:
    with DoubleServer([web], Ledger()) as server:
        yield server


def found(server: DoubleServer, path: str = "/page"):
    address = server.url + path
    return ask([address], AGENT, private_too=True)[address]


@pytest.mark.parametrize("language", ["en", "fr", "fr-CA"])
def test_a_page_that_is_there_says_its_language(
    web: Web, server: DoubleServer, language: str
) -> None:
    web.pages["/page"] = html(language)
    page = found(server)
    assert (page.state, page.language, page.moved_to) == (State.HERE, language[:2], "")


def test_the_language_of_a_header_is_enough_and_no_page_is_fetched(
    web: Web, server: DoubleServer
) -> None:
    web.pages["/page"] = Reply(200, b"", {"Content-Language": "fr-CA"})
    assert found(server).language == "fr"
    assert [request.method for request in web.asked] == ["HEAD"]


def test_a_page_in_two_languages_is_in_none_of_them(web: Web, server: DoubleServer) -> None:
    web.pages["/page"] = Reply(200, b"<p>", {"Content-Language": "en, fr"})
    assert found(server).language == ""


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_page_that_is_gone_is_dead(web: Web, server: DoubleServer, status: int) -> None:
    web.pages["/page"] = html(status=status)
    page = found(server)
    assert (page.state, page.why) == (State.DEAD, f"it answers {status}")


def test_a_host_that_nobody_answers_at_is_dead() -> None:
    address = f"http://127.0.0.1:{closed_port()}/"
    page = ask([address], AGENT, private_too=True)[address]
    assert (page.state, page.why) == (State.SILENT, "the connection was refused")


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_host_that_keeps_programs_out_is_not_called_dead(
    web: Web, server: DoubleServer, status: int
) -> None:
    web.pages["/page"] = html(status=status)
    assert found(server).state is State.SHUT


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_host_that_knows_no_head_is_asked_for_the_page(
    web: Web, server: DoubleServer, status: int
) -> None:
    web.pages["/page"] = lambda request: (
        Reply(status, b"", {"Content-Language": "en"}) if request.method == "HEAD" else html()
    )
    assert found(server).state is State.HERE
    assert [request.method for request in web.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_address_that_leads_on_is_followed_and_told(
    web: Web, server: DoubleServer, status: int
) -> None:
    web.pages |= {"/page": onward("/new", status), "/new": html("fr")}
    page = found(server)
    assert (page.state, page.language) == (State.HERE, "fr")
    assert page.moved_to == f"{server.url}/new"


def test_an_address_that_leads_to_nothing_is_dead(web: Web, server: DoubleServer) -> None:
    web.pages["/page"] = onward("/gone")
    assert found(server).state is State.DEAD


def test_an_address_that_leads_round_in_a_circle_is_left_in_time(
    web: Web, server: DoubleServer
) -> None:
    web.pages["/page"] = onward("/page")
    assert found(server).state is State.DEAD
    assert len(web.asked) == MOST_HOPS


def test_a_page_that_leads_on_to_something_else_than_a_page_is_not_followed(
    web: Web, server: DoubleServer
) -> None:
    web.pages["/page"] = onward("file:///etc/passwd")
    assert found(server).state is State.PRIVATE


def test_a_very_long_page_is_there_and_says_no_language(web: Web, server: DoubleServer) -> None:
    web.pages["/page"] = Reply(200, b"x" * 1_200_000)
    page = found(server)
    assert (page.state, page.language) == (State.HERE, "")


def test_each_address_is_asked_once_and_a_host_never_twice_at_a_time(
    web: Web, server: DoubleServer
) -> None:
    paths = [f"/{number}" for number in range(8)]
    web.pages |= {path: Reply(200, b"", {"Content-Language": "en"}) for path in paths}
    addresses = [server.url + path for path in paths]
    pages = ask([*addresses, *addresses], AGENT, private_too=True)
    assert {page.state for page in pages.values()} == {State.HERE}
    assert Counter(request.path for request in web.asked) == Counter(paths)
    assert web.most_at_once == 1


def test_the_hosts_are_told_who_asks(web: Web, server: DoubleServer) -> None:
    web.pages["/page"] = html()
    found(server)
    assert {request.headers["user-agent"] for request in web.asked} == {AGENT}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/tell/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
    ],
)
def test_nothing_inside_of_a_network_is_asked(address: str) -> None:
    assert ask([address], AGENT)[address].state is State.PRIVATE


def test_a_page_outside_that_leads_inside_is_not_followed(
    web: Web, server: DoubleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name looks like one outside when it is asked for, as that of a hostile host may."""
    real = socket.getaddrinfo

    def outside(host: str, port: Any, *more: Any, **options: Any) -> object:
        if port is None:  # what is asked before the call
            return [(0, 0, 0, "", ("93.184.216.34", 0))]
        return real(host, port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", outside)
    web.pages["/page"] = html()
    page = ask([f"{server.url}/page"], AGENT)[f"{server.url}/page"]
    assert page.state is State.SILENT
    assert web.asked == []


def test_a_session_for_public_pages_gives_a_private_connection_up_before_it_says_a_word(
    server: DoubleServer,
) -> None:
    session = Session(server.url)
    session.only_public = True
    with pytest.raises(NotSent):
        session.get(server.url)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1::1"])
def test_an_address_of_the_internet_is_public(number: str) -> None:
    assert is_public(number)


@given(
    st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="192.168.0.0/16")
)
def test_an_address_inside_is_never_public_however_it_is_written(ip) -> None:
    assert not is_public(str(ip))
    assert not is_public(f"::ffff:{ip}")


@given(st.text(max_size=40))
def test_whatever_stands_for_an_address_is_answered(text: str) -> None:
    page = ask([f"mailto:{text}"], AGENT)[f"mailto:{text}"]
    assert page.state is State.PRIVATE
