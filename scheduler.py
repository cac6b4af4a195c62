#!/usr/bin/env python3
"""The campaign scheduler's command; see `campaign/cli.py`."""

import sys

from campaign.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
