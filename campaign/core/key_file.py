"""A key that the program draws for itself and keeps in a file, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def draw_into(path: Path) -> str:
    """Draws a key into the file and returns it; the one that is there already, when another was faster. Raises OSError.

    Two programs may come here at once: the file is made by one of them, whole, and read by the other.
    """
    ready = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        opened = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        _adopt(ready, path)
        return path.read_text("ascii").strip()
    finally:
        ready.unlink(missing_ok=True)


def _adopt(ready: Path, path: Path) -> None:
    """Puts a whole file in place, unless one with something in it is there already."""
    if path.exists() and not path.read_text("ascii").strip():
        path.unlink()
    try:
        os.link(ready, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        ready.replace(path)
