"""The Makefile's own set-up, in a folder and with an index of the test's own: what is locked is installed, and nothing else."""

import ensurepip
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pip
import pytest

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parent.parent.parent
RELEASES = {
    # The program asks for an extra that nothing else asks for, as pytest-cov does with coverage[toml].
    "program-1": ("Requires-Dist: part[more]>=1",),
    "part-1": ("Provides-Extra: more", "Requires-Dist: extra>=1; extra == 'more'"),
    "part-2": ("Provides-Extra: more", "Requires-Dist: extra>=2; extra == 'more'"),
    "extra-1": ("Requires-Dist: surprise",),  # which is in no lock
    "extra-2": (),
    "surprise-1": (),
    "tool-1": (),
    "tool-2": (),
}
LOCKED = ("program-1", "part-1", "extra-1")
WITH_TOOL = (*LOCKED, "tool-1")
PYTHON = """\
#!/bin/sh
# A Python whose own pip is {pip}: what a distribution decides.
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
echo made >>"$(dirname "$0")/../made"
cp -R {venv} "$3" && echo {pip} >"$(echo "$3"/lib/python*/site-packages)/pip.pth"
"""
QUICK_PIP = """\
# Stands for pip where the question is when a set-up happens: it installs nothing but names, and needs the index.
import sys, sysconfig
from pathlib import Path

if not Path("index").is_dir():
    sys.exit("WARNING: Retrying\\nERROR: No matching distribution found")
for line in Path(sys.argv[sys.argv.index("-r") + 1]).read_text().splitlines():
    name, version = line.split()[0].split("==")
    info = Path(sysconfig.get_path("purelib"), f"{name}-{version}.dist-info")
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Name: {name}\\nVersion: {version}\\n")
"""
PATIENCE = 300
"""Seconds after which a set-up is stuck; a busy machine is no error."""


def wheel(folder: Path, release: str, lines: tuple[str, ...]) -> Path:
    """An empty package of this name and version, which asks for others."""
    name, version = release.split("-")
    path, info = folder / f"{release}-py3-none-any.whl", f"{release}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        head = ("Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}")
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{info}/METADATA", "\n".join([*head, *lines, ""]))
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(
            f"{info}/RECORD",
            f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
        )
    return path


def bundled_pip(folder: Path) -> Path:
    """The pip that this Python brings, unpacked; on Debian it is a package of its own."""
    places = (
        Path(ensurepip.__file__).parent / "_bundled",
        Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/nowhere"),
    )
    found = [file for place in places for file in place.glob("pip-*.whl")]
    shutil.unpack_archive(found[0], folder, "zip")
    return folder


def newest_pip(folder: Path) -> Path:
    """The pip of the lock, which is newer than any distribution's, and nothing beside it."""
    folder.mkdir()
    (folder / "pip").symlink_to(Path(pip.__file__).parent)
    return folder


@dataclass(frozen=True)
class SetUp:
    """A folder with our Makefile, locks, an index and a Python."""

    root: Path

    def lock(self, name: str, releases: tuple[str, ...]) -> None:
        lines = []
        for release in releases:
            digest = hashlib.sha256(
                (self.root / f"index/{release}-py3-none-any.whl").read_bytes()
            ).hexdigest()
            lines.append(f"{release.replace('-', '==')} --hash=sha256:{digest}\n")
        (self.root / name).write_text("".join(lines), "utf-8")

    def make(self, target: str, *more: str) -> tuple[int, str]:
        """Runs make as on a machine whose pip is set to our index, and to nothing else."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTHON", "MAKE"))
        }
        index = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.root / "index"),
        }
        done = subprocess.run(
            ["make", "--no-print-directory", target, *more],
            cwd=self.root, env={**kept, "PATH": f"{self.root / 'bin'}:{kept['PATH']}", **index},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def installed(self) -> set[str]:
        (packages,) = (self.root / ".venv/lib").glob("python*/site-packages")
        return {
            f"{package.name}-{package.version}"
            for package in distributions(path=[str(packages)])
        }

    @property
    def times_made(self) -> int:
        """How often .venv was made."""
        return len((self.root / "made").read_text("utf-8").splitlines())


def prepared(root: Path, its_pip: Path, venv: Path) -> SetUp:
    """Nothing is set up yet."""
    for folder in ("index", "bin"):
        (root / folder).mkdir()
    for release, lines in RELEASES.items():
        wheel(root / "index", release, lines)
    shutil.copy(ROOT / "Makefile", root)
    python = root / "bin" / "python3"
    python.write_text(PYTHON.format(pip=its_pip, venv=venv, python=sys.executable), "utf-8")
    python.chmod(0o755)
    made = SetUp(root)
    made.lock("requirements.lock", LOCKED)
    made.lock("requirements-dev.lock", WITH_TOOL)
    return made


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment without pip, to be copied: making one takes half a second."""
    folder = tmp_path_factory.mktemp("venv") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder


@pytest.fixture(scope="module", params=[bundled_pip, newest_pip])
def each_pip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pip that comes with Python, and the newest."""
    bring: Callable[[Path], Path] = request.param
    return bring(tmp_path_factory.mktemp("pip") / "its")


@pytest.fixture
def fresh(tmp_path: Path, venv: Path) -> SetUp:
    """Nothing is set up; a pip that takes no time."""
    quick = tmp_path / "quick" / "pip"
    quick.mkdir(parents=True)
    (quick / "__main__.py").write_text(QUICK_PIP, "utf-8")
    return prepared(tmp_path, quick.parent, venv)


def test_both_set_ups_install_what_is_locked_whatever_else_the_index_has(
    tmp_path: Path, each_pip: Path, venv: Path
) -> None:
    machine = prepared(tmp_path, each_pip, venv)
    assert machine.make(".venv/run") == (0, "Setting up (once, about a minute)…\n")
    assert machine.installed() == set(LOCKED)
    assert machine.make("setup") == (
        0,
        "Setting up what the tests need (once, about a minute)…\n",
    )
    assert machine.installed() == set(WITH_TOOL)
    assert machine.times_made == 1


def test_a_second_set_up_does_nothing_and_says_nothing(fresh: SetUp) -> None:
    fresh.make("setup")
    shutil.rmtree(fresh.root / "index")  # nothing could be installed
    for file in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        (fresh.root / file).touch()
    assert fresh.make("setup") == (0, "")
    assert fresh.make(".venv/run") == (0, "")


def test_a_new_lock_is_set_up_anew_so_that_nothing_old_stays(fresh: SetUp) -> None:
    fresh.make("setup")
    fresh.lock("requirements-dev.lock", LOCKED)
    status, said = fresh.make("setup")
    assert (status, said.count("Setting up")) == (0, 2)
    assert fresh.installed() == set(LOCKED)
    assert fresh.make("setup") == (0, "")


def test_a_set_up_that_broke_off_is_repeated(fresh: SetUp) -> None:
    index = (fresh.root / "index").rename(fresh.root / "away")
    status, said = fresh.make(".venv/run")
    assert status != 0
    assert "Retrying" not in said
    assert (
        "ERROR: No matching distribution found\n"
        "The packages could not be installed. If the network was away, do this again when it is back.\n"
    ) in said
    index.rename(fresh.root / "index")
    assert fresh.make(".venv/run")[0] == 0
    assert fresh.installed() == set(LOCKED)


def test_without_the_network_what_is_set_up_goes_on(fresh: SetUp) -> None:
    fresh.make(".venv/run")
    (fresh.root / "index").rename(fresh.root / "away")
    assert fresh.make("setup")[0] != 0
    assert fresh.make(".venv/run") == (0, "")


def test_another_python_is_set_up_anew(fresh: SetUp) -> None:
    fresh.make(".venv/run")
    (fresh.root / ".venv/bin/python").unlink()
    (fresh.root / ".venv/bin/python").symlink_to("/bin/false")
    assert "Setting up" in fresh.make(".venv/run")[1]
    assert fresh.make(".venv/run") == (0, "")


def test_a_python_that_is_named_is_the_one_that_is_used(fresh: SetUp) -> None:
    fresh.make(".venv/run")
    other = fresh.root / "bin/other"
    shutil.copy(fresh.root / "bin/python3", other)
    assert fresh.make(".venv/run", "PYTHON=other") == (0, "")  # of the same version
    other.write_text(
        other.read_text("utf-8").replace(
            "\n[", '\n[ "$1" = -V ] && exec echo Python 3.99.0\n[', 1
        ),
        "utf-8",
    )
    assert "Setting up" in fresh.make(".venv/run", "PYTHON=other")[1]


def test_a_folder_that_was_moved_is_set_up_anew(fresh: SetUp) -> None:
    fresh.make(".venv/run")
    moved = SetUp(fresh.root.rename(fresh.root.with_name("moved")))
    (moved.root / "bin/python3").write_text(
        (moved.root / "bin/python3")
        .read_text("utf-8")
        .replace(str(fresh.root), str(moved.root)),
        "utf-8",
    )
    assert "Setting up" in moved.make(".venv/run")[1]
    assert moved.make(".venv/run") == (0, "")


OLD = "case $2 in *version_info*) exit 1;; esac"
WITHOUT_VENV = "case $2 in *ensurepip*) exit 1;; esac"


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (OLD, "Python 3.11 or newer is needed; name it with: make run PYTHON=python3.12"),
        (
            WITHOUT_VENV,
            "This Python lacks its venv: install it (on Debian: apt install python3-venv). Then do this again.",
        ),
        (None, "There is no python3 here: install Python 3.11 or newer. Then do this again."),
    ],
    ids=["old", "without venv", "none"],
)
def test_what_the_machine_lacks_is_said_in_a_sentence(
    tmp_path: Path, python: str | None, sentence: str
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bin").mkdir()
    if python:
        (tmp_path / "bin/python3").write_text(
            f'#!/bin/sh\n{python}\nexec {sys.executable} "$@"\n'
        )
        (tmp_path / "bin/python3").chmod(0o755)
    named = () if python else ("PYTHON=python3.0",)
    status, said = SetUp(tmp_path).make("setup", *named)
    assert status != 0
    assert said.startswith(
        f"{sentence.replace('no python3', 'no python3.0') if named else sentence}\n"
    )
