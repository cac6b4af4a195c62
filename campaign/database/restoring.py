"""Putting a backup's database in place. What was there is moved aside and never deleted, and until the restored one is
ready, nobody can open it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import DatabaseError, connection

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.archive import DATABASES, Backup
from campaign.database.copying import check_file, run_program
from campaign.database.sql import execute, is_any

_TOLD_BY = ("campaign_post", "campaign_attempt", "campaign_event", "auth_user")
"""A database in which these tables are empty, or are not there, holds nothing of anybody's."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is open, or after a crash."""
_IN_USE = """
SELECT 1 FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'campaign'
"""


def put_back(backup: Backup, make_ready: Callable[[], None], now: datetime) -> str:
    """Puts the backup's database in the place of the one that Django is on. `make_ready` is run on it before anybody else
    can open it; when it raises, nothing has changed. Returns where the old one is kept, "" when there was none.

    Raises Problem for the database of another kind, for one that is damaged, and while a program has this one open.
    """
    if backup.page.kind != connection.vendor:
        raise Problem(
            Sentence(
                "This backup is of a database of another kind ({0}): set database.url in config.toml to one of that kind.",
                backup.page.kind,
            )
        )
    if is_in_use():
        raise Problem(
            Sentence("The database is in use: stop every program that works on it first.")
        )
    aside = f"before_{now.astimezone(UTC):%Y%m%d_%H%M%S}"
    if connection.vendor == "sqlite":
        return _put_file(backup, make_ready, aside)
    return _put_schema(backup, make_ready, aside)


def is_in_use() -> bool:
    """Whether another program has the database open."""
    if connection.vendor != "sqlite":
        return is_any(_IN_USE)
    connection.close()
    file = _file()
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=1)) as last:
            last.execute("SELECT 1 FROM sqlite_master").fetchall()
    except sqlite3.OperationalError:  # locked
        return True
    except sqlite3.DatabaseError:  # damaged: no program can work on it
        return False
    # Whoever closes a database last takes away what is beside it (https://www.sqlite.org/wal.html).
    return _beside(file, "-shm").exists()


def holds_anything() -> bool:
    """Whether the database that Django is on holds posts, people or a log; also one that cannot be read."""
    if connection.vendor == "sqlite" and not _file().exists():
        return False
    try:
        tables = set(connection.introspection.table_names()) & set(_TOLD_BY)
        return any(is_any(f"SELECT 1 FROM {table} LIMIT 1") for table in sorted(tables))
    except DatabaseError:
        return True
    finally:
        connection.close()


def _put_file(backup: Backup, make_ready: Callable[[], None], aside: str) -> str:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=file.parent, prefix=".restore-") as own:
        restored = Path(own) / file.name
        backup.database_into(restored)
        _need_sound(restored)
        with _django_on(restored):
            _need_ours()
            make_ready()
        kept = file.with_name(f"{file.stem}.{aside}{file.suffix}")
        is_there = file.exists()
        for end in ("", *_BESIDE):
            if _beside(file, end).exists():
                _beside(file, end).rename(_beside(kept, end))
        restored.rename(file)
    return str(kept) if is_there else ""


def _need_sound(file: Path) -> None:
    """Raises Problem for a file that is no database, or a damaged one."""
    try:
        with closing(sqlite3.connect(file)) as reader:
            check_file(reader)
    except sqlite3.Error as problem:
        raise Problem(
            Sentence("The database in this backup cannot be read ({0}): use another.", problem)
        ) from None


def _need_ours() -> None:
    """Raises Problem for a database without our tables, which would be made in it."""
    if "campaign_delivery" not in connection.introspection.table_names():
        raise Problem(
            Sentence("The database in this backup is not one of this program: use another.")
        )


@contextmanager
def _django_on(file: Path) -> Iterator[None]:
    """Until the end, this process's database is this file; then it is closed, and nothing is left beside it."""
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


def _put_schema(backup: Backup, make_ready: Callable[[], None], aside: str) -> str:
    """The old tables go into a schema of their own, and come back when anything goes wrong."""
    is_there = bool(connection.introspection.table_names())
    with TemporaryDirectory(prefix="campaign-restore-") as own:
        dump = Path(own) / DATABASES[backup.page.kind]
        backup.database_into(dump)
        execute(f"ALTER SCHEMA public RENAME TO {aside}")
        try:
            execute("CREATE SCHEMA public")
            connection.close()
            run_program(
                *("pg_restore", "--no-owner", "--no-privileges", "--schema=public"),
                *("--single-transaction", "--exit-on-error", str(dump)),
            )
            _need_ours()
            make_ready()
        except BaseException:
            execute("DROP SCHEMA IF EXISTS public CASCADE")
            execute(f"ALTER SCHEMA {aside} RENAME TO public")
            raise
    if not is_there:
        execute(f"DROP SCHEMA {aside}")
    return aside if is_there else ""


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _beside(file: Path, end: str) -> Path:
    return file.with_name(f"{file.name}{end}")
