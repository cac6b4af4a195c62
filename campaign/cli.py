"""The command line: reads the arguments, runs one command, and turns every trouble into a sentence.

Exit status: 0 well, 1 findings or failures, 2 wrong use."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.arguments import COMMANDS, Command, parser
from campaign.clock import Clock, system_clock
from campaign.config import Config, read_config
from campaign.problem import Problem
from campaign.publishers import KNOWN

WELL, FAILED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Call:
    """What a command gets: its arguments, the configuration, the clock."""

    arguments: argparse.Namespace
    config: Config
    clock: Clock


def main(argv: Sequence[str], clock: Clock = system_clock) -> int:
    """Runs one command and returns its exit status."""
    arguments = parser().parse_args(argv)
    command = COMMANDS[arguments.command]
    try:
        return _run(command, arguments, clock)
    except Problem as problem:
        return _say(str(problem))
    except KeyboardInterrupt:
        return _say("Stopped.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return _say(f"The machine refused something{where}: {(problem.strerror or 'unknown reason').lower()}.")
    except Exception as surprise:  # the last door: a person never gets a traceback
        return _say(_sentence(surprise))


def _run(command: Command, arguments: argparse.Namespace, clock: Clock) -> int:
    file = Path(arguments.config) if arguments.config else None
    if file:
        os.environ["CAMPAIGN_CONFIG"] = str(file)
    config = read_config(KNOWN, file)
    _set_up_django()
    if command.needs_database:
        importlib.import_module("campaign.commands.setup").need_database()
    module = importlib.import_module(f"campaign.commands.{command.module}")
    return int(getattr(module, command.function)(Call(arguments, config, clock)))


def _set_up_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
    django = importlib.import_module("django")
    django.setup()


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


def _sentence(surprise: Exception) -> str:
    from django.db import DatabaseError

    if not isinstance(surprise, DatabaseError):
        return f"Something happened that nobody foresaw ({type(surprise).__name__}: {surprise}). Nothing was lost; please report it."
    said = str(surprise).strip()
    if "locked" in said:
        return "The database is busy with another program: try again in a moment."
    if "disk" in said or "full" in said:
        return f"The database cannot be written ({said}): make room on the disk, then try again."
    if "readonly" in said or "unable to open" in said:
        return f"The database cannot be opened for writing ({said}): check database.url in config.toml and the folder's permissions."
    return f"The database did not answer as it should ({said}): check database.url in config.toml, then run: scheduler.py init"
