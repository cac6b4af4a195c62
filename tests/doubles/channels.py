"""Channels with made-up keys, as the configuration would hold them."""

from campaign.config import Channel, NetworkSettings
from campaign.config.secret import Secret
from tests.doubles.x import Keys

X_KEYS = {
    "consumer_key": "consumer-key-1",
    "consumer_secret": "consumer-secret-2",
    "access_token": "4242-access-token-3",
    "access_token_secret": "access-token-secret-4",
}
X_SECRETS = {
    X_KEYS["access_token"]: Keys(X_KEYS["consumer_secret"], X_KEYS["access_token_secret"])
}
X_ACCOUNT = "4242"
PAGE = "1234567890"
PAGE_KEYS = {"page_id": PAGE, "page_access_token": "page-token-5", "app_secret": "app-secret-6"}


def x_channel(name: str = "x-en", **keys: str) -> Channel:
    """An X account; `keys` replace the made-up ones."""
    return Channel(name, "twitter", "en", keys=_secrets({**X_KEYS, **keys}))


def page_channel(name: str = "page-en", **keys: str) -> Channel:
    """A Facebook Page; `keys` replace the made-up ones."""
    return Channel(name, "facebook", "en", keys=_secrets({**PAGE_KEYS, **keys}))


def network_at(url: str) -> NetworkSettings:
    """The settings of either network, at this address."""
    return NetworkSettings({"api_url": url, "graph_url": url, "version": "v26.0"})


def _secrets(keys: dict[str, str]) -> dict[str, Secret]:
    return {name: Secret(value) for name, value in keys.items()}
