"""Shares, rates and times of survival in words ("most people die within three years"), and which numbers are about health."""

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from campaign.checks import LISTS
from campaign.checks.reading.phrases import Phrases
from campaign.checks.reading.reading import Reading
from campaign.core.finding import Finding, warning
from campaign.core.sentence import Sentence

MOST = 5
_TABLE = tomllib.loads((LISTS / "shares.toml").read_text(encoding="utf-8"))
_LANGUAGES = ("en", "fr")


def _phrases(section: str, language: str) -> Phrases:
    classes = {
        "number": _TABLE["share"][f"number_{language}"],
        "cancer": _TABLE["outcome"][f"cancer_{language}"],
    }
    return Phrases(_TABLE[section][language], language, classes)


_OUTCOME = {language: _phrases("outcome", language) for language in _LANGUAGES}
_SHARE = {language: _phrases("share", language) for language in _LANGUAGES}
_COUNTED = {language: frozenset(_TABLE["counted"][language].split()) for language in _LANGUAGES}
_JOINS = frozenset(_TABLE["counted"]["joins"].split())


class Outcomes:
    """In which sentences a text says what becomes of people."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.language = reading.language
        self.words = reading.plain_words

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.reading.plain_sentences]

    @cached_property
    def told(self) -> set[int]:
        """The numbers of these sentences. Worked out when first asked for: most texts have no number at all."""
        outcomes = _OUTCOME[self.language].find(self.reading.plain, self.words)
        return {self.sentence(outcome.start) for outcome in outcomes}

    def sentence(self, index: int) -> int:
        """The number of the sentence that holds the character at this index, counted from 1."""
        return bisect_right(self._starts, index)

    def counts(self, start: int, end: int) -> bool:
        """Whether the number that stands here is one of what becomes of people: not of volunteers, and not of those who sign."""
        number = self.sentence(start)
        return number in self.told and not self.is_of_event(end) and not self._joins(number)

    def is_of_event(self, end: int) -> bool:
        """Whether what is counted by the number that ends here is of an organization: volunteers, meetings."""
        after = [word for word in self.words if word.start >= end]
        return any(word.low in _COUNTED[self.language] for word in after[:2])

    def _joins(self, number: int) -> bool:
        return any(
            word.low in _JOINS for word in self.words if self.sentence(word.start) == number
        )


def check_shares(reading: Reading, outcomes: Outcomes) -> Iterator[Finding]:
    """Each share, rate or time in words that says what becomes of people, and comes from no cited fact."""
    text = reading.unclaimed
    told: set[int] = set()
    for share in _SHARE[reading.language].find(text, reading.unclaimed_words):
        number = outcomes.sentence(share.start)
        if number not in outcomes.told or number in told or len(told) == MOST:
            continue
        if outcomes.counts(share.start, share.end):
            told.add(number)
            said = text[share.start : share.end]
            message = Sentence(
                "“{0}” comes from no fact of this post: add its fact, or say it without a number.",
                said,
            )
            yield warning("number-without-fact", message, reading.at(said))
