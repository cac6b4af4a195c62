"""What can go wrong with one call. Each fault says whether the post is stored all the same."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.doubles.calls import Kind, kind_of
from tests.doubles.messages import Reply, Request


class Ending(StrEnum):
    """How the connection goes on."""

    ANSWER = "answer"
    CLOSE = "close"  #: closed without a word
    RESET = "reset"  #: broken off
    SILENCE = (
        "silence"  #: nothing more is said, as long as the double's `silence` lasts; then closed
    )
    CUT = "cut"  #: closed in the middle of the body
    TRICKLE = "trickle"  #: a byte now and then, from the first header on


@dataclass(frozen=True, slots=True)
class Fault:
    """`reply` None stands for the answer that the network would have given. `store` with a reply of its own: the
    post is stored, and the answer hides it. `pause` is in seconds, between the bytes of a trickle."""

    reply: Reply | None = None
    store: bool = False
    ending: Ending = Ending.ANSWER
    pause: float = 0.05
    raw: bytes | None = None


Faults = Callable[[Request], Fault | None]


def none(_request: Request) -> None:
    """Nothing goes wrong."""


@dataclass
class Script:
    """Gives each fault once, to one call after the other; None in the list lets a call pass. Only calls of the kind
    `on` count, or every writing call."""

    faults: list[Fault | None] = field(default_factory=list)
    on: Kind | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Fault | None:
        if not _is_meant(request, self.on):
            return None
        with self._lock:
            return self.faults.pop(0) if self.faults else None


def script(*faults: Fault | None, on: Kind | None = None) -> Script:
    """The faults, one after the other, each for one call of this kind, or for one writing call."""
    return Script(list(faults), on)


def always(fault: Fault, on: Kind | None = None) -> Faults:
    """The same fault for every call, or for every one of this kind."""
    return lambda request: fault if on in (None, kind_of(request)) else None


def _is_meant(request: Request, on: Kind | None) -> bool:
    return request.is_write if on is None else kind_of(request) is on


def answer(
    status: int,
    body: object,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    *,
    store: bool = False,
) -> Fault:
    """An answer of one's own."""
    return Fault(Reply(status, body, dict(headers)), store=store)


def html(status: int, *, store: bool = False) -> Fault:
    """The page of a proxy, as X and Facebook's front servers send it when what is behind them is down."""
    page = f"<html><head><title>{status}</title></head><body><h1>{status} Server Error</h1></body></html>".encode()
    return answer(status, page, {"Content-Type": "text/html; charset=UTF-8"}, store=store)


def redirect(status: int, location: str) -> Fault:
    """An answer that points elsewhere."""
    return answer(status, b"", {"Location": location})


def close_before() -> Fault:
    """The connection is closed; the post is not stored."""
    return Fault(ending=Ending.CLOSE)


def close_after() -> Fault:
    """The post is stored, then the connection is closed."""
    return Fault(ending=Ending.CLOSE, store=True)


def reset_after() -> Fault:
    """The post is stored, then the connection is broken off."""
    return Fault(ending=Ending.RESET, store=True)


def silence_before() -> Fault:
    """Nothing is stored, nothing is said."""
    return Fault(ending=Ending.SILENCE)


def silence_after() -> Fault:
    """The post is stored, nothing is said."""
    return Fault(ending=Ending.SILENCE, store=True)


def cut_after() -> Fault:
    """The post is stored, the answer ends in its middle: its length was announced."""
    return Fault(ending=Ending.CUT, store=True)


def truncated_json(*, store: bool = True) -> Fault:
    """The post is stored; the answer is whole by its length, and half a JSON."""
    return answer(
        200, b'{"data":{"id":"144588', {"Content-Type": "application/json"}, store=store
    )


def trickle(pause: float = 0.05) -> Fault:
    """The post is stored; the answer comes byte by byte."""
    return Fault(ending=Ending.TRICKLE, store=True, pause=pause)


def raw(sent: bytes) -> Fault:
    """Any bytes at all, then the connection is closed."""
    return Fault(raw=sent, store=True)


def server_error(status: int = 503, *, store: bool) -> Fault:
    """A JSON of trouble without an `error` in it, before or after storing."""
    return answer(
        status,
        {
            "title": "Service Unavailable",
            "detail": "Service Unavailable",
            "type": "about:blank",
            "status": status,
        },
        store=store,
    )
