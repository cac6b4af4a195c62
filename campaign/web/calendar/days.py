"""What the calendar shows of a stretch of days: posts, awareness days, free slots, gaps, and what is worth a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from campaign.config import Channel
from campaign.content.dates.gaps import Gap, free_slots
from campaign.content.dates.month import name_of, named_days, named_months
from campaign.content.dates.slots import BadSlot, Slot, parse_slot
from campaign.listings.calendar import Agenda, TakenTimes, agendas, standing
from campaign.states import Status
from campaign.web.calendar.drawing import Drawer
from campaign.web.calendar.notes import AROUND, crowd_notes, gap_notes, gaps_of, quiet_notes
from campaign.web.calendar.shown import CalendarSource, Stretch, View, wanted_channels
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
        return bool(self.free) and not (
            self.agenda.units or self.names or self.is_gap or self.is_today
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.agenda.units or self.names or self.free or self.is_gap)


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
        """Its cells, week by week."""
        return [self.cells[start : start + 7] for start in range(0, len(self.cells), 7)]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """The statuses of the posts that are shown, each with its icon."""
        there = {unit.status for cell in self.cells for unit in cell.agenda.units}
        return [(status.value, STATUSES[status][1]) for status in Status if status in there]

    @property
    def is_empty(self) -> bool:
        """Whether no post stands on the days that are shown."""
        return not any(cell.agenda.units for cell in self.cells)


def calendar_of(shown: Stretch, source: CalendarSource) -> Calendar:
    """Reads what is shown: a bounded number of questions, whatever is planned."""
    days = shown.days(source.language)
    most, depth = SIZES[shown.view]
    plan = agendas(days, source.zone, shown.filters, most, depth)
    taken = standing(days[0] - AROUND, days[-1] + AROUND, source.zone)
    channels = wanted_channels(shown.filters, source.config)
    empty = gaps_of(days, shown, source, taken, channels)
    named = named_days(source.library.days.values(), days[0], days[-1])
    # On a day of remembrance, no slot asks to be filled.
    closed = {
        day for day in days if _outside(shown, day) or any(one.quiet for one in named.get(day, ()))
    }
    free = {day: () if day in closed else _free(day, channels, source, taken) for day in days}
    silent = {
        day
        for day in days
        if channels and all(_covers(empty.get(name, ()), day) for name in channels)
    }
    drawer = Drawer(shown.query, source.zone, source.language)
    cells = tuple(
        Cell(
            day=day,
            query=shown.seen_as(View.DAY, day).query,
            agenda=plan[day],
            chips=tuple(Chip(unit.due_at, drawer.chip(unit)) for unit in plan[day].units),
            names=tuple(
                NamedDate(name_of(one, source.language), one.quiet) for one in named.get(day, ())
            ),
            free=free[day],
            is_today=day == source.today,
            is_past=day < source.today,
            is_outside=_outside(shown, day),
            is_gap=day in silent and not plan[day].units,
        )
        for day in days
    )
    quiet = [
        (cell.day, cell.names[0].name)
        for cell in cells
        if cell.is_quiet and cell.agenda.units and not cell.is_past
    ]
    notes = [
        *quiet_notes(quiet, source),
        *gap_notes(empty, channels, source),
        *crowd_notes(days, channels, source, taken),
    ]
    months = named_months(
        source.library.days.values(), [day for day in days if not _outside(shown, day)]
    )
    names = tuple(name_of(month, source.language) for month in months)
    return Calendar(cells, names, tuple(notes[:MOST_NOTES]), max(0, len(notes) - MOST_NOTES))


def hours_of(cells: Sequence[Cell], zone: ZoneInfo) -> tuple[list[int], dict[date, list[Hour]]]:
    """The hours in which a week has something, and what each day has in them."""
    entries: dict[date, dict[int, list[Chip | Free]]] = {cell.day: {} for cell in cells}
    for cell in cells:
        both: list[Chip | Free] = [*cell.chips, *cell.free]
        for entry in sorted(both, key=lambda one: one.at):
            entries[cell.day].setdefault(entry.at.astimezone(zone).hour, []).append(entry)
    hours = sorted({hour for of_day in entries.values() for hour in of_day})
    rows = {hour: row for row, hour in enumerate(hours, start=1)}
    return hours, {
        day: [Hour(rows[hour], hour, tuple(there)) for hour, there in sorted(of_day.items())]
        for day, of_day in entries.items()
    }


def _outside(shown: Stretch, day: date) -> bool:
    return shown.view is View.MONTH and day.month != shown.on.month


def _covers(found: Sequence[Gap], day: date) -> bool:
    return any(gap.first <= day <= gap.last for gap in found)


def _free(
    day: date, channels: Mapping[str, Channel], source: CalendarSource, taken: TakenTimes
) -> tuple[Free, ...]:
    """The free slots of a day, those at one time together. Of a day that was not read, none is known."""
    if day < source.today or (taken.known_until and day >= taken.known_until):
        return ()
    found: dict[datetime, list[str]] = {}
    for name, channel in channels.items():
        times = set(taken.times.get(name, ()))
        for moment in free_slots(day, _slots(channel), times, source.now, source.zone):
            found.setdefault(moment, []).append(channel_name(name, source.config))
    return tuple(Free(at, tuple(names)) for at, names in sorted(found.items()))


def _slots(channel: Channel) -> list[Slot]:
    """Those that can be read; the others are told where channels are checked."""
    slots = []
    for written in channel.slots:
        try:
            slots.append(parse_slot(written))
        except BadSlot:
            continue
    return slots
