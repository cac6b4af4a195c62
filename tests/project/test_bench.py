"""Every benchmark runs, however small, so that none rots; how fast anything is, is no test's business."""

import re
import subprocess
import sys

import pytest

from bench import __main__ as bench

pytestmark = pytest.mark.program
HANGS = 600
"""Seconds; on a quiet machine it takes five."""


def test_every_benchmark_ends_and_prints_its_figures():
    command = [sys.executable, "-m", "bench", "--tiny"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=HANGS, check=False)
    assert ended.returncode == 0, ended.stderr
    silent = [
        name
        for name in bench.benchmarks()
        if not re.search(rf"^{name}: .*[0-9]", ended.stdout, re.MULTILINE)
    ]
    assert silent == [], ended.stdout


def test_a_file_beside_the_benchmarks_is_one_unless_it_is_named_as_none():
    assert {"drain", "lateness"} <= set(bench.benchmarks())
    assert not {"stage", "network"} & set(bench.benchmarks())


def test_one_that_fails_does_not_stop_the_others_and_fails_the_whole(monkeypatch, capsys):
    begun = []

    def run(command: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        begun.append(command[-1])
        return subprocess.CompletedProcess(command, 1 if command[-1] == "drain" else 0)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SystemExit, match="These benchmarks failed: drain"):
        bench.main([])
    assert begun == bench.benchmarks()


def test_one_that_hangs_is_stopped_and_shows_where():
    hang = (
        "import threading; from bench.__main__ import limited\n"
        "def waits_for_ever():\n    threading.Event().wait()\n"
        "with limited(0.1): waits_for_ever()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", hang], capture_output=True, text=True, timeout=HANGS, check=False
    )
    assert ended.returncode == 1
    assert "waits_for_ever" in ended.stderr
