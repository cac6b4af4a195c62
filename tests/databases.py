"""Databases as earlier versions of the program left them, kept as text, so that each can be brought up to today's.

    python -m tests.databases keep     after a new migration: lists it with its hash, and keeps a database that ends with it

The first of them were made by the code of the commit in their name, the others by `tests.filled`. Commit 22885e3 changed
what PostgreSQL keeps alone; its files of SQLite are as those of 9c141c5."""

import contextlib
import hashlib
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.introspection import FieldInfo
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler

from campaign.config import Database
from campaign.database.address import database_of
from tests import dumps, postgresql

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "campaign" / "migrations"
HASHES = ROOT / "tests" / "data" / "migrations.sha256"
KEPT = ROOT / "tests" / "data" / "databases"
KEY = "a key for tests alone: nothing real is sealed with it"
"""What names and contacts are sealed with in the kept databases."""
Row = tuple[str, ...]
NO_POSTGRESQL = (
    "PostgreSQL's programs are not here: install them, since a database of each kind is kept."
)


@contextmanager
def opened(url: str) -> Iterator[None]:
    """Until the end, whatever this process asks of Django's database it asks of this one."""
    before = connections["default"]
    config = replace(settings.CONFIG, database=Database(url))
    connections["default"] = ConnectionHandler({"default": database_of(config)})["default"]
    _forget_content_types()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
        _forget_content_types()


def _forget_content_types() -> None:
    """Django remembers their numbers, which are others in another database."""
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()


def tables() -> dict[str, list[str]]:
    """Every table of the open database, with the names of its columns."""
    with connection.cursor() as cursor:
        names = [
            name
            for name in connection.introspection.table_names(cursor)
            if not _INSIDE.search(name)
        ]
        return {name: [column.name for column in _description(cursor, name)] for name in names}


def _description(cursor: CursorWrapper, table: str) -> list[FieldInfo]:
    return connection.introspection.get_table_description(cursor, table)


_INSIDE = re.compile("_words_(data|idx|content|docsize|config)$")
"""The tables inside a table of words, which are SQLite's own."""


def rows(of: Mapping[str, Sequence[str]]) -> dict[str, Counter[Row]]:
    """The rows of these tables, each as these columns say; and how often each one is there."""
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table, columns) for table, columns in of.items()}


def _rows_of(cursor: CursorWrapper, table: str, columns: Sequence[str]) -> Counter[Row]:
    quoted = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f'SELECT {quoted} FROM "{table}"')
    return Counter(tuple(map(str, row)) for row in cursor.fetchall())


def schema() -> set[tuple[str, ...]]:
    """Tables, columns, indexes, constraints, triggers and functions of the open database."""
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA[connection.vendor])
        return {
            tuple(_CASTS.sub("", str(value)) for value in part) for part in cursor.fetchall()
        }


_CASTS = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")
"""PostgreSQL writes a list of words with other casts and brackets after it was restored from a dump; it means the same."""
_SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT 'column', table_name, column_name, data_type, character_maximum_length::text, is_nullable,
               column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '', ''
        FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text, '', '', ''
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname, prosrc, '', '', '', '', ''
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
}


def hashes() -> dict[str, str]:
    """The SHA-256 of every migration as it stands in its folder, and of what only a migration reads."""
    files = sorted([*MIGRATIONS.glob("[0-9]*.py"), *MIGRATIONS.glob("_[a-z]*")])
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def landed() -> dict[str, str]:
    """The SHA-256 of every migration as it landed, in the form that `sha256sum --check` reads."""
    lines = (line.split() for line in HASHES.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}


def keep() -> None:
    """Lists the new migrations, and keeps a database of each kind that ends with the last of them."""
    listed = hashes() | (landed() if HASHES.exists() else {})
    HASHES.write_text(
        "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items())), "utf-8"
    )
    name = max(name for name in listed if name[0].isdigit()).partition("_")[0]
    with _filled("sqlite:///campaign.db") as folder:
        _keep(f"{name}.sqlite.sql", dumps.of_sqlite(folder / "campaign.db"), folder)
    programs = postgresql.programs()
    if programs is None:
        sys.exit(NO_POSTGRESQL)
    with postgresql.server(programs) as server, _filled(server.url) as folder:
        _keep(f"{name}.postgresql.sql", dumps.of_postgresql(server, "campaign"), folder)


@contextmanager
def _filled(url: str) -> Iterator[Path]:
    """A folder of its own, and in it or beside it a database in which all sorts of things have happened."""
    from tests.filled import fill

    with (
        tempfile.TemporaryDirectory(prefix="campaign-kept-") as name,
        contextlib.chdir(name),
        opened(url),
    ):
        fill(Path(name))
        yield Path(name)


def _keep(name: str, text: str, folder: Path) -> None:
    (KEPT / name).write_text(text.replace(str(folder), "/srv/campaign"), "utf-8")


def main() -> None:
    """The command."""
    if sys.argv[1:] != ["keep"]:
        sys.exit(__doc__)
    with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as config:
        config.write(f'[stories]\nkey = "{KEY}"\n')
        config.flush()
        os.environ |= {
            "CAMPAIGN_CONFIG": config.name,
            "DJANGO_SETTINGS_MODULE": "campaign.settings",
        }
        django.setup()
    del os.environ["CAMPAIGN_CONFIG"]
    keep()


if __name__ == "__main__":
    main()
