"""Databases of every version that has landed come up with all that they hold; no landed migration is ever edited.

Where a migration moves a value elsewhere, `test_..._comes_up_with_all_that_it_held` has to say from where to where."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from campaign.cli import main
from campaign.commands import setup
from campaign.commands.frame import origin
from campaign.config import Stories
from campaign.config.secret import Secret
from campaign.core.sentence import read
from campaign.listings.search import Searched, find
from campaign.models.stories import Storyteller
from campaign.states import Status
from campaign.stories import storyteller
from tests import databases, dumps
from tests.databases import HASHES, KEPT, KEY, opened
from tests.postgresql import Server

NAMES = sorted(path.name.removesuffix(".sql") for path in KEPT.glob("*.sql"))
TOO_OLD = [name for name in NAMES if name.startswith("0001-12c8e75")]
BROUGHT_UP = [name for name in NAMES if name not in TOO_OLD]
NEWEST = NAMES[-2:]
BEHIND = ["0005-923d51a.postgresql", "0005-923d51a.sqlite"]
Schema = set[tuple[str, ...]]
Rows = Mapping[str, Counter[tuple[str, ...]]]
TODAYS: dict[str, Schema] = {}
"""Worked out once for each kind of database."""


def each(names):
    """These databases, one test for each; those of PostgreSQL need its server."""
    marked = [
        pytest.param(name, marks=pytest.mark.postgresql)
        for name in names
        if "postgresql" in name
    ]
    plain = [name for name in names if "postgresql" not in name]
    return pytest.mark.parametrize("database", plain + marked, indirect=True)


@pytest.fixture
def home(tmp_path, monkeypatch, django_db_blocker):
    """A folder of its own, without a database yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAMPAIGN_CONFIG", "")
    (tmp_path / "config.toml").write_text("", "utf-8")
    with django_db_blocker.unblock():
        yield tmp_path


@pytest.fixture
def database(request, home):
    """The kept database of this name, open, as its own version of the program left it."""
    with opened(restored(request.param, home, request)):
        yield request.param


def state() -> tuple[Schema, object]:
    """All of a database: its tables, and their rows."""
    return databases.schema(), databases.rows(databases.tables())


def restored(name: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Makes a kept database in this folder, or on the server; returns its address."""
    text = (KEPT / f"{name}.sql").read_text("utf-8")
    if name.endswith("sqlite"):
        dumps.into_sqlite(text, folder / "campaign.db")
        return f"sqlite:///{folder / 'campaign.db'}"
    server: Server = request.getfixturevalue("postgresql")
    address = server.another(folder.name)
    dumps.into_postgresql(text, address)
    return address


@pytest.fixture
def todays(request, database, home) -> Schema:
    """Today's tables, on what this database is on: those of the newest kept one, which `init` made from nothing."""
    kind = database.rpartition(".")[2]
    if kind not in TODAYS:
        folder = home / "newest"
        folder.mkdir()
        [newest] = [name for name in NEWEST if name.endswith(kind)]
        with opened(restored(newest, folder, request)):
            setup.migrate()
            TODAYS[kind] = databases.schema()
    return TODAYS[kind]


@each(BROUGHT_UP)
def test_a_database_of_an_earlier_version_comes_up_with_all_that_it_held(
    database, todays, capsys
):
    tables = databases.tables()
    before = in_english(databases.rows(tables))
    ours = [table for table in tables if table.startswith("campaign_")]
    assert [table for table in ours if not before[table]] == []
    assert "The database is ready" in said(capsys, "init")
    after = in_english(databases.rows(tables))
    assert [
        table for table in ours if after[table] != before[table] and "_words" not in table
    ] == []
    assert {
        table: lost
        for table in tables
        if "_words" not in table and (lost := before[table] - after[table])
    } == {}
    assert databases.schema() == todays
    the_log_is_kept()
    everything_is_shown(before, capsys)


def in_english(rows: Rows) -> Rows:
    """Since 0008 a sentence stands there as what it was made of. Its English, and anybody's words, are what they were; the
    words to search for are looked at by searching."""
    return {table: Counter(map(read_row, of.elements())) for table, of in rows.items()}


def read_row(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str.__str__(read(value)) for value in row)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What a command says on its output, or in its sentence of trouble."""
    capsys.readouterr()
    assert main(arguments) == status
    printed = capsys.readouterr()
    return printed.out + printed.err


def the_log_is_kept():
    """What has happened is neither changed nor deleted, by whatever statement."""
    finished = "WHERE finished_at IS NOT NULL"
    statements = [
        "UPDATE campaign_event SET reason = ''",
        f"UPDATE campaign_attempt SET detail = '' {finished}",
    ]
    statements += ["DELETE FROM campaign_event", "DELETE FROM campaign_attempt"]
    if connection.vendor == "postgresql":
        statements += ["TRUNCATE campaign_event", "TRUNCATE campaign_attempt"]
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="the publish log is never"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def everything_is_shown(before, capsys):
    """The queue and the log hold each delivery, attempt and event; a search without accents finds the accented words."""
    deliveries = json.loads(said(capsys, "queue", "--json"))
    assert len(deliveries) == before["campaign_delivery"].total()
    assert {row["status"] for row in deliveries} == set(Status)
    entries = json.loads(said(capsys, "log", "--json"))
    assert len(entries) == before["campaign_attempt"].total() + before["campaign_event"].total()
    assert len(find(Searched.DELIVERIES, "meme a noel").numbers) == 1
    assert len(find(Searched.EVENTS, "ca passe").numbers) == 1
    # The words of the network that refused a post, in older and in newer ones.
    refused = [find(Searched.ATTEMPTS, word).numbers for word in ("permitted", "allowed")]
    assert sum(map(len, refused)) == 1


@each(NEWEST)
def test_what_is_sealed_can_be_read_with_its_key(database, settings):
    settings.CONFIG = replace(settings.CONFIG, stories=Stories(key=(Secret(KEY),)))
    assert [storyteller.name_of(person) for person in Storyteller.objects.order_by("pk")] == [
        "Zoé Ferragamo",
        "Noé Ferragamo",
    ]


@each(TOO_OLD)
def test_the_very_first_tables_are_told_with_what_to_do_and_left_as_they_are(database, capsys):
    before = state()
    for command in (["init"], ["queue"], ["load"], ["run"], ["manage", "migrate"]):
        assert said(capsys, *command, status=1) == f"{origin.TOO_OLD}\n"
    assert state() == before


@each(NEWEST)
def test_a_database_of_a_newer_version_is_told_and_left_as_it_is(database, capsys):
    with connection.cursor() as cursor:
        values = "('campaign', '0099_later', CURRENT_TIMESTAMP)"
        cursor.execute(f"INSERT INTO django_migrations (app, name, applied) VALUES {values}")
    before = state()
    for command in ("init", "queue"):
        told = said(capsys, command, status=1)
        assert (
            "made by a newer version of the program (0099_later): install that version" in told
        )
    assert state() == before


@each(BEHIND)
def test_an_init_that_ends_in_its_middle_leaves_the_database_as_it_was(
    database, todays, capsys, monkeypatch
):
    before = state()
    with monkeypatch.context() as patched:
        patched.setattr(setup, "make_roles", stop)
        with pytest.raises(KeyboardInterrupt):
            setup.migrate()
    assert state() == before
    assert "older version: back it up" in said(capsys, "queue", status=1)
    assert "The database is ready" in said(capsys, "init")
    assert databases.schema() == todays


def stop():
    raise KeyboardInterrupt


def test_a_file_of_another_program_is_told_and_left_as_it_is(home, capsys):
    another = home / "campaign.db"
    dumps.into_sqlite(
        "CREATE TABLE moz_places (url text); INSERT INTO moz_places VALUES ('https://example.org')",
        another,
    )
    before = another.read_bytes()
    with opened("sqlite:///campaign.db"):
        for command in ("init", "queue"):
            assert "belongs to another program (there is moz_places)" in said(
                capsys, command, status=1
            )
    assert another.read_bytes() == before
    assert list(home.glob("campaign.db*")) == [another]


@pytest.mark.postgresql
def test_a_database_of_another_program_with_django_is_told_and_left_as_it_is(
    home, postgresql, capsys
):
    address = postgresql.another("blog")
    made = "CREATE TABLE django_migrations (id int, app text, name text, applied timestamptz)"
    dumps.into_postgresql(
        f"{made}; INSERT INTO django_migrations VALUES (1, 'blog', '0001', now())", address
    )
    with opened(address):
        before = state()
        assert "belongs to another program (there is blog)" in said(capsys, "init", status=1)
        assert state() == before


@pytest.mark.parametrize(
    "statements", ["", "CREATE TABLE django_migrations (id, app, name, applied)"]
)
def test_an_empty_file_and_a_beginning_of_our_own_are_no_other_programs(home, statements):
    dumps.into_sqlite(statements, home / "campaign.db")
    with opened("sqlite:///campaign.db"):
        assert origin.our_own().loader.applied_migrations == {}


def test_a_file_that_is_no_database_is_told(home, capsys):
    (home / "campaign.db").write_text("Notes of the meeting.\n" * 100, "utf-8")
    with opened("sqlite:///campaign.db"):
        assert "its file is no database" in said(capsys, "init", status=1)
    assert (home / "campaign.db").read_text("utf-8").startswith("Notes")


@pytest.mark.django_db
def test_a_new_database_has_the_tables_of_one_that_came_up(request, tmp_path):
    if connection.vendor == "sqlite":
        made = databases.schema()
        with opened(restored(NEWEST[1], tmp_path, request)):
            setup.migrate()
            assert databases.schema() == made


def test_no_migration_that_has_landed_was_edited():
    now = databases.hashes()
    edited = [name for name, digest in databases.landed().items() if now.get(name) != digest]
    assert edited == [], (
        "These migrations have landed, and databases were made with them: bring each back as it was, and write a new one"
        f" that changes what has to change. (Did it never land? Then take its line out of {HASHES.name}.)"
    )


def test_every_migration_is_listed_and_has_a_database_after_it():
    new = databases.hashes().keys() - databases.landed().keys()
    last = max(name for name in databases.hashes() if name[0].isdigit()).partition("_")[0]
    missing = [
        kind for kind in ("sqlite", "postgresql") if not list(KEPT.glob(f"{last}*.{kind}.sql"))
    ]
    assert (new, missing) == (set(), []), (
        "Run python -m tests.databases keep, and commit what it writes."
    )


@each([name for name in NAMES if name.endswith("sqlite")])
def test_a_kept_file_is_restored_whole(database, home):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    assert dumps.of_sqlite(home / "campaign.db") == (KEPT / f"{database}.sql").read_text(
        "utf-8"
    )
