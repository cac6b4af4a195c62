"""Awareness days: a rule for the date, and the names of the day."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, timedelta
from functools import lru_cache

from dateutil.easter import easter

from campaign.core.sentence import Sentence

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_EXAMPLES = {
    "fixed": "fixed 10-13",
    "nth": "nth 1 sun jun",
    "last": "last fri may",
    "before": "before mon 05-25",
    "easter": "easter -2",
    "month": "month 10",
    "manual": "manual",
}
_YEARS_AHEAD = 100
"""Years in which a next date is searched: February 29 can be eight years away, a date set by hand further."""


class BadRule(ValueError):
    """A rule that cannot be used; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same month and day every year."""

    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The date in that year; None for February 29 in a common year."""
        if (self.month, self.day) == (2, 29) and not calendar.isleap(year):
            return None
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Nth:
    """The first to fourth such weekday (Monday is 0) of a month."""

    number: int
    weekday: int
    month: int

    def on(self, year: int) -> date:
        """The date in that year."""
        first = date(year, self.month, 1)
        to_weekday = (self.weekday - first.weekday()) % 7
        return first + timedelta(days=to_weekday, weeks=self.number - 1)


@dataclass(frozen=True, slots=True)
class Last:
    """The last such weekday (Monday is 0) of a month."""

    weekday: int
    month: int

    def on(self, year: int) -> date:
        """The date in that year."""
        _, length = calendar.monthrange(year, self.month)
        end = date(year, self.month, length)
        return end - timedelta((end.weekday() - self.weekday) % 7)


@dataclass(frozen=True, slots=True)
class Before:
    """The last such weekday (Monday is 0) that comes before a month and day, never on it."""

    weekday: int
    month: int
    day: int

    def on(self, year: int) -> date:
        """The date in that year."""
        eve = date(year, self.month, self.day) - timedelta(1)
        return eve - timedelta((eve.weekday() - self.weekday) % 7)


@dataclass(frozen=True, slots=True)
class Easter:
    """Western Easter Sunday, moved by a number of days."""

    offset: int = 0

    def on(self, year: int) -> date:
        """The date in that year, which is between 1583 and 4099."""
        return easter(year) + timedelta(self.offset)


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month; its date is the first of it."""

    month: int

    def on(self, year: int) -> date:
        """The first of the month in that year."""
        return date(year, self.month, 1)


@dataclass(frozen=True, slots=True)
class Manual:
    """Dates that somebody sets by hand, at most one a year."""

    dates: tuple[date, ...]

    def on(self, year: int) -> date | None:
        """The date in that year; None where none is set."""
        return next((day for day in self.dates if day.year == year), None)


Rule = Fixed | Nth | Last | Before | Easter | Month | Manual


@dataclass(frozen=True, slots=True)
class Day:
    """An awareness day. `names` holds a name for each language; a quiet day is one of mourning or remembrance."""

    id: str
    rule: Rule
    names: Mapping[str, str] = field(hash=False)
    quiet: bool = False
    source: str = ""
    written: str = ""  #: its rule, as the calendar writes it
    holiday: bool = False  #: a public holiday, and not a day of awareness
    #: it was written in the pages, and stands in no file
    of_pages: bool = field(default=False, compare=False)

    @property
    def dates(self) -> tuple[date, ...]:
        """Those that somebody has set by hand; none where the rule gives them."""
        return self.rule.dates if isinstance(self.rule, Manual) else ()

    def on(self, year: int) -> date | None:
        """The date in that year, which always lies in that year; None where the day has none."""
        return self.rule.on(year)

    def next(self, today: date) -> date | None:
        """The first date that is today or later; None when no further one is known."""
        return _next(self.rule, today)


@lru_cache(maxsize=4_096)  # Every text of a campaign asks for the same few.
def _next(rule: Rule, today: date) -> date | None:
    last_year = min(today.year + _YEARS_AHEAD, MAXYEAR)
    for year in range(today.year, last_year + 1):
        day = rule.on(year)
        if day is not None and day >= today:
            return day
    return None


def parse_rule(text: str, dates: Sequence[date] = ()) -> Rule:
    """The rule as the calendar writes it: "fixed 10-13", "nth 1 sun jun", "last fri may", "before mon 05-25",
    "easter -2", "easter", "month 10" or "manual". `dates` belong to "manual" alone.

    Raises BadRule.
    """
    kind, *words = text.lower().split() or [""]
    if kind not in _EXAMPLES:
        known = ", ".join(f'"{example}"' for example in _EXAMPLES.values())
        raise BadRule(
            Sentence('The rule "{0}" is not known; write it like one of {1}.', text, known)
        )
    try:
        return _manual(words, dates) if kind == "manual" else _yearly(kind, words, dates)
    except _Wrong as wrong:
        values = (text, str(wrong), _EXAMPLES[kind])
        if kind == "manual":
            sentence = Sentence(
                'The rule "{0}" cannot be used because {1}; write it like "{2}" with dates = [2027-04-18].',
                *values,
            )
        else:
            sentence = Sentence(
                'The rule "{0}" cannot be used because {1}; write it like "{2}".', *values
            )
        raise BadRule(sentence) from None


class _Wrong(Exception):
    """What is wrong with a rule, to stand after "because"."""


def _manual(words: list[str], dates: Sequence[date]) -> Manual:
    if words:
        raise _Wrong(Sentence('nothing may follow "manual"'))
    if not dates:
        raise _Wrong(Sentence("it has no dates"))
    if any(isinstance(day, datetime) for day in dates):
        raise _Wrong(Sentence("one of its dates has a time of day"))
    if len({day.year for day in dates}) < len(dates):
        raise _Wrong(Sentence("two of its dates are in the same year"))
    return Manual(tuple(sorted(dates)))


def _yearly(kind: str, words: list[str], dates: Sequence[date]) -> Rule:
    if dates:
        raise _Wrong(Sentence('dates belong to the rule "manual" alone'))
    match kind, words:
        case "fixed", [day]:
            return Fixed(*_month_day(day))
        case "nth", [number, weekday, month]:
            return Nth(_number(number), _weekday(weekday), _month(month))
        case "last", [weekday, month]:
            return Last(_weekday(weekday), _month(month))
        case "before", [weekday, day]:
            return Before(_weekday(weekday), *_limit(day))
        case "easter", []:
            return Easter()
        case "easter", [offset]:
            return Easter(_easter_offset(offset))
        case "month", [month]:
            return Month(_month(month))
    raise _Wrong(Sentence("it has too few or too many words"))


def _number(word: str) -> int:
    if word not in ("1", "2", "3", "4"):
        raise _Wrong(
            Sentence('"{0}" is not 1, 2, 3 or 4 (the last one of a month is "last")', word)
        )
    return int(word)


def _weekday(word: str) -> int:
    if word not in WEEKDAYS:
        raise _Wrong(Sentence('"{0}" is not a weekday ({1})', word, ", ".join(WEEKDAYS)))
    return WEEKDAYS.index(word)


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS.index(word) + 1
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return int(word)
    raise _Wrong(Sentence('"{0}" is not a month (1 to 12, or jan to dec)', word))


def _month_day(word: str) -> tuple[int, int]:
    """Month and day of "10-13". February 29 passes, because 2024 is a leap year."""
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", word)
    try:
        day = date(2024, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise _Wrong(Sentence('"{0}" is not a month and a day', word))
    return day.month, day.day


def _limit(word: str) -> tuple[int, int]:
    """Month and day that a weekday can come before in every year without leaving that year."""
    month, day = _month_day(word)
    if (month, day) == (2, 29):
        raise _Wrong(Sentence("February 29 is not in every year"))
    if (month, day) < (1, 8):
        raise _Wrong(Sentence("a weekday before it can fall in the year before"))
    return month, day


def _easter_offset(word: str) -> int:
    """Days from Easter. Up to 80 before and 250 after stay in the year: Easter is from March 22 to April 25."""
    if not re.fullmatch(r"[+-][0-9]{1,3}", word):
        raise _Wrong(Sentence('"{0}" is not a number of days with its sign', word))
    if not -80 <= int(word) <= 250:
        raise _Wrong(Sentence('"{0}" is not between -80 and +250 days', word))
    return int(word)
