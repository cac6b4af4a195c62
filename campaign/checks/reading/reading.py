"""One finished text as the checks of its words read it: its words, its quotations, and what they pass over."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import NamedTuple

from campaign.checks.reading.figures import Numerals, numerals
from campaign.checks.reading.spans import (
    BLANK,
    Span,
    blanked,
    folded,
    hashtags,
    merged,
    protected,
    quoted,
)
from campaign.checks.reading.urls import Link, find_links
from campaign.content.facts import Fact
from campaign.content.post import Kind
from campaign.core.finding import Place

_TOKEN = re.compile(r"\w+")
# First one set of characters, which is fast to search for, and then a look back at which it was.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<!\n)(?=[\s»”\")]|$)|(?<=\n)(?:\s*\n|(?=[-•*])))")
_METASTATIC = re.compile(
    r"(?i)m[eé]tasta|(?-i:\bMBC\b|\bCSM\b)|\bstage (?:iv|4)\b|\bstade (?:iv|4)\b"
)


@dataclass(frozen=True)
class Words:
    """A finished text of one channel, with all that the checks of its words ask about.

    `source` is the post's own text as its file has it, from which the finished one was made: findings point to
    their line in it, and fixes are offered for it alone. `facts` are those that the text leans on, `refused` those
    that must not be used. `names` are names of organizations beyond those that the program knows.
    """

    text: str
    language: str
    network: str
    kind: Kind
    place: Place
    source: str = ""
    facts: tuple[Fact, ...] = ()
    refused: tuple[Fact, ...] = ()
    alts: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()  #: as the campaign writes them
    names: tuple[str, ...] = ()
    sponsored: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """What the facts say in the language of the text."""
        claims = (fact.claims.get(self.language, "").strip() for fact in self.facts)
        return tuple(filter(None, claims))

    @cached_property
    def reading(self) -> "Reading":
        """The text as its checks read it: one reading for all of them, by itself and beside its other language."""
        # It reads a copy: two values that hold each other wait long for Python to clear them away.
        return Reading(replace(self))


class Token(NamedTuple):
    """A word of a text: text[start:end], and itself in small letters."""

    start: int
    end: int
    low: str


@dataclass(frozen=True)
class Reading:
    """A text as the checks of its words read it; what several of them need is worked out once, when first asked for."""

    words: Words
    _places: dict[str, Place] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The finished text."""
        return self.words.text

    @property
    def language(self) -> str:
        """Its language, "en" or "fr"."""
        return self.words.language

    @property
    def source(self) -> str:
        """The post's own text, as its file has it."""
        return self.words.source

    @cached_property
    def links(self) -> list[Link]:
        """The links that a network would make in it."""
        return find_links(self.text)

    @cached_property
    def urls(self) -> list[str]:
        """The addresses of its links."""
        return [link.url for link in self.links]

    @cached_property
    def held(self) -> list[Span]:
        """Where its links, e-mail addresses, @names and hashtags stand, with all that is glued to them."""
        return protected(self.text, self.links)

    @cached_property
    def tags(self) -> list[Span]:
        """Where its hashtags stand, whatever they are glued to."""
        return hashtags(self.text)

    @cached_property
    def quotations(self) -> list[Span]:
        """Where its quotations stand, with their marks."""
        return quoted(self.text)

    @cached_property
    def folded(self) -> str:
        """The text in small letters, to ask first whether a word is in it."""
        return folded(self.text)

    @cached_property
    def plain(self) -> str:
        """The text with its links, e-mail addresses, @names and hashtags blanked, every other character where it was."""
        return blanked(self.text, self.held)

    @cached_property
    def plain_words(self) -> list[Token]:
        """The words of `plain`."""
        return tokens(self.plain)

    @cached_property
    def lows(self) -> frozenset[str]:
        """The words of `plain` in small letters, each once, to ask first whether a word is in the text."""
        return frozenset(word.low for word in self.plain_words)

    @cached_property
    def untagged(self) -> str:
        """The text with its links, e-mail addresses and @names blanked, its hashtags left."""
        tags = set(self.tags)
        return blanked(self.text, [span for span in self.held if span not in tags])

    @cached_property
    def own(self) -> str:
        """What the organization itself says: without links and hashtags, quotations and the claims of cited facts.

        A story that marks no quotation is all in the words of the person who tells it.
        """
        if self.words.kind is Kind.STORY and not self.quotations:
            return BLANK * len(self.text)
        others = merged([*self.quotations, *self.claimed])
        return blanked(self.plain, others)

    @cached_property
    def own_words(self) -> list[Token]:
        """The words of `own`."""
        return self.words_of(self.own)

    @cached_property
    def own_sentences(self) -> list[Span]:
        """The sentences of `own`."""
        return sentences(self.own)

    @cached_property
    def unclaimed(self) -> str:
        """The text without links, hashtags and the claims of cited facts; quotations are in it."""
        return blanked(self.plain, merged(self.claimed)) if self.claimed else self.plain

    @cached_property
    def unclaimed_words(self) -> list[Token]:
        """The words of `unclaimed`."""
        return self.words_of(self.unclaimed)

    @cached_property
    def claimed(self) -> list[Span]:
        """Where the claims of the facts stand."""
        return _claims(self.text, self.words.claims)

    @cached_property
    def plain_sentences(self) -> list[Span]:
        """The sentences of `plain`."""
        return sentences(self.plain)

    @cached_property
    def numerals(self) -> Numerals:
        """The dates, times of day and numbers of `plain`."""
        return numerals(self.plain, self.language)

    def words_of(self, text: str) -> list[Token]:
        """The words of `text`, which is `plain` with more of it blanked."""
        if text == self.plain:
            return self.plain_words
        whole, is_cut = list[Token](), False
        for word in self.plain_words:
            left = text[word.start : word.end]
            if BLANK not in left:
                whole.append(word)
            elif left.strip(BLANK):
                is_cut = True
        return tokens(text) if is_cut else whole

    @cached_property
    def is_metastatic(self) -> bool:
        """Whether the text is about metastatic disease."""
        return _METASTATIC.search(self.text) is not None

    def without_quotations(self, mark: str) -> str:
        """The plain text with the quotations that open with `mark` blanked."""
        opened_by_mark = [
            span for span in self.quotations if self.text.startswith(mark, span[0])
        ]
        return blanked(self.plain, opened_by_mark)

    def at(self, words: str) -> Place:
        """The line of the words in the post's file, if its own text has them; else where the text begins."""
        if words not in self._places:
            self._places[words] = self._place(words)
        return self._places[words]

    def _place(self, words: str) -> Place:
        start = self.source.find(words) if words else -1
        place = self.words.place
        if start < 0 or place.line is None:
            return place
        return place.after(self.source.count("\n", 0, start))


def tokens(text: str) -> list[Token]:
    """The words of a text, parted at apostrophes and hyphens."""
    # Named tuples have a constructor in Python; to pass it by halves the time, and a plan makes a million of them.
    return [
        tuple.__new__(Token, (match.start(), match.end(), match[0].lower()))
        for match in _TOKEN.finditer(text)
    ]


def sentences(text: str) -> list[Span]:
    """The sentences of a text, each with what parts it from the next; the end of a paragraph, or of a line before a list,
    ends a sentence too."""
    spans: list[Span] = []
    start = 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in (*ends, len(text)):
        if start < end and not text[start:end].isspace():
            spans.append((start, end))
        start = end
    return spans


def numbering(within: Iterable[Span]) -> Callable[[int], int]:
    """Tells the number, counted from 1, of the sentence that holds a character, by the character's index."""
    starts = [start for start, _ in within]
    return partial(bisect_right, starts)


def _claims(text: str, claims: Iterable[str]) -> list[Span]:
    spans: list[Span] = []
    for claim in claims:
        start = text.find(claim)
        while start >= 0:
            end = start + len(claim)
            spans.append((start, end))
            start = text.find(claim, end)
    return spans
