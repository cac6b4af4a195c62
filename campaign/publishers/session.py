"""How every network is called: with time-outs, without redirects, without a second try.

What matters to a queue is whether a call that failed had been sent. The connection itself keeps account of
that, so it is known and not guessed: a failure is either NotSent or AnswerLost.
"""

import http.client
import io
import logging
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError
from urllib3.poolmanager import PoolManager, ProxyManager

from campaign.core.clock import steady
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.publishers.network_time import NetworkTime
from campaign.publishers.publisher import TryLater, Unconfirmed, Unreachable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 30.0
CALL_SECONDS = 60.0
"""A whole call may take so long, however steadily its answer trickles in."""
SLOWEST_BYTES = 50_000
"""Bytes a second of the slowest line that pictures are sent over: a long call may take so much longer."""
PIECE_BYTES = 65_536
ANSWER_BYTES = 16_000_000
"""The longest answer that is read, headers included; a hundred long posts are a few megabytes."""
IDLE_SECONDS = 30.0
"""A connection that has rested longer is opened anew: routers forget resting connections without telling
either end, and a post sent into one is a post in doubt."""

# Below INFO this library writes down addresses and headers.
logging.getLogger("urllib3").setLevel(logging.INFO)


class NotSent(requests.RequestException):
    """The call failed before a byte of it was sent; the text says why, as the end of a sentence."""


class AnswerLost(requests.RequestException):
    """The call was sent, at least in part, and no whole answer came back; the text says why."""


class Session(requests.Session):
    """The connections of one channel to its network at `base_url`.

    Every call raises NotSent or AnswerLost when it gets no answer. An answer of any status is handed back, a
    redirect too: to follow one would turn a POST into a GET, or take the keys to another host.

    Of what `requests` does at a call, this does what a network needs: nothing is merged with settings of other places,
    no cookie is kept, and no hook is called, which together would cost a tenth of the call.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.network_time = NetworkTime()
        self._base_url = base_url
        self.timeout: tuple[float, float] = (CONNECT_TIMEOUT, READ_TIMEOUT)
        self.call_seconds = CALL_SECONDS
        self.answer_bytes = ANSWER_BYTES
        self.only_public = False  #: a connection into a private network is given up at once
        self._take_environment(base_url)
        self.headers.update({"User-Agent": "campaign-scheduler", "Accept-Encoding": "identity"})
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())

    def _take_environment(self, base_url: str) -> None:
        """Proxies and the certificate bundle, read once: to look for them at every call costs as much as the call."""
        environment = requests.Session().merge_environment_settings(
            base_url, {}, False, None, None
        )
        self.proxies.update(environment["proxies"])
        self.verify = environment["verify"]
        self.trust_env = False

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Writes the call. Raises NotSent for one that cannot be written, for whatever reason."""
        written = requests.PreparedRequest()
        try:
            written.prepare_method(request.method)
            written.prepare_url(request.url, request.params)
            written.prepare_headers({**self.headers, **(request.headers or {})})
            written.prepare_body(request.data, request.files, request.json)
            written.prepare_auth(request.auth, request.url)
        except Exception:
            raise NotSent(Sentence("the call could not be written")) from None
        return written

    def merge_environment_settings(self, *_: object) -> dict[str, object]:  # type: ignore[override]
        """Nothing is looked up at a call: see `_take_environment`."""
        return {}

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        """Sends once. Raises NotSent or AnswerLost."""
        seconds = self.call_seconds + len(request.body or b"") / SLOWEST_BYTES
        _call.begin(seconds, self.answer_bytes, self.timeout[1])
        # A proxy may well stand inside, and it looks names up by itself.
        _call.only_public = self.only_public and not self.proxies
        began = steady()
        try:
            adapter = self.get_adapter(request.url or "")
            answer = adapter.send(
                request,
                timeout=self.timeout,
                verify=self.verify,  # type: ignore[arg-type]
                proxies=self.proxies,
            )
            answer.content  # noqa: B018 - reads it
        except (
            requests.RequestException,
            HTTPError,
            http.client.HTTPException,
            OSError,
            ValueError,
        ) as problem:
            failure = AnswerLost if _call.sent else NotSent
            # The library's own text holds the address with its query: it is dropped.
            raise failure(_why(problem)) from None
        self.network_time.hear(answer.headers, steady() - began)
        return answer

    def ask_time(self, network: str) -> None:
        """Asks the network what time it has, by a call that needs no keys, costs nothing and changes nothing; `network` is
        what it is called. Raises Unreachable."""
        try:
            self.head(self._base_url, allow_redirects=False)
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(
                Sentence("{0} could not be asked: {1}.", network, problem)
            ) from None


def checked_url(url: str, setting: str) -> str:
    """The address of a network, without a slash at its end. Raises Problem when it is none."""
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and not parts.query
            and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable:
        raise Problem(
            Sentence(
                '{0} is not a web address: write one such as "https://api.example.org".',
                setting,
            )
        )
    return url.rstrip("/")


def failed_call(problem: NotSent | AnswerLost, network: str) -> TryLater | Unconfirmed:
    """What a call without an answer means for the post it carried."""
    if isinstance(problem, NotSent):
        return TryLater(
            Sentence("{0} could not be reached: {1}. Nothing was posted.", network, problem),
            whole_channel=True,
        )
    return Unconfirmed(
        Sentence(
            "{0} did not give a whole answer ({1}): the post may be out, or not.",
            network,
            problem,
        )
    )


def failed_preparation(problem: NotSent | AnswerLost, network: str, what: str) -> TryLater:
    """What a call without an answer means when it was to prepare a post and not to publish it."""
    if isinstance(problem, NotSent):
        return TryLater(
            Sentence("{0} could not be reached: {1}. Nothing was posted.", network, problem),
            whole_channel=True,
        )
    return TryLater(
        Sentence(
            "{0} did not say whether it took {1} ({2}). Nothing was posted.",
            network,
            what,
            problem,
        )
    )


class _Call(threading.local):
    """The call that this thread is making. A thread makes one at a time."""

    sent = False
    deadline = 0.0
    bytes_left = 0
    patience = READ_TIMEOUT
    only_public = False

    def begin(self, seconds: float, bytes_left: int, patience: float) -> None:
        self.sent = False
        self.deadline = monotonic() + seconds
        self.bytes_left = bytes_left
        self.patience = patience

    def wait(self) -> float:
        """How long the next piece may take, in seconds. Raises TimeoutError when the call has had its time."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self.patience, left)


_call = _Call()


def _patient(connection: socket.socket) -> None:
    """Gives the next piece its time. Raises TimeoutError when the call has had its own."""
    wait = _call.wait()
    # Only when it is another one: setting it asks the system, and lets other threads go first.
    if connection.gettimeout() != wait:
        connection.settimeout(wait)


class _Answer(io.RawIOBase):
    """Reads one answer from a socket, never past the deadline of the call or its longest length.

    The socket's own time-out is for one read: a peer that sends a byte now and then would never meet it.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        _patient(self._socket)
        count = self._raw.readinto(buffer)
        _call.bytes_left -= count or 0
        if _call.bytes_left < 0:
            raise http.client.HTTPException("too long")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Opened:
    """A socket as the standard library's response wants it: something to read from."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Answer(self._socket))


class _Response(http.client.HTTPResponse):
    def __init__(
        self,
        sock: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(_Opened(sock), debuglevel, method, url)  # type: ignore[arg-type]


class _Connection(HTTPConnection):
    """A connection that notes when a request begins to leave, and that does not rest too long."""

    response_class = _Response
    _used = 0.0
    #: the head of a call that waits for its body, b"" before it is there; None when nothing is held back
    _held: bytes | None = None

    def connect(self) -> None:
        try:
            super().connect()
        finally:
            # What was said to a proxy on the way was not the request.
            _call.sent = False
            self._used = monotonic()
        # A name may lead elsewhere by now than when it was looked up.
        if _call.only_public and not ip_address(self.sock.getpeername()[0]).is_global:
            self.close()
            raise ConnectionRefusedError

    def request(self, *arguments: object, **options: object) -> None:
        """Head and body leave together: apart, they would be two packets and wake the other end twice."""
        self._held = b""
        try:
            super().request(*arguments, **options)  # type: ignore[arg-type]
        finally:
            head, self._held = self._held, None
        if head:  # there was no body
            self.send(head)

    def send(self, data: bytes) -> None:  # type: ignore[override]
        if self._held == b"":
            self._held = data
            return
        data, self._held = (self._held or b"") + data, None
        if self.sock is None:
            self.connect()
        # Before the first byte, and after connecting: a failure until here has surely posted nothing.
        _call.sent = True
        self._used = monotonic()
        # In one piece a picture would have to be gone within the time-out for connecting.
        for piece in _pieces(data):
            _patient(self.sock)
            super().send(piece)

    @property
    def is_connected(self) -> bool:
        return super().is_connected and monotonic() - self._used < IDLE_SECONDS


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + PIECE_BYTES] for at in range(0, len(data), PIECE_BYTES))


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Opens connections of the kind above; tries nothing again, as `requests` does by default."""

    def init_poolmanager(self, *args: object, **options: object) -> None:
        super().init_poolmanager(*args, **options)  # type: ignore[arg-type]
        _use_our_pools(self.poolmanager)
        self._pools: dict[tuple[str, str], ConnectionPool] = {}

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, *settings: object, **more: object
    ) -> ConnectionPool:
        """The connections to a host, found once: a session has one proxy and one certificate bundle, and to look for
        them at every call asks the disk."""
        parts = urlsplit(request.url or "")
        host = (parts.scheme, parts.netloc)
        if host not in self._pools:
            opened = super().get_connection_with_tls_context
            self._pools[host] = opened(request, *settings, **more)  # type: ignore[arg-type]
        return self._pools[host]

    def close(self) -> None:
        """Closes all connections."""
        super().close()
        self._pools.clear()

    def proxy_manager_for(self, proxy: str, **options: object) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        _use_our_pools(manager)
        return manager


def _use_our_pools(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def _why(problem: Exception) -> str:
    """The end of a sentence about a failed call, without addresses, which may hold keys."""
    inner = getattr(problem.args[0] if problem.args else None, "reason", None)
    match problem:
        case requests.exceptions.ProxyError():
            return Sentence("the proxy on the way refused")
        case requests.exceptions.SSLError():
            return Sentence("the secure connection could not be made or broke")
        case requests.exceptions.Timeout() | TimeoutError():
            return Sentence("it took too long")
    if isinstance(inner, NameResolutionError):
        return Sentence("its name was not found")
    if _call.sent:
        return Sentence("the connection broke")
    return Sentence("the connection was refused")
