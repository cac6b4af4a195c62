"""What the checks ask first, to save a search, never hides what the search would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks import pair
from campaign.checks.reading import figures
from campaign.checks.reading.garbled import garbled
from campaign.checks.reading.reading import tokens
from campaign.checks.reading.spans import BLANK, blanked, folded, merged
from campaign.checks.words import accessibility, advice, hashtags, signs, typography
from campaign.content import render
from campaign.core.typed import unreadable
from tests.wording import reading

SIGNS = list(
    f" .,;:!?-–'’\"«»“”()[]\n/%$#@*_=~^|<>0123456789hEé\u00a0\u202f\u2009{BLANK}İıſ\u212a"
)
NUMBERS = [
    "12",
    "000",
    " in ",
    " out of ",
    "every ",
    "one",
    "twelve",
    " sur ",
    "huit",
    "femmes",
    "million",
    "%",
    "July 1",
    "3 mai",
    "9:30",
    "a.m.",
]
WORDS = [
    "half of the",
    "la moitié des",
    "tap here",
    "link in bio",
    "cliquez ici",
    "no cure",
    "sans",
    "traitement",
    "METASTATIC",
    "ÉCOUTEZ",
    "Etre",
]
TAGS = ["#", "#MBC", "#Stage", "#1234", "-Hope", "’s", "&", "_"]
MISREAD = [
    "l?espoir",
    "qu?",
    "a?i",
    "? ",
    "&eacute;",
    "\\u00e9",
    "Ã©",
    "Â ",
    "Õ",
    "\u200b",
    "\x07",
]
EMOJI = ["🎗️", "🇨🇦", "9️⃣", "⭐", "👩🏽‍🔬", "---", "====", ":-)"]
TEXTS = st.lists(
    st.sampled_from(SIGNS + NUMBERS + WORDS + EMOJI) | st.characters(), max_size=25
).map("".join)
AT_DIGITS = [
    figures._ISO_DATE,
    figures._CLOCK,
    figures._DATE["fr"],
    *figures._HOUR.values(),
    *figures._NUMBER.values(),
]


@given(TEXTS)
def test_every_slip_of_typography_has_one_of_its_signs(text: str) -> None:
    for rule in typography._RULES:
        assert rule.may_match(text) or not rule.pattern.search(text)


@given(TEXTS)
def test_what_begins_with_digits_is_found_where_digits_start(text: str) -> None:
    digits = [match.start() for match in re.finditer(r"\d+", text)]
    for pattern in AT_DIGITS:
        found = [match.span() for match in figures._starting(pattern, text, digits)]
        assert found == [match.span() for match in pattern.finditer(text)]


@given(st.lists(st.sampled_from(TAGS + SIGNS) | st.characters(), max_size=12).map("".join))
def test_hashtags_that_are_cut_are_announced(text: str) -> None:
    four = (hashtags._JOINED, hashtags._SPACED, hashtags._NO_LETTER, hashtags._GLUED)
    if any(pattern.search(text) for pattern in four):
        assert hashtags._MAY_BE_CUT.search(text)


@given(st.lists(st.sampled_from([*MISREAD, *"aeiouydlst éèà,.!«»’"]), max_size=12).map("".join))
def test_in_a_text_of_easy_signs_nothing_was_misread(text: str) -> None:
    if signs._EASY.fullmatch(text):
        assert not garbled(text)
        assert not list(unreadable(text))
        assert not list(signs._hidden_signs(text))


@given(TEXTS, st.integers(1, 60))
def test_a_text_is_roughly_as_long_as_its_words(text: str, limit: int) -> None:
    counted = sum(min(len(word), render._LONG_WORD) for word in text.split())
    assert render._is_roughly_over(limit, text) == (counted > limit)


@pytest.mark.parametrize("language", ["en", "fr"])
@given(text=TEXTS)
def test_ratios_parts_and_dates_are_announced(language: str, text: str) -> None:
    digits = [match.start() for match in re.finditer(r"\d+", text)]
    if figures._RATIO[language].search(text):
        assert figures._HINTS_AT_RATIO[language].search(text)
    if figures._PART[language].search(text):
        assert list(figures._parts(text, language))
    dates = [match.span() for match in figures._written_dates(text, language, digits)]
    assert dates == [match.span() for match in figures._DATE[language].finditer(text)]


@given(TEXTS)
def test_emoji_are_found_as_their_own_pattern_finds_them(text: str) -> None:
    assert accessibility.emoji(text) == accessibility._EMOJI.findall(text)


@given(TEXTS)
def test_words_in_capitals_that_shout_have_five_letters(text: str) -> None:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.isupper()]
    if accessibility._shouts(words):
        assert accessibility._CAPITALS.search(text)


@given(TEXTS)
def test_phrases_that_ignore_case_are_in_the_folded_text(text: str) -> None:
    low = folded(text)
    for language, pattern in accessibility._LINK_WORDS.items():
        hints = accessibility._HINTS_AT_LINK_WORDS[language]
        assert not pattern.search(text) or hints.search(low)
    assert "cur" in low or not pair._NO_CURE.search(text)
    assert "traitement" in low or not advice._NO_TREATMENT.search(text)


@pytest.mark.parametrize(
    "written", ["THİRD", "thırd", "LİNK ın bıo", "Traıtement", "lin\u212a", "\u017fans"]
)
def test_letters_with_a_case_of_their_own_are_folded_as_patterns_compare_them(
    written: str,
) -> None:
    word = folded(written)
    assert re.fullmatch(word, written, re.IGNORECASE)
    assert word.isascii()


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=3))
def test_words_of_a_text_with_more_blanked_are_its_own_words(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    read = reading(text)
    spans = merged(
        (start, start + length) for start, length in cuts if start + length <= len(text)
    )
    rest = blanked(read.plain, spans)
    assert read.words_of(rest) == tokens(rest)
