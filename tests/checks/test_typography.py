"""French is set as Canada sets it, by fixes that touch nothing else and come to rest."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.checks.length import find_urls, weighted_length
from campaign.checks.reading.spans import jinja, protected, quoted
from campaign.checks.words.fixes import apply_fix
from campaign.checks.words.typography import check_typography, set_as_french
from campaign.core.finding import Fix, Level
from tests.wording import codes, reading

N = "\u00a0"
NARROW = "\u202f"
SNIPPETS = st.sampled_from(
    (
        *(
            "mot",
            "10:30",
            "http://x.ca/a?b=1",
            "l'eau",
            "x.ca",
            "@nom",
            "#CSM",
            "a@b.ca",
            "Etat",
            "h",
            "30",
            "500",
        ),
        *(
            "{{ link() }}",
            "{% if a %}",
            "«",
            "»",
            '"',
            "“",
            "”",
            ":",
            ";",
            "!",
            "?",
            "%",
            "$",
            ",",
            ".",
            "'",
        ),
        *(" ", N, NARROW, "\n", "\ue000"),
    )
)
TEXTS = st.lists(SNIPPETS, max_size=25).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Source : ici", f"Source{N}: ici"),
        ("Source: ici", f"Source{N}: ici"),
        (f"Source{NARROW}: ici", f"Source{N}: ici"),
        ("Vraiment ? Oui !", "Vraiment? Oui!"),
        (f"Vraiment{NARROW}? Oui{N}; non", "Vraiment? Oui; non"),
        ("« mot »", f"«{N}mot{N}»"),
        ("pas « mot » : oui", f"pas «{N}mot{N}»{N}: oui"),
        ("«mot»", f"«{N}mot{N}»"),
        ("23,2 % et 50%", f"23,2{N}% et 50{N}%"),
        ("25 $ ou 25$", f"25{N}$ ou 25{N}$"),
        ("30 500 personnes", f"30{N}500 personnes"),
        (f"1 234{NARROW}567", f"1{N}234{N}567"),
        ("à 10 h 30 ou 9 h", f"à 10{N}h{N}30 ou 9{N}h"),
        ("l'eau d'aujourd'hui", "l’eau d’aujourd’hui"),
        ("Etat de l'Ecole", "État de l’École"),
        ("{{ day.name }} : demain", f"{{{{ day.name }}}}{N}: demain"),
    ],
)
def test_french_is_set(written: str, right: str) -> None:
    assert set_as_french(written) == right


@pytest.mark.parametrize(
    "text",
    [
        "à 10:30", "1 888 939-3333", "1 888 939 3333", "514 555 1234", "https://x.ca/a?b=c%20d", "écrire à l'a@b.ca",
        "{{ link('l%20a') }} et {% if x == 'a !' %}", "#d'un", "@a'b", "https://x.ca ?", ";) :) :D", "Métastatique",
        "5 ' 6", "2027-10-13", "1er janvier", "en 2024", "13 octobre 2027", "", "\n: \n", f"«{N}mot{N}»{N}: oui",
    ],
)  # fmt: skip
def test_what_is_right_or_none_of_our_business_stays(text: str) -> None:
    assert set_as_french(text) == text


@given(TEXTS)
@example("https://x.ca/a ?b")
def test_setting_french_again_changes_nothing(text: str) -> None:
    once = set_as_french(text)
    assert set_as_french(once) == once


@given(
    st.lists(
        st.sampled_from(
            ("mot", "l'eau", "«", "»", ":", ";", "!", "?", "30", "500", "%", "{{ a }}", "Etat")
        ),
        max_size=12,
    )
)
def test_nothing_is_left_to_set_in_a_usual_text_that_was_set(pieces: list[str]) -> None:
    text = set_as_french(" ".join(pieces))
    assert codes(check_typography(reading(text, "fr"))) == []


@given(TEXTS)
def test_setting_french_changes_no_link_and_no_expression(text: str) -> None:
    once = set_as_french(text)
    assert find_urls(once) == find_urls(text)
    assert [once[a:b] for a, b in jinja(once)] == [text[a:b] for a, b in jinja(text)]


@given(TEXTS)
def test_setting_french_costs_on_x_what_it_puts_in_and_no_more(text: str) -> None:
    once = set_as_french(text)
    put_in = once.count(N) - text.count(N)
    assert weighted_length(once) <= weighted_length(text) + max(0, put_in)


@given(TEXTS)
def test_every_fix_that_is_offered_comes_to_rest_and_leads_where_the_whole_setting_does(
    text: str,
) -> None:
    for finding in check_typography(reading(text, "fr")):
        if finding.fix:
            once = apply_fix(text, finding.fix)
            assert once != text
            assert apply_fix(once, finding.fix) == once
            if '"' not in finding.fix.find:  # straight marks are set by a person's press alone
                assert set_as_french(once) == set_as_french(text)


def test_a_slip_is_told_with_its_line_and_its_fix() -> None:
    [finding] = check_typography(reading("Bonjour.\nVraiment ?", "fr"))
    assert (finding.level, finding.code, finding.place.line) == (Level.INFO, "french-space", 6)
    assert finding.fix == Fix(" ?", "?")
    assert "Vraiment ?" in finding.message


def test_straight_apostrophes_are_told_once_and_curled_at_once() -> None:
    [finding] = check_typography(reading("l'eau, d'un, qu'on", "fr"))
    assert finding.fix == Fix("'", "’")


def test_a_slip_that_is_not_in_the_posts_own_text_is_told_without_a_fix() -> None:
    [finding] = check_typography(reading("Vraiment ?", "fr", source="{{ fact('a') }}"))
    assert finding.fix is None


def test_foreign_quotation_marks_are_told_but_not_inside_of_french_ones() -> None:
    assert codes(check_typography(reading("Il dit “oui”.", "fr"))) == ["french-quotes"]
    assert codes(check_typography(reading(f"«{N}Il dit “oui”.{N}»", "fr"))) == []


def test_english_is_not_set_as_french() -> None:
    assert list(check_typography(reading("Really? Yes: 50% of it's", "en"))) == []


@pytest.mark.parametrize(
    ("text", "fix", "changed"),
    [
        ("a b {{ a }} https://x.ca/a a", Fix("a", "c"), "c b {{ a }} https://x.ca/a c"),
        ("a {% if a %} @a a@b.ca #a", Fix("a", "c"), "c {% if a %} @a a@b.ca #a"),
        (
            "#cancer #cancers https://x.ca/#cancer",
            Fix("#cancer", "#Cancer"),
            "#Cancer #cancers https://x.ca/#cancer",
        ),
        ("a", Fix("a", "aa"), "a"),
        ("a", Fix("", "x"), "a"),
        ("{{ a", Fix("a", "b"), "{{ a"),
    ],
)
def test_a_fix_is_made_only_where_it_may_be(text: str, fix: Fix, changed: str) -> None:
    assert apply_fix(text, fix) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_a_fix_made_twice_is_a_fix_made_once(text: str, find: str, replace: str) -> None:
    once = apply_fix(text, Fix(find, replace))
    assert apply_fix(once, Fix(find, replace)) == once


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a “b” c", ["“b”"]),
        ("« a “b” » c", ["« a “b” »"]),
        ("a “b\n\nc", ["“b"]),
        ("“one\n\n“two”", ["“one\n\n“two”"]),
        ("it’s ‘I’m here’ now", ["‘I’m here’"]),
        ('a "b" c "d"', ['"b"', '"d"']),
        ("l’eau » a", []),
    ],
)
def test_quotations_are_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == found


@given(TEXTS)
def test_what_is_held_is_in_order_and_apart(text: str) -> None:
    spans = protected(text)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
