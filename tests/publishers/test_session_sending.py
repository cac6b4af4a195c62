"""How networks are called: what is long in leaving, such as pictures."""

import contextlib
import socket
import threading
import time
from contextlib import closing

import pytest
from requests.adapters import HTTPAdapter

from campaign.publishers import session as session_module
from campaign.publishers.session import AnswerLost
from tests.doubles.opened import quick
from tests.stage import PATIENCE

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def slow_reader(
    pause: float, needed: int, found: list[int]
) -> tuple[socket.socket, threading.Thread]:
    """A server that takes a call in slowly, and answers when it has so many bytes of it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen()

    def serve() -> None:
        connection, _ = listener.accept()
        with closing(connection), contextlib.suppress(OSError):
            count = 0
            while count < needed and (read := len(connection.recv(65536))):
                count += read
                time.sleep(pause)
            found.append(count)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return listener, thread


def test_a_picture_may_take_longer_to_send_than_any_one_time_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A piece of it takes longer than a connection may take to open, and each piece has a whole time-out of its own.
    found: list[int] = []
    waits: list[float] = []
    wait = session_module._Call.wait

    def noted(call: session_module._Call) -> float:
        waits.append(wait(call))
        return waits[-1]

    monkeypatch.setattr(session_module._Call, "wait", noted)
    listener, thread = slow_reader(0.005, 1_500_000, found)
    with closing(listener), closing(quick("")) as session:
        session.timeout, session.call_seconds = (0.02, PATIENCE), PATIENCE * 9
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        adapter = session.get_adapter(url)
        assert isinstance(adapter, HTTPAdapter)
        # Little is on the way at a time, so that what is sent has nearly arrived.
        adapter.poolmanager.connection_pool_kw["socket_options"] = [
            (socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        ]
        assert session.post(url, data=b"x" * 1_500_000).status_code == 200
        thread.join()
    assert found[0] >= 1_500_000
    assert len(waits) > 10
    assert set(waits) == {PATIENCE}


def test_a_call_that_nobody_takes_in_comes_to_an_end() -> None:
    listener, _ = slow_reader(5.0, 4_000_000, [])
    with closing(listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with closing(quick(url)) as session:
            session.timeout = (PATIENCE, 0.2)
            with pytest.raises(AnswerLost):
                session.post(url, data=b"x" * 8_000_000)


def test_a_call_that_is_taken_in_too_slowly_comes_to_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Every piece comes through well within its time.
    monkeypatch.setattr(session_module, "SLOWEST_BYTES", 1e9)
    listener, _ = slow_reader(0.02, 8_000_000, [])
    with closing(listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with closing(quick(url)) as session:
            session.timeout, session.call_seconds = (PATIENCE, 30.0), 0.3
            with pytest.raises(AnswerLost):
                session.post(url, data=b"x" * 8_000_000)
