"""Which part of the calendar is shown, and in which way: what its address says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.config import Channel, Config
from campaign.content.dates.in_words import full_date, long_date
from campaign.content.dates.month import next_month, previous_month, week_of, weeks_of
from campaign.content.library import Library
from campaign.core.clock import local_day
from campaign.listings.calendar import CalendarFilters, TakenTimes

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""Days that can be shown; the program plans for no others."""
FORTNIGHT = 14


class View(StrEnum):
    """How the calendar is shown."""

    MONTH = "month"
    WEEK = "week"
    LIST = "list"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of the calendar is shown, as its address says."""

    view: View
    on: date
    filters: CalendarFilters

    @property
    def query(self) -> str:
        """The query of its address."""
        values = {"view": self.view.value, "on": self.on.isoformat()}
        filters = {
            "channel": self.filters.channel,
            "campaign": self.filters.campaign,
            "language": self.filters.language,
        }
        return urlencode(values | {name: value for name, value in filters.items() if value})

    def days(self, language: str) -> list[date]:
        """The days that are shown."""
        match self.view:
            case View.MONTH:
                return [day for week in weeks_of(self.on, language) for day in week]
            case View.WEEK:
                return week_of(self.on, language)
            case View.LIST:
                return [self.on + timedelta(step) for step in range(FORTNIGHT)]
        return [self.on]

    def moved(self, to: date) -> "Stretch":
        """The same view, elsewhere."""
        return replace(self, on=min(max(to, EARLIEST), LATEST))

    def seen_as(self, view: View, on: date | None = None) -> "Stretch":
        """Another view, on the same day or another."""
        return replace(self, view=view, on=on or self.on)

    def previous(self) -> "Stretch":
        """What comes before."""
        if self.view is View.MONTH:
            return self.moved(previous_month(self.on))
        return self.moved(self.on - self._step())

    def next(self) -> "Stretch":
        """What comes after."""
        if self.view is View.MONTH:
            return self.moved(next_month(self.on))
        return self.moved(self.on + self._step())

    def _step(self) -> timedelta:
        return timedelta(days={View.WEEK: 7, View.LIST: FORTNIGHT}.get(self.view, 1))

    def title(self, language: str) -> str:
        """In words, such as "October 2027"."""
        if self.view is View.MONTH:
            name = date_format(self.on, "F Y")
            return name[:1].upper() + name[1:]
        if self.view is View.DAY:
            return full_date(self.on, language)
        days = self.days(language)
        ends = {"first": long_date(days[0], language), "last": long_date(days[-1], language)}
        return _("%(first)s to %(last)s") % ends


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """What the calendar is made from; `now` is aware, UTC."""

    config: Config
    library: Library
    now: datetime
    language: str

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self.config.site.timezone

    @property
    def today(self) -> date:
        """The local date of `now`."""
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return local_day(moment, self.zone)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, the channels that the filters leave, and the times that are taken around these days."""

    days: Sequence[date]
    shown: Stretch
    source: CalendarSource
    channels: Mapping[str, Channel]
    taken: TakenTimes

    @property
    def first(self) -> date:
        """The first of the days."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.days[-1]

    def times(self, channel: str) -> Sequence[datetime]:
        """The times that are taken on a channel."""
        return self.taken.times.get(channel, ())


def read_shown(query: QueryDict, today: date) -> Stretch:
    """What an address asks for; a view that is none is the month, a date that is none is today."""
    asked = query.get("view", "")
    view = View(asked) if asked in [*View] else View.MONTH
    filters = CalendarFilters(
        channel=query.get("channel", "")[:100],
        campaign=query.get("campaign", "")[:100],
        language=query.get("language", "")[:100],
    )
    return Stretch(view, _day(query.get("on", ""), today), filters)


def wanted_channels(filters: CalendarFilters, config: Config) -> dict[str, Channel]:
    """The channels that the filters leave."""
    return {
        name: channel
        for name, channel in config.channels.items()
        if filters.channel in ("", name) and filters.language in ("", channel.language)
    }


def _day(written: str, today: date) -> date:
    try:
        return min(max(date.fromisoformat(written), EARLIEST), LATEST)
    except ValueError:
        return today
