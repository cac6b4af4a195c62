"""What Postcards takes and shows, known without calling it."""

from pathlib import Path

from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.publishers.network import Can, Look, Network, PictureLimits, Setting
from campaign.publishers.publisher import Publisher

SIGN = "M3 6h18v12H3z M13 6v12"


def open_account(channel: Channel, network: NetworkSettings, clock: Clock) -> Publisher:
    from tests.doubles.postcards.publisher import Postcards

    return Postcards(channel)


def longest(channel: Channel) -> int:
    """A server of its own says how long a card may be."""
    return 120 if channel.name.startswith("small-") else 500


POSTCARDS = Network(
    name="postcards",
    title="Postcards",
    look=Look(SIGN, fold=300, styles=Path(__file__).with_name("styles")),
    limit=500,
    limit_of=longest,
    utm_source="postcards",
    pictures=PictureLimits(1_000_000, 1024, 1024, ("image/jpeg",), most=1),
    open=open_account,
    required_keys=("stamp",),
    settings={"address": Setting("https://postcards.example", "The address of Postcards.")},
    can=frozenset({Can.LOOK, Can.KEY}),
)
