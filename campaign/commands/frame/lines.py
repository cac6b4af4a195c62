"""The program's own log: plain lines for whoever looks after the machine. No traceback, no address with a key in it."""

import logging
import sys
import traceback
from pathlib import Path

from campaign.core.installation import PACKAGE


class PlainLines(logging.Formatter):
    """One line for what happened. Of a page that failed, its name is told and not its address, which may hold a key."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        trouble = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        if request is not None:
            found = getattr(request, "resolver_match", None)
            page = getattr(found, "url_name", None) or "unknown"
            return (
                f'The page "{page}" failed ({where(trouble)}).'
                if trouble
                else f'The page "{page}" failed.'
            )
        said = record.getMessage()
        return f"{said} ({where(trouble)})" if trouble else said


def prepare_log() -> None:
    """Warnings and errors go to the error output, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("django.request").setLevel(
        logging.ERROR
    )  # who asks for what is not there is no trouble of ours
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # a log that nobody reads any more is no reason to stop


def where(trouble: BaseException) -> str:
    """What kind of trouble it was, and the line of ours in which it came up. Its own words may hold a key."""
    frames = traceback.extract_tb(trouble.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith(str(PACKAGE))] or list(frames)
    return f"{type(trouble).__name__} in {Path(inside[-1].filename).name}, line {inside[-1].lineno}"
