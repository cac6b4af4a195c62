"""A fact has a claim in both languages, a source, and a date by which somebody looks again."""

from datetime import date
from pathlib import Path

import pytest

from campaign.content.facts import Fact, FactStatus, read_facts
from campaign.core.toml_file import read_toml
from tests.folders import FACT


def read(tmp_path: Path, text: str) -> tuple[dict[str, Fact], list[str]]:
    path = tmp_path / "facts.toml"
    path.write_text(text, "utf-8")
    table = read_toml(path, "facts.toml")
    return read_facts(table), [str(finding) for finding in table.file.findings]


def without(key: str) -> str:
    return "".join(line for line in FACT.splitlines(keepends=True) if not line.startswith(key))


def test_a_fact_is_read(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, FACT + 'year = 2023\nregion = "Canada"\nnote = "Look."\n')
    fact = facts["spread"]
    assert findings == []
    assert (fact.status, fact.year, fact.region, fact.note) == (
        FactStatus.OK,
        2023,
        "Canada",
        "Look.",
    )
    assert fact.claims == {"en": "It has spread.", "fr": "Il s’est propagé."}
    assert fact.citations == {"en": "CN", "fr": "RC"}
    assert (fact.source, fact.url) == ("Canadian Network", "https://example.org/spread")
    assert (fact.review_by, fact.place.line) == (date(2030, 1, 1), 3)


def test_what_may_be_left_out_is_left_out(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, without("cite"))
    assert findings == []
    assert (facts["spread"].year, facts["spread"].region, facts["spread"].citations) == (
        None,
        "",
        {},
    )


def test_a_fact_that_must_not_be_used_needs_no_claim(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, without("claim").replace('"ok"', '"do_not_use"'))
    assert findings == []
    assert facts["spread"].status is FactStatus.DO_NOT_USE


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("id", '"fact.id" is missing: add it.'),
        ("claim.en", 'The fact "spread" has no claim.en: add it.'),
        ("claim.fr", 'The fact "spread" has no claim.fr: add it.'),
        ("source", '"fact.source" is missing: add it.'),
        ("url", '"fact.url" is missing: add it.'),
        ("review_by", 'The fact "spread" has no review_by: add the date of its next review.'),
    ],
)
def test_what_a_fact_needs_is_asked_for(tmp_path: Path, key: str, sentence: str) -> None:
    _, findings = read(tmp_path, without(key))
    assert len(findings) == 1
    assert findings[0].endswith(f"error: {sentence}")
    assert findings[0].startswith(("facts.toml:2:", "facts.toml:5:"))


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('status = "ok"', 'status = "okay"', 4, '"okay" is no status; did you mean "ok"?'),
        (
            "review_by = 2030-01-01",
            'review_by = "2030-01-01"',
            9,
            '"fact.review_by" must be a date, such as 2027-10-13',
        ),
        (
            "review_by = 2030-01-01",
            "review_by = 2030-01-01T00:00:00",
            9,
            '"fact.review_by" has a time of day',
        ),
        ('cite.en = "CN"', "cite.en = 1", 10, '"fact.cite.en" must be a text'),
        ('cite.en = "CN"', 'year = "2023"', 10, '"fact.year" must be a whole number'),
        ('cite.en = "CN"', 'reviewed_by = "x"', 10, 'did you mean "review_by"?'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, sentence: str
) -> None:
    _, findings = read(tmp_path, FACT.replace(old, new))
    assert len(findings) == 1
    assert findings[0].startswith(f"facts.toml:{line}: error: ")
    assert sentence in findings[0]


def test_a_fact_with_an_unknown_status_must_not_be_used(tmp_path: Path) -> None:
    facts, _ = read(tmp_path, FACT.replace('"ok"', '"fine"'))
    assert facts["spread"].status is FactStatus.DO_NOT_USE


def test_a_fact_without_a_review_date_counts_as_overdue(tmp_path: Path) -> None:
    assert read(tmp_path, without("review_by"))[0]["spread"].review_by == date.min


def test_an_id_that_stands_twice_is_refused_and_the_first_one_counts(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, FACT + FACT.replace("It has spread.", "Other."))
    assert facts["spread"].claims["en"] == "It has spread."
    assert findings == [
        'facts.toml:14: error: The fact "spread" stands here twice: give each its own id.'
    ]


def test_two_facts_without_an_id_are_not_called_the_same(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, without("id") * 2)
    assert facts == {}
    assert len(findings) == 2


def test_a_broken_fact_does_not_hide_the_others(tmp_path: Path) -> None:
    facts, findings = read(tmp_path, without("source") + FACT.replace('"spread"', '"other"'))
    assert sorted(facts) == ["other", "spread"]
    assert len(findings) == 1


def test_a_key_outside_of_the_facts_is_refused(tmp_path: Path) -> None:
    assert 'did you mean "fact"?' in read(tmp_path, "[[facts]]\n")[1][0]
