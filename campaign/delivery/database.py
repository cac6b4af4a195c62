"""Short writing transactions, shared by everything that changes the queue, and a short way to the database for it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Protocol, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Model

Value = object
T = TypeVar("T")

_AT_A_TIME = 500
"""Rows: a statement may have 32,766 values in SQLite and 65,535 in PostgreSQL, and a row has up to 28."""
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


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many at a time as one statement can take."""
    for start in range(0, len(values), _AT_A_TIME):
        yield values[start : start + _AT_A_TIME]


def insert_all(instances: Sequence[Model]) -> None:
    """Writes new rows of one table, in their order, each with the number that it has, or else with the next one free.

    As Django's `bulk_create`, at a fifth of its cost: what that does for each value costs more than writing it.
    """
    for some in portions(instances):
        meta, is_numbered = some[0]._meta, some[0].pk is not None
        fields = [field for field in meta.concrete_fields if is_numbered or not field.primary_key]
        names = ", ".join(f'"{field.column}"' for field in fields)
        written = [[getattr(instance, field.attname) for field in fields] for instance in some]
        made = rows(
            f'INSERT INTO "{meta.db_table}" ({names}) VALUES {tuples(written, len(fields))} RETURNING id',
            *chain.from_iterable(written),
        )
        for instance, (number,) in zip(some, made, strict=True):
            instance.pk, instance._state.adding = number, False


def marks(values: Collection[object]) -> str:
    """As many %s as there are values, for IN (…)."""
    return ", ".join(["%s"] * len(values))


def tuples(items: Sequence[object], width: int) -> str:
    """For each item %s for so many values in brackets, for VALUES."""
    return ", ".join([f"({marks(range(width))})"] * len(items))


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
