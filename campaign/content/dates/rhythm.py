"""On which days the posts of a series go out, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

from campaign.content.dates.month import DAYS


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From a first day on, on these weekdays (Monday is 0); on that of the first day where none is named."""

    first: date
    weekdays: frozenset[int] = frozenset()

    def days(self, number: int) -> list[date]:
        """The first so many days, the very first among them where its weekday is one of these."""
        return list(islice(self._days(), number))

    def _days(self) -> Iterator[date]:
        wanted = self.weekdays or {self.first.weekday()}
        for step in count():
            day = self.first + timedelta(step)
            if day.weekday() in wanted:
                yield day


@dataclass(frozen=True, slots=True)
class Shift:
    """How the days of a series are moved: by so many days, and then to a weekday (Monday is 0) of the week they came to."""

    days: int = 0
    weekday: int | None = None

    def of(self, day: date) -> date:
        """Where a day goes. Raises OverflowError beyond the calendar."""
        moved = day + timedelta(self.days)
        if self.weekday is None:
            return moved
        return moved + timedelta(self.weekday - moved.weekday())


MOST_DAYS = 53 * DAYS
"""Days by which a series is moved at once: a year."""
