"""Sessions and publishers for tests: patient, whatever the machine does, but where a double says nothing on purpose."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
import requests

from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import Message, Outcome, Publisher, Ready
from campaign.publishers.session import AnswerLost, NotSent, Session
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles.channels import network_at, page_channel, x_channel
from tests.doubles.faults import Ending, Fault
from tests.stage import PATIENCE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SHORT, WHOLE = 0.2, 2.0
"""Seconds until a silence is given up, and until a call is that trickles: in both, what comes of it is the same on a slow
machine, since the connection stands already or is waited for with patience."""


def quick_x(url: str, **keys: str) -> Twitter:
    """The X account of these tests; `keys` replace the made-up ones."""
    publisher = Twitter.open(x_channel(**keys), network_at(url), lambda: NOW)
    _patiently(publisher.session)
    return publisher


def quick_page(url: str) -> Facebook:
    """The Page of these tests."""
    publisher = Facebook.open(page_channel(), network_at(url), lambda: NOW)
    _patiently(publisher.session)
    return publisher


def quick(url: str, fault: Fault | None = None) -> Session:
    """A session by itself, which will meet that fault."""
    session = Session(url)
    _patiently(session)
    if fault:
        _as_long_as_needed(session, fault)
    return session


@contextmanager
def meeting(session: Session, fault: Fault) -> Iterator[None]:
    """While a call meets this fault, it is given up after a while that fits it."""
    _as_long_as_needed(session, fault)
    try:
        yield
    finally:
        _patiently(session)


def _as_long_as_needed(session: Session, fault: Fault) -> None:
    if fault.ending is Ending.SILENCE:
        session.timeout = (PATIENCE, SHORT)
    elif fault.ending is Ending.TRICKLE:
        session.call_seconds = WHOLE


def _patiently(session: Session) -> None:
    session.timeout, session.call_seconds = (PATIENCE, PATIENCE), PATIENCE


def failure(session: Session, address: str) -> requests.RequestException:
    """What a call that fails is said to be."""
    with closing(session), pytest.raises((NotSent, AnswerLost)) as caught:
        session.post(address, data="hello")
    return caught.value


def closed_port() -> int:
    """A port at which nobody answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def posted(publisher: Publisher, message: Message) -> Outcome:
    """What comes of a message: prepared, then posted, as a worker does it."""
    ready = publisher.prepare(message)
    return publisher.publish(ready) if isinstance(ready, Ready) else ready
