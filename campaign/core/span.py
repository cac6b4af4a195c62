"""Spans of time as people write them ("6h", "1h30m") and as messages say them ("6 hours")."""

import re
from datetime import timedelta

from campaign.core.marked import marked
from campaign.core.sentence import Sentence, joined

_WRITTEN = re.compile(r"(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?")
_UNITS = (
    (marked("{0} day"), marked("{0} days"), 86_400),
    (marked("{0} hour"), marked("{0} hours"), 3_600),
    (marked("{0} minute"), marked("{0} minutes"), 60),
    (marked("{0} second"), marked("{0} seconds"), 1),
)


class BadSpan(ValueError):
    """A span that cannot be read; its text is a sentence for the user."""


def parse_span(text: str) -> timedelta:
    """The span written as days, hours, minutes and seconds in that order, such as "2d", "1h30m" or "0s".

    Raises BadSpan.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise BadSpan(
            Sentence(
                '"{0}" is not a span of time; write for example "90s", "30m", "6h", "2d" or "1h30m".',
                text,
            )
        )
    days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def say_span(span: timedelta) -> str:
    """The span in words to the second, such as "1 hour and 30 minutes"; its sign is not said."""
    left = int(abs(span).total_seconds())
    parts = []
    for one, many, size in _UNITS:
        number, left = divmod(left, size)
        if number:
            parts.append(Sentence(one if number == 1 else many, number))
    if len(parts) < 2:
        return parts[0] if parts else Sentence("{0} seconds", 0)
    return Sentence("{0} and {1}", joined(parts[:-1], ", "), parts[-1])
