"""The publish log on the command line."""

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from typing import cast

from campaign.commands.call import WELL, Call
from campaign.commands.output import plain, plural, print_json, print_table, say
from campaign.commands.rows import known_channel
from campaign.delivery.decisions import find_deliveries
from campaign.models import Attempt, Delivery, Event
from campaign.states import Status

UNSAFE_IN_A_CELL = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins like this for a formula."""
TROUBLES = (Status.FAILED, Status.UNCONFIRMED, Status.MISSED, Status.WITHDRAWN, Status.DRAFT)
"""What a delivery comes to when something went wrong with it."""
DELIVERY = ("id", "post", "campaign", "kind", "channel", "network", "language", "due_at")
FIELDS = (
    *DELIVERY,
    *("at", "finished_at", "what", "by", "status", "outcome"),
    *("text", "attempts", "remote_id", "url", "error", "reason"),
)
"""The columns of a row, in their order."""


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
        say(f"{plural(len(rows), 'entry', 'entries')}." if rows else "Nothing has happened yet: the log is empty.")
    return WELL


def _entries(call: Call) -> Iterator[dict[str, object]]:
    attempts = Attempt.objects.select_related("delivery__post").order_by("started_at", "id")
    events = Event.objects.select_related("delivery__post").order_by("at", "id")
    if call.arguments.channel:
        known_channel(call, call.arguments.channel)
        attempts = attempts.filter(delivery__channel=call.arguments.channel)
        events = events.filter(delivery__channel=call.arguments.channel)
    if call.arguments.delivery:
        find_deliveries([call.arguments.delivery])
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
        "reason": attempt.detail or None,
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
        "error": event.reason or None if event.to_status in TROUBLES else None,
        "reason": event.reason or None,
    }


def _about(delivery: Delivery | None) -> dict[str, object]:
    if delivery is None:
        return dict.fromkeys(DELIVERY)
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
    told = entry["reason"] or entry["url"] or ""
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
    writer = csv.DictWriter(sys.stdout, fieldnames=FIELDS)
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _cell(value) for name, value in entry.items()})


def _cell(value: object) -> str:
    text = "" if value is None else plain(value)
    return f"'{text}" if text.startswith(UNSAFE_IN_A_CELL) else text
