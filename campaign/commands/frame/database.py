"""Whether the database is as this version of the program wants it: asked at the start of nearly every command."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

_TABLES = r"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"


def is_current() -> bool:
    """Whether the database is ours, has had every migration there is, and no other of ours.

    What to do where one is missing is found out by `setup.need_database`.
    """
    if connection.vendor == "sqlite":
        tables = tables_of(str(connection.settings_dict["NAME"]))
        if "campaign_delivery" not in tables:
            return False
    applied = MigrationRecorder(connection).applied_migrations().keys()
    ours = {(label, name) for label, name in applied if label == "campaign"}
    return ours <= _known() <= applied


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Every migration that there is, by its app and name."""
    known = set()
    for app in apps.get_app_configs():
        # Listed and not imported, which would be a fifth of a command's time.
        for file in iter_modules([str(Path(app.path) / "migrations")]):
            if not file.name.startswith(("_", "~")):  # which Django leaves out too
                known.add((app.label, file.name))
    return frozenset(known)


def tables_of(file: str) -> set[str]:
    """The tables of an SQLite file; none of one that is not there, or cannot be read."""
    # Apart from Django's connection, whose settings would be written into another program's file.
    address = f"{Path(file).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as reader:
            return {str(name) for (name,) in reader.execute(_TABLES)}
    except sqlite3.Error:  # Django says what is wrong when it opens the file
        return set()
