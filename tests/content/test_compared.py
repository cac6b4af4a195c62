"""Two texts compared, word by word."""

from difflib import Match, SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.compared import MOST_PAIRS, WordRun, compared

TEXTS = st.text(alphabet="ab ,.\n\u00a0\u00e9\u2019", max_size=40)


@given(TEXTS, TEXTS)
def test_joined_the_runs_give_both_texts_again(old: str, new: str) -> None:
    runs = compared(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert all(run.old or run.new for run in runs)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.same for run in compared(text, text))


def test_a_changed_word_is_shown_as_one_change() -> None:
    assert compared("One in four.", "One in five.") == [
        WordRun("One in ", "One in "),
        WordRun("four", "five"),
        WordRun(".", "."),
    ]


def test_very_long_texts_are_shown_whole_old_and_new() -> None:
    old, new = "word " * 3_000, "other " * 3_000
    assert compared(old, new) == [WordRun(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 790, "a x " * 790),
        ("a " * 2_000, "a " * 1_999 + "b"),
        ("a b " * 990, "b a a " * 660),
    ],
)
def test_few_words_again_and_again_take_no_longer_than_others(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = 0
    search = SequenceMatcher.find_longest_match

    def counted(matcher: SequenceMatcher[str], alo: int, ahi: int, blo: int, bhi: int) -> Match:
        nonlocal pairs
        pairs += sum(map(new.split().count, old.split()[alo:ahi]))
        return search(matcher, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
    runs = compared(old, new)
    assert pairs <= MOST_PAIRS
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new


def test_each_change_of_two_long_texts_of_different_words_is_shown() -> None:
    words = [f"word{number % 300}" for number in range(1_900)]
    other = [word if number % 19 else f"other{number}" for number, word in enumerate(words)]
    runs = compared(" ".join(words), " ".join(other))
    assert [run.new.strip() for run in runs if not run.same] == other[::19]
