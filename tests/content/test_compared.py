"""Two texts compared, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.content.compared import WordRun, compared

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
