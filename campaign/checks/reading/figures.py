"""The numbers, dates and hours of a text, read as its language writes them, so that two languages can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from campaign.checks.reading.spans import Span, blanked, folded, merged

_BLANKS = "[ \u00a0\u202f]"
_DIGITS = {
    "en": r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d{1,9})?|\d{1,3}(?: \d{3})+(?!\d)|\d{1,15}(?:\.\d{1,9})?",
    "fr": rf"\d{{1,3}}(?:{_BLANKS}\d{{3}})+(?!\d)(?:,\d{{1,9}})?|\d{{1,15}}(?:,\d{{1,9}})?",
}
_UNIT = (
    rf"(?:{_BLANKS}?(?P<percent>%|per ?cent\b|pour cent\b|p\. ?100\b))?"
    rf"(?:{_BLANKS}(?P<times>millions?|billions?|milliards?|thousand|mille)\b)?"
)
# No word, no number that goes on, and no letter with a hyphen stands right before a number.
_BEGINS = r"(?<![\w.,/])(?<![^\W\d_]-)"
_NUMBER = {
    language: re.compile(f"(?i){_BEGINS}(?P<number>{digits}){_UNIT}(?!\\d)")
    for language, digits in _DIGITS.items()
}
_TIMES = {
    "million": 10**6,
    "billion": 10**9,
    "milliard": 10**9,
    "thousand": 1000,
    "mille": 1000,
}
_WORDS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
}


def _numbered(names: str) -> dict[str, int]:
    """The number of each name, counted from 1."""
    return {name: number for number, name in enumerate(names.split(), 1)}


def _any_of(names: Iterable[str]) -> str:
    """A pattern for each of the names."""
    return "|".join(names)


def _count(values: Iterable[str]) -> str:
    """A pattern for a number in figures, or in one of these words."""
    words = _any_of(values)
    return rf"(\d{{1,3}}|{words})"


_VALUES = {language: _numbered(words) | {"une": 1} for language, words in _WORDS.items()}
_COUNT = {language: _count(values) for language, values in _VALUES.items()}
_WHO = r"(?:wom[ae]n|m[ae]n|people|persons?|patients?|cases?|femmes?|hommes?|personnes?|patientes?|canadiennes?|cas)"
_RATIO = {
    "en": re.compile(
        rf"(?i)\b{_COUNT['en']}(?: (?:\w{{1,12}} )?{_WHO})? (?:in|out of|of every) (?:every )?{_COUNT['en']}\b"
    ),
    "fr": re.compile(
        rf"(?i)\b{_COUNT['fr']}(?:{_BLANKS}{_WHO}(?: \w{{1,12}})?)?{_BLANKS}sur{_BLANKS}{_COUNT['fr']}\b"
    ),
}
# Part of every ratio, and found four times as fast.
_HINTS_AT_RATIO = {
    "en": re.compile(rf"(?i) (?:in|of) (?:every )?{_COUNT['en']}"),
    "fr": re.compile(rf"(?i){_BLANKS}sur{_BLANKS}{_COUNT['fr']}"),
}
_PART = {
    "en": re.compile(
        r"(?i)\b(half|(?:a|one) third|two thirds|(?:a|one) quarter|three quarters) of (?:all|the|women|people|those)\b"
    ),
    "fr": re.compile(
        r"(?i)\b(la moitié|(?:le|un|du|au) tiers|(?:les )?deux tiers|(?:le|un) quart|(?:les )?trois quarts) d(?:es|e|u)\b"
    ),
}
# The longer names come first: "two thirds" has "third" in it.
_PART_VALUES = {
    "two thirds": "2/3", "deux tiers": "2/3", "three quarters": "3/4", "trois quarts": "3/4",
    "third": "1/3", "tiers": "1/3", "quarter": "1/4", "quart": "1/4", "half": "1/2", "moitié": "1/2",
}  # fmt: skip
_PART_NAMES = {"en": ("half", "third", "quarter"), "fr": ("moitié", "tiers", "quart")}
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_MONTH_NUMBERS = {language: _numbered(names) for language, names in _MONTHS.items()}
_ENGLISH_MONTH = _any_of(_MONTH_NUMBERS["en"])
_FRENCH_MONTH = _any_of(_MONTH_NUMBERS["fr"])
_ENGLISH_YEAR = r"(?:,? (\d{4}))?(?!\d)"
_FRENCH_YEAR = rf"(?:{_BLANKS}(\d{{4}}))?(?!\d)"
_ENGLISH_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_FRENCH_DAY = r"(\d{1,2})(?:er)?"
_DATE = {
    "en": re.compile(rf"(?i)\b({_ENGLISH_MONTH}) {_ENGLISH_DAY}{_ENGLISH_YEAR}"),
    "fr": re.compile(rf"(?i)\b{_FRENCH_DAY}{_BLANKS}({_FRENCH_MONTH}){_FRENCH_YEAR}"),
}
_MONTH_BEFORE = re.compile(rf"(?i)\b(?:{_ENGLISH_MONTH}) $")
_LONGEST_MONTH = len("september ")
_DIGIT_RUN = re.compile(r"\d+")
_BLANK = re.compile(_BLANKS)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_HOUR = {
    "en": re.compile(rf"(?i)(?<![\d:.,])(\d{{1,2}})(?::(\d\d))?{_BLANKS}?([ap])\.?m\b\.?"),
    "fr": re.compile(rf"(?i)(?<![\d:.,])(\d{{1,2}}){_BLANKS}?h(?:{_BLANKS}?(\d\d))?(?!\w)"),
}
_CLOCK = re.compile(r"(?<![\d:.,])(\d{1,2}):(\d\d)(?![\d:])")
# "Tip 1 of 10" on a line of its own, or before a colon: it counts posts, not people. Any other word may count people.
_IN_SERIES = {
    "en": re.compile(
        r"(?im)^(?:tip|part|step|question|myth|reason|idea|lesson|letter|chapter|episode|day|week|post|thing|word|fact)"
        r" \d{1,3} of \d{1,3}(?=[ \u00a0]*(?:$|[:–—]))"
    ),
    "fr": re.compile(
        r"(?im)^(?:conseil|astuce|partie|étape|question|mythe|raison|idée|leçon|lettre|chapitre|épisode|capsule|jour|semaine"
        r"|publication|chose|mot|fait) \d{1,3} sur \d{1,3}(?=[ \u00a0]*(?:$|[:–—]))"
    ),
}


class Sort(StrEnum):
    """What kind of number a figure is."""

    PERCENT = "percent"
    RATIO = "ratio"  #: one in eight, half of
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: where it stands, its value in one way of writing ("23.2", "1/8"), and its kind."""

    start: int
    end: int
    value: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Numerals:
    """What a text says in figures, in order: its dates with a day, its times of day, and its other numbers.

    A date is "MM-DD", since a year is often left out in one of two languages; a time of day is "HH:MM" of 24 hours.
    """

    dates: list[tuple[Span, str]]
    hours: list[tuple[Span, str]]
    figures: list[Figure]


def figures(text: str, language: str) -> list[Figure]:
    """The numbers of a text in order, without its dates and hours."""
    return numerals(text, language).figures


def dates(text: str, language: str) -> list[tuple[Span, str]]:
    """The dates with a day: where each stands, and "MM-DD"."""
    return numerals(text, language).dates


def hours(text: str, language: str) -> list[tuple[Span, str]]:
    """The times of day: where each stands, and "HH:MM" of 24 hours."""
    return numerals(text, language).hours


def numerals(text: str, language: str) -> Numerals:
    """The dates, times of day and numbers of a text."""
    digits = [match.start() for match in _DIGIT_RUN.finditer(text)]
    days = _dates(text, language, digits)
    times = _hours(text, language, digits)
    # What is taken for a date, a time or a ratio is blanked, so that no part of it is taken for another number.
    in_series = (
        [match.span() for match in _IN_SERIES[language].finditer(text)] if digits else []
    )
    taken = merged([*(span for span, _ in (*days, *times)), *in_series])
    rest = blanked(text, taken)
    ratios = [*_ratios(rest, language), *_parts(rest, language)]
    taken = merged((ratio.start, ratio.end) for ratio in ratios)
    rest = blanked(rest, taken)
    numbers = [_number(match) for match in _starting(_NUMBER[language], rest, digits)]
    in_order = sorted([*ratios, *numbers], key=lambda figure: figure.start)
    return Numerals(days, times, in_order)


def _starting(
    pattern: re.Pattern[str], text: str, digits: Iterable[int]
) -> Iterator[re.Match[str]]:
    """What `finditer` would find, for a pattern that begins with the first of some digits."""
    # The pattern is tried where digits start, and not at every character of the text.
    end = 0
    for start in digits:
        if start < end:
            continue
        match = pattern.match(text, start)
        if match:
            end = match.end()
            yield match


def _number(match: re.Match[str]) -> Figure:
    digits = _BLANK.sub("", match["number"])
    is_english = match.re is _NUMBER["en"]
    has_thousands = is_english and _THOUSANDS.fullmatch(digits)
    comma = "" if has_thousands else "."
    value = Decimal(digits.replace(",", comma))
    if times := match["times"]:
        name = times.lower().rstrip("s")
        value *= _TIMES[name]
    sort = Sort.PERCENT if match["percent"] else Sort.COUNT
    written = f"{value.normalize():f}"
    return Figure(match.start(), match.end(), written, sort)


def _ratios(text: str, language: str) -> Iterator[Figure]:
    if not _HINTS_AT_RATIO[language].search(text):
        return
    values = _VALUES[language]
    for match in _RATIO[language].finditer(text):
        words = map(str.lower, match.groups())
        part, whole = (int(values.get(word, word)) for word in words)
        value = f"{part}/{whole}"
        if part < whole:
            yield Figure(match.start(), match.end(), value, Sort.RATIO)


def _parts(text: str, language: str) -> Iterator[Figure]:
    low = folded(text)
    if not any(name in low for name in _PART_NAMES[language]):
        return
    for match in _PART[language].finditer(text):
        words = match[1].lower()
        name = next(name for name in _PART_VALUES if name in words)
        value = _PART_VALUES[name]
        yield Figure(match.start(), match.end(), value, Sort.RATIO)


def _dates(text: str, language: str, digits: Sequence[int]) -> list[tuple[Span, str]]:
    days = []
    for match in _starting(_ISO_DATE, text, digits):
        month = int(match[2])
        days.append(_dated(match, month, match[3]))
    numbers = _MONTH_NUMBERS[language]
    for match in _written_dates(text, language, digits):
        name, day = match[1], match[2]
        if language == "fr":
            name, day = day, name
        month = numbers[name.lower()]
        days.append(_dated(match, month, day))
    return sorted(days)


def _dated(match: re.Match[str], month: int, day: str) -> tuple[Span, str]:
    return match.span(), f"{month:02}-{int(day):02}"


def _written_dates(text: str, language: str, digits: Sequence[int]) -> Iterable[re.Match[str]]:
    if language == "fr":
        return _starting(_DATE["fr"], text, digits)
    for start in digits:
        lowest = max(0, start - _LONGEST_MONTH)
        if _MONTH_BEFORE.search(text, lowest, start):
            return _DATE["en"].finditer(text)
    return ()


def _hours(text: str, language: str, digits: Sequence[int]) -> list[tuple[Span, str]]:
    times = []
    for match in _starting(_CLOCK, text, digits):
        hour, minute = int(match[1]), match[2]
        times.append((match.span(), f"{hour:02}:{minute}"))
    for match in _starting(_HOUR[language], text, digits):
        hour, minute = int(match[1]), match[2] or "00"
        if language == "en":
            is_afternoon = match[3].lower() == "p"
            hour = hour % 12 + (12 if is_afternoon else 0)
        times.append((match.span(), f"{hour:02}:{minute}"))
    # "9:30 a.m." is found by both patterns, and the longer one tells the half of the day.
    by_start = {span[0]: (span, value) for span, value in sorted(times)}
    return list(by_start.values())
