"""The commands and their arguments."""

import argparse
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its function is imported when it runs, since it may need the database."""

    module: str
    function: str
    help: str
    needs_database: bool = True


COMMANDS = {
    "init": Command("setup", "init", "make the database, the roles and a config.toml; may be run again", False),
    "demo": Command("demo", "demo", "load the starter campaign and show its whole dry run", False),
    "check": Command("content", "check", "read posts, facts and templates, and print every finding", False),
    "load": Command("content", "load", "check posts, then bring them into the database"),
    "preview": Command("content", "preview", "the exact text that each channel would get", False),
    "approve": Command("approve", "approve", "approve loaded posts and queue them"),
    "user": Command("setup", "user", "add a person, or change their role"),
    "queue": Command("queue", "show_queue", "the deliveries: what goes out when, and how each one stands"),
    "run": Command("run", "run", "the clock: publish what is due, until stopped"),
    "log": Command("log", "show_log", "the publish log: every attempt and every change"),
    "pause": Command("pauses", "pause", "stop publishing, everywhere or for one campaign or channel"),
    "resume": Command("pauses", "resume", "end a pause; what came due meanwhile waits for a decision"),
    "retry": Command("queue", "retry", "send failed or missed deliveries again, now"),
    "cancel": Command("queue", "cancel", "take deliveries out of the queue"),
    "reschedule": Command("queue", "reschedule", "give a delivery a new time"),
    "resolve": Command("queue", "resolve", "say whether an unconfirmed delivery is out"),
    "manage": Command("setup", "manage", "Django's own commands", False),
}


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--config", metavar="FILE", default=argparse.SUPPRESS, help="the configuration (default: config.toml)"
    )
    top = argparse.ArgumentParser(
        prog="scheduler.py", description="Queue, check and publish awareness messages on X and Facebook."
    )
    top.add_argument("--config", metavar="FILE", default=None, help="the configuration (default: config.toml)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help, parents=[common])
        if name in _ARGUMENTS:
            _ARGUMENTS[name](sub)
    return top


def _init(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--admin", metavar="NAME", help="the first admin's name")


def _check(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="post files or folders (default: all)")
    sub.add_argument(
        "--online", action="store_true", help="also ask the networks whether they accept the channels' keys"
    )
    sub.add_argument("--json", action="store_true", help="print JSON")


def _load(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="post files or folders (default: all)")
    sub.add_argument("--by", metavar="USER", help="who wrote them; nobody approves their own")


def _preview(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("post", metavar="POST", help="campaign/name, the name alone, or the file")
    sub.add_argument("--channel", metavar="C", help="only this channel")
    sub.add_argument("--json", action="store_true", help="print JSON")


def _approve(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("posts", nargs="*", metavar="POST", help="campaign/name, or the name alone")
    sub.add_argument("--all", action="store_true", help="every post that waits for approval")
    sub.add_argument("--by", metavar="USER", required=True, help="who approves")


def _user(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("action", choices=["add"])
    sub.add_argument("name", metavar="NAME")
    sub.add_argument("--role", choices=["volunteer", "staff", "admin"], required=True)


def _queue(sub: argparse.ArgumentParser) -> None:
    for name, meta, text in (
        ("--channel", "C", "only this channel"),
        ("--campaign", "C", "only this campaign"),
        ("--status", "S", "only this status"),
        ("--from", "D", "due on or after this date"),
        ("--to", "D", "due on or before this date"),
    ):
        sub.add_argument(name, metavar=meta, help=text)
    sub.add_argument("--json", action="store_true", help="print JSON")


def _run_arguments(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--dry-run", action="store_true", help="show what would go out; send nothing, change nothing")
    sub.add_argument("--once", action="store_true", help="publish what is due now, then end")


def _log(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--csv", action="store_true", help="print CSV, safe in a spreadsheet")
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub.add_argument("--channel", metavar="C", help="only this channel")
    sub.add_argument("--delivery", metavar="N", type=int, help="only this delivery")


def _pause(sub: argparse.ArgumentParser) -> None:
    scope = sub.add_mutually_exclusive_group()
    scope.add_argument("--campaign", metavar="C", default="", help="only this campaign")
    scope.add_argument("--channel", metavar="C", default="", help="only this channel")
    sub.add_argument("--reason", metavar="TEXT", required=True, help="why, for everybody who reads the log")
    sub.add_argument("--by", metavar="USER", help="who decides")


def _deliveries(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("deliveries", nargs="+", type=int, metavar="DELIVERY", help="the number that the queue shows")
    sub.add_argument("--by", metavar="USER", help="who decides")
    sub.add_argument("--reason", metavar="TEXT", default="", help="why, for everybody who reads the log")


def _reschedule(sub: argparse.ArgumentParser) -> None:
    _deliveries(sub)
    sub.add_argument("--to", metavar="TIME", required=True, help='the new local time, such as "2027-10-13 09:00"')


def _resolve(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("deliveries", nargs=1, type=int, metavar="DELIVERY", help="the number that the queue shows")
    answer = sub.add_mutually_exclusive_group(required=True)
    answer.add_argument("--published", metavar="URL", help="it is out, at this address")
    answer.add_argument("--not-published", action="store_true", help="it is not out: queue it again")
    sub.add_argument("--by", metavar="USER", help="who decides")


def _manage(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="a command of Django and its arguments")


_ARGUMENTS = {
    "init": _init,
    "check": _check,
    "load": _load,
    "preview": _preview,
    "approve": _approve,
    "user": _user,
    "queue": _queue,
    "run": _run_arguments,
    "log": _log,
    "pause": _pause,
    "resume": _pause,
    "retry": _deliveries,
    "cancel": _deliveries,
    "reschedule": _reschedule,
    "resolve": _resolve,
    "manage": _manage,
}
