"""Stretches of a text that a check must pass over: what Jinja reads, links, hashtags, names, quoted words.

Everything here takes a time in step with the length of the text, whatever stands in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from campaign.checks.reading.urls import Link, find_links

Span = tuple[int, int]
BLANK = "\ufffc"
"""Stands for each character that was blanked: it is no letter, no space and no sign of punctuation."""

_JINJA = re.compile(r"\{[{%#]")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(r"[@:wW](?:(?<=@)|(?<=:)//|(?<=[wW])[wW]{2}\.)")
_HASHTAG = re.compile(r"[#\uff03]\w+")
_QUOTE = re.compile(
    r"[«“\"‘](?<!\w‘)"
)  # One set to search for is three times as fast as a choice of two.
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’"}
_END_OF_SINGLE = re.compile(r"’(?!\w)|\n\n")


def protected(text: str, links: Sequence[Link] | None = None) -> list[Span]:
    """What no fix may touch, in order: Jinja, links and addresses with all that is glued to them, names, hashtags.

    `links` are those of the text, if they are known already.
    """
    read_by_jinja = jinja(text)
    if read_by_jinja or links is None:
        links = find_links(blanked(text, read_by_jinja))
    return merged([*read_by_jinja, *_glued(text, links), *hashtags(text)])


def jinja(text: str) -> list[Span]:
    """What stands inside {{ }}, {% %} and {# #}, with the braces; all the rest of a text if they are not closed."""
    found: list[Span] = []
    end = 0
    while opening := _JINJA.search(text, end):
        close = text.find(_CLOSES[opening[0]], opening.end())
        end = len(text) if close < 0 else close + 2
        found.append((opening.start(), end))
    return found


def hashtags(text: str) -> list[Span]:
    """The hashtags."""
    return [match.span() for match in _HASHTAG.finditer(text)]


def _glued(text: str, links: Iterable[Link]) -> Iterator[Span]:
    """Each run without a space that holds a link, an @name or an e-mail address."""
    marks = [link.start for link in links] + [match.start() for match in _ADDRESS.finditer(text)]
    end = 0
    for mark in sorted(marks):
        run = _RUN.search(text, mark) if mark >= end else None
        if run:
            start = run.start()
            while start > end and not text[start - 1].isspace():
                start -= 1
            end = run.end()
            yield start, end


def quoted(text: str) -> list[Span]:
    """What stands between quotation marks, with them. A quotation that is not closed ends with its paragraph."""
    found: list[Span] = []
    last = {mark: text.rfind(mark) for mark in _CLOSING.values()}
    end = 0
    while opening := _QUOTE.search(text, end):
        end = _end_of_quotation(text, opening, last)
        found.append((opening.start(), end))
    return found


def _end_of_quotation(text: str, opening: re.Match[str], last: dict[str, int]) -> int:
    close = _CLOSING[opening[0]]
    if close == "’":  # An apostrophe looks the same, so it closes only at the end of a word.
        single = _END_OF_SINGLE.search(text, opening.end())
        return single.end() if single else len(text)
    if opening.end() <= last[close]:
        return text.find(close, opening.end()) + 1
    paragraph = text.find("\n\n", opening.end())
    return len(text) if paragraph < 0 else paragraph


def folded(text: str) -> str:
    """The text in small letters: what a pattern finds that ignores case is in it too, though perhaps not at its place.

    Such a pattern takes ı and İ for i, which Python's own folding does not.
    """
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with the stretches (in order, none overlapping) blanked, every other character where it was."""
    parts: list[str] = []
    end = 0
    for start, after in spans:
        parts += text[end:start], BLANK * (after - start)
        end = after
    return "".join([*parts, text[end:]])


def outside(text: str, spans: Iterable[Span]) -> list[str]:
    """What lies before, between and after the stretches: always one piece more than there are stretches."""
    edges = [(0, 0), *spans, (len(text), len(text))]
    return [text[one[1] : other[0]] for one, other in pairwise(edges)]
