"""Two texts compared, word by word."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MOST_WORDS = 4_000
"""Longer texts are shown whole, old and new."""
MOST_PAIRS = 1_000_000
"""Pairs of the same word, one in each text, that are looked at, a tenth of a second. Two texts of 2,000 words take half of
them; the same few words again and again would take a time that grows with the cube of the words."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row as they were and as they are; both are the same where nothing has changed."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing has changed here."""
        return self.old == self.new


class _Matcher(SequenceMatcher[str]):
    """Looks for the longest run of words that are the same until it has looked at MOST_PAIRS; the rest differs."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        # autojunk would take words that come often for unimportant, and match few of them.
        super().__init__(None, old, new, autojunk=False)
        self.old, self.often = old, Counter(new)
        self.left = MOST_PAIRS

    def find_longest_match(
        self,
        alo: int = 0,
        ahi: int | None = None,
        blo: int = 0,
        bhi: int | None = None,
    ) -> Match:
        words = self.old[alo:ahi]
        self.left -= len(words) + sum(self.often[word] for word in words)
        if self.left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def compared(old: str, new: str) -> list[WordRun]:
    """Two texts as runs of words that are the same in both, or not. Joined, the runs give both texts again."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        return [WordRun(old, new)]
    runs = []
    for _, old_start, old_end, new_start, new_end in _Matcher(before, after).get_opcodes():
        was, now = before[old_start:old_end], after[new_start:new_end]
        runs.append(WordRun("".join(was), "".join(now)))
    return runs
