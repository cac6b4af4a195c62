"""Dates and times in words, in English and French as Canada writes them.

Sources: "time of day" in Writing Tips Plus (https://www.noslangues-ourlanguages.gc.ca/en/writing-tips-plus/time-of-day);
« Écriture des heures » of the Office québécois de la langue française
(https://vitrinelinguistique.oqlf.gouv.qc.ca/21516/la-typographie/nombres/ecriture-des-heures), which now prefers
the zero in "9 h 05".
"""

from datetime import date, time

NO_BREAK_SPACE = "\u00a0"

_ENGLISH_WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_FRENCH_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def long_date(day: date, language: str) -> str:
    """The date, such as "October 13, 2027" or "13 octobre 2027"; the first of a month is "1er" in French."""
    if not _is_french(language):
        return f"{_ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"
    number = "1er" if day.day == 1 else day.day
    return f"{number} {_FRENCH_MONTHS[day.month - 1]} {day.year}"


def weekday(day: date, language: str) -> str:
    """The name of the date's weekday, such as "Wednesday" or "mercredi"."""
    names = _FRENCH_WEEKDAYS if _is_french(language) else _ENGLISH_WEEKDAYS
    return names[day.weekday()]


def full_date(day: date, language: str) -> str:
    """The date with its weekday, such as "Wednesday, October 13, 2027" or "mercredi 13 octobre 2027"."""
    comma = "" if _is_french(language) else ","
    return f"{weekday(day, language)}{comma} {long_date(day, language)}"


def clock(moment: time, language: str) -> str:
    """The time to the minute, such as "9:00 a.m.", "9 h" or "9 h 30"; the French spaces do not break."""
    if not _is_french(language):
        hour = moment.hour % 12 or 12  # midnight and noon are 12
        half = "a.m." if moment.hour < 12 else "p.m."
        return f"{hour}:{moment.minute:02} {half}"
    hours = f"{moment.hour}{NO_BREAK_SPACE}h"
    if not moment.minute:
        return hours
    return f"{hours}{NO_BREAK_SPACE}{moment.minute:02}"


def _is_french(language: str) -> bool:
    if language not in ("en", "fr"):
        raise ValueError(
            f'Dates cannot be written in the language "{language}"; known are "en" and "fr".'
        )
    return language == "fr"
