"""A campaign seen at a glance: what stands on its days on every account, what is silent, and what lacks its other language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.content.dates.month import next_month, previous_month
from campaign.core.clock import local_day
from campaign.listings.writing.days import StandingRow, standing_days
from campaign.states import Status
from campaign.web.drawn.known import lanes_of, named_between, other_lanes
from campaign.web.drawn.lanes import (
    MOST_MONTHS,
    Days,
    DrawnStanding,
    Picture,
    Placed,
    picture_of,
)
from campaign.web.frame.site import config, site_day, zone

STANDINGS: Mapping[Status, DrawnStanding] = {
    Status.DRAFT: DrawnStanding.WAITS,
    Status.QUEUED: DrawnStanding.READY,
    Status.SENDING: DrawnStanding.READY,
    Status.PUBLISHED: DrawnStanding.OUT,
    Status.FAILED: DrawnStanding.TROUBLE,
    Status.MISSED: DrawnStanding.TROUBLE,
    Status.UNCONFIRMED: DrawnStanding.TROUBLE,
}

_ONE = timedelta(1)


@dataclass(frozen=True, slots=True)
class CampaignDays:
    """The picture, and what it says in numbers. `earlier` and `later` are months, "" where the campaign has no more."""

    picture: Picture
    first: date
    last: date
    posts: int
    silent: int
    alone: int  #: posts that go out in one language only
    has_more: bool
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class _Window:
    """The days of a campaign that are drawn, within those it has."""

    first: date
    last: date
    earlier: str
    later: str


def days_of(slug: str, start: date | None, end: date | None, month: str) -> CampaignDays:
    """The days of a campaign, MOST_MONTHS at a time: those from a month on ("2027-10"), else those around today. One without
    days of its own is seen from this month on."""
    today = site_day()
    window = _window(start or today.replace(day=1), end, month, today)
    standing = standing_days(slug, window.first, window.last, zone())
    alone = list(_alone(standing.rows))
    days = Days(
        first=window.first,
        last=window.last,
        today=today,
        lanes=lanes_of((row.channel for row in standing.rows), config()),
        placed=[*map(_placed, standing.rows), *_missing(alone)],
        named=named_between(window.first, window.last),
    )
    return CampaignDays(
        picture=picture_of(days),
        first=window.first,
        last=window.last,
        posts=len({row.post for row in standing.rows}),
        silent=len(days.silent),
        alone=len({row.post for row in alone}),
        has_more=standing.has_more,
        earlier=window.earlier,
        later=window.later,
    )


def _window(
    start: date,
    end: date | None,
    month: str,
    today: date,
) -> _Window:
    open_end = _after(start, MOST_MONTHS) - _ONE
    last = max(end or open_end, start)
    chosen = _month(month) or min(max(today, start), last)
    # As many whole months as are drawn at a time, and all of them where that is the whole campaign.
    latest_first = _before(last, MOST_MONTHS - 1)
    first = min(chosen.replace(day=1), latest_first)
    first = max(first, start)
    until = min(_after(first, MOST_MONTHS) - _ONE, last)
    before = max(_before(first, MOST_MONTHS), start)
    return _Window(
        first=first,
        last=until,
        earlier=f"{before:%Y-%m}" if first > start else "",
        later=f"{until + _ONE:%Y-%m}" if until < last else "",
    )


def _month(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        return None


def _after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    for _ in range(months):
        day = next_month(day)
    return day


def _before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    day = day.replace(day=1)
    for _ in range(months):
        day = previous_month(day)
    return day


def _placed(row: StandingRow) -> Placed:
    return _place(row, row.channel, STANDINGS[row.status])


def _place(
    row: StandingRow,
    lane: str,
    standing: DrawnStanding,
) -> Placed:
    day = local_day(row.due_at, zone())
    return Placed(day, lane, row.kind, standing)


def _alone(rows: Sequence[StandingRow]) -> Iterable[StandingRow]:
    """The deliveries of posts that go out in one language only, where there are accounts in another."""
    languages: dict[int, set[str]] = {}
    for row in rows:
        of_post = languages.setdefault(row.post, set())
        of_post.add(row.language)
    for row in rows:
        is_alone = len(languages[row.post]) == 1
        if is_alone and _others(row.network, row.language):
            yield row


def _missing(alone: Iterable[StandingRow]) -> Iterable[Placed]:
    """A place for each delivery that is not there: on the same network's accounts in the other language."""
    for row in alone:
        for lane in _others(row.network, row.language):
            yield _place(row, lane, DrawnStanding.MISSING)


def _others(network: str, language: str) -> list[str]:
    """The accounts of a network in every other language."""
    channels = config().channels.values()
    languages = {channel.language for channel in channels}
    return other_lanes(network, languages - {language}, config())
