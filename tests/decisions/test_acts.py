"""Every act, by every door, against every rule: what is refused and what is asked is what the docs say."""

import os

import pytest

from tests.acts import GROUPS
from tests.acts.frame import World, table, tried
from tests.stage import ROOT, Stage

DOCS = ROOT / "docs" / "acts.md"
BEGIN = "<!-- The tables below are held by a test. -->\n"
CASES = [
    (act, rule, door)
    for group in GROUPS
    for act in group.acts
    for rule in act.rules
    for door in group.doors
    if door in act.doors
]
FOUND: dict[tuple[str, str], dict[str, str]] = {}


@pytest.fixture
def world(stage: Stage, staff, volunteer, stranger, site_clock, settings, monkeypatch) -> World:
    world = World(stage, staff, site_clock, settings, volunteer, stranger)
    world.begin()
    for door in (
        "campaign.commands.deciding.open_publishers",
        "campaign.web.queue.delivery.opened_publishers",
    ):
        monkeypatch.setattr(door, lambda *_, **__: world.opened())
    return world


def documented() -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    lines = iter(DOCS.read_text("utf-8").partition(BEGIN)[2].splitlines())
    for line in lines:
        if line.startswith("| act |"):
            doors = line.strip("| ").split(" | ")[2:]
        elif line.startswith("| "):
            act, rule, *answers = line.strip("| ").split(" | ")
            found |= {
                (act, rule, door): answer for door, answer in zip(doors, answers, strict=True)
            }
    return {key: answer for key, answer in found.items() if answer != "–"}


@pytest.mark.parametrize(
    ("act", "rule", "door"), CASES, ids=[f"{a.name}-{rule}-{door}" for a, rule, door in CASES]
)
def test_what_speaks_against_an_act_speaks_at_every_door(world, act, rule, door):
    answer = tried(world, act, door, rule)
    if os.environ.get("CAMPAIGN_WRITE_DOCS"):
        FOUND.setdefault((act.name, rule), {})[door] = answer
        tables = "\n".join(table(group, FOUND) for group in GROUPS)
        DOCS.write_text(
            DOCS.read_text("utf-8").partition(BEGIN)[0] + BEGIN + "\n" + tables, "utf-8"
        )
        return
    assert answer == documented()[act.name, rule, door]


def test_every_row_of_the_docs_is_tried():
    assert set(documented()) == {(act.name, rule, door) for act, rule, door in CASES}


def test_a_door_of_an_act_is_as_strict_as_the_others():
    """But for what a page shows before it asks, where the choice itself is the answer, and for what anybody may note."""
    cells: dict[tuple[str, str], set[str]] = {}
    for (act, rule, _), answer in documented().items():
        cells.setdefault((act, rule), set()).add(answer)
    assert {key for key, answers in cells.items() if len(answers) > 1} == {
        ("give a new time", "the other language stays behind"),
        ("approve", "it reads otherwise than it was shown"),
        ("take back", "a volunteer asks"),
        # Who uses the pages may be anybody's session; a second look is for those.
        ("take back", "who asks has noted three today"),
        ("take a part back", "a volunteer asks"),
        # Their own link is theirs, whoever is signed in beside.
        ("agree", "a volunteer asks"),
        ("say yes as a young person", "a volunteer asks"),
        ("let a finding pass", "a volunteer asks"),
        # What a person does about themselves, through their own link, asks for no role.
        ("correct a name", "a volunteer asks"),
        ("erase", "a volunteer asks"),
        ("erase", "somebody of the staff asks"),
    }
