"""A key is read from three places and shown in none."""

import copy
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.config import Config, Database
from campaign.config.secret import Secret, read_secret
from campaign.core.problem import Problem
from campaign.core.toml_file import Table, read_toml
from tests.folders import STARTER_CHANNELS

VALUE = "tok3n-Ω"


def table_of(tmp_path: Path, value: str) -> Table:
    path = tmp_path / "config.toml"
    path.write_text(f"\nkey = {value}\n", "utf-8")
    return read_toml(path, "config.toml")


def read(tmp_path: Path, value: str) -> Secret:
    table = table_of(tmp_path, value)
    secret = read_secret(table, "key", tmp_path)
    assert table.file.findings == []
    return secret


def test_a_value_stands_in_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, f'"{VALUE}"').reveal() == VALUE


def test_a_value_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_TEST_KEY", f" {VALUE}\n")
    assert read(tmp_path, '{ env = "A_TEST_KEY" }').reveal() == VALUE


@pytest.mark.parametrize("written", ["tok3n-Ω\n", "\ufeff  tok3n-Ω\r\n"])
def test_a_value_comes_from_a_file_beside_the_configuration(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / "key.txt").write_text(written, "utf-8")
    assert read(tmp_path, '{ file = "key.txt" }').reveal() == VALUE


@pytest.mark.parametrize("written", [None, "", "  \n"])
def test_an_environment_without_the_value_is_told_when_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str | None
) -> None:
    monkeypatch.delenv("A_TEST_KEY", raising=False)
    if written is not None:
        monkeypatch.setenv("A_TEST_KEY", written)
    secret = read(tmp_path, '{ env = "A_TEST_KEY" }')
    with pytest.raises(
        Problem,
        match=r'"key" in config.toml .* variable A_TEST_KEY, which is not set: set it\.',
    ):
        secret.reveal()


@pytest.mark.parametrize(
    "name", ["none.txt", "empty.txt", "binary.txt", "folder", "a\\u0000b", "x" * 5_000]
)
def test_a_file_without_the_value_is_told_when_it_is_needed(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder").mkdir()
    secret = read(tmp_path, f'{{ file = "{name}" }}')
    with pytest.raises(
        Problem, match=r'"key" in config.toml .* empty or cannot be read: check it\.'
    ):
        secret.reveal()


@pytest.mark.parametrize(
    "value", ["3", "true", '["tok3n"]', "{}", '{ env = "A", file = "tok3n" }', "{ env = 3 }"]
)
def test_anything_else_is_refused_without_being_shown(tmp_path: Path, value: str) -> None:
    table = table_of(tmp_path, value)
    read_secret(table, "key", tmp_path)
    [finding] = table.file.findings
    assert str(finding).startswith(
        'config.toml:2: error: "key" must be a text, { env = "NAME" } or'
    )
    assert "tok3n" not in str(finding)


def test_a_secret_is_never_shown() -> None:
    secret = Secret(VALUE)
    channel = replace(STARTER_CHANNELS["twitter-en"], keys={"access_token": secret})
    config = Config(
        channels={"twitter-en": channel}, database=Database(f"postgresql://me:{VALUE}@host/db")
    )
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        repr(copy.copy(secret)),
        repr(config),
        str(config),
    ]
    assert not any(VALUE in text for text in shown)


def test_a_secret_that_is_missing_does_not_show_another_in_its_error() -> None:
    with pytest.raises(Problem) as caught:
        Secret(VALUE, "It is not set.").reveal()
    assert VALUE not in "".join(traceback.format_exception(caught.value))


def test_secrets_are_equal_when_their_values_are() -> None:
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("", "missing") != Secret("")
    assert Secret("a") != "a"
