"""An awareness day moved to near today, with all that is counted from it: a demonstration opens on a campaign that is on."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from campaign.content.dates.days import Day, Manual
from campaign.content.dates.month import DAYS, quiet_days

WEDNESDAY = 2
"""The starter campaign is written for a day that is a Wednesday: so its posts stand on working days."""
YEARS = 10
"""So far ahead the day stands on its real dates again."""


def laid_on(
    day: Day,
    offsets: Collection[int],
    days: Mapping[str, Day],
    today: date,
) -> date | None:
    """The date near today for a day from which posts are counted, so many days each; None where its real date is as near, and
    where somebody set its dates by hand.

    That is the next Wednesday, so that some posts are out, and some are to come in this week and in the next; or one after
    it, where otherwise a post would stand on a day of remembrance.
    """
    real = day.next(today)
    if real is None or not offsets or isinstance(day.rule, Manual):
        return None
    first = min(offsets)
    begins = real + timedelta(first)
    if begins <= today:
        return None
    choices = _wednesdays(today)
    for on in choices:
        if not _disturbs(on, offsets, days):
            return on
    return choices[0]


def moved(day: Day, on: date) -> Day:
    """The day on another date; from the next year on, it is where it was."""
    dates = {on}
    for year in range(on.year + 1, on.year + YEARS):
        if real := day.on(year):
            dates.add(real)
    return replace(day, rule=Manual(tuple(sorted(dates))))


def _wednesdays(today: date) -> tuple[date, date]:
    """The next two."""
    tomorrow = today + timedelta(1)
    ahead = WEDNESDAY - tomorrow.weekday()
    first = tomorrow + timedelta(ahead % DAYS)
    return first, first + timedelta(DAYS)


def _disturbs(
    on: date,
    offsets: Collection[int],
    days: Mapping[str, Day],
) -> bool:
    for offset in offsets:
        posted = on + timedelta(offset)
        if quiet_days(days, posted):
            return True
    return False
