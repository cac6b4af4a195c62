"""What is worth a look in a plan: gaps, posts too close to each other, full days, posts on a day of remembrance."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from campaign.config import Channel
from campaign.content.dates.gaps import Gap, gaps, too_close, too_many
from campaign.content.dates.in_words import full_date, long_date
from campaign.listings.calendar import TakenTimes
from campaign.web.calendar.shown import LATEST, CalendarSource, Stretch
from campaign.web.frame.names import channel_name

AROUND = timedelta(days=7)
"""So far beyond what is shown is looked, so that a gap is known in its whole length."""


def gaps_of(
    days: Sequence[date],
    shown: Stretch,
    source: CalendarSource,
    taken: TakenTimes,
    channels: Mapping[str, Channel],
) -> dict[str, list[Gap]]:
    """For each channel the gaps within a campaign's run that touch the days that are shown, from today on."""
    found: dict[str, list[Gap]] = {}
    last_known = (taken.known_until or LATEST) - timedelta(days=1)
    for slug, campaign in source.library.campaigns.items():
        start, end = campaign.dates(source.library.days, days[0])
        if shown.filters.campaign not in ("", slug) or start is None or end is None:
            continue
        first, last = (
            max(start, source.today, days[0] - AROUND),
            min(end, days[-1] + AROUND, last_known),
        )
        for name in channels:
            busy = {moment.astimezone(source.zone).date() for moment in taken.times.get(name, ())}
            known = found.setdefault(name, [])
            known += [
                gap
                for gap in gaps(name, busy, first, last)
                if _touches(gap, days) and gap not in known
            ]
    return found


def _touches(gap: Gap, days: Sequence[date]) -> bool:
    return gap.first <= days[-1] and gap.last >= days[0]


def gap_notes(
    found: Mapping[str, Sequence[Gap]], channels: Mapping[str, Channel], source: CalendarSource
) -> list[str]:
    """A sentence for each gap; channels that are silent on the same days share one."""
    shared: dict[tuple[date, date], list[str]] = {}
    for name, of_channel in found.items():
        for gap in of_channel:
            shared.setdefault((gap.first, gap.last), []).append(name)
    notes = []
    for (first, last), names in sorted(shared.items()):
        values = {
            "first": long_date(first, source.language),
            "last": long_date(last, source.language),
            "channels": " · ".join(channel_name(name, source.config) for name in names),
        }
        if len(names) == len(channels):
            notes.append(
                _("Nothing is planned from %(first)s to %(last)s, on any channel.") % values
            )
        else:
            notes.append(
                _("Nothing is planned from %(first)s to %(last)s on %(channels)s.") % values
            )
    return notes


def crowd_notes(
    days: Sequence[date], channels: Mapping[str, Channel], source: CalendarSource, taken: TakenTimes
) -> list[str]:
    """A sentence for each two posts that stand too close, and each day that has too many, from now on."""
    notes = []
    for name, channel in channels.items():
        times = [
            at
            for at in taken.times.get(name, ())
            if at > source.now and _is_on(at, days, source.zone)
        ]
        named = channel_name(name, source.config)
        for close in too_close(name, times, channel.minimum_gap):
            local = [moment.astimezone(source.zone) for moment in (close.first, close.second)]
            values = {
                "channel": named,
                "day": full_date(local[0].date(), source.language),
                "first": f"{local[0]:%H:%M}",
                "second": f"{local[1]:%H:%M}",
            }
            notes.append(
                _("On %(day)s, two posts on %(channel)s stand close: %(first)s and %(second)s.")
                % values
            )
        for full in too_many(name, times, channel.max_per_day, source.zone):
            many = {
                "channel": named,
                "day": full_date(full.day, source.language),
                "posts": full.posts,
                "most": full.most,
            }
            notes.append(
                _("On %(day)s, %(channel)s has %(posts)s posts; at most %(most)s go out.") % many
            )
    return notes


def _is_on(moment: datetime, days: Sequence[date], zone: ZoneInfo) -> bool:
    return days[0] <= moment.astimezone(zone).date() <= days[-1]


def quiet_notes(planned: Iterable[tuple[date, str]], source: CalendarSource) -> list[str]:
    """A sentence for each day of remembrance on which something is planned."""
    return [
        _("%(day)s is a day of remembrance (%(name)s), and posts are planned on it. Is that meant?")
        % {"day": full_date(on, source.language), "name": name}
        for on, name in planned
    ]
