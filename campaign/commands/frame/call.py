"""What a command gets, and how it ends."""

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign.core.clock import Clock

if TYPE_CHECKING:  # the command line ends by the numbers below, and asks for no configuration before it has a command
    from campaign.config import Config

WELL, FAILED, WRONG_USE = 0, 1, 2
"""Exit status: well; findings or failures; wrong use."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a command is called with: its arguments, the configuration, the clock."""

    arguments: argparse.Namespace
    config: "Config"
    clock: Clock
