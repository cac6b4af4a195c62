"""What goes out next, and what went out last, in the words of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from campaign.core.clock import local_day
from campaign.listings.today import Going
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import short_day
from campaign.web.frame.site import zone


@dataclass(frozen=True, slots=True)
class ComingLine:
    """A post that goes out or went out at a moment, with its text in the reader's language where it has one."""

    going: Going
    words: str
    day: str
    is_due: bool  #: its time has come
    places: dict[str, list[str]]  #: its networks, and the languages on each, such as "EN"


def lines(coming: Iterable[Going], moment: datetime) -> list[ComingLine]:
    """Each post as a line, in the same order; `moment` is now."""
    return [_line(going, moment) for going in coming]


def _line(going: Going, moment: datetime) -> ComingLine:
    deliveries, language = going.deliveries, reader_language()
    in_mine = (delivery for delivery in deliveries if delivery.language == language)
    shown = next(in_mine, deliveries[0])
    places: dict[str, list[str]] = {}
    for delivery in sorted(
        deliveries, key=lambda delivery: (delivery.network, delivery.language)
    ):
        places.setdefault(delivery.network, []).append(delivery.language.upper())
    day = _day(going.at, moment)
    is_due = going.at <= moment
    return ComingLine(going, shown.text, day, is_due, places)


def _day(at: datetime, moment: datetime) -> str:
    """The day as a person says it: today, tomorrow, "Wed Oct 13", or with its year when that is another one."""
    local = local_day(at, zone())
    today = local_day(moment, zone())
    if local == today:
        return _("Today")
    if local == today + timedelta(days=1):
        return _("Tomorrow")
    if local == today - timedelta(days=1):
        return _("Yesterday")
    return short_day(local, with_year=local.year != today.year)
