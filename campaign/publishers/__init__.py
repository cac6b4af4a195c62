"""The networks. Adding one is a file with a class like `publisher.Rules`, a file with a class that adds the calls, like
`publisher.Publisher`, and one line in PUBLISHERS."""

from collections.abc import Mapping
from typing import NamedTuple

from campaign.config import Channel, Config, NetworkKeys
from campaign.core.clock import Clock
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.publishers.dry_run import DryRun, Show, quietly
from campaign.publishers.facebook.rules import FacebookRules
from campaign.publishers.publisher import Publisher, Rules
from campaign.publishers.twitter.rules import TwitterRules

PUBLISHERS: dict[str, type[Rules]] = {
    "twitter": TwitterRules,
    "facebook": FacebookRules,
}

KNOWN: dict[str, NetworkKeys] = {
    name: NetworkKeys(publisher.required_keys + publisher.optional_keys, tuple(publisher.settings))
    for name, publisher in PUBLISHERS.items()
}
"""What the configuration may say about each network."""


class Opened(NamedTuple):
    """The channels that can be published to, a sentence for each that cannot, and whether nothing is really sent."""

    publishers: Mapping[str, Publisher]
    problems: Mapping[str, str]
    dry_run: bool = False


def open_publishers(config: Config, clock: Clock, *, dry_run: bool, show: Show = quietly) -> Opened:
    """A publisher for each channel of the configuration; opens no connection.

    This is the one place where a dry run is chosen: it opens every channel, with keys or without, and its publishers
    hand each message to `show`.
    """
    publishers: dict[str, Publisher] = {}
    problems: dict[str, str] = {}
    for name, channel in config.channels.items():
        try:
            publishers[name] = DryRun(channel, show) if dry_run else _open(channel, config, clock)
        except Problem as problem:
            problems[name] = str(problem)
        except Exception as surprise:  # one channel that cannot be built keeps no other from publishing
            problems[name] = (
                f"Channel {name} cannot be used ({type(surprise).__name__}): check its keys in config.toml."
            )
    return Opened(publishers, problems, dry_run)


def _open(channel: Channel, config: Config, clock: Clock) -> Publisher:
    publisher = PUBLISHERS.get(channel.network)
    if publisher is None:
        raise Problem(
            f'Channel {channel.name}: "{channel.network}" is not a network; {did_you_mean(channel.network, PUBLISHERS)}'
        )
    return publisher.open(channel, config.network(channel.network), clock)
