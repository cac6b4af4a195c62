"""Words and phrases looked for in a text, word by word, so that the time keeps in step with the length of the text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.checks.reading.forms import forms
from campaign.checks.reading.reading import Token
from campaign.checks.reading.spans import Span

ANY = "*"
_OPTIONAL = "?"
_FORMS = "~"
_EITHER = "/"
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A place of a phrase: the words that fit, None where any word does, and whether it may stay empty."""

    words: frozenset[str] | None
    is_optional: bool

    def fits(self, word: Token) -> bool:
        return self.words is None or word.low in self.words


_Parts = tuple[_Part, ...]


class Phrases:
    """Phrases in small letters, their words parted by spaces.

    In a phrase * stands for any one word, "a/b" for one of several, "~a" for each form that a word of the language takes
    (`forms`), and a word with a ? behind it may be left out. `classes` are lists of words with a name, written <name>.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        language: str = "en",
        classes: Mapping[str, str] | None = None,
    ) -> None:
        read = _Reader(language, classes or {})
        self._by_first: dict[str, list[tuple[_Parts, str]]] = {}
        for phrase in sorted(phrases, key=_length, reverse=True):
            parts = read.parts(phrase)
            for first in _firsts(parts):
                self._by_first.setdefault(first, []).append((parts, phrase))

    def find(self, text: str, words: Sequence[Token]) -> Iterator[PhraseFound]:
        """Every phrase of the text, the longest where several begin; none overlaps another."""
        by_first = self._by_first
        firsts = [at for at, word in enumerate(words) if word.low in by_first]
        last = -1
        for first in firsts:
            match = self._at(text, words, first) if first > last else None
            if match:
                last = match.last
                yield match

    def _at(self, text: str, words: Sequence[Token], first: int) -> PhraseFound | None:
        for parts, phrase in self._by_first[words[first].low]:
            end = _end(text, words, first, parts)
            if end > first:
                start, stop = words[first].start, words[end - 1].end
                return PhraseFound(start, stop, phrase, first, end - 1)
        return None


def _length(phrase: str) -> int:
    return len(phrase.split())


class _Reader:
    """Reads phrases as they are written in the lists."""

    def __init__(self, language: str, classes: Mapping[str, str]) -> None:
        self.language = language
        self.classes = classes

    def parts(self, phrase: str) -> _Parts:
        return tuple(map(self._part, phrase.split()))

    def _part(self, written: str) -> _Part:
        word = written.removesuffix(_OPTIONAL)
        is_optional = word != written
        if word == ANY:
            return _Part(None, is_optional)
        return _Part(frozenset(self._words(word)), is_optional)

    def _words(self, written: str) -> Iterator[str]:
        for word in written.split(_EITHER):
            if word.startswith("<"):
                yield from self._words(_EITHER.join(self.classes[word[1:-1]].split()))
            elif word.startswith(_FORMS):
                yield from forms(word.removeprefix(_FORMS), self.language)
            else:
                yield word


def _firsts(parts: _Parts) -> Iterator[str]:
    """The words with which a phrase may begin."""
    for part in parts:
        yield from part.words or ()
        if not part.is_optional:
            return


def _end(text: str, words: Sequence[Token], at: int, parts: _Parts) -> int:
    """The index behind the last word of the phrase that begins at this one; -1 where none does."""
    if not parts:
        return at
    part, rest = parts[0], parts[1:]
    if at < len(words) and part.fits(words[at]):
        end = _end(text, words, at + 1, rest)
        is_last = end == at + 1
        if end > at and (is_last or together(text, words[at], words[at + 1])):
            return end
    return _end(text, words, at, rest) if part.is_optional else -1


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
