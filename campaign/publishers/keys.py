"""The keys of a channel, checked before a network is built on them."""

from campaign.config import Channel
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence


def required_keys(channel: Channel, names: tuple[str, ...]) -> tuple[str, ...]:
    """The values of the keys, in this order. Raises Problem when one is missing, cannot be had or cannot be right."""
    missing = [name for name in names if name not in channel.keys]
    if missing:
        raise Problem(
            Sentence(
                "Channel {0} has no {1}: add what is missing under [channels.{2}] in the configuration.",
                channel.name,
                ", ".join(missing),
                channel.name,
            )
        )
    return tuple(_value(channel, name) for name in names)


def optional_key(channel: Channel, name: str) -> str:
    """The value of a key, "" when the channel does not have it. Raises Problem as `required_keys` does."""
    return _value(channel, name) if name in channel.keys else ""


def _value(channel: Channel, name: str) -> str:
    value = channel.keys[name].reveal().strip()
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        raise Problem(
            Sentence(
                "Channel {0}: {1} is empty or has characters that no key has. Copy it again, whole "
                "and alone, into [channels.{2}] of the configuration.",
                channel.name,
                name,
                channel.name,
            )
        )
    return value
