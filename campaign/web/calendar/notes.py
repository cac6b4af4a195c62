"""What is worth a look in a plan: gaps, posts too close to each other, full days, posts on a day of remembrance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

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
from campaign.content.dates.in_words import full_date, long_date
from campaign.web.calendar.shown import LATEST, CalendarSource, Window
from campaign.web.frame.names import channel_name

AROUND = timedelta(days=7)
"""The days that are read before and after those that are shown, so that a gap is known in its whole length."""


def gaps_of(window: Window) -> dict[str, list[Gap]]:
    """For each channel the gaps within a campaign's run that touch the days that are shown, from today on."""
    by_channel: dict[str, list[Gap]] = {}
    for first, last in _runs(window):
        for name in window.channels:
            known = by_channel.setdefault(name, [])
            for gap in gaps(name, _busy(name, window), first, last):
                # Two campaigns that run at once find the same gap.
                if _touches(gap, window) and gap not in known:
                    known.append(gap)
    return by_channel


def _runs(window: Window) -> Iterator[tuple[date, date]]:
    """For each campaign the first and the last local date between which it can have gaps, as far as times are known."""
    source = window.source
    last_known = (window.taken.known_until or LATEST) - timedelta(days=1)
    for slug, campaign in source.library.campaigns.items():
        if window.shown.filters.campaign not in ("", slug):
            continue
        start, end = campaign.dates(source.library.days, window.first)
        if start is None or end is None:
            continue
        first = max(start, source.today, window.first - AROUND)
        last = min(end, window.last + AROUND, last_known)
        yield first, last


def _busy(channel: str, window: Window) -> set[date]:
    """The local dates on which something is planned on the channel."""
    return set(map(window.source.day_of, window.times(channel)))


def _touches(gap: Gap, window: Window) -> bool:
    return gap.first <= window.last and gap.last >= window.first


def gap_notes(by_channel: Mapping[str, Sequence[Gap]], window: Window) -> list[str]:
    """A sentence for each gap; channels that are silent on the same days share one."""
    shared: dict[tuple[date, date], list[str]] = {}
    for name, gaps_of_channel in by_channel.items():
        for gap in gaps_of_channel:
            stretch = gap.first, gap.last
            shared.setdefault(stretch, []).append(name)
    source = window.source
    notes = []
    for (first, last), names in sorted(shared.items()):
        silent = [channel_name(name, source.config) for name in names]
        values = {
            "first": long_date(first, source.language),
            "last": long_date(last, source.language),
            "channels": " · ".join(silent),
        }
        if len(names) == len(window.channels):
            said = _("Nothing is planned from %(first)s to %(last)s, on any channel.")
        else:
            said = _("Nothing is planned from %(first)s to %(last)s on %(channels)s.")
        notes.append(said % values)
    return notes


def crowd_notes(window: Window) -> list[str]:
    """A sentence for each two posts too close to each other, and for each day with too many, from now on."""
    source = window.source
    notes = []
    for name, channel in window.channels.items():
        times = [at for at in window.times(name) if _is_to_come(at, window)]
        for close in too_close(name, times, gap_told(channel.minimum_gap)):
            notes.append(_close_note(close, source))
        for full in too_many(name, times, most_told(channel.max_per_day), source.zone):
            notes.append(_full_note(full, source))
    return notes


def _close_note(close: TooClose, source: CalendarSource) -> str:
    first = close.first.astimezone(source.zone)
    second = close.second.astimezone(source.zone)
    values = {
        "channel": channel_name(close.channel, source.config),
        "day": full_date(first.date(), source.language),
        "first": f"{first:%H:%M}",
        "second": f"{second:%H:%M}",
    }
    said = _("On %(day)s, two posts on %(channel)s stand close: %(first)s and %(second)s.")
    return said % values


def _full_note(full: TooMany, source: CalendarSource) -> str:
    values = {
        "channel": channel_name(full.channel, source.config),
        "day": full_date(full.day, source.language),
        "posts": full.posts,
        "most": full.most,
    }
    return (
        _("On %(day)s, %(channel)s has %(posts)s posts; more than %(most)s a day are many.")
        % values
    )


def _is_to_come(moment: datetime, window: Window) -> bool:
    """Whether it lies after now and on the days that are shown."""
    source = window.source
    if moment <= source.now:
        return False
    return window.first <= source.day_of(moment) <= window.last


def quiet_notes(planned: Iterable[tuple[date, str]], source: CalendarSource) -> list[str]:
    """A sentence for each day of remembrance on which something is planned."""
    return [
        _(
            "%(day)s is a day of remembrance (%(name)s), and posts are planned on it. Is that meant?"
        )
        % {"day": full_date(on, source.language), "name": name}
        for on, name in planned
    ]
