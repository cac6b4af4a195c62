"""What the parser makes of a command line. Every case is built from the parser itself, so a new command is covered."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.commands.frame.argument_types import (
    address,
    day,
    file,
    named,
    number,
    number_of_backups,
    port,
    time,
)
from campaign.commands.frame.arguments import parser, read

CONFIG = (["--config", "other.toml"], ["--config=other.toml"])
SAMPLES = {
    None: "words",
    int: "7",
    Path: "a.toml",
    address: "https://x.com/i/web/status/1",
    day: "2027-10-13",
    file: "backup.tar",
    named: "a name",
    number: "7",
    number_of_backups: "14",
    port: "8000",
    time: "2027-10-13 09:00",
}
"""For each way of reading an argument, something that it takes."""


def every_parser(
    top: argparse.ArgumentParser, *path: str
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """The program, its commands and their commands, each with the words that lead to it."""
    yield path, top
    for name, sub in commands_of(top).items():
        yield from every_parser(sub, *path, name)


def commands_of(one: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    nested = [
        action for action in one._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(nested[0].choices) if nested else {}


PARSERS = dict(every_parser(parser()))
COMMANDS = [path for path, one in PARSERS.items() if not commands_of(one)]


def whole(path: tuple[str, ...]) -> list[str]:
    """The command with all of its arguments; of those that exclude each other, the last."""
    one = PARSERS[path]
    alternatives = {
        id(action)
        for group in one._mutually_exclusive_groups
        for action in group._group_actions[:-1]
    }
    kept = [
        action
        for action in one._actions
        if id(action) not in alternatives and action.dest not in ("help", "config")
    ]
    options = [word for action in kept if action.option_strings for word in words_of(action)]
    return [
        *path,
        *options,
        *(word for action in kept if not action.option_strings for word in words_of(action)),
    ]


def words_of(action: argparse.Action) -> list[str]:
    if action.nargs == argparse.REMAINDER:
        return ["migrate", "--plan"]
    value = next(iter(action.choices)) if action.choices else SAMPLES[action.type]  # type: ignore[index]
    how_often = 2 if action.nargs in ("*", "+") else 0 if action.nargs == 0 else 1
    return [*action.option_strings[:1], *[value] * how_often]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_config_is_taken_at_any_place(path: tuple[str, ...]) -> None:
    words = whole(path)
    expected = {**vars(read(words)), "config": "other.toml"}
    for place in range(len(words) + 1):
        for config in CONFIG:
            assert vars(read([*words[:place], *config, *words[place:]])) == expected, place


@pytest.mark.parametrize("path", PARSERS, ids=" ".join)
def test_every_help_tells_of_the_config_once(path: tuple[str, ...]) -> None:
    assert PARSERS[path].format_help().count("\n  --config FILE ") == 1


def test_without_one_no_config_is_named() -> None:
    assert all(read(whole(path)).config is None for path in COMMANDS)


def test_the_last_of_several_configs_counts() -> None:
    written = [
        "--config",
        "1.toml",
        "user",
        "--config=2.toml",
        "add",
        "ana",
        "--role",
        "staff",
        "--config",
        "3.toml",
    ]
    assert read(written).config == "3.toml"


def test_what_only_looks_like_a_config_is_left_alone() -> None:
    assert read(["pause", "--reason=--config"]).reason == "--config"
    assert read(["pause", "--reason", "see --config x"]).reason == "see --config x"
    assert read(["check", "--config=-odd", "--", "--config"]).paths == [Path("--config")]
    assert read(["manage", "shell", "--", "--config", "x"]).rest[-2:] == ["--config", "x"]


@pytest.mark.parametrize(
    "written",
    [
        "queue --config",
        "--config",
        "queue --config --json",
        "pause --reason --config",
        "user add --config=",
        "queue --conf x",
    ],
)
def test_a_config_without_a_file_is_wrong_use(
    written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read(written.split())
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: scheduler.py ")
