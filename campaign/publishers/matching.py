"""Whether a post on an account is the one that was sent.

Networks change a text on its way: they bring it to Unicode form NFC, drop white space where it cannot be seen, and
write links in their own manner. Those changes do not matter here. Nothing else is forgiven.
"""

import hashlib
import json
import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from campaign.checks.reading.urls import find_links

_SHORTENED = re.compile(r"https?://t\.co/", re.IGNORECASE)
_SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
_HOST = re.compile(r"[^/?#]*")
_ASCII = string.ascii_letters + string.digits + string.punctuation


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of a text so that it is known again without its words: a digest of those around its links, and one of
    where these lead, "" where a network hides that behind its own short link."""

    words: str
    links: str

    @classmethod
    def of(cls, text: str) -> "Trace":
        """The trace of a text; those that `same_text` takes for the same have traces that fit."""
        words, links = _parted(_visible(text))
        hidden = any(map(_SHORTENED.match, links))
        leads_to = [_address(link)[1] for link in links]
        return cls(_digest(words), "" if hidden else _digest(leads_to))

    def fits(self, other: "Trace") -> bool:
        """Whether the two may be of one text."""
        if self.words != other.words:
            return False
        return self.links == other.links or not (self.links and other.links)


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def same_text(sent: str, posted: str) -> bool:
    """Whether `posted` is what a network makes of `sent`. A link that the network keeps behind its own short one
    counts as any link at that place."""
    ours, theirs = _visible(sent), _visible(posted)
    if ours == theirs:
        return True
    our_words, our_links = _parted(ours)
    their_words, their_links = _parted(theirs)
    return our_words == their_words and all(map(_same_link, our_links, their_links))


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    # Not `splitlines`, which breaks at more than line ends.
    lines = composed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _parted(text: str) -> tuple[list[str], list[str]]:
    """What is around the links, and the links: one more of the first than of the second."""
    words: list[str] = []
    links: list[str] = []
    at = 0
    for link in find_links(text):
        words.append(text[at : link.start])
        links.append(text[link.start : link.end])
        at = link.end
    return [*words, text[at:]], links


def _same_link(sent: str, posted: str) -> bool:
    if _SHORTENED.match(sent) or _SHORTENED.match(posted):
        return True
    our_scheme, ours = _address(sent)
    their_scheme, theirs = _address(posted)
    # A bare domain becomes a link by a scheme that the network puts before it.
    return ours == theirs and our_scheme in ("", their_scheme)


def _address(link: str) -> tuple[str, str]:
    """The scheme, and the rest of an address in the one form that RFC 3986 and RFC 3987 give its equals."""
    scheme, rest = "", link
    match = _SCHEME.match(link)
    if match:
        scheme, rest = match[1].lower(), link[match.end() :]
    after = _HOST.sub("", rest, count=1)
    host = rest.removesuffix(after).lower()
    path = after if after.startswith("/") else "/" + after
    return scheme, host + quote(path, safe=_ASCII)
