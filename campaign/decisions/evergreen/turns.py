"""Whose turn it is: of the posts of a set, the one that has rested longest. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple


class Turn(NamedTuple):
    """A post of the set, and when it went out or goes out on the channel (aware)."""

    variant: int
    at: datetime


class Pace(NamedTuple):
    """How long a channel rests after any post of the set, and after the same one."""

    every: timedelta
    rest: timedelta


def turns(
    slots: Iterable[datetime], known: Sequence[Turn], variants: Sequence[int], pace: Pace
) -> Iterator[Turn]:
    """Who gets which of these free slots of one channel, given in order: each keeps the pace with all that is known, before
    it and after it, and with the turns before it."""
    taken = list(known)
    for slot in slots:
        if any(abs(slot - turn.at) < pace.every for turn in taken):
            continue
        variant = _next_variant(slot, taken, variants, pace.rest)
        if variant is not None:
            turn = Turn(variant, slot)
            taken.append(turn)
            yield turn


def _next_variant(
    slot: datetime, taken: Sequence[Turn], variants: Sequence[int], rest: timedelta
) -> int | None:
    """The one that is out longest ago, or never was; of several, the one that stands first. None while all of them rest."""
    nearest = dict.fromkeys(variants, timedelta.max)
    for turn in taken:
        if turn.variant in nearest:
            apart = abs(slot - turn.at)
            nearest[turn.variant] = min(nearest[turn.variant], apart)
    rested = [variant for variant in variants if nearest[variant] >= rest]
    return max(rested, key=nearest.__getitem__, default=None)
