"""Runs every benchmark, each in a process of its own."""

import subprocess
import sys

BENCHMARKS = ("length", "render", "drain", "lateness", "at_rest", "pages", "rehearse")


def main() -> None:
    """One after the other, so that none disturbs another."""
    for name in BENCHMARKS:
        print(f"— {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True)


if __name__ == "__main__":
    main()
