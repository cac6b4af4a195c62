"""A backup as a file: one tar with a page that says what it is, the database, and the pictures. No key is in it."""

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tarfile import TarFile, TarInfo

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence

PAGE = "backup.json"
DATABASES: Mapping[str, str] = {"sqlite": "campaign.db", "postgresql": "campaign.dump"}
"""The name of the database in a backup, by Django's name for its kind."""
PICTURES = "pictures"
_PICTURE = re.compile(rf"{PICTURES}/([0-9a-f]{{64}})\.(?:jpg|png)")
_LARGEST_PAGE = 100_000
_AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """What a backup says of itself: when its copy was begun (aware, UTC), and the kind of its database."""

    made_at: datetime
    kind: str  #: a key of DATABASES

    def written(self) -> bytes:
        """As it stands in the backup."""
        says = {
            "what": "a backup of the campaign scheduler",
            "made_at": self.made_at.isoformat(),
            "kind": self.kind,
        }
        return json.dumps(says, indent=2).encode()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path`, readable by its owner alone, that takes its place at the end: all of it is on the disk by
    then, or nothing has changed. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    half = Path(name)
    try:
        yield half
        _to_disk(half)
        half.replace(path)
        with suppress(OSError):  # a system on which a folder is no file
            _to_disk(path.parent)
    finally:
        half.unlink(missing_ok=True)


def write(to: Path, page: Page, database: Path, pictures: Iterable[Path]) -> int:
    """Puts a backup together. Returns how many pictures are in it; one that is gone by now is left out."""
    number = 0
    with tarfile.open(to, "w") as tar:
        _add(tar, PAGE, page.written(), page)
        with database.open("rb") as file:
            member = tar.gettarinfo(arcname=DATABASES[page.kind], fileobj=file)
            tar.addfile(_plain(member), file)
        for picture in pictures:
            with suppress(FileNotFoundError):  # erased meanwhile
                _add(tar, f"{PICTURES}/{picture.name}", picture.read_bytes(), page)
                number += 1
    return number


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of this program; its first lines alone are looked at."""
    try:
        with tarfile.open(path, "r:") as tar:
            first = tar.next()
            return first is not None and _page(tar, first, path) is not None
    except (OSError, tarfile.TarError, Problem):
        return False


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is open: every member is known to be one that `write` makes."""

    path: Path
    page: Page
    tar: TarFile
    members: tuple[TarInfo, ...]

    def database_into(self, file: Path) -> None:
        """Writes its database into a file."""
        name = DATABASES[self.page.kind]
        [member] = [member for member in self.members if member.name == name]
        self._into(member, file)

    def pictures_into(self, folder: Path) -> int:
        """Puts back the pictures that are not there. Returns how many. Raises Problem for one that is not what its name says."""
        number = 0
        for member in self.members:
            picture = folder / Path(member.name).name
            if _PICTURE.fullmatch(member.name) and not picture.exists():
                folder.mkdir(parents=True, exist_ok=True)
                self._into(member, picture, picture.stem)
                number += 1
        return number

    def _into(self, member: TarInfo, file: Path, digest: str = "") -> None:
        # Read here and written under a name of ours: nothing in an archive says where a file goes.
        source = self.tar.extractfile(member)
        if source is None:
            raise _no_backup(self.path)
        summed = hashlib.sha256()
        with whole_file(file) as half, half.open("wb") as target:
            while data := source.read(_AT_A_TIME):
                summed.update(data)
                target.write(data)
            if digest and summed.hexdigest() != digest:
                raise _no_backup(self.path)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, to be read. Raises Problem for what is none, or holds anything that `write` does not make; and OSError."""
    try:
        with tarfile.open(path, "r:") as tar:
            members = tuple(tar.getmembers())
            page = _page(tar, members[0], path) if members else None
            if page is None or not _are_ours(members, page):
                raise _no_backup(path)
            yield Backup(path, page, tar, members)
    except (tarfile.TarError, EOFError):
        raise _no_backup(path) from None


def _are_ours(members: Iterable[TarInfo], page: Page) -> bool:
    """Whether these are the page, the database, then pictures alone: plain files, each once."""
    names = [member.name for member in members if member.isreg()]
    first, others = names[:2], names[2:]
    return (
        len(names) == len(set(names)) == len(list(members))
        and first == [PAGE, DATABASES[page.kind]]
        and all(map(_PICTURE.fullmatch, others))
    )


def _page(tar: TarFile, member: TarInfo, path: Path) -> Page | None:
    """The page of a backup; None where it is none."""
    is_page = member.name == PAGE and member.isreg() and member.size <= _LARGEST_PAGE
    source = tar.extractfile(member) if is_page else None
    if source is None:
        return None
    try:
        says = json.loads(source.read())
        made_at = datetime.fromisoformat(says["made_at"])
        page = Page(made_at, str(says["kind"]))
    except (ValueError, KeyError, TypeError):
        raise _no_backup(path) from None
    return page if page.kind in DATABASES and made_at.tzinfo else None


def _add(tar: TarFile, name: str, data: bytes, page: Page) -> None:
    member = TarInfo(name)
    member.size, member.mode, member.mtime = len(data), 0o600, int(page.made_at.timestamp())
    tar.addfile(member, io.BytesIO(data))


def _plain(member: TarInfo) -> TarInfo:
    """Without the names of this machine's people."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _no_backup(path: Path) -> Problem:
    return Problem(
        Sentence("{0} is not a backup of this program, or not a whole one: use another.", path)
    )


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
