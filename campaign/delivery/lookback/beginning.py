"""The beginning of a program that publishes: is its database the newest that there is of it?

Beside the database stands a mark with the number of the newest attempt, written before any network is called. Where the
database is behind its mark, has lost it, or has that of another one, it is an older copy, or on a new machine; what went
out since then is looked for on the accounts first."""

import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.foreign import reason_of
from campaign.core.sentence import Sentence
from campaign.database import mark
from campaign.database.mark import Mark
from campaign.database.sql import ask, column, writing
from campaign.delivery.lookback.strays import STRAYS_COUNT
from campaign.delivery.lookback.waiting import look_first
from campaign.delivery.reconcile import began_at
from campaign.models.lookback import Installation

log = logging.getLogger("campaign.beginning")

OLDER = Sentence(
    "The database is older than what this installation has sent: a copy was put in its place. The accounts are looked at first."
)
ELSEWHERE = Sentence(
    "The database comes from another installation, or from before one: the accounts are looked at first."
)
UNMARKED = Sentence(
    "The mark beside the database is gone: it was brought here from elsewhere. The accounts are looked at first."
)


class NewestRow(NamedTuple):
    """When the newest attempt began, and how wrong the clock was that says so."""

    started_at: datetime
    clock_ahead: int | None


def begin(names: Iterable[str], now: datetime, wait: timedelta) -> Callable[[], None]:
    """Looks first on these channels and all others where the database may be older than what went out; `wait` is for
    `look_first`. Returns what writes the mark: to be called in each transaction that claims something."""
    with writing():
        installation = Installation.objects.order_by("id").first()
        why = _why(installation, mark.read(), newest_attempt())
        if why:
            log.warning("%s", why)
            look_first(names, _known_until(installation, now), now, wait, why)
        key = "" if why or installation is None else installation.key
        keep = _Keeper(key or new_installation(now))
        keep()
    return keep


def new_installation(now: datetime) -> str:
    """Gives the database a key that no other copy of it has; part of a transaction. Returns it."""
    key = secrets.token_hex(16)
    changed = Installation.objects.update(key=key)
    if not changed:
        Installation.objects.create(key=key, made_at=now)
    return key


def set_mark() -> None:
    """Writes the mark of the database as it is; for one that was put in place with a key of its own."""
    with writing():
        [installation] = Installation.objects.all()
        _Keeper(installation.key)()


def newest_attempt() -> int:
    """The number of the newest attempt; 0 when there is none."""
    [number] = column(int, "SELECT COALESCE(MAX(id), 0) FROM campaign_attempt")
    return number


class _Keeper:
    """Writes the mark; says once when that is not possible, and goes on."""

    def __init__(self, installation: str) -> None:
        self._installation = installation
        self._complained = False

    def __call__(self) -> None:
        try:
            mark.write(Mark(self._installation, newest_attempt()))
        except OSError as problem:
            if not self._complained:
                log.warning(
                    "The mark beside the database cannot be written (%s): an older copy that is put in its place would not"
                    " be noticed.",
                    reason_of(problem),
                )
            self._complained = True


def _why(installation: Installation | None, kept: Mark | None, newest: int) -> Sentence | None:
    """Why the accounts are looked at first; None when the database is the one that was here last, or a new one."""
    if kept is None:
        return UNMARKED if newest or installation else None
    if kept.attempt > newest:
        return OLDER
    if installation is None:
        return ELSEWHERE if newest else None
    return ELSEWHERE if installation.key != kept.installation else None


def _known_until(installation: Installation | None, now: datetime) -> datetime:
    """Until when the database knows of all that went out: its newest attempt, or its making. Never later than now."""
    newest = ask(
        NewestRow,
        "SELECT started_at AS started_at, clock_ahead AS clock_ahead FROM campaign_attempt ORDER BY id DESC LIMIT 1",
    )
    if newest:
        return min(began_at(newest[0].started_at, newest[0].clock_ahead, now), now)
    return min(installation.made_at, now) if installation else now - STRAYS_COUNT
