"""Copies of the whole database, made while others read and write: SQLite's own way, or PostgreSQL's programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence

_SESSIONS = "django_session"
"""Whoever has a row of it is signed in: of this table no copy is made."""
_LONGEST = 300


def copy_into(file: Path) -> None:
    """Copies the database that Django is on into a file, as it was at one moment. Raises Problem."""
    if connection.vendor == "sqlite":
        _copy_file(Path(str(connection.settings_dict["NAME"])), file)
    else:
        run_program(
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
            *(f"--exclude-table-data={_SESSIONS}", f"--file={file}"),
        )


def _copy_file(database: Path, copy: Path) -> None:
    address = f"{database.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=20)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        # https://www.sqlite.org/backup.html: in one step, it is the database as of one commit, whatever is in its WAL.
        source.backup(target)
        # One file then, without a second one beside it; and what is deleted is written over.
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("PRAGMA secure_delete = ON")
        target.execute(f"DELETE FROM {_SESSIONS}")
        target.commit()
        check_file(target)


def check_file(database: sqlite3.Connection) -> None:
    """Raises Problem for a database that is damaged."""
    [(said,)] = database.execute("PRAGMA quick_check(1)")
    if said != "ok":
        raise Problem(
            Sentence("The database is damaged ({0}): put an earlier backup in its place.", said)
        )


def run_program(program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs on the database that Django is on. Raises Problem where it is not installed, or
    does not do it."""
    path = shutil.which(program)
    if path is None:
        raise Problem(
            Sentence(
                "PostgreSQL's program {0} is not on this machine: install it (on Debian, apt install postgresql-client).",
                program,
            )
        )
    password = str(connection.settings_dict["PASSWORD"])
    # It goes by the environment: arguments can be read by everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, on our own database
        [path, *arguments, f"--dbname={_address()}"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:_LONGEST]
        said = said.replace(password, "…") if password else said
        raise Problem(
            Sentence("{0} did not do it, and nothing has changed: {1}", program, said)
        )


def _address() -> str:
    """Where the database is, without the password."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - a queue in a file needs no PostgreSQL

    settings = connection.settings_dict
    parts = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    named = {name: settings[key] for name, key in parts.items() if settings[key]}
    return make_conninfo("", **named, **settings["OPTIONS"])
