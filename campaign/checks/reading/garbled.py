"""Words that a program has read wrongly on their way here, such as “Ã©” for “é”: where they stand, and what was meant.

What is looked for is what two languages and a few programs make of each other, so that no word of anybody is taken for it:
the bytes of UTF-8 read as those of Windows-1252, ISO 8859-1 or an old Macintosh, once or more; an apostrophe of that
Macintosh; signs as HTML or a program writes them; and a question mark where French had an apostrophe."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

_AGAIN = 4
"""Times that a text may have been read wrongly, one after the other."""
# What comes out has to be a sign of English or French: letters and signs up to U+00FF, Œ œ Š š Ÿ Ž ž, punctuation, €, ™,
# arrows, mathematical and drawn signs, emoji. So « Voilà » with its no-break space is no sign of Tibet.
_PLAUSIBLE = re.compile(
    "[\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2010-\u2027\u202f\u2030-\u203a\u20ac\u2122\u2190-\u22ff"
    "\u2500-\u27bf\u2b50\ufe0f\ufeff\ufffd\U0001f300-\U0001faff]"
)
_CODECS = ("cp1252", "mac_roman")


def _shown(codec: str, byte: int) -> str:
    """The signs, one or two, as which a byte above 0x7f is read."""
    read = bytes([byte]).decode(codec, "ignore")
    return "".join(dict.fromkeys((read, chr(byte)))) if codec == "cp1252" else read


def _a_set(codec: str, first: int, last: int) -> str:
    signs = (_shown(codec, byte) for byte in range(first, last + 1))
    return f"[{re.escape(''.join(signs))}]"


def _units(codec: str) -> str:
    """A pattern for one sign of UTF-8, in two to four bytes, that was read as this codec."""
    after = _a_set(codec, 0x80, 0xBF)
    two, three, four = (
        _a_set(codec, *span) for span in ((0xC2, 0xC5), (0xE2, 0xEF), (0xF0, 0xF0))
    )
    return f"{two}{after}|{three}{after}{{2}}|{four}{after}{{3}}"


_UNIT = {codec: re.compile(_units(codec)) for codec in _CODECS}
# The first byte of what is plausible: C2, C3, C5, E2, EF and F0.
_HINT = re.compile("[ÂÃÅâïð√¬‚≈Õ&\\\\?]")
AFTER_APOSTROPHE = "aeiouyhâàéèêëîïôûœ"
"""Letters before which French leaves a vowel out."""
_LONE = (
    # The no-break space within a sign has become a usual one.
    (re.compile(r"(?<![A-ZÀ-Þ])Ã {1,2}"), "à "),
    (re.compile(r"(?<=[a-zà-ÿ])Ã(?=\s|\Z)"), "à"),
    (re.compile(r"(?<![A-ZÀ-Þ])Â(?: {1,2}(?=[;!?»%$])| {0,2}(?=:))"), "\u00a0"),
    (re.compile(r"(?<=[A-Za-z])Õ(?=[a-zà-ÿ])"), "’"),
    (
        re.compile(
            r"(?i:(?<=\b[cdjlmnst])|(?<=\bqu)|(?<=\blorsqu)|(?<=\bjusqu))\?"
            f"(?=[{AFTER_APOSTROPHE}])"
        ),
        "’",
    ),
)
_WRITTEN = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|\\u[0-9a-fA-F]{4}"
)


@dataclass(frozen=True, slots=True)
class Garbled:
    """A stretch of a text, text[start:end], that was read wrongly, and what was meant by it."""

    start: int
    end: int
    meant: str


def garbled(text: str) -> list[Garbled]:
    """Each such stretch in order, none overlapping another."""
    if not _HINT.search(text):
        return []
    stretches = sorted(_stretches(text), key=lambda stretch: (stretch.start, -stretch.end))
    apart: list[Garbled] = []
    for stretch in stretches:
        if not apart or stretch.start >= apart[-1].end:
            apart.append(stretch)
    return apart


def _stretches(text: str) -> Iterator[Garbled]:
    for codec, unit in _UNIT.items():
        yield from _read_as(codec, unit, text)
    for pattern, meant in _LONE:
        for match in pattern.finditer(text):
            yield Garbled(*match.span(), meant)
    for match in _WRITTEN.finditer(text):
        meant = _as_written(match[0])
        if meant != match[0]:
            yield Garbled(*match.span(), meant)


def _read_as(codec: str, unit: re.Pattern[str], text: str) -> Iterator[Garbled]:
    """Runs of signs that were UTF-8 and were read as this codec."""
    start = end = 0
    meant = ""
    for match in unit.finditer(text):
        sign = _decoded(match[0], codec)
        if not sign:
            continue
        if meant and match.start() == end:
            end, meant = match.end(), meant + sign
            continue
        if meant:
            yield Garbled(start, end, _once_more(meant))
        start, end = match.span()
        meant = sign
    if meant:
        yield Garbled(start, end, _once_more(meant))


def _decoded(unit: str, codec: str) -> str:
    """The sign whose bytes were read as these; "" where it is none that English or French has."""
    read = b"".join(_byte(sign, codec) for sign in unit).decode("utf-8", "ignore")
    return read if len(read) == 1 and _PLAUSIBLE.match(read) else ""


def _byte(sign: str, codec: str) -> bytes:
    try:
        return sign.encode(codec)
    except UnicodeEncodeError:
        return sign.encode("latin-1", "ignore")


def _once_more(text: str) -> str:
    """What was meant by a text that may have been read wrongly more than once."""
    for _ in range(_AGAIN):
        before = text
        for codec, unit in _UNIT.items():
            text = unit.sub(partial(_sign_meant, codec), text)
        if text == before:
            break
    return text


def _sign_meant(codec: str, match: re.Match[str]) -> str:
    return _decoded(match[0], codec) or match[0]


def _as_written(written: str) -> str:
    if written.startswith("\\"):
        return chr(int(written[2:], 16))
    return html.unescape(written)
