"""Names of organizations, days and events in a text: what stands in a name is nobody's choice of words."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from campaign.checks import LISTS
from campaign.checks.reading.phrases import PhraseFound, Phrases, together
from campaign.checks.reading.reading import Token, tokens

_LONGEST_FRENCH_NAME = 7
_TABLE = tomllib.loads((LISTS / "names.toml").read_text(encoding="utf-8"))
_KNOWN: tuple[str, ...] = tuple(
    " ".join(token.low for token in tokens(name)) for name in _TABLE["names"]
)
_BEGINS = frozenset(_TABLE["begins"])
_FOLLOWS = frozenset(_TABLE["follows"])


@lru_cache(maxsize=8)  # An organization has one name or two, and the table of all names is long.
def _phrases(more: tuple[str, ...]) -> Phrases:
    others = (" ".join(token.low for token in tokens(name)) for name in more)
    return Phrases((*_KNOWN, *(name for name in others if name)))


class Names:
    """The names in one text, given its words; `more` are names beyond those that are known here."""

    def __init__(self, text: str, words: Sequence[Token], more: Sequence[str] = ()) -> None:
        self.text = text
        self.words = words
        inside = (
            range(found.first, found.last + 1) for found in _phrases(tuple(more)).find(text, words)
        )
        self._inside = set(chain.from_iterable(inside))
        self._inside |= self._french()

    def hold(self, found: PhraseFound) -> bool:
        """Whether what was found is part of a name."""
        return self.holds(found.first) or self._with_capitals(found)

    def holds(self, index: int) -> bool:
        """Whether this word of the text is part of a name that is known or begins as names do."""
        return index in self._inside

    def _french(self) -> set[int]:
        """The words of each name that begins as French names do, such as "Association de lutte contre …"."""
        inside: set[int] = set()
        for index, word in enumerate(self.words[:-1]):
            follows = self.words[index + 1]
            if word.low in _BEGINS and self._has_capital(word) and follows.low in _FOLLOWS:
                inside |= self._goes_on(index)
        return inside

    def _goes_on(self, first: int) -> set[int]:
        inside = {first}
        for index in range(first + 1, min(first + _LONGEST_FRENCH_NAME, len(self.words))):
            if not together(self.text, self.words[index - 1], self.words[index]):
                break
            inside.add(index)
        return inside

    def _with_capitals(self, found: PhraseFound) -> bool:
        """Whether a word with a capital stands right beside one with a capital, as in "Survivor Alliance"."""
        first, last = self.words[found.first], self.words[found.last]
        if not (self._has_capital(first) and self._has_capital(last)):
            return False
        beside = [(found.first - 1, found.first), (found.last, found.last + 1)]
        pairs = [
            (self.words[a], self.words[b]) for a, b in beside if a >= 0 and b < len(self.words)
        ]
        return any(
            self._has_capital(one) and self._has_capital(other) and together(self.text, one, other)
            for one, other in pairs
        )

    def _has_capital(self, word: Token) -> bool:
        written = self.text[word.start : word.end]
        return written[:1].isupper() and len(written) > 1 and not written.isupper()
