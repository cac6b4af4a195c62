"""The times and limits of an account that may be set in the pages, in place of those of the configuration."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

import tomli_w

from campaign.config import Channel
from campaign.core.span import BadSpan, parse_span
from campaign.core.toml_file import Table, UnreadableFile, read_toml_text

GIVEN_BACK = ""
"""What stands there when the configuration's file rules again."""


@dataclass(frozen=True, slots=True)
class AccountTimes:
    """When an account posts, and how much."""

    slots: tuple[str, ...]
    minimum_gap: timedelta
    max_per_day: int | None  #: None: no limit


def times_of(channel: Channel) -> AccountTimes:
    """What a channel says of it."""
    return AccountTimes(channel.slots, channel.minimum_gap, channel.max_per_day)


def with_times(channel: Channel, source: str) -> Channel:
    """The channel with what was set in the pages; as it is, where nothing was, or it was given back."""
    times = read_times(source)
    if times is None:
        return channel
    return replace(
        channel,
        slots=times.slots,
        minimum_gap=times.minimum_gap,
        max_per_day=times.max_per_day,
    )


def lines_of(times: AccountTimes) -> str:
    """As the part of a channel in the configuration's file."""
    values: dict[str, object] = {"slots": list(times.slots)}
    seconds = int(times.minimum_gap.total_seconds())
    values["minimum_gap"] = f"{seconds}s"
    if times.max_per_day is not None:
        values["max_per_day"] = times.max_per_day
    return tomli_w.dumps(values)


@lru_cache(maxsize=1_024)  # What publishes asks for the same few, turn after turn.
def read_times(source: str) -> AccountTimes | None:
    """What was set; None where nothing was, or where it cannot be read: then the file rules."""
    if source == GIVEN_BACK:
        return None
    try:
        table = read_toml_text(source, "account")
        times = _times(table)
    except (UnreadableFile, BadSpan):
        return None
    table.close()
    return None if table.file.findings else times


def _times(table: Table) -> AccountTimes:
    slots = table.texts("slots")
    gap = parse_span(table.text("minimum_gap", "0s"))
    most = table.take("max_per_day", int, 0)
    return AccountTimes(slots, gap, most or None)
