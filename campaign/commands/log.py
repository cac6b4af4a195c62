"""The publish log on the command line."""

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from typing import cast

from campaign.cli import WELL, Call
from campaign.commands.output import plural, print_json, print_table
from campaign.models import Attempt, Delivery, Event

UNSAFE_IN_A_CELL = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins like this for a formula."""


def show_log(call: Call) -> int:
    """Every attempt and every other change, in the order in which they happened."""
    entries = _entries(call)
    if call.arguments.json:
        print_json(list(entries))
    elif call.arguments.csv:
        _print_csv(entries)
    else:
        zone = call.config.site.timezone
        rows = [_row(entry, cast(datetime, entry["at"]).astimezone(zone)) for entry in entries]
        if rows:
            print_table("", ["at", "no.", "post", "channel", "what", "status", "by", "what to know"], rows)
        print(f"{plural(len(rows), 'entry', 'entries')}." if rows else "The log is empty: nothing has happened yet.")
    return WELL


def _entries(call: Call) -> Iterator[dict[str, object]]:
    attempts = Attempt.objects.select_related("delivery__post").order_by("started_at", "id")
    events = Event.objects.select_related("delivery__post").order_by("at", "id")
    if call.arguments.channel:
        attempts = attempts.filter(delivery__channel=call.arguments.channel)
        events = events.filter(delivery__channel=call.arguments.channel)
    if call.arguments.delivery:
        attempts = attempts.filter(delivery=call.arguments.delivery)
        events = events.filter(delivery=call.arguments.delivery)
    tried = (_attempt(attempt) for attempt in attempts.iterator(2_000))
    changed = (_event(event) for event in events.iterator(2_000))
    return merge(tried, changed, key=lambda entry: cast(datetime, entry["at"]))


def _attempt(attempt: Attempt) -> dict[str, object]:
    return {
        **_about(attempt.delivery),
        "at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "what": "attempt",
        "by": "scheduler",
        "status": attempt.status,
        "outcome": attempt.outcome or None,
        "text": attempt.text,
        "attempts": attempt.number,
        "remote_id": attempt.remote_id or None,
        "url": attempt.url or None,
        "error": attempt.detail or None,
    }


def _event(event: Event) -> dict[str, object]:
    return {
        **_about(event.delivery),
        "at": event.at,
        "finished_at": event.at,
        "what": event.action,
        "by": event.actor,
        "status": event.to_status or None,
        "outcome": None,
        "text": None,
        "attempts": None,
        "remote_id": None,
        "url": event.delivery.url or None if event.delivery and event.action.startswith("resolved") else None,
        "error": event.reason or None,
    }


def _about(delivery: Delivery | None) -> dict[str, object]:
    if delivery is None:
        return dict.fromkeys(("id", "post", "campaign", "kind", "channel", "network", "language", "due_at"))
    return {
        "id": delivery.pk,
        "post": delivery.post.key,
        "campaign": delivery.post.campaign,
        "kind": delivery.post.kind,
        "channel": delivery.channel,
        "network": delivery.network,
        "language": delivery.language,
        "due_at": delivery.due_at,
    }


def _row(entry: dict[str, object], local: datetime) -> list[str]:
    told = entry["error"] or entry["url"] or ""
    what = f"attempt {entry['attempts']}" if entry["what"] == "attempt" else entry["what"]
    cells = (
        f"{local:%Y-%m-%d %H:%M:%S}",
        entry["id"],
        entry["post"],
        entry["channel"],
        what,
        entry["status"],
        entry["by"],
        told,
    )
    return ["" if cell is None else str(cell) for cell in cells]


def _print_csv(entries: Iterator[dict[str, object]]) -> None:
    writer: object = None
    for entry in entries:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(entry))
            writer.writeheader()
        cast("csv.DictWriter[str]", writer).writerow({name: _cell(value) for name, value in entry.items()})


def _cell(value: object) -> str:
    text = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(UNSAFE_IN_A_CELL) else text
