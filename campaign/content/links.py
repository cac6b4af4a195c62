"""Where links lead: the places that a post can name, and campaign tags, so that a charity can see which post brought its
readers."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus, urlsplit, urlunsplit

PLACES = ("tell-your-story", "join-council", "share", "resources")
"""What readers can be asked to do, each with an address of its own in a campaign's file."""
NO_LINK = "none"
"""What a post says in place of an address when it goes out without a link, on purpose."""

_ASKED_FOR = re.compile(r"\blink\(\s*\)")
_TAGS = re.compile(r"[?&]utm_\w+=[\w%+~.-]*(?:&utm_\w+=[\w%+~.-]*)*(?<![.-])(?![\w&=])")


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


@dataclass
class PostLink:
    """`link`, as a text and its template see it: an address with the tags of its channel."""

    own: str  #: where the post leads, without tags; "" for nowhere
    own_site: str
    tags: Tags
    is_beside: bool = False  #: it goes out beside the text, as an attachment
    is_asked_for: bool = False

    def address(self, url: str | None = None) -> str:
        """This address; without one the post's own, which is "" where it goes out beside the text."""
        if url is not None:
            return tagged(url, self.own_site, self.tags)
        self.is_asked_for = True
        return "" if self.is_beside else self._own()

    @property
    def attached(self) -> str:
        """What goes out beside the text: the post's own address, where the template would have put it into the text."""
        return self._own() if self.is_beside and self.is_asked_for else ""

    def _own(self) -> str:
        return tagged(self.own, self.own_site, self.tags)


def asks_for_link(source: str) -> bool:
    """Whether a text that people wrote asks for the post's link, to have it at that very place."""
    return bool(_ASKED_FOR.search(source))


def is_moved_beside(link: str, before: str, after: str) -> bool:
    """Whether two texts say the same, but that `before` has a link in a line of its own, and `after` goes out beside it."""
    if not link or link not in before:
        return False
    lines = before.split("\n")
    kept = [line for line in lines if link not in line]
    return "\n".join(kept).split() == after.split()


def without_tags(text: str) -> str:
    """A text without the tags of its links: nobody wrote or reads them, and they differ where the words do not."""
    return _TAGS.sub("", text) if "utm_" in text else text


def tagged(url: str, own_site: str, tags: Tags) -> str:
    """The address with its tags, its own query and fragment kept.

    An address on somebody else's site is left alone, and tagging twice changes nothing.
    """
    parts = _untagged(url, own_site)
    if parts is None:
        return url
    before, query, after = parts
    added = [f"{name}={_quoted(value)}" for name, value in tags.pairs()]
    pairs = "&".join((*query, *added))
    return f"{before}?{pairs}{after}"


_quoted = lru_cache(maxsize=1_024)(quote_plus)


# Posts share the links of their campaign, and most of the tags.
@lru_cache(maxsize=1_024)
def _untagged(url: str, own_site: str) -> tuple[str, tuple[str, ...], str] | None:
    """The address up to its query, the pairs of the query that are no tags, and the fragment with its "#", or "".

    None for somebody else's site.
    """
    parts = urlsplit(url)
    if not _is_own(parts.hostname, own_site):
        return None
    pairs = filter(None, parts.query.split("&"))
    query = tuple(pair for pair in pairs if not pair.lower().startswith("utm_"))
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    before = urlunsplit(parts._replace(query="", fragment=""))
    return before, query, fragment


def _is_own(host: str | None, own_site: str) -> bool:
    """Whether a host is that of the own site, with "www." or without, or one below it."""
    own = (urlsplit(own_site).hostname or "").removeprefix("www.")
    if not host or not own:
        return False
    return host == own or host.endswith(f".{own}")
