"""Kind and careful words about cancer: each finding says why, and what to say instead.

Quotations, names and the claims of cited facts are passed over. The words are in language.toml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.checks.lists import read_list
from campaign.checks.reading.denial import Spared
from campaign.checks.reading.names import Names
from campaign.checks.reading.phrases import Denied, PhraseFound, Phrases, together
from campaign.checks.reading.reading import Reading, Token
from campaign.core.finding import Finding, Level
from campaign.core.sentence import Sentence

MOST = 20
_TABLE = read_list("language.toml")
LEVELS = {
    "kind-words": Level.WARNING,
    "promise": Level.WARNING,
    "fear-words": Level.WARNING,
    "quackery": Level.ERROR,
    "house-words": Level.INFO,
    "anglicism": Level.INFO,
    "french-spelling": Level.INFO,
}


@dataclass(frozen=True, slots=True)
class Term:
    """Words to avoid, what to say instead (in their language), and why (in English and in French)."""

    code: str
    language: str
    find: tuple[str, ...]
    instead: str
    why: dict[str, str]
    metastatic: bool = False  #: only in a text about metastatic disease
    denied: bool | str = (
        False  #: right in a sentence that says no, or where people are spared from it (SPARED)
    )
    but_before: tuple[str, ...] = ()  #: right after one of these words
    but_after: tuple[str, ...] = ()  #: right before one of these words
    source: str = "house"


def _read_terms() -> tuple[Term, ...]:
    return tuple(_term(term) for term in _TABLE["term"])


def _term(term: dict[str, Any]) -> Term:
    lists = {key: tuple(term.get(key, ())) for key in ("find", "but_before", "but_after")}
    return Term(**{**term, **lists})


TERMS = _read_terms()
_BY_PHRASE = {(term.language, phrase): term for term in TERMS for phrase in term.find}


def _phrases(language: str) -> Phrases:
    phrases = (phrase for tongue, phrase in _BY_PHRASE if tongue == language)
    return Phrases(phrases, language, _TABLE["classes"][language])


_PHRASES = {language: _phrases(language) for language in ("en", "fr")}


def check_language(reading: Reading) -> Iterator[Finding]:
    """Words that can hurt, promise or mislead, each once."""
    told: set[str] = set()
    for match, term in _terms(reading):
        said = reading.text[match.start : match.end]
        low = said.lower()
        if low in told or len(told) == MOST:
            continue
        told.add(low)
        why = Sentence(term.why["en"])
        message = Sentence("“{0}”: {1} Say instead: {2}.", said, why, term.instead)
        yield Finding(LEVELS[term.code], term.code, message, reading.at(said))


def _terms(reading: Reading) -> Iterator[tuple[PhraseFound, Term]]:
    text, language = reading.own, reading.language
    words = reading.own_words
    matches = list(_PHRASES[language].find(text, words))
    if not matches:
        return
    names = Names(text, words, reading.words.names)
    denied = Denied(reading.plain_sentences, reading.plain_words, language)
    spared = Spared(text, words, reading.plain_sentences, language)
    for match in matches:
        term = _BY_PHRASE[language, match.phrase]
        if term.metastatic and not reading.is_metastatic:
            continue
        is_no = denied.at(match) if term.denied is True else spared.at(match)
        if term.denied and is_no:
            continue
        if not _is_excepted(term, match, text, words) and not names.hold(match):
            yield match, term


def _is_excepted(term: Term, match: PhraseFound, text: str, words: Sequence[Token]) -> bool:
    """Whether the term lets its words pass for the word right before or after them, in the same sentence."""
    before, after = match.first - 1, match.last + 1
    if before >= 0 and words[before].low in term.but_before:
        return together(text, words[before], words[match.first])
    if after >= len(words) or words[after].low not in term.but_after:
        return False
    return together(text, words[match.last], words[after])
