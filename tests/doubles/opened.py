"""Publishers that have little patience, for tests."""

from datetime import UTC, datetime

from campaign.publishers.facebook import Facebook
from campaign.publishers.twitter import Twitter
from tests.doubles.channels import network_at, page_channel, x_channel

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def quick_x(url: str, **keys: str) -> Twitter:
    """The X account of these tests; `keys` replace the made-up ones."""
    publisher = Twitter.open(x_channel(**keys), network_at(url), lambda: NOW)
    publisher.session.timeout, publisher.session.call_seconds = (0.5, 0.2), 0.4
    return publisher


def quick_page(url: str) -> Facebook:
    """The Page of these tests."""
    publisher = Facebook.open(page_channel(), network_at(url), lambda: NOW)
    publisher.session.timeout, publisher.session.call_seconds = (0.5, 0.2), 0.4
    return publisher
