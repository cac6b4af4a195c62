"""Texts that are nearly the same, for networks whose rules forbid "substantially similar" posts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from campaign.checks.reading.spans import blanked, protected
from campaign.checks.texts import Finished
from campaign.core.finding import Finding, warning
from campaign.core.sentence import Sentence, joined

NEAR = 0.8
"""The share of their rows of words that two texts have in common from which they count as nearly the same."""
ROW = 3
"""Words in a row."""
COMMON = 40
"""A row of words that so many texts have comes from a template, and says nothing about two of them."""
Row = tuple[str, ...]
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


def near_texts(texts: Iterable[Finished]) -> Iterator[tuple[Finding, Finished]]:
    """Each text that is nearly one that goes out before it, on any account; `texts` are those of such a network, in the
    order in which they go out.

    `same_texts` finds the same text word for word on the same account. Texts that differ in a number alone, as a
    countdown does, are nearly the same.
    """
    # Of each text seen so far: itself, how many rows it has, and by each of its rows its index in both.
    seen: list[Finished] = []
    sizes: list[int] = []
    by_row: dict[Row, list[int]] = defaultdict(list)
    for finished in texts:
        rows = _rows(finished.text)
        nearest = _nearest(rows, by_row, sizes)
        if nearest is not None and not _same(seen[nearest], finished):
            yield _finding(finished, seen[nearest]), finished
        for row in rows:
            by_row[row].append(len(seen))
        seen.append(finished)
        sizes.append(len(rows))


def _rows(text: str) -> set[Row]:
    """Each three words that follow each other, without links, @names and hashtags; numbers count as alike."""
    said = _NUMBER.sub("0", blanked(text, protected(text)))
    words = [word.lower() for word in _WORD.findall(said)]
    if len(words) < ROW:
        return {tuple(words)} if words else set()
    shifted = [words[first:] for first in range(ROW)]
    return set(zip(*shifted, strict=False))


def _nearest(rows: set[Row], by_row: Mapping[Row, list[int]], sizes: list[int]) -> int | None:
    """The index of the earlier text that has the most rows in common with these, if it is near; None when none is."""
    earlier = (by_row.get(row, []) for row in rows)
    shared = Counter(chain.from_iterable(texts for texts in earlier if len(texts) <= COMMON))
    near: list[tuple[int, int]] = []
    for at, common in shared.items():
        in_either = len(rows) + sizes[at] - common
        if common >= NEAR * in_either:
            near.append((common, at))
    return max(near)[1] if near else None


def _same(earlier: Finished, finished: Finished) -> bool:
    """Whether `same_texts` tells of the two already, or they are one post split or shown again."""
    if earlier.channel != finished.channel:
        return False
    return earlier.text == finished.text or earlier.post == finished.post


def _finding(finished: Finished, before: Finished) -> Finding:
    what = Sentence(
        "On {0} this is nearly the text of {1} on {2}: it may be refused.",
        finished.channel,
        before.post,
        before.channel,
    )
    message = joined((what, Sentence("Say it in other words.")))
    return warning("near-text", message, finished.place)
