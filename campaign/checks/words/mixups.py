"""Languages mixed up: a text in the other language, numbers written as the other does, a link to the other's page."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from campaign.checks.lists import by_language, read_list
from campaign.checks.reading.reading import Reading, Token, tokens
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence

MOST = 5
FEWEST = 4
"""Words of a language that must be there before a text is taken for it."""
_TABLE = read_list("tongues.toml")
COMMON = by_language(_TABLE["common"])
_MORE = by_language(_TABLE["telling"])
_TELLING = {language: common | _MORE[language] for language, common in COMMON.items()}
FEWEST_IN_SENTENCE = 3
"""Telling words of a language, and none of the other, that make a short sentence one of it; of the shortest, one fewer."""
SHORTEST = 5
"""Words of such a sentence, at the most."""
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
    own, other = _TELLING[reading.language], _TELLING[_OTHER[reading.language]]
    if len([word for word in reading.own_words if word.low in other]) < FEWEST_IN_SENTENCE - 1:
        return []
    foreign = _by_sentence(reading, other - own)
    mine = _by_sentence(reading, own - other)
    names = _by_sentence(reading, other - own, in_name=True)
    said = []
    for number, telling in foreign.items():
        start, end = reading.own_sentences[number - 1]
        sentence = reading.own[start:end].strip()
        is_short = len(sentence.split()) <= SHORTEST
        fewest = FEWEST_IN_SENTENCE - 1 if is_short else FEWEST_IN_SENTENCE
        if telling - names[number] >= max(fewest, 3 * mine[number]):
            said.append(sentence[:60])
    return said


def _by_sentence(
    reading: Reading, telling: frozenset[str], *, in_name: bool = False
) -> Counter[int]:
    """How many of these words each sentence has, by the number of the sentence, counted from 1; or how many of them stand
    in a name, with a capital inside of the sentence."""
    starts = [start for start, _ in reading.own_sentences]
    number: Counter[int] = Counter()
    for word in reading.own_words:
        if word.low not in telling:
            continue
        sentence = bisect_right(starts, word.start)
        begins = not reading.own[starts[sentence - 1] : word.start].strip()
        if not in_name or (reading.own[word.start].isupper() and not begins):
            number[sentence] += 1
    return number


def _numbers(reading: Reading) -> Iterator[Finding]:
    pattern = _FRENCH_NUMBER if reading.language == "en" else _ENGLISH_NUMBER
    if match := pattern.search(reading.plain):
        written = match[0]
        own, other = _NAMES[reading.language], _NAMES[_OTHER[reading.language]]
        message = Sentence(
            "“{0}” is written as in {1}: write it as {2} does.", written, other, own
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
