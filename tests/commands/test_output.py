"""What is printed: plain for a file or a pipe, in colour and folded for a terminal, and the same words."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.commands.frame import output, terminal
from campaign.core.finding import Place, warning

LONG = "A sentence that goes on and on. " * 5
PIECES = (
    "a",
    "b ",
    "é",
    "“",
    "’",
    "…",
    "\u00a0",
    "[bold]",
    "[/]",
    ":smile:",
    "日本",
    "🎗",
    "e\u0301",
    "\u200b",
    "\n",
    "\x1b",
)
cells = st.lists(st.sampled_from(PIECES), max_size=8).map("".join).map(str.strip)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=4)
)


class Terminal(io.StringIO):
    """An output that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")


def printed(show: Callable[[], object], to: io.StringIO) -> str:
    with redirect_stdout(to):
        show()
    return to.getvalue()


def without_colour(text: str) -> str:
    return "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n"))


def everything() -> None:
    output.print_table("", ["one", "two"], [["a", "[bold]b[/]"], ["ç", ""]])
    output.print_findings([warning("code", "[red] is a word.", Place("a[1].toml", 3))])
    output.print_line("at ", ("now", "bold red"), " :smile: [/]")


@given(tables)
def test_a_plain_table_is_laid_out_as_on_an_endless_terminal(rows: list[list[str]]) -> None:
    columns = [f"column {number}" for number in range(len(rows[0]) if rows else 2)]
    shown = [[output.printable(cell) for cell in row] for row in rows]
    plain = printed(lambda: output.print_table("A title", columns, rows), io.StringIO())
    assert plain == printed(
        lambda: terminal.show_table("A title", columns, shown), io.StringIO()
    )


def test_colours_that_are_asked_for_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = printed(everything, io.StringIO())
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = printed(everything, io.StringIO())
    assert coloured != plain == without_colour(coloured)
    assert "a[1].toml:3: warning: [red] is a word.\n" in plain


def test_a_terminal_gets_colours_and_folded_lines_but_whole_findings() -> None:
    said = without_colour(printed(lambda: output.print_line(LONG), Terminal()))
    assert max(map(len, said.splitlines())) <= 60
    table = without_colour(
        printed(lambda: output.print_table("", ["a", "b"], [[LONG, LONG]]), Terminal())
    )
    assert max(map(len, table.splitlines())) <= 60
    finding = printed(
        lambda: output.print_findings([warning("code", LONG, Place("a.toml"))]), Terminal()
    )
    assert "\x1b[" in finding
    assert without_colour(finding).count("\n") == 1


def test_a_terminal_gets_a_bar() -> None:
    with redirect_stderr(Terminal()) as errors:
        assert list(output.progress([1, 2, 3], "Reading posts")) == [1, 2, 3]
    assert "Reading posts" in errors.getvalue()


def test_a_pipe_gets_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(output.progress([1, 2, 3], "Reading posts")) == [1, 2, 3]
    assert capsys.readouterr().err == ""
