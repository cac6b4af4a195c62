"""Splitting a text into the parts of a thread."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.content.thread import in_one, joined, numbered, parts

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
