"""The pages as a process, while strangers ask in ways that no browser does."""

import resource
import signal
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.stage import PATIENCE, Machine, free_port, stop

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SLOW = 500
"""Connections."""


@pytest.fixture
def port(machine: Machine) -> Iterator[int]:
    """Of pages that are served, in a dry run."""
    number = free_port()
    machine.configure(dry_run=True, top=f"[web]\nport = {number}\n")
    machine.people()
    serving = machine.start("serve")
    serving.stdout.readline()
    yield number
    said = stop(serving, signal.SIGTERM)
    assert said.status == 0, said.everything


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), PATIENCE)


def answer_to(talk: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """The head of an answer, and what of its body comes by its length."""
    talk.sendall(request)
    read = talk.makefile("rb")
    lines = list(iter(read.readline, b"\r\n"))
    head = b"".join(lines)
    length = [line for line in lines if line.lower().startswith(b"content-length:")]
    asks_for_body = not request.startswith(b"HEAD")
    return head, read.read(int(length[0].split(b":")[1])) if length and asks_for_body else b""


def test_slow_connections_keep_nobody_out(port: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * SLOW)), hard))
    with ExitStack() as held:
        slow = [held.enter_context(connected(port)) for _ in range(SLOW)]
        for talk in slow:
            talk.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        for path in ("/sign-in/", "/tell/"):
            url = f"http://127.0.0.1:{port}{path}"
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                assert answer.status == 200
        for talk in slow:  # each of them is still read
            talk.sendall(b"x")
        head, _ = answer_to(slow[-1], b"\r\n\r\n")
        assert b" 200 OK" in head


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/no-such-page/", "/", "/static/campaign.css", "/posts/", "/tell/"]
)
def test_after_a_head_the_next_answer_on_the_connection_is_its_own(
    port: int, path: str
) -> None:
    for _ in range(2):
        with connected(port) as talk:
            head, _ = answer_to(
                talk, f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
            )
            if b"connection: close" in head.lower():
                assert talk.recv(10_000) == b""
                continue
            next_head, body = answer_to(
                talk, b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            )
            assert next_head.startswith(b"HTTP/1.1 200 OK")
            assert body.rstrip().endswith(b"</html>")
