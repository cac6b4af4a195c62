"""What time a network has, by the `Date` of its answers: nobody need trust this machine's clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from campaign.core.clock import steady

WRONG = timedelta(minutes=1)
"""A machine whose clock differs by more than this has a wrong one: a network's time is known to a second or two, an answer's
way included."""
PROMPT = 10.0
"""Seconds: of a call that took longer, nobody knows well when its answer was dated."""


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """When an answer was made, by its sender's clock (aware); None where it does not say. RFC 9110, 6.6.1: whoever has
    a clock says."""
    try:
        sent = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    return sent if sent.tzinfo else None


class NetworkTime:
    """A network's clock as this program knows it: as it was at the last answer, carried on by the seconds since then.

    Those are counted by a clock that nobody puts forward or back, so that a change of the machine's own is seen at once.
    May be used by several threads: it keeps one number.
    """

    def __init__(self) -> None:
        self._ahead_of_steady: float | None = None

    def hear(self, headers: Mapping[str, str], seconds: float) -> None:
        """An answer has come, so many seconds after the call began."""
        # A slow answer is better than none: it is wrong by no more than its call took.
        is_late = seconds > PROMPT and self._ahead_of_steady is not None
        # What a cache on the way kept is dated by the time at which it was kept.
        if is_late or headers.get("Age", "0").strip() not in ("", "0"):
            return
        date = date_of(headers)
        if date is not None:
            # It is cut to whole seconds: on average it is half a second later.
            self._ahead_of_steady = date.timestamp() + 0.5 - steady()

    def now(self) -> datetime | None:
        """The network's time now (aware, UTC), within a second or two; None while no answer has told."""
        if self._ahead_of_steady is None:
            return None
        try:
            return datetime.fromtimestamp(self._ahead_of_steady + steady(), UTC)
        except (ValueError, OverflowError, OSError):  # a year that there is not
            return None
