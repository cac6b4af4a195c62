"""Which posts are due on which day, for a calendar: a few of each day, and how many more there are.

Nothing is read that is not shown: each day is cut at a number of deliveries, by the index of due times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.content.dates.month import span_of
from campaign.core.clock import local_day
from campaign.database.sql import ask, marks
from campaign.models import called
from campaign.states import GONE, NOT_OUT_YET, Status

DEEPEST = 100
"""How many deliveries of a day are read, unless a page shows few days and wants more of each."""
BEGINNING = 400
"""How many characters of the pictures' JSON are read: the name of the first is in them, and their descriptions may be long."""
STANDING = 1_000
"""How many deliveries are read for gaps and crowded days."""
FAR = 5_000
"""Deliveries, the nearest in time, among which the next one is looked for."""
_SHOWN = """
SELECT d.post_id AS post, d.due_at AS due_at, p.key AS key, p.title AS title, p.kind AS kind, d.id AS delivery,
       d.channel AS channel, d.network AS network, d.language AS language, d.status AS status,
       SUBSTR(d.pictures, 1, {beginning}) AS pictures
FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
WHERE d.post_id IN ({posts}) AND d.status NOT IN ({statuses}) ORDER BY d.network, d.language, d.id
"""
MOST_URGENT_FIRST = (
    *(Status.FAILED, Status.UNCONFIRMED, Status.MISSED, Status.SENDING),
    *(Status.DRAFT, Status.QUEUED, Status.PUBLISHED),
)


class ShownRow(NamedTuple):
    """A delivery of a post that is shown."""

    post: int
    due_at: datetime
    key: str
    title: str
    kind: str
    delivery: int
    channel: str
    network: str
    language: str
    status: Status
    pictures: str  #: the beginning of their JSON, which names the first


class TurnRow(NamedTuple):
    """A post of a day, with how many posts and deliveries the day has; `place` is that of the day in the list of days."""

    place: int
    post_id: int
    due_at: datetime
    posts: int
    deliveries: int


class TakenRow(NamedTuple):
    """A time that is taken on a channel."""

    channel: str
    due_at: datetime


class DueRow(NamedTuple):
    """When a delivery is due."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarFilters:
    """Which deliveries are shown; a field that is left empty shows all."""

    channel: str = ""
    campaign: str = ""
    language: str = ""

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """The condition of each field that is not empty, as SQL with one %s, and its value."""
        # Put together with nothing, a column is found by no index of its own: days are found by their due times.
        every = (
            ("d.channel || '' = %s", self.channel),
            ("p.campaign || '' = %s", self.campaign),
            ("d.language || '' = %s", self.language),
        )
        return [(sql, value) for sql, value in every if value]

    def leaves(self, row: ShownRow) -> bool:
        """Whether a delivery of a post that is shown is shown with it."""
        return self.channel in ("", row.channel) and self.language in ("", row.language)


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """One delivery that is shown, without its text, which is not read."""

    id: int
    channel: str
    network: str
    language: str
    status: Status

    @property
    def can_move(self) -> bool:
        """Whether it is not out yet, and not on its way."""
        return self.status in NOT_OUT_YET


@dataclass(frozen=True, slots=True)
class Unit:
    """One post at one time, in all its languages and on all its channels: what a reader takes for one post."""

    post: int
    key: str
    title: str
    kind: str
    due_at: datetime
    parts: tuple[PlannedDelivery, ...]
    pictures: str = ""  #: the beginning of the JSON of its pictures

    @property
    def name(self) -> str:
        """How people name the post."""
        return called(self.title, self.key)

    @property
    def status(self) -> Status:
        """The status that a person should know of first."""
        return min((part.status for part in self.parts), key=_urgency)

    @property
    def first(self) -> PlannedDelivery:
        """The delivery that is moved with all the others: the first that can be moved, else the first of all."""
        return next((part for part in self.parts if part.can_move), self.parts[0])

    @property
    def networks(self) -> list[str]:
        """The networks, each once."""
        return list(dict.fromkeys(part.network for part in self.parts))

    @property
    def languages(self) -> list[str]:
        """The languages, each once."""
        return sorted({part.language for part in self.parts})


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is shown of one day. `more` are the posts that are not; `cut` says that there are still more than those."""

    units: tuple[Unit, ...] = ()
    more: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TakenTimes:
    """The times that are taken on each channel, and the first day of which not all is known (None: all is)."""

    times: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    known_until: date | None = None


def agendas(
    days: Sequence[date],
    zone: ZoneInfo,
    filters: CalendarFilters,
    most: int,
    depth: int | None = None,
) -> dict[date, Agenda]:
    """The first posts of each local day, at most `most` of each, in order of time. At most `depth` deliveries of a day are
    read (DEEPEST when none is named)."""
    depth = depth or DEEPEST
    sql, values = _question(days, zone, filters, most, depth)
    turns = ask(TurnRow, sql, *values)
    units = _units([(turn.post_id, turn.due_at) for turn in turns], filters)
    shown: dict[date, list[Unit]] = {day: [] for day in days}
    counted = dict.fromkeys(days, (0, 0))
    for turn in turns:
        day = days[turn.place]
        unit = units.get((turn.post_id, turn.due_at))
        if unit:  # it may have been moved between the two questions
            shown[day].append(unit)
        counted[day] = (turn.posts, turn.deliveries)
    agenda_of: dict[date, Agenda] = {}
    for day in days:
        posts, deliveries = counted[day]
        more = max(0, posts - len(shown[day]))
        agenda_of[day] = Agenda(tuple(shown[day]), more, cut=deliveries >= depth)
    return agenda_of


def next_due(after: datetime, filters: CalendarFilters) -> datetime | None:
    """When the first post after a moment is due, among the FAR deliveries that are nearest; None where there is none."""
    return _nearest("d.due_at >= %s", "d.due_at, d.id", after, filters)


def last_due(before: datetime, filters: CalendarFilters) -> datetime | None:
    """When the last post before a moment was due, among as many; None where there is none."""
    return _nearest("d.due_at < %s", "d.due_at DESC, d.id DESC", before, filters)


def _nearest(
    side: str,
    order: str,
    moment: datetime,
    filters: CalendarFilters,
) -> datetime | None:
    wanted = [value for _, value in filters.conditions]
    conditions = "".join(f" AND {sql}" for sql, _ in filters.conditions)
    rows = ask(
        DueRow,
        f"""SELECT d.due_at AS due_at FROM (
                SELECT d.* FROM campaign_delivery d WHERE {side} ORDER BY {order} LIMIT {FAR}) AS d
            JOIN campaign_post p ON p.id = d.post_id
            WHERE d.status NOT IN ({marks(GONE)}){conditions} ORDER BY {order} LIMIT 1""",
        *(moment, *GONE, *wanted),
    )
    return rows[0].due_at if rows else None


def standing(first: date, last: date, zone: ZoneInfo) -> TakenTimes:
    """The times that are taken on every channel, from the first local day to the last: those of the first STANDING
    deliveries."""
    start, end = span_of(first, zone).start, span_of(last, zone).end
    taken = ask(
        TakenRow,
        f"""SELECT channel, due_at FROM campaign_delivery
            WHERE due_at >= %s AND due_at < %s AND status NOT IN ({marks(GONE)})
            ORDER BY due_at, id LIMIT {STANDING + 1}""",
        *(start, end, *GONE),
    )
    times: dict[str, list[datetime]] = {}
    for row in taken[:STANDING]:
        times.setdefault(row.channel, []).append(row.due_at)
    known_until = None
    if len(taken) > STANDING:
        known_until = local_day(taken[STANDING].due_at, zone)
    return TakenTimes(times, known_until)


def _question(
    days: Sequence[date], zone: ZoneInfo, filters: CalendarFilters, most: int, depth: int
) -> tuple[str, list[object]]:
    """The question, with its values: for each day its place, then post, time, posts and deliveries of the day."""
    wanted = [value for _, value in filters.conditions]
    values: list[object] = []
    parts: list[str] = []
    for place, day in enumerate(days):
        span = span_of(day, zone)
        # A SELECT of its own around it: SQLite lets no part of a UNION have an order and a limit.
        parts.append(f"SELECT * FROM ({_of_day(place, filters, depth)}) AS day_{place}")
        values += [span.start, span.end, *GONE, *wanted]
    every = " UNION ALL ".join(parts)
    sql = f"""
        SELECT place, post_id, due_at, posts, deliveries FROM (
            SELECT place, post_id, due_at, COUNT(*) OVER (PARTITION BY place) AS posts,
                   SUM(size) OVER (PARTITION BY place) AS deliveries,
                   ROW_NUMBER() OVER (PARTITION BY place ORDER BY due_at, first) AS turn
            FROM (SELECT place, post_id, due_at, MIN(id) AS first, COUNT(*) AS size
                  FROM ({every}) AS every_day GROUP BY place, post_id, due_at) AS units) AS turns
        WHERE turn <= %s ORDER BY place, turn"""
    return sql, [*values, most]


def _of_day(place: int, filters: CalendarFilters, depth: int) -> str:
    conditions = "".join(f" AND {sql}" for sql, _ in filters.conditions)
    joined = "JOIN campaign_post p ON p.id = d.post_id" if filters.campaign else ""
    return f"""
        SELECT {place} AS place, d.post_id, d.due_at, d.id FROM campaign_delivery d {joined}
        WHERE d.due_at >= %s AND d.due_at < %s AND d.status NOT IN ({marks(GONE)}){conditions}
        ORDER BY d.due_at, d.id LIMIT {depth}"""


def _units(
    keys: Sequence[tuple[int, datetime]], filters: CalendarFilters
) -> dict[tuple[int, datetime], Unit]:
    """The units of these posts and times, with those of their deliveries that the filters show."""
    wanted = set(keys)
    posts = list({post for post, _ in keys})
    if not posts:
        return {}
    question = _SHOWN.format(posts=marks(posts), statuses=marks(GONE), beginning=BEGINNING)
    rows_of: dict[tuple[int, datetime], list[ShownRow]] = {}
    for row in ask(ShownRow, question, *posts, *GONE):
        key = (row.post, row.due_at)
        if key in wanted and filters.leaves(row):
            rows_of.setdefault(key, []).append(row)
    return {key: _unit(rows) for key, rows in rows_of.items()}


def _unit(rows: Sequence[ShownRow]) -> Unit:
    """The unit of these deliveries, which are of one post at one time."""
    first = rows[0]
    parts = [
        PlannedDelivery(row.delivery, row.channel, row.network, row.language, row.status)
        for row in rows
    ]
    pictured = next(filter(None, (row.pictures for row in rows)), "")
    return Unit(
        first.post,
        first.key,
        first.title,
        first.kind,
        first.due_at,
        tuple(parts),
        pictured,
    )


def _urgency(status: Status) -> int:
    if status in MOST_URGENT_FIRST:
        return MOST_URGENT_FIRST.index(status)
    return len(MOST_URGENT_FIRST)
