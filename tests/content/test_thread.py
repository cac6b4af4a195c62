"""Splitting a text into the parts of a thread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.thread import in_one, is_mark, joined, numbered, parts, posted
from campaign.core.typed import is_seen

WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="-"), min_size=1
)


def test_lines_of_three_hyphens_part_a_text():
    assert parts("One.\n---\nTwo.\n  ---  \nThree.") == ["One.", "Two.", "Three."]


def test_other_hyphens_do_not():
    assert parts("One --- two\n----\n- - -") == ["One --- two\n----\n- - -"]


def test_empty_parts_are_left_out():
    assert parts("---\nOne.\n---\n\n---\n") == ["One."]


def test_numbers_are_for_threads_only():
    assert numbered(["One.", "Two."]) == ["One. (1/2)", "Two. (2/2)"]
    assert numbered(["One."]) == ["One."]


def test_a_network_without_threads_gets_paragraphs():
    assert in_one("One.\n---\nTwo.") == "One.\n\nTwo."


@given(st.lists(WORDS, min_size=1))
def test_joined_parts_come_apart_as_they_were(words):
    assert parts(joined(words)) == words


@pytest.mark.parametrize(
    "text",
    [
        "First words.\n---\n---\nLast words.",
        "First words.\n---\n\u200b\n---\u00a0\n---\nLast words.",
        "---\n---\nFirst words.\n\u2060---\ufeff\nLast words.\n---",
    ],
)
def test_marks_one_after_the_other_part_once_and_nobody_reads_one(text):
    assert parts(text) == ["First words.", "Last words."]
    assert posted(text, has_threads=False) == ["First words.\n\nLast words."]


@given(
    st.lists(
        st.sampled_from(["---", " ---", "\u00a0---\u200b", "One.", "", " ", "\u2060", "----"])
    )
)
def test_no_reader_of_a_network_ever_sees_a_mark_or_an_empty_part(lines):
    text = "\n".join(lines)
    for has_threads in (True, False):
        texts = posted(text, has_threads=has_threads)
        assert not any(is_mark(line) for post in texts for line in post.split("\n"))
        assert texts == [""] or all(map(is_seen, texts))
        assert has_threads or len(texts) == 1
