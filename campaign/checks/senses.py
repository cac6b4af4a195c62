"""What the words of two languages say alike: who, when, how many, and whether it is denied.

A translation is free in its words. So nothing is told but a swap: one language says "men" and not "women", the other
"femmes" and not "hommes"; or a sentence denies what its twin says.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from campaign.checks import LISTS
from campaign.checks.reading.reading import Reading, Token, tokens

_LANGUAGES = ("en", "fr")
_TABLE = tomllib.loads((LISTS / "pairs.toml").read_text(encoding="utf-8"))
_NUMBERS = "number"
"""What the group of numbers is called."""
_HYPHENS = ("-", "’", "‑")
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


_IN_FIGURES = {language: _in_figures(language) for language in _LANGUAGES}


def _denying(strength: str) -> dict[str, frozenset[str]]:
    denying: dict[str, frozenset[str]] = {}
    for language in _LANGUAGES:
        words = _TABLE["negation"][f"{strength}_{language}"]
        denying[language] = frozenset(words.split())
    return denying


_STRONG = _denying("strong")
_WEAK = _denying("weak")


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of one kind that do not mean the same: "twelve" in English, « treize » in French."""

    what: str
    english: str
    french: str


def swaps(english: Reading, french: Reading) -> Iterator[Swap]:
    """Each kind of words of which both texts have one that the other has not."""
    english_words = _joined_words(english)
    french_words = _joined_words(french)
    for group in _GROUPS:
        of_english = _said(english_words, group.english)
        of_french = _said(french_words, group.french)
        only_english = _unmatched(of_english, of_french)
        only_french = _unmatched(of_french, of_english)
        if only_english and only_french:
            yield Swap(group.what, only_english, only_french)


def _joined_words(reading: Reading) -> list[str]:
    """The words, and those of two parts as one: grand-mère, dix-sept."""
    words = reading.plain_words
    joined = [word.low for word in words]
    for word, following in pairwise(words):
        gap = reading.plain[word.end : following.start]
        if gap in _HYPHENS:
            sign = "’" if word.low == "aujourd" else "-"
            joined.append(f"{word.low}{sign}{following.low}")
    return joined


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
    for word in _joined_words(reading):
        if not word.isdigit():
            numbers.update(in_figures.get(word, ()))
    return frozenset(numbers)


def denials(english: Reading, french: Reading) -> Iterator[tuple[str, str]]:
    """Pairs of sentences of which one denies and the other does not, where both texts have as many sentences and do not
    deny as often; else the whole texts, where one denies nothing at all."""
    if _number_of_denials(english) == _number_of_denials(french):
        return
    for said, dit in _compared(english, french):
        if _differ(tokens(said), tokens(dit)):
            yield said.strip(), dit.strip()


def _compared(english: Reading, french: Reading) -> Iterable[tuple[str, str]]:
    """Each sentence with its twin, or the two whole texts."""
    ours, theirs = _sentences(english), _sentences(french)
    if len(ours) == len(theirs) <= MOST_SENTENCES:
        return zip(ours, theirs, strict=True)
    return [(english.plain, french.plain)]


def _number_of_denials(reading: Reading) -> int:
    strong = _STRONG[reading.language] | {"t"}
    denying = [word for word in reading.plain_words if word.low in strong]
    return len(denying)


def _sentences(reading: Reading) -> list[str]:
    sentences: list[str] = []
    for start, end in reading.plain_sentences:
        sentence = reading.plain[start:end]
        if tokens(sentence):
            sentences.append(sentence)
    return sentences


def _differ(english: list[Token], french: list[Token]) -> bool:
    said = {word.low for word in english}
    dit = {word.low for word in french}
    if "t" in said:  # Don’t
        said.add("not")
    if _denies(said, "en"):
        return not _denies(dit, "fr") and _WEAK["fr"].isdisjoint(dit)
    if _denies(dit, "fr"):
        return _WEAK["en"].isdisjoint(said)
    return False


def _denies(words: set[str], language: str) -> bool:
    strong = _STRONG[language]
    return not strong.isdisjoint(words)
