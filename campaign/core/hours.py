"""Hours of the day, from one time on a clock to another, over midnight too: "20:00-08:00"."""

import re
from dataclasses import dataclass
from datetime import time

from campaign.core.sentence import Sentence

_FORM = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\s*-\s*([01][0-9]|2[0-3]):([0-5][0-9])")


class BadHours(ValueError):
    """Hours that cannot be used; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From a local time of day to another, on the next day where that is earlier. The start belongs to them, the end does
    not."""

    start: time
    end: time

    def __contains__(self, clock: time) -> bool:
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def parse_hours(text: str) -> Hours:
    """The hours as the configuration writes them: "20:00-08:00". Raises BadHours."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise BadHours(
            Sentence(
                '"{0}" does not say from when to when: write for example "20:00-08:00", or "off".',
                text,
            )
        )
    first, first_minute, last, last_minute = map(int, match.groups())
    hours = Hours(time(first, first_minute), time(last, last_minute))
    if hours.start == hours.end:
        raise BadHours(
            Sentence(
                '"{0}" begins and ends at the same time: write for example "20:00-08:00", or "off".',
                text,
            )
        )
    return hours
