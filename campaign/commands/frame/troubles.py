"""What went wrong, as one sentence for a person: never a traceback, never a secret."""

from django.conf import settings
from django.db import DatabaseError

from campaign.commands.frame.lines import where
from campaign.core.problem import Problem


def sentence(trouble: Exception) -> str:
    """What happened and what to do, for a person, of any exception that a command raised."""
    match trouble:
        case Problem():
            return str(trouble)
        case DatabaseError():
            return _about_database(trouble)
        case OSError():
            which = f" ({trouble.filename})" if trouble.filename else ""
            reason = (trouble.strerror or "unknown reason").lower()
            return f"The machine refused something{which}: {reason}. Put that right, then try again."
    return f"Something happened that nobody foresaw ({where(trouble)}). What was saved before is safe; please report this."


def _about_database(trouble: Exception) -> str:
    words_of_library = " ".join(str(trouble).split())
    said = _without_password(words_of_library)
    for words, sentence in _DATABASE_TROUBLES:
        if any(word in said for word in words):
            return sentence.format(said=said)
    return f"The database does not answer as it should ({said}): check database.url in config.toml."


_DATABASE_TROUBLES = (
    (("locked",), "The database is busy with another program: try again in a moment."),
    (
        ("malformed", "not a database"),
        "The database is damaged, or its file is no database ({said}):"
        " put a backup in its place, or name another file as database.url in config.toml.",
    ),
    (
        ("disk", "full", "No space"),
        "The database cannot be written ({said}): make room on the disk, then try again.",
    ),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        "The database cannot be opened for writing ({said}):"
        " check database.url in config.toml, and that this user may write to the file and its folder.",
    ),
    (
        ("no such table", "no such column", "does not exist"),
        "The database is not set up as it should be ({said}): run scheduler.py init.",
    ),
)
"""Words of SQLite and PostgreSQL, and what they mean to a person; the first that fits."""


def _without_password(said: str) -> str:
    if not settings.configured:
        return said
    password = str(settings.DATABASES["default"].get("PASSWORD", ""))
    return said.replace(password, "…") if password else said
