"""All checks of the words of one finished text."""

from collections.abc import Iterator

from campaign.checks.accessibility import check_accessibility
from campaign.checks.advice import check_advice
from campaign.checks.language import check_language
from campaign.checks.mixups import check_mixups
from campaign.checks.numbers import check_numbers
from campaign.checks.plain import check_plain
from campaign.checks.reading import Words
from campaign.checks.typography import check_typography
from campaign.finding import Finding

CHECKS = (
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
