"""Backing up: a consistent copy of the database while everything runs, with the pictures, and without any key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import copying
from campaign.database.archive import Page, is_backup, whole_file, write

_DATED = re.compile(r"campaign-\d{8}T\d{6}Z\.tar")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: where it is, how many pictures are in it, and how many older ones were deleted."""

    file: Path
    pictures: int
    deleted: int = 0


def back_up(file: Path, pictures: Iterable[Path], now: datetime) -> Made:
    """Makes a backup of the database that Django is on, with the pictures that are there once it is copied. A backup that
    is at that place gives way to it at the end.

    Raises Problem where the file is something else, or the database cannot be copied; and OSError.
    """
    if file.exists() and not is_backup(file):
        raise Problem(
            Sentence("{0} is there already, and is no backup: name another file.", file)
        )
    page = Page(now, connection.vendor)
    with (
        whole_file(file) as half,
        TemporaryDirectory(dir=file.parent, prefix=".backup-") as own,
    ):
        copy = Path(own) / "database"
        copying.copy_into(copy)
        # After the database: whatever picture this names was there before it.
        number = write(half, page, copy, pictures)
    return Made(file, number)


def back_up_into(folder: Path, keep: int, pictures: Iterable[Path], now: datetime) -> Made:
    """As `back_up`, under a name with the moment (in UTC) in a folder, of which the `keep` newest backups stay. Only files
    with such names that are backups are ever deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"campaign-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"
    made = back_up(file, pictures, now)
    dated = [path for path in sorted(folder.iterdir()) if _DATED.fullmatch(path.name)]
    older = [path for path in dated[:-keep] if path != file and is_backup(path)]
    for path in older:
        path.unlink()
    return Made(file, made.pictures, len(older))
