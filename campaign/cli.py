"""The command line: reads the arguments, runs one command, and turns every trouble into a sentence.

Exit status: 0 well, 1 findings or failures, 2 wrong use."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError

from campaign import demonstration
from campaign.arguments import COMMANDS, Command, read
from campaign.checks.catalog import SETTABLE
from campaign.clock import Clock, system_clock
from campaign.commands.call import FAILED, Call
from campaign.commands.lines import where
from campaign.commands.output import complain
from campaign.config import CONFIG_VARIABLE, read_config
from campaign.problem import Problem
from campaign.publishers import KNOWN


def main(argv: Sequence[str], clock: Clock = system_clock) -> int:
    """Runs one command and returns its exit status; wrong use ends in SystemExit with status 2."""
    _prepare_output()
    try:
        arguments = read(argv)
        status = _run(COMMANDS[arguments.command], arguments, clock)
        sys.stdout.flush()  # here, and not when the program ends, so that a reader who has gone is noticed quietly
    except KeyboardInterrupt:
        return _say("Stopped.")
    except BrokenPipeError:
        return _nobody_listens()
    except Exception as trouble:  # the last door: a person never gets a traceback
        return _say(_sentence(trouble))
    return status


def _run(command: Command, arguments: argparse.Namespace, clock: Clock) -> int:
    named = os.environ.get(CONFIG_VARIABLE) if arguments.config is None else arguments.config
    if arguments.config is not None:
        os.environ[CONFIG_VARIABLE] = arguments.config
    if arguments.command == "demo":
        demonstration.begin(arguments.port, serves=not arguments.print_only)
    config = demonstration.as_demonstration(read_config(KNOWN, Path(named) if named else None, SETTABLE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
    django.setup()
    if command.needs_database:
        importlib.import_module("campaign.commands.setup").need_database()
    module = importlib.import_module(f"campaign.commands.{command.module}")
    return int(getattr(module, command.function)(Call(arguments, config, clock)))


def _prepare_output() -> None:
    """A sign that the terminal or the file cannot hold is written as a number; without an output, nothing is."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nobody_listens() -> int:
    """The reader of the output has gone, as `head` does: quiet, also when the program ends and flushes."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _say(sentence: str) -> int:
    with suppress(OSError):
        complain(sentence)
    return FAILED


def _sentence(trouble: Exception) -> str:
    """What happened and what to do, for a person."""
    match trouble:
        case Problem():
            return str(trouble)
        case DatabaseError():
            return _about_database(trouble)
        case OSError():
            which = f" ({trouble.filename})" if trouble.filename else ""
            reason = (trouble.strerror or "unknown reason").lower()
            return f"The machine refused something{which}: {reason}. Put that right, then try again."
    return (
        f"Something happened that nobody foresaw ({where(trouble)}). What was saved before is safe; please report this."
    )


def _about_database(trouble: Exception) -> str:
    said = _without_password(" ".join(str(trouble).split()))
    for words, sentence in _DATABASE_TROUBLES:
        if any(word in said for word in words):
            return sentence.format(said=said)
    return f"The database does not answer as it should ({said}): check database.url in config.toml."


_DATABASE_TROUBLES = (
    (("locked",), "The database is busy with another program: try again in a moment."),
    (
        ("malformed", "not a database"),
        "The database is damaged, or its file is no database ({said}):"
        " put a backup in its place, or name another file as database.url in config.toml.",
    ),
    (("disk", "full", "No space"), "The database cannot be written ({said}): make room on the disk, then try again."),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        "The database cannot be opened for writing ({said}):"
        " check database.url in config.toml, and that this user may write to the file and its folder.",
    ),
    (
        ("no such table", "no such column", "does not exist"),
        "The database is not set up as it should be ({said}): run scheduler.py init.",
    ),
)
"""Words of SQLite and PostgreSQL, and what they mean to a person; the first that fits."""


def _without_password(said: str) -> str:
    password = str(settings.DATABASES["default"].get("PASSWORD", "")) if settings.configured else ""
    return said.replace(password, "…") if password else said
