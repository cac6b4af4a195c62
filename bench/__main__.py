"""Runs benchmarks. One that fails, or hangs, does not stop the others, but fails the whole."""

import argparse
import faulthandler
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from bench.stage import Site, empty, site

NO_BENCHMARKS = ("__init__", "__main__", "figures", "network", "stage")
"""Files here that the benchmarks share, and the figures of the house. Every other file is a benchmark."""
HANGS = 1_800.0
"""Seconds after which a benchmark is taken to hang: the longest takes some minutes on a slow machine."""
DELAY, TINY_DELAY = 0.05, 0.002
"""Seconds in which the networks answer."""


def benchmarks() -> list[str]:
    """The names of all benchmarks, in the order of the alphabet."""
    files = Path(__file__).parent.glob("*.py")
    return sorted(file.stem for file in files if file.stem not in NO_BENCHMARKS)


def main(arguments: Sequence[str]) -> None:
    """Ends with status 1 when a benchmark did."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which: {', '.join(benchmarks())}"
    )
    parser.add_argument(
        "--tiny", action="store_true", help="as small as can be, to see that they run"
    )
    wanted = parser.parse_args(arguments)
    names = wanted.names or benchmarks()
    if wanted.tiny or len(names) == 1:
        here(names, tiny=wanted.tiny)
    elif failed := each_alone(names):
        sys.exit(f"These benchmarks failed: {', '.join(failed)}.")


def here(names: Sequence[str], *, tiny: bool) -> None:
    """Runs them in this process, each on an empty database."""
    with site(TINY_DELAY if tiny else DELAY) as place:
        for name in names:
            print(f"— {name}", flush=True)
            empty()
            with limited(HANGS):
                _run(name, place, tiny=tiny)


def each_alone(names: Sequence[str]) -> list[str]:
    """Runs each in a process of its own, so that none disturbs another. Returns the names of those that failed."""
    commands = {name: [sys.executable, "-m", "bench", name] for name in names}
    return [
        name
        for name, command in commands.items()
        if subprocess.run(command, check=False).returncode
    ]


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends this process, and shows where it stands, when what is done here takes longer. Works in a deadlock too."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def _run(name: str, place: Site, *, tiny: bool) -> None:
    module = import_module(f"bench.{name}")
    module.measure(place, module.TINY if tiny else module.Sizes())


if __name__ == "__main__":
    main(sys.argv[1:])
