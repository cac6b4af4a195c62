"""Links with campaign tags, so that a charity can see which post brought its readers."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Tags:
    """The UTM tags of one delivery. They never hold anything about a person."""

    source: str
    campaign: str
    content: str

    def pairs(self) -> list[tuple[str, str]]:
        """The tags as a query, lower-case, since their values are case-sensitive for those who count them."""
        return [
            ("utm_source", self.source.lower()),
            ("utm_medium", "social"),
            ("utm_campaign", self.campaign.lower()),
            ("utm_content", self.content.lower()),
        ]


def tagged(url: str, own_site: str, tags: Tags) -> str:
    """The address with its tags, its own query and fragment kept.

    An address on somebody else's site is left alone, and tagging twice changes nothing.
    """
    parts = urlsplit(url)
    if not _is_own(parts.hostname, own_site):
        return url
    own_query = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_")]
    return urlunsplit(parts._replace(query="&".join([*own_query, urlencode(tags.pairs())])))


def _is_own(host: str | None, own_site: str) -> bool:
    own = (urlsplit(own_site).hostname or "").removeprefix("www.")
    return host is not None and bool(own) and (host == own or host.endswith(f".{own}"))
