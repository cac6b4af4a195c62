"""English and French of one post side by side: they must say the same, each in its own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from campaign.checks.reading.figures import Sort
from campaign.checks.reading.reading import Reading, Words
from campaign.checks.reading.spans import Span
from campaign.checks.senses import denials, numbers_in_words, swaps
from campaign.checks.words.accessibility import emoji
from campaign.core.finding import Finding, Place, error, info, warning
from campaign.core.sentence import Sentence, joined

_YEAR = re.compile(r"(?:19|20)\d\d")
_STAGE = re.compile(r"(?i)(?:stages?|stades?)[ \u00a0]$")
_NO_CURE = re.compile(
    r"(?i)\bno (?:known )?cure\b|\bnot (?:be )?(?:currently )?(?:cured|curable)\b|cannot (?:currently |yet )?be cured|\bincurable\b"
    r"|can[’']t be cured|\bwithout a cure\b"
)
_CURATIVE = re.compile(r"(?i)curati[fv]|guéri|incurable")
_NO_TREATMENT = re.compile(
    r"(?i)(?:aucun|pas de|sans) traitement\b(?!s?[^.!?\n]{0,30}curatif)(?! ni )|(?:ne|n[’'])[^.!?\n]{0,20}traite[^.!?\n]{0,10}pas\b"
)
_RECOMMENDS = re.compile(r"(?i)recommand|conseill|particulier")
_HASHTAG = re.compile(r"#\w+")
MOST_DENIALS = 3
"""Sentences of one pair that are told at the most."""
LONGEST = 80
"""Characters of a sentence that are shown."""
_LOOK = 10
"""Characters before a number in which "stage" or "stade" may stand."""


def check_pair(english: Words, french: Words) -> Iterator[Finding]:
    """What differs between the finished texts of one post in both languages, on the same network."""
    yield from _differences(english.reading, french.reading)


def _differences(english: Reading, french: Reading) -> Iterator[Finding]:
    english_text, french_text = english.text.strip(), french.text.strip()
    if not english_text or not french_text:
        return
    if english_text == french_text:
        message = Sentence(
            "The English and the French text are the same: write each in its own language."
        )
        yield error("pair-same", message, french.words.place)
        return
    for compare in (
        _numbers,
        _times,
        _facts,
        _links,
        _signs,
        _pictures,
        _cure,
        _swaps,
        _denials,
    ):
        yield from compare(english, french)


def _numbers(english: Reading, french: Reading) -> Iterator[Finding]:
    place = french.words.place
    of_english, of_french = _values(english), _values(french)
    if of_english.keys() == of_french.keys():
        return
    in_words = numbers_in_words(english) | numbers_in_words(french)
    for values in (of_english, of_french):
        for value in in_words & values.keys():
            del values[value]
    yield from _difference("pair-numbers", "number", of_english, of_french, place)


def _values(reading: Reading) -> dict[str, str]:
    """Each number by its value, as it is written. Years and stages may stand in one text alone."""
    text = reading.plain
    values: dict[str, str] = {}
    for figure in reading.numerals.figures:
        is_year = figure.sort is Sort.COUNT and _YEAR.fullmatch(figure.value)
        is_stage = _STAGE.search(text[max(0, figure.start - _LOOK) : figure.start])
        if not is_year and not is_stage:
            values[figure.value] = text[figure.start : figure.end].strip()
    return values


def _times(english: Reading, french: Reading) -> Iterator[Finding]:
    place = french.words.place
    dates = _written(english, english.numerals.dates), _written(french, french.numerals.dates)
    yield from _difference("pair-dates", "date", *dates, place)
    hours = _written(english, english.numerals.hours), _written(french, french.numerals.hours)
    yield from _difference("pair-dates", Sentence("time of day"), *hours, place)


def _written(reading: Reading, values: Iterable[tuple[Span, str]]) -> dict[str, str]:
    """Each date or time by its value, as it is written."""
    return {value: reading.plain[start:end] for (start, end), value in values}


def _difference(
    code: str, what: str, english: dict[str, str], french: dict[str, str], place: Place
) -> Iterator[Finding]:
    """A finding when the two do not have the same values; each value comes with how it is written."""
    only_english = [written for value, written in english.items() if value not in french]
    only_french = [written for value, written in french.items() if value not in english]
    sides = []
    if only_english:
        written = ", ".join(only_english)
        sides.append(Sentence("{0} {1}", written, Sentence("in English alone")))
    if only_french:
        written = ", ".join(only_french)
        sides.append(Sentence("{0} {1}", written, Sentence("in French alone")))
    if sides:
        message = Sentence(
            "A {0} differs between the languages ({1}): make both say the same.",
            what,
            joined(sides, "; "),
        )
        yield warning(code, message, place)


def _facts(english: Reading, french: Reading) -> Iterator[Finding]:
    english_facts = {fact.id for fact in english.words.facts}
    french_facts = {fact.id for fact in french.words.facts}
    if english_facts != french_facts:
        named = ", ".join(sorted(english_facts ^ french_facts))
        message = Sentence(
            "One language leans on facts that the other does not ({0}): use the same in both.",
            named,
        )
        yield warning("pair-facts", message, french.words.place)


def _links(english: Reading, french: Reading) -> Iterator[Finding]:
    english_urls, french_urls = english.urls, french.urls
    if len(english_urls) != len(french_urls):
        message = Sentence(
            "The English text has {0} links and the French one {1}: give both the same.",
            len(english_urls),
            len(french_urls),
        )
        yield warning("pair-links", message, french.words.place)
    elif sorted(map(_host, english_urls)) != sorted(map(_host, french_urls)):
        message = Sentence(
            "The links of the two languages lead to different sites: look whether both are meant."
        )
        yield info("pair-sites", message, french.words.place)


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").netloc.lower()
    except ValueError:
        return url
    return re.sub(r"^(?:www|en|fr)\.", "", host)


def _signs(english: Reading, french: Reading) -> Iterator[Finding]:
    if Counter(emoji(english.plain)) != Counter(emoji(french.plain)):
        message = Sentence("The emoji of the two languages differ: use the same in both.")
        yield info("pair-emoji", message, french.words.place)
    if _has_hashtag(english) != _has_hashtag(french):
        message = Sentence(
            "One language has hashtags and the other has none: give both their own."
        )
        yield info("pair-hashtags", message, french.words.place)


def _has_hashtag(reading: Reading) -> bool:
    return _HASHTAG.search(reading.untagged) is not None


def _pictures(english: Reading, french: Reading) -> Iterator[Finding]:
    english_alts = [alt.strip() for alt in english.words.alts]
    french_alts = [alt.strip() for alt in french.words.alts]
    if len(english_alts) != len(french_alts):
        message = Sentence(
            "One language has more pictures than the other: describe each picture in both."
        )
        yield warning("pair-pictures", message, french.words.place)
    pairs = zip(english_alts, french_alts, strict=False)
    if any(alt and alt == translated for alt, translated in pairs):
        message = Sentence(
            "A picture has the same description in both languages: write one in each."
        )
        yield warning("pair-alts", message, french.words.place)


def _cure(english: Reading, french: Reading) -> Iterator[Finding]:
    """ "No cure" is "aucun traitement curatif": without the last word it says that nothing can be done."""
    # To ask for a part of the pattern first takes a fraction of the time.
    if "cur" not in english.folded or not _NO_CURE.search(english.plain):
        return
    wrong = _without_treatment(french)
    if wrong:
        message = Sentence(
            "“{0}” stands for “no cure”, and says that there is no treatment: write “aucun traitement curatif”.",
            wrong[:80],
        )
        yield error("pair-cure", message, french.at(wrong))
    elif not _CURATIVE.search(french.plain):
        message = Sentence(
            "The English text says that there is no cure, and the French one does not: say “aucun traitement curatif”."
        )
        yield warning("pair-no-cure", message, french.words.place)


def _swaps(english: Reading, french: Reading) -> Iterator[Finding]:
    for swap in swaps(english, french):
        message = Sentence(
            "“{0}” in English, “{1}” in French: this {2} is not the same in both, look which one is meant.",
            swap.english,
            swap.french,
            Sentence(swap.what),
        )
        yield warning("pair-words", message, french.at(swap.french))


def _denials(english: Reading, french: Reading) -> Iterator[Finding]:
    for said, dit in list(denials(english, french))[:MOST_DENIALS]:
        message = Sentence(
            "One of these says “not” and the other does not: “{0}” and “{1}”. Make both say the same.",
            said[:LONGEST],
            dit[:LONGEST],
        )
        yield warning("pair-not", message, french.at(dit))


def _without_treatment(french: Reading) -> str:
    """The first sentence of a French text that says that there is no treatment; "" when none does."""
    for start, end in french.plain_sentences:
        said = french.plain[start:end].strip()
        if _NO_TREATMENT.search(said) and not _RECOMMENDS.search(said):
            return said
    return ""
