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
from campaign.database.private import keep_private
from campaign.publishers import KNOWN


def run(arguments: argparse.Namespace, clock: Clock) -> int:
    """Runs the command and returns its exit status. Raises Problem, and whatever else the command raises."""
    command = COMMANDS[arguments.command]
    if arguments.config is not None:
        # Django's settings and the processes of a rehearsal read the same file.
        os.environ[CONFIG_VARIABLE] = arguments.config
    named = os.environ.get(CONFIG_VARIABLE)
    if arguments.command == "demo":
        demonstration.begin(arguments.port, serves=not arguments.print_only)
    read = read_config(KNOWN, Path(named) if named else None, SETTABLE)
    if arguments.command == "demo":
        demonstration.lay_around_today(read, clock())
    config = demonstration.as_demonstration(read)
    keep_private(config)
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
    django.setup()
    # What has Django's models in it can be imported only from here on.
    if command.needs_database:
        database = importlib.import_module("campaign.commands.frame.database")
        if not database.is_current():
            importlib.import_module("campaign.commands.setup").need_database()
    module = importlib.import_module(f"campaign.commands.{command.module}")
    function = getattr(module, command.function)
    return int(function(Call(arguments, config, clock)))
