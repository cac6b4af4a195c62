"""Channels as people see them: what went out on each, what is next, and whether it works."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.config import Channel
from campaign.database.sql import ask, column, tuples
from campaign.models import ChannelState
from campaign.publishers.accounts import Shared

MOST = 1_000
"""Counts go one further than this, which means: more."""
_FIGURES = f"""
WITH v(name) AS (VALUES {{names}})
SELECT v.name AS name,
  (SELECT MAX(d.published_at) FROM campaign_delivery d WHERE d.channel = v.name) AS last_success,
  (SELECT COUNT(*) FROM campaign_delivery d WHERE d.channel = v.name AND d.published_at >= %s) AS today,
  (SELECT MIN(d.due_at) FROM campaign_delivery d WHERE d.status = 'queued' AND d.channel = v.name) AS next_due,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_delivery d WHERE d.status = 'queued' AND d.channel = v.name
                         LIMIT {MOST + 1}) AS w) AS queued
FROM v
"""


class FiguresRow(NamedTuple):
    """What the table of deliveries says of a channel; fields as in ChannelStanding."""

    name: str
    last_success: datetime | None
    today: int
    next_due: datetime | None
    queued: int


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """What went out on a channel, what is next, and whether it works. Times are aware, in UTC."""

    channel: Channel
    last_success: datetime | None
    today: int  #: posts that went out since midnight, local time
    next_due: datetime | None
    queued: int  #: MOST + 1 means more than MOST
    missing: tuple[str, ...]  #: keys that it needs and does not have, or that cannot be read
    rest_until: datetime | None  #: None when it does not rest
    rest_reason: str
    in_trouble: bool  #: it rests because the network did not take its posts
    tested_at: datetime | None
    test_problem: str
    #: the other channels that are the same account, or have a key of it
    shares: tuple[Shared, ...]
    look_since: datetime | None = None  #: nothing goes out before its account was looked at
    look_problem: str = ""  #: why it could not be, yet

    @property
    def is_full(self) -> bool:
        """Whether the most posts for one day are out."""
        return self.channel.max_per_day is not None and self.today >= self.channel.max_per_day


def standings(
    channels: Sequence[Channel],
    required: Mapping[str, Sequence[str]],
    now: datetime,
    zone: ZoneInfo,
    shared: Sequence[Shared] = (),
) -> list[ChannelStanding]:
    """The standing of each of these channels, in their order. `required` names, by network, the keys that a channel must
    have; `shared` is what any channels of the configuration share."""
    if not channels:
        return []
    names = [channel.name for channel in channels]
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    question = _FIGURES.format(names=tuples(names, 1))
    rows = ask(FiguresRow, question, *names, midnight.astimezone(UTC))
    figures = {row.name: row for row in rows}
    states = {state.name: state for state in ChannelState.objects.filter(name__in=names)}
    standings: list[ChannelStanding] = []
    for channel in channels:
        # Nobody has worked yet on a channel without a row.
        state = states.get(channel.name) or ChannelState()
        keys = required.get(channel.network, ())
        shares = tuple(each for each in shared if channel.name in each.channels)
        standings.append(_standing(channel, figures[channel.name], state, keys, shares, now))
    return standings


def _standing(
    channel: Channel,
    figures: FiguresRow,
    state: ChannelState,
    required: Sequence[str],
    shares: tuple[Shared, ...],
    now: datetime,
) -> ChannelStanding:
    rests = state.rest_until is not None and state.rest_until > now
    keys = channel.keys
    missing = tuple(name for name in required if name not in keys or keys[name].problem)
    return ChannelStanding(
        channel=channel,
        last_success=figures.last_success,
        today=figures.today,
        next_due=figures.next_due,
        queued=figures.queued,
        missing=missing,
        rest_until=state.rest_until if rests else None,
        rest_reason=state.rest_reason if rests else "",
        in_trouble=rests and state.troubles > 0,
        tested_at=state.tested_at,
        test_problem=state.test_problem,
        shares=shares,
        look_since=state.look_since,
        look_problem=state.look_problem,
    )


def kept_back(names: Collection[str], now: datetime) -> dict[str, str]:
    """Why the network keeps these channels back now, by the channel: the account's trouble, and no post's. Those alone that
    are in trouble."""
    resting = ChannelState.objects.filter(name__in=names, rest_until__gt=now, troubles__gt=0)
    return dict(resting.values_list("name", "rest_reason"))


def forgotten(names: Sequence[str]) -> list[str]:
    """Channels that posts are queued for and that are not among these, which the configuration names."""
    queued_on = column(
        str,
        "SELECT DISTINCT channel FROM campaign_delivery WHERE status = 'queued' ORDER BY channel",
    )
    return [name for name in queued_on if name not in names]
