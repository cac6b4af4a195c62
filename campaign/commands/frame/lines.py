"""The program's own log: plain lines for whoever looks after the machine. No traceback, no address with a key in it."""

import logging
import sys
import traceback
from pathlib import Path

from campaign.core.installation import PACKAGE


class PlainLines(logging.Formatter):
    """One line for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, or which page failed, and where in the program."""
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


def prepare_log() -> None:
    """Sends warnings and errors to the error output, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines())
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
