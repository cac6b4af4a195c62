"""Channels at work: which worker holds a channel, until when it rests, and why.

A channel has one worker at a time, so that its order, its gap and its limits have one owner. Every function here is
part of the caller's transaction."""

import os
import secrets
import socket
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from campaign.config import Channel
from campaign.core.sentence import Sentence, stored
from campaign.database.sql import column, execute, marks

LEASE = timedelta(seconds=60)
"""How long a worker that says nothing keeps a channel."""
WRONG_CLOCK = timedelta(hours=1)
"""A lease that ends later than this was written by a clock that has been put back since, and by nobody who works now."""


def new_worker() -> str:
    """A name for a running program that no other has: the machine and its process space, the process, a random part."""
    return f"{_place()}:{os.getpid()}:{secrets.token_hex(4)}"


def _place() -> str:
    """This machine and process space. In another one (another container, say) a process number means another process."""
    host = socket.gethostname()[:40]
    try:
        space = os.readlink("/proc/self/ns/pid")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        # Not Linux: this place is like no other then, and its leases end by time alone.
        return f"{host}/{secrets.token_hex(4)}"
    # The number of the start too: after a new one, the same process number is another program's.
    return f"{host}/{boot[:8]}/{space}"


def take_from_the_dead(worker: str) -> None:
    """Ends the leases of programs of this very machine that run no more, without waiting for them to fall silent."""
    place = worker.rsplit(":", 2)[0]
    others = (
        "SELECT DISTINCT owner FROM campaign_channelstate WHERE owner <> '' AND owner <> %s"
    )
    for owner in column(str, others, worker):
        there, process, _ = owner.rsplit(":", 2)
        if there == place and not _runs(int(process)):
            release_all(owner)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)  # signal 0 only asks
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and another user's
        return True
    return True


def take(channels: Sequence[Channel], worker: str, now: datetime) -> list[Channel]:
    """Takes those of the channels that the worker holds already, that nobody holds, or whose worker has fallen silent."""
    if not channels:
        return []
    names = [channel.name for channel in channels]
    # One statement asks and takes: of two workers that find a channel free, the second finds the name of the first there.
    held = column(
        str,
        f"UPDATE campaign_channelstate SET owner = %s, lease_until = %s WHERE name IN ({marks(names)}) "
        "AND (owner IN (%s, '') OR lease_until < %s OR lease_until > %s) RETURNING name",
        *(worker, now + LEASE, *names, worker, now, now + WRONG_CLOCK),
    )
    taken = set(held)
    return [channel for channel in channels if channel.name in taken]


def renew(channels: Iterable[str], worker: str, now: datetime) -> None:
    """Keeps channels whose calls take long, for a LEASE from now."""
    # Only with the worker's name in the row: whoever was silent too long has lost the channel, and must not take it back.
    for name in channels:
        execute(
            "UPDATE campaign_channelstate SET lease_until = %s WHERE name = %s AND owner = %s",
            now + LEASE,
            name,
            worker,
        )


def release_all(worker: str) -> None:
    """Gives every channel of a worker back."""
    # By its name: what another worker has taken over meanwhile is that one's.
    execute(
        "UPDATE campaign_channelstate SET owner = '', lease_until = NULL WHERE owner = %s",
        worker,
    )


def ensure(names: Iterable[str]) -> None:
    """Makes the rows of channels that have none yet."""
    # Two programs may start at once: the second finds the row made, and leaves it as it is.
    for name in names:
        execute(
            "INSERT INTO campaign_channelstate (name, owner, rest_reason, troubles, test_problem) "
            "VALUES (%s, '', '', 0, '') "
            "ON CONFLICT (name) DO NOTHING",
            name,
        )


def rest(channel: str, until: datetime, reason: str) -> None:
    """Lets a channel in trouble rest, and counts the trouble: nothing is claimed on it before `until` (aware, UTC)."""
    execute(
        "UPDATE campaign_channelstate SET rest_until = %s, rest_reason = %s, troubles = troubles + 1 WHERE name = %s",
        *(until, stored(reason), channel),
    )


def went_through(channels: Sequence[Channel], now: datetime) -> None:
    """Calls got through: the channels' troubles are over, and each rests for its gap between two posts."""
    names = [channel.name for channel in channels]
    if names:
        # Mostly there is no trouble, and then nothing is written.
        execute(
            f"UPDATE campaign_channelstate SET troubles = 0 WHERE troubles > 0 AND name IN ({marks(names)})",
            *names,
        )
    for channel in channels:
        if channel.minimum_gap:
            rest_until(
                channel.name, now + channel.minimum_gap, Sentence("The gap between two posts.")
            )


def rest_anew(channel: Channel, now: datetime) -> None:
    """Another gap, or another most for a day, counts at once: a channel in no trouble rests for the gap since its last post,
    and what fills a day is counted anew. One in trouble rests on."""
    execute(
        "UPDATE campaign_channelstate SET rest_until = NULL, rest_reason = '' WHERE name = %s AND troubles = 0",
        channel.name,
    )
    out = "SELECT published_at FROM campaign_delivery WHERE channel = %s AND published_at > %s"
    latest = max(column(datetime, out, channel.name, now - channel.minimum_gap), default=None)
    if latest and channel.minimum_gap and troubles(channel.name) == 0:
        until = latest + channel.minimum_gap
        rest_until(channel.name, until, Sentence("The gap between two posts."))


def rest_until(channel: str, until: datetime, reason: str) -> None:
    """Lets a channel rest until then (aware, UTC) that is in no trouble."""
    execute(
        "UPDATE campaign_channelstate SET rest_until = %s, rest_reason = %s WHERE name = %s",
        until,
        stored(reason),
        channel,
    )


def troubles(channel: str) -> int:
    """How many troubles of the whole channel came in a row."""
    return sum(
        column(int, "SELECT troubles FROM campaign_channelstate WHERE name = %s", channel)
    )
