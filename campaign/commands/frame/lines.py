"""The program's own log: plain lines for whoever looks after the machine. No traceback, no address with a key in it."""

import logging
import math
import sys
import traceback
from pathlib import Path

from campaign.core.installation import PACKAGE

SILENT = 60.0
"""Seconds in which the same line is written once."""
MANY = 1_000
"""Different lines that are remembered at most."""


class PlainLines(logging.Formatter):
    """One line for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, or which page failed, and where in the program; and how often it was left out."""
        left_out = getattr(record, "left_out", 0)
        return (
            f"{self._line(record)} (and {left_out} times before)"
            if left_out
            else self._line(record)
        )

    def _line(self, record: logging.LogRecord) -> str:
        trouble = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        if request is None:
            said = record.getMessage()
            return f"{said} ({where(trouble)})" if trouble else said
        # Django's message holds the address of the page, in which a key may be: its name says enough.
        match = getattr(request, "resolver_match", None)
        page = getattr(match, "url_name", None) or "unknown"
        place = f" ({where(trouble)})" if trouble else ""
        return f'The page "{page}" failed{place}.'


class SaidAlready(logging.Filter):
    """Lets a line through that has been said, and what was counted since, once in SILENT seconds: with the disk full, the
    same trouble comes at every tick."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is to be written; it tells how often it was left out since the last time."""
        line = PlainLines().format(record)
        last, left_out = self._said.get(line, (-math.inf, 0))
        if 0 <= record.created - last < SILENT:
            self._said[line] = (last, left_out + 1)
            return False
        if len(self._said) > MANY:
            self._said.clear()
        self._said[line] = (record.created, 0)
        record.left_out = left_out
        return True


def prepare_log() -> None:
    """Sends warnings and errors to the error output, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines())
    handler.addFilter(SaidAlready())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # Who asks for a page that is not there is no trouble of ours.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # a log that nobody reads any more is no reason to stop


def where(trouble: BaseException) -> str:
    """The class of an exception that was raised, and the innermost line of the program that it went through. Not its
    message, which may hold a key."""
    frames = traceback.extract_tb(trouble.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith(str(PACKAGE))]
    last = (inside or frames)[-1]
    return f"{type(trouble).__name__} in {Path(last.filename).name}, line {last.lineno}"
