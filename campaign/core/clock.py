"""The only place that reads the machine's clock; and which day it is somewhere at a moment."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def steady() -> float:
    """Seconds from some moment on, which nobody puts back and which go on while the machine sleeps (where it tells them)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def system_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local date of a moment (aware)."""
    return at.astimezone(zone).date()
