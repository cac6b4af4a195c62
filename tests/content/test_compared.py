"""Two texts compared, word by word."""

from collections import Counter
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.compared import _MOST_STEPS, WordRun, compared

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
        ("a\n" * 790, "a\nx\n" * 790),
        ("." * 5_000, ".!" * 5_000),
        ("é, " * 2_000, "é; " * 2_000),
        ("a b " * 900, "b c a " * 900),
    ],
)
def test_no_text_takes_long_to_compare(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    longest = SequenceMatcher.find_longest_match

    def counted(matcher: Any, *span: int) -> object:
        in_new = Counter(matcher.b)
        asked.append(sum(in_new[part] for part in matcher.a[span[0] : span[1]]))
        return longest(matcher, *span)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
    runs = compared(old, new)
    assert ("".join(run.old for run in runs), "".join(run.new for run in runs)) == (old, new)
    assert sum(asked) <= 2 * _MOST_STEPS  # by words, then by lines


def test_a_long_text_with_many_changes_is_compared_by_its_words() -> None:
    words = [f"{word}," for word in ("and", "the", "care", "people") for _ in range(60)]
    changed = list(words)
    changed[::20] = ["changed,"] * len(words[::20])
    runs = compared(" ".join(words), " ".join(changed))
    assert max(len(run.old.split()) for run in runs) <= 20


def test_what_has_too_many_words_alike_is_compared_by_its_lines() -> None:
    kept, old, new = "One line stays.\n", "a " * 790, "a x " * 790
    assert compared(kept + old, kept + new) == [WordRun(kept, kept), WordRun(old, new)]
