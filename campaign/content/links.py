"""Links with campaign tags, so that a charity can see which post brought its readers."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


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
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key[:4] != "utm_"]
    return urlunsplit(parts._replace(query=urlencode(query + tags.pairs())))


def _is_own(host: str | None, own_site: str) -> bool:
    own = (urlsplit(own_site).hostname or own_site).removeprefix("www.")
    return host is not None and (host == own or host.endswith(f".{own}"))
