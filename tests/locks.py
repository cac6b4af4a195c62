"""The lock files, written anew: python -m tests.locks [PACKAGE]. Needs uv, and nothing of the program.

Everything becomes as new as pyproject.toml allows, or one package alone; then it is said what changed. The files hold
versions and hashes, and no address of any index. Only releases with wheels are taken: a set-up builds nothing.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LOCKS: Mapping[str, Sequence[str]] = {
    "requirements.lock": (),
    # What the program runs on is the same in both.
    "requirements-dev.lock": ("--group", "dev", "--constraint", "requirements.lock"),
}
COMPILE = (
    "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate", "--only-binary", ":all:",
    "--custom-compile-command", "make lock", "pyproject.toml",
)  # fmt: skip
_PIN = re.compile(r"([a-z0-9-]+)==([^ ]+)")


def pins(text: str) -> dict[str, tuple[str, str]]:
    """Each locked package with its version (several where they differ by platform), and with all of its lines."""
    locked: dict[str, tuple[str, str]] = {}
    for block in re.split(r"\n(?=\S)", text):
        if pin := _PIN.match(block):
            name, version = pin.groups()
            versions, lines = locked.get(name, ("", ""))
            locked[name] = (f"{versions} {version}".strip(), lines + block)
    return locked


def changes(before: str, after: str) -> Iterator[str]:
    """What a new lock changes, a line for each package."""
    old, new = pins(before), pins(after)
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield f"added {name} {new[name][0]}"
        elif name not in new:
            yield f"removed {name} {old[name][0]}"
        elif old[name][0] != new[name][0]:
            yield f"{name} {old[name][0]} → {new[name][0]}"
        elif old[name][1] != new[name][1]:
            yield f"{name} {new[name][0]}: other files or platforms"


def _lock(name: str, options: Sequence[str], only: Sequence[str]) -> None:
    file = Path(name)
    before = file.read_text("utf-8") if file.exists() else ""
    renewed = [f"--upgrade-package={package}" for package in only] or ["--upgrade"]
    subprocess.run([*COMPILE, *options, *renewed, "--output-file", name], check=True)
    lines = list(changes(before, file.read_text("utf-8")))
    print("\n    ".join([f"{name}:", *(lines or ["nothing changed"])]))


def main(only: Sequence[str]) -> int:
    """Renews both locks; 1 when that cannot be done."""
    if not shutil.which("uv"):
        print("make lock needs uv: install it (pipx install uv), then do this again.")
        return 1
    try:
        for name, options in LOCKS.items():
            _lock(name, options, only)
    except subprocess.CalledProcessError:
        print("The locks could not be written; uv says why above.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
