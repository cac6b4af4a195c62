"""A text as its network shows it: links and hashtags coloured."""

import re
from dataclasses import dataclass

from campaign.web.frame.networks import look_of

_TAG = re.compile(r"(?<![\w&/])[#@]\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or shown as a link or a hashtag."""

    text: str
    linked: bool = False


def pieces(text: str, network: str) -> tuple[Piece, ...]:
    """A text as its network shows it: links and hashtags coloured, links shortened where it shortens them."""
    stretches: list[Piece] = []
    at = 0
    for start, end, shown in _linked(text, network):
        if start < at:  # a hashtag within a link
            continue
        if start > at:
            stretches.append(Piece(text[at:start]))
        stretches.append(Piece(shown, linked=True))
        at = end
    if at < len(text):
        stretches.append(Piece(text[at:]))
    return tuple(stretches)


def _linked(text: str, network: str) -> list[tuple[int, int, str]]:
    """What a network colours, in order: where it begins and ends, and how it is shown."""
    linked = []
    for link in look_of(network).links(text):
        linked.append((link.start, link.end, link.shown))
    for match in _TAG.finditer(text):
        linked.append((match.start(), match.end(), match[0]))
    return sorted(linked)
