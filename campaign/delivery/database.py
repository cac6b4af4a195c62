"""Short writing transactions, shared by everything that changes the queue, and a short way to the database for it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

Value = object
_ONE_WRITER = """
SELECT set_config('lock_timeout', '20s', true), set_config('idle_in_transaction_session_timeout', '60s', true),
       pg_advisory_xact_lock(7261646172)
"""
"""The number is this program's own. A writer that fell silent in the middle of its transaction (a machine that sleeps, a
connection that broke) is put out by the server."""


class _Cursor(Protocol):
    rowcount: int

    def fetchall(self) -> list[tuple[object, ...]]: ...


class _Driver(Protocol):
    """What sqlite3's and psycopg's connections have in common."""

    def execute(self, sql: str, values: Sequence[object], /) -> _Cursor: ...


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes: all of it is kept, or nothing. One writer at a time, in whichever program.

    SQLite lets no second writer in. PostgreSQL would, and what was read at the beginning of a transaction need not be
    true at its end; so it is told to wait there, too.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor != "sqlite":
            execute(_ONE_WRITER)
        yield


def execute(sql: str, *values: Value) -> int:
    """Runs one statement with %s for each value. Returns the rows changed. Raises Django's database errors."""
    return _run(sql, values).rowcount


def rows(sql: str, *values: Value) -> list[tuple[object, ...]]:
    """The rows that a question, written as for `execute`, is answered with."""
    return _run(sql, values).fetchall()


def marks(values: Sequence[object]) -> str:
    """As many %s as there are values, for IN (…)."""
    return ", ".join(["%s"] * len(values))


def _run(sql: str, values: Sequence[Value]) -> _Cursor:
    """Asks the driver itself: for five statements a delivery, Django's cursors would cost as much as a tenth of the
    network's call."""
    own = connections[DEFAULT_DB_ALIAS]  # found once: the way through `connection` is as long as a small question
    if own.connection is None:
        own.ensure_connection()
    vendor = own.vendor
    driver = cast(_Driver, own.connection)
    adapted = [_adapted(value, vendor) if isinstance(value, date) else value for value in values]
    with own.wrap_database_errors:
        return driver.execute(sql.replace("%s", "?") if vendor == "sqlite" else sql, adapted)


@lru_cache(maxsize=1_024)
def _adapted(value: date, vendor: str) -> str | date:
    """A time as the database stores it. Kept, since one transaction writes the same moment several times."""
    if vendor != "sqlite":
        return value
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return str(connection.ops.adapt_datefield_value(value))
