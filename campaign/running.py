"""One command from its arguments on: the configuration, Django, the database where it needs one, then the command."""

import argparse
import importlib
import os
from pathlib import Path

import django

from campaign import demonstration
from campaign.checks.catalog import SETTABLE
from campaign.commands.frame.call import Call
from campaign.commands.frame.catalog import COMMANDS
from campaign.config.reading import CONFIG_VARIABLE, read_config
from campaign.core.clock import Clock
from campaign.publishers import KNOWN


def run(arguments: argparse.Namespace, clock: Clock) -> int:
    """The exit status of the command. Raises Problem, or what else comes up in it."""
    command = COMMANDS[arguments.command]
    named = os.environ.get(CONFIG_VARIABLE) if arguments.config is None else arguments.config
    if arguments.config is not None:
        os.environ[CONFIG_VARIABLE] = arguments.config
    if arguments.command == "demo":
        demonstration.begin(arguments.port, serves=not arguments.print_only)
    config = demonstration.as_demonstration(
        read_config(KNOWN, Path(named) if named else None, SETTABLE)
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
    django.setup()
    if (
        command.needs_database
        and not importlib.import_module("campaign.commands.frame.database").is_current()
    ):
        importlib.import_module("campaign.commands.setup").need_database()
    module = importlib.import_module(f"campaign.commands.{command.module}")
    return int(getattr(module, command.function)(Call(arguments, config, clock)))
