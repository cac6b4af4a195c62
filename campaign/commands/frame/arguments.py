"""The arguments of each command. What is written wrongly is refused here, with exit status 2."""

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from campaign import __version__
from campaign.commands.frame.argument_types import (
    address,
    day,
    file,
    named,
    number,
    number_of_backups,
    port,
    time,
)
from campaign.commands.frame.catalog import COMMANDS
from campaign.core.installation import COMMAND
from campaign.states import Status

NUMBER = "the number that the queue shows"
WHY = "why, for everybody who reads the log"


def read(written: Sequence[str]) -> argparse.Namespace:
    """Reads the arguments of the command line. Wrong use ends in SystemExit with status 2."""
    top = parser()
    # After "--" nothing is an option any more: a file may be called "--config".
    options = written[: written.index("--")] if "--" in written else written
    try:
        # Apart and first, since argparse takes an option at some places only: not between two numbers, for instance,
        # nor among the arguments of a command of Django. The last one counts.
        config, others = _config_alone().parse_known_args(options)
    except argparse.ArgumentError as problem:
        top.error(str(problem))
    return top.parse_args([*others, *written[len(options) :]], config)


@cache
def parser() -> argparse.ArgumentParser:
    """The whole command line, made once."""
    top = _Parser(
        prog=COMMAND,
        description="Queue, check and publish awareness messages and stories on social networks.",
        epilog=f"What a command takes: {COMMAND} COMMAND --help",
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"{COMMAND} {__version__}",
        help="show the version",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        about = f"{command.help[:1].upper()}{command.help[1:]}."
        sub = commands.add_parser(name, help=command.help, description=about)
        if name in _ARGUMENTS:
            _ARGUMENTS[name](sub)
    return top


class _Parser(argparse.ArgumentParser):
    """A command, or a command of a command: argparse makes those of the same class, so that the help of each has --config."""

    def __init__(self, **about: Any) -> None:  # noqa: ANN401 - what argparse takes
        # Options are written in full: a script must not change its meaning when one is added.
        super().__init__(allow_abbrev=False, **about)
        _add_config(self)


def _config_alone() -> argparse.ArgumentParser:
    alone = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _add_config(alone)
    alone.set_defaults(config=None)
    return alone


def _add_config(to: argparse.ArgumentParser) -> None:
    what = "the configuration, at any place (default: config.toml)"
    to.add_argument(
        "--config", metavar="FILE", type=named, default=argparse.SUPPRESS, help=what
    )


def _init(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--admin", metavar="NAME", type=named, help="the first admin's name")


def _paths(sub: argparse.ArgumentParser) -> None:
    text = "post files or folders (default: all)"
    sub.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=text)


def _check(sub: argparse.ArgumentParser) -> None:
    _paths(sub)
    sub.add_argument(
        "--online",
        action="store_true",
        help="also ask the networks whether they accept the channels' keys, and the web whether the links still work",
    )
    sub.add_argument("--json", action="store_true", help="print JSON")


def _load(sub: argparse.ArgumentParser) -> None:
    _paths(sub)
    sub.add_argument("--by", metavar="USER", help="who wrote them; nobody approves their own")
    sub.add_argument(
        "--yes",
        action="store_true",
        help="the answer to what is asked first: take approvals away, or move what is approved",
    )


def _preview(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("post", metavar="POST", help="campaign/name, the name alone, or the file")
    sub.add_argument("--channel", metavar="C", help="only this channel")
    sub.add_argument("--json", action="store_true", help="print JSON")


def _write_files(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("folder", type=Path, metavar="FOLDER", help="where they are written")
    sub.add_argument("--campaign", metavar="C", help="only this campaign")


def _approve(sub: argparse.ArgumentParser) -> None:
    which = sub.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "posts", nargs="*", default=[], metavar="POST", help="campaign/name, or the name alone"
    )
    which.add_argument("--all", action="store_true", help="every post that waits for approval")
    sub.add_argument("--by", metavar="USER", required=True, help="who approves")


def _user(sub: argparse.ArgumentParser) -> None:
    actions = sub.add_subparsers(dest="action", required=True, metavar="add | password")
    add = actions.add_parser("add", help="add a person, or give them another role")
    add.add_argument("name", metavar="NAME", type=named)
    add.add_argument("--role", required=True, choices=("volunteer", "staff", "admin"))
    password = actions.add_parser("password", help="set a person's password")
    password.add_argument("name", metavar="NAME", type=named)


def _queue(sub: argparse.ArgumentParser) -> None:
    for name, meta, text in (
        ("--channel", "C", "only this channel"),
        ("--campaign", "C", "only this campaign"),
    ):
        sub.add_argument(name, metavar=meta, type=named, help=text)
    states = [status.value for status in Status]
    sub.add_argument(
        "--status", metavar="S", choices=states, help=f"only this status: {', '.join(states)}"
    )
    sub.add_argument(
        "--from", metavar="D", type=day, help="due on or after this date, such as 2027-10-13"
    )
    sub.add_argument("--to", metavar="D", type=day, help="due on or before this date")
    sub.add_argument("--json", action="store_true", help="print JSON")


def _demo_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--port",
        type=port,
        help="where the pages are served (default: 8000, or the next free one)",
    )
    sub.add_argument(
        "--no-browser", action="store_true", help="do not open the pages in a browser"
    )
    sub.add_argument(
        "--print-only", action="store_true", help="print the dry run and end, without the pages"
    )


def _run_always(sub: argparse.ArgumentParser) -> None:
    sub.set_defaults(once=False, dry_run=False)


def _run_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--dry-run",
        action="store_true",
        help="show what would go out; send nothing, change nothing",
    )
    sub.add_argument("--once", action="store_true", help="publish what is due now, then end")


def _rehearse(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--from", metavar="D", type=day, help="the first day, such as 2027-10-01 (default: now)"
    )
    sub.add_argument(
        "--to", metavar="D", type=day, help="the last day (default: until nothing is left)"
    )
    sub.add_argument("--campaign", metavar="C", type=named, help="only this campaign")
    sub.add_argument(
        "--approved-only",
        action="store_true",
        help="leave what nobody has approved where it is",
    )
    sub.add_argument("--anew", action="store_true", help="as if nothing had gone out yet")
    sub.add_argument("--json", action="store_true", help="print JSON")


def _log(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--csv", action="store_true", help="print CSV, safe in a spreadsheet")
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub.add_argument("--channel", metavar="C", help="only this channel")
    sub.add_argument("--delivery", metavar="N", type=number, help="only this delivery")


def _pause(sub: argparse.ArgumentParser) -> None:
    _resume(sub)
    sub.add_argument(
        "--until",
        metavar="TIME",
        type=time,
        help='when it ends by itself, such as "2027-10-13 18:00" (default: never)',
    )
    sub.add_argument(
        "--except-help",
        action="store_true",
        help="posts that say where to find help (help = true) go out all the same",
    )


def _resume(sub: argparse.ArgumentParser) -> None:
    scope = sub.add_mutually_exclusive_group()
    scope.add_argument("--campaign", metavar="C", type=named, help="only this campaign")
    scope.add_argument("--channel", metavar="C", type=named, help="only this channel")
    scope.add_argument(
        "--language", metavar="L", type=named, help="only posts in this language, such as fr"
    )
    sub.add_argument(
        "--reason",
        metavar="TEXT",
        type=named,
        required=True,
        help=WHY,
    )
    sub.add_argument("--by", metavar="USER", help="who decides")


def _numbers(sub: argparse.ArgumentParser, how_many: str | int) -> None:
    """The deliveries that somebody decides about, by the numbers that the queue shows."""
    sub.add_argument("deliveries", nargs=how_many, type=number, metavar="DELIVERY", help=NUMBER)
    sub.add_argument("--by", metavar="USER", help="who decides")


def _deliveries(sub: argparse.ArgumentParser) -> None:
    _numbers(sub, "+")
    sub.add_argument("--reason", metavar="TEXT", default="", help=WHY)


def _remove(sub: argparse.ArgumentParser) -> None:
    _numbers(sub, "+")
    sub.add_argument("--reason", metavar="TEXT", required=True, help=WHY)


def _retry(sub: argparse.ArgumentParser) -> None:
    _deliveries(sub)
    sub.add_argument(
        "--yes",
        action="store_true",
        help="the answer to what is asked first, such as on a day of mourning",
    )


def _reschedule(sub: argparse.ArgumentParser) -> None:
    _retry(sub)
    sub.add_argument(
        "--to",
        metavar="TIME",
        type=time,
        required=True,
        help='the new local time, such as "2027-10-13 09:00"',
    )


def _resolve(sub: argparse.ArgumentParser) -> None:
    _numbers(sub, 1)
    answer = sub.add_mutually_exclusive_group(required=True)
    answer.add_argument(
        "--published", metavar="URL", type=address, help="it is out, at this address"
    )
    answer.add_argument(
        "--not-published", action="store_true", help="it is not out: queue it again"
    )


def _looked(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("channel", metavar="CHANNEL", type=named, help="its name in config.toml")
    sub.add_argument("--by", metavar="USER", help="who has looked")


def _storyteller(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "storyteller", metavar="STORYTELLER", type=named, help="their reference, such as S-0042"
    )
    sub.add_argument("--by", metavar="USER", help="who received it, or decides")


def _withdraw(sub: argparse.ArgumentParser) -> None:
    _storyteller(sub)
    part = sub.add_mutually_exclusive_group()
    part.add_argument(
        "--channel", metavar="C", type=named, help="only from this channel (default: all of it)"
    )
    part.add_argument("--pictures", action="store_true", help="only the pictures")
    part.add_argument("--name", action="store_true", help="only their name")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")


def _hold(sub: argparse.ArgumentParser) -> None:
    _storyteller(sub)
    sub.add_argument(
        "--reason",
        required=True,
        choices=("ill", "died", "time"),
        help="kept with their record alone",
    )


def _erase(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "storyteller",
        metavar="STORYTELLER",
        nargs="?",
        type=named,
        help="one person who asks for it, such as S-0042 (default: all whose time of keeping is over)",
    )
    sub.add_argument("--by", metavar="USER", help="who was asked; an admin")
    sub.add_argument("--dry-run", action="store_true", help="only show who would be erased")


def _backup(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "file", metavar="FILE", type=file, help="the backup; with --keep, a folder of backups"
    )
    sub.add_argument(
        "--keep",
        metavar="N",
        type=number_of_backups,
        help="for a timer: name it by the moment, and keep only the N newest in the folder",
    )


def _restore(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("file", metavar="FILE", type=file, help="a backup, as backup made it")
    sub.add_argument(
        "--yes", action="store_true", help="move the database that is there aside, and go on"
    )


def _manage(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "rest",
        nargs=argparse.REMAINDER,
        metavar="…",
        help="a command of Django and its arguments",
    )


_ARGUMENTS = {
    "init": _init,
    "check": _check,
    "load": _load,
    "preview": _preview,
    "write-files": _write_files,
    "approve": _approve,
    "user": _user,
    "queue": _queue,
    "demo": _demo_arguments,
    "run": _run_arguments,
    "serve": _run_always,
    "rehearse": _rehearse,
    "log": _log,
    "pause": _pause,
    "resume": _resume,
    "retry": _retry,
    "cancel": _deliveries,
    "reschedule": _reschedule,
    "allow": _remove,
    "remove": _remove,
    "resolve": _resolve,
    "looked": _looked,
    "withdraw": _withdraw,
    "hold": _hold,
    "release": _storyteller,
    "erase": _erase,
    "backup": _backup,
    "restore": _restore,
    "manage": _manage,
}
