"""All checks of the words of one finished text."""

from collections.abc import Iterator

from campaign.checks.reading.reading import Words
from campaign.checks.words.accessibility import check_accessibility
from campaign.checks.words.advice import check_advice
from campaign.checks.words.language import check_language
from campaign.checks.words.mixups import check_mixups
from campaign.checks.words.numbers import check_numbers
from campaign.checks.words.people import check_people
from campaign.checks.words.plain import check_plain
from campaign.checks.words.signs import check_mark, check_signs
from campaign.checks.words.typography import check_typography
from campaign.core.finding import Finding

CHECKS = (
    check_signs,
    check_mark,
    check_people,
    check_advice,
    check_numbers,
    check_language,
    check_plain,
    check_mixups,
    check_accessibility,
    check_typography,
)


def check_words(source: Words) -> Iterator[Finding]:
    """Everything that is to be said about the words of a finished text. A thread is one text, with all its parts."""
    for check in CHECKS:
        yield from check(source.reading)
