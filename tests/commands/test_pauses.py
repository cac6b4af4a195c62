"""Pausing and resuming on the command line: a language, and an end."""

import json
from datetime import timedelta

import pytest

from campaign.delivery import pauses
from tests.stage import NINE, ON_TIME, Stage

pytestmark = pytest.mark.django_db


def test_one_language_is_paused_and_resumed(stage: Stage) -> None:
    stage.queued()
    said = stage.run(
        "pause", "--language", "fr", "--reason", "A wrong word.", "--by", "bob"
    ).well()
    assert "Everything in fr is paused, from the next post on, until it is resumed." in said.out
    assert "Everything in fr is paused: A wrong word." in stage.run("queue").out
    assert "is paused already" in stage.run("pause", "--language", "fr", "--reason", "x").err
    assert (
        "Everything in fr goes on."
        in stage.run("resume", "--language", "fr", "--reason", "x").well().out
    )


def test_a_language_that_the_site_does_not_have_is_refused(stage: Stage) -> None:
    said = stage.run("pause", "--language", "de", "--reason", "x")
    assert said.status == 1
    assert '"de" is not a language of the site' in said.err


def test_a_pause_with_an_end_says_when_it_ends(stage: Stage) -> None:
    stage.queued()
    said = stage.run(
        "pause", "--until", "2027-09-02 18:00", "--reason", "A day of mourning."
    ).well()
    assert "Publishing is paused, from the next post on, until 2027-09-02 18:00." in said.out
    assert (
        "Publishing is paused until 2027-09-02 18:00: A day of mourning."
        in stage.run("queue").out
    )
    stage.now = NINE + timedelta(days=2)
    assert pauses.end_over(stage.now) == 3
    assert set(stage.statuses()) == {"missed"}


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2027-08-31 18:00", "in the past"),
        ("2028-03-12 02:30", "does not exist"),
        ("tomorrow", "is not a date with a time of day"),
    ],
)
def test_an_end_that_cannot_be_is_refused(stage: Stage, until: str, said: str) -> None:
    refused = stage.run("pause", "--until", until, "--reason", "x")
    assert refused.status in (1, 2)
    assert said in refused.err
    assert pauses.standing() == []


def test_of_an_hour_that_comes_twice_the_second_one_ends_the_pause(stage: Stage) -> None:
    said = stage.run("pause", "--until", "2027-11-07 01:30", "--reason", "x").well()
    assert "the second one is meant" in said.out
    (one,) = pauses.standing_pauses()
    assert one.until is not None
    assert (one.until.day, one.until.hour) == (7, 6)


@pytest.mark.parametrize("more", [["--channel", "x-en"], ["--campaign", "know"]])
def test_a_pause_is_put_on_one_thing(stage: Stage, more: list[str]) -> None:
    assert stage.run("pause", "--language", "fr", *more, "--reason", "x").status == 2


def test_a_pause_can_leave_help_lines_out(stage: Stage) -> None:
    stage.queued("one", on=["x-en"])
    stage.post("help", f"{ON_TIME}\nhelp = true", on=["x-en"])
    stage.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    said = stage.run("pause", "--reason", "A tragedy", "--except-help", "--by", "bob").well()
    assert "Help lines go out all the same." in said.out
    rows = json.loads(stage.run("rehearse", "--json").out)["timeline"]
    assert {row["post"]: row["outcome"] for row in rows} == {
        "know/one": "missed",
        "know/help": "out",
    }
