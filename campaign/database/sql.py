"""Short writing transactions, shared by everything that changes the queue, and a short way to the database for it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import chain
from types import NoneType
from typing import Protocol, TypeVar, cast, get_args, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Field, Model

from campaign.core.sentence import Sentence, stored
from campaign.states import Stage, Status

Value = object
Reader = Callable[[object], object]
"""Makes a value of a field's type from the one that the database hands out."""
Readers = Sequence[tuple[int, Reader]]
"""Each with the place of its field."""
_SPECIAL = (date, Sentence)
"""A pair made once: `date | Sentence` would be made anew for every value of every question."""
T = TypeVar("T")
V = TypeVar("V")
Shape = TypeVar("Shape", bound=tuple[object, ...])

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
    description: Sequence[Sequence[str]]

    def fetchall(self) -> list[tuple[object, ...]]: ...


class _Driver(Protocol):
    """What sqlite3's and psycopg's connections have in common."""

    def execute(self, sql: str, values: Sequence[object], /) -> _Cursor: ...


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes: all of it is kept, or nothing. One writer at a time, in whichever program.

    SQLite lets no second writer in. PostgreSQL would, and what was read at the beginning of a transaction need not be
    true at its end; so it waits there for a lock, too.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor != "sqlite":
            execute(_ONE_WRITER)
        yield


def execute(sql: str, *values: Value) -> int:
    """Runs one statement with %s for each value. Returns the rows changed. Raises Django's database errors."""
    return _run(sql, values).rowcount


def ask(shape: type[Shape], question: str, *values: Value) -> list[Shape]:
    """The rows of a SELECT, written as for `execute`, each as a named tuple of this shape.

    The names and the order of the columns are those of the shape's fields, and their values are of its types, whatever the
    database hands out: a time is aware and in UTC. Raises LookupError where the names differ.
    """
    cursor = _run(question, values)
    names, readers = _readers(shape)
    columns = tuple(described[0] for described in cursor.description)
    if columns != names:
        raise LookupError(
            f"{shape.__name__} asks for {names}: the question names other columns"
        )
    make: Callable[..., Shape] = shape
    return [make(*_read(row, readers)) for row in cursor.fetchall()]


def column(of: type[V], question: str, *values: Value) -> list[V]:
    """The values of a SELECT of one column, whatever its name, each of this type; NULL is not among them."""
    read = _READERS[of]
    rows = _run(question, values).fetchall()
    return [cast(V, read(value)) for (value,) in rows]


def is_any(question: str, *values: Value) -> bool:
    """Whether a SELECT has any row."""
    return bool(_run(question, values).fetchall())


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in their order, at most so many at a time as one statement can take."""
    for start in range(0, len(values), _AT_A_TIME):
        yield values[start : start + _AT_A_TIME]


def insert_all(instances: Sequence[Model]) -> None:
    """Writes new rows of one table, in their order, each with the number that it has, or else with the next one free.

    As Django's `bulk_create`, at a fifth of its cost: what that does for each value costs more than writing it.
    """
    for portion in portions(instances):
        meta = portion[0]._meta
        is_numbered = portion[0].pk is not None
        fields = [
            field for field in meta.concrete_fields if is_numbered or not field.primary_key
        ]
        names = ", ".join(f'"{field.column}"' for field in fields)
        rows = [_values_of(instance, fields) for instance in portion]
        made = column(
            int,
            f'INSERT INTO "{meta.db_table}" ({names}) VALUES {tuples(rows, len(fields))} RETURNING id',
            *chain.from_iterable(rows),
        )
        for instance, number in zip(portion, made, strict=True):
            instance.pk = number
            instance._state.adding = False  # else Django would save it as a new row


def _values_of(instance: Model, fields: Sequence["Field[object, object]"]) -> list[object]:
    return [getattr(instance, field.attname) for field in fields]


def marks(values: Collection[object]) -> str:
    """As many %s as there are values, for IN (…)."""
    return ", ".join(["%s"] * len(values))


def tuples(rows: Sequence[object], width: int) -> str:
    """For each row as many %s as it has values, in brackets, for VALUES."""
    row = f"({marks(range(width))})"
    return ", ".join([row] * len(rows))


def _number(value: object) -> int:
    return int(str(value))


def _moment(value: object) -> datetime:
    # SQLite keeps a time as a text without its zone, which is always UTC.
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


_READERS: Mapping[object, Reader] = {
    str: str,
    int: _number,
    bool: bool,
    datetime: _moment,
    date: _day,
    Status: lambda value: Status(str(value)),
    Stage: lambda value: Stage(str(value)),
}
"""How a value becomes one of a type. A database hands out texts as such: in a row they are taken as they are."""


@cache
def _readers(shape: type[tuple[object, ...]]) -> tuple[tuple[str, ...], Readers]:
    """The names of a shape's fields, and the readers of those whose value is not taken as it is."""
    kinds = get_type_hints(shape)
    readers: list[tuple[int, Reader]] = []
    for place, kind in enumerate(kinds.values()):
        read = _reader(kind)
        if read is not str:
            readers.append((place, read))
    return tuple(kinds), readers


def _reader(kind: object) -> Reader:
    """Of `int | None`, as of int: None stays None."""
    kinds = get_args(kind) or (kind,)
    [of] = [kind for kind in kinds if kind is not NoneType]
    return _READERS[of]


def _read(row: Sequence[object], readers: Readers) -> Sequence[object]:
    values = list(row)
    for place, read in readers:
        if values[place] is not None:
            values[place] = read(values[place])
    return values


def _run(sql: str, values: Sequence[Value]) -> _Cursor:
    """Asks the driver itself: for five statements a delivery, Django's cursors would cost as much as a tenth of the
    network's call."""
    # Looked up once: the way through `connection` takes as long as a small question.
    own = connections[DEFAULT_DB_ALIAS]
    if own.connection is None:
        own.ensure_connection()
    vendor = own.vendor
    if vendor == "sqlite":
        sql = sql.replace("%s", "?")
    driver = cast(_Driver, own.connection)
    adapted = [
        _written(value, vendor) if isinstance(value, _SPECIAL) else value for value in values
    ]
    with own.wrap_database_errors:
        return driver.execute(sql, adapted)


def _written(value: date | Sentence, vendor: str) -> str | date:
    """A sentence goes in as `stored` writes it, also where a caller forgot to: its words alone would be English for good."""
    return stored(value) if isinstance(value, Sentence) else _adapted(value, vendor)


@lru_cache(maxsize=1_024)
def _adapted(value: date, vendor: str) -> str | date:
    """A day or a time as the driver takes it. Cached, since one transaction writes the same moment several times."""
    if vendor != "sqlite":
        return value
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return str(connection.ops.adapt_datefield_value(value))
