"""The accounts as they stand now: those of the configuration, with what was set in the pages in its place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from campaign.config import Channel, Config
from campaign.config.accounts import GIVEN_BACK, with_times
from campaign.models.shared import Shared, SharedKind


def in_force(channels: Iterable[Channel]) -> dict[str, Channel]:
    """These channels by name, each with the times and limits that count now; one question."""
    versions = Shared.objects.filter(kind=SharedKind.ACCOUNT).order_by("number")
    # A later version takes the place of the earlier one.
    said: dict[str, str] = dict(versions.values_list("key", "source"))
    return _ruled(channels, said)


def gaps_in_force(channels: Iterable[Channel]) -> dict[str, timedelta]:
    """The time between two posts of each of these channels, by its name."""
    return {name: channel.minimum_gap for name, channel in in_force(channels).items()}


def config_in_force(config: Config, said: Mapping[str, str] | None = None) -> Config:
    """The configuration with the accounts as they stand now. `said` is what the pages say of each, where that is known
    already."""
    channels = config.channels.values()
    ruled = in_force(channels) if said is None else _ruled(channels, said)
    return replace(config, channels=ruled)


def _ruled(channels: Iterable[Channel], said: Mapping[str, str]) -> dict[str, Channel]:
    ruled: dict[str, Channel] = {}
    for channel in channels:
        source = said.get(channel.name, GIVEN_BACK)
        ruled[channel.name] = with_times(channel, source)
    return ruled
