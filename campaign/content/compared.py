"""Two texts compared, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LINES = re.compile(r"[^\n]*\n+|[^\n]+")
_MOST_STEPS = 500_000
"""Steps of a comparison, of which a second has some six million, and a page of versions has dozens of comparisons: a text that
would take more is compared by its lines, and shown whole, old and new, where they are too many as well."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row as they were and as they are; both are the same where nothing has changed."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing has changed here."""
        return self.old == self.new


class _TooLong(Exception):
    """A comparison would take more than _MOST_STEPS."""


class _Bounded(SequenceMatcher[str]):
    """Compares, and gives up where it would take too long: for each run that is the same it goes through all pairs of equal
    parts around it, so that a word that is written a thousand times over makes a thousand million steps."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        # autojunk would take words that come often for unimportant, and match few of them.
        super().__init__(None, before, after, autojunk=False)
        in_new = Counter(after)
        #: how many pairs there are before each place of the old text
        self._pairs = list(accumulate((1 + in_new[part] for part in before), initial=0))
        self._left = _MOST_STEPS

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """As its own, once it is known that there are steps left for it. Raises _TooLong."""
        end = len(self._pairs) - 1 if ahi is None else ahi
        self._left -= self._pairs[end] - self._pairs[alo]
        if self._left < 0:
            raise _TooLong
        return super().find_longest_match(alo, ahi, blo, bhi)


def compared(old: str, new: str) -> list[WordRun]:
    """Two texts as runs of words that are the same in both, or not. Joined, the runs give both texts again."""
    for parts in (_WORDS, _LINES):
        with suppress(_TooLong):
            return _runs(parts.findall(old), parts.findall(new))
    return [WordRun(old, new)]


def _runs(before: Sequence[str], after: Sequence[str]) -> list[WordRun]:
    runs = []
    for _, old_start, old_end, new_start, new_end in _Bounded(before, after).get_opcodes():
        was, now = before[old_start:old_end], after[new_start:new_end]
        runs.append(WordRun("".join(was), "".join(now)))
    return runs
