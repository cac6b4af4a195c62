"""The program's own sentences in the reader's language: by what they were made of, never by their words.

A sentence that the heart of the program says is a template and its values, in memory and in the database. Here the template
is said in the other language, with the values in their places; anybody's own words come back as they are."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from django.utils.translation import get_language, gettext, override, pgettext

from campaign.checks import LISTS
from campaign.content.dates.in_words import NO_BREAK_SPACE, long_date
from campaign.core.installation import as_typed
from campaign.core.sentence import Sentence, filled, worded

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPAN = re.compile(r"([0-9]+) (day|hour|minute|second)s?")
_UNITS = {"day": "jour", "hour": "heure", "minute": "minute", "second": "seconde"}
_DATE = re.compile(r"([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})")
_MONTHS = {long_date(date(2000, month, 1), "en").split()[0]: month for month in range(1, 13)}
_QUOTES = ('"', "“")


def say(sentence: str, language: str) -> str:
    """A sentence of the program in the language ("fr", "en", or a region of one); words of anybody else as they are.

    A command to type is named as it is here.
    """
    if not isinstance(sentence, Sentence):
        return as_typed(sentence)
    with override(language):
        return as_typed(worded(sentence, _worded, _value))


@cache
def explanations(language: str) -> Mapping[str, str]:
    """What the lists of words of the checks say of a word, with its translation there."""
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted(LISTS.glob("*.toml"))]
    lists = [rows for table in tables for rows in table.values() if isinstance(rows, list)]
    reasons = [
        row["why"] for rows in lists for row in rows if isinstance(row, dict) and "why" in row
    ]
    return {why["en"]: why[language] for why in reasons if language in why}


def _worded(template: str, values: tuple[str, ...]) -> str:
    if not template:
        return ""
    return filled(explanations(_language()).get(template) or gettext(template), values)


def _value(template: str, at: int, text: str) -> str:
    """A value that is a number, a time or a word of the program's; what stands in quotation marks is somebody's own."""
    before = template.partition(f"{{{at}}}")[0]
    if before.endswith(_QUOTES) or not text or _language() == "en":
        return text
    said = pgettext("value", text)
    return said if said != text else _counted(text) or text


def _language() -> str:
    return (get_language() or "en").partition("-")[0].lower()


def _counted(text: str) -> str:
    """A number, a span of time or a date in French; "" for anything else."""
    if not any(map(str.isdigit, text[:20])) or len(text) > 80:
        return ""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", NO_BREAK_SPACE)
    return _span(text) or _date(text)


def _span(text: str) -> str:
    """A span as rows of before keep it; today's are sentences."""
    parts = [_SPAN.fullmatch(part) for part in re.split(r", | and ", text)]
    said = [
        f"{one[1]}{NO_BREAK_SPACE}{_UNITS[one[2]]}{'s' if int(one[1]) > 1 else ''}"
        for one in parts
        if one
    ]
    if len(said) < len(parts):
        return ""
    return " et ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    if not found or found[1] not in _MONTHS:
        return ""
    try:
        return long_date(date(int(found[3]), _MONTHS[found[1]], int(found[2])), "fr")
    except ValueError:
        return ""
