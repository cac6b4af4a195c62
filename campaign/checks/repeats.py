"""Texts that are nearly the same: some networks' rules forbid "substantially similar" posts, and on any account readers take
them for a mistake."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from campaign.checks.reading.spans import blanked, protected
from campaign.checks.texts import Finished, as_read
from campaign.core.finding import Finding, warning
from campaign.core.sentence import Sentence, joined

NEAR = 0.8
"""The share of their rows of three words that two texts have in common from which they count as nearly the same."""
COMMON = 40
"""A row of words that so many texts have comes from a template, and says nothing about two of them."""
FEWEST = 6
"""Words from which a text can be nearly another one: of fewer, one other word makes another text."""
WORDS_APART = 10
"""Words of a text for each that may be another one, left out or put in: a changed word breaks three rows, which in a short
text are many."""
MOST_APART = 3
"""Changed words that are looked for at the most; of more, the rows tell."""
MOST_WORDS = 1_000
"""Words of a text that are compared, its first: readers of a longer one that begins as another did have seen it before."""
_NEAREST = 3
"""Earlier texts that are compared word by word, those with the most rows in common."""
Row = tuple[str, ...]
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Read:
    """A text by its words, in which each number is a 0, by the numbers, and by the rows of words."""

    finished: Finished
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]


def near_texts(
    texts: Iterable[Finished], *, on_any_account: bool
) -> Iterator[tuple[Finding, Finished]]:
    """Each text that is nearly one that goes out before it, in the order in which they go out; `texts` are those of a
    network that refuses such a text `on_any_account` of it, or else those of one account.

    `same_texts` finds the same text word for word on the same account. Texts that differ in a number alone are nearly the
    same for such a network; readers take them for a countdown.
    """
    seen: list[_Read] = []
    known: set[str] = set()
    # By each row, the indexes of the first texts in `seen` that have it: enough to see whether it is a common one.
    by_row: dict[Row, list[int]] = defaultdict(list)
    for finished in texts:
        text = _read(finished)
        earlier = [by_row[row] for row in text.rows]
        nearest = _nearest(text, earlier, seen)
        if nearest and not _is_well(nearest, text, on_any_account=on_any_account):
            message = _message(finished, nearest.finished, on_any_account=on_any_account)
            yield warning("near-text", message, finished.place), finished
        plain = as_read(finished.whole)
        if plain in known:
            continue  # Whatever is near it is near the one before, too.
        known.add(plain)
        for having_row in earlier:
            if len(having_row) <= COMMON:
                having_row.append(len(seen))
        seen.append(text)


def _read(finished: Finished) -> _Read:
    return _Read(finished, *_words_of(as_read(finished.whole)))


# The same text goes to several accounts with other tags, and is read again at each plan.
@lru_cache(maxsize=8_192)
def _words_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Row, ...]]:
    """The words of a text without links, @names and hashtags, its numbers, and its rows of three words, each once."""
    said = blanked(text, protected(text))
    words = tuple(_WORD.findall(_NUMBER.sub("0", said).lower())[:MOST_WORDS])
    rows: dict[Row, None] = dict.fromkeys(zip(words, words[1:], words[2:], strict=False))
    if words and not rows:
        rows = {words: None}
    return words, tuple(_NUMBER.findall(said)), tuple(rows)


def _nearest(
    text: _Read, earlier: Sequence[Sequence[int]], seen: Sequence[_Read]
) -> _Read | None:
    """The earlier text that has the most rows in common with this one, if it is near; None when none is. `earlier` are, for
    each row of this one, the texts that have it."""
    telling = [texts for texts in earlier if len(texts) <= COMMON]
    changes = _most_changes(text.words)
    enough = NEAR * len(text.rows)
    if changes:
        # A changed word breaks three rows at the most.
        enough = min(enough, len(telling) - 3 * changes)
    if sum(map(bool, telling)) < enough:
        return None  # Even an earlier text that had all of these would not be near: so it is with most texts.
    shared = Counter(chain.from_iterable(telling))
    near: list[tuple[int, int]] = []
    for at, common in shared.items():
        in_either = len(text.rows) + len(seen[at].rows) - common
        if common >= NEAR * in_either:
            near.append((common, at))
    if near:
        return seen[max(near)[1]]
    for at, common in shared.most_common(_NEAREST):
        may_be_near = changes > 0 and common >= len(telling) - 3 * changes
        if may_be_near and is_apart_by(changes, text.words, seen[at].words):
            return seen[at]
    return None


def _most_changes(words: Sequence[str]) -> int:
    """How many words may be other ones, left out or put in, in a text that is nearly the same; 0 for a very short one."""
    if len(words) < FEWEST:
        return 0
    return min(MOST_APART, max(1, len(words) // WORDS_APART))


def is_apart_by(most: int, first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether at most so many changes of a word make one of the other.

    Compares words at most 2 * most + 1 times as often as there are some, whatever they are: each round allows one change more,
    and goes on from the furthest places where the round before came to (Ukkonen 1985, doi:10.1016/S0019-9958(85)80046-2).
    """
    # The words read of the first text, by how many fewer were read of the second.
    starts = {0: 0}
    for _ in range(most + 1):
        reached = {lag: _same_until(first, second, lag, at) for lag, at in starts.items()}
        if reached.get(len(first) - len(second)) == len(first):
            return True
        starts = _one_change_on(reached)
    return False


def _same_until(first: Sequence[str], second: Sequence[str], lag: int, at: int) -> int:
    """How far the words of both are the same from first[at] on."""
    end = min(len(first), len(second) + lag)
    while at < end and first[at] == second[at - lag]:
        at += 1
    return min(at, end)


def _one_change_on(reached: Mapping[int, int]) -> dict[int, int]:
    """The furthest places with one change more: a word of the first, of the second, or of both is passed over."""
    furthest: dict[int, int] = {}
    for lag, at in reached.items():
        for other, start in ((lag + 1, at + 1), (lag - 1, at), (lag, at + 1)):
            furthest[other] = max(start, furthest.get(other, 0))
    return furthest


def _is_well(earlier: _Read, text: _Read, *, on_any_account: bool) -> bool:
    """Whether nothing is to be told of the two: `same_texts` does already, they are one post split or shown again, or
    readers take them for a countdown."""
    before, after = earlier.finished, text.finished
    is_told = before.post == after.post or as_read(before.whole) == as_read(after.whole)
    if is_told and before.channel == after.channel:
        return True
    counts = earlier.words == text.words and earlier.numbers != text.numbers
    return counts and not on_any_account


def _message(finished: Finished, before: Finished, *, on_any_account: bool) -> str:
    what = Sentence(
        "On {0} this is nearly the text of {1}: readers take it for a mistake.",
        finished.channel,
        before.post,
    )
    if on_any_account:
        what = Sentence(
            "On {0} this is nearly the text of {1} on {2}: it may be refused.",
            finished.channel,
            before.post,
            before.channel,
        )
    return joined((what, Sentence("Say it in other words.")))
