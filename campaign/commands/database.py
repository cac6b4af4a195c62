"""Whether the database is as this version of the program wants it: asked at the start of nearly every command."""

from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def is_current() -> bool:
    """Whether the database has had every migration there is.

    Their files are listed and not imported, which would be a fifth of a command's time. What to do where one is
    missing is found out by `setup.need_database`.
    """
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).parent.is_dir():
        return False
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    files = ((label, file.name) for label, folder in folders.items() for file in iter_modules([str(folder)]))
    known = {(label, name) for label, name in files if not name.startswith(("_", "~"))}  # as Django reads them
    return known <= MigrationRecorder(connection).applied_migrations().keys()
