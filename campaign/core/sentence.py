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
_DEEPEST = 20
"""Sentences within sentences; what is kept deeper than that, nobody wrote."""


class Sentence(str):
    """A sentence: its template, in which {0}, {1}, … stand for its values, and the values in their order.

    A value is a text, a whole number or a sentence itself; anything else becomes the text that it is in a f-string.
    """

    template: str
    values: tuple["str | int | Sentence", ...]

    __slots__ = ("template", "values")

    def __new__(cls, template: str, *values: object) -> Self:
        """The sentence; `str()` of it is its English."""
        kept = tuple(
            value if isinstance(value, Sentence) or type(value) is int else str(value)
            for value in values
        )
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


def filled(template: str, values: Iterable[object]) -> str:
    """A template with these values at their places; what only looks like a place stays."""
    texts = [str.__str__(value) if isinstance(value, str) else str(value) for value in values]
    return _PLACE.sub(
        lambda place: texts[int(place[1])] if int(place[1]) < len(texts) else place[0], template
    )


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Several sentences one after the other, each kept as what it says."""
    kept = list(filter(None, parts))
    if not any(isinstance(part, Sentence) for part in kept):
        return between.join(kept)
    return (
        kept[0]
        if len(kept) == 1
        else Sentence(between.join(f"{{{at}}}" for at in range(len(kept))), *kept)
    )


def stored(text: str) -> str:
    """A text as a column of reasons keeps it: a sentence as JSON, [template, value, …]; anybody's own words as they are.

    Words that look as if they were kept so are kept as the value of a sentence that says nothing else.
    """
    if not isinstance(text, Sentence):
        return json.dumps(["{0}", text], ensure_ascii=False) if text.startswith("[") else text
    return json.dumps(_listed(text), ensure_ascii=False)


def read(kept: str) -> str:
    """What `stored` wrote: a Sentence, or somebody's own words."""
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
    text: str, word: Callable[[str, tuple[str, ...]], str], value: Callable[[str, int, str], str]
) -> str:
    """A text in another language: `word` words a template with values that are worded already, and `value` says how a
    value that is no sentence (template, place, text) is said there."""
    if not isinstance(text, Sentence):
        return text
    values = (
        worded(one, word, value)
        if isinstance(one, Sentence)
        else value(text.template, at, str(one))
        for at, one in enumerate(text.values)
    )
    return word(text.template, tuple(values))


def _listed(sentence: Sentence) -> list[object]:
    return [
        sentence.template,
        *(_listed(one) if isinstance(one, Sentence) else one for one in sentence.values),
    ]


def _said(listed: object, depth: int) -> Sentence | None:
    if (
        depth > _DEEPEST
        or not isinstance(listed, list)
        or not listed
        or not isinstance(listed[0], str)
    ):
        return None
    values = [_said(one, depth + 1) if isinstance(one, list) else one for one in listed[1:]]
    return (
        None
        if any(not isinstance(one, str | int) for one in values)
        else Sentence(listed[0], *values)
    )


def _is_quoted(said: Sentence) -> bool:
    return (
        said.template == "{0}"
        and len(said.values) == 1
        and not isinstance(said.values[0], Sentence | int)
    )
