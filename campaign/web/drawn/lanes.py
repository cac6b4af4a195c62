"""Days as a picture, month by month: a lane for each account, a column for each day, a mark for what stands there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain, count, groupby
from string import ascii_uppercase

DAY, LANE = 22, 30
"""How wide a day is, and how high a lane, in units of the drawing: whole ones, which read the same in every language."""
NAMES, HEAD, FOOT = 138, 44, 26
"""The room for the lanes' names, for the days' numbers above, and for what is silent below."""
LONGEST = 31
"""Days of a month; each is drawn as wide as the longest."""
MOST_MONTHS = 3
"""So many are drawn at a time: one printed page."""
LONG_SILENCE = 3
"""From so many days on, the number of silent days is written under them."""
MIXED = "mixed"
"""The kind of a mark that stands for posts of several kinds."""
SEPARATOR = " · "
_SATURDAY = 5
_ONE = timedelta(1)


class DrawnStanding(StrEnum):
    """How something stands on its day, what a person should see first coming first."""

    TROUBLE = "trouble"  #: it failed, was missed or does not go out
    MISSING = "missing"  #: it goes out in the other language alone
    WAITS = "waits"  #: for somebody who approves it
    READY = "ready"  #: it goes out at its time
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Lane:
    """An account, by its key and by what it is called."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A post on a day in a lane."""

    day: date
    lane: str
    kind: str
    standing: DrawnStanding

    @property
    def is_there(self) -> bool:
        """Whether there is a post, and not the lack of one."""
        return self.standing is not DrawnStanding.MISSING


@dataclass(frozen=True, slots=True)
class Named:
    """A day with a name; a quiet one is a day of remembrance."""

    day: date
    name: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Days:
    """What is drawn: local dates, each end belonging to them."""

    first: date
    last: date
    today: date
    lanes: Sequence[Lane]
    placed: Sequence[Placed] = ()
    named: Sequence[Named] = ()

    @property
    def every(self) -> list[date]:
        """All of them."""
        days: list[date] = []
        day = self.first
        while day <= self.last:
            days.append(day)
            day += _ONE
        return days

    @property
    def silent(self) -> list[date]:
        """The days on which nothing stands in any lane."""
        there = [post for post in self.placed if post.is_there]
        busy = {post.day for post in there}
        return [day for day in self.every if day not in busy]


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """What stands in a lane on a day: one post, or several of which the most urgent shows."""

    x: int
    y: int
    day: date
    kind: str
    standing: DrawnStanding
    number: int


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A day: the left edge of its column, and what is known of it. `letter` leads to its name below."""

    x: int
    day: date
    is_weekend: bool
    is_today: bool
    is_quiet: bool
    letter: str

    @property
    def middle(self) -> int:
        """Where what stands on it is centred."""
        return self.x + DAY // 2


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane: its top edge, its name, and its marks from left to right."""

    y: int
    name: str
    marks: tuple[DrawnMark, ...]

    @property
    def middle(self) -> int:
        """Where what stands in it is centred."""
        return self.y + LANE // 2


@dataclass(frozen=True, slots=True)
class Silence:
    """Days in a row with nothing in any lane; their number is said from LONG_SILENCE on."""

    x: int
    width: int
    number: int

    @property
    def middle(self) -> int:
        """Where their number is centred."""
        return self.x + self.width // 2

    @property
    def is_long(self) -> bool:
        """Whether they are more than a weekend."""
        return self.number >= LONG_SILENCE


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """The days of a month that are drawn, and how large the drawing is."""

    first: date
    width: int
    height: int
    columns: tuple[DayColumn, ...]
    lanes: tuple[DrawnLane, ...]
    silences: tuple[Silence, ...]

    @property
    def foot(self) -> int:
        """Where the lanes end."""
        return self.height - FOOT


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in words: its name, and what stands there; lanes in which it is the same are named together."""

    day: date
    name: str
    marks: tuple[tuple[str, DrawnMark], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Days, drawn and in words. `letters` say which day has which name."""

    months: tuple[DrawnMonth, ...]
    rows: tuple[DayRow, ...]
    letters: tuple[tuple[str, Named], ...] = ()
    kinds: tuple[str, ...] = ()
    standings: tuple[DrawnStanding, ...] = ()


Places = Mapping[tuple[str, date], list[Placed]]
"""What stands where: by lane and day."""
Letters = Mapping[date, str]
InLane = tuple[str, DrawnMark]
"""A mark, with what its lane is called."""
Alike = tuple[str, DrawnStanding, int]
"""What marks have in common that say the same: kind, standing and number."""


def picture_of(days: Days) -> Picture:
    """The drawing of these days."""
    places, letters = _places(days.placed), _letters(days.named)
    months: list[DrawnMonth] = []
    for _, group in groupby(days.every, key=_month_of):
        shown = list(group)
        months.append(_month(shown, days, places, letters))
    standings = {post.standing for post in days.placed}
    return Picture(
        months=tuple(months),
        rows=tuple(_rows(months, days.named)),
        letters=tuple((letters[named.day], named) for named in days.named),
        kinds=_kinds(months),
        standings=tuple(sorted(standings, key=_urgency)),
    )


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _urgency(standing: DrawnStanding) -> int:
    return list(DrawnStanding).index(standing)


def _places(placed: Iterable[Placed]) -> Places:
    places: dict[tuple[str, date], list[Placed]] = {}
    for post in placed:
        key = post.lane, post.day
        places.setdefault(key, []).append(post)
    return places


def _letters(named: Sequence[Named]) -> Letters:
    """A letter for each day with a name: A to Z, then numbers."""
    numbers = map(str, count(1))
    names = chain(ascii_uppercase, numbers)
    letters: dict[date, str] = {}
    for day in named:
        if day.day not in letters:
            letters[day.day] = next(names)
    return letters


def _kinds(months: Iterable[DrawnMonth]) -> tuple[str, ...]:
    """The kinds of all marks."""
    kinds: set[str] = set()
    for month in months:
        for lane in month.lanes:
            kinds |= {mark.kind for mark in lane.marks}
    return tuple(sorted(kinds))


def _month(
    shown: Sequence[date],
    days: Days,
    places: Places,
    letters: Letters,
) -> DrawnMonth:
    columns = [_column(day, shown[0], days, letters) for day in shown]
    lanes: list[DrawnLane] = []
    top = HEAD
    for lane in days.lanes:
        lanes.append(_lane(lane, top, columns, places))
        top += LANE
    return DrawnMonth(
        first=shown[0],
        width=NAMES + DAY * LONGEST + DAY // 2,
        height=top + FOOT,
        columns=tuple(columns),
        lanes=tuple(lanes),
        silences=tuple(_silences(columns, days.silent)),
    )


def _column(day: date, first: date, days: Days, letters: Letters) -> DayColumn:
    quiet = {named.day for named in days.named if named.quiet}
    return DayColumn(
        # From the first day that is drawn: on a phone, a run that begins late in its month would be out of sight.
        x=NAMES + DAY * (day.day - first.day),
        day=day,
        is_weekend=day.weekday() >= _SATURDAY,
        is_today=day == days.today,
        is_quiet=day in quiet,
        letter=letters.get(day, ""),
    )


def _lane(
    lane: Lane,
    top: int,
    columns: Iterable[DayColumn],
    places: Places,
) -> DrawnLane:
    middle = top + LANE // 2
    marks: list[DrawnMark] = []
    for column in columns:
        posts = places.get((lane.key, column.day))
        if posts:
            marks.append(_mark(posts, column, middle))
    return DrawnLane(top, lane.name, tuple(marks))


def _mark(
    posts: Sequence[Placed],
    column: DayColumn,
    y: int,
) -> DrawnMark:
    kinds = {post.kind for post in posts}
    standings = [post.standing for post in posts]
    return DrawnMark(
        x=column.middle,
        y=y,
        day=column.day,
        kind=kinds.pop() if len(kinds) == 1 else MIXED,
        standing=min(standings, key=_urgency),
        number=len(posts),
    )


def _silences(
    columns: Iterable[DayColumn],
    days: Sequence[date],
) -> Iterable[Silence]:
    silent = set(days)
    runs = groupby(columns, key=lambda column: column.day in silent)
    for is_silent, run in runs:
        if is_silent:
            together = list(run)
            number = len(together)
            yield Silence(together[0].x, DAY * number, number)


def _rows(
    months: Iterable[DrawnMonth],
    named: Sequence[Named],
) -> Iterable[DayRow]:
    """The days that have something, or a name."""
    names: dict[date, list[str]] = {}
    for day in named:
        names.setdefault(day.day, []).append(day.name)
    for month in months:
        marks = _by_day(month.lanes)
        for column in month.columns:
            of_day = marks.get(column.day, [])
            name = SEPARATOR.join(names.get(column.day, []))
            if of_day or name:
                together = tuple(_together(of_day))
                yield DayRow(column.day, name, together)


def _by_day(lanes: Iterable[DrawnLane]) -> Mapping[date, list[InLane]]:
    by_day: dict[date, list[InLane]] = {}
    for lane in lanes:
        for mark in lane.marks:
            of_day = by_day.setdefault(mark.day, [])
            of_day.append((lane.name, mark))
    return by_day


def _together(marks: Iterable[InLane]) -> Iterable[InLane]:
    """The marks that say the same once, with all their lanes."""
    names: dict[Alike, list[str]] = {}
    first: dict[Alike, DrawnMark] = {}
    for lane, mark in marks:
        said = mark.kind, mark.standing, mark.number
        names.setdefault(said, []).append(lane)
        first.setdefault(said, mark)
    for said, lanes in names.items():
        yield SEPARATOR.join(lanes), first[said]
