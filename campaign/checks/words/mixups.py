"""Languages mixed up: a text in the other language, numbers written as the other does, a link to the other's page."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from campaign.checks.reading.reading import Reading, Token, tokens
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence

MOST = 5
FEWEST = 4
"""Words of a language that must be there before a text is taken for it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = {
    "en": _set(
        "the and of to with for is are was were you your we our they their this that these not from can has have had who "
        "what when how by be been will would there an it its she he her his about more other or if"
    ),
    "fr": _set(
        "le la les des du de et un une est sont vous votre vos nous notre nos ils elles leur leurs ce cette ces pas dans avec "
        "pour qui que quoi comment par être était ont avez avons il elle sa ses au aux plus autre ou si sur"
    ),
}
_OTHER = {"en": "fr", "fr": "en"}
_NAMES = {"en": "English", "fr": "French"}
_BOTH = re.compile(
    "le français suit|english follows|english below|version française|english version"
)
# Both begin with a set of characters, and look back from there: that is searched for five times as fast as what may
# come before them.
_FRENCH_NUMBER = re.compile(
    r"[\d«»](?:(?<=[«»])|(?<![\w.,].)(?:\d{0,2},\d{1,2}(?![\d,])(?=[ \u00a0\u202f]?(?:%|per ?cent))|\d*[ \u00a0\u202f]%)"
    r"|(?<=\d)[ \u00a0]\$(?!\d))"
)
_ENGLISH_NUMBER = re.compile(
    r"[\d$](?:(?<=\$)(?<!\w.)\d+|(?<=\d)(?<![\w.,].)\d{0,2}(?:,\d{3})+(?![\d,])"
    r"|(?<=\d)(?<![\w.,-].)\d{0,2}\.\d{1,2}(?=[ \u00a0\u202f]?%))"
)
_ASKED_LANGUAGE = re.compile(r"(?i)(?:^|&)lang(?:uage)?=(en|fr)")
_LINK_LANGUAGE = re.compile(r"(?i)^(en|fr)(?:[-_]ca)?$")
_SAYS_LANGUAGE = re.compile(
    r"(?i)en anglais|in french|\(fr\)|\(en\)|anglais seulement|french only"
)


def check_mixups(reading: Reading) -> Iterator[Finding]:
    """Every sign that something of the other language has come into the text."""
    yield from _language(reading)
    yield from _numbers(reading)
    yield from _links(reading)
    for alt in reading.words.alts:
        if speaks(tokens(alt), _OTHER[reading.language]):
            message = Sentence(
                "The description of a picture seems not to be in {0}: write it in it.",
                _NAMES[reading.language],
            )
            yield warning("alt-language", message, reading.at(alt))


def speaks(words: Sequence[Token], language: str) -> bool:
    """Whether words are clearly of the language and not of the other one."""
    here = _number(words, language)
    if here < FEWEST:
        return False
    return _clearly(here, _number(words, _OTHER[language]))


def _number(words: Sequence[Token], language: str) -> int:
    common = COMMON[language]
    return len([word for word in words if word.low in common])


def _clearly(here: int, there: int) -> bool:
    """Whether so many common words of a language, and so many of the other, tell it for sure."""
    return here >= FEWEST and here >= 3 * there


def _language(reading: Reading) -> Iterator[Finding]:
    if _BOTH.search(reading.folded):
        return
    own, other = _NAMES[reading.language], _NAMES[_OTHER[reading.language]]
    if _is_foreign(reading):
        message = Sentence(
            "This text seems to be in {0}, and its account is in {1}: put the {2} text here.",
            other,
            own,
            own,
        )
        yield error("wrong-language", message, reading.words.place)
        return
    for said in _foreign_sentences(reading)[:MOST]:
        message = Sentence("“{0}” seems to be in {1}: write it in {2}.", said, other, own)
        yield warning("mixed-language", message, reading.at(said))


def _is_foreign(reading: Reading) -> bool:
    """Whether the whole text is, and not only what it quotes."""
    other, unquoted = _OTHER[reading.language], reading.own_words
    if not speaks(reading.plain_words, other):
        return False
    return speaks(unquoted, other) or _number(unquoted, reading.language) == 0


def _foreign_sentences(reading: Reading) -> list[str]:
    """The sentences in the other language, cut at 60 characters."""
    if _number(reading.own_words, _OTHER[reading.language]) < FEWEST:
        return []
    foreign = _by_sentence(reading, _OTHER[reading.language])
    own = _by_sentence(reading, reading.language)
    sentences = []
    for number in foreign:
        if _clearly(foreign[number], own[number]):
            start, end = reading.own_sentences[number - 1]
            sentences.append(reading.own[start:end].strip()[:60])
    return sentences


def _by_sentence(reading: Reading, language: str) -> Counter[int]:
    """How many common words of a language each sentence has, by the number of the sentence, counted from 1."""
    common = COMMON[language]
    starts = [start for start, _ in reading.own_sentences]
    words = (word for word in reading.own_words if word.low in common)
    return Counter(bisect_right(starts, word.start) for word in words)


def _numbers(reading: Reading) -> Iterator[Finding]:
    pattern = _FRENCH_NUMBER if reading.language == "en" else _ENGLISH_NUMBER
    if match := pattern.search(reading.plain):
        written = match[0]
        own, other = _NAMES[reading.language], _NAMES[_OTHER[reading.language]]
        message = Sentence(
            "“{0}” is written as in {1}: write it as {2} does.",
            written,
            other,
            own,
        )
        yield warning("foreign-format", message, reading.at(written))


def _links(reading: Reading) -> Iterator[Finding]:
    for url in dict.fromkeys(reading.urls):
        language = link_language(url)
        if language == _OTHER[reading.language] and not _SAYS_LANGUAGE.search(reading.text):
            own, other = _NAMES[reading.language], _NAMES[language]
            message = Sentence(
                "{0} leads to a page in {1}: link the page in {2}, or say that it is in {3}.",
                url,
                other,
                own,
                other,
            )
            yield warning("link-language", message, reading.at(url))
            return


def link_language(url: str) -> str:
    """The language that an address says its page has, "en" or "fr": /en/, /fr-ca/, fr.example.org, ?lang=fr; else ""."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return ""
    folders = parts.path.split("/")[:4]
    host = parts.netloc.split(".")[0] if parts.netloc.count(".") > 1 else ""
    asked = _ASKED_LANGUAGE.findall(parts.query)
    for piece in (*folders, host, *asked):
        match = _LINK_LANGUAGE.match(piece) if len(piece) <= len("fr-ca") else None
        if match:
            return match[1].lower()
    return ""
