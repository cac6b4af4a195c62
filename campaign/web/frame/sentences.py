"""The program's own sentences in the reader's language.

The heart of the program speaks English, and what it says is kept so in the database. Here a sentence is recognized by
its pattern (see locale/fr/sentences.toml) and said in the other language with the same values. What is not known, such
as a person's or a network's own words, comes back as it is.

Patterns are compared with plain searches from left to right, which never go back, and what is looked at is bounded in
length, sentences and depth: no text, however hostile, holds a page up.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from campaign.checks import LISTS
from campaign.content.dates.in_words import NO_BREAK_SPACE, long_date
from campaign.core.installation import PACKAGE, as_typed

FOLDER = PACKAGE / "locale"
FILE = "sentences.toml"
LONGEST = 4_000
"""Characters of a line that is looked at; a longer one comes back as it is."""
MOST_SENTENCES = (12, 6, 3, 1)
"""Sentences one after the other, in a line, in a value of a sentence, in a value of that, and so on."""
MOST_BREAKS = 200
WEAK = 10
"""Signs; a pattern of fewer is so common that its values have to be single words, or known themselves."""

_VALUE = re.compile(r"\{([0-9])\}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_BREAK = re.compile(r"(?<=[.!?…])[ \t]+|[ \t]+(?=[A-Z])")
_ONE_WORD = re.compile(r"\S*|[0-9: -]+")
"""A time with its day counts as one."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SPAN = re.compile(r"([0-9]+) (day|hour|minute|second)s?")
_UNITS = {"day": "jour", "hour": "heure", "minute": "minute", "second": "seconde"}
_DATE = re.compile(r"([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})")
_MONTHS = {long_date(date(2000, month, 1), "en").split()[0]: month for month in range(1, 13)}
_QUOTES = ('"', "“")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with values: the English between them, and the translation, in which numbers stand for values."""

    literals: tuple[str, ...]
    translation: tuple[str | int, ...]
    weight: int  #: signs of the literals, blanks not counted

    def values(self, text: str) -> list[str] | None:
        """The values with which the pattern makes this text; None when it does not."""
        first, *inner = self.literals
        if not inner:
            return [] if text == first else None
        last = inner.pop()
        end = len(text) - len(last)
        at = len(first)
        if at > end or not (text.startswith(first) and text.endswith(last)):
            return None
        found: list[str] = []
        for literal in inner:
            next_at = text.find(literal, at, end)
            if next_at < 0:
                return None
            found.append(text[at:next_at])
            at = next_at + len(literal)
        return [*found, text[at:end]]

    def is_name(self, number: int) -> bool:
        """Whether a value stands in quotation marks: it is then somebody's own word, and stays."""
        return self.literals[number].endswith(_QUOTES)

    def may_hold(self, number: int, value: "Said") -> bool:
        """Whether a weak pattern may have this value: a name, a single word, or, at the end, what is known or follows a
        colon."""
        if self.is_name(number) or _ONE_WORD.fullmatch(value.text):
            return True
        follows = self.literals[number].endswith(": ") and self.literals[-1] in ("", ".")
        return number == len(self.literals) - 2 and (follows or value.weight > 0)


class Said(NamedTuple):
    """A text in the other language, and how many of its signs were recognized."""

    text: str
    weight: int

    def then(self, gap: str, rest: "Said") -> "Said":
        """This, what stands between, and the rest."""
        return Said(self.text + gap + rest.text, self.weight + rest.weight)


NOTHING = Said("", 0)


class Catalogue:
    """The patterns and words of one language."""

    def __init__(self, sentences: Mapping[str, str], words: Mapping[str, str]) -> None:
        self._words = words
        self._patterns: dict[str, list[Pattern]] = {}
        self._line = lru_cache(maxsize=4_096)(self._said)
        patterns = [pattern(*pair) for pair in sentences.items() if all(pair)]
        often = Counter(word for one in patterns for word in _words_of(one))
        for one in patterns:
            key = min(_words_of(one), key=lambda word: (often[word], word), default="")
            self._patterns.setdefault(key, []).append(one)

    def say(self, text: str) -> str:
        """The text, line by line, as far as it is known."""
        return "\n".join(line if len(line) > LONGEST else self._line(line, 0).text for line in text.split("\n"))

    def _said(self, text: str, depth: int) -> Said:
        known = self._words.get(text) or _counted(text)
        if known or depth >= len(MOST_SENTENCES) or not _WORD.search(text):
            return Said(known or text, len(text) if known else 0)
        candidates = [one for word in dict.fromkeys(["", *_WORD.findall(text)]) for one in self._patterns.get(word, ())]
        starts, ends = _sentences(text, [one.literals[0] for one in candidates], MOST_SENTENCES[depth])
        nexts = [*starts[1:], len(text)]
        best = [NOTHING] * (len(starts) + 1)  # from each sentence to the end of the text, from the last one on
        for first, start in reversed(list(enumerate(starts))):
            best[first] = Said(text[start : nexts[first]], 0).then("", best[first + 1])
            here = [one for one in candidates if text.startswith(one.literals[0], start)]
            for last, end in list(enumerate(ends))[first:]:
                found = self._found(here, text[start:end], depth)
                if found.weight and found.weight + best[last + 1].weight > best[first].weight:
                    best[first] = found.then(text[end : nexts[last]], best[last + 1])
        return best[0]

    def _found(self, patterns: Sequence[Pattern], sentence: str, depth: int) -> Said:
        """The sentence by the pattern that, with its values, accounts for the most signs; itself for the most."""
        found = [
            (self._filled(one, values, depth), one.weight)
            for one in patterns
            if (values := one.values(sentence)) is not None
        ]
        return max(found, key=lambda said: (said[0].weight, said[1]), default=(NOTHING, 0))[0]

    def _filled(self, one: Pattern, values: Sequence[str], depth: int) -> Said:
        said = [
            Said(value, 0) if one.is_name(number) else self._line(value, depth + 1)
            for number, value in enumerate(values)
        ]
        if one.weight < WEAK and not all(one.may_hold(number, value) for number, value in enumerate(said)):
            return NOTHING
        text = "".join(part if isinstance(part, str) else said[part].text for part in one.translation)
        return Said(text, one.weight + sum(value.weight for value in said))


def say(sentence: str, language: str) -> str:
    """One sentence of the program, several with a blank between them, or lines of them, in the language ("fr", "en").

    What is not known comes back unchanged, and so does everything in English; a command to type is named as it is here.
    """
    catalogue = _catalogue(language.partition("-")[0].lower())
    return as_typed(catalogue.say(sentence) if catalogue else sentence)


def pattern(english: str, translated: str) -> Pattern:
    """The pattern of two texts with {0}, {1}, … for their values, which the English has in order."""
    literals = tuple(_VALUE.split(english)[::2])
    parts = _VALUE.split(translated)
    translation = tuple(int(part) if at % 2 else part for at, part in enumerate(parts) if at % 2 or part)
    return Pattern(literals, translation, len("".join("".join(literals).split())))


def parts(file: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """A catalogue's file: the program's sentences, others, and words, each with its translation."""
    data = tomllib.loads(file.read_text("utf-8"))
    sentence, other = ({pair["en"]: pair["fr"] for pair in data.get(part, [])} for part in ("sentence", "other"))
    return sentence, other, data.get("words", {})


def explanations(language: str) -> dict[str, str]:
    """What the lists of words of the checks say of a word, with its translation there."""
    files = sorted(LISTS.glob("*.toml"))
    tables = [tomllib.loads(file.read_text("utf-8")) for file in files]
    lists = [rows for table in tables for rows in table.values() if isinstance(rows, list)]
    reasons = [row["why"] for rows in lists for row in rows if isinstance(row, dict) and "why" in row]
    return {why["en"]: why[language] for why in reasons if language in why}


@cache
def _catalogue(language: str) -> Catalogue | None:
    file = FOLDER / language / FILE
    if not language.isalpha() or not file.is_file():
        return None
    sentence, other, words = parts(file)
    return Catalogue(explanations(language) | sentence | other, words)


def _sentences(text: str, beginnings: Sequence[str], most: int) -> tuple[list[int], list[int]]:
    """Where sentences may begin: after the end of one, or with words with which a pattern begins (a person's own words
    in front of it may lack their full stop); and where those before them end. Beyond the first few, the rest is one."""
    known = tuple(words for words in beginnings if words[:1].isupper())
    breaks = [
        found.span()
        for found in islice(_BREAK.finditer(text), MOST_BREAKS)
        if text[found.start() - 1] in ".!?…" or text.startswith(known, found.end())
    ][: most - 1]
    return [0, *(after for _, after in breaks)], [*(before for before, _ in breaks), len(text)]


def _words_of(one: Pattern) -> set[str]:
    """The words of a pattern that stand alone in every sentence that it makes."""
    whole = "\0".join(one.literals)
    return {
        found[0] for found in _WORD.finditer(whole) if "\0" not in whole[max(found.start() - 1, 0) : found.end() + 1]
    }


def _counted(text: str) -> str:
    """A number, a span of time or a date in French; "" for anything else."""
    if not any(map(str.isdigit, text[:20])) or len(text) > 80:
        return ""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", NO_BREAK_SPACE)
    return _span(text) or _date(text)


def _span(text: str) -> str:
    parts = [_SPAN.fullmatch(part) for part in re.split(r", | and ", text)]
    said = [f"{one[1]}{NO_BREAK_SPACE}{_UNITS[one[2]]}{'s' if int(one[1]) > 1 else ''}" for one in parts if one]
    if len(said) < len(parts):
        return ""
    return " et ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    if not found or found[1] not in _MONTHS:
        return ""
    try:
        return long_date(date(int(found[3]), _MONTHS[found[1]], int(found[2])), "fr")
    except ValueError:
        return ""
