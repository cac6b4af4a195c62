"""One fact of the file is written anew, and every other byte stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.facts import Fact, read_facts
from campaign.content.facts_file import (
    KEYS,
    CannotRewrite,
    Value,
    lines_of,
    problems_with,
    rewritten,
    values_of,
)
from campaign.core.installation import STARTER
from campaign.core.toml_file import read_toml_text
from campaign.core.typed import is_seen
from tests.folders import FACT

FACTS = (STARTER / "posts" / "facts.toml").read_text("utf-8")
TWO = f"# ours\n{FACT}\n# A second one.\n[[fact]]   # here\n" + FACT.strip().removeprefix(
    "[[fact]]"
).replace('"spread"', '"other"').replace("2030-01-01", "2030-01-01  # by Ana")
WORDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(is_seen)
)


def facts(text: str) -> dict[str, Fact]:
    return read_facts(
        read_toml_text(text.removeprefix("\ufeff").replace("\r\n", "\n"), "facts.toml")
    )


def values(text: str = TWO, identity: str = "other", **more: Value) -> dict[str, Value]:
    changed = {key.replace("__", "."): value for key, value in more.items()}
    return {
        key: value
        for key, value in (values_of(facts(text)[identity]) | changed).items()
        if value
    }


def changed_lines(before: str, after: str) -> list[str]:
    old = before.split("\n")
    return [line for line in after.split("\n") if line not in old]


def test_a_changed_claim_changes_its_line_alone() -> None:
    new = rewritten(TWO, "other", values(claim__en="It has spread far."))
    assert changed_lines(TWO, new) == ['claim.en = "It has spread far."']
    assert len(new.split("\n")) == len(TWO.split("\n"))
    assert values_of(facts(new)["spread"]) == values_of(facts(TWO)["spread"])


def test_comments_stay_also_beside_what_changes() -> None:
    new = rewritten(TWO, "other", values(review_by=date(2031, 2, 3)))
    assert changed_lines(TWO, new) == ["review_by = 2031-02-03  # by Ana"]


def test_what_was_not_there_is_put_in_and_what_is_empty_is_taken_out() -> None:
    new = rewritten(TWO, "spread", values(identity="spread", figure="23.2%", year=2024))
    assert set(changed_lines(TWO, new)) == {'figure = "23.2%"', "year = 2024"}
    assert facts(new)["spread"].figure == "23.2%"
    back = rewritten(new, "spread", values(identity="spread"))
    assert back == TWO


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_the_mark_at_the_beginning_stay(end: str) -> None:
    text = "\ufeff" + TWO.replace("\n", end)
    new = rewritten(text, "other", values(note="Look", status="caution"))
    assert new.startswith("\ufeff# ours")
    assert new.count("\r") == (new.count("\n") if end == "\r\n" else 0)
    assert facts(new)["other"].note == "Look"


@pytest.mark.parametrize(
    "text",
    [
        TWO.replace('claim.en = "It has spread."', 'claim.en = """\nIt has spread."""'),
        TWO.replace(
            'claim.en = "It has spread."\nclaim.fr = "Il s’est propagé."', 'claim = "Both"'
        ),
        TWO.replace(
            'claim.en = "It has spread."\nclaim.fr = "Il s’est propagé."',
            'claim = { en = "A", fr = "B" }',
        ),
        TWO + '\n[[fact]]\nid = "broken"\n',
        "not = [toml",
        "",
    ],
)
def test_what_only_a_person_can_change_is_refused(text: str) -> None:
    with pytest.raises(CannotRewrite):
        rewritten(text, "other", values(claim__en="New."))


def test_a_table_of_its_own_for_the_claims_is_understood() -> None:
    text = (
        TWO
        + '\n[[fact]]\nid = "own"\nsource = "S"\nurl = "https://e.ca"\nreview_by = 2030-01-01\n[fact.claim]\nen = "A"\nfr = "B"\n'
    )
    new = rewritten(text, "own", values(text, "own", claim__fr="C"))
    assert changed_lines(text, new) == ['fr = "C"']


NO_WORDS = {
    *("kind", "status", "year", "review_by"),
    *("counted", "counted_on", "asked", "vouched_by"),
}


@given(
    st.sampled_from(sorted(facts(FACTS))),
    st.sampled_from([key for key in KEYS if key not in NO_WORDS]),
    WORDS,
)
def test_any_words_that_can_be_seen_come_through_and_no_other_fact_changes(
    identity: str, key: str, words: str
) -> None:
    wanted = values(FACTS, identity) | {key: words}
    new = rewritten(FACTS, identity, wanted)
    before, after = facts(FACTS), facts(new)
    assert values_of(after[identity]) == wanted
    assert all(
        values_of(after[one]) == values_of(before[one]) for one in before if one != identity
    )
    assert len(changed_lines(FACTS, new)) <= 1


def test_the_lines_of_a_fact_are_the_fact() -> None:
    wanted = values(figure="3", year=2020)
    assert values_of(facts(lines_of("other", wanted))["other"]) == wanted


@given(st.text(st.sampled_from(" \xad\u200b\u2060\u200d"), min_size=1))
def test_words_that_nobody_can_see_are_told_before_anything_is_written(words: str) -> None:
    assert problems_with("other", values() | {"claim.fr": words})
    with pytest.raises(CannotRewrite):
        rewritten(FACTS, *unseen(words))


def unseen(words: str) -> tuple[str, dict[str, Value]]:
    identity = min(facts(FACTS))
    return identity, values(FACTS, identity) | {"claim.fr": words}


def test_what_is_no_fact_is_told() -> None:
    without = {key: value for key, value in values().items() if key != "claim.fr"}
    assert [finding.code for finding in problems_with("other", without)] == ["missing-language"]
    assert problems_with("other", values()) == []
