"""The card that a network makes of a link, in previews: what the page says of itself, as far as it is known."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.library import Library
from campaign.content.links import without_tags
from campaign.models.cards import LinkedPage
from campaign.planning.cards import hosts_of, known_pages, may_be_read


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A linked page as the network shows it. `number` is that of its picture, 0 for none; `read_at` is None where nobody has
    read the page yet."""

    address: str
    host: str
    title: str = ""
    words: str = ""
    number: int = 0
    read_at: datetime | None = None
    problem: str = ""
    may_be_read: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """What is known of the pages that some texts link to."""

    pages: Mapping[str, LinkedPage]
    hosts: Collection[str]

    @classmethod
    def of(cls, texts: Iterable[str], config: Config, library: Library) -> "Cards":
        """Of all links in these texts; asks the database once."""
        addresses: list[str] = []
        for text in texts:
            addresses += addresses_in(text)
        return cls(known_pages(addresses), hosts_of(config, library))

    def card(self, text: str, link: str, *, has_pictures: bool) -> LinkCard | None:
        """The card below a text: of the link beside it, else of the first in it; None where pictures stand in its place."""
        addresses = [link] if link else addresses_in(text)
        if has_pictures or not addresses:
            return None
        return self._card(addresses[0])

    def _card(self, address: str) -> LinkCard:
        plain = without_tags(address)
        card = LinkCard(
            address=plain,
            host=_host(plain),
            may_be_read=may_be_read(plain, self.hosts),
        )
        page = self.pages.get(plain)
        return _told(card, page) if page else card


def addresses_in(text: str) -> list[str]:
    """The whole addresses in a text."""
    links = find_links(text)
    return [link.url for link in links if "://" in link.url]


def _told(card: LinkCard, page: LinkedPage) -> LinkCard:
    return LinkCard(
        address=card.address,
        host=card.host,
        title=page.title,
        words=page.words,
        number=page.pk if page.picture else 0,
        read_at=page.read_at,
        problem=page.problem,
        may_be_read=card.may_be_read,
    )


def _host(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")
