"""Posts that say the same again are told, and no text can make the look for them long."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks import repeats
from campaign.checks.repeats import COMMON, MOST_APART, MOST_WORDS, is_apart_by, near_texts
from campaign.checks.texts import Finished
from campaign.core.finding import Place

PLACE = Place("posts/know/one.toml", 5)
BODY = "People living with this disease ask for groups that are made for them, in person and online, in both languages"


def near(*texts: tuple[str, str, str], on_any_account: bool = True) -> list[str]:
    finished = [Finished(post, channel, text, PLACE) for post, channel, text in texts]
    return [
        one.post
        for finding, one in near_texts(finished, on_any_account=on_any_account)
        if finding.code == "near-text"
    ]


def test_a_text_that_is_nearly_another_is_told_at_the_second() -> None:
    again = f"{BODY}, now."
    assert near(
        ("a/one", "x-en", BODY),
        ("a/two", "x-en", again),
        ("a/three", "x-en", "Something else altogether."),
    ) == ["a/two"]


def test_a_number_a_link_and_a_hashtag_make_no_difference() -> None:
    one, two = f"In 3 days: {BODY} https://x.ca/1 #A", f"In 5 days: {BODY} https://x.ca/2 #B"
    assert near(("a/one", "x-en", one), ("a/two", "x-en", two)) == ["a/two"]


def test_the_same_text_is_told_across_accounts_and_left_to_others_on_one() -> None:
    assert near(("a/one", "x-en", BODY), ("a/one", "x-two", BODY)) == ["a/one"]
    assert near(("a/one", "x-en", BODY), ("a/two", "x-en", BODY)) == []


@pytest.mark.parametrize(
    "again",
    [
        "Ask for help when you want it.",
        "Ask for some help when you need it.",
        "Please ask for help when you need it.",
        "Ask for help when you need.",
    ],
)
def test_one_changed_word_of_a_short_text_is_seen(again: str) -> None:
    first = ("a/one", "x-en", "Ask for help when you need it.")
    assert near(first, ("a/two", "x-en", again)) == ["a/two"]


def test_a_few_changed_words_of_a_longer_text_are_seen() -> None:
    words = BODY.split()
    words[3], words[9] = "malady", "by"
    first = ("a/one", "x-en", BODY)
    assert near(first, ("a/two", "x-en", " ".join(words))) == ["a/two"]
    words[0], words[12], words[15] = "Everyone", "quietly", "writing"
    assert near(first, ("a/two", "x-en", " ".join(words))) == []


def test_where_nothing_is_refused_a_countdown_is_well_and_another_word_is_told() -> None:
    first = ("a/one", "page", "Only 4 days until our walk.")
    countdown, again = (
        ("a/two", "page", "Only 3 days until our walk."),
        ("a/three", "page", "Only 4 days until the walk."),
    )
    assert near(first, countdown, on_any_account=False) == []
    assert near(first, again, on_any_account=False) == ["a/three"]


def test_texts_of_the_same_template_differ() -> None:
    tail = " Learn more: https://x.ca"
    assert (
        near(
            ("a/one", "x-en", "A day for all." + tail),
            ("a/two", "x-en", "Ask for help when you need it." + tail),
        )
        == []
    )
    assert near(("a/one", "x-en", ""), ("a/two", "x-en", "")) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), st.text(max_size=20)
        )
    )
)
def test_no_texts_stop_the_look_for_repeats(texts: list[tuple[str, str, str]]) -> None:
    near(*texts)


@pytest.mark.parametrize("number", range(100, 110))
def test_of_two_that_are_as_near_the_one_that_begins_alike_is_named(number: int) -> None:
    words = [in_letters(10 * number + at) for at in range(9)]
    at_the_start, at_the_end = (
        ["x" if at == 1 else word for at, word in enumerate(words)],
        [*words],
    )
    at_the_end[7] = "x"
    every = (at_the_start, at_the_end, words)
    texts = [
        Finished(f"a/{at}", "x-en", " ".join(text), PLACE) for at, text in enumerate(every)
    ]
    [(finding, finished)] = near_texts(texts, on_any_account=True)
    assert finished.post == "a/2"
    assert "the text of a/1" in finding.message


WORDS = st.lists(st.sampled_from("abc"), max_size=8)


def distance(first: Sequence[str], second: Sequence[str]) -> int:
    """The changes of a word that make one of the other, the slow and plain way."""
    if not first or not second:
        return len(first) + len(second)
    if first[0] == second[0]:
        return distance(first[1:], second[1:])
    ways = ((first[1:], second), (first, second[1:]), (first[1:], second[1:]))
    return 1 + min(distance(*way) for way in ways)


@given(WORDS, WORDS, st.integers(0, MOST_APART))
def test_two_texts_are_apart_by_the_fewest_changes(
    first: list[str], second: list[str], most: int
) -> None:
    assert is_apart_by(most, first, second) == (distance(first, second) <= most)


class Word(str):
    """Counts how often words are compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Word.compared += 1
        return str.__eq__(self, str(other))

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p{}qrs", "t{}uvw"),
        ("pq{}rst", "u{}vwx"),
        ("pq{}rst", "{}uvw"),
        ("pap{}qrst", "{}uvwx"),
    ],
)
def test_the_same_word_again_and_again_is_compared_a_few_times(before: str, after: str) -> None:
    many, Word.compared = 10_000, 0
    first, second = (list(map(Word, text.format("a" * many))) for text in (before, after))
    assert not is_apart_by(MOST_APART, first, second)
    assert Word.compared <= (2 * MOST_APART + 1) * (many + 10)


def test_of_a_very_long_text_the_first_words_are_compared() -> None:
    long = " ".join(in_letters(number) for number in range(MOST_WORDS))
    assert near(("a/one", "x", f"{long} one"), ("a/two", "x", f"{long} and so on")) == ["a/two"]
    first, second = f"b {long} {long}", f"c {long}"
    assert near(("a/one", "x", first), ("a/two", "x", second)) == ["a/two"]


def in_letters(number: int) -> str:
    """A word of its own for each number: digits would all be the same."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


class Counted(Counter[int]):
    """Counts what is counted."""

    texts = 0

    def update(self, texts: Iterable[int] = (), /, **more: int) -> None:  # type: ignore[override]
        every = list(texts)
        Counted.texts += len(every)
        super().update(every)


def test_long_texts_that_are_nearly_the_same_are_compared_by_few_of_their_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repeats, "Counter", Counted)
    Counted.texts = 0
    long = " ".join(in_letters(number) for number in range(3 * MOST_WORDS))
    many = COMMON + 20
    texts = [(f"a/{number}", "x", f"{in_letters(number)} {long}") for number in range(many)]
    assert len(near(*texts)) == COMMON
    assert 0 < Counted.texts <= MOST_WORDS * COMMON * many
