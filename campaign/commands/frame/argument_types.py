"""How single arguments are read: each from what was written, or refused with a sentence."""

import argparse
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from campaign.content.dates.when import AtTime, BadWhen, parse_when
from campaign.core.toml_file import YEARS

LARGEST_NUMBER = 2**63 - 1
"""No row of a database has a larger one."""


def named(written: str) -> str:
    """A text that is not empty."""
    if not written.strip():
        raise argparse.ArgumentTypeError("it is empty; write something.")
    return written


def day(written: str) -> date:
    """A date, such as 2027-10-13."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{written}" is not a date; write one such as 2027-10-13.'
        ) from None
    if day.year not in YEARS:
        raise argparse.ArgumentTypeError(
            f'"{written}" is not between the years {YEARS[0]} and {YEARS[-1]}.'
        )
    return day


def time(written: str) -> AtTime:
    """A date with a time of day."""
    try:
        when = parse_when(written)
    except BadWhen:
        when = None
    if not isinstance(when, AtTime):
        example = 'write for example "2027-10-13 09:00", in your own local time.'
        raise argparse.ArgumentTypeError(
            f'"{written}" is not a date with a time of day; {example}'
        )
    return when


def number(written: str) -> int:
    """The number of a delivery."""
    # Of a very long one only the beginning is read: Python refuses to turn thousands of digits into a number.
    is_number = written.isascii() and written.isdigit()
    if not is_number or not 0 < int(written[:20]) <= LARGEST_NUMBER:
        message = (
            f'"{written[:40]}" is not the number of a delivery; the queue command shows them.'
        )
        raise argparse.ArgumentTypeError(message)
    return int(written)


def number_of_backups(written: str) -> int:
    """How many backups are to be kept: one or more."""
    is_number = written.isascii() and written.isdigit() and len(written) < 6
    if not is_number or not int(written):
        message = f'"{written[:40]}" is no number of backups; write one such as 14.'
        raise argparse.ArgumentTypeError(message)
    return int(written)


def file(written: str) -> Path:
    """The name of a file, in a folder that is there or not."""
    if not written.strip() or "\0" in written:
        raise argparse.ArgumentTypeError("it names no file; write one such as backup.tar.")
    return Path(written)


def address(written: str) -> str:
    """The web address of a post."""
    try:
        parts = urlsplit(written)
    except ValueError:
        parts = urlsplit("")
    is_of_web = parts.scheme in ("http", "https") and parts.hostname
    is_typed = " " not in written and written.isprintable()
    if not (is_of_web and is_typed):
        message = (
            f'"{written}" is not the address of a post; copy the whole of it, from https:// on.'
        )
        raise argparse.ArgumentTypeError(message)
    return written


def port(written: str) -> int:
    """A port, from 1 to 65535."""
    if not written.isdecimal() or not 1 <= int(written) <= 65535:
        raise argparse.ArgumentTypeError(
            f'"{written}" is not a port; write a number such as 8000.'
        )
    return int(written)
