"""Plain language: short sentences, and no word that readers may not know without a word on what it means.

Sources: Canada.ca style guide (https://design.canada.ca/style-guide/), sentences of 20 words at most; LIX, a measure
of difficulty that works in English and in French alike (Björnsson, 1968): words in a sentence, plus the share of words
of more than six letters in percent. Formulas are unstable on short texts, so LIX is a hint, and on long texts alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.checks.lists import read_list
from campaign.checks.reading.names import Names
from campaign.checks.reading.phrases import PhraseFound, Phrases
from campaign.checks.reading.reading import Reading, sentences
from campaign.checks.reading.spans import BLANK
from campaign.core.finding import Finding, info, warning
from campaign.core.sentence import Sentence

MOST = 5
LONGEST_SENTENCE = {"en": 25, "fr": 30}
"""Words; French takes more of them to say the same."""
FEWEST_FOR_LIX = 60
"""Words below which a text is too short to tell how hard it is."""
HARD = {"en": 55, "fr": 60}
"""The LIX above which a text is hard to read, in each language."""
LONG_WORD = 6
"""Letters above which a word is long."""

_LETTER = re.compile(r"\w")
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOK = 40
_GLOSS_AFTER = re.compile(
    r"(?i)\s?[(:—–]|,? (?:or|that is|which|meaning|is|are|means|called|soit|ou|qui|est|sont|signifie|désigne|veut dire"
    r"|c[’']est)\b|[ \u00a0]+[:(]"
)
_REST = re.compile(r"\S{0,15}(?: [^\s,.;:(]{1,15}){0,2}")
"""The end of the word, such as the s of a plural, and two words more."""
_GLOSS_BEFORE = re.compile(
    r"(?i)(?:\([^)\n]{0,40}|\b(?:called|appelée?s?|dite?s?|means|mot|word)[ \u00a0][«“\"]?[ \u00a0]?)$"
)


@dataclass(frozen=True, slots=True)
class _Acronym:
    language: str
    short: str  #: such as MBC
    said: str  #: what it stands for


_TABLE = read_list("plain.toml")
_PLAIN = {
    (jargon["language"], phrase): jargon["plain"]
    for jargon in _TABLE["jargon"]
    for phrase in jargon["find"]
}


def _acronyms_of(language: str) -> list[_Acronym]:
    acronyms = (_Acronym(**acronym) for acronym in _TABLE["acronym"])
    return [acronym for acronym in acronyms if acronym.language == language]


def _jargon_of(language: str) -> Phrases:
    phrases = (phrase for tongue, phrase in _PLAIN if tongue == language)
    return Phrases(phrases, language)


_ACRONYMS = {language: _acronyms_of(language) for language in LONGEST_SENTENCE}
_JARGON = {language: _jargon_of(language) for language in LONGEST_SENTENCE}


def check_plain(reading: Reading) -> Iterator[Finding]:
    """Long sentences, hard texts, and words and acronyms that are not explained."""
    yield from _sentences(reading)
    yield from _jargon(reading)
    yield from _acronyms(reading)
    difficulty = lix(reading.own)
    if difficulty and difficulty > HARD[reading.language]:
        message = Sentence(
            "This text is hard to read (LIX {0}): use shorter sentences and shorter words.",
            difficulty,
        )
        yield info("hard-to-read", message, reading.words.place)


def lix(text: str) -> int | None:
    """The LIX of a text: the higher, the harder to read; None when it is too short to tell."""
    words = _LETTERS.findall(text)
    if len(words) < FEWEST_FOR_LIX:
        return None
    long = sum(len(word) > LONG_WORD for word in words)
    words_in_a_sentence = len(words) / len(sentences(text))
    percent_long = 100 * long / len(words)
    return round(words_in_a_sentence + percent_long)


def _sentences(reading: Reading) -> Iterator[Finding]:
    told, most = 0, LONGEST_SENTENCE[reading.language]
    for start, end in reading.own_sentences:
        runs = reading.own[start:end].replace(BLANK, " ").split()
        if len(runs) <= most:
            continue
        words = [run for run in runs if _LETTER.search(run)]
        if len(words) > most and told < MOST:
            told += 1
            begins = " ".join(words[:6])
            message = Sentence(
                "The sentence “{0} …” has {1} words: make two of it, of 20 words at most.",
                begins,
                len(words),
            )
            yield warning("long-sentence", message, reading.at(" ".join(words[:2])))


def _jargon(reading: Reading) -> Iterator[Finding]:
    text, language = reading.own, reading.language
    words = reading.own_words
    matches = list(_JARGON[language].find(text, words))
    if not matches:
        return
    names = Names(text, words, reading.words.names)
    told: set[str] = set()
    for match in matches:
        if match.phrase in told or names.hold(match) or len(told) == MOST:
            continue
        told.add(match.phrase)  # The first use needs the gloss.
        if not _has_gloss(reading.plain, match):
            said = text[match.start : match.end]
            message = Sentence(
                "“{0}” may not be known to readers: say what it means, or say: {1}.",
                said,
                _PLAIN[language, match.phrase],
            )
            yield warning("jargon", message, reading.at(said))


def _has_gloss(text: str, match: PhraseFound) -> bool:
    """Whether what it means is said right before the phrase, or after it and two words more at most."""
    before = text[max(0, match.start - _LOOK) : match.start]
    if _GLOSS_BEFORE.search(before):
        return True
    after = text[match.end : match.end + _LOOK]
    rest = _REST.match(after)
    last = rest.end() if rest else 0
    return any(_GLOSS_AFTER.match(after, start) for start in range(last + 1))


def _acronyms(reading: Reading) -> Iterator[Finding]:
    own = reading.own
    acronyms = [acronym for acronym in _ACRONYMS[reading.language] if acronym.short in own]
    if not acronyms:
        return
    words = set(_LETTERS.findall(own))
    low = " ".join(reading.text.lower().split())
    for acronym in acronyms:
        is_explained = acronym.said.lower() in low or f"({acronym.short})" in reading.text
        if acronym.short not in words or is_explained:
            continue
        if not _is_source(acronym, reading):
            message = Sentence(
                "{0} is not explained: write “{1} ({2})” the first time.",
                acronym.short,
                acronym.said,
                acronym.short,
            )
            yield warning("acronym", message, reading.at(acronym.short))


def _is_source(acronym: _Acronym, reading: Reading) -> bool:
    """Whether the acronym only stands in the short source of a fact."""
    return any(
        acronym.short in citation
        for fact in reading.words.facts
        for citation in fact.citations.values()
    )
