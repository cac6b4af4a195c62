"""Texts to check the words of."""

from datetime import date

from campaign.checks.reading.reading import Reading, Words
from campaign.content.facts import Fact, FactStatus
from campaign.content.post import Kind
from campaign.core.finding import Finding, Place

PLACE = Place("posts/know/one.toml", 5)


def words(
    text: str,
    language: str = "en",
    kind: Kind = Kind.AWARENESS,
    network: str = "facebook",
    claims: tuple[str, ...] = (),
    **more: object,
) -> Words:
    facts = tuple(fact(claim, language) for claim in claims)
    named = {"source": text, "facts": facts, **more}
    return Words(text, language, network, kind, PLACE, **named)  # type: ignore[arg-type]


def fact(
    claim: str,
    language: str = "en",
    status: FactStatus = FactStatus.OK,
    region: str = "Canada",
    source: str = "Source",
    identity: str = "one",
) -> Fact:
    claims, cites = {language: claim}, {"en": "CN", "fr": "RC"}
    url = "https://example.org/"
    return Fact(
        identity, status, claims, cites, source, url, 2024, region, date(2030, 1, 1), "", PLACE
    )


def reading(text: str, language: str = "en", **more: object) -> Reading:
    return Reading(words(text, language, **more))  # type: ignore[arg-type]


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings if isinstance(finding, Finding)]  # type: ignore[attr-defined]
