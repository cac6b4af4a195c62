"""Which program made the database, and how long ago: told by its tables, before anything is written into it."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from campaign.commands.frame.database import tables_of
from campaign.core.problem import Problem

TOO_OLD = (
    "This database was made by a very early version of the program, and its tables cannot be brought up to today's:"
    " keep it as a record, name another one as database.url in config.toml, run scheduler.py init, then load the posts"
    " that are not out yet and have them approved again."
)
TOO_NEW = (
    "This database was made by a newer version of the program ({names}): install that version,"
    " or name another database as database.url in config.toml."
)
STRANGE = (
    "This database belongs to another program (there is {names}):"
    " it was left as it is; name another one as database.url in config.toml."
)
_LATER = "0003_web"
"""A database with this migration is not of the very first versions; without it, a column tells (_has_fingerprints)."""


def our_own() -> MigrationExecutor:
    """Django's executor, which knows the migrations that the database has had. Raises Problem, which says what to do, for
    a database of another program, or of a version that cannot be brought up."""
    if connection.vendor == "sqlite":
        _need_no_strangers(tables_of(str(connection.settings_dict["NAME"])))
    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations
    ours = {name for app, name in applied if app == "campaign"}
    newer = ours - {name for app, name in executor.loader.disk_migrations if app == "campaign"}
    if newer:
        raise Problem(TOO_NEW.format(names=_some(newer)))
    if not ours:
        _need_no_others({app for app, _ in applied})
    elif _LATER not in ours and not _has_fingerprints():
        raise Problem(TOO_OLD)
    return executor


def _need_no_strangers(tables: set[str]) -> None:
    """Before our own tables, there may be those of the libraries: a first `init` was ended in its middle."""
    known = {"django_migrations", *connection.introspection.django_table_names()}
    is_ours = any(table.startswith("campaign_") for table in tables & known)
    strange = tables - known
    if strange and not is_ours:  # ours may hold whatever else, and be harmed
        raise Problem(STRANGE.format(names=_some(strange)))


def _need_no_others(migrated: set[str]) -> None:
    """A database on a server may be shared, but not with another program of Django's: some names of tables are the same."""
    others = migrated - {app.label for app in apps.get_app_configs()}
    if others:
        raise Problem(STRANGE.format(names=_some(others)))


def _has_fingerprints() -> bool:
    """Whether deliveries have a fingerprint. The very first tables had a `text_hash` instead: their migration was once
    written anew, not followed by another."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "campaign_delivery")
    return "fingerprint" in {column.name for column in columns}


def _some(names: set[str]) -> str:
    """The first three of the names, and a sign that there are more."""
    first = sorted(names)[:3]
    more = " …" if len(names) > len(first) else ""
    return ", ".join(first) + more
