"""Stretches of a text that a check must pass over: what Jinja reads, links, hashtags, @names, quoted words.

Everything here takes a time in step with the length of the text, whatever stands in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from campaign.checks.reading.urls import Link, find_links

Span = tuple[int, int]
"""Where a stretch starts and where it ends: it is text[start:end]."""
BLANK = "\ufffc"
"""Stands for each character that was blanked: it is no letter, no space and no sign of punctuation."""

_JINJA = re.compile(r"\{[{%#]")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RUN = re.compile(r"\S+")
# Sets of characters are fast to search for: such a pattern begins with one, and looks back at which it was.
_ADDRESS = re.compile(r"[@:wW](?:(?<=@)|(?<=:)//|(?<=[wW])[wW]{2}\.)")
_HASHTAG = re.compile(r"[#\uff03]\w+")
_QUOTE = re.compile(r"[«“\"‘](?<!\w‘)")
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’"}
_END_OF_SINGLE = re.compile(r"’(?!\w)|\n\n")


def protected(text: str, links: Sequence[Link] | None = None) -> list[Span]:
    """The stretches that no fix may touch, in order, none overlapping another.

    They are what Jinja reads, links, e-mail addresses and @names with all that is glued to them, and hashtags. `links`
    are those of the text, if they are known already.
    """
    read_by_jinja = jinja(text)
    if read_by_jinja or links is None:
        links = find_links(blanked(text, read_by_jinja))
    return merged([*read_by_jinja, *_glued(text, links), *hashtags(text)])


def jinja(text: str) -> list[Span]:
    """Each {{ … }}, {% … %} and {# … #}, with the braces; to the end of the text where one is not closed."""
    spans: list[Span] = []
    end = 0
    while opening := _JINJA.search(text, end):
        closing = text.find(_CLOSES[opening[0]], opening.end())
        end = len(text) if closing < 0 else closing + len("}}")
        spans.append((opening.start(), end))
    return spans


def hashtags(text: str) -> list[Span]:
    """Each hashtag, with its sign."""
    return [match.span() for match in _HASHTAG.finditer(text)]


def _glued(text: str, links: Iterable[Link]) -> Iterator[Span]:
    """Each run without a space that holds a link, an @name or an e-mail address."""
    marks = [link.start for link in links]
    marks += [match.start() for match in _ADDRESS.finditer(text)]
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
    """Each quotation, with its marks. One that is not closed ends with its paragraph."""
    spans: list[Span] = []
    # Asked once: a search for a closing mark that is not there would go through the rest of the text each time.
    last = {mark: text.rfind(mark) for mark in _CLOSING.values()}
    end = 0
    while opening := _QUOTE.search(text, end):
        end = _end_of_quotation(text, opening, last)
        spans.append((opening.start(), end))
    return spans


def _end_of_quotation(text: str, opening: re.Match[str], last: dict[str, int]) -> int:
    start, mark = opening.end(), _CLOSING[opening[0]]
    if mark == "’":  # An apostrophe looks the same, so it closes only at the end of a word.
        single = _END_OF_SINGLE.search(text, start)
        return single.end() if single else len(text)
    if start <= last[mark]:
        return text.find(mark, start) + 1
    paragraph_end = text.find("\n\n", start)
    return len(text) if paragraph_end < 0 else paragraph_end


def folded(text: str) -> str:
    """The text in small letters: what a pattern finds that ignores case is in it too, though perhaps not at its place."""
    # Such a pattern takes ı and İ for i, which Python's own folding does not.
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if not apart or start > apart[-1][1]:
            apart.append((start, end))
            continue
        before_start, before_end = apart[-1]
        apart[-1] = (before_start, max(before_end, end))
    return apart


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with the stretches (in order, none overlapping) blanked, every other character where it was."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += text[done:start], BLANK * (end - start)
        done = end
    parts.append(text[done:])
    return "".join(parts)


def outside(text: str, spans: Iterable[Span]) -> list[str]:
    """The pieces before, between and after the stretches: always one more than there are stretches."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces.append(text[done:start])
        done = end
    pieces.append(text[done:])
    return pieces


def woven(text: str, spans: Iterable[Span], pieces: Sequence[str]) -> str:
    """The text again from what became of its pieces `outside`, with the stretches between them as they were."""
    parts = [pieces[0]]
    for (start, end), piece in zip(spans, pieces[1:], strict=True):
        parts += text[start:end], piece
    return "".join(parts)
