"""What the calendar shows of a stretch of days: posts, awareness days, free slots, gaps, and what is worth a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from campaign.config import Channel
from campaign.content.dates.gaps import Gap, free_slots
from campaign.content.dates.month import DAYS, name_of, named_days, named_months
from campaign.content.dates.slots import BadSlot, Slot, parse_slot
from campaign.listings.calendar import Agenda, agendas, standing
from campaign.states import Status
from campaign.web.calendar.drawing import Drawer
from campaign.web.calendar.notes import AROUND, crowd_notes, gap_notes, gaps_of, quiet_notes
from campaign.web.calendar.shown import CalendarSource, Stretch, View, Window, wanted_channels
from campaign.web.frame.names import STATUSES, channel_name

MOST_NOTES = 8
SIZES: Mapping[View, tuple[int, int]] = {
    View.MONTH: (4, 100),
    View.WEEK: (12, 100),
    View.LIST: (12, 100),
    View.DAY: (200, 1000),
}
"""How many posts of a day are shown, and to which depth a day is read."""


@dataclass(frozen=True, slots=True)
class Free:
    """A moment at which slots of channels are free."""

    at: datetime
    channels: tuple[str, ...]
    query: str  #: with which a new post is begun there


@dataclass(frozen=True, slots=True)
class Chip:
    """A post, as it is drawn."""

    at: datetime
    drawn: SafeString


@dataclass(frozen=True, slots=True)
class NamedDate:
    """An awareness day or a holiday, named for the reader; a quiet one is a day of mourning or remembrance."""

    name: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar."""

    day: date
    query: str  #: the address of this day alone
    agenda: Agenda
    chips: tuple[Chip, ...]
    names: tuple[NamedDate, ...]
    free: tuple[Free, ...]
    is_today: bool
    is_past: bool
    is_outside: bool  #: of another month than the one that is shown
    is_gap: bool  #: nothing is planned on any channel, for days

    @property
    def is_quiet(self) -> bool:
        """Whether it is a day of mourning or remembrance."""
        return any(day.quiet for day in self.names)

    @property
    def is_only_free(self) -> bool:
        """Whether it has free slots, and nothing else."""
        if not self.free or self.is_today:
            return False
        return not self._has_news

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.free and not self._has_news

    @property
    def _has_news(self) -> bool:
        """Whether it has more than free slots."""
        if self.agenda.units or self.names:
            return True
        return self.is_gap


@dataclass(frozen=True, slots=True)
class Hour:
    """What a day has in one hour: posts and free slots. `row` counts the hours of the week."""

    row: int
    hour: int
    entries: tuple[Chip | Free, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that is shown. `notes` are sentences; `more_notes` says how many there still are."""

    cells: tuple[Cell, ...]
    months: tuple[str, ...]  #: awareness months
    notes: tuple[str, ...]
    more_notes: int

    @property
    def weeks(self) -> list[tuple[Cell, ...]]:
        """Its cells, seven by seven."""
        starts = range(0, len(self.cells), DAYS)
        return [self.cells[start : start + DAYS] for start in starts]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """The statuses of the posts that are shown, each with its icon."""
        there = {unit.status for cell in self.cells for unit in cell.agenda.units}
        return [(status.value, STATUSES[status][1]) for status in Status if status in there]

    @property
    def is_empty(self) -> bool:
        """Whether there is no post on the days that are shown."""
        return not any(cell.agenda.units for cell in self.cells)


def calendar_of(shown: Stretch, source: CalendarSource) -> Calendar:
    """The calendar of the days that are shown: a bounded number of questions, however much is planned."""
    days = shown.days(source.language)
    first, last = days[0] - AROUND, days[-1] + AROUND
    window = Window(
        days=days,
        shown=shown,
        source=source,
        channels=wanted_channels(shown.filters, source.config),
        taken=standing(first, last, source.zone),
    )
    gaps = gaps_of(window)
    cells = _cells(window, gaps)
    notes = [
        *quiet_notes(_planned_on_quiet_days(cells), source),
        *gap_notes(gaps, window),
        *crowd_notes(window),
    ]
    return Calendar(
        cells=cells,
        months=_months(window),
        notes=tuple(notes[:MOST_NOTES]),
        more_notes=max(0, len(notes) - MOST_NOTES),
    )


def hours_of(cells: Sequence[Cell], zone: ZoneInfo) -> tuple[list[int], dict[date, list[Hour]]]:
    """The local hours in which any of the days has a post or a free slot, and for each day its own hours."""
    of_days = {cell.day: _by_hour(cell, zone) for cell in cells}
    hours = sorted(set().union(*of_days.values()))
    rows = {hour: row for row, hour in enumerate(hours, start=1)}
    by_day: dict[date, list[Hour]] = {}
    for day, of_day in of_days.items():
        by_day[day] = []
        for hour, entries in sorted(of_day.items()):
            of_hour = Hour(rows[hour], hour, tuple(entries))
            by_day[day].append(of_hour)
    return hours, by_day


def _by_hour(cell: Cell, zone: ZoneInfo) -> dict[int, list[Chip | Free]]:
    """What a day has, by the hour of the local clock, in order of time."""
    entries: list[Chip | Free] = [*cell.chips, *cell.free]
    entries.sort(key=lambda entry: entry.at)
    by_hour: dict[int, list[Chip | Free]] = {}
    for entry in entries:
        at = entry.at.astimezone(zone)
        of_hour = by_hour.setdefault(at.hour, [])
        of_hour.append(entry)
    return by_hour


def _cells(window: Window, gaps: Mapping[str, Sequence[Gap]]) -> tuple[Cell, ...]:
    shown, source = window.shown, window.source
    most, depth = SIZES[shown.view]
    plan = agendas(window.days, source.zone, shown.filters, most, depth)
    named = _named(window)
    drawer = Drawer(shown.query, source.zone, source.language)
    cells = []
    for day in window.days:
        agenda, names = plan[day], named.get(day, ())
        is_quiet = any(name.quiet for name in names)
        is_outside = _outside(shown, day)
        # On a day of remembrance, no slot asks to be filled.
        is_closed = is_outside or is_quiet
        cell = Cell(
            day=day,
            query=shown.seen_as(View.DAY, day).query,
            agenda=agenda,
            chips=tuple(Chip(unit.due_at, drawer.chip(unit)) for unit in agenda.units),
            names=names,
            free=() if is_closed else _free(day, window),
            is_today=day == source.today,
            is_past=day < source.today,
            is_outside=is_outside,
            is_gap=not agenda.units and _is_silent(day, window, gaps),
        )
        cells.append(cell)
    return tuple(cells)


def _named(window: Window) -> dict[date, tuple[NamedDate, ...]]:
    """The awareness days and holidays on each day that has any, named for the reader."""
    source = window.source
    named = named_days(source.library.days.values(), window.first, window.last)
    by_day = {}
    for on, days in named.items():
        names: list[NamedDate] = []
        for day in days:
            name = name_of(day, source.language)
            names.append(NamedDate(name, day.quiet))
        by_day[on] = tuple(names)
    return by_day


def _is_silent(day: date, window: Window, gaps: Mapping[str, Sequence[Gap]]) -> bool:
    """Whether the day lies in a gap of every channel; never when the filters leave no channel."""
    if not window.channels:
        return False
    return all(_covers(gaps.get(name, ()), day) for name in window.channels)


def _planned_on_quiet_days(cells: Sequence[Cell]) -> list[tuple[date, str]]:
    """The days of remembrance from today on that have a post, each with the name of the day."""
    days = []
    for cell in cells:
        if cell.is_past or not cell.is_quiet:
            continue
        if cell.agenda.units:
            first = cell.names[0]
            days.append((cell.day, first.name))
    return days


def _months(window: Window) -> tuple[str, ...]:
    source = window.source
    inside = [day for day in window.days if not _outside(window.shown, day)]
    months = named_months(source.library.days.values(), inside)
    return tuple(name_of(month, source.language) for month in months)


def _outside(shown: Stretch, day: date) -> bool:
    return shown.view is View.MONTH and day.month != shown.on.month


def _covers(gaps: Sequence[Gap], day: date) -> bool:
    return any(gap.first <= day <= gap.last for gap in gaps)


def _free(day: date, window: Window) -> tuple[Free, ...]:
    """The free slots of a day that are still to come, those at one time together; none of a day that was not read."""
    source, known_until = window.source, window.taken.known_until
    if day < source.today:
        return ()
    if known_until and day >= known_until:
        return ()
    names_at: dict[datetime, list[str]] = {}
    for name, channel in window.channels.items():
        slots = _slots(channel)
        times = set(window.times(name))
        for moment in free_slots(day, slots, times, source.now, source.zone):
            names_at.setdefault(moment, []).append(name)
    return tuple(_free_at(at, names_at[at], source) for at in sorted(names_at))


def _free_at(at: datetime, names: Sequence[str], source: CalendarSource) -> Free:
    local = at.astimezone(source.zone)
    asked = {"when": f"{local:%Y-%m-%dT%H:%M}", "channel": names}
    titles = tuple(channel_name(name, source.config) for name in names)
    return Free(at, titles, urlencode(asked, doseq=True))


def _slots(channel: Channel) -> list[Slot]:
    """The slots that can be read; the others are findings of the check of config.toml."""
    slots = []
    for written in channel.slots:
        try:
            slots.append(parse_slot(written))
        except BadSlot:
            continue
    return slots
