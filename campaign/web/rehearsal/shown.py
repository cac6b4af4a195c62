"""What a rehearsal has shown, in the reader's words: what to look at first, then the days of a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from campaign.config import Config
from campaign.models import Post
from campaign.web.frame.moments import at as moment_in_words
from campaign.web.rehearsal.looks import (
    FAILURES,
    Notice,
    Row,
    channel_of,
    looks_of,
    moment,
    rows,
    said_in,
)
from campaign.web.rehearsal.runs import Result

MOST = 50
"""So many findings and sentences of a sort are shown; the command line shows all."""
OUTCOMES: Mapping[str, tuple[str | Promise, str]] = {
    "out": (lazy("Goes out"), "ok"),
    "later": (lazy("Has to wait"), "warning"),
    "missed": (lazy("Missed"), "error"),
    "held": (lazy("Held back"), "error"),
    "refused": (lazy("Cannot be sent"), "error"),
    "unapproved": (lazy("Not approved"), "error"),
    "untold": (lazy("Consent not known here"), "warning"),
    "example": (lazy("Example, never published"), "info"),
}
"""What comes of a delivery: in words, and how much it weighs."""
ALIKE = ("at", "due_at", "post", "outcome", "reason")
"""Rows that have all of these in common are one line of the page."""
ICONS = {"ok": "check", "warning": "clock", "error": "error", "info": "info"}


MonthLine = tuple[str, date, int, str, bool]
"""A month: its key such as "2027-10", its first day, how many deliveries, what is charged, whether it is shown."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """What comes of a post at one moment, on all its channels for which it is the same."""

    at: datetime
    post: str
    number: int | None
    outcome: str | Promise
    level: str
    icon: str
    where: str
    reason: str
    due: str
    dollars: str


DayLines = tuple[date, list[PostLine]]
"""A local date, and what comes of the posts on it."""


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """One page of a rehearsal."""

    first: date
    last: date
    is_well: bool
    out: int
    failures: int
    dollars: str
    looks: list[Notice]
    hidden: int
    months: list[MonthLine]
    days: list[DayLines]


def shown_of(result: Result, month: str, config: Config) -> RehearsalPage:
    """A rehearsal with the days of one of its months; of the first with anything in it, when none is named."""
    zone, timeline = config.site.timezone, rows(result, "timeline")
    months = _months(timeline, result, zone, month)
    chosen = next((key for key, *_rest, is_shown in months if is_shown), "")
    of_month = [row for row in timeline if _month(row, zone) == chosen]
    looks = list(looks_of(result, timeline, config))
    return RehearsalPage(
        first=date.fromisoformat(str(result["from"])),
        last=date.fromisoformat(str(result["to"])),
        is_well=bool(result["well"]),
        out=sum(row["outcome"] == "out" for row in timeline),
        failures=sum(row["outcome"] in FAILURES for row in timeline),
        dollars=_dollars(_charges(result).get("dollars")),
        looks=looks[:MOST],
        hidden=max(0, len(looks) - MOST),
        months=months,
        days=_days(of_month, config),
    )


def _months(
    timeline: Sequence[Row], result: Result, zone: ZoneInfo, wanted: str
) -> list[MonthLine]:
    counts: dict[str, int] = {}
    for row in timeline:
        key = _month(row, zone)
        counts[key] = counts.get(key, 0) + 1
    charged = {}
    for row in rows(_charges(result), "months"):
        charged[str(row["month"])] = _dollars(row["dollars"])
    chosen = wanted if wanted in counts else next(iter(counts), "")
    months = []
    for key, number in counts.items():
        first = date.fromisoformat(f"{key}-01")
        months.append((key, first, number, charged.get(key, ""), key == chosen))
    return months


def _charges(result: Result) -> Mapping[str, object]:
    charges = result.get("x_charges")
    return charges if isinstance(charges, dict) else {}


def _days(timeline: Sequence[Row], config: Config) -> list[DayLines]:
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in timeline:
        alike = tuple(row[key] for key in ALIKE)
        together.setdefault(alike, []).append(row)
    numbers = _numbers({str(row["post"]) for row in timeline})
    days: dict[date, list[PostLine]] = {}
    for same in together.values():
        day = _day(same[0], config.site.timezone)
        lines = days.setdefault(day, [])
        lines.append(_line(same, numbers, config))
    return list(days.items())


def _line(
    same: Sequence[Row], numbers: Mapping[str, tuple[int, str]], config: Config
) -> PostLine:
    """One line for rows that differ in their channels and charges alone."""
    first = same[0]
    key = str(first["post"])
    came_of_it = str(first["outcome"])
    number, name = numbers.get(key, (None, key))
    outcome, level = OUTCOMES.get(came_of_it, (came_of_it, "info"))
    at = moment(first["at"])
    due = moment(first["due_at"])
    is_late = at != due and came_of_it in ("out", "later", "missed")
    channels = [channel_of(row, config) for row in same]
    cost = sum(float(str(row["dollars"])) for row in same)
    return PostLine(
        at=at,
        post=name,
        number=number,
        outcome=outcome,
        level=level,
        icon=ICONS[level],
        where=" · ".join(channels),
        reason=said_in(first, "reason"),
        due=moment_in_words(due) if is_late else "",
        dollars=_dollars(cost) if cost else "",
    )


def _numbers(keys: set[str]) -> dict[str, tuple[int, str]]:
    """The posts that are loaded: their numbers and what people call them."""
    posts = Post.objects.filter(key__in=keys).values_list("key", "pk", "title")
    return {key: (number, title or key) for key, number, title in posts}


def _day(row: Row, zone: ZoneInfo) -> date:
    return moment(row["at"]).astimezone(zone).date()


def _month(row: Row, zone: ZoneInfo) -> str:
    """Such as "2027-10"."""
    return _day(row, zone).strftime("%Y-%m")


def _dollars(value: object) -> str:
    return str(number_format(float(str(value or 0)), 2))
