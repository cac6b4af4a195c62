"""A small HTTP server on the loopback that plays one network, or several."""

import contextlib
import json
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Protocol, Self

from tests.doubles.calls import Kind
from tests.doubles.chaos import chaos
from tests.doubles.faults import Ending, Fault, Faults, Script, none
from tests.doubles.ledger import Ledger
from tests.doubles.messages import Reply, Request

HELD_SECONDS = 120.0
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Site(Protocol):
    """A network's side of the conversation."""

    def answers(self, request: Request) -> bool:
        """Whether this is a call to this network."""

    def answer(self, request: Request) -> Reply:
        """What the network answers when nothing goes wrong."""


class DoubleServer(socketserver.ThreadingMixIn, HTTPServer):
    """Starts when it is entered, stops when it is left.

    `faults` is asked before each call; `delay` is in seconds, before each answer; while `speaks` is cleared, no answer is
    given but to who asks the time: what was asked is heard and stored, and waits. `ledger` has everything that was
    stored and heard; other processes read it at /_ledger, its posts alone at /_posts, and set by POST the delay at
    /_delay, a script of faults at /_faults (?on=KIND), a rate of all faults mixed at /_chaos?seed=1&rate=0.3 (a rate
    of 0 ends them), and forget everything at /_clear. `silence` is how long a silence lasts, in seconds. With a `clock` (seconds
    since 1970) each answer is dated.
    """

    daemon_threads = True
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, sites: Sequence[Site], ledger: Ledger, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.sites = sites
        self.ledger = ledger
        self.faults: Faults = none
        self.delay = 0.0
        self.silence = HELD_SECONDS
        self.clock: Callable[[], float] | None = None
        self.connections = 0
        self.speaks = threading.Event()
        self.speaks.set()
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.speaks.set()
        self.shutdown()
        self._thread.join()
        for connection in list(self._open):
            _shut(connection)
        self.server_close()

    def server_bind(self) -> None:
        """Binds without asking the name server for this machine's name, as the parent does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(request)
        self.connections += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is nothing to report."""

    def reply(self, request: Request) -> Reply:
        """The answer of the network that the call is for."""
        for site in self.sites:
            if site.answers(request):
                return site.answer(request)
        return Reply(404, {"error": "no such place"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: DoubleServer

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        self._serve(Request(self.command, self.path, headers, body, time.time()))

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _serve(self, request: Request) -> None:
        if request.path.startswith("/_"):
            self._write(_control(self.server, request))
            return
        self.server.ledger.hear(request)
        fault = self.server.faults(request)
        reply = (
            self.server.reply(request)
            if fault is None or fault.store or _needs_reply(fault)
            else None
        )
        if self.server.delay:
            self.server.stopping.wait(self.server.delay)
        if (
            self.command != "HEAD"
        ):  # what time it is, it says all the same: tests hold back what a post came to
            self.server.speaks.wait()
        if fault is None:
            self._write(reply or Reply(500, {}))
        else:
            self._fail(fault, fault.reply or reply or Reply(200, {}))

    def _fail(self, fault: Fault, reply: Reply) -> None:
        if fault.raw is not None:
            self.wfile.write(fault.raw)
            self.close_connection = True
            return
        match fault.ending:
            case Ending.ANSWER:
                self._write(reply)
                return
            case Ending.CUT:
                self.wfile.write(self._whole(reply)[: -len(reply.written()) // 2])
            case Ending.TRICKLE:
                self._trickle(self._whole(reply), fault.pause)
            case Ending.SILENCE:
                self.server.stopping.wait(self.server.silence)
            case Ending.RESET:
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.connection.close()
        self.close_connection = True

    def _whole(self, reply: Reply) -> bytes:
        if self.server.clock:
            date = formatdate(self.server.clock(), usegmt=True)
            reply = Reply(reply.status, reply.body, {"date": date, **reply.headers})
        return _whole(reply)

    def _trickle(self, written: bytes, pause: float) -> None:
        for byte in written:
            self.wfile.write(bytes([byte]))
            if self.server.stopping.wait(pause):
                return

    def _write(self, reply: Reply) -> None:
        written = self._whole(reply)
        # Whoever asks with HEAD gets what GET would get, and none of the body.
        is_head = self.command == "HEAD"
        self.wfile.write(
            written.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if is_head else written
        )


def _needs_reply(fault: Fault) -> bool:
    return fault.ending is Ending.ANSWER and fault.reply is None and fault.raw is None


def _whole(reply: Reply) -> bytes:
    body = reply.written()
    headers = {"content-type": "application/json; charset=utf-8"}
    headers |= {name.lower(): value for name, value in reply.headers.items()}
    headers["content-length"] = str(len(body))
    lines = [f"HTTP/1.1 {reply.status} {_PHRASES.get(reply.status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _control(server: DoubleServer, request: Request) -> Reply:
    match request.method, request.path:
        case "GET", "/_ledger":
            return Reply(200, server.ledger.as_json())
        case "GET", "/_posts":
            return Reply(200, server.ledger.posts_as_json())
        case "POST", "/_clear":
            server.ledger.clear()
        case "POST", "/_delay":
            server.delay = float(request.body)
        case "POST", "/_faults":
            on = Kind(request.query["on"]) if "on" in request.query else None
            server.faults = Script([_fault(item) for item in _list(request.json)], on)
        case "POST", "/_chaos":
            server.faults = chaos(
                int(request.query.get("seed", "1")), float(request.query["rate"])
            )
        case _:
            return Reply(404, {"error": "no such place"})
    return Reply(200, {"ok": True})


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _fault(item: object) -> Fault | None:
    """A fault from another process: {"status", "body", "headers", "store", "ending", "pause"}, each optional."""
    if not isinstance(item, Mapping):
        return None
    body = item.get("body", {})
    written = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    reply = (
        Reply(int(item["status"]), written, dict(item.get("headers", {})))
        if "status" in item
        else None
    )
    return Fault(
        reply,
        bool(item.get("store")),
        Ending(item.get("ending", "answer")),
        float(item.get("pause", 0.05)),
    )


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
