"""Whom people can turn to: said in config.toml, or Canada's."""

import re
from pathlib import Path

import pytest

from campaign.checks.catalog import SETTABLE
from campaign.config import Config
from campaign.config.helplines import CANADA, Help, in_language
from campaign.config.reading import read_config
from campaign.core.problem import Problem
from campaign.publishers import KNOWN

OURS = '[[help]]\nlanguage = "en"\nname = "Samaritans"\n'


def read(folder: Path, text: str) -> Config:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return read_config(KNOWN, file, SETTABLE)


def test_without_any_they_are_canadas_in_both_languages(tmp_path: Path) -> None:
    assert read(tmp_path, "").help == CANADA
    for language in ("en", "fr"):
        lines = in_language(CANADA, language)
        assert {line.language for line in lines} == {language}
        dialled = {line.dial for line in lines}
        assert dialled == {"988", "911", "18662773553", "18889393333"}
        assert [line.write_to for line in lines if line.dial == "18662773553"] == ["535353"]


def test_in_french_the_line_of_quebec_comes_first() -> None:
    assert in_language(CANADA, "fr")[0].dial == "18662773553"
    assert all("\u00a0:" in line.name for line in CANADA if re.search(r"\s:", line.name))


def test_named_ones_take_the_place_of_canadas(tmp_path: Path) -> None:
    [line] = read(tmp_path, f'{OURS}call = "116 123"\nhours = "always"\n').help
    assert line == Help("en", "Samaritans", call="116 123", hours="always")
    assert line.dial == "116123"


def test_in_a_language_that_has_none_all_are_shown() -> None:
    line = Help("en", "Samaritans", call="116 123")
    assert in_language([line], "fr") == [line]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "needs a number to call"),
        ('call = "ask for Ann"\n', "Write a telephone number"),
        ('text = "javascript:1"\n', "Write a telephone number"),
        ('url = "http://example.org"\n', 'begins with "https://"'),
        ('call = "1"\nlanguage = "de"\n', '"en" or "fr"'),
        ('call = "1"\nphone = "2"\n', '"help.phone" is not a known key'),
    ],
)
def test_what_helps_nobody_is_refused_with_its_line(
    tmp_path: Path, more: str, said: str
) -> None:
    text = OURS.replace('language = "en"\n', "") if "language" in more else OURS
    with pytest.raises(Problem, match=re.escape(said)):
        read(tmp_path, text + more)
