"""How networks are called: proxies, certificates and connections."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from campaign.publishers import session as session_module
from campaign.publishers.session import AnswerLost, NotSent, Session
from tests.doubles import DoubleServer, doubles, faults
from tests.doubles.opened import closed_port, failure, quick

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


def test_a_proxy_that_is_not_there_means_surely_not_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    assert isinstance(failure(quick("https://x.invalid"), "https://x.invalid" + PATH), NotSent)


def test_a_proxy_that_refuses_the_way_means_surely_not_sent(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The proxy was sent something, but not the call itself.
    server.faults = faults.always(faults.answer(407, b""))
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    assert isinstance(failure(quick("https://x.invalid"), "https://x.invalid" + PATH), NotSent)
    assert [request.method for request in server.ledger.requests] == ["CONNECT"]


def test_the_environment_is_read_once(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(quick(server.url)) as session:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
        assert session.get(server.url + PATH).status_code == 401


def test_a_proxy_of_the_environment_is_used(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    with closing(quick("http://x.invalid")) as session:
        session.get("http://x.invalid/2/users/me")
    assert server.ledger.requests[0].target == "http://x.invalid/2/users/me"


def test_a_host_that_needs_no_proxy_gets_none(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with closing(quick(server.url)) as session:
        assert session.get(server.url + PATH).status_code == 401


def test_certificates_are_verified_with_the_bundle_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    with closing(Session("https://x.invalid")) as session:
        assert session.verify is True
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/our/bundle.pem")
    with closing(Session("https://x.invalid")) as session:
        assert session.verify == "/our/bundle.pem"
        with pytest.raises(NotSent):
            session.get("https://x.invalid/")


def test_no_password_is_taken_from_netrc(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password hidden\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with closing(quick(server.url)) as session:
        session.get(server.url + PATH)
    assert "authorization" not in server.ledger.requests[0].headers


def test_a_connection_is_kept_for_the_next_call(server: DoubleServer) -> None:
    with closing(quick(server.url)) as session:
        for _ in range(3):
            session.get(server.url + PATH)
    assert server.connections == 1


def test_a_connection_that_rested_long_is_opened_anew(
    server: DoubleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "IDLE_SECONDS", 0.0)
    with closing(quick(server.url)) as session:
        for _ in range(3):
            session.get(server.url + PATH)
    assert server.connections == 3


def test_threads_that_share_a_session_keep_their_calls_apart(server: DoubleServer) -> None:
    dead = f"http://127.0.0.1:{closed_port()}"
    seen: list[type[Exception]] = []

    def call(url: str) -> None:
        try:
            session.post(url + PATH)
        except (NotSent, AnswerLost) as problem:
            seen.append(type(problem))

    server.faults = faults.always(faults.close_after())
    with closing(quick(server.url)) as session:
        threads = [threading.Thread(target=call, args=(url,)) for url in (server.url, dead) * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (seen.count(NotSent), seen.count(AnswerLost)) == (4, 4)
