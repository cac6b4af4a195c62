"""What commands print: tables and progress for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from campaign.finding import Finding, Level

T = TypeVar("T")
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def console() -> Console:
    """Where people read; made anew, so that it follows a redirected output. Long lines are not cut in a file."""
    width = None if sys.stdout.isatty() else 160
    return Console(highlight=False, width=width, soft_wrap=not sys.stdout.isatty())


def print_json(value: object) -> None:
    """Prints JSON, times in UTC as ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def print_findings(findings: Iterable[Finding]) -> None:
    """Every finding on its line, as file:line: level: sentence."""
    out = console()
    for finding in findings:
        style = STYLES[finding.level]
        out.print(
            f"{escape(str(finding.place))}: [{style}]{finding.level}[/]: {escape(finding.message)}", soft_wrap=True
        )


def count(findings: Sequence[Finding]) -> str:
    """How many findings of each level, as a person would say it."""
    parts = []
    for level in Level:
        number = sum(finding.level is level for finding in findings)
        if number:
            parts.append(f"{number} {level}{'s' if number > 1 and level is not Level.INFO else ''}")
    return ", ".join(parts) or "nothing to say"


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; its texts are shown as they are."""
    table = Table(
        title=escape(title), title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console().print(table)


def progress(items: Sequence[T], doing: str) -> Iterable[T]:
    """The items, with a bar on the terminal's error output while they are worked through."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=doing)


def plural(number: int, word: str, words: str = "") -> str:
    """ "1 delivery", "2 deliveries"."""
    return f"{number} {word if number == 1 else words or word + 's'}"
