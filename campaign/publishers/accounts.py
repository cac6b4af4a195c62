"""Channels that are one account on their network, or hold a key that belongs to one account alone.

Each would send there as if it were alone: the same text twice, without the gap between two posts, beyond the limit of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from campaign.config import Channel
from campaign.core.finding import Finding, Level, Place, error, warning
from campaign.core.sentence import Sentence
from campaign.publishers import NETWORKS


@dataclass(frozen=True, slots=True)
class Shared:
    """Two channels with one account or one key, named in the order of the configuration, and what a person is told of it."""

    channels: tuple[str, str]
    level: Level
    sentence: str

    def finding(self, place: Place) -> Finding:
        """It as a finding on the configuration."""
        if self.level is Level.ERROR:
            return error("same-account", self.sentence, place)
        return warning("two-languages", self.sentence, place)


def shared_accounts(
    channels: Iterable[Channel], told: Mapping[str, str] | None = None
) -> list[Shared]:
    """The channels that share an account or a key, two by two. `told` has, by channel, the account's id where its network was
    asked for it. No key is ever shown, and one that cannot be had is compared with nothing."""
    held = [_Held.of(channel, (told or {}).get(channel.name, "")) for channel in channels]
    pairs = (_shared(first, second) for first, second in combinations(held, 2))
    return [shared for shared in pairs if shared]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a channel holds: the account's id, "" when it is not known, and the keys of that account alone."""

    channel: Channel
    account: str
    keys: Mapping[str, str]

    @classmethod
    def of(cls, channel: Channel, told: str) -> "_Held":
        network = NETWORKS.get(channel.network)
        if network is None:
            return cls(channel, "", {})
        keys = {
            name: secret.reveal().strip()
            for name, secret in channel.keys.items()
            if not secret.problem
        }
        own = {name: keys[name] for name in network.account_keys if keys.get(name)}
        return cls(channel, told or network.account_of(keys).strip(), own)


def _shared(first: _Held, second: _Held) -> Shared | None:
    if first.channel.network != second.channel.network:
        return None
    names = (first.channel.name, second.channel.name)
    if first.account and first.account.casefold() == second.account.casefold():
        return _one_account(first.channel, second.channel)
    same_keys = [name for name, key in first.keys.items() if second.keys.get(name) == key]
    if not same_keys:
        return None
    said = Sentence(
        "Channels {0} and {1} have the same {2}, which belongs to one account alone: copy to each its own.",
        *names,
        same_keys[0],
    )
    return Shared(names, Level.ERROR, said)


def _one_account(first: Channel, second: Channel) -> Shared:
    names, title = (first.name, second.name), NETWORKS[first.network].title
    if first.language == second.language:
        said = Sentence(
            "Channels {0} and {1} are one account on {2}, and each post would stand there twice: give one of them the "
            "keys of its own account, or take it out.",
            *names,
            title,
        )
        return Shared(names, Level.ERROR, said)
    said = Sentence(
        "Channels {0} and {1} are one account on {2}, so both languages of a post go there: if that is not meant, give "
        "one of them the keys of its own account.",
        *names,
        title,
    )
    return Shared(names, Level.WARNING, said)
