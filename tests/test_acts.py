"""Every act, by every door, against every rule: what is refused and what is asked is what the docs say."""

import os

import pytest

from tests.acts import ACTS, DOORS, World, table, tried
from tests.stage import ROOT, Stage

DOCS = ROOT / "docs" / "acts.md"
BEGIN = "<!-- The table below is held by a test. -->\n"
CASES = [(act, rule, door) for act in ACTS for rule in act.rules for door in DOORS if door in act.doors]
FOUND: dict[tuple[str, str], dict[str, str]] = {}


@pytest.fixture
def world(stage: Stage, staff, volunteer, site_clock, settings, monkeypatch) -> World:
    world = World(stage, staff, site_clock, settings, volunteer)
    world.begin()
    for door in ("campaign.commands.remove.open_publishers", "campaign.web.delivery.opened_publishers"):
        monkeypatch.setattr(door, lambda *_, **__: world.opened())
    return world


def documented() -> dict[tuple[str, str, str], str]:
    lines = DOCS.read_text("utf-8").partition(BEGIN)[2].strip().splitlines()[2:]
    rows = [line.strip("| ").split(" | ") for line in lines]
    return {(row[0], row[1], door): answer for row in rows for door, answer in zip(DOORS, row[2:], strict=True)}


@pytest.mark.parametrize(("act", "rule", "door"), CASES, ids=[f"{a.name}-{rule}-{door}" for a, rule, door in CASES])
def test_what_speaks_against_an_act_speaks_at_every_door(world, act, rule, door):
    answer = tried(world, act.doors[door], act.rules[rule])
    if os.environ.get("CAMPAIGN_WRITE_DOCS"):
        FOUND.setdefault((act.name, rule), {})[door] = answer
        rows = ((one, each, FOUND.get((one.name, each), {})) for one in ACTS for each in one.rules)
        DOCS.write_text(DOCS.read_text("utf-8").partition(BEGIN)[0] + BEGIN + "\n" + table(rows), "utf-8")
        return
    assert answer == documented()[act.name, rule, door]


def test_every_row_of_the_docs_is_tried():
    tried_here = {(act.name, rule, door) for act, rule, door in CASES}
    assert {key for key, answer in documented().items() if answer != "–"} == tried_here


def test_a_door_of_an_act_is_as_strict_as_the_others():
    """But for what a page shows before it asks: there, the choice itself is the answer."""
    cells: dict[tuple[str, str], set[str]] = {}
    for (act, rule, _), answer in documented().items():
        cells.setdefault((act, rule), set()).add(answer)
    differing = {key for key, answers in cells.items() if len(answers - {"–"}) > 1}
    assert differing == {
        ("give a new time", "the other language stays behind"),
        ("approve", "it reads otherwise than it was shown"),
    }
