"""Links with campaign tags, so that a charity can see which post brought its readers."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus, urlsplit, urlunsplit


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
    if not _is_ours(url, own_site):
        return url
    parts = urlsplit(url)
    own_query = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_")]
    tag_query = [f"{name}={_quoted(value)}" for name, value in tags.pairs()]
    return urlunsplit(parts._replace(query="&".join([*own_query, *tag_query])))


_quoted = lru_cache(maxsize=1_024)(quote_plus)


# Posts share the links of their campaign, and most of the tags.
@lru_cache(maxsize=1_024)
def _is_ours(url: str, own_site: str) -> bool:
    return _is_own(urlsplit(url).hostname, own_site)


def _is_own(host: str | None, own_site: str) -> bool:
    own = (urlsplit(own_site).hostname or "").removeprefix("www.")
    return host is not None and bool(own) and (host == own or host.endswith(f".{own}"))
