"""The file of facts, opened and put in place again as a whole."""

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from campaign.content.library import FACTS
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence


class NotWritten(Problem):
    """The file could not be changed from here; `lines` are what a person puts into it."""

    def __init__(self, why: str, lines: str) -> None:
        super().__init__(why)
        self.lines = lines


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """The file of facts as it was read, and the SHA-256 of its bytes."""

    path: Path
    text: str
    digest: str


def open_file(folder: Path) -> OpenedFacts:
    """The file of facts in the folder of posts, as it is now. Raises Problem when it cannot be read."""
    path = folder / FACTS
    try:
        content = path.read_bytes()
        return OpenedFacts(path, content.decode("utf-8"), hashlib.sha256(content).hexdigest())
    except (OSError, UnicodeDecodeError):
        raise Problem(
            Sentence("The file of facts cannot be read: ask your technician to look at it.")
        ) from None


def replace_file(path: Path, text: str, lines: str) -> None:
    """Writes the whole file at once, or nothing of it. Raises NotWritten with these lines when it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".facts-", suffix=".toml")
    except OSError:
        raise _unwritable(lines) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise _unwritable(lines) from None


def _unwritable(lines: str) -> NotWritten:
    return NotWritten(
        Sentence("The file of facts cannot be written from here, so nothing has changed."),
        lines,
    )
