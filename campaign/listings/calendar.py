"""What stands on which day, for a calendar: a few posts of each day, and how many more there are.

Nothing is read that is not shown: each day is cut at a number of deliveries, by the index of due times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.content.dates.month import span_of
from campaign.database.sql import ask, marks
from campaign.models import called
from campaign.states import GONE, NOT_OUT_YET, Status

DEEPEST = 100
"""How many deliveries of a day are looked at, unless a page shows few days and wants more of each."""
STANDING = 1_000
"""How many deliveries are looked at for gaps and crowded days."""
_SHOWN = """
SELECT d.post_id AS post, d.due_at AS due_at, p.key AS key, p.title AS title, p.kind AS kind, d.id AS delivery,
       d.channel AS channel, d.network AS network, d.language AS language, d.status AS status
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


class TurnRow(NamedTuple):
    """A post of a day, the day by its place among those asked about, with how many posts and deliveries it has."""

    place: int
    post_id: int
    due_at: datetime
    posts: int
    deliveries: int


class TakenRow(NamedTuple):
    """A time that is taken on a channel."""

    channel: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarFilters:
    """What of the plan is shown; an empty one shows all."""

    channel: str = ""
    campaign: str = ""
    language: str = ""

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Each as SQL, with its value."""
        # Put together with nothing, a column is found by no index of its own: days are found by their due times.
        every = (
            ("d.channel || '' = %s", self.channel),
            ("p.campaign || '' = %s", self.campaign),
            ("d.language || '' = %s", self.language),
        )
        return [(sql, value) for sql, value in every if value]

    def leaves(self, part: "PlannedDelivery") -> bool:
        """Whether a delivery of a post that is shown is shown with it."""
        return self.channel in ("", part.channel) and self.language in ("", part.language)


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """One delivery of what is shown: no text is read for it."""

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
        """The delivery that stands for all: one that can be moved, if there is one."""
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
    """The first posts of each day, at most so many, in order of time. `depth` deliveries of each day are looked at."""
    depth = depth or DEEPEST
    sql, values = _question(days, zone, filters, most, depth)
    turns = ask(TurnRow, sql, *values)
    units = _units([(turn.post_id, turn.due_at) for turn in turns], filters)
    shown: dict[date, list[Unit]] = {day: [] for day in days}
    counted: dict[date, tuple[int, int]] = {}
    for turn in turns:
        day = days[turn.place]
        unit = units.get((turn.post_id, turn.due_at))
        if unit:  # it may have been moved between the two questions
            shown[day].append(unit)
        counted[day] = (turn.posts, turn.deliveries)
    return {day: _agenda(shown[day], *counted.get(day, (0, 0)), depth) for day in days}


def standing(first: date, last: date, zone: ZoneInfo) -> TakenTimes:
    """All that stands from the first day to the last, on every channel, as far as it is worth looking."""
    start, end = span_of(first, zone).start, span_of(last, zone).end
    taken = ask(
        TakenRow,
        f"""SELECT channel, due_at FROM campaign_delivery
            WHERE due_at >= %s AND due_at < %s AND status NOT IN ({marks(GONE)})
            ORDER BY due_at, id LIMIT {STANDING + 1}""",
        *(start, end, *GONE),
    )
    times: dict[str, list[datetime]] = {}
    for standing_there in taken[:STANDING]:
        times.setdefault(standing_there.channel, []).append(standing_there.due_at)
    cut = taken[STANDING].due_at.astimezone(zone).date() if len(taken) > STANDING else None
    return TakenTimes(times, cut)


def _agenda(units: Sequence[Unit], posts: int, deliveries: int, depth: int) -> Agenda:
    return Agenda(tuple(units), max(0, posts - len(units)), cut=deliveries >= depth)


def _question(
    days: Sequence[date], zone: ZoneInfo, filters: CalendarFilters, most: int, depth: int
) -> tuple[str, list[object]]:
    """The question, with its values: for each day its place, then post, time, posts and deliveries of the day."""
    values: list[object] = []
    parts = []
    for place, day in enumerate(days):
        span = span_of(day, zone)
        parts.append(f"SELECT * FROM ({_of_day(place, filters, depth)}) AS day_{place}")
        values += [span.start, span.end, *GONE, *(value for _, value in filters.conditions)]
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
    """The units of these posts and times, with what is shown of their deliveries."""
    wanted, posts = set(keys), list({post for post, _ in keys})
    if not posts:
        return {}
    known: dict[tuple[int, datetime], tuple[str, str, str]] = {}
    parts: dict[tuple[int, datetime], list[PlannedDelivery]] = {}
    for row in ask(
        ShownRow, _SHOWN.format(posts=marks(posts), statuses=marks(GONE)), *posts, *GONE
    ):
        unit = (row.post, row.due_at)
        part = PlannedDelivery(row.delivery, row.channel, row.network, row.language, row.status)
        if unit in wanted and filters.leaves(part):
            known[unit] = (row.key, row.title, row.kind)
            parts.setdefault(unit, []).append(part)
    return {one: Unit(one[0], *known[one], one[1], tuple(there)) for one, there in parts.items()}


def _urgency(status: Status) -> int:
    return (
        MOST_URGENT_FIRST.index(status) if status in MOST_URGENT_FIRST else len(MOST_URGENT_FIRST)
    )
