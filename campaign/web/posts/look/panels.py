"""How a post will look on each of its channels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaign.authoring.uploads import NAME
from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.post import FORMS
from campaign.planning.plan import Planned, finished_of
from campaign.publishers import posts_of
from campaign.rehearsal.result import cost_of
from campaign.web.frame.names import channel_name
from campaign.web.frame.networks import dollars, look_of
from campaign.web.posts.look.cards import Cards, LinkCard
from campaign.web.posts.look.link_costs import LinkOffer, link_offer
from campaign.web.posts.look.pieces import Piece, pieces

NEARLY = 0.9
"""Of a limit: from here on, the meter warns."""


ROOMY = 10_000
"""From this limit on, nobody counts characters: no meter is drawn."""


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A part of a thread; the only one, for most posts. `more` is the text below the fold."""

    pieces: tuple[Piece, ...]
    more: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPicture:
    """A picture of a preview: its digest and its description."""

    digest: str
    alt: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One delivery as it will look."""

    channel: str
    initial: str
    network: str
    due: datetime | None
    parts: tuple[PreviewPart, ...]
    pictures: tuple[PreviewPicture, ...]
    length: int
    limit: int
    nearly: int  #: from here on, the meter warns
    cost: str
    links: tuple[str, ...]
    link: str  #: that stands beside the text, as an attachment
    card: LinkCard | None  #: what the network makes of the link
    offer: LinkOffer | None  #: to leave the link out where it costs, or to put it back
    says_when: bool  #: below the account's name stands the time, as it does there

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for any text that people write."""
        return self.limit >= ROOMY

    @property
    def over(self) -> int:
        """By how much it is too long."""
        return max(0, self.length - self.limit)

    @property
    def most(self) -> int:
        """Where the meter ends."""
        return max(self.length, self.limit)


def panels_of(
    planned: Iterable[Planned], config: Config, cards: Cards
) -> dict[str, list[Panel]]:
    """By the name of the field whose text it shows."""
    panels: dict[str, list[Panel]] = {}
    for delivery in planned:
        form = delivery.form or FORMS[0]
        name = f"{delivery.channel.language}.{form}"
        panels.setdefault(name, []).append(_panel(delivery, config, cards))
    return panels


def _panel(delivery: Planned, config: Config, cards: Cards) -> Panel:
    channel, texts = delivery.channel, posts_of(delivery.text, delivery.channel.network)
    network = channel.network
    pictures = [
        _shown(picture.file.name, picture.alts.get(channel.language, ""))
        for picture in delivery.post.pictures
    ]
    cost = cost_of(network, texts, len(pictures), config.prices) if delivery.text else 0.0
    whole = finished_of(delivery).whole
    urls = [link.url for link in find_links(whole)]
    return Panel(
        channel=channel_name(channel.name, config),
        initial=config.site.name[:1].upper(),
        network=network,
        due=delivery.due.at if delivery.due else None,
        parts=tuple(_part(text, network) for text in texts),
        pictures=tuple(picture for picture in pictures if picture),
        length=delivery.length,
        limit=delivery.limit,
        nearly=int(delivery.limit * NEARLY),
        cost=dollars(cost) if cost else "",
        links=tuple(dict.fromkeys(urls)),
        link=delivery.link,
        card=cards.card(
            delivery.text,
            delivery.link,
            has_pictures=bool(delivery.post.pictures),
        ),
        offer=link_offer(delivery, texts, config),
        says_when=look_of(network).says_when,
    )


def _part(text: str, network: str) -> PreviewPart:
    most = look_of(network).fold
    fold = len(text) if most is None else _fold(text, most)
    above = text[:fold].rstrip()
    below = text[fold:].lstrip("\n")
    return PreviewPart(pieces(above, network), pieces(below, network))


def _fold(text: str, most: int) -> int:
    """Where a text is folded: between words, after so many characters."""
    if len(text) <= most:
        return len(text)
    blank = text.rfind(" ", 0, most)
    return blank if blank > 0 else most


def _shown(file: str, alt: str) -> PreviewPicture | None:
    if not NAME.fullmatch(file):
        # A picture of a file in the folder, which the pages do not serve.
        return None
    return PreviewPicture(file.split(".", maxsplit=1)[0], alt)
