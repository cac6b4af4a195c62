"""A calendar feed as other calendars read it: iCalendar, RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LINE = 75
"""The most octets of a line, without its end (section 3.1)."""
PRODUCT = "-//Campaign scheduler//Calendar feed//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no text may hold (section 3.1, CONTROL)."""


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """One entry of a calendar. Times are aware; `uid` stays the same for ever."""

    uid: str
    start: datetime
    length: timedelta
    changed: datetime  #: when anything of it last changed
    summary: str
    description: str
    url: str
    confirmed: bool = True
    cancelled: bool = False


def feed(name: str, entries: Iterable[IcsEvent]) -> str:
    """The whole feed. The same entries always give the same text, so that nobody fetches it twice for nothing."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"),
        *(f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"),
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: IcsEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(entry.changed)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed)}"
    yield f"DTSTART:{_utc(entry.start)}"
    yield f"DURATION:PT{int(entry.length.total_seconds() // 60)}M"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield f"URL:{''.join(entry.url.split())}"  # no blank and no line's end is part of an address
    yield f"STATUS:{_status(entry)}"
    yield "TRANSP:TRANSPARENT"  # a post that goes out makes nobody busy
    yield "END:VEVENT"


def _status(entry: IcsEvent) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.confirmed else "TENTATIVE"


def escaped(text: str) -> str:
    """A text as a value (section 3.3.11)."""
    # The backslash comes first, since the others put one in; \r\n before its halves, so that it is one line's end.
    for plain, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(plain, written)
    return _CONTROL.sub("", text)


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of them ending within a character; all but the first begin with a
    blank."""
    if len(line.encode("utf-8", "replace")) <= LINE:
        return line
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece])


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
