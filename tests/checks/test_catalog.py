"""The catalog knows every check that the code has, the page shows it, and levels are set where they may be."""

import re
from pathlib import Path

import pytest

from campaign.checks import catalog
from campaign.checks.catalog import CATALOG, GROUPS, may_be_set, page, with_levels
from campaign.checks.people.personal import Sort
from campaign.checks.words.language import LEVELS
from campaign.checks.words.typography import set_as_french
from campaign.checks.words.wording import check_words
from campaign.core.finding import Finding, Level, Place, error, info, warning
from tests.wording import words

ROOT = Path(catalog.__file__).parent.parent
# What is said of config.toml is no finding about a post.
SOURCES = [path for path in ROOT.rglob("*.py") if path.parent.name != "config"]
MADE = re.compile(
    r"\b(?P<level>error|warning|info|complain|Finding|BadPicture|_refused|_Rule|_difference)\(\s*(?:Level\.(?P<named>[A-Z]+),\s*)?"
    r"\"(?P<code>[a-z][a-z0-9-]+)\""
)
PLACE = Place("posts/know/one.toml", 5)


def made() -> list[tuple[str, str]]:
    found = [match for path in SOURCES for match in MADE.finditer(path.read_text("utf-8"))]
    return [(match["code"], (match["named"] or match["level"]).lower()) for match in found]


def test_every_code_in_the_program_is_in_the_catalog() -> None:
    codes = {code for code, _ in made()} | LEVELS.keys()
    assert len(codes) > 80
    assert codes | set(Sort) <= CATALOG.keys()


def test_every_code_in_the_catalog_is_in_the_program() -> None:
    codes = {code for code, _ in made()} | LEVELS.keys() | set(Sort)
    assert CATALOG.keys() - codes == set()


def test_the_catalog_has_the_level_that_the_program_gives() -> None:
    said = {(code, level) for code, level in made() if level in {one.value for one in Level}}
    assert {(code, level) for code, level in said if CATALOG[code].level != level} == set()
    assert {code for code, level in LEVELS.items() if CATALOG[code].level is not level} == set()


def test_every_check_is_explained_in_both_languages_and_has_a_group() -> None:
    for check in CATALOG.values():
        assert set(check.says) == {"en", "fr"}, check.code
        assert check.group in GROUPS, check.code
        assert bool(check.bad) == bool(check.good), check.code
        assert set_as_french(check.says["fr"]) == check.says["fr"], check.code


def test_the_page_is_the_one_in_the_docs() -> None:
    docs = ROOT.parent / "docs" / "checks.md"
    assert docs.read_text("utf-8") == page(), (
        "run: python -m campaign.checks.catalog > docs/checks.md"
    )


EXAMPLES = [
    check
    for check in CATALOG.values()
    if check.bad and check.group in ("people", "language", "safety", "plain", "french")
]


@pytest.mark.parametrize("check", EXAMPLES, ids=lambda check: check.code)
def test_the_bad_example_is_told_and_the_good_one_is_not(check: catalog.Check) -> None:
    french = check.group == "french" or check.code in ("anglicism", "no-treatment")

    def told(text: str) -> set[str]:
        return {finding.code for finding in check_words(words(text, "fr" if french else "en"))}

    assert check.code in told(check.bad)
    assert check.code not in told(check.good)


def test_levels_are_set_and_checks_switched_off() -> None:
    findings = [
        warning("kind-words", "A.", PLACE),
        info("anglicism", "B.", PLACE),
        error("fancy-letters", "C.", PLACE),
    ]
    kept = with_levels(
        findings, {"kind-words": Level.ERROR, "anglicism": None, "fancy-letters": Level.WARNING}
    )
    assert [(finding.level, finding.message) for finding in kept] == [
        (Level.ERROR, "A."),
        (Level.WARNING, "C."),
    ]


def test_what_is_not_set_stays_as_it_is() -> None:
    findings = [
        warning("kind-words", "A.", PLACE),
        Finding(Level.ERROR, "of-tomorrow", "B.", PLACE),
    ]
    assert with_levels(findings, {"jargon": None}) == findings


@pytest.mark.parametrize(
    "code",
    ["no-consent", "consent-dates", "fact-overdue", "fact-do-not-use", "statistic-without-fact", "advice", "too-long",
     "cashtags", "missing-alt", "same-text", "unknown-key", "pair-cure", "of-tomorrow"],
)  # fmt: skip
def test_what_guards_consent_facts_and_networks_cannot_be_lowered(code: str) -> None:
    finding = error(code, "A.", PLACE)
    assert not may_be_set(code)
    assert with_levels([finding], {code: None}) == [finding]


def test_sentences_from_the_lists_of_words_have_their_french() -> None:
    sentences = catalog.french_sentences()
    assert sentences
    assert all(set_as_french(french) == french for french in sentences.values())
