"""How long to wait before the next try."""

from datetime import timedelta

LONGEST = timedelta(hours=1)
MOST_TRIES = 6
"""A delivery that the network put off so often is handed to a person."""


def next_wait(first: timedelta, tries: int, jitter: float) -> timedelta:
    """`first`, doubled with every try up to an hour, and up to a tenth longer by `jitter` (0 to 1),
    so that many deliveries put off together do not come back together."""
    doubled = min(first * 2 ** min(tries, 20), LONGEST)
    longer: timedelta = doubled * (1 + jitter / 10)
    return longer
