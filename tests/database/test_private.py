"""The files that people's names stand in are the program's own user's alone."""

import io
import os
import signal
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from campaign.authoring import uploads
from campaign.config import Config, Database, Web
from campaign.database.private import keep_private
from tests.folders import NOW
from tests.stage import Machine, ended, free_port, stop

OPEN = "import os; os.umask(0)\n"
"""A system on which every file is made for everybody."""


@pytest.fixture
def umask() -> Iterator[None]:
    """The tests' own is what it was, afterwards."""
    kept = os.umask(0o022)
    yield
    os.umask(kept)


def open_to_others(folder: Path) -> dict[str, str]:
    """What in a folder somebody else may read or write."""
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}
    return {path.name: oct(mode) for path, mode in modes.items() if mode & 0o077}


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_what_the_program_makes_is_its_users_alone(machine: Machine) -> None:
    machine.configure(dry_run=True, top=f"[web]\nport = {free_port()}\n")
    for path in machine.root.rglob("*"):  # what the technician has made is not the program's
        path.chmod(0o700)
    serving = machine.start("serve", preamble=OPEN)
    serving.stdout.readline()
    made = {path.name for path in machine.root.iterdir()}
    assert made >= {"campaign.db", "campaign.db-wal", "campaign.db-shm", "campaign.key"}
    assert open_to_others(machine.root) == {}
    ended(machine.start("backup", "kept.tar", preamble=OPEN)).well()
    assert (machine.root / "kept.tar").stat().st_size
    assert open_to_others(machine.root) == {}
    stop(serving, signal.SIGTERM)


@pytest.mark.django_db
def test_pictures_that_come_in_are_too(tmp_path: Path, umask: None) -> None:
    folder = tmp_path / "uploads"
    keep_private(Config(web=Web(uploads=folder)))
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    uploads.keep(picture.getvalue(), "a.png", folder, None, NOW)
    assert folder.is_dir()
    assert open_to_others(tmp_path) == {}


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path, umask: None) -> None:
    before = "campaign.before_20270101_000000.db"
    names = (
        *("campaign.db", "campaign.db-wal", "campaign.db-shm", "campaign.db-journal"),
        *(before, f"{before}-wal", f"{before}-shm", "campaign.key", "campaign.stories.key"),
    )
    for name in names:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "uploads").mkdir()
    assert open_to_others(tmp_path).keys() == {*names, "uploads"}
    database = Database(f"sqlite:///{tmp_path / 'campaign.db'}")
    keep_private(Config(database=database, web=Web(uploads=tmp_path / "uploads")))
    assert open_to_others(tmp_path) == {}
    assert stat.S_IMODE((tmp_path / "uploads").stat().st_mode) == 0o700


def test_what_is_not_the_programs_stays_open(tmp_path: Path, umask: None) -> None:
    names = ("notes.txt", "other.before_1.db", "campaign.before_1.txt", "campaigns.key")
    for name in ("campaign[1].db", *names):
        (tmp_path / name).write_bytes(b"")
    keep_private(Config(database=Database(f"sqlite:///{tmp_path / 'campaign[1].db'}")))
    assert open_to_others(tmp_path).keys() == {*names}


def test_what_somebody_opened_to_a_group_stays_so(tmp_path: Path, umask: None) -> None:
    file = tmp_path / "campaign.db"
    file.write_bytes(b"")
    file.chmod(0o640)
    keep_private(Config(database=Database(f"sqlite:///{file}")))
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("place", ["folder", "folder/", ".", ""])
def test_a_folder_that_a_configuration_names_by_mistake_is_not_closed(
    tmp_path, monkeypatch, place
):
    """Once "sqlite:////" closed the root of a whole machine to everybody but its administrator."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    for path in (tmp_path, folder):
        path.chmod(0o755)
    outside = Path(tmp_path.parent)
    before = outside.stat().st_mode
    config = replace(
        Config(),
        database=Database(url=f"sqlite:///{tmp_path}/{place}"),
        web=replace(Config().web, uploads=outside),
    )
    keep_private(config)
    assert folder.stat().st_mode & 0o777 == 0o755
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert outside.stat().st_mode == before
