"""Sweeping the database: what was deleted or written over leaves its file, too.

A deleted row stays in free pages, in the index of words and in the write-ahead log until something else is written there.
"""

from contextlib import closing

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence

WORDS = (
    "campaign_delivery_words",
    "campaign_attempt_words",
    "campaign_event_words",
    "campaign_post_words",
)
DELETED_FROM = (*WORDS, "campaign_draft", "campaign_leftover", "campaign_upload")
"""From these erasing deletes rows; in all others it empties them."""
_TEXTS = """
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
  AND atttypid IN ('text'::regtype, 'varchar'::regtype, 'tsvector'::regtype)
"""
PATIENCE = 5_000
"""Milliseconds for which it waits for others: whoever comes after it waits as long, and posts must not be late."""

IN_USE = Sentence("The database is in use, so that its file cannot be written anew now.")


def sweep() -> None:
    """Writes the database anew without anything that was deleted. Raises Problem where that is not possible now.

    It takes as long as a copy of the database, in which nobody else can write."""
    if connection.in_atomic_block:
        raise Problem(IN_USE)
    try:
        _sweep_file() if connection.vendor == "sqlite" else _sweep_server()
    except DatabaseError as problem:
        said = " ".join(str(problem).split())
        raise Problem(
            Sentence("The database cannot be written anew now ({0}).", said)
        ) from problem


def _sweep_file() -> None:
    usual = int(connection.settings_dict["OPTIONS"]["timeout"])
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            is_busy = _write_anew(cursor)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual * 1_000}")
    if is_busy:
        raise Problem(IN_USE)


def _write_anew(cursor: CursorWrapper) -> bool:
    """Returns whether the write-ahead log could not be emptied, since somebody reads what was there before."""
    for table in WORDS:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [f"{table}_data"])
        if cursor.fetchone():
            # The index keeps a deleted word, marked as such, until its parts become one
            # (https://www.sqlite.org/fts5.html#the_optimize_command).
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    # Everything goes through the write-ahead log, which still holds the pages of before: it is emptied at the end. That
    # is not done while somebody else reads.
    cursor.execute("VACUUM")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (is_busy, *_) = cursor.fetchone()
    return bool(is_busy)


def _sweep_server() -> None:
    """Each table in turn. What the server's own write-ahead log holds of before is written over by itself, later."""
    tables = [name for name in connection.introspection.table_names() if "campaign_" in name]
    with closing(connection.cursor()) as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(PATIENCE)])
        try:
            for table in sorted(tables):
                cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
            _forget_examples(cursor)
            cursor.execute("VACUUM (FULL) pg_statistic")
        finally:
            cursor.execute("SET lock_timeout TO DEFAULT")


def _forget_examples(cursor: CursorWrapper) -> None:
    """For its planner the server keeps examples of what stands in each column. ANALYZE has taken them anew, but not of a table
    in which nothing is left: there they go when a column is given its own type once more."""
    for table in DELETED_FROM:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
        if cursor.fetchone():
            continue
        cursor.execute(_TEXTS, [table])
        for column, kind in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" TYPE {kind}')
