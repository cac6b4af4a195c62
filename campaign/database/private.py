"""Files that the program's own user alone may read: names, stories and who signs in are in them."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from campaign.config import Config

_OTHERS = stat.S_IRWXO
_NOT_THE_OWNER = stat.S_IRWXG | stat.S_IRWXO


def keep_private(config: Config) -> None:
    """Whatever this process makes from now on is its user's alone; so is what an earlier version left open to everybody."""
    os.umask(_NOT_THE_OWNER)
    for path in _kept(config):
        with suppress(
            OSError, ValueError
        ):  # it is not there, somebody else's, or no file's name
            mode = path.stat().st_mode
            # Open to a group alone, it was opened by somebody, who will have had a reason.
            if mode & _OTHERS:
                path.chmod(stat.S_IMODE(mode) & ~_NOT_THE_OWNER)


def _kept(config: Config) -> Iterable[Path]:
    """The folder of pictures, and the database with the files that SQLite has beside it, which get its mode anew."""
    yield config.web.uploads
    file = config.database.url.removeprefix("sqlite:///")
    if file != config.database.url:
        yield from (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm"))
