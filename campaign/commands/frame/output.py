"""What commands print: sentences, tables and progress for people, JSON for programs.

A file or a pipe gets plain lines, never folded; a terminal gets colours and what fits its width, by terminal.py."""

import importlib
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice, zip_longest
from types import ModuleType
from typing import TypeVar

from campaign.core.finding import Finding, Level
from campaign.core.installation import as_typed

T = TypeVar("T")
Piece = str | tuple[str, str]
"""A part of a line: a text, or a text and its style on a terminal, such as "bold red"."""
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_AT_A_TIME = 1_000
"""Rows of a table that are laid out together."""
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of reading; a tab and a line end are none of them."""


def printable(text: str) -> str:
    """The text with every character as its number that would steer a terminal, or turn the direction of reading:
    what a person approves must be what they see."""
    # Asked first, since nearly every text is, and it takes a tenth of the time.
    return text if text.isprintable() else _STEERING.sub(_as_number, text)


def _as_number(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def say(sentence: str) -> None:
    """Prints a sentence for a person, at once."""
    print(printable(as_typed(sentence)), flush=True)


def complain(sentence: str) -> None:
    """Prints what went wrong, at once, on the error output."""
    print(printable(as_typed(sentence)), file=sys.stderr, flush=True)


def print_line(*pieces: Piece, folded: bool = True) -> None:
    """Prints a line of pieces, at once; on a terminal folded between words unless told otherwise."""
    styled = [(piece, "") if isinstance(piece, str) else piece for piece in pieces]
    shown = [(printable(text), style) for text, style in styled]
    if _is_coloured():
        _terminal().show_line(shown, folded=folded)
    else:
        line = "".join(text for text, _ in shown)
        print(line.expandtabs(), flush=True)


def print_json(value: object) -> None:
    """Prints JSON, with times in UTC as ISO 8601; in ASCII where the output does not take UTF-8."""
    print(json.dumps(value, ensure_ascii=_needs_ascii(), indent=2, default=plain))


def print_json_rows(rows: Iterable[Mapping[str, object]]) -> None:
    """Prints a JSON list with a row on each line, as `print_json` would have its values; a row at a time, so that a list
    of any length takes no more memory than a short one."""
    encoder, before = json.JSONEncoder(ensure_ascii=_needs_ascii(), default=plain), "[\n"
    for row in rows:
        sys.stdout.write(before + encoder.encode(row))
        before = ",\n"
    print("\n]" if before == ",\n" else "[]")


def _needs_ascii() -> bool:
    """Whether the output does not take every character."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"


def plain(value: object) -> str:
    """A value that JSON does not know, as a text: a time as ISO 8601, with Z for UTC."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def print_findings(findings: Iterable[Finding]) -> None:
    """Prints every finding on its line, as file:line: level: sentence."""
    for finding in findings:
        level, message = finding.level, f": {finding.message}"
        styled = (level.value, STYLES[level])
        print_line(f"{finding.place}: ", styled, message, folded=False)


def count(findings: Sequence[Finding]) -> str:
    """How many findings of each level, such as "2 errors, 1 warning"."""
    numbers = Counter(finding.level for finding in findings)
    parts = []
    for level in Level:
        number = numbers[level]
        has_plural = level is not Level.INFO
        if number:
            parts.append(f"{number} {level}{'s' if number > 1 and has_plural else ''}")
    return ", ".join(parts) or "nothing is wrong"


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Prints a table under its title, "" for none; no text in it is read as markup. It is laid out _AT_A_TIME rows at a time,
    so that a list of any length takes no more memory than a short one. Returns the number of rows."""
    is_coloured, head, widths = _is_coloured(), [columns], [0] * len(columns)
    number = 0
    for portion in _portions(rows):
        cells = [[printable(cell) for cell in row] for row in portion]
        if is_coloured:
            _terminal().show_table(title, columns, cells)
        else:
            widths = _print_plain(title, [*head, *cells], widths)
        title, head, number = "", [], number + len(cells)
    return number


def _portions(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """The rows, _AT_A_TIME at a time; one portion without any where there are none, for the head of the table."""
    left = iter(rows)
    portion = list(islice(left, _AT_A_TIME))
    yield portion
    while portion := list(islice(left, _AT_A_TIME)):
        yield portion


def _print_plain(title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[int]:
    """Prints lines of a table whose columns are at least so wide. Returns how wide they have become."""
    columns = zip(*rows, strict=True)
    wider = [
        max(width, *map(_width, cells)) for width, cells in zip(widths, columns, strict=True)
    ]
    # Joined and split again, since the title may have several lines.
    lines = "\n".join([*filter(None, [title]), *_table_lines(rows, wider)]).splitlines()
    print("\n".join(line.rstrip() for line in lines))
    return wider


def progress(steps: Sequence[T], doing: str) -> Iterable[T]:
    """The steps one by one; where the error output is a terminal, with a bar that follows them."""
    if sys.stderr.isatty():
        yield from _terminal().progress(steps, doing)
    else:
        yield from steps


def plural(number: int, word: str, words: str = "") -> str:
    """The number with its word, such as "1 delivery", "2 deliveries"; `words` where an s does not make the plural."""
    if number == 1:
        return f"1 {word}"
    return f"{number} {words or word + 's'}"


def _terminal() -> ModuleType:
    """The module for a terminal. Imported only when there is one: its library would be a tenth of the start of a command."""
    return importlib.import_module("campaign.commands.frame.terminal")


def _is_coloured() -> bool:
    """Whether there is a terminal, or colours are asked for without one, in the two ways that rich knows."""
    if sys.stdout.isatty():
        return True
    return any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def _table_lines(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterable[str]:
    """The lines of the rows: every column so wide, two spaces between two columns."""
    simple = "  ".join(f"{{:<{width}}}" for width in widths)
    for row in rows:
        if _is_simple("".join(row)):  # as nearly every row is: a quarter of the time
            yield simple.format(*row)
            continue
        for line in zip_longest(*map(_lines_of, row), fillvalue=""):
            padded = [_padded(text, width) for text, width in zip(line, widths, strict=True)]
            yield "  ".join(padded)


def _lines_of(cell: str) -> list[str]:
    return cell.expandtabs().split("\n")


def _is_simple(text: str) -> bool:
    """Whether it is one line in which every character takes one column."""
    return text.isascii() and text.isprintable()


def _width(cell: str) -> int:
    return len(cell) if _is_simple(cell) else max(map(_columns, _lines_of(cell)))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """The columns that a text takes where every letter is equally wide."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of_character, text))


@cache
def _columns_of_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
