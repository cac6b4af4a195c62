"""What commands print: sentences, tables and progress for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from campaign.finding import Finding, Level
from campaign.installation import as_typed

T = TypeVar("T")
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}
WITHOUT_END = 100_000
"""Columns of an output that is no terminal: nothing is folded there."""
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


def console() -> Console:
    """Where people read; made anew, so that it follows a redirected output. Long lines are not cut in a file."""
    is_terminal = sys.stdout.isatty()
    width = None if is_terminal else WITHOUT_END
    return Console(highlight=False, emoji=False, width=width, soft_wrap=not is_terminal)


def print_json(value: object) -> None:
    """Prints JSON, times in UTC as ISO 8601; in ASCII where the output can hold nothing else."""
    holds_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not holds_all, indent=2, default=plain))


def plain(value: object) -> str:
    """A value as programs read it."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def print_findings(findings: Iterable[Finding]) -> None:
    """Every finding on its line, as file:line: level: sentence."""
    out = console()
    for finding in findings:
        place, message = escape(printable(str(finding.place))), escape(printable(finding.message))
        out.print(f"{place}: [{STYLES[finding.level]}]{finding.level}[/]: {message}", soft_wrap=True)


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
    table = Table(
        title=escape(title) or None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(printable(cell)) for cell in row))
    out = console()
    if sys.stdout.isatty():
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def progress(items: Sequence[T], doing: str) -> Iterable[T]:
    """The items, with a bar on the terminal's error output while they are worked through."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with bar:
        yield from bar.track(items, description=doing)


def plural(number: int, word: str, words: str = "") -> str:
    """ "1 delivery", "2 deliveries"."""
    return f"{number} {word if number == 1 else words or word + 's'}"
