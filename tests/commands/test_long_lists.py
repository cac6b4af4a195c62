"""Lists on the command line are printed as they are read: a long one takes no more memory than a short one."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from campaign.commands.frame import output
from campaign.database import events
from campaign.listings import log, rows
from campaign.models import Delivery, Event
from tests.stage import NINE, Stage

SHORT, LONG = 300, 1_500
"""Rows."""


@dataclass
class Counted:
    """Rows that are made when they are asked for, and how many were."""

    number: int
    asked: int = 0

    def __iter__(self) -> Iterator[list[str]]:
        for number in range(self.number):
            self.asked += 1
            yield [str(number), "é" if number == self.number - 1 else "e"]


@dataclass
class Paper(io.TextIOBase):
    """An output that keeps nothing, but how many rows had been asked for when it was first written to."""

    rows: Counted = field(default_factory=lambda: Counted(0))
    first: int = -1
    encoding = "utf-8"

    def write(self, text: str) -> int:
        if self.first < 0:
            self.first = self.rows.asked
        return len(text)


def test_a_table_begins_before_its_last_row_is_known() -> None:
    rows = Counted(10_000)
    with redirect_stdout(Paper(rows)) as paper:
        assert output.print_table("", ["number", "letter"], rows) == 10_000
    assert 0 < paper.first <= 1_000


def test_a_list_for_programs_begins_with_its_first_row() -> None:
    rows = Counted(10_000)
    with redirect_stdout(Paper(rows)) as paper:
        output.print_json_rows({"number": number} for number, _ in rows)
    assert paper.first == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_list_for_programs_is_one_list_with_a_row_on_each_line(number: int) -> None:
    rows = [{"number": place, "text": "a\nb é", "at": NINE} for place in range(number)]
    with redirect_stdout(io.StringIO()) as printed:
        output.print_json_rows(rows)
    lines = printed.getvalue().splitlines()
    assert [json.loads(line.strip(",")) for line in lines[1:-1]] == json.loads("".join(lines))
    assert json.loads("".join(lines)) == [
        {"number": place, "text": "a\nb é", "at": "2027-09-01T13:00:00Z"}
        for place in range(number)
    ]


def test_the_columns_of_a_long_table_only_widen() -> None:
    rows = [["a", "b"]] * 1_500 + [["a" * 9, "b"]] + [["é", "b"]] * 999
    with redirect_stdout(io.StringIO()) as printed:
        output.print_table("", ["1", "2"], rows)
    lines = printed.getvalue().splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("1  2", "a  b", f"é{' ' * 10}b")
    assert len(lines) == len(rows) + 1


def lengthen(to: int) -> None:
    """So many deliveries of one post, with an event each."""
    first = Delivery.objects.order_by("pk")[0]
    made = Delivery.objects.count()
    kept = {
        name: getattr(first, name)
        for name in (
            *("post_id", "network", "language", "status", "when", "planned_at", "next_at"),
            *("latest_at", "text", "fingerprint"),
        )
    }
    rows = [
        Delivery(
            **kept, channel=f"channel-{number}", due_at=first.due_at + timedelta(minutes=number)
        )
        for number in range(made, to)
    ]
    made_now = [delivery.pk for delivery in Delivery.objects.bulk_create(rows, batch_size=500)]
    events.note_all(made_now, "", "draft", NINE, actor="vera", action="loaded", reason="")


def peak(stage: Stage, *arguments: str) -> int:
    """The most bytes that a command had in use at a time, beside what it printed."""
    tracemalloc.start()
    with redirect_stdout(Paper()):
        stage.run(*arguments).well()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_list_of_any_length_takes_the_memory_of_a_short_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As many rows at a time as make a short list a long one.
    monkeypatch.setattr(output, "_AT_A_TIME", 50)
    for listing in (log, rows):
        monkeypatch.setattr(listing, "_BATCH", 50)
    stage.queued(on=["x-en"])
    commands = (["queue"], ["queue", "--json"], ["log"], ["log", "--json"], ["log", "--csv"])
    lengthen(SHORT)
    for command in commands:  # once before, since what is made at first stays
        peak(stage, *command)
    short = [peak(stage, *command) for command in commands]
    lengthen(LONG)
    assert Delivery.objects.count() == LONG <= Event.objects.count()
    for command, before in zip(commands, short, strict=True):
        assert peak(stage, *command) < before * 2, command
