"""The program as a package: what is in it, and what it does in a folder that knows nothing of the checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign import __version__
from campaign.core.installation import COMMAND, PROGRAM, STARTER, as_typed
from tests.stage import ROOT

pytestmark = pytest.mark.program
PATIENCE = 300
"""Seconds after which something is stuck; a busy machine is no error."""
SOURCES = (
    "campaign",
    "posts",
    "templates",
    "config.example.toml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".gitignore",
)
STARTER_POSTS = ("posts/calendar.toml", "posts/facts.toml", "posts/mbc-awareness")
LYING_ABOUT = (
    "config.toml", "demo.db", "campaign.db-wal", "campaign.key", "uploads/face.jpg", "demo-uploads/face.jpg",
    "campaign/left.db", "campaign/left.key", "campaign/config.toml", "campaign/uploads/face.jpg", "build/lib/left.py",
    "posts/ours/story.toml", "posts/mbc-awareness/left.db", "tests/left.py", "bench/left.py", "docs/left.md", ".venv/left",
)  # fmt: skip
"""What may be in a checkout and is nobody else's business."""
COMMANDS = "import sys, shlex; from campaign.cli import main; sys.exit(max(main(shlex.split(line)) for line in sys.argv[1:]))"


def files(place: Path, folder: str) -> set[str]:
    """A file, or the files of a folder, as they are named in the checkout."""
    paths = [place / folder] if (place / folder).is_file() else (place / folder).rglob("*")
    return {
        str(path.relative_to(place))
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built without a network from a checkout in which things lie about."""
    checkout, built = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("built")
    for name in SOURCES:
        for file in files(ROOT, name):
            (checkout / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, checkout / file)
    for name in LYING_ABOUT:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("secret", "utf-8")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", built, checkout)
    (path,) = built.iterdir()
    return path


def _pip(*arguments: object) -> None:
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith("PIP_")
    }
    subprocess.run(
        [sys.executable, "-I", "-m", "pip", "-qq", "--no-input", *map(str, arguments), "--no-index"],
        env={**settings, "PIP_CONFIG_FILE": os.devnull}, timeout=PATIENCE, check=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Installed:
    """The package beside the libraries that it needs, and an empty folder to work in."""

    site: Path
    folder: Path

    def run(self, *command: str) -> str:
        """What a command says that ends well, started from a bare environment."""
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "PYTHONPATH": str(self.site)}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=bare,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is installed."""
    folder = tmp_path_factory.mktemp("site")
    _pip("install", "--no-deps", "--no-compile", "--target", folder, wheel)
    return folder


@pytest.fixture
def installed(site: Path, tmp_path: Path) -> Installed:
    """The package, and an empty folder."""
    return Installed(site, tmp_path)


def test_the_package_holds_the_program_and_the_starter_campaign_and_nothing_that_lies_about(
    wheel: Path,
) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    starter = set().union(
        *(files(ROOT, part) for part in (*STARTER_POSTS, "templates", "config.example.toml"))
    )
    expected = files(ROOT, "campaign") | {f"campaign/starter/{name}" for name in starter}
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert wheel.name == f"campaign_scheduler-{__version__}-py3-none-any.whl"


def test_the_starter_campaign_s_own_posts_are_the_ones_that_are_packed() -> None:
    assert files(ROOT, "posts") == set().union(*(files(ROOT, part) for part in STARTER_POSTS))


def test_its_command_shows_the_starter_campaign_from_any_folder(installed: Installed) -> None:
    said = installed.run(str(installed.site / "bin" / "campaign"), "demo", "--print-only")
    assert "Metastatic Breast Cancer Awareness Day is today." in said
    assert "Nothing was sent, and nothing goes out before somebody has approved it." in said


def test_an_empty_folder_becomes_a_campaign_of_ones_own(installed: Installed) -> None:
    run = (sys.executable, "-c", COMMANDS)
    said = installed.run(
        *run,
        "init",
        "user add ana --role admin",
        "load --by ana posts/mbc-awareness/mbc-day.toml",
        "queue --status queued",
    )
    assert "config.toml is new" in said
    assert "posts is new: it came with the program, and is yours to change." in said
    assert "templates is new" in said
    assert "There is no admin yet. Add one with: campaign user add NAME --role admin" in said
    assert "see all of them with: campaign queue" in said
    assert "scheduler.py" not in said
    assert (installed.folder / "posts/mbc-awareness/mbc-day.toml").is_file()
    assert (installed.folder / "templates/day/short.txt.j2").is_file()


def test_its_pages_begin_a_rehearsal_with_the_same_program(installed: Installed) -> None:
    (installed.folder / "secrets.py").write_text(
        "raise ImportError('a file of somebody’s own')", "utf-8"
    )
    show = "from campaign.core.installation import PROGRAM; import json; print(json.dumps([*PROGRAM, '--version']))"
    asked = installed.run(sys.executable, "-P", "-c", show)
    assert installed.run(*json.loads(asked)) == f"campaign {__version__}\n"


def test_a_checkout_has_the_starter_campaign_beside_the_program() -> None:
    assert (ROOT, "scheduler.py", (sys.executable, str(ROOT / "scheduler.py"))) == (
        STARTER,
        COMMAND,
        PROGRAM,
    )


@pytest.mark.parametrize(
    ("sentence", "typed"),
    [
        ("Run scheduler.py init.", "Run campaign init."),
        (
            "(scheduler.py run) or scheduler.py queue --status missed",
            "(campaign run) or campaign queue --status missed",
        ),
        ("The file is scheduler.py.", "The file is scheduler.py."),
    ],
)
def test_a_sentence_names_the_command_that_people_type(sentence: str, typed: str) -> None:
    assert as_typed(sentence, "campaign") == typed
    assert as_typed(sentence, "scheduler.py") == sentence
