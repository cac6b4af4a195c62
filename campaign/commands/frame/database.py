"""Whether the database is as this version of the program wants it: asked at the start of nearly every command."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

_TABLES = (
    r"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
)


def is_current() -> bool:
    """Whether the database is ours, has had every migration there is, and no other of ours.

    Their files are listed and not imported, which would be a fifth of a command's time. What to do where one is
    missing is found out by `setup.need_database`.
    """
    if connection.vendor == "sqlite" and "campaign_delivery" not in tables_of(
        str(connection.settings_dict["NAME"])
    ):
        return False
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return (
        _known() <= applied
        and {(label, name) for label, name in applied if label == "campaign"} <= _known()
    )


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Every migration that there is, by its app and name."""
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    files = (
        (label, file.name)
        for label, folder in folders.items()
        for file in iter_modules([str(folder)])
    )
    return frozenset(
        (label, name) for label, name in files if not name.startswith(("_", "~"))
    )  # as Django reads them


def tables_of(file: str) -> set[str]:
    """The tables of an SQLite file, read apart from Django's connection, whose settings would be written into another
    program's file. What is not there, or cannot be read, has none: it is told when Django opens it."""
    try:
        with closing(
            sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)
        ) as reader:
            return {str(name) for (name,) in reader.execute(_TABLES)}
    except sqlite3.Error:
        return set()
