"""Months and weeks as a calendar shows them: their days, when each begins and ends, and which awareness days fall on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.days import Day, Month

SUNDAY = 6
FIRST_WEEKDAYS = {"en": SUNDAY, "fr": SUNDAY}
"""With which weekday (Monday is 0) a week begins: with Sunday in Canada, in English and in French.

Source: the territory CA in weekData of the Unicode CLDR
(https://github.com/unicode-org/cldr/blob/main/common/supplemental/supplementalData.xml).
"""
DAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time (aware, UTC): the start belongs to it, the end does not."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def first_of_week(day: date, language: str) -> date:
    """The day with which the week of a day begins; Monday for a language that FIRST_WEEKDAYS does not have."""
    first = FIRST_WEEKDAYS.get(language, 0)
    since = (day.weekday() - first) % DAYS
    return day - timedelta(since)


def week_of(day: date, language: str) -> list[date]:
    """The seven days of the week in which a day is."""
    first = first_of_week(day, language)
    return [first + timedelta(step) for step in range(DAYS)]


def weeks_of(month: date, language: str) -> list[list[date]]:
    """The whole weeks that cover the month in which a day is: four to six."""
    weeks: list[list[date]] = []
    first = month.replace(day=1)
    day = first_of_week(first, language)
    after = next_month(month)
    while day < after:
        weeks.append(week_of(day, language))
        day += timedelta(DAYS)
    return weeks


def next_month(day: date) -> date:
    """The first day of the month that follows."""
    late = day.replace(day=28)
    in_next = late + timedelta(4)  # every month has a 28th, and none a 32nd
    return in_next.replace(day=1)


def previous_month(day: date) -> date:
    """The first day of the month before."""
    first = day.replace(day=1)
    last = first - timedelta(1)
    return last.replace(day=1)


def span_of(day: date, zone: ZoneInfo) -> Span:
    """From the midnight with which a local day begins to the next: 24 hours, or 23 or 25 when clocks are changed.

    Where clocks skip midnight, the day begins with its first moment.
    """
    following = day + timedelta(1)
    return Span(_midnight(day, zone), _midnight(following, zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # A midnight that clocks skip is read by the offset before the change, which is the very moment of the change.
    midnight = datetime.combine(day, time(0), zone)
    return midnight.astimezone(UTC)


def named_days(days: Iterable[Day], first: date, last: date) -> dict[date, list[Day]]:
    """The awareness days, holidays and quiet days from the first date to the last, quiet ones before others.

    Whole months are left out: see `named_months`.
    """
    by_date: dict[date, list[Day]] = {}
    years = range(first.year, last.year + 1)
    for day in days:
        if isinstance(day.rule, Month):
            continue
        for year in years:
            on = day.on(year)
            if on and first <= on <= last:
                named = by_date.setdefault(on, [])
                named.append(day)
    for named in by_date.values():
        named.sort(key=_is_loud)
    in_order = sorted(by_date.items())
    return dict(in_order)


def _is_loud(day: Day) -> bool:
    return not day.quiet


def named_months(days: Iterable[Day], shown: Sequence[date]) -> list[Day]:
    """The awareness months of which a day is shown."""
    months = {day.month for day in shown}
    named = []
    for day in days:
        rule = day.rule
        if isinstance(rule, Month) and rule.month in months:
            named.append(day)
    return named


def name_of(day: Day, language: str) -> str:
    """The name of an awareness day for a reader of a language."""
    return day.names.get(language) or day.names.get("en") or day.id


def quiet_days(days: Mapping[str, Day], on: date) -> list[Day]:
    """The days of mourning or remembrance that fall on a date."""
    named = named_days(days.values(), on, on)
    return [day for day in named.get(on, []) if day.quiet]
