"""What Facebook takes, known without calling it."""

from collections.abc import Iterable
from typing import ClassVar

from campaign.checks.limits import MAX_FACEBOOK
from campaign.checks.texts import Finished
from campaign.config import Channel, Network
from campaign.core.clock import Clock
from campaign.core.finding import Finding
from campaign.publishers.publisher import PictureLimits, Publisher


class FacebookRules:
    """Pages on Facebook."""

    required_keys: ClassVar[tuple[str, ...]] = ("page_id", "page_access_token")
    optional_keys: ClassVar[tuple[str, ...]] = ("app_secret",)
    settings: ClassVar[dict[str, str]] = {
        "graph_url": "https://graph.facebook.com",
        "version": "v26.0",
    }
    form: ClassVar[str] = "long"
    limit: ClassVar[int] = MAX_FACEBOOK
    utm_source: ClassVar[str] = "facebook"
    # Meta's reference says 10 MB, its own error 1366046 says 4; it names no pixels, and shows 2,048.
    picture_limits: ClassVar[PictureLimits] = PictureLimits(4_000_000, 4096, 4096, ("image/jpeg", "image/png"))
    threads: ClassVar[bool] = False

    @staticmethod
    def length(text: str) -> int:
        """Characters, each counting as one."""
        return len(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:  # noqa: ARG004 — the contract's
        """Nothing but the length is known to matter."""
        return ()

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Publisher:
        """One Page; opens no connection. Raises Problem when a key is missing or the address is none."""
        from campaign.publishers.facebook.publisher import Facebook  # noqa: PLC0415 - facebook-sdk is for who publishes

        return Facebook.open(channel, network, clock)
