"""What a rehearsal has shown, in the reader's words: what to look at first, then the days of a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.config import Config
from campaign.core.clock import local_day
from campaign.core.finding import Level
from campaign.models import Post
from campaign.web.drawn.lanes import Picture
from campaign.web.drawn.weeks import WeekBars
from campaign.web.frame.moments import at as moment_in_words
from campaign.web.rehearsal.looks import (
    Notice,
    Row,
    channel_of,
    looks_of,
    moment,
    rows,
    said_in,
)
from campaign.web.rehearsal.picture import costs_of, month_of
from campaign.web.rehearsal.runs import Result

MOST = 50
"""So many findings and sentences of a sort are shown; the command line shows all."""
OUTCOMES: Mapping[str, tuple[str | Promise, str]] = {
    "out": (gettext_lazy("Goes out"), "ok"),
    "later": (gettext_lazy("Has to wait"), "warning"),
    "missed": (gettext_lazy("Missed"), "error"),
    "held": (gettext_lazy("Held back"), "error"),
    "refused": (gettext_lazy("Cannot be sent"), "error"),
    "stopped": (gettext_lazy("Stopped by an error"), "error"),
    "unapproved": (gettext_lazy("Not approved"), "error"),
    "dropped": (gettext_lazy("Taken out"), "info"),
    "untold": (gettext_lazy("Consent not known here"), "warning"),
    "example": (gettext_lazy("Example, never published"), "info"),
}
"""What comes of a delivery: in words, and how much it weighs."""
ALIKE = ("at", "due_at", "post", "outcome", "reason")
"""Rows that have all of these in common are one line of the page."""
ICONS = {"ok": "check", "warning": "clock", "error": "error", "info": "info"}


ENDS: Mapping[str, str | Promise] = {
    "out": gettext_lazy("Go out"),
    "later": gettext_lazy("Still wait at the end"),
    "missed": gettext_lazy("Are missed"),
    "held": gettext_lazy("Are held back"),
    "refused": gettext_lazy("Cannot be sent"),
    "stopped": gettext_lazy("Are stopped by an error"),
    "unapproved": gettext_lazy("Are not approved"),
    "dropped": gettext_lazy("Were taken out before"),
    "untold": gettext_lazy("Consent not known here"),
    "example": gettext_lazy("Examples, never published"),
}
"""What becomes of deliveries in the end, in the order in which the numbers stand."""


MonthLine = tuple[str, date, int, str, bool]
"""A month: its key such as "2027-10", its first day, how many deliveries, what is charged, whether it is shown."""
EndLine = tuple[str | Promise, int]
"""What becomes of so many deliveries in the end."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """What comes of a post at one moment (None: it has no time), on all its channels for which it is the same."""

    at: datetime | None
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
    number: int  #: of deliveries in all: the sum of the ends
    wrong: int  #: of those that do not go out as they are meant to
    ends: list[EndLine]
    dollars: str
    links: str  #: what links cost, in a sentence; "" where they cost nothing
    undated: list[PostLine]
    looks: list[Notice]
    has_warnings: bool
    hidden: int
    months: list[MonthLine]
    days: list[DayLines]
    picture: Picture | None  #: of the month that is shown
    costs: WeekBars | None


def shown_of(result: Result, month: str, config: Config) -> RehearsalPage:
    """A rehearsal with the days of one of its months; of the first with anything in it, when none is named."""
    zone, timeline = config.site.timezone, rows(result, "timeline")
    months = _months(timeline, result, zone, month)
    chosen = next((key for key, *_rest, is_shown in months if is_shown), "")
    of_month = [row for row in timeline if _month(row, zone) == chosen]
    counts = _table(result, "deliveries")
    looks = list(looks_of(result, timeline, config))
    return RehearsalPage(
        first=date.fromisoformat(str(result["from"])),
        last=date.fromisoformat(str(result["to"])),
        is_well=bool(result["well"]),
        number=int(str(counts.get("all", 0))),
        wrong=int(str(counts.get("wrong", 0))),
        ends=_ends(counts),
        dollars=_dollars(_charges(result).get("dollars")),
        links=links_of(_charges(result)),
        undated=_undated(rows(result, "undated"), config),
        looks=looks[:MOST],
        has_warnings=any(notice.level == Level.WARNING for notice in looks),
        hidden=max(0, len(looks) - MOST),
        months=months,
        days=_days(of_month, config),
        picture=month_of(result, of_month, config),
        costs=costs_of(timeline, config),
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
    return _table(result, "x_charges")


def _table(result: Result, name: str) -> Mapping[str, object]:
    table = result.get(name)
    return table if isinstance(table, dict) else {}


def _ends(counts: Mapping[str, object]) -> list[EndLine]:
    return [(said, int(str(counts[end]))) for end, said in ENDS.items() if end in counts]


def links_of(charges: Mapping[str, object]) -> str:
    """What the links cost and what leaving them out would save, in a sentence; "" where that is nothing."""
    all_of_it = float(str(charges.get("dollars") or 0))
    saved = float(str(charges.get("saved_without_links") or 0))
    if saved <= 0:
        return ""
    values = {
        "saved": _dollars(saved),
        "dollars": _dollars(all_of_it),
        "left": _dollars(all_of_it - saved),
    }
    said = _(
        "Links make up US$%(saved)s of the US$%(dollars)s; without links, all of it would cost US$%(left)s."
    )
    return said % values


def _undated(listed: Sequence[Row], config: Config) -> list[PostLine]:
    """What has no time, and so stands on no day."""
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in listed:
        together.setdefault((row["post"], row["reason"]), []).append(row)
    numbers = _numbers({str(row["post"]) for row in listed})
    return [_undated_line(same, numbers, config) for same in together.values()]


def _undated_line(
    same: Sequence[Row], numbers: Mapping[str, tuple[int, str]], config: Config
) -> PostLine:
    key = str(same[0]["post"])
    number, name = numbers.get(key, (None, key))
    outcome, level = OUTCOMES["stopped"]
    channels = [channel_of(row, config) for row in same]
    return PostLine(
        at=None,
        post=name,
        number=number,
        outcome=outcome,
        level=level,
        icon=ICONS[level],
        where=" · ".join(channels),
        reason=said_in(same[0], "reason"),
        due="",
        dollars="",
    )


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
    return local_day(moment(row["at"]), zone)


def _month(row: Row, zone: ZoneInfo) -> str:
    """Such as "2027-10"."""
    return _day(row, zone).strftime("%Y-%m")


def _dollars(value: object) -> str:
    # Rounded first: number_format cuts off what is left, and of 0.2999… that is a cent.
    rounded = round(float(str(value or 0)), 2)
    return str(number_format(rounded, 2))
