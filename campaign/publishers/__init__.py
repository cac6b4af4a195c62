"""The networks. Adding one is a folder with a value like `network.Network` and a class like `publisher.Publisher`, and one
line in NETWORKS."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from campaign.config import Channel, Config, NetworkKeys
from campaign.content.thread import posted
from campaign.core.clock import Clock
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.publishers.dry_run import DryRun, Show, quietly
from campaign.publishers.facebook.network import FACEBOOK
from campaign.publishers.network import Can, Network
from campaign.publishers.publisher import Publisher
from campaign.publishers.twitter.network import TWITTER

NETWORKS: dict[str, Network] = {
    network.name: network
    for network in (
        TWITTER,
        FACEBOOK,
    )
}


def keys_of(network: Network) -> NetworkKeys:
    """The keys, settings and prices of a network that config.toml may name."""
    return NetworkKeys(
        network.required_keys + network.optional_keys,
        tuple(network.settings),
        {price: value.dollars for price, value in network.prices.items()},
        in_starter=network.is_in_starter,
    )


KNOWN: dict[str, NetworkKeys] = {name: keys_of(network) for name, network in NETWORKS.items()}


class Opened(NamedTuple):
    """The channels that can be published to, a sentence for each that cannot, and whether nothing is really sent."""

    publishers: Mapping[str, Publisher]
    problems: Mapping[str, str]
    dry_run: bool = False


def open_publishers(
    config: Config, clock: Clock, *, dry_run: bool, show: Show = quietly
) -> Opened:
    """A publisher for each channel of the configuration; opens no connection.

    This is the one place where a dry run is chosen: it opens every channel, with keys or without, and its publishers
    hand each message to `show`.
    """
    publishers: dict[str, Publisher] = {}
    problems: dict[str, str] = {}
    for name, channel in config.channels.items():
        try:
            publishers[name] = _dry(channel, show) if dry_run else _open(channel, config, clock)
        except Problem as problem:
            problems[name] = str(problem)
        # One channel that cannot be built keeps no other from publishing.
        except Exception as surprise:
            problems[name] = Sentence(
                "Channel {0} cannot be used ({1}): check its keys in config.toml.",
                name,
                type(surprise).__name__,
            )
    return Opened(publishers, problems, dry_run)


def _dry(channel: Channel, show: Show) -> Publisher:
    return DryRun(channel, network_of(channel), show)


def _open(channel: Channel, config: Config, clock: Clock) -> Publisher:
    return network_of(channel).open(channel, config.network(channel.network), clock)


def network_of(channel: Channel) -> Network:
    """The network of a channel. Raises Problem when there is no network of that name."""
    network = NETWORKS.get(channel.network)
    if network is None:
        raise Problem(
            Sentence(
                'Channel {0}: "{1}" is not a network; {2}',
                channel.name,
                channel.network,
                did_you_mean(channel.network, NETWORKS),
            )
        )
    return network


def titles_of(channels: Iterable[Channel]) -> dict[str, str]:
    """What the networks of these channels are called, by channel."""
    return {
        channel.name: NETWORKS[channel.network].title
        for channel in channels
        if channel.network in NETWORKS
    }


def has_threads(network: str) -> bool:
    """Whether this network takes a text in parts; True for one that is not known any more, whose posts are as they were."""
    return network not in NETWORKS or NETWORKS[network].has_threads


def can_edit(network: str) -> bool:
    """Whether the text of a post that is out can be changed on this network."""
    return network in NETWORKS and Can.EDIT in NETWORKS[network].can


def posts_of(text: str, network: str) -> list[str]:
    """The texts of the posts that a finished text becomes on this network: several for a thread alone."""
    return posted(text, has_threads=has_threads(network))


def tightest() -> Network:
    """The network that takes the shortest texts: what fits there fits everywhere."""
    return min(NETWORKS.values(), key=lambda network: network.limit)


def roomiest() -> Network:
    """The network that takes the longest texts."""
    return max(NETWORKS.values(), key=lambda network: network.limit)


def form_of(words: str) -> str:
    """Which of a post's texts somebody's words are, as they were written: "short" where they fit on every network."""
    network = tightest()
    return "short" if network.length(words) <= network.limit else "long"
