"""Medical advice and names of drugs. Both are looked for inside of quotations too: this is about safety, not style."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from campaign.checks import LISTS
from campaign.checks.reading.names import Names
from campaign.checks.reading.phrases import Denied, Phrases, together
from campaign.checks.reading.reading import Reading, Token, sentences
from campaign.checks.reading.spans import quoted
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence

MOST = 20
REACH = 4
"""How many words may stand between an order and what it is about."""

_TABLE = tomllib.loads((LISTS / "advice.toml").read_text(encoding="utf-8"))
DRUGS = frozenset(_TABLE["drugs"])
_TREATMENT = {
    language: frozenset(words.split()) for language, words in _TABLE["treatment"].items()
}
_ORDER = {language: frozenset(words.split()) for language, words in _TABLE["order"].items()}
_DUTY = {language: Phrases(phrases) for language, phrases in _TABLE["duty"].items()}
_WORD = re.compile(r"\w+")
_OTHERWISE = frozenset(
    (
        "about",
        "whether",
        "if",
        "on",
        "in",
        "to",
        "from",
        "with",
        "part",
        "time",
        "si",
        "sur",
        "dans",
        "avec",
        "temps",
    )
)
"""After these words an order is about something else, as in "ask about treatments" and "take a survey on treatment"."""
_DOSE = re.compile(
    r"\d(?<![\w.,].)\d{0,5}(?:[.,]\d{1,3})?[ \u00a0\u202f]?(?:mg|mcg|µg|ml|mL|UI|IU)(?:/\w{1,5})?\b"
)
_NO_TREATMENT = re.compile(
    r"(?i)\b(?:il n[’']y a|n[’']existe|on n[’']a|sans)\b[^.!?\n]{0,40}?\b(?:pas de|aucun|de) traitement\b(?!s? curatif)"
)


def check_advice(reading: Reading) -> Iterator[Finding]:
    """Advice, doses and drugs; and, in French, words that say that nothing can be done."""
    yield from _drugs(reading)
    if dose := _DOSE.search(reading.unclaimed):
        message = Sentence(
            "“{0}” is a dose, and only a care team can name one: leave it out.", dose[0]
        )
        yield error("advice", message, reading.at(dose[0]))
    for said in _orders(reading):
        message = Sentence(
            "“{0}” is medical advice, which only a care team can give: say that people can talk to theirs.",
            said,
        )
        yield error("advice", message, reading.at(said))
    if reading.language == "fr":
        yield from _no_treatment(reading)


def _no_treatment(reading: Reading) -> Iterator[Finding]:
    # To ask for a word of the pattern first takes a fraction of the time.
    if "traitement" not in reading.folded:
        return
    if match := _NO_TREATMENT.search(reading.unclaimed):
        said = match[0]
        message = Sentence(
            "“{0}” says that nothing can be done: “no cure” is “aucun traitement curatif”.",
            said,
        )
        yield warning("no-treatment", message, reading.at(said))


def _drugs(reading: Reading) -> Iterator[Finding]:
    has_none = DRUGS.isdisjoint(word.low for word in reading.plain_words)
    if has_none and DRUGS.isdisjoint(_tags(reading)):
        return
    words = _WORD.findall(reading.untagged.lower())
    named = dict.fromkeys(word for word in words if word in DRUGS)
    for name in list(named)[:MOST]:
        if reading.words.sponsored:
            message = Sentence(
                "“{0}” is a drug, and this campaign has a sponsor: name no drug in it.", name
            )
            yield error("drug-sponsored", message, reading.at(name))
        else:
            message = Sentence(
                "“{0}” is a drug: name none, so that nothing reads as advertising or advice.",
                name,
            )
            yield warning("drug-name", message, reading.at(name))


def _tags(reading: Reading) -> Iterator[str]:
    """Each hashtag in small letters, without its sign."""
    return (reading.text[start + 1 : end].lower() for start, end in reading.tags)


def _orders(reading: Reading) -> list[str]:
    """What sounds like an order about a treatment, outside of sentences that say no."""
    text, language = reading.unclaimed, reading.language
    words = reading.words_of(text)
    orders = list(_about_treatment(text, words, language))
    if not orders:
        return []
    spans = sentences(text)
    begins = _firsts(words, [start for start, _ in (*spans, *quoted(text))])
    begins |= {duty.last + 1 for duty in _DUTY[language].find(text, words)}
    names = Names(text, words, reading.words.names)
    denied = Denied(spans, words, language)
    said: dict[str, None] = {}
    for index, end in orders:
        start = words[index].start
        if index in begins and not names.holds(index) and not denied.at(start):
            said[text[start:end]] = None
    return list(said)[:MOST]


def _about_treatment(
    text: str, words: Sequence[Token], language: str
) -> Iterator[tuple[int, int]]:
    """Each word that orders something about a treatment, by its index, and where in the text the treatment ends."""
    orders = _ORDER[language]
    for index, word in enumerate(words):
        if word.low in orders:
            end = _about(text, words, index, language)
            if end:
                yield index, end


def _firsts(words: Sequence[Token], starts: Sequence[int]) -> set[int]:
    """The index of the first word at or after each of these places of the text."""
    word_starts = [word.start for word in words]
    return {bisect_left(word_starts, start) for start in starts}


def _about(text: str, words: Sequence[Token], order: int, language: str) -> int:
    """Where in the text the treatment ends that the word at `order` is about; 0 when it is about none."""
    before = words[order]
    for word in words[order + 1 : order + 1 + REACH]:
        if word.low in _OTHERWISE or not together(text, before, word):
            return 0
        if word.low in _TREATMENT[language] or word.low in DRUGS:
            return word.end
        before = word
    return 0
