"""All that is to be deleted on networks now: what storytellers took back, second copies, and what a correction replaces."""

from collections.abc import Collection
from datetime import datetime

from campaign.delivery import copies, takedown
from campaign.delivery.errands import replacing
from campaign.delivery.takedown import Answered, Errand


def begin(channels: Collection[str], now: datetime) -> list[Errand]:
    """Takes what is to be deleted now on these channels; nobody else takes it for a while."""
    taken_back = takedown.begin(channels, now)
    second = copies.begin(channels, now)
    return [*taken_back, *second, *replacing.begin(channels, now)]


def settle(answered: Answered, now: datetime) -> None:
    """Writes down what the network has said to the deletion."""
    if answered.errand.copy:
        copies.settle(answered, now)
    elif answered.errand.correction:
        replacing.settle(answered, now)
    else:
        takedown.settle(answered, now)
