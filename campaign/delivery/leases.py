"""Leases: a channel has one worker at a time, so that its order, its gap and its limits have one owner."""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from campaign.clock import Clock
from campaign.delivery.database import execute, rows, writing

LEASE = timedelta(seconds=60)
"""How long a worker that says nothing keeps a channel."""


class LeaseLost(Exception):
    """Another worker has the channel now: whatever this one still holds is not its own any more."""


def new_worker() -> str:
    """A name for a running program that no other has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


@contextmanager
def leased(channel: str, worker: str, clock: Clock) -> Iterator[bool]:
    """Holds a channel for a worker; yields False when another one has it."""
    held = acquire(channel, worker, clock())
    try:
        yield held
    finally:
        if held:
            release(channel, worker)


def acquire(channel: str, worker: str, now: datetime) -> bool:
    """Takes a channel that nobody has, or whose worker has fallen silent."""
    with writing():
        ensure(channel)
        taken = execute(
            "UPDATE campaign_channelstate SET owner = %s, lease_until = %s "
            "WHERE name = %s AND (owner = '' OR lease_until < %s)",
            *(worker, now + LEASE, channel, now),
        )
    return taken == 1


def ensure(channel: str) -> None:
    """Makes the row of a channel that nobody has worked on yet."""
    execute(
        "INSERT INTO campaign_channelstate (name, owner, rest_reason, troubles) VALUES (%s, '', '', 0) "
        "ON CONFLICT (name) DO NOTHING",
        channel,
    )


def renew(channel: str, worker: str, now: datetime) -> None:
    """Keeps a channel for another while; part of every transaction of a drain. Raises LeaseLost."""
    kept = execute(
        "UPDATE campaign_channelstate SET lease_until = %s WHERE name = %s AND owner = %s",
        *(now + LEASE, channel, worker),
    )
    if kept != 1:
        raise LeaseLost(channel)


def renew_all(worker: str, now: datetime) -> None:
    """Keeps every channel of a worker, however long its calls take."""
    with writing():
        execute("UPDATE campaign_channelstate SET lease_until = %s WHERE owner = %s", now + LEASE, worker)


def release(channel: str, worker: str) -> None:
    """Gives a channel back."""
    with writing():
        execute(
            "UPDATE campaign_channelstate SET owner = '', lease_until = NULL WHERE name = %s AND owner = %s",
            *(channel, worker),
        )


def release_all(worker: str) -> None:
    """Gives every channel of a worker back."""
    with writing():
        execute("UPDATE campaign_channelstate SET owner = '', lease_until = NULL WHERE owner = %s", worker)


def rest(channel: str, until: datetime, reason: str, *, trouble: bool) -> None:
    """Lets a channel rest: nothing is claimed on it before `until`."""
    execute(
        "UPDATE campaign_channelstate SET rest_until = %s, rest_reason = %s, troubles = "
        + ("troubles + 1" if trouble else "0")
        + " WHERE name = %s",
        *(until, reason, channel),
    )


def troubles(channel: str) -> int:
    """How many troubles of the whole channel came in a row."""
    found = rows("SELECT troubles FROM campaign_channelstate WHERE name = %s", channel)
    return int(str(found[0][0])) if found else 0
