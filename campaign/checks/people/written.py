"""A text as the rules about people read it: its words outside of links and tags, and how they stand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from campaign.checks.lists import by_language, read_list
from campaign.checks.reading.reading import Token, numbering, sentences, tokens
from campaign.checks.reading.spans import Span, blanked, protected

LIST = read_list("people.toml")
_OWNERS = by_language(LIST["owners"])
_BESIDE = re.compile(r"[ \u00a0\u202f'’‑-]{1,2}")
_STOP = re.compile(r"\.[ \u00a0]")
_SHORT = 2
"""Letters of an acronym at least, and of a word whose full stop ends no sentence, such as St. and J., at most."""


@dataclass(frozen=True)
class Written:
    """A text with its words; `language` is "en" or "fr"."""

    text: str
    language: str

    @cached_property
    def plain(self) -> str:
        """The text without links, addresses, @names and hashtags."""
        return blanked(self.text, protected(self.text))

    @cached_property
    def words(self) -> list[Token]:
        """The words of `plain`."""
        return tokens(self.plain)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of `plain`."""
        return sentences(self.plain)

    @cached_property
    def _number(self) -> Callable[[int], int]:
        return numbering(self.sentences)

    def indexes(self, words: frozenset[str]) -> list[int]:
        """The indexes of the words that are among these."""
        return [index for index, word in enumerate(self.words) if word.low in words]

    def low(self, index: int) -> str:
        """The word at this index in small letters; "" before the first and behind the last."""
        return self.words[index].low if 0 <= index < len(self.words) else ""

    def has_capital(self, index: int) -> bool:
        """Whether the word at this index begins with a capital; an acronym does, too."""
        if not 0 <= index < len(self.words):
            return False
        return self.plain[self.words[index].start].isupper()

    def is_acronym(self, index: int) -> bool:
        """Whether the word at this index is written in capitals throughout."""
        word = self.words[index]
        return len(word.low) >= _SHORT and self.plain[word.start : word.end].isupper()

    def begins(self, index: int) -> bool:
        """Whether the word at this index is the first of its sentence, where a capital says nothing."""
        return index == 0 or self.sentence(index) != self.sentence(index - 1)

    def sentence(self, index: int) -> int:
        """The number of the sentence that holds the word at this index, counted from 1."""
        return self._number(self.words[index].start)

    def beside(self, index: int) -> bool:
        """Whether the word at this index and the next one stand side by side, as words of one name do."""
        if index + 1 >= len(self.words):
            return False
        gap = self.gap(index)
        is_short = len(self.low(index)) <= _SHORT
        return bool(_BESIDE.fullmatch(gap) or (is_short and _STOP.fullmatch(gap)))

    def gap(self, index: int) -> str:
        """What stands between the word at this index and the next one."""
        return self.plain[self.words[index].end : self.words[index + 1].start]

    def is_owned(self, index: int) -> bool:
        """Whether "my", "her" or the like stands before the word at this index, or one word before that."""
        before = (self.low(index - 1), self.low(index - 2))
        return not _OWNERS[self.language].isdisjoint(before)

    def span(self, first: int, last: int) -> Span:
        """Where these words stand in the text."""
        return self.words[first].start, self.words[last].end
