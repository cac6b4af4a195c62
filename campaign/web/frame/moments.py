"""Days and times in the reader's words, on the site's clock."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign.web.frame.languages import reader_language

_WEEK, _MONTH = 7, 30.4
"""Days."""
_ATLANTIC = _("Atlantic Time (%(city)s)")
_EASTERN = _("Eastern Time (%(city)s)")
_CENTRAL = _("Central Time (%(city)s)")
_MOUNTAIN = _("Mountain Time (%(city)s)")
_YUKON = _("Yukon Time (%(city)s)")
_ELSEWHERE = _("%(city)s time")
_CLOCKS: Mapping[str, object] = {
    "America/St_Johns": _("Newfoundland Time (%(city)s)"),
    "America/Halifax": _ATLANTIC,
    "America/Glace_Bay": _ATLANTIC,
    "America/Moncton": _ATLANTIC,
    "America/Goose_Bay": _ATLANTIC,
    "America/Toronto": _EASTERN,
    "America/Montreal": _EASTERN,
    "America/Iqaluit": _EASTERN,
    "America/Atikokan": _EASTERN,
    "America/Winnipeg": _CENTRAL,
    "America/Regina": _CENTRAL,
    "America/Swift_Current": _CENTRAL,
    "America/Rankin_Inlet": _CENTRAL,
    "America/Resolute": _CENTRAL,
    "America/Edmonton": _MOUNTAIN,
    "America/Cambridge_Bay": _MOUNTAIN,
    "America/Inuvik": _MOUNTAIN,
    "America/Yellowknife": _MOUNTAIN,
    "America/Creston": _MOUNTAIN,
    "America/Dawson_Creek": _MOUNTAIN,
    "America/Fort_Nelson": _MOUNTAIN,
    "America/Whitehorse": _YUKON,
    "America/Dawson": _YUKON,
    "America/Vancouver": _("Pacific Time (%(city)s)"),
}
"""Canada's time zones, by what people there call their time."""
_CITIES: Mapping[str, object] = {
    "America/St_Johns": "St. John’s",
    "America/Montreal": _("Montreal"),
}
"""The cities whose key is not how they are written."""


def at(moment: datetime | None) -> str:
    """A moment on the site's clock, short: "Wed Oct 13, 2027, 09:00"."""
    if moment is None:
        return ""
    return f"{short_day(_local(moment))}, {hour(moment)}"


def short_day(day: date, *, with_year: bool = True) -> str:
    """A day, short: "Wed Oct 13, 2027", or "Wed Oct 13"; in French, "mer. 13 oct."."""
    month = "N" if _is_french() else "M"
    return _date(day, weekday(day), month, with_year=with_year)


def weekday(day: date) -> str:
    """A day of the week, short: "Wed"; in French, "mer."."""
    name = formats.date_format(day, "D")
    return f"{name}." if _is_french() else name


def weekday_name(day: date) -> str:
    """A day of the week: "Wednesday"."""
    return formats.date_format(day, "l")


def day(moment: datetime | date | None) -> str:
    """A day in words: "Wednesday, October 13, 2027"."""
    if moment is None:
        return ""
    local = _local(moment) if isinstance(moment, datetime) else moment
    name = formats.date_format(local, "l")
    return _date(local, name if _is_french() else f"{name},", "F")


def hour(moment: datetime | None) -> str:
    """A time of day on the site's clock: "09:00"; in French, "9 h 00"."""
    if moment is None:
        return ""
    local = _local(moment)
    if _is_french():
        return f"{local.hour}\u00a0h\u00a0{local:%M}"
    return f"{local:%H:%M}"


def distance(moment: datetime, now: datetime) -> str:
    """How far away a moment is: "in 3 weeks", "in 10 months"; less than two weeks is "in 9 days"."""
    days = (moment - now).days
    if days < 2 * _WEEK:
        return ngettext("in %(number)s day", "in %(number)s days", days) % {"number": days}
    if days < 2 * _MONTH:
        return str(_("in %(number)s weeks") % {"number": days // _WEEK})
    return str(_("in %(number)s months") % {"number": round(days / _MONTH)})


def second(moment: datetime | None) -> str:
    """A moment to the second, for the log: "2027-10-13 09:00:00"."""
    if moment is None:
        return ""
    return f"{_local(moment):%Y-%m-%d %H:%M:%S}"


def iso(moment: datetime | None) -> str:
    """A moment for a `<time datetime>`: "2027-10-13T09:00:00-04:00", on the site's clock and never finer than a second."""
    return _local(moment).isoformat(timespec="seconds") if moment else ""


def clock(zone: str) -> str:
    """What the time of a zone is called, by the zone's key: "Eastern Time (Toronto)"; outside of Canada, "Paris time"."""
    if "/" not in zone:  # UTC and its like, which have no city
        return zone
    by_key = zone.rpartition("/")[2].replace("_", " ")
    city = _CITIES.get(zone, by_key)
    return str(_CLOCKS.get(zone, _ELSEWHERE)) % {"city": city}


def is_canadian(zone: str) -> bool:
    """Whether this is the key of one of Canada's time zones."""
    return zone in _CLOCKS


def _local(moment: datetime) -> datetime:
    """On the site's clock; one without a time zone is taken to be so already."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _date(local: date, name: str, month: str, *, with_year: bool = True) -> str:
    """A date in the reader's order, after the name of its day; in French the first of a month is "1er"."""
    if not _is_french():
        rest = formats.date_format(local, f"{month} j, Y" if with_year else f"{month} j")
        return f"{name} {rest}"
    rest = formats.date_format(local, f"{month} Y" if with_year else month)
    number = "1er" if local.day == 1 else local.day
    return f"{name} {number} {rest}"


def _is_french() -> bool:
    return reader_language() == "fr"
