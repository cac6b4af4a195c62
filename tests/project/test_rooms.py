"""The house by subject: about a dozen rooms a folder, each on the map, and no room asks for another subject's tables."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bench.figures import modules, nodes_a_line
from tests.stage import ROOT

PROGRAM = ROOT / "campaign"
MODULES = [path for path in sorted(PROGRAM.rglob("*.py")) if "migrations" not in path.parts]
MOST_ROOMS = 14
MOST_LINES = 400
STORYTELLERS = {"storyteller", "consent", "finalword", "lockedpicture", "withdrawal"}
OWNERS = {
    **{table: {"consent"} for table in STORYTELLERS},
    **{table: {"delivery"} for table in ("takedown", "fact", "stray")},
    "attempt": {"delivery", "listings"},
    "secondcopy": {"delivery", "listings"},
    "correction": {"delivery"},
    "replacement": {"delivery"},
    "channelstate": {"delivery", "listings", "rehearsal"},
    "pause": {"delivery", "listings", "rehearsal"},
    "allowance": {"delivery"},
    "event": {"database"},
    "tally": {"people"},
    "upload": {"consent"},
    "delivery": {"delivery", "consent", "listings", "rehearsal"},
    "post": {"delivery", "consent", "listings"},
}
"""Who may name a table in SQL: who writes it, the listings, and the rehearsal, which has a database of its own to write."""
WRITERS = {
    **{
        table: {"delivery", "rehearsal"}
        for table in ("delivery", "attempt", "channelstate", "pause", "takedown")
    },
    "event": {"database"},
    "tally": {"people"},
    "secondcopy": {"delivery"},
    "replacement": {"delivery"},
}
NAMES_A_TABLE = re.compile(r"\b(FROM|JOIN|UPDATE|INTO)\s+campaign_(\w+)")


def subject(path: Path) -> str:
    return path.relative_to(PROGRAM).parts[0]


@cache
def named_in_sql() -> frozenset[tuple[str, str, str]]:
    """Each folder, what its SQL does with a table, and the table."""
    return frozenset(_named_in_sql())


def _named_in_sql() -> Iterator[tuple[str, str, str]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for verb, table in NAMES_A_TABLE.findall(node.value):
                    yield subject(path), verb, table


def test_no_room_names_another_subjects_tables_in_sql():
    found = named_in_sql()
    assert len(found) > 20
    assert {
        (folder, table) for folder, _, table in found if folder not in OWNERS.get(table, set())
    } == set()


def test_a_table_is_written_in_sql_by_its_own_subject_alone():
    written = {
        (folder, table) for folder, verb, table in named_in_sql() if verb in ("UPDATE", "INTO")
    }
    assert {
        (folder, table) for folder, table in written if folder not in WRITERS.get(table, set())
    } == set()


def test_a_folder_has_about_a_dozen_rooms():
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {
        str(folder): number for folder, number in rooms.items() if number > MOST_ROOMS
    } == {}


def test_a_folder_of_templates_has_about_a_dozen_too():
    templates = PROGRAM / "web" / "templates"
    sizes = Counter(path.parent for path in templates.rglob("*.html"))
    assert {
        str(folder): number for folder, number in sizes.items() if number > MOST_ROOMS
    } == {}


def test_a_file_is_one_subject_of_a_size_that_can_be_read():
    long = {str(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in long.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("parent", ["", "web"])
def test_every_folder_is_on_the_map(parent):
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {
        path.name for path in (PROGRAM / parent).iterdir() if (path / "__init__.py").exists()
    }
    assert {
        name for name in folders - {"templatetags"} if not re.search(rf"`{name}/?`", page)
    } == set()


def test_every_folder_of_tests_is_one_of_the_programs():
    tests = {
        path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")
    }
    beside = {Path("browser"), Path("project")}
    assert {
        str(folder) for folder in tests - beside if not (PROGRAM / folder).is_dir()
    } == set()


def test_a_name_is_a_class_in_three_places_at_the_most():
    places: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].add(str(path))
    assert {name: sorted(where) for name, where in places.items() if len(where) > 2} == {}


def test_a_thing_that_has_a_name_is_called_by_it():
    """`[one for one in found]` says nothing of what it is about."""
    vague = [
        f"{path.relative_to(PROGRAM)}: {name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (name := _bound(node)) in {"one", "found", "item"}
    ]
    assert vague == []


def _bound(node: ast.AST) -> str:
    """The name that a node of the syntax gives to something; "" for none."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.arg if isinstance(node, ast.arg) else ""


def test_a_line_carries_no_more_than_it_can_be_read_with():
    """On average at most 8 nodes of the syntax a line of code; four well-kept programs have 5 to 6."""
    assert round(nodes_a_line(modules(PROGRAM)), 1) <= 8.0
