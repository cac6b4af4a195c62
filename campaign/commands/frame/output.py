"""What commands print: sentences, tables and progress for people, JSON for programs.

A file or a pipe gets plain lines, never folded; a terminal gets colours and what fits its width, by terminal.py."""

import importlib
import json
import os
import re
import sys
import unicodedata
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


def printable(text: str) -> str:
    """The text with every sign shown as a number that would steer a terminal, or turn the direction of reading:
    what a person approves must be what they see."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(sentence: str) -> None:
    """Prints a sentence for a person, at once."""
    print(printable(as_typed(sentence)), flush=True)


def complain(sentence: str) -> None:
    """Prints what went wrong, apart from what a command was asked for."""
    print(printable(as_typed(sentence)), file=sys.stderr, flush=True)


def print_line(*pieces: Piece, folded: bool = True) -> None:
    """Prints a line of pieces, at once; on a terminal folded between words unless told otherwise."""
    shown = [
        printable(piece) if isinstance(piece, str) else (printable(piece[0]), piece[1])
        for piece in pieces
    ]
    if _is_coloured():
        _terminal().show_line(shown, folded=folded)
    else:
        print(
            "".join(piece if isinstance(piece, str) else piece[0] for piece in shown).expandtabs(),
            flush=True,
        )


def print_json(value: object) -> None:
    """Prints JSON, times in UTC as ISO 8601; in ASCII where the output can hold nothing else."""
    holds_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not holds_all, indent=2, default=plain))


def plain(value: object) -> str:
    """A value as programs read it."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def print_findings(findings: Iterable[Finding]) -> None:
    """Every finding on its line, as file:line: level: sentence."""
    for finding in findings:
        level = (finding.level.value, STYLES[finding.level])
        print_line(f"{finding.place}: ", level, f": {finding.message}", folded=False)


def count(findings: Sequence[Finding]) -> str:
    """How many findings of each level, as a person would say it."""
    parts = []
    for level in Level:
        number = sum(finding.level is level for finding in findings)
        if number:
            parts.append(f"{number} {level}{'s' if number > 1 and level is not Level.INFO else ''}")
    return ", ".join(parts) or "nothing is wrong"


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; its texts are shown as they are."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if _is_coloured():
        _terminal().show_table(title, columns, cells)
        return
    lines = [title] if title else []
    lines += _table_lines([list(columns), *cells])
    print("\n".join(line.rstrip() for line in "\n".join(lines).splitlines()))


def progress(items: Sequence[T], doing: str) -> Iterable[T]:
    """The items, with a bar on the terminal's error output while they are worked through."""
    yield from _terminal().progress(items, doing) if sys.stderr.isatty() else items


def plural(number: int, word: str, words: str = "") -> str:
    """ "1 delivery", "2 deliveries"."""
    return f"{number} {word if number == 1 else words or word + 's'}"


def _terminal() -> ModuleType:
    """Imported only when there is one: the library behind it would be a tenth of the start of every command."""
    return importlib.import_module("campaign.commands.frame.terminal")


def _is_coloured() -> bool:
    """Whether there is a terminal, or colours are asked for without one, in the two ways that rich knows."""
    return sys.stdout.isatty() or any(
        os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE")
    )


def _table_lines(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Every column as wide as its widest line, two spaces between two columns."""
    divided = [[cell.expandtabs().split("\n") for cell in row] for row in rows]
    widths = [
        max(_columns(line) for cell in column for line in cell)
        for column in zip(*divided, strict=True)
    ]
    for row in divided:
        for line in zip_longest(*row, fillvalue=""):
            yield "  ".join(
                text + " " * (width - _columns(text))
                for text, width in zip(line, widths, strict=True)
            )


def _columns(text: str) -> int:
    """The columns that a text takes where every letter is equally wide."""
    return len(text) if text.isascii() else sum(map(_columns_of_sign, text))


@cache
def _columns_of_sign(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
