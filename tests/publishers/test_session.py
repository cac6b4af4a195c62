"""How networks are called: what a failed call means, and what is never done."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests
from requests.adapters import HTTPAdapter

from campaign.core.problem import Problem
from campaign.publishers.publisher import TryLater, Unconfirmed
from campaign.publishers.session import (
    AnswerLost,
    NotSent,
    Session,
    checked_url,
    failed_call,
    failed_preparation,
)
from tests.doubles import DoubleServer, Fault, doubles, faults
from tests.doubles.opened import closed_port, failure, quick
from tests.stage import PATIENCE, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PATH = "/2/tweets?secret=hidden"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles() as server:
        yield server


def test_a_refused_connection_was_surely_not_sent() -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    assert isinstance(failure(quick(url), url + PATH), NotSent)


def test_a_name_that_is_not_found_was_surely_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    problem = failure(quick("http://x.invalid"), "http://x.invalid" + PATH)
    assert isinstance(problem, NotSent)
    assert "name was not found" in str(problem)


def test_a_failed_tls_handshake_was_surely_not_sent(server: DoubleServer) -> None:
    url = server.url.replace("http://", "https://")
    problem = failure(quick(url), url + PATH)
    assert isinstance(problem, NotSent)
    assert "secure connection" in str(problem)


def test_a_connect_time_out_was_surely_not_sent() -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            with pytest.raises(BlockingIOError):
                one.connect(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        session = quick(url)
        session.timeout = (0.3, PATIENCE)
        problem = failure(session, url + PATH)
        for one in waiting:
            one.close()
    assert isinstance(problem, NotSent)
    assert "too long" in str(problem)


@pytest.mark.parametrize(
    "fault",
    [
        faults.close_before(),
        faults.close_after(),
        faults.reset_after(),
        faults.silence_before(),
        faults.silence_after(),
        faults.cut_after(),
        faults.trickle(0.02),
        faults.raw(b"not HTTP at all\r\n\r\n"),
        faults.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        faults.raw(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
        ),
    ],
)
def test_an_answer_that_is_lost_after_sending_leaves_doubt(
    server: DoubleServer, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    assert isinstance(failure(quick(server.url, fault), server.url + PATH), AnswerLost)
    # On a busy machine the double hears of it after it was given up.
    until(lambda: bool(server.ledger.requests))
    assert len(server.ledger.requests) == 1


def test_a_trickling_answer_holds_nobody_longer_than_the_whole_call_may_take(
    server: DoubleServer,
) -> None:
    # Each byte comes well within the read time-out, which therefore never strikes.
    server.faults = faults.always(faults.trickle(0.02))
    session = quick(server.url, faults.trickle(0.02))
    assert isinstance(failure(session, server.url + PATH), AnswerLost)


def test_an_answer_without_end_is_not_read_to_its_end(server: DoubleServer) -> None:
    server.faults = faults.always(faults.answer(200, b"x" * 50_000))
    session = quick(server.url)
    session.answer_bytes = 20_000
    assert isinstance(failure(session, server.url + PATH), AnswerLost)


def test_a_dropped_second_call_on_a_kept_connection_leaves_doubt(server: DoubleServer) -> None:
    with closing(quick(server.url)) as session:
        session.post(server.url + PATH)
        server.faults = faults.always(faults.close_after())
        with pytest.raises(AnswerLost):
            session.post(server.url + PATH)


def test_a_refused_second_call_on_a_closed_connection_was_not_sent() -> None:
    with closing(quick("")) as session:
        with doubles() as server:
            url = server.url
            session.post(url + PATH)
        with pytest.raises(NotSent):
            session.post(url + PATH)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_handed_back_and_never_followed(
    server: DoubleServer, status: int
) -> None:
    server.faults = faults.always(faults.redirect(status, server.url + "/elsewhere"))
    with closing(quick(server.url)) as session:
        answer = session.post(server.url + PATH, allow_redirects=True)
    assert answer.status_code == status
    assert len(server.ledger.requests) == 1


def test_a_plain_session_follows_a_redirected_post_as_a_get(server: DoubleServer) -> None:
    # The trap that the test above guards against: two calls, the second without the post, and a status of success.
    server.faults = faults.script(faults.redirect(302, server.url + "/2/users/me"))
    with requests.Session() as plain:
        plain.trust_env = False
        plain.post(server.url + PATH, data="hello", timeout=PATIENCE)
    assert [request.method for request in server.ledger.requests] == ["POST", "GET"]


def test_a_redirect_to_a_broken_address_is_handed_back_too(server: DoubleServer) -> None:
    server.faults = faults.always(faults.redirect(302, "http://[broken"))
    with closing(quick(server.url)) as session:
        assert session.post(server.url + PATH).status_code == 302


class Noting(HTTPAdapter):
    """Notes the time-outs of a call instead of making it."""

    timeouts: object = None

    def send(
        self, request: requests.PreparedRequest, *args: object, **options: object
    ) -> requests.Response:
        self.timeouts = options["timeout"]
        raise requests.ConnectionError


def test_every_call_has_time_outs_without_asking() -> None:
    noting = Noting()
    with closing(Session("https://x.invalid")) as session:
        session.mount("https://", noting)
        with pytest.raises(NotSent):
            session.get("https://x.invalid/")
        assert session.call_seconds == 60.0
    assert noting.timeouts == (5.0, 30.0)


def test_no_cookie_is_kept(server: DoubleServer) -> None:
    server.faults = faults.always(faults.answer(200, {}, {"Set-Cookie": "guest_id=1; Path=/"}))
    with closing(quick(server.url)) as session:
        session.get(server.url + PATH)
        session.get(server.url + PATH)
    assert "cookie" not in server.ledger.requests[1].headers


def test_a_call_names_this_program(server: DoubleServer) -> None:
    with closing(quick(server.url)) as session:
        session.get(server.url + PATH)
    assert server.ledger.requests[0].headers["user-agent"].startswith("campaign-scheduler")


def test_what_is_said_of_a_failed_call_holds_no_address_and_no_key(
    server: DoubleServer,
) -> None:
    server.faults = faults.always(faults.close_after())
    dead = f"http://127.0.0.1:{closed_port()}"
    for url in (server.url, dead):
        problem = failure(quick(url), url + PATH)
        assert "hidden" not in repr(problem)
        assert "127.0.0.1" not in repr(problem)
        assert problem.__suppress_context__
        assert problem.__cause__ is None


def test_a_call_that_cannot_be_written_was_surely_not_sent(server: DoubleServer) -> None:
    with closing(quick(server.url)) as session, pytest.raises(NotSent):
        session.post(server.url + PATH, data={"message": "\ud800"})
    assert not server.ledger.requests


def test_a_call_that_was_not_sent_is_tried_later_and_one_without_answer_is_in_doubt() -> None:
    later = failed_call(NotSent("its name was not found"), "X")
    assert isinstance(later, TryLater)
    assert later.whole_channel
    assert later.wait is None
    assert "X could not be reached: its name was not found" in later.reason
    assert isinstance(failed_call(AnswerLost("it took too long"), "X"), Unconfirmed)


def test_a_call_that_only_prepares_a_post_leaves_no_doubt() -> None:
    assert failed_preparation(
        NotSent("its name was not found"), "X", "picture-1.jpg"
    ).whole_channel
    later = failed_preparation(AnswerLost("it took too long"), "X", "picture-1.jpg")
    assert isinstance(later, TryLater)
    assert not later.whole_channel
    assert (
        "whether it took picture-1.jpg (it took too long). Nothing was posted." in later.reason
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.x.com",
        "ftp://x.com",
        "https://",
        "https://x.com:port",
        "https://x.com/?a=b",
        "http://[x",
    ],
)
def test_an_address_that_is_none_is_refused_by_its_setting(url: str) -> None:
    with pytest.raises(Problem, match="api_url"):
        checked_url(url, "api_url")


def test_an_address_loses_the_slash_at_its_end() -> None:
    assert checked_url("https://api.x.com/", "api_url") == "https://api.x.com"
