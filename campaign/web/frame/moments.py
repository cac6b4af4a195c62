"""Days and times in the reader's words, on the site's clock."""

from datetime import date, datetime

from django.utils import formats, timezone

from campaign.web.frame.languages import reader_language


def at(moment: datetime | None) -> str:
    """A moment on the site's clock, short: "Wed Oct 13, 2027, 09:00"."""
    if moment is None:
        return ""
    month = "N" if _is_french() else "M"
    return f"{_date(_local(moment), 'D', month)}, {hour(moment)}"


def day(moment: datetime | date | None) -> str:
    """A day in words: "Wednesday, October 13, 2027"."""
    if moment is None:
        return ""
    local = _local(moment) if isinstance(moment, datetime) else moment
    weekday = "l" if _is_french() else "l,"
    return _date(local, weekday, "F")


def hour(moment: datetime | None) -> str:
    """A time of day on the site's clock: "09:00"; in French, "9 h 00"."""
    if moment is None:
        return ""
    local = _local(moment)
    if _is_french():
        return f"{local.hour}\u00a0h\u00a0{local:%M}"
    return f"{local:%H:%M}"


def second(moment: datetime | None) -> str:
    """A moment to the second, for the log: "2027-10-13 09:00:00"."""
    if moment is None:
        return ""
    return f"{_local(moment):%Y-%m-%d %H:%M:%S}"


def _local(moment: datetime) -> datetime:
    """On the site's clock; one without a time zone is taken to be so already."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _date(local: date, weekday: str, month: str) -> str:
    """A date in the reader's order; in French the first of a month is "1er"."""
    if not _is_french():
        return formats.date_format(local, f"{weekday} {month} j, Y")
    name = formats.date_format(local, weekday)
    rest = formats.date_format(local, f"{month} Y")
    number = "1er" if local.day == 1 else local.day
    return f"{name} {number} {rest}"


def _is_french() -> bool:
    return reader_language() == "fr"
