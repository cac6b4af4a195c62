"""The publish log on the command line."""

import sys
from collections.abc import Iterator
from itertools import chain
from zoneinfo import ZoneInfo

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, print_json_rows, print_table, say
from campaign.commands.frame.rows import known_channel
from campaign.decisions.settling import find_deliveries
from campaign.listings.log import LogEntry, Sought, csv_lines, entries, row

COLUMNS = ("at", "no.", "post", "channel", "what", "status", "by", "what to know")


def show_log(call: Call) -> int:
    """Every attempt and every other change, in the order in which they happened."""
    logged = entries(_sought(call))
    if call.arguments.json:
        print_json_rows(map(row, logged))
    elif call.arguments.csv:
        sys.stdout.writelines(csv_lines(logged))
    else:
        _print_log(logged, call)
    return WELL


def _print_log(logged: Iterator[LogEntry], call: Call) -> None:
    zone = call.config.site.timezone
    first = next(logged, None)
    if first is None:
        say("Nothing has happened yet: the log is empty.")
        return
    number = print_table("", COLUMNS, (_row(entry, zone) for entry in chain([first], logged)))
    say(f"{plural(number, 'entry', 'entries')}.")


def _sought(call: Call) -> Sought:
    channel, delivery = call.arguments.channel or "", call.arguments.delivery or 0
    if channel:
        known_channel(call, channel)
    if delivery:
        find_deliveries([delivery])
    return Sought(channel=channel, delivery=delivery)


def _row(entry: LogEntry, zone: ZoneInfo) -> list[str]:
    what = f"attempt {entry.number}" if entry.is_attempt else entry.what
    return [
        f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        str(entry.delivery.pk) if entry.delivery else "",
        entry.post.key if entry.post else "",
        entry.delivery.channel if entry.delivery else "",
        what,
        entry.status,
        entry.by,
        entry.reason or entry.url,
    ]
