"""Two texts compared, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MOST_WORDS = 4_000
"""Comparing takes a time that grows with the square of the words: longer texts are shown whole, old and new."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row as they were and as they are; both are the same where nothing has changed."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing has changed here."""
        return self.old == self.new


def compared(old: str, new: str) -> list[WordRun]:
    """Two texts as runs of words that are the same in both, or not. Joined, the runs give both texts again."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        return [WordRun(old, new)]
    # autojunk would take words that come often for unimportant, and match few of them.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs = []
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        was, now = before[old_start:old_end], after[new_start:new_end]
        runs.append(WordRun("".join(was), "".join(now)))
    return runs
