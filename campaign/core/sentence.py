"""A sentence that the program says: kept as what it says, its template and its values, and worded where it is read.

It is its English text as well, so that the command line, a test or a file of the log takes it for what it is. What it was
made of stays with it, in memory and in the database, so that a reader's language is found by the template and not guessed
from the words: `campaign.web.frame.sentences.say` does it.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Self

_PLACE = re.compile(r"\{([0-9]+)\}")
_BOTH = "{0}{1}"
_CLOSING = ' \u00a0\u202f"”’»)]'
"""May follow the sign that ends a sentence."""
_ENDS = (".", "!", "?", "…", ":", ";")
_DEEPEST = 20
"""Sentences within sentences; what is stored deeper than that, nobody wrote."""


class Sentence(str):
    """A sentence: its template, in which {0}, {1}, … stand for its values, and the values in their order.

    A value is a text, a whole number or a sentence itself; anything else becomes the text that it is in a f-string.
    """

    template: str
    values: tuple["str | int | Sentence", ...]

    __slots__ = ("template", "values")

    def __new__(cls, template: str, *values: object) -> Self:
        """The sentence; `str()` of it is its English."""
        kept = tuple(map(_kept, values))
        made = super().__new__(cls, filled(template, kept))
        made.template, made.values = template, kept
        return made

    def __str__(self) -> str:
        """Itself, so that what a Problem holds is not lost when it is turned into a text."""
        return self

    def __add__(self, other: str) -> "Sentence":
        return Sentence(_BOTH, self, other) if other else self

    def __radd__(self, other: str) -> "Sentence":
        return Sentence(_BOTH, other, self) if other else self

    def strip(self, chars: str | None = None) -> str:
        """Itself where nothing is around it: what it was made of is not given up for nothing."""
        bare = super().strip(chars)
        return self if len(bare) == len(self) else bare

    def __reduce__(self) -> tuple[type["Sentence"], tuple[object, ...]]:
        return Sentence, (self.template, *self.values)


def _kept(value: object) -> "str | int | Sentence":
    # The type itself, and not isinstance: True and False are whole numbers too, and are kept as texts.
    if isinstance(value, Sentence) or type(value) is int:
        return value
    return str(value)


def filled(template: str, values: Iterable[object]) -> str:
    """A template with these values at their places; a place that has no value stays as it is written."""
    # A Sentence is its own str(): what is put in has to be its plain text.
    texts = [str.__str__(value) if isinstance(value, str) else str(value) for value in values]

    def put(place: re.Match[str]) -> str:
        number = int(place[1])
        return texts[number] if number < len(texts) else place[0]

    return _PLACE.sub(put, template)


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Several sentences one after the other, each kept as what it says; empty parts are left out. One that somebody has
    written without a full stop at its end gets one before the next, so that the two do not run into each other."""
    kept = list(filter(None, parts))
    if not any(isinstance(part, Sentence) for part in kept):
        return between.join(kept)
    if len(kept) == 1:
        return kept[0]
    template = ""
    for number, part in enumerate(kept[:-1]):
        stop = "." if between == " " and is_unended(part) else ""
        template += f"{{{number}}}{stop}{between}"
    template += f"{{{len(kept) - 1}}}"
    return Sentence(template, *kept)


def is_unended(text: str) -> bool:
    """Whether these are words that lack the sign that ends a sentence. A word alone, such as a number of a post, needs none."""
    bare = str.__str__(text).rstrip(_CLOSING)
    return " " in bare and not bare.endswith(_ENDS)


def stored(text: str) -> str:
    """A text as a column of reasons keeps it: a sentence as JSON, [template, value, …]; anybody's own words as they are."""
    if isinstance(text, Sentence):
        return json.dumps(_listed(text), ensure_ascii=False)
    if text.startswith("["):
        # Words that look like such JSON are stored as the value of a sentence that says nothing else.
        return json.dumps(["{0}", text], ensure_ascii=False)
    return text


def read(kept: str) -> str:
    """What `stored` wrote: a Sentence, or somebody's own words; what it cannot have written is returned as it is."""
    if not kept.startswith("["):
        return kept
    try:
        listed = json.loads(kept)
    except (ValueError, RecursionError):
        return kept
    said = _said(listed, 0)
    if said is None:
        return kept
    return str(said.values[0]) if _is_quoted(said) else said


def worded(
    text: str,
    word: Callable[[str, tuple[str, ...]], str],
    value: Callable[[str, int, str], str],
) -> str:
    """A text in another language: `word` words a template with values that are worded already, and `value` says how a
    value that is no sentence (template, place, text) is said there."""
    if not isinstance(text, Sentence):
        return text
    values = []
    for place, part in enumerate(text.values):
        if isinstance(part, Sentence):
            values.append(worded(part, word, value))
        else:
            values.append(value(text.template, place, str(part)))
    return word(text.template, tuple(values))


def _listed(sentence: Sentence) -> list[object]:
    """A sentence as `stored` writes it: the template, then the values, a sentence among them as a list of its own."""
    parts = (_listed(part) if isinstance(part, Sentence) else part for part in sentence.values)
    return [sentence.template, *parts]


def _said(listed: object, depth: int) -> Sentence | None:
    """The sentence that `_listed` gave; None for what it cannot have given."""
    if depth > _DEEPEST or not isinstance(listed, list) or not listed:
        return None
    template, *parts = listed
    if not isinstance(template, str):
        return None
    values = [_said(part, depth + 1) if isinstance(part, list) else part for part in parts]
    if not all(isinstance(part, str | int) for part in values):
        return None
    return Sentence(template, *values)


def _is_quoted(said: Sentence) -> bool:
    """Whether it says nothing but somebody's own words."""
    if said.template != "{0}" or len(said.values) != 1:
        return False
    return not isinstance(said.values[0], Sentence | int)
