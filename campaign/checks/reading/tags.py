"""Hashtags and @names of a text, read as their words: #StageIV says "Stage IV", and @JTremblay "J Tremblay"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.checks.reading.spans import Span, blanked, merged
from campaign.checks.reading.urls import find_links

# What has a letter before the @ is an e-mail address.
_TAG = re.compile(r"[#\uff03]\w+|(?<!\w)[@\uff20]\w+")
_SIGNS_OF_HASHTAGS = "#\uff03"


@dataclass(frozen=True, slots=True)
class Opened:
    """A text in which each tag is its words, and where each of its characters stands in the text as it was written."""

    text: str
    places: tuple[int, ...]
    of_hashtags: frozenset[int]  #: the indexes of the characters that a hashtag holds

    def written(self, start: int, end: int) -> Span:
        """Where text[start:end] stands in the text as it was written."""
        first = self.places[start]
        last = self.places[end - 1]
        return first, last + 1


def opened(text: str) -> Opened:
    """The text with the words of its tags in place of them; those within a link are left."""
    characters: list[str] = []
    places: list[int] = []
    of_hashtags: set[int] = set()
    done = 0
    for start, end in tags(text):
        begin = start + 1
        characters += text[done:start]
        # The sign becomes a blank: it may stand right behind a word.
        characters.append(" ")
        places += range(done, begin)
        first = len(places)
        for character, place in _parted(text, begin, end):
            characters.append(character)
            places.append(place)
        if text[start] in _SIGNS_OF_HASHTAGS:
            last = len(places)
            of_hashtags.update(range(first, last))
        done = end
    characters += text[done:]
    places += range(done, len(text))
    read = "".join(characters)
    return Opened(read, tuple(places), frozenset(of_hashtags))


def tags(text: str) -> list[Span]:
    """Each hashtag and @name that is no part of a link, with its sign."""
    links = [(link.start, link.end) for link in find_links(text)]
    plain = blanked(text, merged(links))
    return [match.span() for match in _TAG.finditer(plain)]


def parted(text: str) -> str:
    """The text with a blank wherever a word begins within a word, as "J Tremblay" for JTremblay."""
    end = len(text)
    characters = [character for character, _ in _parted(text, 0, end)]
    return "".join(characters)


def _parted(text: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    """The characters of text[begin:end] and where they stand, with blanks between the words that run together in it."""
    for index in range(begin, end):
        if index > begin and _begins_word(text, index, end):
            yield " ", index
        here = text[index]
        if here == "_":
            here = " "
        yield here, index


def _begins_word(text: str, index: int, end: int) -> bool:
    """Whether a word begins within the tag: at a capital behind a small letter, at the last of several capitals before a small
    letter, and where figures begin or end."""
    before = text[index - 1]
    here = text[index]
    if before.isdigit() != here.isdigit():
        return True
    if not here.isupper():
        return False
    if before.islower():
        return True
    behind = index + 1
    if behind == end or not before.isupper():
        return False
    return text[behind].islower()
