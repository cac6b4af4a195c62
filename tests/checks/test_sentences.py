"""Of the sentences that should be told enough are, and what is told is right: in each language, on a list of our own."""

import pytest

from bench import sentences
from bench.sentences import SENTENCES, Case, Score, read, score, told

RECALL, PRECISION = 0.85, 0.95
FEWEST = 75
"""Sentences of each kind, to be told or not, without which the shares of a language say little."""
CASES = read(SENTENCES)


@pytest.fixture(scope="module")
def codes() -> list[tuple[str, ...]]:
    return told(CASES)


def of(language: str, codes: list[tuple[str, ...]]) -> Score:
    mine = [number for number, case in enumerate(CASES) if case.language == language]
    return score([CASES[number] for number in mine], [codes[number] for number in mine])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_enough_is_told_and_hardly_anything_wrongly(
    language: str, codes: list[tuple[str, ...]]
) -> None:
    result = of(language, codes)
    assert result.recall >= RECALL
    assert result.precision >= PRECISION


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_list_has_many_of_both_sorts_and_none_twice(language: str) -> None:
    mine = [case for case in CASES if case.language == language]
    to_be_told = sum(case.should_be_told for case in mine)
    assert min(to_be_told, len(mine) - to_be_told) >= FEWEST
    assert len({case.text for case in mine}) == len(mine)


def test_a_score_counts_what_is_missed_and_what_is_told_wrongly() -> None:
    kinds = [(True, ("promise",)), (True, ()), (False, ("advice",)), (False, ())]
    cases = [Case("en", should, "awareness", "", "A.") for should, _ in kinds]
    result = score(cases, [said for _, said in kinds])
    assert (result.recall, result.precision) == (0.5, 0.5)


def test_what_is_said_of_every_post_does_not_count() -> None:
    harmless = Case("en", False, "awareness", "", sentences.HARMLESS["en"])
    flagged = Case("en", True, "story", "", 'She said: "I want to die."')
    assert told([harmless, flagged]) == [(), ("distress",)]
