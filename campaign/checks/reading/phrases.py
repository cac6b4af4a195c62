"""Words and phrases looked for in a text, word by word, so that the time keeps in step with the length of the text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.checks.lists import listed
from campaign.checks.reading.forms import forms
from campaign.checks.reading.reading import Token, numbering
from campaign.checks.reading.spans import Span
from campaign.content.post import LANGUAGES

ANY = "*"
_OPTIONAL = "?"
_FORMS = "~"
_EITHER = "/"
_GAPS = frozenset(" \u00a0\u202f'’-\u2011")
_WIDEST_GAP = 2


_DENIES = {
    "en": listed("no not never cannot t without neither nor nobody isn"),
    "fr": listed("pas aucun aucune sans ni jamais nul nulle incurable"),
}
_DENIES_AFTER = {
    "en": listed("not never t cannot isn"),
    "fr": listed("pas jamais aucun aucune"),
}
_NEAR_AFTER = 3
"""Words between a phrase and the "not" behind it that denies it, at the most."""


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
_Phrase = tuple[_Parts, str]
"""Its parts, and as it is written in the list."""


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
        self._by_first: dict[str, list[_Phrase]] = {}
        self._by_two: dict[tuple[str, str], list[_Phrase]] = {}
        for phrase in sorted(phrases, key=_length, reverse=True):
            self._add((read.parts(phrase), phrase))
        self._firsts = set(self._by_first)
        self._firsts.update(first for first, _ in self._by_two)

    def _add(self, phrase: _Phrase) -> None:
        """Many phrases begin with a word that every text has: these are looked up by two words, the others by one."""
        parts, _ = phrase
        for at, part in enumerate(parts):
            seconds = _seconds(parts[at + 1 :])
            for first in part.words or ():
                if seconds is None:
                    self._by_first.setdefault(first, []).append(phrase)
                    continue
                for second in seconds:
                    self._by_two.setdefault((first, second), []).append(phrase)
            if not part.is_optional:
                return

    def find(self, text: str, words: Sequence[Token]) -> Iterator[PhraseFound]:
        """Every phrase of the text, the longest where several begin; none overlaps another."""
        known = self._firsts
        firsts = [at for at, word in enumerate(words) if word.low in known]
        last = -1
        for first in firsts:
            if first <= last:
                continue
            beginning_so = self._beginning_so(words, first)
            if not beginning_so:
                continue
            match = _longest(text, words, first, beginning_so)
            if match:
                last = match.last
                yield match

    def _beginning_so(self, words: Sequence[Token], first: int) -> Sequence[_Phrase]:
        """The phrases that begin with this word, and perhaps with the next one."""
        low = words[first].low
        following = words[first + 1].low if first + 1 < len(words) else ""
        by_two = self._by_two.get((low, following), ())
        by_first = self._by_first.get(low, ())
        return [*by_two, *by_first]


def phrases_by_language(
    lists: Mapping[str, Iterable[str]],
    before: str = "",
    classes: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Phrases]:
    """The phrases of a list in each language, whose names are `before` and the language; `classes` are those of each."""
    named = classes or {}
    return {
        language: Phrases(lists[before + language], language, named.get(language))
        for language in LANGUAGES
    }


def _longest(
    text: str, words: Sequence[Token], first: int, phrases: Iterable[_Phrase]
) -> PhraseFound | None:
    """The longest of the phrases that stands at this word."""
    longest, called = first, ""
    for parts, phrase in phrases:
        end = _end(text, words, first, parts)
        if end > longest:
            longest, called = end, phrase
    if longest == first:
        return None
    last = longest - 1
    start, stop = words[first].start, words[last].end
    return PhraseFound(start, stop, called, first, last)


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
                named = self.classes[word[1:-1]].split()
                yield from self._words(_EITHER.join(named))
            elif word.startswith(_FORMS):
                yield from forms(word.removeprefix(_FORMS), self.language)
            else:
                yield word


def _seconds(rest: _Parts) -> set[str] | None:
    """The words that may follow the first one; None where any may, or none needs to."""
    seconds: set[str] = set()
    for part in rest:
        if part.words is None:
            return None
        seconds |= part.words
        if not part.is_optional:
            return seconds
    return None


def _end(text: str, words: Sequence[Token], at: int, parts: _Parts) -> int:
    """The index behind the last word of the phrase that begins at this one; -1 where none does."""
    if not parts:
        return at
    part, rest = parts[0], parts[1:]
    if at < len(words) and part.fits(words[at]):
        following = at + 1
        end = _end(text, words, following, rest)
        if end == following:
            return end
        if end > at and together(text, words[at], words[following]):
            return end
    if part.is_optional:
        return _end(text, words, at, rest)
    return -1


def together(text: str, word: Token, following: Token) -> bool:
    """Whether nothing but blanks of one line stands between two words; or apostrophes and hyphens, two of them at most."""
    gap = text[word.end : following.start]
    if gap.isspace():
        return "\n" not in gap
    return len(gap) <= _WIDEST_GAP and _GAPS.issuperset(gap)


class Denied:
    """Which phrases of a text it denies ("cannot be cured"), given its sentences and its words."""

    def __init__(self, within: Sequence[Span], words: Sequence[Token], language: str) -> None:
        self._number = numbering(within)
        self._denies = [word for word in words if word.low in _DENIES[language]]
        self._after = _DENIES_AFTER[language]
        self._words = words

    def at(self, phrase: PhraseFound) -> bool:
        """Whether "no" or "not" stands before the phrase in its sentence, or right after it ("a cure is not here")."""
        number = self._number(phrase.start)
        for word in self._denies:
            if self._number(word.start) != number:
                continue
            if word.end <= phrase.start or self._is_right_after(word, phrase):
                return True
        return False

    def _is_right_after(self, word: Token, phrase: PhraseFound) -> bool:
        if word.start < phrase.end:
            return False
        if word.low not in self._after:
            return False
        between = [other for other in self._words if phrase.end <= other.start < word.start]
        return len(between) <= _NEAR_AFTER
