"""Backing up, and putting a backup back, on the command line."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import connection

from campaign.authoring.uploads import NAME
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import complain, plural, say
from campaign.commands.setup import migrate
from campaign.config import Config
from campaign.config.reading import DEFAULT_FILE
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.archive import opened
from campaign.database.backup import back_up, back_up_into
from campaign.database.restoring import holds_anything, put_back
from campaign.delivery import pauses
from campaign.delivery.clocks import agreement
from campaign.delivery.lookback.beginning import new_installation, set_mark
from campaign.delivery.lookback.waiting import look_first
from campaign.models.stories import Storyteller
from campaign.stories.vault import Locked, key_file, unseal

RESTORED = "A backup was restored"
"""Why publishing is paused then; the pages say it in the reader's language."""
BY = "command line"


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


def restore(call: Call) -> int:
    """Puts a backup's database and pictures in place, paused. Raises Problem where something is there, unless --yes is said,
    and for what is no backup."""
    now, file = call.clock(), call.arguments.file
    with opened(file) as archive:
        if holds_anything() and not call.arguments.yes:
            raise Problem(
                "There is a database already, and it is not empty: with --yes it is moved aside, and kept."
            )
        made_at = archive.page.made_at.astimezone(call.config.site.timezone)
        # First, since one that is not as it was ends all of it; more of them than are named do no harm.
        pictures = archive.pictures_into(call.config.web.uploads)
        channels, since = call.config.channels, archive.page.made_at
        ready = partial(_make_ready, channels, since, now, call.config.publishing.settle)
        aside = put_back(archive, ready, now)
        set_mark()
    say(
        f"The database is as it was on {made_at:%Y-%m-%d at %H:%M}; {plural(pictures, 'picture')} came back with it."
    )
    if aside:
        say(f"The one before was moved aside, and is kept: {aside}.")
    _complain_of_keys()
    say(
        "Publishing is paused. Start the program: it looks at every account for what is out since then, before it sends"
        " anything. What people decided since then is not known here: enter again every consent that was taken back, every"
        " hold and every approval. Then end the pause: scheduler.py resume --reason TEXT"
    )
    return WELL


def _make_ready(
    channels: Iterable[str], since: datetime, now: datetime, wait: timedelta
) -> None:
    """What is done to a restored database before anybody else can open it."""
    migrate()
    new_installation(now)
    # The backup is dated by a machine whose clock may have been ahead.
    since = min(since - agreement.most_ahead(), now)
    look_first(channels, since, now, wait, Sentence("A backup was restored."))
    if not any(map(pauses.covers_all, pauses.standing_pauses())):
        pauses.pause("", "", RESTORED, BY, now)


def _complain_of_keys() -> None:
    """Says so when the names in the database were sealed with a key that is not here."""
    sealed = Storyteller.objects.exclude(name_sealed="").values_list("name_sealed", flat=True)
    try:
        for name in sealed[:1]:
            unseal(name)
    except Locked as problem:
        complain(str(problem))


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
