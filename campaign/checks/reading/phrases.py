"""Words and phrases looked for in a text, word by word, so that the time keeps in step with the length of the text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.checks.reading.reading import Token
from campaign.checks.reading.spans import Span

ANY = "*"
_GAPS = frozenset(" \u00a0\u202f'’-\u2011")
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
        last = -1
        for at in [at for at, word in enumerate(words) if word.low in self._by_first]:
            phrase = self._at(text, words, at) if at > last else ()
            if phrase:
                last = at + len(phrase) - 1
                yield PhraseFound(words[at].start, words[last].end, " ".join(phrase), at, last)

    def _at(self, text: str, words: Sequence[Token], at: int) -> tuple[str, ...]:
        for phrase in self._by_first[words[at].low]:
            taken = words[at : at + len(phrase)]
            if len(taken) == len(phrase) and _fits(text, phrase, taken):
                return phrase
        return ()


def _by_first(phrases: Iterable[str]) -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        parts = tuple(phrase.split())
        found[parts[0]].append(parts)
    return {first: sorted(several, key=len, reverse=True) for first, several in found.items()}


def _fits(text: str, phrase: Sequence[str], taken: Sequence[Token]) -> bool:
    same = all(part in (ANY, token.low) for part, token in zip(phrase, taken, strict=True))
    return same and all(together(text, one, other) for one, other in pairwise(taken))


def together(text: str, one: Token, other: Token) -> bool:
    """Whether nothing but a space, an apostrophe or a hyphen stands between two words."""
    gap = text[one.end : min(other.start, one.end + 3)]
    return other.start - one.end <= 2 and _GAPS.issuperset(gap)


class Denied:
    """Which sentences of a text say "no" or "not", given where they stand and the words of the text."""

    def __init__(self, within: Sequence[Span], words: Sequence[Token], language: str) -> None:
        self._starts = [start for start, _ in within]
        self._denied = {self._number(word.start) for word in words if word.low in _DENIES[language]}

    def at(self, index: int) -> bool:
        """Whether the sentence at this place of the text does."""
        return self._number(index) in self._denied

    def _number(self, index: int) -> int:
        return bisect_right(self._starts, index)
