"""Words and phrases looked for in a text, word by word, so that the time keeps in step with the length of the text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.checks.reading.reading import Token
from campaign.checks.reading.spans import Span

ANY = "*"
_GAPS = frozenset(" \u00a0\u202f'’-\u2011")
_WIDEST_GAP = 2
_DENIES = {
    "en": frozenset(
        ("no", "not", "never", "cannot", "t", "without", "neither", "nor", "nobody", "isn")
    ),
    "fr": frozenset(
        ("pas", "aucun", "aucune", "sans", "ni", "jamais", "nul", "nulle", "incurable")
    ),
}


@dataclass(frozen=True, slots=True)
class PhraseFound:
    """A phrase in a text: where, what it is called by, and which of the text's words it takes."""

    start: int
    end: int
    phrase: str
    first: int
    last: int


class Phrases:
    """Phrases in small letters, their words parted by spaces; * stands for any one word inside of a phrase."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: Mapping[str, list[tuple[str, ...]]] = _by_first(phrases)

    def find(self, text: str, words: Sequence[Token]) -> Iterator[PhraseFound]:
        """Every phrase of the text, the longest where several begin; none overlaps another."""
        firsts = [at for at, word in enumerate(words) if word.low in self._by_first]
        last = -1
        for first in firsts:
            phrase = self._at(text, words, first) if first > last else ()
            if phrase:
                last = first + len(phrase) - 1
                start, end = words[first].start, words[last].end
                yield PhraseFound(start, end, " ".join(phrase), first, last)

    def _at(self, text: str, words: Sequence[Token], at: int) -> tuple[str, ...]:
        for phrase in self._by_first[words[at].low]:
            taken = words[at : at + len(phrase)]
            if len(taken) == len(phrase) and _fits(text, phrase, taken):
                return phrase
        return ()


def _by_first(phrases: Iterable[str]) -> Mapping[str, list[tuple[str, ...]]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.split())
        by_first.setdefault(parts[0], []).append(parts)
    for alternatives in by_first.values():
        alternatives.sort(key=len, reverse=True)
    return by_first


def _fits(text: str, phrase: Sequence[str], taken: Sequence[Token]) -> bool:
    for part, token in zip(phrase, taken, strict=True):
        if part not in (ANY, token.low):
            return False
    return all(together(text, word, following) for word, following in pairwise(taken))


def together(text: str, word: Token, following: Token) -> bool:
    """Whether nothing but spaces, apostrophes or hyphens, two of them at most, stands between two words."""
    if following.start - word.end > _WIDEST_GAP:
        return False
    return _GAPS.issuperset(text[word.end : following.start])


class Denied:
    """Which sentences of a text say "no" or "not", given where they stand and the words of the text."""

    def __init__(self, within: Sequence[Span], words: Sequence[Token], language: str) -> None:
        self._starts = [start for start, _ in within]
        denies = _DENIES[language]
        self._denied = {self._number(word.start) for word in words if word.low in denies}

    def at(self, index: int) -> bool:
        """Whether the sentence that holds the character at this index does."""
        return self._number(index) in self._denied

    def _number(self, index: int) -> int:
        """The number of the sentence, counted from 1."""
        return bisect_right(self._starts, index)
