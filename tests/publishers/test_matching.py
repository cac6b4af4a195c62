"""Which posts are the same on their way through a network, and which never are."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from campaign.checks.reading.urls import find_links
from campaign.publishers.matching import same_text

WORDS = st.text(st.characters(exclude_characters="./:", exclude_categories=["Cs"]), max_size=40)
LINKS = st.sampled_from(
    [
        "https://example.org/a",
        "https://example.org/b?c=1&d=2",
        "http://example.org/a",
        "https://example.ca/é",
        "who.int",
    ]
)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("Hello", "Hello"),
        ("  Hello \n", "Hello"),
        ("one  \r\ntwo\t\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("\u00a0Hello\u2028", "Hello"),
        ("See https://example.org/a now", "See https://t.co/abc123 now"),
        ("See https://example.org/a", "See https://T.CO/abc123"),
        ("a https://example.org b who.int c", "a https://t.co/1 b https://t.co/2 c"),
        ("See example.org now", "See http://example.org now"),
        ("See example.org/a now", "See https://example.org/a now"),
        ("See https://Example.org now", "See https://example.org/ now"),
        ("See https://example.org?a=1", "See https://example.org/?a=1"),
        ("See https://example.org/é?u=1", "See https://example.org/%C3%A9?u=1"),
        ("", " "),
    ],
)
def test_what_networks_do_to_a_text_does_not_matter(sent: str, found: str) -> None:
    assert same_text(sent, found)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("Hello", "hello"),
        ("Hello", "Hello!"),
        ("Hello", "Hello…"),
        ("Hello world", "Hello  world"),
        ("one\ntwo", "one\n\ntwo"),
        ("one\ntwo", "one two"),
        ("one\n two", "one\ntwo"),
        ("Hello", ""),
        ("See https://example.org/a now", "See https://example.org/b now"),
        ("See https://example.org/a now", "See http://example.org/a now"),
        ("See https://example.org/a now", "See example.org/a now"),
        ("See https://example.org/a now", "See https://example.org/A now"),
        ("See https://example.org/?a=1 now", "See https://example.org/?a=2 now"),
        ("See https://example.org/#a now", "See https://example.org/#b now"),
        ("See https://example.org/a now", "See https://t.co/abc then"),
        ("See https://example.org/a now", "See https://t.co/abc https://t.co/def now"),
        ("See this now", "See https://t.co/abc now"),
        ("See https://example.org/a now", "See https://t.com/abc now"),
        ("1/2", "2/2"),
        ("ﬁne", "fine"),
        ("a &amp; b", "a & b"),
    ],
)
def test_nothing_else_is_forgiven(sent: str, found: str) -> None:
    assert not same_text(sent, found)


@given(st.text())
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert same_text(text, text)


@given(WORDS, WORDS)
@example("a", "b")
def test_two_different_posts_without_links_are_never_the_same(one: str, other: str) -> None:
    assume(_bare(one) != _bare(other))
    assert not same_text(one, other)


@given(st.lists(st.tuples(WORDS, LINKS), min_size=1, max_size=3), st.data())
def test_posts_that_differ_in_one_word_or_one_link_are_never_the_same(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    words, link = parts[at]
    changed = data.draw(st.tuples(st.just(words), LINKS) | st.tuples(WORDS, st.just(link)))
    assume(changed[1] != link or _bare(changed[0]) != _bare(words))
    others = [*parts[:at], changed, *parts[at + 1 :]]
    assert not same_text(_post(parts), _post(others))


@given(st.lists(st.tuples(WORDS, LINKS), max_size=3))
def test_a_post_is_the_same_with_its_links_shortened(parts: list[tuple[str, str]]) -> None:
    sent = _post(parts)
    found = sent
    for link in reversed(find_links(sent)):
        found = f"{found[: link.start]}https://t.co/Xy1{found[link.end :]}"
    assert same_text(sent, found)


@given(st.text(), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["", " ", "\n", "\r\n"]))
def test_form_and_white_space_at_the_ends_never_matter(text: str, form: str, end: str) -> None:
    changed = unicodedata.normalize("NFD" if form == "NFD" else "NFC", text)
    assert same_text(text, end + changed + end)


def _post(parts: list[tuple[str, str]]) -> str:
    return "".join(f"[{words}] {link} " for words, link in parts)


def _bare(text: str) -> str:
    """The words with nothing that a network may change, in another way than the program's."""
    lines = (
        unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    return "\n".join(line.rstrip() for line in lines).strip()
