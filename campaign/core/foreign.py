"""What the libraries underneath say, as sentences of ours: their words stand as values in what the program tells, and are
read here, where they come in, so that they can be said in French too.

The words are those of tomllib, Jinja2 and the operating system; what is not among them stays as it is."""

import re
from functools import cache

from campaign.core.sentence import Sentence, joined

_KNOWN = (
    Sentence("Encountered unknown tag {0}."),
    Sentence("Expected an expression, got {0}"),
    Sentence("Expected an expression, got {0}."),
    Sentence("Jinja was looking for the following tags: {0}."),
    Sentence("The innermost block that needs to be closed is {0}."),
    Sentence("Unexpected end of template."),
    Sentence("cannot declare {0} twice"),
    Sentence("cannot mutate immutable namespace {0}"),
    Sentence("cannot overwrite a value"),
    Sentence("cannot redefine namespace {0}"),
    Sentence("duplicate inline table key {0}"),
    Sentence("escaped character is not a Unicode scalar value"),
    Sentence("expected '=' after a key in a key/value pair"),
    Sentence("expected ']' at the end of a table declaration"),
    Sentence("expected ']]' at the end of an array declaration"),
    Sentence("expected newline or end of document after a statement"),
    Sentence("expected token {0}, got {1}."),
    Sentence("expected {0}"),
    Sentence("found invalid character {0}"),
    Sentence("illegal character {0}"),
    Sentence("invalid date or datetime"),
    Sentence("invalid hex value"),
    Sentence("invalid initial character for a key part"),
    Sentence("invalid statement"),
    Sentence("invalid value"),
    Sentence("is a directory"),
    Sentence("no such file or directory"),
    Sentence("not a directory"),
    Sentence("permission denied"),
    Sentence("too many levels of symbolic links"),
    Sentence("unclosed array"),
    Sentence("unclosed inline table"),
    Sentence("unescaped '\\' in a string"),
    Sentence("unexpected end of template, expected {0}."),
    Sentence("unexpected {0}."),
    Sentence("unterminated string"),
)
_VALUE = re.compile(r"\\\{([0-9])\\\}")
_ENDS = re.compile(r"(?<=\.) (?=[A-Z])")
_LONGEST = 300


def as_sentence(words: str) -> str:
    """A library's message as a sentence with its values, or several of them; unchanged where it is not known."""
    if len(words) > _LONGEST:
        return words
    return joined(map(_single, _ENDS.split(words)))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Made when something is wrong for the first time, and not whenever the program begins."""
    return [
        (known.template, re.compile(_VALUE.sub("(.+?)", re.escape(known.template))))
        for known in _KNOWN
    ]


def _single(words: str) -> str:
    for template, pattern in _patterns():
        if match := pattern.fullmatch(words):
            return Sentence(template, *match.groups())
    return words


def reason_of(problem: OSError) -> str:
    """Why the operating system refused something, to stand inside of a sentence."""
    return (
        as_sentence(problem.strerror.lower())
        if problem.strerror
        else Sentence("unknown reason")
    )
