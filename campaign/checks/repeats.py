"""Texts that are nearly the same, for networks whose rules forbid "substantially similar" posts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from campaign.checks.reading.spans import blanked, protected
from campaign.checks.texts import Finished
from campaign.core.finding import Finding, warning
from campaign.core.sentence import Sentence, joined

NEAR = 0.8
"""The share of their rows of words that two texts have in common from which they count as nearly the same."""
ROW = 3
COMMON = 40
"""A row of words that so many texts have comes from a template, and says nothing about two of them."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


def near_texts(texts: Iterable[Finished]) -> Iterator[tuple[Finding, Finished]]:
    """Texts of such a network, in the order in which they go out, that are nearly one that goes before, on any account.

    Word for word the same text on the same account is told by `same_texts`. Texts that differ in a number alone, as
    a countdown does, are nearly the same.
    """
    seen: list[Finished] = []
    sizes: list[int] = []
    by_row: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for finished in texts:
        rows = _rows(finished.text)
        nearest = _nearest(rows, by_row, sizes)
        if nearest is not None and not _same(seen[nearest], finished):
            yield _finding(finished, seen[nearest]), finished
        for row in rows:
            by_row[row].append(len(seen))
        seen.append(finished)
        sizes.append(len(rows))


def _rows(text: str) -> set[tuple[str, ...]]:
    """Each three words that follow each other, without links, names and hashtags; numbers count as alike."""
    said = _NUMBER.sub("0", blanked(text, protected(text)))
    words = list(map(str.lower, _WORD.findall(said)))
    if len(words) < ROW:
        return {tuple(words)} if words else set()
    return set(zip(*(words[at:] for at in range(ROW)), strict=False))


def _nearest(
    rows: set[tuple[str, ...]], by_row: dict[tuple[str, ...], list[int]], sizes: list[int]
) -> int | None:
    earlier = (before for row in rows if len(before := by_row.get(row, [])) <= COMMON)
    shared = Counter(chain.from_iterable(earlier))
    near = [
        (common, at)
        for at, common in shared.items()
        if common >= NEAR * (len(rows) + sizes[at] - common)
    ]
    return max(near)[1] if near else None


def _same(one: Finished, other: Finished) -> bool:
    """Whether that is told already, or is the same post split or shown again."""
    is_told = one.channel == other.channel and one.text == other.text
    return is_told or (one.post == other.post and one.channel == other.channel)


def _finding(finished: Finished, before: Finished) -> Finding:
    message = Sentence(
        "On {0} this is nearly the text of {1} on {2}: it may be refused.",
        finished.channel,
        before.post,
        before.channel,
    )
    return warning(
        "near-text", joined((message, Sentence("Say it in other words."))), finished.place
    )
