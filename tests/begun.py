"""Programs that begin quickly. Half of every command's time is the importing of libraries; here one process of this run has
imported them, and a copy of it becomes the program, in a folder, an environment and with outputs of its own. It is a process
like any other: it can be stopped, killed and waited for, and it ends as Python ends.

What Python reads before the first line, such as the encoding of its output, is that of the process that was copied:
`stage.command_line` begins a program without this help.
"""

import functools
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
SCHEDULER = str(ROOT / "scheduler.py")
READY = (
    "django.core.serializers.json",
    "django.core.mail",
    "django.core.management.commands.migrate",
    "django.contrib.auth.hashers",
    "django.contrib.messages.api",
    "django.contrib.sessions.backends.db",
    "django.contrib.staticfiles.finders",
    "django.db.backends.sqlite3.base",
    "django.views.generic",
    "django_htmx.middleware",
    "allauth.account.app_settings",
    "fido2.webauthn",
    "importlib.metadata",
    "waitress",
    "whitenoise.middleware",
    "PIL.JpegImagePlugin",
    "campaign.running",
    "campaign.checks.posts",
    "campaign.rehearsal.result",
    "campaign.delivery.clocks.ticker",
    "campaign.publishers.facebook.publisher",
    "campaign.publishers.twitter.publisher",
)
"""What is imported ahead, and most libraries with it: all that asks for no settings."""
LONGEST = 200_000
"""Bytes of a request; a packet holds no more than 212,992 on Linux."""


class Program:
    """What `subprocess.Popen` is for a program that has begun quickly."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        env: Mapping[str, str],
        preamble: str = "",
        out: IO[bytes] | None = None,
    ) -> None:
        """`preamble`: lines of Python that change its world; `out`: a file for all that it says, else it is read here."""
        self._told, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pipes = [] if out else [os.pipe(), os.pipe()]
        ends = [out.fileno(), out.fileno()] if out else [end for _, end in pipes]
        request = json.dumps([list(arguments), str(folder), dict(env), preamble]).encode()
        assert len(request) < LONGEST
        with theirs:
            socket.send_fds(_ready()[0], [request], [*ends, theirs.fileno()])
        for _, end in pipes:
            os.close(end)
        self.outputs = [open(end, encoding="utf-8") for end, _ in pipes]  # noqa: SIM115 - closed when they are read
        self.returncode: int | None = None
        self.pid = int(self._told.recv(100))

    @property
    def stdout(self) -> IO[str]:
        return self.outputs[0]

    @property
    def stderr(self) -> IO[str]:
        return self.outputs[1]

    def wait(self, timeout: float) -> int:
        """Its exit status, negative for a signal. Raises TimeoutError."""
        if self.returncode is None:
            self._told.settimeout(timeout)
            self.returncode = os.waitstatus_to_exitcode(int(self._told.recv(100)))
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing happens where it has been waited for."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, str]:
        """What is left of its two outputs, when it has ended. One that does not end is killed. Raises TimeoutError."""
        with ThreadPoolExecutor(2) as readers:
            reading = [readers.submit(output.read) for output in self.outputs]
            try:
                out, err = (read.result(timeout) for read in reading)
            except Late:
                self.kill()
                raise
        for output in self.outputs:
            output.close()
        self.wait(timeout)
        return out, err


@functools.cache
def _ready() -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """The process that has imported everything, and where it takes requests. It ends when these end."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.begun", str(theirs.fileno())],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C is the tests' affair
        )
    return ours, process


def end() -> None:
    """No program is begun any more."""
    if _ready.cache_info().currsize:
        requests, process = _ready()
        requests.close()
        process.wait()
        _ready.cache_clear()


def _serve(requests: socket.socket) -> tuple[list[str], str]:
    """Copies itself at every request, and returns in the copy: with the program's arguments and its preamble."""
    while True:
        request, handles, _, _ = socket.recv_fds(requests, LONGEST, 3)
        _reap()
        if not request:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            _watch(handles[2])
            return _become(handles, *json.loads(request))
        for handle in handles:
            os.close(handle)


def _reap() -> None:
    """Those that have ended, so that their work is counted as that of this run."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watch(told: int) -> None:
    """Returns in the copy that becomes the program; this one tells its number, and then how it has ended."""
    program = os.fork()
    if program:
        os.write(told, str(program).encode())
        os.write(told, str(os.waitpid(program, 0)[1]).encode())
        os._exit(0)


def _become(
    handles: Sequence[int],
    arguments: list[str],
    folder: str,
    env: dict[str, str],
    preamble: str,
) -> tuple[list[str], str]:
    for handle, place in zip(handles, (1, 2), strict=False):
        os.dup2(handle, place)
    for handle in handles:
        os.close(handle)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the program
    sys.stderr = open(  # noqa: SIM115 - as above
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    return arguments, preamble


def main() -> NoReturn:
    """The process that has imported everything, and each program that it becomes."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    for name in READY:
        importlib.import_module(name)
    gc.freeze()  # what is shared by all copies stays shared
    arguments, preamble = _serve(requests)
    sys.argv = [SCHEDULER, *arguments]
    exec(preamble, {"__name__": "preamble"})
    runpy.run_path(SCHEDULER, run_name="__main__")
    sys.exit()


if __name__ == "__main__":
    main()
