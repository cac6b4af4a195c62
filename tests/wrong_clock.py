"""The clock of a whole process, wrong by as much as a test wants, and changed while the program runs.

What counts seconds steadily goes on as it is, as it does on a machine whose clock is set. The difference stands in a file of
the program's folder, in seconds; without the file there is none."""

import os
from pathlib import Path

FILE = "wrong-clock"
PREAMBLE = """
import threading, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
import time_machine
def _difference():
    try:
        return float(Path("wrong-clock").read_text("ascii"))
    except FileNotFoundError:
        return 0.0
_right, _since = datetime.now(UTC), time.monotonic()
def _shown(difference):
    return _right + timedelta(seconds=time.monotonic() - _since + difference)
def _follow(world, known):
    while True:
        difference = _difference()
        if difference != known:
            world.move_to(_shown(difference), tick=True)
            known = difference
        time.sleep(0.02)
_begins = _difference()
_world = time_machine.travel(_shown(_begins), tick=True).start()
threading.Thread(target=_follow, args=(_world, _begins), daemon=True).start()
"""
"""Lines that a program begins with."""


def set_clock(folder: Path, seconds: float) -> None:
    """Sets the clocks of all programs in this folder, so many seconds ahead of the right time."""
    written = folder / f"{FILE}.new"
    written.write_text(str(seconds), "ascii")
    os.replace(written, folder / FILE)  # whole, or as it was: it is read at any moment
