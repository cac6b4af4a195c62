"""Medical advice and names of drugs. Both are looked for inside of quotations too: this is about safety, not style."""

import re
from collections.abc import Iterator

from campaign.checks.lists import listed
from campaign.checks.reading.drugs import drugs_among, has_drug
from campaign.checks.reading.names import Names
from campaign.checks.reading.reading import Reading, numbering, sentences
from campaign.checks.words.orders import ADVICE, Orders, phrases_of
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence

MOST = 20
_SAID = phrases_of("said")
_LEAVES = phrases_of("said", "leaves_")
_WORD = re.compile(r"\w+")
_COUNT = r"(?:\d{1,4}|one|two|three|four|une?|deux|trois|quatre|half an?)"
_DOSE = re.compile(
    r"\d(?<![\w.,].)\d{0,5}(?:[.,]\d{1,3}){0,2}[ \u00a0\u202f]?"
    r"(?:mg|mcg|µg|ml|mL|UI|IU|milligram(?:me)?s?|microgram(?:me)?s?|international units|unités internationales)(?:/\w{1,5})?\b"
)
_MEASURES = listed(ADVICE["said"]["measures"])
_MEASURE = re.compile(
    rf"(?i)\b{_COUNT} (?:{'|'.join(sorted(_MEASURES, reverse=True))})"
    r" (?:a|per|each|every|daily|twice|once|of|par|chaque|de|d|à)\b"
)
_NO_TREATMENT = re.compile(
    r"(?i)\b(?:il n[’']y a|n[’']existe|on n[’']a|sans)\b[^.!?\n]{0,40}?\b(?:pas de|aucun|de) traitement\b(?!s? curatif)"
)


def check_advice(reading: Reading) -> Iterator[Finding]:
    """Advice, doses and drugs; and, in French, words that say that nothing can be done."""
    yield from _drugs(reading)
    dose = _dose(reading)
    if dose:
        message = Sentence(
            "“{0}” is a dose, and only a care team can name one: leave it out.", dose[0]
        )
        yield error("advice", message, reading.at(dose[0]))
    for said in _advice(reading):
        message = Sentence(
            "“{0}” is medical advice, which only a care team can give: say that people can talk to theirs.",
            said,
        )
        yield error("advice", message, reading.at(said))
    if reading.language == "fr":
        yield from _no_treatment(reading)


def _dose(reading: Reading) -> re.Match[str] | None:
    # To ask for a word of the second pattern first takes a fraction of the time.
    text = reading.unclaimed
    return _DOSE.search(text) or (
        None if _MEASURES.isdisjoint(reading.lows) else _MEASURE.search(text)
    )


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
    if not has_drug(reading.lows) and not has_drug(frozenset(_tags(reading))):
        return
    named = drugs_among(_WORD.findall(reading.untagged.lower()))
    for name in named[:MOST]:
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


def _advice(reading: Reading) -> list[str]:
    """What sounds like advice about a treatment, outside of sentences that leave it to a care team."""
    text, language = reading.unclaimed, reading.language
    words = reading.unclaimed_words
    advice = [
        (match.first, (match.start, match.end)) for match in _SAID[language].find(text, words)
    ]
    advice += Orders(text, words, language).find()
    if not advice:
        return []
    names = Names(text, words, reading.words.names)
    number = numbering(sentences(text))
    left = {number(match.start) for match in _LEAVES[language].find(text, words)}
    said: dict[str, None] = {}
    last = 0
    for index, (start, end) in sorted(advice):
        is_told = (
            start < last
        )  # "Consider switching to …" and "switching to …" are one piece of advice.
        if is_told or number(start) in left or names.holds(index):
            continue
        last = end
        said[text[start:end]] = None
    return list(said)[:MOST]
