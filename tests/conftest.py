"""What tests share."""

import gc
import importlib
import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from campaign.cli import main
from campaign.core.sentence import Sentence
from campaign.database import mark
from campaign.demonstration import DEMO_VARIABLE
from campaign.planning import online
from campaign.publishers.pages import State, WebPage
from tests import begun, left_running
from tests.doubles import DoubleServer, doubles
from tests.folders import make_folder
from tests.pages import admin, second, site_clock, staff, stranger, volunteer  # noqa: F401 - fixtures
from tests.postgresql import Server, programs
from tests.postgresql import server as postgresql_server
from tests.prepared import Prepared, with_tables
from tests.prepared import prepared as prepared_once
from tests.stage import PATIENCE, Machine, Stage, in_process

# A busy machine is no error: neither an example nor the drawing of one has a time limit.
settings.register_profile(
    "calm", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
# For the inner loop.
settings.register_profile("few", settings.get_profile("calm"), max_examples=12)
settings.load_profile("calm")


def pytest_configure() -> None:
    """Passwords of tests need no strength, and hashing them well would take a third of a second each."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    left_running.begin()
    # In the background of a script this signal is ignored, and by every program that is begun there.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Hundreds of programs are begun: each would be compiled anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


ENGLISH = (
    "/campaign/commands/",
    "/campaign/core/finding.py",
    "/campaign/authoring/shared/effects.py",
)
"""Where a sentence is meant to become its English: the command line, a finding's line there, a hash."""


@pytest.fixture(autouse=True, scope="session")
def sentences_are_not_flattened() -> Iterator[None]:
    """A sentence put into a formatted string is plain English from then on, and nobody reads it in French: refused."""

    def flat(sentence: Sentence, form: str) -> str:
        file = Path(sys._getframe(1).f_code.co_filename).as_posix()
        if "/campaign/" in file and not any(place in file for place in ENGLISH):
            raise AssertionError(f"keep it a Sentence (core.sentence.joined): {sentence!r}")
        return format(str.__str__(sentence), form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sentence, "__format__", flat)
        yield


@pytest.fixture(autouse=True, scope="session")
def served_files_are_found_once() -> Iterator[None]:
    """Every visitor of a test begins the pages anew, and half of a page's time would go into looking for the same files."""
    found: dict[str, object] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def once(pages: WhiteNoiseMiddleware) -> None:
        if not found:
            find(pages)
            found.update(pages.files)
        pages.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


PROGRAMS = frozenset({"machine", "prepared", "postgresql", "chromium"})
"""Fixtures with which a test starts programs."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what starts programs: before the marks are selected by, as FAST=1 does."""
    fixtures = item.fixturenames if isinstance(item, pytest.Function) else []
    if PROGRAMS.intersection(fixtures) or item.get_closest_marker("postgresql"):
        item.add_marker("program")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts programs comes first: these are the longest, and others fill the time in which they wait. Then come the
    machines of states, the longest of the others: begun last, one would keep everybody waiting."""
    items.sort(
        key=lambda item: (
            item.get_closest_marker("program") is None,
            item.get_closest_marker("browser") is None,
            "_machine.py" not in item.nodeid,
        )
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """What is collected stays to the end: to look through it for what could be cleared away, again and again, takes a
    twentieth of the time of a run."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """As above, from here on for what the tests themselves make."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> None:
    """The tests' database is a file that is gone afterwards, so that two runs at a time do not meet in it. The first process
    of a run makes its tables, which takes seconds; the others copy it."""
    settings = connections["default"].settings_dict
    if "sqlite" in str(settings["ENGINE"]):
        file = tmp_path_factory.mktemp("database") / "test.db"
        settings["TEST"]["NAME"] = str(file)
        with django_db_blocker.unblock():
            shutil.copy(with_tables(shared), file)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The tables are there already."""
    return "sqlite" in str(connections["default"].settings_dict["ENGINE"])


@pytest.fixture
def stage(
    tmp_path: Path,
    db: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    """A folder in which commands run in this process, on the tests' database, by a clock that stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAMPAIGN_CONFIG", "")
    monkeypatch.setattr(logging, "raiseExceptions", True)
    monkeypatch.setattr(online, "ask", _every_page_is_here)
    if connection.vendor == "sqlite":
        # Deliveries are numbered from 1, whatever was committed and emptied before.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
    mark.file().unlink(missing_ok=True)  # of a test before, whose rows are gone
    handlers = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    levels = {log: log.level for log in _logs()}
    acted = Stage(make_folder(tmp_path), _runner(lambda: acted.now, capsys))
    acted.configure()
    yield acted
    for number, handler in handlers.items():
        signal.signal(number, handler)
    # A command chooses what it says in the log; the tests after it read another.
    for log, level in levels.items():
        log.setLevel(level)


def _logs() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [log for log in known if isinstance(log, logging.Logger)]


class Stuck(BaseException):
    """A command that should have ended long ago; no door of the program may catch it."""


def _stuck(*_: object) -> None:
    raise Stuck


def _every_page_is_here(addresses: Iterable[str], _agent: str) -> dict[str, WebPage]:
    """Stands for the web: no test asks it."""
    return dict.fromkeys(addresses, WebPage(State.HERE))


def _runner(
    clock: Callable[[], datetime], capsys: pytest.CaptureFixture[str]
) -> Callable[[Sequence[str]], tuple[int, str, str]]:
    def run(arguments: Sequence[str]) -> tuple[int, str, str]:
        capsys.readouterr()
        named = os.environ["CAMPAIGN_CONFIG"]  # a command may name another to Django
        signal.signal(signal.SIGALRM, _stuck)
        signal.alarm(int(PATIENCE))
        try:
            status = main(arguments, clock)
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            signal.alarm(0)
            os.environ["CAMPAIGN_CONFIG"] = named
            os.environ.pop(DEMO_VARIABLE, None)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all processes that run these tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Prepared:
    """A database with people in it."""
    return prepared_once(shared)


@pytest.fixture
def machine(tmp_path: Path, prepared: Prepared) -> Machine:
    """A folder in which every command is a process of its own, on a database of its own, by the machine's clock."""
    acted = Machine(
        make_folder(tmp_path),
        lambda arguments: in_process(tmp_path, acted.env, arguments),
        prepared=prepared,
    )
    acted.configure()
    return acted


@pytest.fixture
def networks() -> Iterator[DoubleServer]:
    """Both networks on the loopback."""
    with doubles() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of PostgreSQL, for the tests that need one; without its programs they are skipped."""
    found = programs()
    if found is None:
        why = "PostgreSQL's initdb is not installed here: nothing was tested on PostgreSQL."
        if os.environ.get("CAMPAIGN_NO_SKIP"):
            pytest.fail(why)
        pytest.skip(why)
    with postgresql_server(found) as running:
        yield running


@pytest.fixture(autouse=True)
def files_are_as_open_as_they_were() -> Iterator[None]:
    """A command that runs within a test's own process makes all files of that process private from then on."""
    os.umask(0o022)
    yield
    os.umask(0o022)


@pytest.fixture(autouse=True)
def the_log_is_kept(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """The database refuses to delete the log; between two tests that commit, the tests' tables have to be emptied."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    protection = importlib.import_module("campaign.migrations.0002_log_is_append_only")
    emptying = importlib.import_module("campaign.migrations.0013_truly_erased")
    if marker and UNPROTECTED:
        _execute(protection.protection(connection.vendor))
        _execute(emptying.protection(connection.vendor))
    yield
    if commits:
        _execute(protection.removal(connection.vendor))
        UNPROTECTED.add(connection.vendor)


UNPROTECTED: set[str] = set()
"""Whether a test of this process has emptied the tables."""


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says loudly what was skipped; where nothing may be (CAMPAIGN_NO_SKIP), a skip is a failure."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(
            f"{len(skipped)} TESTS WERE SKIPPED, see above why", red=True, bold=True
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """As above, for the exit status of the whole run; and nothing that a test has started may go on after it."""
    begun.end()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a process that runs a share of the tests: the one that leads looks
        return
    left = left_running.left_running()
    for command in left:
        reporter.write_line(f"LEFT RUNNING by a test: {command}", red=True, bold=True)
    skipped = os.environ.get("CAMPAIGN_NO_SKIP") and reporter.stats.get("skipped")
    if exitstatus == 0 and (left or skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
