"""English and French of one post side by side: they must say the same, each in its own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from campaign.checks.reading.figures import Sort
from campaign.checks.reading.reading import Reading, Words
from campaign.checks.reading.spans import Span
from campaign.checks.words.accessibility import emoji
from campaign.core.finding import Finding, error, info, warning
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


def check_pair(english: Words, french: Words) -> Iterator[Finding]:
    """What differs between the finished texts of one post in both languages, on the same network."""
    one, other = english.reading, french.reading
    if not (one.text.strip() and other.text.strip()):
        return
    if one.text.strip() == other.text.strip():
        message = Sentence(
            "The English and the French text are the same: write each in its own language."
        )
        yield error("pair-same", message, french.place)
        return
    yield from _numbers(one, other)
    yield from _times(one, other)
    yield from _facts(one, other)
    yield from _links(one, other)
    yield from _signs(one, other)
    yield from _pictures(one, other)
    yield from _cure(one, other)


def _numbers(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = _values(one), _values(other)
    yield from _difference("pair-numbers", "number", here, there, other)


def _values(reading: Reading) -> dict[str, str]:
    """Each number by its value, as it is written. Years and stages may stand in one text alone."""
    text, found = reading.plain, dict[str, str]()
    for figure in reading.numerals.figures:
        is_year = figure.sort is Sort.COUNT and _YEAR.fullmatch(figure.value)
        is_stage = _STAGE.search(text[max(0, figure.start - 10) : figure.start])
        if not is_year and not is_stage:
            found[figure.value] = text[figure.start : figure.end].strip()
    return found


def _times(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = one.numerals, other.numerals
    dates = _written(one, here.dates), _written(other, there.dates)
    yield from _difference("pair-dates", "date", *dates, other)
    hours = _written(one, here.hours), _written(other, there.hours)
    yield from _difference("pair-dates", Sentence("time of day"), *hours, other)


def _written(reading: Reading, values: Iterable[tuple[Span, str]]) -> dict[str, str]:
    """Each date or time by its value, as it is written."""
    return {value: reading.plain[start:end] for (start, end), value in values}


def _difference(
    code: str, what: str, here: dict[str, str], there: dict[str, str], other: Reading
) -> Iterator[Finding]:
    only_here = [here[value] for value in here if value not in there]
    only_there = [there[value] for value in there if value not in here]
    if only_here or only_there:
        sides = [
            (Sentence("in English alone"), only_here),
            (Sentence("in French alone"), only_there),
        ]
        said = joined(
            (Sentence("{0} {1}", ", ".join(only), side) for side, only in sides if only), "; "
        )
        yield warning(
            code,
            Sentence(
                "A {0} differs between the languages ({1}): make both say the same.", what, said
            ),
            other.words.place,
        )


def _facts(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = ({fact.id for fact in reading.words.facts} for reading in (one, other))
    if here != there:
        named = ", ".join(sorted(here ^ there))
        message = Sentence(
            "One language leans on facts that the other does not ({0}): use the same in both.",
            named,
        )
        yield warning("pair-facts", message, other.words.place)


def _links(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = one.urls, other.urls
    if len(here) != len(there):
        message = Sentence(
            "The English text has {0} links and the French one {1}: give both the same.",
            len(here),
            len(there),
        )
        yield warning("pair-links", message, other.words.place)
    elif sorted(map(_host, here)) != sorted(map(_host, there)):
        message = Sentence(
            "The links of the two languages lead to different sites: look whether both are meant."
        )
        yield info("pair-sites", message, other.words.place)


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").netloc.lower()
    except ValueError:
        return url
    return re.sub(r"^(?:www|en|fr)\.", "", host)


def _signs(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = (Counter(emoji(reading.plain)) for reading in (one, other))
    if here != there:
        message = Sentence("The emoji of the two languages differ: use the same in both.")
        yield info("pair-emoji", message, other.words.place)
    tags, mots = (len(set(re.findall(r"#\w+", reading.untagged))) for reading in (one, other))
    if (tags == 0) != (mots == 0):
        message = Sentence("One language has hashtags and the other has none: give both their own.")
        yield info("pair-hashtags", message, other.words.place)


def _pictures(one: Reading, other: Reading) -> Iterator[Finding]:
    here, there = one.words.alts, other.words.alts
    if len(here) != len(there):
        message = Sentence(
            "One language has more pictures than the other: describe each picture in both."
        )
        yield warning("pair-pictures", message, other.words.place)
    same = [
        alt
        for alt, autre in zip(here, there, strict=False)
        if alt.strip() and alt.strip() == autre.strip()
    ]
    if same:
        message = Sentence(
            "A picture has the same description in both languages: write one in each."
        )
        yield warning("pair-alts", message, other.words.place)


def _cure(one: Reading, other: Reading) -> Iterator[Finding]:
    """ "No cure" is "aucun traitement curatif": without the last word it says that nothing can be done."""
    if "cur" not in one.folded or not _NO_CURE.search(one.plain):
        return
    wrong = next(
        (
            said
            for said in _sentences(other)
            if _NO_TREATMENT.search(said) and not _RECOMMENDS.search(said)
        ),
        "",
    )
    if wrong:
        message = Sentence(
            "“{0}” stands for “no cure”, and says that there is no treatment: write “aucun traitement curatif”.",
            wrong[:80],
        )
        yield error("pair-cure", message, other.at(wrong))
    elif not _CURATIVE.search(other.plain):
        message = Sentence(
            "The English text says that there is no cure, and the French one does not: say “aucun traitement curatif”."
        )
        yield warning("pair-no-cure", message, other.words.place)


def _sentences(reading: Reading) -> list[str]:
    return [reading.plain[start:end].strip() for start, end in reading.plain_sentences]
