"""Private details in a story: which kinds of them a text tells, to be compared with what its person allows.

It is asked of the very text that would go out, with its template and hashtags: what those tell is told. A hashtag and an
@name are read as their words, and the end of a line within a paragraph as a blank.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.checks.lists import read_list
from campaign.checks.people.places import hospitals, towns
from campaign.checks.people.written import Written
from campaign.checks.reading.drugs import is_drug
from campaign.checks.reading.names import Names
from campaign.checks.reading.phrases import Phrases, phrases_by_language
from campaign.checks.reading.spans import Span, hashtags, unbroken
from campaign.checks.reading.tags import Opened, opened
from campaign.content.post import LANGUAGES


@dataclass(frozen=True, slots=True)
class DetailTold:
    """A kind of detail, as `stories.consent.Detail` names it, and the words that tell it: text[start:end]."""

    detail: str
    words: str
    start: int
    end: int


_TABLE = read_list("details.toml")
_CLASSES = _TABLE.pop("classes")
_PHRASES: Mapping[str, Mapping[str, Phrases]] = {
    detail: phrases_by_language(phrases, classes=_CLASSES) for detail, phrases in _TABLE.items()
}
# Of tags whose words run together in small letters, or have figures in them.
_TAGS = {
    "diagnosis": re.compile(r"(?i)cancer|m[eé]tasta|mbc|csm|tum(?:ou?|eu)r|her2|brca"),
    "stage": re.compile(r"(?i)sta(?:ge|de)(?:[0-4]|i{1,3}(?![a-z])|iv|four|quatre)|incurable"),
    "treatment": re.compile(r"(?i)chemo|chimio|mastectom|radioth"),
}
_TENS = {
    "en": r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?",
    "fr": r"(?:dix-huit|dix-neuf|vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:[- ](?:et[- ])?[a-z]+){0,2}?",
}
_YEARS = {language: rf"(?:1[3-9]|[2-9]\d|{tens})" for language, tens in _TENS.items()}
_AGE = {
    "en": re.compile(
        rf"(?i)\b(?:\d{{1,3}}|{_TENS['en']})[\s-]years?[\s-](?:old|young)"
        rf"|\b(?:at )?(?:the )?age (?:of )?(?:\d{{1,3}}|{_TENS['en']})\b|\baged \d{{1,3}}"
        rf"|\bI(?:[’']m| am| was| turned|[’']d turned| had turned) (?:only |just |about |almost |now )?{_YEARS['en']}"
        r"(?=[.,;:!?)—–]|$| when| years| and | then| at | now| with)"
        rf"|\b(?:at|turned|turning) {_YEARS['en']}(?=[,.;!?)]|$| I\b| she | he | when | with | years| in )(?!\.\d)"
        rf"|(?<=, ){_YEARS['en']}(?=, )|\bborn in (?:19|20)\d\d|\bmy \d{{2}}(?:st|nd|rd|th) birthday"
        r"|\bin my (?:early |late |mid-?)?\d0[’']?s\b"
    ),
    "fr": re.compile(
        rf"(?i)\b(?:à|dès|avant) (?:l[’']âge de )?(?:mes )?{_YEARS['fr']}[ \u00a0]ans"
        rf"|\bj[’'](?:ai|avais|aurai|ai eu) (?:seulement |à peine |maintenant |presque )?{_YEARS['fr']}[ \u00a0]ans(?! d)"
        rf"|\bâgée? de {_YEARS['fr']}|\bmes {_YEARS['fr']}[ \u00a0]ans|(?<=, ){_YEARS['fr']}[ \u00a0]ans"
        rf"|\bnée? en (?:19|20)\d\d|\b{_YEARS['fr']}e anniversaire|\bl[’']âge de \d{{1,3}}"
        rf"|\b(?:femme|homme) de {_YEARS['fr']}[ \u00a0]ans"
    ),
}


def details_told(text: str, language: str) -> Iterator[DetailTold]:
    """Each kind of detail that a text tells, once, with the first words that tell it. None in a language that is not known."""
    if language not in LANGUAGES:
        return
    read = opened(text)
    written = Written(unbroken(read.text), language)
    for detail in _TABLE:
        first = min(_told(text, read, written, detail), default=None)
        if first:
            start, end = first
            yield DetailTold(detail, text[start:end], start, end)


def _told(text: str, read: Opened, written: Written, detail: str) -> Iterator[Span]:
    """Where a text tells this kind of detail, by words of the list, by rule and by its hashtags."""
    yield from _by_hashtag(text, detail)
    for start, end in _listed(written, read, detail):
        yield read.written(start, end)
    by_rule = _RULES.get(detail)
    if by_rule:
        for start, end in by_rule(written):
            yield read.written(start, end)


def _by_hashtag(text: str, detail: str) -> Iterator[Span]:
    pattern = _TAGS.get(detail)
    if pattern is None:
        return
    for start, end in hashtags(text):
        if pattern.search(text[start:end]):
            yield start, end


def _listed(written: Written, read: Opened, detail: str) -> Iterator[Span]:
    matches = list(_PHRASES[detail][written.language].find(written.plain, written.words))
    if not matches:
        return
    # The name of an organization tells nothing of a person. In a hashtag every word may have a capital.
    names = Names(written.plain, written.words)
    for match in matches:
        if match.start in read.of_hashtags or not names.holds(match.first):
            yield match.start, match.end


def _drugs(written: Written) -> Iterator[Span]:
    for word in written.words:
        if is_drug(word.low):
            yield word.start, word.end


def _ages(written: Written) -> Iterator[Span]:
    for match in _AGE[written.language].finditer(written.plain):
        yield match.span()


_RULES = {
    "drugs": _drugs,
    "age": _ages,
    "hospital": hospitals,
    "city": towns,
}
