"""The mark beside the database: which installation this is, and how far it has come. A database that is older than its
mark, or that has none, was put there: it may not know what went out."""

import json
import os
import re
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection

_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in the file: the installation's key, as in the database, and the number of its newest attempt."""

    installation: str
    attempt: int


def file() -> Path:
    """Where the mark of the database is that Django is on: beside its file, or in this folder for one on a server."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(str(settings["NAME"])).with_suffix(".mark")
    # A server may have several databases of one name, on several ports.
    where = zlib.crc32(f"{settings['HOST']}:{settings['PORT']}".encode())
    return Path(f"{_UNUSUAL.sub('-', str(settings['NAME']))}-{where:08x}.mark")


def read() -> Mark | None:
    """The mark; None when there is none, or none that can be read."""
    try:
        says = json.loads(file().read_bytes())
        return Mark(str(says["installation"]), int(says["attempt"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(mark: Mark) -> None:
    """Puts a mark in the place of the one before, whole. Raises OSError.

    It is written within the transaction that it tells of: one program at a time writes there, and what is told is never
    less than what is done."""
    path = file()
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(json.dumps(asdict(mark)), "ascii")
    half.replace(path)
