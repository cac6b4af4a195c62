"""What the words of two languages say alike: who, when, how many, and whether it is denied.

A translation is free in its words. So nothing is told but a swap: one language says "men" and not "women", the other
"femmes" and not "hommes"; or a sentence denies what its twin says.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.checks import LISTS
from campaign.checks.reading.reading import Reading, Token, tokens

_TABLE = tomllib.loads((LISTS / "pairs.toml").read_text(encoding="utf-8"))
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


_GROUPS = tuple(
    _Group(group["what"]["en"], _meanings(group["en"]), _meanings(group["fr"]))
    for group in _TABLE["group"]
)


def french_names() -> dict[str, str]:
    """The French of each kind of words, by its English."""
    return {group["what"]["en"]: group["what"]["fr"] for group in _TABLE["group"]}


def _in_figures(language: str) -> Mapping[str, frozenset[str]]:
    """For each word for a number, the figures that stand beside it in the list."""
    written = next(
        group[language] for group in _TABLE["group"] if group["what"]["en"] == "number"
    )
    figures: dict[str, frozenset[str]] = {}
    for words in written.split():
        alike = words.split("/")
        digits = frozenset(word for word in alike if word.isdigit())
        figures |= dict.fromkeys(alike, digits)
    return figures


_IN_FIGURES = {language: _in_figures(language) for language in ("en", "fr")}


def _denying(strength: str) -> dict[str, frozenset[str]]:
    words = _TABLE["negation"]
    return {
        language: frozenset(words[f"{strength}_{language}"].split())
        for language in ("en", "fr")
    }


_STRONG, _WEAK = _denying("strong"), _denying("weak")


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
    lows = [word.low for word in words]
    joined = list(lows)
    for at in range(len(words) - 1):
        if reading.plain[words[at].end : words[at + 1].start] in ("-", "’", "‑"):
            sign = "’" if lows[at] == "aujourd" else "-"
            joined.append(f"{lows[at]}{sign}{lows[at + 1]}")
    return joined


def _said(words: list[str], meanings: _Meanings) -> dict[str, frozenset[int]]:
    return {word: meanings[word] for word in words if word in meanings}


def _unmatched(mine: Mapping[str, frozenset[int]], theirs: Mapping[str, frozenset[int]]) -> str:
    """The first of my words whose meaning none of the others has; "" where each is matched."""
    known = frozenset[int]().union(*theirs.values())
    for word, places in mine.items():
        # Numbers in figures are compared by their value, dates and hours with them.
        if places.isdisjoint(known) and not word.isdigit():
            return word
    return ""


def numbers_in_words(reading: Reading) -> frozenset[str]:
    """The numbers that a text says in words, in figures: "12" for "twelve"."""
    in_figures = _IN_FIGURES[reading.language]
    words = [word for word in _joined_words(reading) if not word.isdigit()]
    return frozenset().union(*(in_figures.get(word, frozenset()) for word in words))


def denials(english: Reading, french: Reading) -> Iterator[tuple[str, str]]:
    """Pairs of sentences of which one denies and the other does not, where both texts have as many sentences and do not
    deny as often; else the whole texts, where one denies nothing at all."""
    if _number_of_denials(english) == _number_of_denials(french):
        return
    ours, theirs = _sentences(english), _sentences(french)
    if len(ours) == len(theirs) <= MOST_SENTENCES:
        pairs = zip(ours, theirs, strict=True)
    else:
        pairs = zip([english.plain], [french.plain], strict=True)
    for said, dit in pairs:
        if _differ(tokens(said), tokens(dit)):
            yield said.strip(), dit.strip()


def _number_of_denials(reading: Reading) -> int:
    strong = _STRONG[reading.language]
    return sum(word.low in strong or word.low == "t" for word in reading.plain_words)


def _sentences(reading: Reading) -> list[str]:
    sentences = (reading.plain[start:end] for start, end in reading.plain_sentences)
    return [sentence for sentence in sentences if tokens(sentence)]


def _differ(english: list[Token], french: list[Token]) -> bool:
    said = {word.low for word in english}
    dit = {word.low for word in french}
    if "t" in said:  # Don’t
        said.add("not")
    if _STRONG["en"] & said:
        return not (_STRONG["fr"] | _WEAK["fr"]) & dit
    return bool(_STRONG["fr"] & dit) and not _WEAK["en"] & said
