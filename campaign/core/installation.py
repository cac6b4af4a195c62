"""How the program came onto this machine: as a checkout, started with scheduler.py, or as a package, with its command."""

import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the program's own files."""
_INSIDE = PACKAGE / "starter"
_IS_PACKAGE = _INSIDE.is_dir()
"""Only the building of the package makes this folder (see pyproject.toml)."""

STARTER = _INSIDE if _IS_PACKAGE else PACKAGE.parent
"""The folder with the starter campaign: posts, templates and config.example.toml."""
COMMAND = "campaign" if _IS_PACKAGE else "scheduler.py"
"""What people type."""
# -P: a folder of the person's own with the name of a module takes no part.
PROGRAM = (
    sys.executable,
    *(("-P", "-m", "campaign") if _IS_PACKAGE else (str(STARTER / "scheduler.py"),)),
)
"""The command and its first arguments that start this same program once more."""
_NAMED = re.compile(r"scheduler\.py(?= [a-z])")


def as_typed(sentence: str, command: str = COMMAND) -> str:
    """A sentence that tells what to type, with the command as it is named here."""
    return sentence if command == "scheduler.py" else _NAMED.sub(command, sentence)
