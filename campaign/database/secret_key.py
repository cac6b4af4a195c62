"""What sessions and second factors are signed and locked with: the key of config.toml, or one that is drawn once and kept
beside the database. Another key signs everybody out, and makes right codes wrong: where there are such, none is drawn."""

from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import Error, connection

from campaign.core.key_file import draw_into
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence

SHORTEST = 50
"""Characters of a key."""


def secret_key() -> str:
    """The key. Raises Problem where there is none and none may be drawn."""
    named = settings.CONFIG.web.secret_key
    if named:
        return str(named.reveal())
    if connection.vendor != "sqlite":
        raise Problem(
            Sentence(
                "With PostgreSQL, the key that sessions are signed with has to stand in config.toml, the same for every"
                " program: set [web] secret_key."
            )
        )
    path = key_file()
    return _kept(path) or _drawn(path)


def key_file() -> Path:
    """Where the key is kept that was drawn for want of one in config.toml."""
    return Path(str(settings.DATABASES["default"]["NAME"])).with_suffix(".key")


def _kept(path: Path) -> str:
    """The key in the file; "" when there is no such file, or nothing in it."""
    try:
        kept = path.read_text("utf-8", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError:
        raise Problem(
            Sentence(
                "The key file {0} beside the database cannot be read: check who may read it.",
                path.name,
            )
        ) from None
    if kept and not (len(kept) >= SHORTEST and kept.isascii()):
        raise Problem(
            Sentence(
                "There is no key in the key file {0} beside the database: put it back from a copy.",
                path.name,
            )
        )
    return kept


def _drawn(path: Path) -> str:
    if _something_is_locked():
        raise Problem(
            Sentence(
                "The key file {0} beside the database is gone, and second factors are locked with it: put it back from a"
                " copy. Without a copy, set a new [web] secret_key in config.toml; second factors are then to be set up anew.",
                path.name,
            )
        )
    try:
        return draw_into(path)
    except OSError:
        raise Problem(
            Sentence(
                "The key file {0} cannot be written beside the database: let the program write there, or set [web]"
                " secret_key in config.toml.",
                path.name,
            )
        ) from None


def _something_is_locked() -> bool:
    try:
        return bool(Authenticator.objects.exists())
    except Error:  # there is no database yet, or none that is ready
        return False
