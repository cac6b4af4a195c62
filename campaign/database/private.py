"""Files that the program's own user alone may read: names, stories and who signs in are in them."""

import glob
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
    """The folder of pictures, and the database with the files beside it."""
    file = config.database.url.removeprefix("sqlite:///")
    # What is no name of a file is told by whoever opens the database.
    is_file = file != config.database.url and "\0" not in file and bool(Path(file).name)
    # A configuration may name any folder by mistake, and one of the system must not be closed to everybody: pictures that are
    # elsewhere than in the program's folder, or the database's, are kept as whoever put them there has it.
    pictures, homes = config.web.uploads.absolute(), [Path.cwd()]
    if is_file:
        homes.append(Path(file).absolute().parent)
    if any(home in pictures.parents for home in homes if home != home.parent):
        yield pictures
    if is_file:
        yield from (path for path in _beside(Path(file)) if path.is_file())


def _beside(database: Path) -> Iterable[Path]:
    """The database, those that a restore put aside, what SQLite has beside each of them, and the keys that were drawn."""
    # A name may have signs in it that stand for others in a pattern.
    aside = database.parent.glob(
        f"{glob.escape(database.stem)}.before_*{glob.escape(database.suffix)}"
    )
    for file in (database, *aside):
        yield from (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm", "-journal"))
    yield from (database.with_suffix(ending) for ending in (".key", ".stories.key"))
