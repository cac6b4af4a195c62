"""Spans of time as people write them ("6h", "1h30m") and as messages say them ("6 hours")."""

import re
from datetime import timedelta

from campaign.core.marked import marked
from campaign.core.sentence import Sentence, joined

_WRITTEN = re.compile(
    r"(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?"
)
# For one, for several, and how many seconds.
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
    """The span in words to the second, such as "1 hour and 30 minutes"; plus or minus is not said."""
    left = int(abs(span).total_seconds())
    parts = []
    for singular, plural, seconds in _UNITS:
        number, left = divmod(left, seconds)
        if number:
            parts.append(Sentence(singular if number == 1 else plural, number))
    if not parts:
        return Sentence("{0} seconds", 0)
    if len(parts) == 1:
        return parts[0]
    return Sentence("{0} and {1}", joined(parts[:-1], ", "), parts[-1])
