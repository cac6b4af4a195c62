"""The program's own sentences in the reader's language: by what they were made of, never by their words.

A sentence that the heart of the program says is a template and its values, in memory and in the database. Here the template
is said in the other language, with the values in their places; anybody's own words come back as they are."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from django.utils.translation import get_language, gettext, override, pgettext

from campaign.checks.lists import LISTS
from campaign.content.dates.in_words import NO_BREAK_SPACE, long_date
from campaign.core.installation import as_typed
from campaign.core.sentence import Sentence, filled, worded
from campaign.web.frame.moments import clock, is_canadian

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPAN = re.compile(r"([0-9]+) (day|hour|minute|second)s?")
_UNITS = {"day": "jour", "hour": "heure", "minute": "minute", "second": "seconde"}
_DATE = re.compile(r"([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})")
_MONTHS = {long_date(date(2000, month, 1), "en").split()[0]: month for month in range(1, 13)}
_QUOTES = ('"', "“")


def say(sentence: str, language: str) -> str:
    """A sentence of the program in the language ("fr", "en", or a region of one); any other text as it is. A command to
    type gets the name that it has on this machine."""
    if not isinstance(sentence, Sentence):
        return as_typed(sentence)
    with override(language):
        return as_typed(worded(sentence, _worded, _value))


@cache
def explanations(language: str) -> Mapping[str, str]:
    """The reasons in the checks' lists of words, and what kind of words they are, English to this language, as far as they
    are translated there."""
    translated: dict[str, str] = {}
    for file in sorted(LISTS.glob("*.toml")):
        table = tomllib.loads(file.read_text("utf-8"))
        for rows in table.values():
            if isinstance(rows, list):
                translated |= _explained(rows, language)
    return translated


def _explained(rows: list[object], language: str) -> dict[str, str]:
    tables = [row for row in rows if isinstance(row, dict)]
    said = [row[key] for row in tables for key in ("why", "what") if key in row]
    return {words["en"]: words[language] for words in said if language in words}


def _worded(template: str, values: tuple[str, ...]) -> str:
    if not template:  # of which gettext would give the head of its catalogue
        return ""
    explained = explanations(_language()).get(template)
    return filled(explained or gettext(template), values)


def _value(template: str, at: int, text: str) -> str:
    """A value in the reader's language, where it is a number, a time or a word of the program; `at` is its place in the
    template."""
    before = template.partition(f"{{{at}}}")[0]
    is_quoted = before.endswith(_QUOTES)  # then it is somebody's own
    if is_quoted or not text:
        return text
    if is_canadian(text):
        return clock(text)
    if _language() == "en":
        return text
    said = pgettext("value", text)
    return said if said != text else _counted(text) or text


def _language() -> str:
    return (get_language() or "en").partition("-")[0].lower()


def _counted(text: str) -> str:
    """A number, a span of time or a date in French; "" for anything else."""
    # No such value is longer, or has its first digit later: others are not searched.
    if not any(map(str.isdigit, text[:20])) or len(text) > 80:
        return ""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", NO_BREAK_SPACE)
    return _span(text) or _date(text)


def _span(text: str) -> str:
    """A span such as "2 days and 1 hour" in French, as old rows keep it: today's spans are sentences. "" for anything
    else."""
    said = []
    for part in re.split(r", | and ", text):
        match = _SPAN.fullmatch(part)
        if not match:
            return ""
        number, unit = match[1], _UNITS[match[2]]
        ending = "s" if int(number) > 1 else ""
        said.append(f"{number}{NO_BREAK_SPACE}{unit}{ending}")
    before = ", ".join(said[:-1])
    return f"{before} et {said[-1]}" if before else said[-1]


def _date(text: str) -> str:
    """A date such as "October 13, 2027" in French; "" for anything else."""
    match = _DATE.fullmatch(text)
    if not match or match[1] not in _MONTHS:
        return ""
    month, number, year = match.groups()
    try:
        day = date(int(year), _MONTHS[month], int(number))
    except ValueError:
        return ""
    return long_date(day, "fr")
