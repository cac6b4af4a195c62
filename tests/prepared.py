"""A database as `init` leaves it, with the tests' people in it, who have signed in: made once a run, copied by whoever
needs one. To make it takes seconds; to copy it takes none."""

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a long and quiet river"
PEOPLE = {"vera": "volunteer", "maria": "staff", "bob": "staff", "ana": "admin"}
COOKIE = "campaign_session"
FILES = ("campaign.db", "campaign.key")
"""The database, and the key that its sessions are signed with."""


@dataclass(frozen=True)
class Prepared:
    """A folder with those files."""

    folder: Path

    def copy_into(self, folder: Path) -> None:
        """Gives a folder its database."""
        for name in FILES:
            shutil.copy(self.folder / name, folder / name)

    @property
    def sessions(self) -> Mapping[str, str]:
        """The value of each person's session cookie."""
        read: dict[str, str] = json.loads(
            self.folder.joinpath("sessions.json").read_text("utf-8")
        )
        return read


def prepared(shared: Path) -> Prepared:
    """The one of this run: `shared` is a folder of all processes that run its tests. The first that asks makes it."""
    return Prepared(_made_once(shared / "prepared", _make))


def with_tables(shared: Path) -> Path:
    """A database of SQLite with today's tables and nobody in it, made and shared as above."""
    return _made_once(shared / "tables.db", _make_tables)


def _made_once(path: Path, make: Callable[[Path], None]) -> Path:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path.with_suffix(".making"))
            path.with_suffix(".making").rename(path)
    return path


def _make_tables(path: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _make(folder: Path) -> None:
    folder.mkdir()
    folder.joinpath("config.toml").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "tests.prepared"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "CAMPAIGN_CONFIG": "config.toml"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def main() -> None:
    """In a process of its own, in the folder that is being prepared."""
    from campaign.cli import main as command

    assert command(["init"]) == 0
    for name, role in PEOPLE.items():
        assert command(["user", "add", name, "--role", role]) == 0
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    User.objects.update(password=make_password(PASSWORD))
    Path("sessions.json").write_text(json.dumps({name: _signed_in(name) for name in PEOPLE}))


def _signed_in(name: str) -> str:
    """Through the page for it, so that the session is what a browser would have."""
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    answer = browser.post("/sign-in/", {"login": name, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return str(browser.cookies[COOKIE].value)


if __name__ == "__main__":
    main()
