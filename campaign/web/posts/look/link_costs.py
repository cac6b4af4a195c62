"""What a post's link costs on a network that charges for it, and what leaving it out there would save."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.links import asks_for_link
from campaign.planning.plan import Planned
from campaign.publishers import NETWORKS
from campaign.rehearsal.result import cost_of
from campaign.web.frame.networks import dollars


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """One press that leaves the post's link out on a network, or puts it back; `cost` is of the post afterwards."""

    network: str
    cost: str
    is_back: bool


def link_offer(delivery: Planned, texts: Sequence[str], config: Config) -> LinkOffer | None:
    """What is offered beside the cost of a post; None where a press would change nothing."""
    network = delivery.channel.network
    if not delivery.text or not NETWORKS[network].is_paid:
        return None
    if network in delivery.post.link.not_on:
        return LinkOffer(network, "", is_back=True)
    if _is_in_own_words(delivery):
        return None
    pictures = len(delivery.post.pictures)
    bare = [""] * len(texts)
    now = cost_of(
        network,
        texts,
        pictures,
        config.prices,
    )
    without = cost_of(
        network,
        bare,
        pictures,
        config.prices,
    )
    if without >= now:
        return None
    return LinkOffer(network, dollars(without), is_back=False)


def _is_in_own_words(delivery: Planned) -> bool:
    """Whether the text that people wrote has a link itself, which would stay."""
    text = delivery.post.text(delivery.channel.language, delivery.form)
    if text is None:
        return False
    return asks_for_link(text.source) or any(find_links(text.source))
