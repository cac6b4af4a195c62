"""Hashtags and @names of a text, read as their words: #StageIV says "Stage IV", and @JTremblay "J Tremblay"."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.checks.reading.spans import Span, merged
from campaign.checks.reading.urls import find_links

# What has a letter before the @ is an e-mail address.
_TAG = re.compile(r"[#\uff03]\w+|(?<!\w)[@\uff20]\w+")
_SIGNS_OF_HASHTAGS = "#\uff03"


@dataclass(frozen=True, slots=True)
class Opened:
    """A text in which each tag is its words, and where each of its characters stands in the text as it was written."""

    text: str
    places: tuple[int, ...]
    hashtags: tuple[Span, ...]  #: in the opened text

    def written(self, start: int, end: int) -> Span:
        """Where text[start:end] stands in the text as it was written."""
        return self.places[start], self.places[end - 1] + 1

    def is_of_hashtag(self, index: int) -> bool:
        """Whether a hashtag holds this character."""
        behind = bisect_right(self.hashtags, (index, len(self.text)))
        return behind > 0 and index < self.hashtags[behind - 1][1]


def opened(text: str) -> Opened:
    """The text with the words of its tags in place of them; those within a link are left."""
    parts: list[str] = []
    places: list[int] = []
    hashtags: list[Span] = []
    done = 0
    for start, end in tags(text):
        begin = start + 1
        words, stand = _words(text, begin, end)
        # The sign becomes a blank: it may stand right behind a word.
        parts += text[done:start], " ", words
        places += [*range(done, begin), *stand]
        if text[start] in _SIGNS_OF_HASHTAGS:
            last = len(places)
            hashtags.append((last - len(words), last))
        done = end
    parts.append(text[done:])
    places += range(done, len(text))
    return Opened("".join(parts), tuple(places), tuple(hashtags))


def tags(text: str) -> Iterator[Span]:
    """Each hashtag and @name that is no part of a link, with its sign."""
    within = merged((link.start, link.end) for link in find_links(text))
    for match in _TAG.finditer(text):
        while within and within[0][1] <= match.start():
            within.pop(0)
        if not within or match.start() < within[0][0]:
            yield match.span()


def parted(text: str) -> str:
    """The text with a blank wherever a word begins within a word, as "J Tremblay" for JTremblay."""
    words, _ = _words(text, 0, len(text))
    return words


def _words(text: str, begin: int, end: int) -> tuple[str, list[int]]:
    """The words of a tag, which stands at text[begin:end], and where each of their characters stands."""
    characters: list[str] = []
    places: list[int] = []
    for index in range(begin, end):
        if index > begin and _begins_word(text, index, end):
            characters.append(" ")
            places.append(index)
        here = text[index]
        characters.append(" " if here == "_" else here)
        places.append(index)
    return "".join(characters), places


def _begins_word(text: str, index: int, end: int) -> bool:
    """Whether a word begins within the tag: at a capital behind a small letter, at the last of several capitals before a small
    letter, and where figures begin or end."""
    before, here = text[index - 1], text[index]
    if before.isdigit() != here.isdigit():
        return True
    if not here.isupper():
        return False
    following = text[index + 1 : min(index + 2, end)]
    return before.islower() or (before.isupper() and following.islower())
