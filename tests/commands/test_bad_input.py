"""What goes wrong on a real machine: each ends in one clear sentence, and nothing is lost."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.stage import NINE, Machine, Said, Stage, in_process, page_table, x_table

WITHOUT_PATIENCE = """
import campaign.settings
campaign.settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
"""
READ_ONLY = """
import campaign.settings
campaign.settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA query_only=ON;"
"""
SMALL_DISK = """
import campaign.settings
campaign.settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA max_page_count=1;"
"""
SMALL_FILES = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""


def after(machine: Machine, preamble: str, *arguments: str) -> Said:
    """A command in a world that the preamble has changed."""
    said = Said(*in_process(machine.root, machine.env, arguments, preamble))
    assert "Traceback" not in said.everything, said.everything
    return said


def the_sentence(said: Said) -> str:
    """The one line that a failing command says."""
    assert said.status == 1, said.everything
    (line,) = said.err.splitlines()
    assert "nobody foresaw" not in line
    return line


def broken_post(stage: Stage, content: bytes) -> Said:
    """One bad file beside a good post; only the good one may be loaded."""
    stage.post("good")
    stage.root.joinpath("posts/know/bad.toml").write_bytes(content)
    said = stage.run("load")
    assert said.status == 1
    assert {row["post"] for row in stage.queue()} == {"know/good"}
    (line,) = said.out.splitlines()[:-1]
    assert line.startswith("posts/know/bad.toml")
    assert "know/bad was not loaded" in said.err
    return said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"when = [", "This is not valid TOML here"),
        (b"\xff\xfe\x00\x01" * 100, "not a text file in UTF-8"),
        (bytes(range(256)) * 10, "not a text file in UTF-8"),
        (b"[en]\nshort = '" + b"x" * 10_000_000 + b"'", "larger than 1000 kB"),
        (b"a=" + b"[" * 100_000, "nested too deep"),
        (
            b"when = 'mbc-day 09:00'\nwehn = 1\n[en]\nshort='a'\n[fr]\nshort='b'",
            'did you mean "when"?',
        ),
        (b"", '"when" is missing'),
        (b"\x00", "This is not valid TOML here"),
    ],
    ids=["broken", "binary", "every byte", "10 MB", "nested", "unknown key", "empty", "zero"],
)
def test_a_bad_post_is_told_with_its_file_and_the_others_are_loaded(
    stage: Stage, content: bytes, sentence: str
) -> None:
    assert sentence in broken_post(stage, content).out


def test_a_folder_that_cannot_be_read_is_told_and_drops_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where root runs the tests permissions hold nobody back, so the system's own answer is given here."""
    stage.queued("one")
    stage.folder.write(
        "posts/secret/two.toml", 'when = "2027-09-02 09:00"\n[en]\nshort="a"\n[fr]\nshort="b"'
    )
    stage.run("load").well()
    real = os.stat

    def stat(path: str | Path, **more: bool) -> os.stat_result:
        if os.fspath(path).endswith("secret/."):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **more)

    monkeypatch.setattr(os, "stat", stat)
    said = stage.run("load")
    assert said.status == 1
    assert "posts/secret: error: This folder cannot be read (permission denied)" in said.out
    assert "cancelled" not in stage.statuses()


@pytest.mark.parametrize("kind", ["file", "pipe", "loop"])
def test_a_folder_of_posts_that_is_something_else_is_told(stage: Stage, kind: str) -> None:
    stage.configure(top='[content]\nposts = "odd"')
    odd = stage.root / "odd"
    match kind:
        case "file":
            odd.touch()
        case "pipe":
            os.mkfifo(odd)
        case _:
            odd.symlink_to(odd)
    for command in ("check", "load"):
        said = stage.run(command)
        assert said.status == 1
        assert "odd" in said.everything


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("x = [", "This is not valid TOML here"),
        ('[site]\nnam = "x"', 'did you mean "name"?'),
        (
            '[database]\nurl = { env = "NOWHERE" }',
            "environment variable NOWHERE, which is not set",
        ),
        ('[database]\nurl = "mysql://u:page-token-5@127.0.0.1/db"', 'must be "sqlite:///FILE"'),
        ("\udcff", "not a text file in UTF-8"),
    ],
)
def test_a_config_that_cannot_be_read_is_one_sentence(
    stage: Stage, content: str, sentence: str
) -> None:
    stage.root.joinpath("config.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert sentence in the_sentence(stage.run("queue"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[database]\nurl = "sqlite:///:memory:"', "would forget"),
        ('[database]\nurl = "sqlite:////"', "names no file"),
        ('[database]\nurl = "sqlite:///a\\u0000b"', "names no file"),
        ('[database]\nurl = "sqlite:///posts"', "is a folder"),
        ('[database]\nurl = "sqlite:///data/x.db"', "to make it, run scheduler.py init"),
        ('[database]\nurl = "postgresql://u:page-token-5@[::1/db"', "cannot be read"),
        ('[database]\nurl = "postgresql://u:page-token-5@127.0.0.1:x/db"', "is not a number"),
        ('[database]\nurl = "postgresql://u:page-token-5@127.0.0.1:1/db"', "does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    machine: Machine, content: str, sentence: str
) -> None:
    machine.folder.write("config.toml", content)
    assert sentence in the_sentence(machine.run("queue"))


def test_a_config_that_is_not_there_or_is_a_folder_is_one_sentence(stage: Stage) -> None:
    assert "missing.toml: error: This file cannot be read (no such file" in the_sentence(
        stage.run("queue", "--config", "missing.toml")
    )
    stage.root.joinpath("config.toml").unlink()
    stage.root.joinpath("config.toml").mkdir()
    assert "config.toml: error: This file is not a plain file" in the_sentence(
        stage.run("queue")
    )


def test_a_channel_whose_secret_is_missing_is_told_and_holds_up_nothing_else(
    stage: Stage,
) -> None:
    missing = x_table("x-en").replace(
        'consumer_secret = "consumer-secret-2"', 'consumer_secret = { env = "NOWHERE" }'
    )
    unread = x_table("x-fr", "fr").replace(
        'access_token_secret = "access-token-secret-4"', 'access_token_secret = { file = "no" }'
    )
    stage.configure(channels=missing + unread + page_table("page-en"))
    stage.queued()
    said = stage.run("run", "--once")
    assert "environment variable NOWHERE, which is not set" in said.err
    assert "no, which is empty or cannot be read" in said.err
    assert said.err.count("The other channels go on.") == 2
    assert "0 deliveries published" in said.out


def test_a_database_that_another_program_holds_is_said_and_nothing_is_lost(
    machine: Machine,
) -> None:
    machine.post()
    machine.run("load").well()
    machine.post("two")
    with sqlite3.connect(machine.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        said = after(machine, WITHOUT_PATIENCE, "load")
        assert (
            the_sentence(said)
            == "The database is busy with another program: try again in a moment."
        )
        assert len(machine.queue()) == 3
        other.execute("ROLLBACK")
    other.close()
    machine.run("load").well()
    assert len(machine.queue()) == 6


@pytest.mark.parametrize(
    "world", [READ_ONLY, SMALL_DISK, SMALL_FILES], ids=["read-only", "full", "file too large"]
)
def test_a_database_that_cannot_be_written_is_said_and_stays_whole(
    machine: Machine, world: str
) -> None:
    machine.post()
    machine.run("load").well()
    for number in range(30):
        machine.post(f"p{number}", en=f"{number} " * 100, fr=f"{number} " * 101)
    line = the_sentence(after(machine, world, "load"))
    assert line.startswith("The database cannot be ")
    assert machine.sql("PRAGMA integrity_check") == [("ok",)]
    assert {row["post"] for row in machine.queue()} == {"know/one"}


@pytest.mark.parametrize(
    "content", [b"This is no database. " * 400, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_database_that_is_none_is_said_and_left_alone(
    machine: Machine, content: bytes
) -> None:
    machine.database.write_bytes(content)
    assert the_sentence(machine.run("queue")).startswith(
        "The database is damaged, or its file is no database"
    )
    assert machine.database.read_bytes() == content


def test_the_database_of_something_else_is_said(machine: Machine) -> None:
    machine.run("init").well()
    machine.sql("DROP TABLE campaign_delivery")
    assert the_sentence(machine.run("queue")).startswith(
        "The database is not set up as it should be"
    )


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_networks_that_nobody_can_reach_leave_everything_queued(stage: Stage) -> None:
    stage.configure("http://127.0.0.1:1")
    stage.queued(on=["x-en", "page-en"])
    stage.now = NINE
    said = stage.run("run", "--once")
    assert said.status == 1
    for channel, network in (("x-en", "X"), ("page-en", "Facebook")):
        reason = f"{network} could not be asked: the connection was refused."
        assert f"Channel {channel}: {reason}" in said.err
    assert set(stage.statuses()) == {"queued"}
    checked = stage.run("check", "--online")
    assert checked.status == 1
    assert checked.out.count("could not be asked: the connection was refused") == 3
