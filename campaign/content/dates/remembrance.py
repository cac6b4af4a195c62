"""Days of remembrance: what is due on one waits, unless it is written for that day or says where to find help."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.days import Day
from campaign.content.dates.month import named_days, span_of

REMEMBERED = timedelta(days=366)
"""For so long after such a day, what was due on it does not go out by itself: no post waits for longer."""
_ALWAYS = datetime(
    1970,
    1,
    1,
    tzinfo=UTC,
)


@dataclass(frozen=True, slots=True)
class Remembrance:
    """A day of remembrance, and which deliveries wait on it: those that are due (aware, UTC) from `start` on and before
    `end`."""

    day_id: str
    on: date
    start: datetime
    end: datetime

    def keeps(
        self,
        due: datetime,
        for_day: str,
    ) -> bool:
        """Whether what is due at that moment waits on it. `for_day`: the id of the day that it is written for, or ""."""
        return for_day != self.day_id and self.start <= due < self.end


def remembrances(
    days: Iterable[Day],
    today: date,
    zone: ZoneInfo,
) -> list[Remembrance]:
    """Those that count on a local day: this day's keeps whatever is due by now; one that is over keeps what was due on it, so
    that nothing of it goes out at midnight."""
    quiet = [day for day in days if day.quiet]
    kept: list[Remembrance] = []
    for on, named in named_days(quiet, today - REMEMBERED, today).items():
        span = span_of(on, zone)
        start = _ALWAYS if on == today else span.start
        kept += [
            Remembrance(
                day.id,
                on,
                start,
                span.end,
            )
            for day in named
        ]
    return kept


def days_waited_on(
    kept: Sequence[Remembrance], due: datetime, for_day: str, allowed: Collection[date] = ()
) -> tuple[date, ...]:
    """The days of remembrance on which a delivery waits for a second person; `allowed` are those for which one has said yes."""
    waited: dict[date, None] = {}
    for remembrance in kept:
        if remembrance.on not in allowed and remembrance.keeps(due, for_day):
            waited[remembrance.on] = None
    return tuple(waited)
