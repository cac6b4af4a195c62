"""Short writing transactions, shared by everything that changes the queue."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, transaction

_one_writer = threading.Lock()
"""SQLite has one writer at a time. Threads of this process wait for each other here, in order and without delay,
rather than in SQLite's own busy loop, which sleeps longer and longer."""

Value = str | int | datetime | date | None


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes: all of it is kept, or nothing."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _one_writer, transaction.atomic():
        yield


def execute(sql: str, *values: Value) -> int:
    """Runs one statement in the hot path, where the ORM would cost as much as the network call. Returns the rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(values))
        return int(cursor.rowcount)


def rows(sql: str, *values: Value) -> list[tuple[object, ...]]:
    """The rows that a question of the hot path answers with."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(values))
        return list(cursor.fetchall())


def _adapted(values: Sequence[Value]) -> list[object]:
    return [_adapt(value) for value in values]


def _adapt(value: Value) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
