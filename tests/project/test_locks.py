"""The lock files are complete, the same for both set-ups, and say nothing but versions and hashes."""

import re
import subprocess
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import locks

ROOT = Path(__file__).resolve().parent.parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROGRAM = PYPROJECT["project"]["dependencies"]
WANTED = {
    "requirements.lock": PROGRAM,
    "requirements-dev.lock": PROGRAM + PYPROJECT["dependency-groups"]["dev"],
}
BEFORE = """\
# a comment
apple==1.0 \\
    --hash=sha256:aa
pear==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb
plum==3.0 \\
    --hash=sha256:cc
"""
each_lock = pytest.mark.parametrize("name", locks.LOCKS)


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return {package: version for package, (version, _) in locks.pins(text).items()}


def needed(wanted: list[str]) -> dict[str, list[Requirement]]:
    """Everything that is needed here for what is wanted, extras of extras too, each with who asks for what."""
    asked: dict[str, list[Requirement]] = {}
    waiting = [(Requirement(line), "") for line in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        if requirement in asked.setdefault(name, []):
            continue
        asked[name].append(requirement)
        lines = requires(name) or []
        waiting += [
            (Requirement(line), extra) for line in lines for extra in ("", *requirement.extras)
        ]
    return asked


@each_lock
def test_a_lock_holds_all_that_is_needed_in_a_version_that_fits(name: str) -> None:
    versions = pinned(name)
    for package, asked in needed(WANTED[name]).items():
        assert package in versions, (
            f"{package} is needed ({asked[0]}), but {name} lacks it: make lock"
        )
        unfit = [
            str(requirement)
            for requirement in asked
            if versions[package] not in requirement.specifier
        ]
        assert unfit == [], f"{package} {versions[package]} is locked in {name}"


@each_lock
def test_a_lock_holds_nothing_else_but_what_other_machines_need(name: str) -> None:
    elsewhere = set(
        re.findall(r"^([\w-]+)==\S+ ;", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    )
    assert pinned(name).keys() - needed(WANTED[name]).keys() <= elsewhere


def test_both_set_ups_run_the_program_on_the_same_versions() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


@each_lock
def test_a_lock_names_no_address(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pin = re.compile(r"#.*|[a-z0-9-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not pin.fullmatch(line) or "://" in line] == []


def test_a_new_lock_says_what_it_changes() -> None:
    after = (
        BEFORE.replace("apple==1.0", "apple==1.1").replace("plum", "fig").replace("bb", "dd")
    )
    assert list(locks.changes(BEFORE, after)) == [
        "apple 1.0 → 1.1",
        "added fig 3.0",
        "pear 2.0: other files or platforms",
        "removed plum 3.0",
    ]
    assert list(locks.changes(BEFORE, BEFORE)) == []


def test_a_package_locked_in_two_versions_is_told_with_both() -> None:
    both = BEFORE + "plum==4.0 ; python_version < '3.12' \\\n    --hash=sha256:ee\n"
    assert list(locks.changes(BEFORE, both)) == ["plum 3.0 → 3.0 4.0"]


def test_without_uv_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert locks.main([]) == 1
    assert (
        capsys.readouterr().out
        == "make lock needs uv: install it (pipx install uv), then do this again.\n"
    )


def test_renewing_writes_both_locks_and_prints_the_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []

    def uv(command: list[str], *, check: bool) -> None:
        asked.append(command)
        Path(command[-1]).write_text(BEFORE.replace("apple==1.0", "apple==1.1"), "utf-8")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("shutil.which", str)
    monkeypatch.setattr(subprocess, "run", uv)
    Path("requirements.lock").write_text(BEFORE, "utf-8")
    assert locks.main(["apple"]) == 0
    assert all(
        "--upgrade-package=apple" in command and "--upgrade" not in command for command in asked
    )
    said = capsys.readouterr().out
    assert said.startswith(
        "requirements.lock:\n    apple 1.0 → 1.1\nrequirements-dev.lock:\n    added apple 1.1\n"
    )
