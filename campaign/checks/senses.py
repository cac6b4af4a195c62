"""What the words of two languages say alike: who, when, how many, and whether it is denied.

A translation is free in its words. So nothing is told but a swap: one language says "men" and not "women", the other
"femmes" and not "hommes"; or a sentence denies what its twin says.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from campaign.checks.lists import by_language, read_list
from campaign.checks.reading.reading import Reading
from campaign.content.post import LANGUAGES

_TABLE = read_list("pairs.toml")
_NUMBERS = "number"
"""What the group of numbers is called."""
_Meanings = Mapping[str, frozenset[int]]
"""What each word may mean: its places in the group."""
MOST_SENTENCES = 40
"""Sentences of a text that are compared, one by one."""


@dataclass(frozen=True, slots=True)
class _Group:
    what: str
    english: _Meanings
    french: _Meanings


def _meanings(written: str) -> _Meanings:
    meanings: dict[str, set[int]] = defaultdict(set)
    for place, words in enumerate(written.split()):
        for word in words.split("/"):
            meanings[word].add(place)
    return {word: frozenset(places) for word, places in meanings.items()}


def _groups() -> Iterator[_Group]:
    for group in _TABLE["group"]:
        english = _meanings(group["en"])
        french = _meanings(group["fr"])
        yield _Group(group["what"]["en"], english, french)


_GROUPS = tuple(_groups())


_KNOWN = {
    "en": frozenset[str]().union(*(group.english for group in _GROUPS)),
    "fr": frozenset[str]().union(*(group.french for group in _GROUPS)),
}
_JOINS = frozenset("-‑’")
_JOIN = re.compile("[-’]")


def _first_parts() -> Iterator[str]:
    """The first words of those that are written in two, such as the "dix" of dix-sept."""
    for words in _KNOWN.values():
        for word in words:
            first, *others = _JOIN.split(word)
            if others:
                yield first


_FIRST_PARTS = frozenset(_first_parts())


def french_names() -> dict[str, str]:
    """The French of each kind of words, by its English."""
    kinds = [group["what"] for group in _TABLE["group"]]
    return {kind["en"]: kind["fr"] for kind in kinds}


def _in_figures(language: str) -> dict[str, frozenset[str]]:
    """For each word for a number, the figures that stand beside it in the list."""
    figures: dict[str, frozenset[str]] = {}
    for group in _TABLE["group"]:
        if group["what"]["en"] != _NUMBERS:
            continue
        for words in group[language].split():
            alike = words.split("/")
            digits = frozenset(filter(str.isdigit, alike))
            figures |= dict.fromkeys(alike, digits)
    return figures


_IN_FIGURES = {language: _in_figures(language) for language in LANGUAGES}
_STRONG = by_language(_TABLE["negation"], "strong_")
_WEAK = by_language(_TABLE["negation"], "weak_")
_DENIES = {"en": _STRONG["en"] | {"t"}, "fr": _STRONG["fr"]}  # Don’t
_FAINTLY_DENIES = _STRONG["fr"] | _WEAK["fr"]


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of one kind that do not mean the same: "twelve" in English, « treize » in French."""

    what: str
    english: str
    french: str


def swaps(english: Reading, french: Reading) -> Iterator[Swap]:
    """Each kind of words of which both texts have one that the other has not."""
    english_words = _telling(english)
    french_words = _telling(french)
    if not english_words or not french_words:
        return
    for group in _GROUPS:
        of_english = _said(english_words, group.english)
        of_french = _said(french_words, group.french)
        only_english = _unmatched(of_english, of_french)
        only_french = _unmatched(of_french, of_english)
        if only_english and only_french:
            yield Swap(group.what, only_english, only_french)


def _telling(reading: Reading) -> list[str]:
    """The words of a text that are in a group, in the order of the alphabet, and those of two parts as one: dix-sept."""
    lows = reading.lows
    words = sorted(lows & _KNOWN[reading.language])
    if not _FIRST_PARTS.isdisjoint(lows):
        words += _joined(reading)
    return words


def _joined(reading: Reading) -> Iterator[str]:
    for word, following in pairwise(reading.plain_words):
        gap = reading.plain[word.end : following.start]
        if word.low in _FIRST_PARTS and gap in _JOINS:
            yield f"{word.low}{gap}{following.low}".replace("‑", "-")


def _said(words: list[str], meanings: _Meanings) -> dict[str, frozenset[int]]:
    return {word: meanings[word] for word in words if word in meanings}


def _unmatched(mine: Mapping[str, frozenset[int]], theirs: Mapping[str, frozenset[int]]) -> str:
    """The first of my words whose meaning none of the others has; "" where each is matched."""
    known = frozenset[int]().union(*theirs.values())
    for word, places in mine.items():
        # Numbers in figures are compared by their value, dates and hours with them.
        if word.isdigit():
            continue
        if places.isdisjoint(known):
            return word
    return ""


def numbers_in_words(reading: Reading) -> frozenset[str]:
    """The numbers that a text says in words, in figures: "12" for "twelve"."""
    in_figures = _IN_FIGURES[reading.language]
    numbers: set[str] = set()
    for word in _telling(reading):
        if word in in_figures and not word.isdigit():
            numbers |= in_figures[word]
    return frozenset(numbers)


def denials(english: Reading, french: Reading) -> Iterator[tuple[str, str]]:
    """Pairs of sentences of which one denies and the other does not, where both texts have as many sentences and do not
    deny as often; else the whole texts, where one denies nothing at all."""
    if _number_of_denials(english) == _number_of_denials(french):
        return
    ours = _sentences(english)
    theirs = _sentences(french)
    number = len(ours)
    if number != len(theirs) or number > MOST_SENTENCES:
        ours = _as_one(english)
        theirs = _as_one(french)
    for said, dit in zip(ours, theirs, strict=True):
        if _differ(ours[said], theirs[dit]):
            yield said.strip(), dit.strip()


def _as_one(reading: Reading) -> dict[str, set[str]]:
    """The whole text in place of its sentences."""
    words = set(reading.lows)
    return {reading.plain: words}


def _number_of_denials(reading: Reading) -> int:
    denies = _DENIES[reading.language]
    if denies.isdisjoint(reading.lows):
        return 0
    return len([word for word in reading.plain_words if word.low in denies])


def _sentences(reading: Reading) -> dict[str, set[str]]:
    """The sentences that have words, each with these."""
    sentences: dict[str, set[str]] = {}
    words = iter(reading.plain_words)
    word = next(words, None)
    for start, end in reading.plain_sentences:
        lows: set[str] = set()
        while word and word.start < end:
            lows.add(word.low)
            word = next(words, None)
        if lows:
            sentences.setdefault(reading.plain[start:end], lows)
    return sentences


def _differ(said: set[str], dit: set[str]) -> bool:
    if not said.isdisjoint(_DENIES["en"]):
        return dit.isdisjoint(_FAINTLY_DENIES)
    denies = not dit.isdisjoint(_DENIES["fr"])
    return denies and said.isdisjoint(_WEAK["en"])
