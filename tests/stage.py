"""The program as a person meets it: a folder with posts and a config.toml, and commands given in it."""

import json
import os
import runpy
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.begun import Program
from tests.doubles.channels import PAGE_KEYS, X_KEYS
from tests.folders import NOW, Folder
from tests.prepared import Prepared

ROOT = Path(__file__).resolve().parent.parent
TORONTO = ZoneInfo("America/Toronto")
SECRETS = (*X_KEYS.values(), PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"])
PATIENCE = 120.0
"""Seconds after which something is stuck for ever, however busy the machine is. Every wait of the tests has this limit."""
ON_TIME = 'when = "2027-09-01 09:00"'
"""An hour after the stage's clock begins."""
NINE = datetime(2027, 9, 1, 13, tzinfo=UTC)

Row = Mapping[str, object]


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        read = json.loads(self.out)
        assert isinstance(read, list)
        return read

    @property
    def everything(self) -> str:
        return self.out + self.err

    def well(self) -> "Said":
        assert self.status == 0, self.everything
        return self


@dataclass
class Stage:
    """The folder, and the way in which commands are run there."""

    folder: Folder
    runner: Callable[[Sequence[str]], tuple[int, str, str]]
    now: datetime = NOW
    env: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.folder.root

    def run(self, *arguments: object) -> Said:
        """One command. Whatever it says, no person may read a traceback or a secret in it."""
        said = Said(*self.runner([str(argument) for argument in arguments]))
        assert "Traceback" not in said.everything, said.everything
        assert not [secret for secret in SECRETS if secret in said.everything]
        return said

    def runs(self, *commands: Sequence[str]) -> None:
        """Commands that all end well, one after the other."""
        for command in commands:
            self.run(*command).well()

    def configure(
        self,
        url: str = "http://127.0.0.1:1",
        *,
        dry_run: bool = False,
        channels: str = "",
        top: str = "",
        more: str = "",
        retry_wait: str = "1m",
    ) -> None:
        """Writes a config.toml with one X account in each language and one Page, all at this address."""
        networks = (
            f'[networks.twitter]\napi_url = "{url}"\n[networks.facebook]\ngraph_url = "{url}"\n'
        )
        publishing = f'[publishing]\ndry_run = {str(dry_run).lower()}\nretry_wait = "{retry_wait}"\n{more}\n'
        self.folder.write(
            "config.toml", f"{top}\n{publishing}{networks}{channels or three_channels()}"
        )

    def post(
        self,
        name: str = "one",
        head: str = ON_TIME,
        en: str = "",
        fr: str = "",
        on: Sequence[str] = (),
    ) -> Path:
        """A post with texts of its own; on every channel, unless some are named."""
        named = f"channels = {json.dumps(list(on))}\n" if on else ""
        return self.folder.post(
            name, f"{head}\n{named}", en or f"The text of {name}.", fr or f"Le texte de {name}."
        )

    def people(self) -> None:
        """vera writes, bob and ana approve."""
        people = (("vera", "volunteer"), ("bob", "staff"), ("ana", "admin"))
        self.runs(*(["user", "add", name, "--role", role] for name, role in people))

    def queued(self, *names: str, on: Sequence[str] = (), head: str = ON_TIME) -> None:
        """Posts loaded by vera and approved by bob."""
        for name in names or ("one",):
            self.post(name, head, on=on)
        self.people()
        self.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])

    def queue(self, *arguments: object) -> list[dict[str, object]]:
        return self.run("queue", "--json", *arguments).well().rows

    def statuses(self) -> dict[str, list[str]]:
        """How many deliveries stand where: their channels by their status."""
        found: dict[str, list[str]] = {}
        for row in self.queue():
            found.setdefault(str(row["status"]), []).append(str(row["channel"]))
        return {status: sorted(channels) for status, channels in found.items()}

    @property
    def database(self) -> Path:
        return self.root / "campaign.db"

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Asks the file of a machine's database behind the program's back, or changes it."""
        with sqlite3.connect(self.database, timeout=20) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found

    def start(self, *arguments: str, preamble: str = "") -> Program:
        """A command that goes on in a process of its own."""
        return Program(arguments, self.root, environment(self.env), preamble)


def three_channels() -> str:
    """[channels] with keys."""
    return x_table("x-en", "en") + x_table("x-fr", "fr") + page_table("page-en")


def x_table(name: str, language: str = "en", **keys: str) -> str:
    """An X account whose number is the channel's name, unless an access token says otherwise."""
    values = {**X_KEYS, "access_token": f"{name}-access-token-3", **keys}
    return _table(name, "twitter", language, values)


def page_table(name: str, language: str = "en", **keys: str) -> str:
    """A Page."""
    if "page_id" in keys:  # a Page of its own has a token of its own
        keys = {"page_access_token": f"token-of-{keys['page_id']}", **keys}
    return _table(name, "facebook", language, {**PAGE_KEYS, **keys})


@dataclass
class Machine(Stage):
    """A stage in which every command is a process of its own, and by the machine's own clock."""

    prepared: Prepared | None = None

    def people(self) -> None:
        """As on any stage; where there is no database yet, it is copied with them in it."""
        if self.prepared is None or self.database.exists():
            super().people()
        else:
            self.prepared.copy_into(self.root)

    def runs(self, *commands: Sequence[str]) -> None:
        """All in one process, to save time."""
        *first, last = commands
        before = "".join(f"assert main({list(command)!r}) == 0\n" for command in first)
        preamble = f"from campaign.cli import main\n{before}"
        Said(*in_process(self.root, self.env, last, preamble)).well()


def _table(name: str, network: str, language: str, keys: Mapping[str, str]) -> str:
    lines = [f"[channels.{name}]", f'network = "{network}"', f'language = "{language}"']
    lines += [f'{key} = "{value}"' for key, value in keys.items() if value]
    return "\n".join(lines) + '\nslots = ["mon-fri 10:00"]\n'


def command_line(arguments: Sequence[str]) -> list[str]:
    """The program as a person begins it."""
    return [sys.executable, str(ROOT / "scheduler.py"), *arguments]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without what could steer the program."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CAMPAIGN", "DJANGO"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def in_process(
    folder: Path, env: Mapping[str, str], arguments: Sequence[str], preamble: str = ""
) -> tuple[int, str, str]:
    """Runs a command to its end as a process of its own."""
    program = Program(arguments, folder, environment(env), preamble)
    out, err = program.communicate(PATIENCE)
    return program.wait(PATIENCE), out, err


def settings_with(config: Path) -> dict[str, object]:
    """Django's settings as this file makes them, by their names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_CONFIG", str(config))
        return runpy.run_path(str(ROOT / "campaign" / "settings.py"))


def until(happens: Callable[[], bool]) -> None:
    """Waits for something that another process, or another thread, does."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def minutes_ago(minutes: float) -> str:
    """A post's `when`, so long before the machine's own clock."""
    local = datetime.now(TORONTO) - timedelta(minutes=minutes)  # noqa: TID251 - a process of its own has the real clock
    return f'when = "{local:%Y-%m-%d %H:%M}"'


def stop(process: Program, number: int = signal.SIGTERM, timeout: float = PATIENCE) -> Said:
    """Sends a signal and waits for the end."""
    process.send_signal(number)
    return ended(process, timeout)


def ended(process: Program, timeout: float = PATIENCE) -> Said:
    """Waits for the end of a process."""
    try:
        out, err = process.communicate(timeout=timeout)
    finally:
        process.kill()
    said = Said(process.wait(timeout), out, err)
    assert "Traceback" not in said.everything, said.everything
    assert not [secret for secret in SECRETS if secret in said.everything]
    return said
