"""Sealing: names, contacts and remarks are kept encrypted, and read only where a person has to be reached.

Fernet (https://cryptography.io/en/latest/fernet/) encrypts and signs. The newest key seals; older ones still read, so
that a key can be changed. Without a key in config.toml, one is drawn and kept in a file beside the database."""

import base64
import hashlib
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import connection

from campaign.core.key_file import draw_into
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models.stories import Storyteller

LOCKED = Sentence(
    "A name or a contact cannot be read: it was sealed with another key. Put that key "
    "back, in config.toml under [stories] or as the key file beside the database."
)


class Locked(Problem):
    """What was sealed cannot be opened, or nothing can be sealed now; the text is a sentence for a person."""


def seal(text: str) -> str:
    """The text, encrypted; "" stays "". Raises Locked when there is no key to seal with."""
    return _box().encrypt(text.encode()).decode("ascii") if text else ""


def unseal(sealed: str) -> str:
    """What was sealed; "" stays "". Raises Locked when no present key fits."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Locked(LOCKED) from None


def key_file() -> Path:
    """Where the key is kept that was drawn for want of one in config.toml."""
    return Path(str(connection.settings_dict["NAME"])).with_suffix(".stories.key")


def _box() -> MultiFernet:
    named = [key.reveal() for key in settings.CONFIG.stories.key]
    return MultiFernet([_fernet(key) for key in named or [_kept_key()]])


def _fernet(key: str) -> Fernet:
    """A key of any length, drawn by chance, brought to the 32 bytes that Fernet takes."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))


def _kept_key() -> str:
    if connection.vendor != "sqlite":
        raise Locked(
            Sentence(
                "With PostgreSQL, the key for names and contacts has to stand in config.toml: set [stories] key."
            )
        )
    path = key_file()
    try:
        return path.read_text("ascii").strip() or _draw_key(path)
    except FileNotFoundError:
        return _draw_key(path)
    except (OSError, ValueError):
        raise Locked(
            Sentence(
                "The key file {0} beside the database cannot be read: check who may read it.",
                path.name,
            )
        ) from None


def _draw_key(path: Path) -> str:
    if Storyteller.objects.exclude(name_sealed="").exists():
        raise Locked(
            Sentence(
                "The key file {0} beside the database is gone, and names are sealed with it: put it back from a copy.",
                path.name,
            )
        )
    try:
        return draw_into(path)
    except OSError:
        raise Locked(
            Sentence(
                "The key file {0} cannot be written beside the database: let the program write "
                "there, or set [stories] key in config.toml.",
                path.name,
            )
        ) from None
