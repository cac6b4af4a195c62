"""Shares, rates and times of survival in words ("most people die within three years"), and which numbers are about health."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from campaign.checks.lists import by_language, listed, read_list
from campaign.checks.reading.phrases import phrases_by_language
from campaign.checks.reading.reading import Reading, Token
from campaign.content.post import LANGUAGES
from campaign.core.finding import Finding, warning
from campaign.core.sentence import Sentence

MOST = 5
_TABLE = read_list("shares.toml")
_CLASSES = {
    language: {
        "number": _TABLE["share"][f"number_{language}"],
        "cancer": _TABLE["outcome"][f"cancer_{language}"],
    }
    for language in LANGUAGES
}
_OUTCOME = phrases_by_language(_TABLE["outcome"], classes=_CLASSES)
_SHARE = phrases_by_language(_TABLE["share"], classes=_CLASSES)
_COUNTED = by_language(_TABLE["counted"])
_JOINS = listed(_TABLE["counted"]["joins"])


class Outcomes:
    """In which sentences a text says what becomes of people."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.language = reading.language
        self.words = reading.plain_words
        self._told: dict[int, bool] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.reading.plain_sentences]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def tells(self, number: int) -> bool:
        """Whether this sentence does. Looked at when first asked for: most have no number and no share."""
        if number not in self._told:
            words = self._words_of(number)
            outcomes = _OUTCOME[self.language].find(self.reading.plain, words)
            self._told[number] = any(True for _ in outcomes)
        return self._told[number]

    def _words_of(self, number: int) -> Sequence[Token]:
        first = bisect_left(self._word_starts, self._starts[number - 1]) if number else 0
        is_last = number == len(self._starts)
        last = (
            len(self.words) if is_last else bisect_left(self._word_starts, self._starts[number])
        )
        return self.words[first:last]

    def sentence(self, index: int) -> int:
        """The number of the sentence that holds the character at this index, counted from 1."""
        return bisect_right(self._starts, index)

    def counts(self, start: int, end: int) -> bool:
        """Whether the number that stands here is one of what becomes of people: not of volunteers, and not of those who sign."""
        number = self.sentence(start)
        return self.tells(number) and not self.is_of_event(end) and not self._joins(number)

    def is_of_event(self, end: int) -> bool:
        """Whether what is counted by the number that ends here is of an organization: volunteers, meetings."""
        first = bisect_left(self._word_starts, end)
        after = self.words[first : first + 2]
        return any(word.low in _COUNTED[self.language] for word in after)

    def _joins(self, number: int) -> bool:
        return any(word.low in _JOINS for word in self._words_of(number))


def check_shares(reading: Reading, outcomes: Outcomes) -> Iterator[Finding]:
    """Each share, rate or time in words that says what becomes of people, and comes from no cited fact."""
    text = reading.unclaimed
    told: set[int] = set()
    for share in _SHARE[reading.language].find(text, reading.unclaimed_words):
        number = outcomes.sentence(share.start)
        if number in told or len(told) == MOST or not outcomes.tells(number):
            continue
        if outcomes.counts(share.start, share.end):
            told.add(number)
            said = text[share.start : share.end]
            message = Sentence(
                "“{0}” comes from no fact of this post: add its fact, or say it without a number.",
                said,
            )
            yield warning("number-without-fact", message, reading.at(said))
