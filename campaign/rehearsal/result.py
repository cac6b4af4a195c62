"""What a rehearsal has shown: a timeline, and all that a person should see to before it comes true."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from campaign.checks.reading.urls import find_links
from campaign.config import Channel
from campaign.content.dates.days import Day
from campaign.content.dates.gaps import (
    Gap,
    TooClose,
    TooMany,
    gap_told,
    gaps,
    most_told,
    too_close,
    too_many,
)
from campaign.content.dates.month import named_days
from campaign.core.clock import local_day
from campaign.core.finding import Finding, Level
from campaign.core.hours import Hours
from campaign.publishers import NETWORKS


class Came(StrEnum):
    """What comes of a delivery at a moment."""

    OUT = "out"  #: it goes out
    LATER = "later"  #: the network asks to wait; it is tried again
    MISSED = "missed"  #: its time passes before it can go out
    HELD = "held"  #: the gate does not let it out
    REFUSED = "refused"  #: it cannot be sent as it is
    STOPPED = "stopped"  #: an error in its post stops it
    UNAPPROVED = "unapproved"  #: nobody has approved it
    DROPPED = "dropped"  #: it was taken out before
    UNTOLD = "untold"  #: a story whose consent is not known here
    EXAMPLE = "example"  #: an example, which never goes out


FAILURES = frozenset({Came.MISSED, Came.HELD, Came.REFUSED, Came.STOPPED, Came.UNAPPROVED})
"""What keeps a post that is meant to go out from going out."""


WRONG_ENDS = FAILURES | {Came.LATER}
"""What must not be the end of a post that is meant to go out."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline. Times are aware, in UTC; the length is the network's own count; the cost is in US
    dollars."""

    at: datetime
    due_at: datetime
    post: str
    campaign: str
    channel: str
    network: str
    language: str
    length: int
    links: int
    cost: float
    plain_cost: float  #: what it would cost without its links
    came: Came
    reason: str = ""
    is_help: bool = False  #: it goes out at any hour


@dataclass(frozen=True, slots=True)
class Undated:
    """What an error leaves without a time, so that it stands on no day of the timeline."""

    post: str
    campaign: str
    channel: str
    language: str
    reason: str


@dataclass(frozen=True, slots=True)
class Expiry:
    """A fact to be reviewed, or a consent that ends, on the way. `posts` are due after the last day on which it holds."""

    what: str  #: fact or consent
    key: str
    last: date
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtNight:
    """A post that goes out in the quiet hours, at this moment (aware)."""

    post: str
    at: datetime
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Falls:
    """Posts that go out on a day that has a name, and that they are not about."""

    day: date
    name: Day
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A post that goes out in some languages and not in others."""

    post: str
    out: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """What the networks would charge in a local month, in US dollars, for how many posts, how many of them with a link."""

    first: date
    posts: int
    with_link: int
    dollars: float
    without_links: float  #: what they would charge if no post had a link


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All of it. The timeline is in the order of time; `last` is the last day that was played."""

    first: date
    last: date
    timeline: tuple[TimelineEntry, ...]
    undated: tuple[Undated, ...]  #: what would be in it, if it had a time
    findings: tuple[Finding, ...]
    expiries: tuple[Expiry, ...]
    gaps: tuple[Gap, ...]
    close: tuple[TooClose, ...]
    full: tuple[TooMany, ...]
    nights: tuple[AtNight, ...]
    falls: tuple[Falls, ...]
    alone: tuple[Alone, ...]
    months: tuple[MonthlyCost, ...]
    doubted: int  #: deliveries that are in doubt now, and are left out
    from_files: bool  #: there was no queue: files alone were rehearsed

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop a post."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def ends(self) -> Mapping[Came, int]:
        """How many deliveries there are, by what comes of each in the end. One that had to wait has several entries, and ends
        with the last."""
        last = {(entry.post, entry.channel): entry.came for entry in self.timeline}
        counts = Counter(last.values())
        counts[Came.STOPPED] += len(self.undated)
        return counts

    @property
    def all(self) -> int:
        """How many deliveries there are: what goes out, and what does not."""
        return sum(self.ends.values())

    @property
    def out(self) -> int:
        """How many go out."""
        return self.ends[Came.OUT]

    @property
    def wrong(self) -> int:
        """How many would not go out although they are meant to, or still wait at the end."""
        return sum(number for came, number in self.ends.items() if came in WRONG_ENDS)

    @property
    def dollars(self) -> float:
        """What the networks would charge in all, in US dollars."""
        return sum(month.dollars for month in self.months)

    @property
    def saved(self) -> float:
        """What leaving all links out would save, in US dollars."""
        return self.dollars - sum(month.without_links for month in self.months)

    @property
    def is_well(self) -> bool:
        """Whether there is no error, and everything that is meant to goes out."""
        return not (self.errors or self.wrong)


@lru_cache(maxsize=4_096)
def has_link(text: str) -> bool:
    """Whether there is a link in a text. Cached, since a text goes to several channels, and its links are counted and paid
    for."""
    return bool(find_links(text))


def cost_of(
    network: str, texts: Sequence[str], pictures: int, prices: Mapping[str, float]
) -> float:
    """What the network charges for a post, or for a thread of these parts, in US dollars; 0 for an unknown network."""
    charging = NETWORKS.get(network)
    return charging.cost(texts, pictures, prices) if charging else 0.0


def is_paid(network: str) -> bool:
    """Whether a network charges for posts."""
    return network in NETWORKS and NETWORKS[network].is_paid


def months_of(entries: Iterable[TimelineEntry], zone: ZoneInfo) -> tuple[MonthlyCost, ...]:
    """What the networks would charge, month by month, by the local days on which posts go out."""
    by_month: dict[date, list[TimelineEntry]] = {}
    for entry in entries:
        if entry.came is Came.OUT and is_paid(entry.network):
            first = local_day(entry.at, zone).replace(day=1)
            by_month.setdefault(first, []).append(entry)
    months: list[MonthlyCost] = []
    for first, paid in sorted(by_month.items()):
        with_link = sum(entry.links > 0 for entry in paid)
        dollars = sum(entry.cost for entry in paid)
        plain = sum(entry.plain_cost for entry in paid)
        months.append(MonthlyCost(first, len(paid), with_link, dollars, plain))
    return tuple(months)


def alone_of(
    entries: Iterable[TimelineEntry], wanted: Mapping[str, Collection[str]]
) -> tuple[Alone, ...]:
    """The posts that go out in a language without the others. `wanted`: the languages of each post."""
    out: dict[str, set[str]] = {}
    for entry in entries:
        if entry.came is Came.OUT:
            out.setdefault(entry.post, set()).add(entry.language)
    alone: list[Alone] = []
    for post, languages in sorted(out.items()):
        missing = set(wanted.get(post, ())) - languages
        if missing:
            alone.append(Alone(post, tuple(sorted(languages)), tuple(sorted(missing))))
    return tuple(alone)


def falls_of(
    entries: Iterable[TimelineEntry],
    days: Mapping[str, Day],
    about: Mapping[str, str],
    zone: ZoneInfo,
) -> tuple[Falls, ...]:
    """Where posts go out on a holiday, a day of mourning or another awareness day. `about`: the day of each post."""
    by_day: dict[date, dict[str, None]] = {}  # each post once, in the order of time
    for entry in entries:
        if entry.came is Came.OUT:
            by_day.setdefault(local_day(entry.at, zone), {})[entry.post] = None
    if not by_day:
        return ()
    named = named_days(days.values(), min(by_day), max(by_day))
    falls: list[Falls] = []
    for on, names in named.items():
        for name in names:
            posts = [post for post in by_day.get(on, ()) if about.get(post) != name.id]
            if posts:
                falls.append(Falls(on, name, tuple(posts)))
    return tuple(falls)


def gaps_of(
    entries: Sequence[TimelineEntry],
    runs: Mapping[str, tuple[date, date]],
    first: date,
    last: date,
    zone: ZoneInfo,
) -> tuple[Gap, ...]:
    """The days in a row without a post, on each channel that a campaign uses, within the campaign's run."""
    busy: dict[str, set[date]] = {}
    uses: dict[str, set[str]] = {}
    for entry in entries:
        uses.setdefault(entry.campaign, set()).add(entry.channel)
        if entry.came is Came.OUT:
            busy.setdefault(entry.channel, set()).add(local_day(entry.at, zone))
    # Each once: campaigns that run at the same time on one channel have the same gaps.
    silent: dict[Gap, None] = {}
    for campaign, (start, end) in runs.items():
        played_from, played_until = max(start, first), min(end, last)
        for channel in sorted(uses.get(campaign, ())):
            days = busy.get(channel, set())
            silent.update(dict.fromkeys(gaps(channel, days, played_from, played_until)))
    return tuple(sorted(silent, key=lambda gap: (gap.first, gap.channel)))


def crowds_of(
    entries: Iterable[TimelineEntry], channels: Mapping[str, Channel], zone: ZoneInfo
) -> tuple[tuple[TooClose, ...], tuple[TooMany, ...]]:
    """Posts that are due too close to each other, and days with too many, on each channel."""
    times: dict[str, dict[tuple[str, datetime], None]] = {}
    for entry in entries:
        if entry.came not in (Came.EXAMPLE, Came.UNAPPROVED, Came.DROPPED):
            times.setdefault(entry.channel, {})[entry.post, entry.due_at] = None
    close: list[TooClose] = []
    full: list[TooMany] = []
    for name in sorted(times.keys() & channels.keys()):
        due = [at for _, at in times[name]]
        close += too_close(name, due, gap_told(channels[name].minimum_gap))
        full += too_many(name, due, most_told(channels[name].max_per_day), zone)
    return tuple(close), tuple(full)


def nights_of(
    entries: Iterable[TimelineEntry], quiet: Hours | None, zone: ZoneInfo
) -> tuple[AtNight, ...]:
    """What goes out in the quiet hours; what has to wait into them, too."""
    if quiet is None:
        return ()
    channels: dict[tuple[str, datetime], list[str]] = {}
    for entry in entries:
        is_out = entry.came is Came.OUT and not entry.is_help
        if is_out and entry.at.astimezone(zone).time() in quiet:
            channels.setdefault((entry.post, entry.at), []).append(entry.channel)
    nights: list[AtNight] = []
    for (post, at), names in channels.items():
        nights.append(AtNight(post, at, tuple(names)))
    return tuple(nights)


def expiries_of(
    what: str,
    ends: Mapping[str, date],
    uses: Mapping[str, Sequence[tuple[str, date]]],
    first: date,
    last: date,
) -> tuple[Expiry, ...]:
    """What expires from the first day to the last, of what posts use. `ends`: the last day of each, by its key. `uses`: the
    posts that use it, each with its day."""
    expiries: list[Expiry] = []
    for ends_on, key in sorted((day, key) for key, day in ends.items()):
        if key in uses and first <= ends_on <= last:
            after = dict.fromkeys(post for post, due in uses[key] if due > ends_on)
            expiries.append(Expiry(what, key, ends_on, tuple(after)))
    return tuple(expiries)
