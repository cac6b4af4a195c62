"""What X takes, known without calling it. Its limits for pictures are from docs.x.com; it names none in pixels, so those
are ours."""

from collections.abc import Iterable
from typing import ClassVar

from campaign.checks.limits import MAX_TWEET
from campaign.checks.texts import Finished, check_cashtags
from campaign.config import Channel, Network
from campaign.core.clock import Clock
from campaign.core.finding import Finding
from campaign.publishers.publisher import PictureLimits, Publisher


class TwitterRules:
    """X."""

    required_keys: ClassVar[tuple[str, ...]] = (
        "consumer_key",
        "consumer_secret",
        "access_token",
        "access_token_secret",
    )
    optional_keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[dict[str, str]] = {"api_url": "https://api.x.com"}
    form: ClassVar[str] = "short"
    limit: ClassVar[int] = MAX_TWEET
    utm_source: ClassVar[str] = "x"
    picture_limits: ClassVar[PictureLimits] = PictureLimits(
        5_000_000, 4096, 4096, ("image/jpeg", "image/png", "image/webp")
    )
    threads: ClassVar[bool] = True

    @staticmethod
    def length(text: str) -> int:
        """X's weighted count."""
        from campaign.checks.length import weighted_length  # noqa: PLC0415 - its tables are for who has a text to count

        return weighted_length(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:
        """More than one cashtag."""
        return check_cashtags(finished)

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Publisher:
        """One account; opens no connection. Raises Problem when a key is missing or the address is none."""
        from campaign.publishers.twitter.publisher import Twitter  # noqa: PLC0415 - tweepy is for who publishes

        return Twitter.open(channel, network, clock)
