"""The program's own log: a line that is said again and again is written once a minute."""

import logging

from campaign.commands.frame.lines import MANY, SILENT, PlainLines, SaidAlready


def record(said: str, at: float) -> logging.LogRecord:
    made = logging.LogRecord("campaign", logging.ERROR, "", 0, said, (), None)
    made.created = at
    return made


def written(*records: logging.LogRecord) -> list[str]:
    """The lines that are written of these."""
    through, form = SaidAlready(), PlainLines()
    return [form.format(line) for line in records if through.filter(line)]


def test_a_line_that_comes_at_every_tick_is_written_once_a_minute_and_counted() -> None:
    ticks = [record("The disk is full.", 100 + second) for second in range(150)]
    assert written(*ticks) == [
        "The disk is full.",
        "The disk is full. (and 59 times before)",
        "The disk is full. (and 59 times before)",
    ]


def test_other_lines_are_written_at_once() -> None:
    lines = [record(f"{number} answers wait.", 100) for number in range(3)]
    assert written(*lines) == ["0 answers wait.", "1 answers wait.", "2 answers wait."]


def test_a_clock_that_was_put_back_silences_nothing() -> None:
    assert len(written(record("Full.", 10_000), record("Full.", 10))) == 2


def test_lines_without_end_take_no_memory_without_end() -> None:
    through = SaidAlready()
    for number in range(3 * MANY):
        through.filter(record(f"Line {number}.", 100 + SILENT))
    assert len(through._said) <= MANY + 1
