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


def _read_fact(table: Table, languages: Sequence[str]) -> Fact:
    status = _status(table)
    fact = Fact(
        id=table.required("id"),
        status=status,
        claims=by_language(table, "claim"),
        citations=by_language(table, "cite"),
        source=table.required("source"),
        url=table.required("url"),
        year=table.take("year", int, 0) or None,
        region=table.text("region"),
        review_by=table.date("review_by") or date.min,
        note=table.text("note"),
        place=table.place("id"),
        figure=table.text("figure"),
        url_fr=table.text("url_fr"),
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
