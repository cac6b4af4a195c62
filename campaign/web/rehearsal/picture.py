"""A rehearsal as pictures: the days of the month that is shown, and what each week costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.config import Config
from campaign.content.dates.month import DAYS, first_of_week, next_month
from campaign.core.clock import local_day
from campaign.models import Post
from campaign.web.drawn.known import lanes_of, named_between, other_lanes
from campaign.web.drawn.lanes import Days, DrawnStanding, Picture, Placed, picture_of
from campaign.web.drawn.weeks import WeekBars, bars_of
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import site_day
from campaign.web.rehearsal.looks import Row, moment, rows
from campaign.web.rehearsal.runs import Result

STANDINGS: Mapping[str, DrawnStanding] = {
    "out": DrawnStanding.READY,
    "unapproved": DrawnStanding.WAITS,
    "later": DrawnStanding.TROUBLE,
    "missed": DrawnStanding.TROUBLE,
    "held": DrawnStanding.TROUBLE,
    "refused": DrawnStanding.TROUBLE,
    "stopped": DrawnStanding.TROUBLE,
    "untold": DrawnStanding.TROUBLE,
}
"""How what comes of a delivery is drawn; what was taken out, and examples, are not."""
PLAIN = "awareness"
"""The kind of a post that is not loaded yet."""
_WEEK = timedelta(DAYS)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The rows that are drawn, and what is known of their posts."""

    rows: Sequence[Row]
    kinds: Mapping[str, str]
    config: Config

    def placed(self) -> Iterable[Placed]:
        """Each on its day."""
        for row in self.rows:
            standing = STANDINGS[str(row["outcome"])]
            yield self._place(row, str(row["channel"]), standing)

    def missing(self, alone: Sequence[Row]) -> Iterable[Placed]:
        """A place for each delivery that is not there, on the same network's accounts in the other language."""
        languages = {str(row["post"]): row["missing"] for row in alone}
        for row in self.rows:
            missing = languages.get(str(row["post"]))
            if not isinstance(missing, list):
                continue
            network = str(row["network"])
            lanes = other_lanes(network, missing, self.config)
            for lane in lanes:
                yield self._place(row, lane, DrawnStanding.MISSING)

    def _place(
        self,
        row: Row,
        lane: str,
        standing: DrawnStanding,
    ) -> Placed:
        post = str(row["post"])
        return Placed(
            day=_day(row, self.config),
            lane=lane,
            kind=self.kinds.get(post, PLAIN),
            standing=standing,
        )


def month_of(
    result: Result,
    listed: Sequence[Row],
    config: Config,
) -> Picture | None:
    """The days of the month of these rows, within the days that were rehearsed; None where there are none."""
    if not listed:
        return None
    first, last = _ends(result, listed, config)
    rows_drawn = [row for row in listed if row["outcome"] in STANDINGS]
    keys = {str(row["post"]) for row in rows_drawn}
    kinds = Post.objects.filter(key__in=keys).values_list("key", "kind")
    shown = _Shown(rows_drawn, dict(kinds), config)
    placed = list(shown.placed())
    missing = shown.missing(rows(result, "alone"))
    days = Days(
        first=first,
        last=last,
        today=site_day(),
        lanes=lanes_of((post.lane for post in placed), config),
        placed=[*placed, *missing],
        named=named_between(first, last),
    )
    return picture_of(days)


def _ends(
    result: Result,
    listed: Sequence[Row],
    config: Config,
) -> tuple[date, date]:
    """The first and the last day that are drawn."""
    earliest = _day(listed[0], config)
    latest = _day(listed[-1], config)
    begins = date.fromisoformat(str(result["from"]))
    ends = date.fromisoformat(str(result["to"]))
    month = earliest.replace(day=1)
    last_of_month = next_month(month) - timedelta(1)
    first = max(month, begins)
    last = min(last_of_month, ends)
    return min(first, earliest), max(last, latest)


def costs_of(timeline: Sequence[Row], config: Config) -> WeekBars | None:
    """What each week costs on each network, from the first week with a post to the last."""
    if not timeline:
        return None
    language = reader_language()
    first = _day(timeline[0], config)
    week = first_of_week(first, language)
    last = _day(timeline[-1], config)
    costs: dict[date, dict[str, float]] = {}
    while week <= last:
        costs[week] = {}
        week += _WEEK
    for row in timeline:
        day = _day(row, config)
        of_week = costs[first_of_week(day, language)]
        network = str(row["network"])
        before = of_week.get(network, 0.0)
        of_week[network] = before + float(str(row["dollars"]))
    return bars_of(costs)


def _day(row: Row, config: Config) -> date:
    at = moment(row["at"])
    return local_day(at, config.site.timezone)
