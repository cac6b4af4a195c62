"""What the drawings take from the program: the accounts as lanes, the days that have names, what lacks its other language."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.config import Config
from campaign.content.dates.month import name_of, named_days
from campaign.web.drawn.lanes import MIXED, DrawnStanding, Lane, Named
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name, kind
from campaign.web.frame.site import library

STANDINGS: Mapping[str, object] = {
    DrawnStanding.TROUBLE: _("Needs a person"),
    DrawnStanding.MISSING: _("The other language is missing"),
    DrawnStanding.WAITS: _("Waits for approval"),
    DrawnStanding.READY: _("Goes out at its time"),
    DrawnStanding.OUT: _("Published"),
}


def standing_name(standing: str) -> str:
    """What it is called how something stands on its day."""
    return str(STANDINGS[standing])


def shape_name(shape: str) -> str:
    """What kind of post a shape stands for."""
    return gettext("Several kinds") if shape == MIXED else kind(shape)


def lanes_of(channels: Iterable[str], config: Config) -> list[Lane]:
    """The accounts of config.toml, then those of these that it has no more."""
    lanes: dict[str, Lane] = {}
    for name in (*config.channels, *channels):
        if name not in lanes:
            called = channel_name(name, config)
            lanes[name] = Lane(name, called)
    return list(lanes.values())


def named_between(first: date, last: date) -> list[Named]:
    """The awareness days and days of remembrance from a date to another, in the reader's language."""
    language = reader_language()
    days = named_days(library().days.values(), first, last)
    named: list[Named] = []
    for on, of_day in days.items():
        for day in of_day:
            name = name_of(day, language)
            named.append(Named(on, name, day.quiet))
    return named


def other_lanes(network: str, languages: Iterable[str], config: Config) -> list[str]:
    """The accounts of a network in these languages."""
    wanted = set(languages)
    lanes: list[str] = []
    for name, channel in config.channels.items():
        is_here = channel.network == network
        if is_here and channel.language in wanted:
            lanes.append(name)
    return lanes
