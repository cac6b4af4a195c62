"""Rehearsals that the pages have begun: a program of its own each, one at a time; what the last one showed is kept until
this program ends."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from threading import Lock
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.core.installation import PROGRAM
from campaign.core.sentence import read

LONGEST = timedelta(minutes=10)
"""A rehearsal that takes longer is ended."""
TOO_LONG = _(
    "The rehearsal took more than ten minutes and was ended: choose fewer days, or use the command line."
)
BROKE_OFF = _("The rehearsal broke off: try again, or run it on the command line to see why.")

Result = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody wants to be rehearsed; dates as they were typed, "" where nothing was."""

    first: str = ""
    last: str = ""
    campaign: str = ""
    approved_only: bool = False
    anew: bool = False

    @property
    def arguments(self) -> list[str]:
        """The options of `rehearse` on the command line."""
        named = {"--from": self.first, "--to": self.last, "--campaign": self.campaign}
        flags = {"--approved-only": self.approved_only, "--anew": self.anew}
        return [
            # With = in one word, so that what was typed is never read as an option of its own.
            *(f"{name}={value}" for name, value in named.items() if value),
            *(name for name, is_on in flags.items() if is_on),
        ]


@dataclass
class RehearsalRun:
    """One rehearsal: going while it has neither a result nor a problem."""

    asked: Wished
    by: str
    at: datetime
    process: "subprocess.Popen[bytes] | None" = None
    out: IO[bytes] = field(default_factory=TemporaryFile)
    said: IO[bytes] = field(default_factory=TemporaryFile)
    result: Result | None = None
    problem: str | Promise = ""

    @property
    def is_going(self) -> bool:
        """Whether it has not ended yet."""
        return self.result is None and not self.problem

    def close(self) -> None:
        """Gives back the files that it was written to."""
        self.out.close()
        self.said.close()


class Stagehand:
    """Begins rehearsals and looks how they are getting on. Shared by the threads that serve the pages."""

    def __init__(self, program: Sequence[str] = PROGRAM) -> None:
        self.program = program
        self._run: RehearsalRun | None = None
        self._lock = Lock()

    def begin(self, asked: Wished, by: str, now: datetime) -> bool:
        """Begins a rehearsal; False when one is going already."""
        with self._lock:
            if self._run and self._looked_at(self._run, now).is_going:
                return False
            run = RehearsalRun(asked, by, now)
            command = [*self.program, "rehearse", "--json", *asked.arguments]
            run.process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.DEVNULL, stdout=run.out, stderr=run.said
            )
            self._run = run
            return True

    def last(self, now: datetime) -> RehearsalRun | None:
        """The latest rehearsal, as it stands now."""
        with self._lock:
            return self._looked_at(self._run, now) if self._run else None

    def forget(self) -> None:
        """Ends what is going, and keeps nothing."""
        with self._lock:
            if self._run and self._run.process and self._run.is_going:
                self._run.process.kill()
                self._run.process.wait()
                self._run.close()
            self._run = None

    def _looked_at(self, run: RehearsalRun, now: datetime) -> RehearsalRun:
        if not run.is_going or run.process is None:
            return run
        if run.process.poll() is not None:
            run.result, run.problem = _read(run)
        elif now - run.at > LONGEST:
            run.process.kill()
            run.process.wait()
            run.problem = TOO_LONG
        if not run.is_going:
            run.close()
        return run


def _read(run: RehearsalRun) -> tuple[Result | None, str | Promise]:
    """The result, or else the problem: the last line of standard error, which is a sentence for a person."""
    for file in (run.out, run.said):
        file.seek(0)
    try:
        result = json.loads(run.out.read())
    except ValueError:
        said = run.said.read().decode("utf-8", "replace")
        lines = said.strip().splitlines()
        return None, lines[-1] if lines else BROKE_OFF
    if not isinstance(result, dict):
        return None, BROKE_OFF
    if "problem_kept" in result:
        return None, read(str(result["problem_kept"]))
    return result, ""
