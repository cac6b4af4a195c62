"""Backing up on the command line."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from campaign.authoring.uploads import NAME
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, say
from campaign.config import Config
from campaign.config.reading import DEFAULT_FILE
from campaign.database.backup import back_up, back_up_into
from campaign.stories.vault import key_file


def backup(call: Call) -> int:
    """Copies the database and the pictures into one file while everything goes on. Raises Problem where that cannot be."""
    file, keep, now = call.arguments.file, call.arguments.keep, call.clock()
    pictures = _pictures(call.config.web.uploads)
    made = back_up_into(file, keep, pictures, now) if keep else back_up(file, pictures, now)
    say(f"{made.file} holds the database and {plural(made.pictures, 'picture')}.")
    if made.deleted:
        say(f"{plural(made.deleted, 'older backup')} gave way to it.")
    say(_without_keys(call.config))
    return WELL


def _pictures(folder: Path) -> Iterator[Path]:
    """The pictures that came in through the pages; no other file in their folder."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))


def _without_keys(config: Config) -> str:
    """What is not in a backup, and has to be kept apart from it."""
    named = config.file or DEFAULT_FILE
    keys = f"No key is in it: keep {named} and the keys that it names apart from it"
    if config.stories.key:
        return f"{keys}; without [stories] key, no storyteller's name can be read."
    if connection.vendor != "sqlite" or not key_file().exists():
        return f"{keys}."
    return f"{keys}, and {key_file().name}, without which no storyteller's name can be read."
