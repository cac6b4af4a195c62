"""A database as plain text that can be read in a review, and back."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.postgresql import Server

_NOISE = re.compile(
    r"^--\n(?:-- .*\n)+--\n+|^\\(?:un)?restrict .*\n|^SET transaction_timeout .*\n",
    re.MULTILINE,
)
"""What `pg_dump` says around the statements: headings; marks for psql; what servers before 17 do not know."""


def of_sqlite(path: Path) -> str:
    """A file of SQLite as statements.

    Python's own `iterdump` knows no virtual tables: it writes the tables inside them as well, which SQLite then refuses.
    Here a table of words (FTS5) is made anew and filled row by row, as the program fills it.
    """
    connection = sqlite3.connect(path)
    try:
        return "\n".join(_statements(connection)) + "\n"
    finally:
        connection.close()


def _statements(connection: sqlite3.Connection) -> Iterator[str]:
    inside = {
        name
        for _, name, kind, *_ in connection.execute("PRAGMA table_list")
        if kind == "shadow"
    }
    made = "SELECT type, name, sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    parts = [part for part in connection.execute(made) if part[1] not in inside]
    tables = [(name, sql) for kind, name, sql in parts if kind == "table"]
    yield "PRAGMA foreign_keys = OFF;\nBEGIN;"
    for name, sql in tables:
        yield f"{sql};"
        yield from _rows(connection, name, with_numbers=sql.startswith("CREATE VIRTUAL"))
    yield "DELETE FROM sqlite_sequence;"  # the highest number that each table has given out
    yield from _rows(connection, "sqlite_sequence")
    # After the rows: triggers must not see them.
    yield from (f"{sql};" for kind, _, sql in parts if kind != "table")
    yield "COMMIT;"


def _rows(
    connection: sqlite3.Connection, table: str, *, with_numbers: bool = False
) -> Iterator[str]:
    columns = [
        f'"{column[1]}"' for column in connection.execute(f'PRAGMA table_info("{table}")')
    ]
    named = f" (rowid, {', '.join(columns)})" if with_numbers else ""
    quoted = " || ', ' || ".join(
        f"quote({column})" for column in (["rowid"] if with_numbers else []) + columns
    )
    for (values,) in connection.execute(f'SELECT {quoted} FROM "{table}" ORDER BY rowid'):
        yield f'INSERT INTO "{table}"{named} VALUES ({values});'


def of_postgresql(server: Server, database: str) -> str:
    """A database of PostgreSQL as statements."""
    path = server.folder / f"{database}.sql"
    plain = ("--rows-per-insert=1000", "--no-owner", "--no-privileges", "--no-comments")
    server.run(
        "pg_dump", "-h", str(server.folder), "-U", "campaign", *plain, "-f", str(path), database
    )
    return _NOISE.sub("", path.read_text("utf-8"))


def into_sqlite(text: str, path: Path) -> None:
    """Makes a file of SQLite from statements."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(text)
    finally:
        connection.close()


def into_postgresql(text: str, url: str) -> None:
    """Fills an empty database of PostgreSQL from statements."""
    with psycopg.connect(url) as connection:
        connection.execute(text.encode())
