"""What a terminal gets: colours, tables that fit its width, bars. Only output.py imports it, and only for a terminal."""

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

T = TypeVar("T")
WITHOUT_END = 100_000
"""Columns of an output that is no terminal and is coloured all the same: nothing is folded there."""


def show_line(pieces: Sequence[tuple[str, str]], *, folded: bool) -> None:
    """Prints a line of texts, each with its style, "" for none."""
    out = _console()
    out.print(Text.assemble(*pieces), soft_wrap=out.soft_wrap or not folded)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table; no text in it is read as markup."""
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
        table.add_row(*map(escape, row))
    out = _console()
    if sys.stdout.isatty():
        out.print(table)
        return
    # Without a terminal: blanks at the end of a line are left out, as in a table without colours.
    with out.capture() as captured:
        out.print(table)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def progress(steps: Sequence[T], doing: str) -> Iterable[T]:
    """The steps one by one, with a bar on the error output that follows them and is wiped at the end."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(steps, description=doing)


def _console() -> Console:
    """Made anew, so that it follows a redirected output."""
    is_terminal = sys.stdout.isatty()
    width = None if is_terminal else WITHOUT_END
    return Console(highlight=False, emoji=False, width=width, soft_wrap=not is_terminal)
