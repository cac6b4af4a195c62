"""Numbers in a health message: each must come from a fact that the text cites."""

import re
from collections.abc import Iterator
from functools import lru_cache

from campaign.checks.reading.figures import Figure, Sort, figures
from campaign.checks.reading.reading import Reading, tokens
from campaign.checks.words.shares import Outcomes, check_shares
from campaign.content.facts import Fact
from campaign.content.post import LANGUAGES, Kind
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence

MOST = 20
MOST_FIGURES = 500
"""Numbers of one text that are checked: no message has more."""
_YEARS = range(1900, 2101)
_SHORT_TELEPHONES = ("988", "911", "811", "211")
_LOOK = 30
_COMMON = frozenset(
    ("breast", "cancer", "people", "person", "women", "femmes", "hommes", "approx", "enviro")
)
_RECURRENCE = frozenset(("recurr", "récidi", "spread", "propag", "metast", "métast"))
_BEFORE = re.compile(
    r"(?i)(?:\b(?:stages?|stades?|grades?|phases?|types?|level|niveau|room|salle|page|step|étape|suite|bureau|chapter|part"
    r"|partie|question|tip|conseil|astuce|myth|mythe|version|no\.|n[o°]\.?)[ \u00a0])$"
)
_AFTER = re.compile(
    r"(?i)[ \u00a0]?(?:-?(?:minutes?|min|hours?|heures?|seconds?|secondes?)\b|(?:street|avenue|road|drive|rue|boul)\b)"
)
_COUNTDOWN = re.compile(
    r"(?i)\b(?:in|dans|within|d[’']ici|plus que|only|encore|reste)[ \u00a0]$"
)
_DAYS = re.compile(r"(?i)[ \u00a0](?:more )?(?:days?|jours?|weeks?|semaines?|sleeps?)\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|e|er|re|ième)\b")
_MONEY = re.compile(r"^\$|[ \u00a0]?\$$")
_NO_NUMBERS = re.compile(
    r"(?<![\w.])\+?\d{1,4}(?:[-. \u00a0()]{1,2}\d{1,4}){2,6}(?!\w)"  # a telephone, such as 1-888-939-3333 and 9-8-8
    r"|\b24/7\b|\(?\b\d{1,2}/\d{1,2}\)?(?=\s|$)|(?m:^[ \t]*\d{1,2}[.)](?=\s))"
)
_SURVIVAL = re.compile(r"(?i)surviv(?:al|ed)|survie")
_PLACES = {
    "United States": re.compile(
        r"(?i)united states|états-unis|americ|améric|(?-i:\bU\.?S\.?\b|É\.-U\.)"
    ),
    "World": re.compile(r"(?i)\bworld|\bglobal|\bmond|countries|\bpays\b|international"),
}


def check_numbers(reading: Reading) -> Iterator[Finding]:
    """Numbers that no cited fact has, figures that must not be used, facts whose place the text does not name, and facts
    that count survival in different ways."""
    outcomes = Outcomes(reading)
    told = list(_without_fact(reading, outcomes))
    yield from told
    if not told and reading.words.kind is Kind.AWARENESS:
        yield from check_shares(reading, outcomes)
    yield from _places(reading)
    yield from _survival(reading)


def _without_fact(reading: Reading, outcomes: Outcomes) -> Iterator[Finding]:
    known = _known(reading.words.facts)
    text = reading.own if reading.words.kind is Kind.STORY else reading.unclaimed
    told: set[str] = set()
    for figure in _figures(text, reading)[:MOST_FIGURES]:
        said = text[figure.start : figure.end]
        if figure.value in known or said in told or len(told) == MOST:
            continue
        if figure.sort is Sort.COUNT:
            is_health = outcomes.counts(figure.start, figure.end)
            finding = _count(figure, said, reading) if is_health else None
        elif figure.sort is Sort.RATIO and outcomes.is_of_event(figure.end):
            finding = None
        else:
            finding = _statistic(figure, said, reading)
        if finding:
            told.add(said)
            yield finding


def _figures(text: str, reading: Reading) -> list[Figure]:
    """The numbers of `text`, which is `reading.plain` or that with more of it blanked."""
    if text == reading.plain:
        return reading.numerals.figures  # They are known already.
    return figures(text, reading.language)


def _known(facts: tuple[Fact, ...]) -> set[str]:
    """The value of each number that the facts have, in their claims or as their figure."""
    values: set[str] = set()
    for fact in facts:
        for language in LANGUAGES:
            values |= _values(fact.claims.get(language, ""), language)
            values |= _values(fact.figure, language)
            if fact.own:  # how many were asked is told with the source
                values |= _values(fact.citations.get(language, ""), language)
    return values


@lru_cache(maxsize=1_024)  # Many texts lean on the same facts.
def _values(claim: str, language: str) -> frozenset[str]:
    return frozenset(figure.value for figure in figures(claim, language))


def _statistic(figure: Figure, said: str, reading: Reading) -> Finding:
    if fact := _refused(figure, reading):
        message = Sentence(
            "“{0}” is the figure of the fact {1}, which must not be used: {2}",
            said,
            fact.id,
            fact.note or "see facts.toml",
        )
        return error("number-refused", message, reading.at(said))
    message = Sentence(
        "“{0}” comes from no fact of this post: add its fact, or leave the number out.", said
    )
    return error("statistic-without-fact", message, reading.at(said))


def _count(figure: Figure, said: str, reading: Reading) -> Finding | None:
    """A plain number in a health message. Years, stages, telephones and the like are none."""
    said = said.strip()
    if reading.words.kind is not Kind.AWARENESS or _is_no_statistic(figure, said, reading.own):
        return None
    message = Sentence(
        "“{0}” comes from no fact of this post: add its fact, or say it without a number.", said
    )
    return warning("number-without-fact", message, reading.at(said))


def _is_no_statistic(figure: Figure, said: str, text: str) -> bool:
    start, end = figure.start, figure.end
    if text[start : start + 1] != said[:1]:
        return True  # It stands inside of a quotation.
    if _ORDINAL.match(text, end) or _MONEY.search(text[max(0, start - 1) : end + 2]):
        return True
    if said in _SHORT_TELEPHONES or _is_year(said):
        return True
    before = text[max(0, start - _LOOK) : start]
    after = text[end : end + _LOOK]
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    if _COUNTDOWN.search(before) and _DAYS.match(after):
        return True
    return _in_no_number(text, start, end)


def _is_year(said: str) -> bool:
    return said.isdigit() and len(said) == 4 and int(said) in _YEARS


def _in_no_number(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is part of a telephone number, of 24/7, or of a number such as 2/5 or 2. that counts parts."""
    low = max(0, start - _LOOK)
    around = text[low : end + _LOOK]
    for match in _NO_NUMBERS.finditer(around):
        first, last = low + match.start(), low + match.end()
        if first <= start and end <= last:
            return True
    return False


def _refused(figure: Figure, reading: Reading) -> Fact | None:
    """The fact that must not be used and says the same number about the same subject, if there is one."""
    stems = _stems(_sentence_of(figure, reading))
    for fact in reading.words.refused:
        claim = fact.claims.get(reading.language, "")
        if not _has_value(claim, figure, reading.language):
            continue
        if stems & ((_stems(claim) | _RECURRENCE) - _COMMON):
            return fact
    return None


def _sentence_of(figure: Figure, reading: Reading) -> str:
    for start, end in reading.plain_sentences:
        if start <= figure.start < end:
            return reading.plain[start:end]
    return ""


def _has_value(claim: str, figure: Figure, language: str) -> bool:
    claimed = figures(claim, language)
    return any(same.value == figure.value and same.sort is figure.sort for same in claimed)


def _stems(text: str) -> set[str]:
    """The first six letters of each longer word: enough to know it again in another form."""
    return {token.low[:6] for token in tokens(text) if len(token.low) >= 6}


def _places(reading: Reading) -> Iterator[Finding]:
    for fact in reading.words.facts:
        names = _PLACES.get(fact.region)
        if names and not names.search(reading.text):
            message = Sentence(
                "The fact {0} is about this place: {1}. Say so in the text.",
                fact.id,
                fact.region,
            )
            yield warning("fact-region", message, reading.words.place)


def _survival(reading: Reading) -> Iterator[Finding]:
    facts = reading.words.facts
    if len(facts) < 2:
        return
    of_survival = [fact for fact in facts if _SURVIVAL.search(" ".join(fact.claims.values()))]
    if len({fact.source for fact in of_survival}) > 1:
        named = " and ".join(dict.fromkeys(fact.id for fact in of_survival))
        message = Sentence(
            "The facts {0} count survival in different ways: keep one of them.", named
        )
        yield warning("survival-mixed", message, reading.words.place)
