"""The command line itself: its arguments, its output, its last door."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from campaign.commands.frame.catalog import COMMANDS
from tests.stage import PATIENCE, Machine, Stage, command_line, environment

C_LOCALES = (
    {"LC_ALL": "C"},
    {"LANG": "C", "LC_ALL": ""},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
)
FRENCH = "Mes­sage : l’été, ça va? 🎗"


def test_every_command_explains_itself(stage: Stage) -> None:
    top = stage.run("--help").well().out
    for name, command in COMMANDS.items():
        assert name in top
        assert command.help[1:20] in stage.run(name, "--help").well().out


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["frobnicate"],
        ["queue", "--colour"],
        ["queue", "--stat", "draft"],
        ["queue", "--status", "lost"],
        ["queue", "--from", "yesterday"],
        ["queue", "--to", "9999-12-31"],
        ["queue", "--from", "0001-01-01"],
        ["queue", "--channel", ""],
        ["queue", "--config", ""],
        ["cancel"],
        ["log", "--delivery", "x"],
        ["approve", "--by", "bob"],
        ["approve", "--all"],
        ["approve", "--all", "one", "--by", "bob"],
        ["pause"],
        ["pause", "--reason", "  "],
        ["pause", "--channel", "a", "--campaign", "b", "--reason", "x"],
        ["reschedule", "1"],
        ["reschedule", "1", "--to", "tomorrow"],
        ["reschedule", "1", "--to", "mbc-day 09:00"],
        ["reschedule", "1", "--to", "2027-10-13"],
        ["resolve", "1"],
        ["resolve", "1", "2", "--not-published"],
        ["resolve", "1", "--published", "javascript:alert(1)"],
        ["resolve", "1", "--published", "https://"],
        ["resolve", "1", "--published", "https://x.com/a b"],
        ["resolve", "1", "--published", "https://[x.com/"],
        ["user", "remove", "bob"],
        ["user", "add", "bob"],
        ["user", "add", "bob", "--role", "queen"],
    ],
)
def test_a_wrong_use_ends_with_2_and_says_what_is_right(stage: Stage, wrong: list[str]) -> None:
    is_wrong_use(stage, *wrong)


@pytest.mark.parametrize("number", ["0", "-1", "-5", "one", "١", "1.0", "9" * 19, "9" * 5000])
@pytest.mark.parametrize(
    "command",
    [
        ["cancel"],
        ["retry"],
        ["remove", "--reason", "x"],
        ["reschedule", "--to", "2027-10-13 09:00"],
        ["resolve", "--not-published"],
        ["log", "--delivery"],
    ],
    ids=" ".join,
)
def test_no_command_takes_a_number_that_no_delivery_has(
    stage: Stage, command: list[str], number: str
) -> None:
    is_wrong_use(stage, *command, number)


def is_wrong_use(stage: Stage, *wrong: str) -> None:
    said = stage.run(*wrong)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: scheduler.py")
    assert "error: " in said.err


def test_a_config_is_read_wherever_it_is_named(stage: Stage) -> None:
    stage.folder.write("other.toml", '[site]\nnam = "x"')
    for words in (
        "{} queue",
        "queue {}",
        "user add ana --role staff {}",
        "user {} password ana",
        "manage migrate {}",
    ):
        said = stage.run(*words.format("--config other.toml").split())
        assert (said.status, said.err) == (
            1,
            'other.toml:2: error: "site.nam" is not a known key; did you mean "name"?\n',
        )


def test_the_config_that_the_environment_names_holds_for_channels_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.folder.write("other.toml", "site = 1")
    monkeypatch.setenv("CAMPAIGN_CONFIG", "other.toml")
    assert "other.toml:1: error: " in stage.run("check").err


def test_setting_up_twice_changes_nothing(machine: Machine) -> None:
    machine.root.joinpath("config.toml").unlink()
    first = machine.run("init", "--admin", "ana").well()
    written = machine.root / "config.toml"
    assert "config.toml is new" in first.out
    assert "ana was added as admin." in first.out
    assert written.stat().st_mode & 0o077 == 0
    written.write_text('[site]\nname = "Ours"\n', "utf-8")
    again = machine.run("init", "--admin", "ana").well()
    assert "new" not in again.out
    assert written.read_text("utf-8") == '[site]\nname = "Ours"\n'
    assert machine.sql("SELECT COUNT(*) FROM auth_user") == [(1,)]


def test_an_unforeseen_failure_is_a_sentence_that_tells_no_secret(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_call: object) -> int:
        raise KeyError("page-token-5")

    monkeypatch.setattr("campaign.commands.queue.show_queue", fail)
    said = stage.run("queue")
    assert said.status == 1
    assert "Something happened that nobody foresaw (KeyError in " in said.err
    assert len(said.err.splitlines()) == 1


def test_an_interruption_is_quiet(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_call: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("campaign.commands.queue.show_queue", interrupt)
    said = stage.run("queue")
    assert (said.status, said.err) == (1, "Stopped.\n")


def from_the_start(machine: Machine, more: dict[str, str], *arguments: str) -> str:
    """What a command prints whose Python has begun in that environment."""
    done = subprocess.run(
        command_line(arguments),
        cwd=machine.root,
        env=environment(more),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("locale", C_LOCALES)
def test_french_survives_a_machine_that_knows_ascii_alone(
    machine: Machine, locale: dict[str, str]
) -> None:
    machine.post(fr=FRENCH, on=["x-fr"])
    said = from_the_start(
        machine, {"LANG": "", "PYTHONIOENCODING": "", **locale}, "preview", "one", "--json"
    )
    assert json.loads(said)[0]["text"] == FRENCH


def test_people_on_such_a_machine_can_read_too(machine: Machine) -> None:
    machine.post(fr=FRENCH, on=["x-fr"])
    assert "\\xe7a va?" in from_the_start(
        machine, {"PYTHONIOENCODING": "ascii"}, "preview", "one"
    )


def test_a_reader_who_goes_early_is_no_trouble(machine: Machine) -> None:
    for number in range(40):
        machine.post(
            f"p{number:02}",
            fr=f"({number}) " * 50,
            en=f"{number}. " * 50,
            head=f'when = "2099-09-01 09:{number:02}"',
        )
    machine.run("load").well()
    for command in (["queue"], ["queue", "--json"], ["log", "--csv"]):
        read, write = os.pipe()
        process = subprocess.Popen(
            command_line(command),
            cwd=machine.root,
            env=environment({}),
            stdout=write,
            stderr=subprocess.PIPE,
        )
        os.close(write)
        os.close(read)
        _, err = process.communicate(timeout=PATIENCE)
        assert err == b"", command


@pytest.mark.parametrize("command", ["queue", "queue --json"])
def test_a_closed_or_full_output_is_no_crash(machine: Machine, command: str) -> None:
    program = " ".join(command_line([]))
    script = f"{program} {command} >&-; {program} {command} >/dev/full; echo done"
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=machine.root,
        env=environment({}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "done\n"
    assert "Traceback" not in done.stderr
    assert "nobody foresaw" not in done.stderr
    assert "no space left on device" in done.stderr


def test_an_output_that_is_no_terminal_is_neither_folded_nor_coloured(stage: Stage) -> None:
    long = "A long reason that goes on. " * 20
    stage.queued(on=["x-en"])
    stage.run("cancel", 1, "--reason", long).well()
    said = stage.run("queue").well()
    assert long.strip() in said.out
    assert "\x1b" not in said.out
    assert not [line for line in said.out.splitlines() if line != line.rstrip()]


def test_json_is_whole_json_even_with_a_pause(stage: Stage) -> None:
    stage.queued()
    stage.run("pause", "--reason", "x").well()
    assert len(json.loads(stage.run("queue", "--json").well().out)) == 3


def test_django_s_own_commands_are_there(stage: Stage) -> None:
    assert "Type 'scheduler.py manage help <subcommand>'" in stage.run("manage").well().out


def test_the_program_runs_from_any_folder(machine: Machine, tmp_path: Path) -> None:
    machine.post()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        command_line(["--config", str(machine.root / "config.toml"), "queue"]),
        cwd=elsewhere, env=environment({}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Nothing is loaded yet" in done.stdout
    assert machine.database.exists()
    assert not list(elsewhere.iterdir())
