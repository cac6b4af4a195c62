"""What goes out next, and what went out last, in the words of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from campaign.listings.today import Going
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import zone


@dataclass(frozen=True, slots=True)
class ComingLine:
    """A post of the list of what comes, with its words in the reader's language where it has them."""

    going: Going
    words: str
    day: str
    is_due: bool  #: its time has come
    places: dict[str, list[str]]  #: its networks, and the languages on each


def lines(coming: Iterable[Going], moment: datetime) -> list[ComingLine]:
    """Each post that comes, or that went, as a line."""
    return [_line(one, moment) for one in coming]


def _line(one: Going, moment: datetime) -> ComingLine:
    mine = [delivery for delivery in one.deliveries if delivery.language == reader_language()]
    places: dict[str, list[str]] = {}
    for delivery in sorted(
        one.deliveries, key=lambda delivery: (delivery.network, delivery.language)
    ):
        places.setdefault(delivery.network, []).append(delivery.language.upper())
    return ComingLine(
        one, (mine or list(one.deliveries))[0].text, _day(one.at, moment), one.at <= moment, places
    )


def _day(at: datetime, moment: datetime) -> str:
    """The day as a person says it: today, tomorrow, "Wed Oct 13", or with its year when that is another one."""
    local, today = at.astimezone(zone()).date(), moment.astimezone(zone()).date()
    if local == today:
        return _("Today")
    if local == today + timedelta(days=1):
        return _("Tomorrow")
    if local == today - timedelta(days=1):
        return _("Yesterday")
    is_french = reader_language() == "fr"
    if local.year != today.year:
        return formats.date_format(local, "D j N Y" if is_french else "D M j, Y")
    return formats.date_format(local, "D j N" if is_french else "D M j")
