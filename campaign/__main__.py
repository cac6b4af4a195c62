"""The command `campaign` of the installed package, and `python -m campaign`: the same as scheduler.py."""

import sys

from campaign.cli import main


def run() -> None:
    """Runs one command and ends with its exit status."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
