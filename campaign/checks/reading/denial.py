"""Where a text spares people from something: "You do not have to be brave", "People say: stay strong. You do not have to."."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from campaign.checks.lists import by_language, read_list
from campaign.checks.reading.phrases import PhraseFound, phrases_by_language
from campaign.checks.reading.reading import Token, numbering
from campaign.checks.reading.spans import Span

_TABLE = read_list("denial.toml")
_STOPS = frozenset(",;:—–(")


_BUT = by_language(_TABLE["but"])
_WIDE = phrases_by_language(_TABLE["wide"])
_NEAR = phrases_by_language(_TABLE["near"])
_AFTER = phrases_by_language(_TABLE["after"])
_BEHIND = phrases_by_language(_TABLE["behind"])
_NEAREST = 6
"""Words that may stand between "is not" and what it denies."""


class Spared:
    """What a text spares people from, given its sentences and words."""

    def __init__(
        self, text: str, words: Sequence[Token], sentences: Sequence[Span], language: str
    ) -> None:
        self.text = text
        self.words = words
        self.language = language
        self._number = numbering(sentences)

    def at(self, phrase: PhraseFound) -> bool:
        """Whether people are spared from what this phrase of the text says."""
        if self._begins_anew(phrase):
            return True
        if phrase.last + 1 in self._behind:
            return True
        if any(self._reaches(wide, phrase) for wide in self._wide):
            return True
        return any(self._is_near(near, phrase) for near in self._near)

    @cached_property
    def _wide(self) -> list[PhraseFound]:
        return list(_WIDE[self.language].find(self.text, self.words))

    @cached_property
    def _near(self) -> list[PhraseFound]:
        return list(_NEAR[self.language].find(self.text, self.words))

    @cached_property
    def _behind(self) -> set[int]:
        """The indexes of the words with which something right before them is taken back."""
        behind = _BEHIND[self.language].find(self.text, self.words)
        return {match.first for match in behind}

    @cached_property
    def _after(self) -> set[int]:
        """The numbers of the sentences that spare people from what was said before."""
        return set(self._sentences_that_begin())

    def _sentences_that_begin(self) -> Iterator[int]:
        for match in _AFTER[self.language].find(self.text, self.words):
            number = self._number(match.start)
            if match.first == 0:
                yield number
                continue
            before = self.words[match.first - 1]
            if self._number(before.start) != number:
                yield number

    def _begins_anew(self, phrase: PhraseFound) -> bool:
        following = self._number(phrase.start) + 1
        return following in self._after

    def _reaches(self, wide: PhraseFound, phrase: PhraseFound) -> bool:
        """Whether these words stand before the phrase in its sentence, and no "but" between them."""
        if not self._is_before(wide, phrase):
            return False
        between = self.words[wide.last + 1 : phrase.first]
        lows = [word.low for word in between]
        return _BUT[self.language].isdisjoint(lows)

    def _is_near(self, near: PhraseFound, phrase: PhraseFound) -> bool:
        if phrase.first - near.last > _NEAREST:
            return False
        if not self._reaches(near, phrase):
            return False
        between = self.text[near.end : phrase.start]
        return _STOPS.isdisjoint(between)

    def _is_before(self, words: PhraseFound, phrase: PhraseFound) -> bool:
        if words.last >= phrase.first:
            return False
        return self._number(words.start) == self._number(phrase.start)
