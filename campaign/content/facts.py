"""Facts: what may be said, in both languages, with its source and the date of its next review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.content.post import LANGUAGES, by_language
from campaign.core.finding import Place, did_you_mean
from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table
from campaign.core.typed import is_seen


class FactStatus(StrEnum):
    """Whether a post may use a fact."""

    OK = "ok"
    CAUTION = "caution"  #: read its note first
    DO_NOT_USE = "do_not_use"  #: kept so that the claim is recognized and refused


OWN = "own"
"""The `kind` of such a fact."""
OF_SOURCE = "sourced"
"""The `kind` of a fact that somebody else has published; it need not be written."""
MOST_ASKED = 10_000_000
"""People; more are a slip of the pen."""


class Counting(StrEnum):
    """How a figure of one's own came about."""

    COUNT = "count"  #: people were counted
    SURVEY = "survey"  #: people were asked


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """How the organization came to know a figure."""

    counted: Counting
    on: date  #: the day on which it was counted, or on which the asking ended
    asked: int  #: people who were counted or asked
    vouched_by: str  #: who answers for it when somebody asks


_CITED: Mapping[Counting, Mapping[str, str]] = {
    Counting.COUNT: {
        "en": "our own count among {people}, {year}",
        "fr": "notre propre décompte auprès de {people}, {year}",
    },
    Counting.SURVEY: {
        "en": "our own survey of {people}, {year}",
        "fr": "notre propre sondage auprès de {people}, {year}",
    },
}
_PEOPLE = {
    "en": ("1 person", "{0} people", ","),
    "fr": ("1 personne", "{0} personnes", "\u00a0"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced claim. `year` is None when its page bears no date."""

    id: str
    status: FactStatus
    claims: Mapping[str, str]
    citations: Mapping[str, str]
    source: str
    url: str
    year: int | None
    region: str
    review_by: date
    note: str
    place: Place
    figure: str = ""  #: the number that it is about, such as "23.2%"
    url_fr: str = ""  #: the page in French, where the source has one
    own: OwnFigure | None = None  #: the organization has counted it itself: it cites no study
    of_pages: bool = False  #: it was written in the pages, and stands in no file


def read_facts(table: Table, languages: Sequence[str] = LANGUAGES) -> dict[str, Fact]:
    """Every fact of a facts.toml by its id; what is wrong, a claim that lacks one of the languages too, is added to the
    file's findings."""
    facts: dict[str, Fact] = {}
    for inner in table.tables("fact"):
        fact = _read_fact(inner, languages)
        if fact.id in facts:
            inner.complain(
                "same-id",
                Sentence('The fact "{0}" stands here twice: give each its own id.', fact.id),
                "id",
            )
        elif fact.id:
            facts[fact.id] = fact
    table.close()
    return facts


def cited(fact: Fact, language: str) -> str:
    """What readers of a language are told to be the source of a fact."""
    return fact.citations.get(language) or fact.source


def _read_fact(table: Table, languages: Sequence[str]) -> Fact:
    status = _status(table)
    own = _read_own(table)
    is_of_source = own is None
    fact = Fact(
        id=table.required("id"),
        status=status,
        claims=by_language(table, "claim"),
        citations=_citations_of(own) if own else by_language(table, "cite"),
        source=table.required("source") if is_of_source else "",
        url=table.required("url") if is_of_source else "",
        year=(table.take("year", int, 0) or None) if is_of_source else None,
        region=table.text("region"),
        review_by=table.date("review_by") or date.min,
        note=table.text("note"),
        place=table.place("id"),
        figure=table.text("figure"),
        url_fr=table.text("url_fr") if is_of_source else "",
        own=own,
    )
    if "review_by" not in table.data:
        table.complain(
            "missing-key",
            Sentence(
                'The fact "{0}" has no review_by: add the date of its next review.', fact.id
            ),
        )
    if status is not FactStatus.DO_NOT_USE:
        for language in languages:
            if not is_seen(fact.claims.get(language, "")):
                table.complain(
                    "missing-language",
                    Sentence('The fact "{0}" has no claim.{1}: add it.', fact.id, language),
                    "claim",
                )
    table.close()
    return fact


def _status(table: Table) -> FactStatus:
    written = table.text("status", FactStatus.OK)
    if written in {status.value for status in FactStatus}:
        return FactStatus(written)
    table.complain(
        "unknown-status",
        Sentence('"{0}" is no status; {1}', written, did_you_mean(written, list(FactStatus))),
        "status",
    )
    return FactStatus.DO_NOT_USE


def _citations_of(own: OwnFigure) -> dict[str, str]:
    """What readers are told to be its source, by language: never a study, and never another's."""
    citations: dict[str, str] = {}
    for language, words in _CITED[own.counted].items():
        people = _people(own.asked, language)
        citations[language] = words.format(people=people, year=own.on.year)
    return citations


def _read_own(table: Table) -> OwnFigure | None:
    """What a fact says of its counting; None for one that has a source. What is wrong is added to the file's findings."""
    kind = table.text("kind", OF_SOURCE)
    if kind not in (OWN, OF_SOURCE):
        nearest = did_you_mean(kind, (OWN, OF_SOURCE))
        message = Sentence('"{0}" is no kind of fact; {1}', kind, nearest)
        table.complain("unknown-kind", message, "kind")
    if kind != OWN:
        return None
    asked = table.take("asked", int, 0)
    if not 0 < asked <= MOST_ASKED:
        message = Sentence("Say in {0} how many people were counted or asked.", '"asked"')
        table.complain("missing-key", message, "asked")
    on = table.date("counted_on")
    if on is None:
        message = Sentence("Say in {0} on which day it was counted.", '"counted_on"')
        table.complain("missing-key", message, "counted_on")
    vouched_by = table.required("vouched_by")
    return OwnFigure(_counting(table), on or date.min, asked, vouched_by)


def _counting(table: Table) -> Counting:
    written = table.required("counted")
    if written in {counting.value for counting in Counting}:
        return Counting(written)
    if written:
        nearest = did_you_mean(written, list(Counting))
        message = Sentence('"{0}" is no way to count; {1}', written, nearest)
        table.complain("unknown-counting", message, "counted")
    return Counting.COUNT


def _people(number: int, language: str) -> str:
    one_person, many, between = _PEOPLE[language]
    grouped = f"{number:,}".replace(",", between)
    return one_person if number == 1 else many.format(grouped)
