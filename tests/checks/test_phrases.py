"""The lists' small grammar: forms of a word, one of several, words that may be left out, and gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.reading.forms import forms
from campaign.checks.reading.phrases import Phrases
from campaign.checks.reading.reading import tokens

CLASSES = {"whose": "her his their", "number": "two three"}
FORMS = [
    "lose/lost <whose>? *? battle",
    "~fight",
    "after <number> years",
    "war on *",
    "a/an? end",
]


def found(text: str, phrases: list[str], language: str = "en") -> list[str]:
    matches = Phrases(phrases, language, CLASSES).find(text, tokens(text))
    return [text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She lost her long battle.", ["lost her long battle"]),
        ("They lose battle.", ["lose battle"]),
        ("He lost his very long battle.", []),
        ("fights, fighting, fight", ["fights", "fighting", "fight"]),
        ("After two years", ["After two years"]),
        ("After ten years", []),
        ("war on cancer", ["war on cancer"]),
        ("war on", []),
        ("war on. Cancer", []),
        ("lost, her battle", []),
        ("lost\n\nbattle", []),
        ("an end; end", ["an end", "end"]),
    ],
)
def test_a_phrase_is_found_as_it_is_written_in_the_list(text: str, expected: list[str]) -> None:
    assert found(text, FORMS) == expected


def test_of_several_the_longest_is_found_and_none_overlaps_another() -> None:
    assert found("a b c b c", ["a", "a b", "a b c", "b c"]) == ["a b c", "b c"]


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("battle", "en", "battled"),
        ("battle", "en", "battling"),
        ("win", "en", "winning"),
        ("pity", "en", "pities"),
        ("lutter+", "fr", "luttons"),
        ("changer+", "fr", "changeons"),
        ("annoncer+", "fr", "annonçait"),
        ("guérir+", "fr", "guérissent"),
        ("courageux", "fr", "courageuses"),
        ("guerrier", "fr", "guerrière"),
        ("métastatique", "fr", "métastatiques"),
        ("fatal", "fr", "fatale"),
    ],
)
def test_a_word_has_its_forms(word: str, language: str, form: str) -> None:
    assert form in forms(word, language)


@given(
    st.lists(
        st.sampled_from(["her", "long", "his", "battle", "lost", "a", ",", ".", "two"]),
        max_size=12,
    ),
    st.lists(st.sampled_from(FORMS), min_size=1, unique=True),
)
def test_what_is_looked_up_by_two_words_is_what_a_slow_search_finds(
    words: list[str], phrases: list[str]
) -> None:
    text = " ".join(words)
    together = Phrases(phrases, "en", CLASSES)
    spans = [(match.start, match.end) for match in together.find(text, tokens(text))]
    alone = [
        (match.start, match.end)
        for phrase in phrases
        for match in Phrases([phrase], "en", CLASSES).find(text, tokens(text))
    ]
    assert set(spans) <= set(alone)
    for start, end in alone:
        assert any(first < end and start < last for first, last in spans)
