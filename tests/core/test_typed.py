"""What people type, on one line."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.typed import on_one_line, unaccented

TYPED = st.text("ab :\t\n\u00a0«»", max_size=30)


def test_a_no_break_space_stays_where_french_has_it() -> None:
    assert on_one_line("  À vous\u00a0:\n nous  sommes là ") == "À vous\u00a0: nous sommes là"


@given(TYPED)
def test_a_line_says_the_same_words_and_says_them_once(text: str) -> None:
    line = on_one_line(text)
    assert line.split() == text.split()
    assert on_one_line(line) == line
    assert "\n" not in line
    assert "  " not in line


@given(TYPED)
def test_no_no_break_space_between_words_is_lost(text: str) -> None:
    assert on_one_line(text).count("\u00a0") == text.strip().count("\u00a0")


def test_accents_fall_away_and_a_ligature_becomes_its_letters() -> None:
    assert unaccented("Zoé, à Val-d’Or: ﬁn") == "Zoe, a Val-d’Or: fin"


@given(st.text())
def test_what_has_no_accents_any_more_stays_as_it_is(text: str) -> None:
    plain = unaccented(text)
    assert unaccented(plain) == plain
