"""Whether a post that stands on an account is the one that was sent.

Networks change a text on its way: they bring it to Unicode form NFC, drop white space where it cannot be seen, and
write links in their own manner. Those changes do not matter here. Nothing else is forgiven.
"""

import re
import string
import unicodedata
from urllib.parse import quote

from campaign.checks.reading.urls import find_links

_SHORTENED = re.compile(r"https?://t\.co/", re.IGNORECASE)
_SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
_HOST = re.compile(r"[^/?#]*")
_ASCII = string.ascii_letters + string.digits + string.punctuation


def same_text(sent: str, found: str) -> bool:
    """Whether `found` is what a network makes of `sent`. A link that the network keeps behind its own short one
    counts as any link at that place."""
    ours, theirs = _visible(sent), _visible(found)
    if ours == theirs:
        return True
    our_words, our_links = _parted(ours)
    their_words, their_links = _parted(theirs)
    return our_words == their_words and all(map(_same_link, our_links, their_links))


def _visible(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _parted(text: str) -> tuple[list[str], list[str]]:
    """What stands around the links, and the links: one more of the first than of the second."""
    words, links, at = [], [], 0
    for link in find_links(text):
        words.append(text[at : link.start])
        links.append(text[link.start : link.end])
        at = link.end
    return [*words, text[at:]], links


def _same_link(sent: str, found: str) -> bool:
    if _SHORTENED.match(sent) or _SHORTENED.match(found):
        return True
    (our_scheme, ours), (their_scheme, theirs) = _address(sent), _address(found)
    # A bare domain becomes a link by a scheme that the network puts before it.
    return ours == theirs and our_scheme in ("", their_scheme)


def _address(link: str) -> tuple[str, str]:
    """The scheme, and the rest of an address in the one form that RFC 3986 and RFC 3987 give its equals."""
    scheme = _SCHEME.match(link)
    rest = link[scheme.end() :] if scheme else link
    after = _HOST.sub("", rest, count=1)
    path = after if after.startswith("/") else "/" + after
    return scheme[1].lower() if scheme else "", rest.removesuffix(after).lower() + quote(
        path, safe=_ASCII
    )
