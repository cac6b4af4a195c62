"""Names of organizations, days and events in a text: the words of a name are nobody's choice."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from campaign.checks.lists import read_list
from campaign.checks.reading.phrases import PhraseFound, Phrases, together
from campaign.checks.reading.reading import Token, tokens

_LONGEST_FRENCH_NAME = 7
"""Words."""


def _as_phrase(name: str) -> str:
    return " ".join(token.low for token in tokens(name))


_TABLE = read_list("names.toml")
_KNOWN = tuple(map(_as_phrase, _TABLE["names"]))
_BEGINS = frozenset(_TABLE["begins"])
_FOLLOWS = frozenset(_TABLE["follows"])
_NO_NAME = frozenset(_TABLE["no_name"])


# An organization has one name or two, and the table of all names is long.
@lru_cache(maxsize=8)
def _phrases(more: tuple[str, ...]) -> Phrases:
    others = filter(None, map(_as_phrase, more))
    return Phrases((*_KNOWN, *others))


class Names:
    """The names in one text, given its words; `more` are names beyond those that are known here."""

    def __init__(self, text: str, words: Sequence[Token], more: Sequence[str] = ()) -> None:
        self.text = text
        self.words = words
        self._inside = self._french()
        known = _phrases(tuple(more))
        for name in known.find(text, words):
            indexes = range(name.first, name.last + 1)
            self._inside.update(indexes)

    def hold(self, phrase: PhraseFound) -> bool:
        """Whether this phrase of the text is part of a name."""
        return self.holds(phrase.first) or self._with_capitals(phrase)

    def holds(self, index: int) -> bool:
        """Whether the word at this index is part of a name that is known or begins as names do."""
        return index in self._inside

    def _french(self) -> set[int]:
        """The words of each name that begins as French names do, such as "Association de lutte contre …"."""
        inside: set[int] = set()
        for index, word in enumerate(self.words[:-1]):
            if word.low not in _BEGINS:
                continue
            following = self.words[index + 1]
            if following.low not in _FOLLOWS:
                continue
            if self._has_capital(word):
                inside |= self._goes_on(index)
        return inside

    def _goes_on(self, first: int) -> set[int]:
        """The indexes of the words that stand together from this one on, as many as a name has at most."""
        last = first
        highest = first + _LONGEST_FRENCH_NAME
        longest = self.words[first:highest]
        for word, following in pairwise(longest):
            if not together(self.text, word, following):
                break
            last += 1
        return set(range(first, last + 1))

    def _with_capitals(self, phrase: PhraseFound) -> bool:
        """Whether a phrase with capitals stands right beside a word with one, as in "Survivor Alliance"."""
        first, last = phrase.first, phrase.last
        if not self._has_capital(self.words[first]):
            return False
        if not self._has_capital(self.words[last]):
            return False
        if self._goes_on_with_capital(first - 1):
            return True
        return self._goes_on_with_capital(last)

    def _goes_on_with_capital(self, index: int) -> bool:
        """Whether this word and the next one stand together, each with a capital."""
        if not 0 <= index < len(self.words) - 1:
            return False
        word = self.words[index]
        if word.low in _NO_NAME or not self._has_capital(word):
            return False
        following = self.words[index + 1]
        if not self._has_capital(following):
            return False
        return together(self.text, word, following)

    def _has_capital(self, word: Token) -> bool:
        """Whether a word begins with a capital and goes on in small letters; an acronym does not."""
        if not self.text[word.start].isupper():
            return False
        written = self.text[word.start : word.end]
        return len(written) > 1 and not written.isupper()
