"""People on the command line: a password, for the first admin or for somebody who cannot get in."""

import getpass
import sys

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import say
from campaign.core.problem import Problem
from campaign.people.accounts import COMMAND_LINE, set_password
from campaign.people.roles import find_user


def password(call: Call) -> int:
    """Sets a password that is asked for twice, or read from a pipe; it is neither shown nor part of the command."""
    person = find_user(call.arguments.name)
    chosen = _typed() if sys.stdin.isatty() else _piped()
    set_password(person, chosen, COMMAND_LINE, call.clock())
    say(f"{person.username} has a new password, and was signed out everywhere.")
    return WELL


def _typed() -> str:
    first = getpass.getpass("New password (12 signs or more): ")
    if getpass.getpass("The same again: ") != first:
        raise Problem("The two passwords are not the same; nothing has changed. Try again.")
    return first


def _piped() -> str:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Problem(
            "There is no password to read: type it at a terminal, or pipe it in as one line."
        )
    return line
