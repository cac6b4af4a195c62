"""The command line: reads the arguments, has the command run, and turns every trouble into a sentence.

Exit status: 0 well, 1 findings or failures, 2 wrong use."""

import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from campaign.commands.frame.arguments import read
from campaign.commands.frame.call import FAILED
from campaign.commands.frame.output import complain
from campaign.core.clock import Clock, system_clock


def main(argv: Sequence[str], clock: Clock = system_clock) -> int:
    """Runs one command and returns its exit status; wrong use ends in SystemExit with status 2."""
    _prepare_output()
    try:
        arguments = read(argv)
        # Imported only now: a question for help, and a wrong word, wait for no Django and no network.
        status = int(importlib.import_module("campaign.running").run(arguments, clock))
        sys.stdout.flush()  # here, and not when the program ends, so that a reader who has gone is noticed quietly
    except KeyboardInterrupt:
        return _say("Stopped.")
    except BrokenPipeError:
        return _nobody_listens()
    except Exception as trouble:  # the last door: a person never gets a traceback
        return _say(
            importlib.import_module("campaign.commands.frame.troubles").sentence(trouble)
        )
    return status


def _prepare_output() -> None:
    """A character that the output's encoding does not have is written as a number; without an output, nothing is."""
    # There is none under pythonw, for instance.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nobody_listens() -> int:
    """The reader of the output has gone, as `head` does: quiet, also when the program ends and flushes."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _say(sentence: str) -> int:
    with suppress(OSError):
        complain(sentence)
    return FAILED
