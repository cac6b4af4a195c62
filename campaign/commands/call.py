"""What a command gets, and how it ends."""

import argparse
from dataclasses import dataclass

from campaign.clock import Clock
from campaign.config import Config

WELL, FAILED, WRONG_USE = 0, 1, 2
"""Exit status: well; findings or failures; wrong use."""


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments, the configuration, the clock."""

    arguments: argparse.Namespace
    config: Config
    clock: Clock
