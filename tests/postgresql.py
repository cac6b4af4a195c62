"""A PostgreSQL server for one test: made in a folder of its own, reached by a socket in it, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    programs: Path
    folder: Path
    user: str | None  #: who runs it, when we are root

    @property
    def url(self) -> str:
        """What database.url is to say."""
        return self._url_of("campaign")

    def _url_of(self, database: str) -> str:
        return f"postgresql:///{database}?host={self.folder}&user=campaign"

    def another(self, database: str) -> str:
        """Makes one more database, an empty one. Returns what database.url is to say."""
        self.run("createdb", "-h", str(self.folder), "-U", "campaign", database)
        return self._url_of(database)

    def start(self) -> None:
        """Starts it, and waits until it answers. Without fsync: only programs are killed here, never the machine."""
        options = f"-F -c listen_addresses= -c unix_socket_directories={self.folder}"
        self._control("start", "-l", str(self.folder / "log"), "-o", options)

    def crash(self) -> None:
        """Ends it at once, as a crash would; what was committed is found again at the next start."""
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-w", "-D", str(self.folder / "data"), *arguments)

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs, as a user that is not root, since its server refuses to be."""
        command = [str(self.programs / program), *arguments]
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        log = self.folder / "programs.log"
        # The output goes to a file: the server would keep a pipe open for as long as it runs.
        with log.open("ab") as said:
            done = subprocess.run(
                command,
                cwd=self.folder,
                stdout=said,
                stderr=said,
                user=self.user,
                group=group,
                extra_groups=[] if self.user else None,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text('utf-8', 'replace')}")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest of several; None when there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


@contextmanager
def server(folder_of_programs: Path) -> Iterator[Server]:
    """A server with an empty database."""
    user = "postgres" if os.geteuid() == 0 else None
    # Not in pytest's own folder: a socket's path is short, and the server's user must reach it.
    with tempfile.TemporaryDirectory(prefix="campaign-pg-") as name:
        one = Server(folder_of_programs, Path(name), user)
        if user:
            shutil.chown(name, user)
        one.run(
            "initdb",
            "-D",
            f"{name}/data",
            "-A",
            "trust",
            "-U",
            "campaign",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        one.start()
        try:
            one.another("campaign")
            yield one
        finally:
            one.crash()
