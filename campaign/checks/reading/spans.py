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
_AT_SIGN = r"(?<=@)"
_PROTOCOL = r"(?<=:)//"
_WWW = r"(?<=[wW])[wW]{2}\."
_ADDRESS = re.compile(f"[@:wW](?:{_AT_SIGN}|{_PROTOCOL}|{_WWW})")
_HASHTAG = re.compile(r"[#\uff03]\w+")
_QUOTE = re.compile(r"[«“\"‘](?<!\w‘)")
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’"}
# The end of a line, unless a paragraph ends there or an entry of a list follows.
_BROKEN = re.compile(r"(?<=\S)[^\S\n]*\n(?!\s*(?:\n|[-•*]))")
_END_OF_SINGLE = re.compile(r"’(?!\w)|\n\n")


def protected(text: str, links: Sequence[Link] | None = None) -> list[Span]:
    """The stretches that no fix may touch, in order, none overlapping another.

    They are what Jinja reads, links, e-mail addresses and @names with all that is glued to them, and hashtags. `links`
    are those of the text, if they are known already.
    """
    read_by_jinja = jinja(text)
    if read_by_jinja or links is None:
        rest = blanked(text, read_by_jinja)
        links = find_links(rest)
    glued = _glued(text, links)
    return merged([*read_by_jinja, *glued, *hashtags(text)])


def jinja(text: str) -> list[Span]:
    """Each {{ … }}, {% … %} and {# … #}, with the braces; to the end of the text where one is not closed."""
    spans: list[Span] = []
    end = 0
    while opening := _JINJA.search(text, end):
        closes = _CLOSES[opening[0]]
        end = _end_behind(text, closes, opening.end())
        spans.append((opening.start(), end))
    return spans


def _end_behind(text: str, closes: str, start: int) -> int:
    """Where what closes a stretch ends, looked for from `start` on; the end of the text where nothing closes it."""
    closing = text.find(closes, start)
    if closing < 0:
        return len(text)
    return closing + len(closes)


def hashtags(text: str) -> list[Span]:
    """Each hashtag, with its sign."""
    return [match.span() for match in _HASHTAG.finditer(text)]


def _glued(text: str, links: Iterable[Link]) -> Iterator[Span]:
    """Each run without a space that holds a link, an @name or an e-mail address."""
    marks = [link.start for link in links]
    marks += [match.start() for match in _ADDRESS.finditer(text)]
    end = 0
    for mark in sorted(marks):
        if mark < end:
            continue
        run = _RUN.search(text, mark)
        if run:
            start = _start_of_run(text, run.start(), end)
            end = run.end()
            yield start, end


def _start_of_run(text: str, start: int, lowest: int) -> int:
    while start > lowest:
        before = text[start - 1]
        if before.isspace():
            break
        start -= 1
    return start


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
    start = opening.end()
    mark = _CLOSING[opening[0]]
    if mark == "’":  # An apostrophe looks the same, so it closes only at the end of a word.
        single = _END_OF_SINGLE.search(text, start)
        return single.end() if single else len(text)
    if start <= last[mark]:
        closing = text.find(mark, start)
        return closing + len(mark)
    paragraph_end = text.find("\n\n", start)
    if paragraph_end < 0:
        return len(text)
    return paragraph_end


def folded(text: str) -> str:
    """The text in small letters: what a pattern finds that ignores case is in it too, though perhaps not at its place."""
    # Such a pattern takes ı and İ for i, which Python's own folding does not.
    low = text.casefold()
    low = low.replace("i\u0307", "i")
    return low.replace("ı", "i")


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made one."""
    apart: list[Span] = []
    last_end = -1
    for start, end in sorted(spans):
        if start > last_end:
            apart.append((start, end))
            last_end = end
            continue
        last_start, _ = apart[-1]
        last_end = max(last_end, end)
        apart[-1] = (last_start, last_end)
    return apart


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with the stretches (in order, none overlapping) blanked, every other character where it was."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        length = end - start
        parts += text[done:start], BLANK * length
        done = end
    parts.append(text[done:])
    return "".join(parts)


def unbroken(text: str) -> str:
    """The text with blanks where a line ends within a paragraph, every other character where it was."""
    return _BROKEN.sub(_as_blanks, text)


def _as_blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


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
    first, *others = pieces
    parts = [first]
    for (start, end), piece in zip(spans, others, strict=True):
        parts += text[start:end], piece
    return "".join(parts)
