"""Programs that a test has started and left running: a defect of the test, whatever it found."""

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path

MARK = "TESTS_RUN"
"""A variable in the environment of whatever this run of the tests starts."""
XDIST = "exec(eval(sys.stdin.readline()))"
"""How the processes that share the tests are begun: they end with the run, a little later than it looks."""
GRACE = 60.0
"""Seconds in which what was told to end has to be gone, on a busy machine too."""


def begin() -> None:
    """Marks this run, and with it all that it will start. A run within a run looks after its own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[MARK] = uuid.uuid4().hex


def left_running() -> list[str]:
    """The command lines of what goes on beside this process, after some grace; nothing where /proc does not tell."""
    end = time.monotonic() + GRACE
    while (left := _marked()) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def _marked() -> list[str]:
    mark = f"{MARK}={os.environ[MARK]}".encode()
    own = {str(os.getpid()), str(os.getppid())}
    others = [process for process in Path("/proc").glob("[0-9]*") if process.name not in own]
    commands = [
        _command(process)
        for process in others
        if mark in _read(process / "environ").split(b"\0")
    ]
    return [command for command in commands if XDIST not in command]


def _command(process: Path) -> str:
    """With its folder: a program that began as a copy is called like what it was copied from."""
    command = (
        _read(process / "cmdline").replace(b"\0", b" ").decode("utf-8", "replace").strip()[:200]
    )
    with suppress(OSError):
        return f"{command} (in {(process / 'cwd').readlink()})"
    return command


def _read(file: Path) -> bytes:
    """Of a process that has ended meanwhile, or is somebody else's, there is nothing to read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
