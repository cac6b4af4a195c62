"""What commands print: sentences, tables and progress for people, JSON for programs.

A file or a pipe gets plain lines, never folded; a terminal gets colours and what fits its width, by terminal.py."""

import importlib
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import zip_longest
from types import ModuleType
from typing import TypeVar

from campaign.core.finding import Finding, Level
from campaign.core.installation import as_typed

T = TypeVar("T")
Piece = str | tuple[str, str]
"""A part of a line: a text, or a text and its style on a terminal, such as "bold red"."""
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of reading; a tab and a line end are none of them."""


def printable(text: str) -> str:
    """The text with every character as its number that would steer a terminal, or turn the direction of reading:
    what a person approves must be what they see."""
    return _STEERING.sub(_as_number, text)


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
    encoding = (sys.stdout.encoding or "").lower()
    holds_all = encoding.replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not holds_all, indent=2, default=plain))


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


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table under its title, "" for none; no text in it is read as markup."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if _is_coloured():
        _terminal().show_table(title, columns, cells)
        return
    lines = [title] if title else []
    lines += _table_lines([list(columns), *cells])
    # Joined and split again, since the title may have several lines.
    print("\n".join(line.rstrip() for line in "\n".join(lines).splitlines()))


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


def _table_lines(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """The lines of the rows: every column as wide as its widest line, two spaces between two columns."""
    divided = [[cell.expandtabs().split("\n") for cell in row] for row in rows]
    widths = [_width(column) for column in zip(*divided, strict=True)]
    for row in divided:
        for line in zip_longest(*row, fillvalue=""):
            padded = [_padded(text, width) for text, width in zip(line, widths, strict=True)]
            yield "  ".join(padded)


def _width(cells: Iterable[Iterable[str]]) -> int:
    """Of a column, whose cells are lines each."""
    return max(_columns(line) for cell in cells for line in cell)


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
