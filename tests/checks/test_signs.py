"""Signs that nobody can read or see, and words that a program has read wrongly, are told with what to write."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.reading.garbled import garbled
from campaign.checks.words.fixes import apply_fix
from campaign.checks.words.signs import check_mark, check_signs, signs_of
from campaign.core.finding import Place
from campaign.core.typed import LOST, is_seen, mended, unreadable, visible
from tests.wording import reading

PLACE = Place("posts/know/one.toml", 5)
FRENCH = "Élève à l’œuvre — « Noël » … où ça, naïve ? 5 € ™ 💗 É À ÿ ª º ± ½"
SIGNS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(st.sampled_from("aàâäæçéèêëîïôœùûüÿÉÀŒÇ «»’“”…–— abc.,;:!€💗"), min_size=1)


def told(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in signs_of(text, PLACE)]


def codes(text: str) -> list[str]:
    return [code for code, _ in told(text)]


def fixed(text: str) -> str:
    """The text after every fix that is offered, as long as one is."""
    for _ in range(60):
        fixes = [finding.fix for finding in signs_of(text, PLACE) if finding.fix]
        if not fixes:
            return text
        text = apply_fix(text, fixes[0])
    raise AssertionError(text)


def read_as(text: str, codec: str, times: int = 1) -> str:
    """The bytes of the text in UTF-8 as a program reads them that takes them for another codec."""
    for _ in range(times):
        read = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())
        text = "".join(read)
    return text


def test_a_sign_of_windows_is_told_with_the_one_that_was_meant() -> None:
    assert told("C\x92est l’heure.") == [
        (
            "control-character",
            "In “C▯est l’heure.”, “▯” is a sign that nobody can read (U+0092): write “’” there.",
        )
    ]
    assert fixed("C\x92est l\x92heure\x85") == "C’est l’heure…"


def test_a_sign_that_means_nothing_is_told_with_its_place() -> None:
    [finding] = signs_of("One.\nTwo\x02 three.", PLACE)
    assert (str(finding), finding.fix) == (
        "posts/know/one.toml:6: error: In “Two▯ three.”, “▯” is a sign that nobody can read (U+0002): "
        "delete it, or type these words again.",
        None,
    )


def test_a_lost_sign_is_told() -> None:
    assert told("C\ufffdest") == [
        (
            "lost-sign",
            "In “C▯est” a sign was lost where “▯” stands: type this word again.",
        )
    ]


@given(st.characters(categories=["Cc"], exclude_characters="\t\n"))
def test_every_control_sign_is_an_error(sign: str) -> None:
    assert codes(f"a{sign}b") == ["control-character"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CÃ©tait", "Cétait"),
        ("câ€™est", "c’est"),
        ("Ã  cÃ´tÃ©", "à côté"),
        ("lÃ  est", "là est"),
        ("Tout est lÃ", "Tout est là"),
        ("ÃƒÂ©tÃƒÂ©", "été"),
        ("câ\x80\x99est", "c’est"),
        ("lÕheure", "l’heure"),
        ("Qu?est-ce que c?est", "Qu’est-ce que c’est"),
        ("l&rsquo;heure&nbsp;: R&amp;D", "l’heure\u00a0: R&D"),
        (r"c\u2019est", "c’est"),
        ("PrixÂ : 5", "Prix\u00a0: 5"),
    ],
)
def test_a_garbled_word_is_told_with_what_was_meant(text: str, meant: str) -> None:
    assert set(codes(text)) == {"garbled-word"}
    assert fixed(text) == meant


def test_the_whole_word_is_shown() -> None:
    assert told("Elle sâ€™est levÃ©e.")[1] == (
        "garbled-word",
        "“levÃ©e” is what a program has made of “levée”, which it read wrongly: write “levée”.",
    )


@pytest.mark.parametrize(
    ("codec", "times"), [("cp1252", 1), ("cp1252", 2), ("latin-1", 1), ("mac_roman", 1)]
)
def test_all_of_french_comes_back(codec: str, times: int) -> None:
    whole = read_as(FRENCH, codec, times)
    for stretch in reversed(garbled(whole)):
        whole = whole[: stretch.start] + stretch.meant + whole[stretch.end :]
    assert whole == FRENCH


# Three such signs in a row are how one sign looks that was read wrongly ("âœŒ" was ✌), and no word has them.
NO_WORD = re.compile("â[œŒ€ŸÉ‘’“”…–—«» ]{2}")


@given(WORDS.filter(lambda text: not NO_WORD.search(text)))
def test_words_that_are_well_are_never_called_garbled(text: str) -> None:
    assert garbled(text) == []


@given(WORDS)
def test_words_that_are_read_wrongly_are_never_passed_over(text: str) -> None:
    wrong = read_as(text, "cp1252")
    if wrong != text:
        assert "garbled-word" in codes(f"x {wrong} x") or "\u00c3" not in wrong


@pytest.mark.parametrize(
    "text",
    [
        "« Voilà\u00a0», déjà\u00a0» à\u00a0«\u00a0là\u00a0» é…» â» : À LA MAISON",
        "Is it true? Quoi? a?b https://x.ca/?l=a&copy=1&eacute;=2 {{ '\\u2019' }}",
        "👩‍🔬 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇨🇦 ❤️ 9️⃣ 👨‍👩‍👧 🏳️‍🌈",
        "R&D; AT&T; salt & pepper; 100 % São Paulo, Åse, Ôtez-les.",
        "עברית\u200f!",
    ],
)
def test_what_is_well_is_not_told(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u200d", "\u200e", "\U000e0041"]
)
def test_a_sign_that_nobody_sees_is_told_and_taken_away(sign: str) -> None:
    assert codes(f"Breast{sign}Cancer") == ["hidden-sign"]
    assert fixed(f"Breast{sign}Cancer") == "BreastCancer"


def test_a_joiner_is_not_taken_away_from_an_emoji() -> None:
    text = "👩‍🔬 a\u200db"
    assert codes(text) == ["hidden-sign"]
    assert fixed(text) == text


def test_a_finished_text_tells_only_of_what_the_post_does_not_say_itself() -> None:
    of_a_fact = reading("C\x92est. levÃ©e", source="C\x92est.")
    assert [finding.code for finding in check_signs(of_a_fact)] == ["garbled-word"]


@given(st.text(SIGNS, max_size=40))
def test_any_text_is_read_and_every_fix_comes_to_rest(text: str) -> None:
    fixed(text)


@given(st.text(max_size=40))
def test_typed_words_are_kept_as_people_see_them(text: str) -> None:
    kept = visible(text)
    assert visible(kept) == kept
    seen = [sign for sign in unicodedata.normalize("NFC", mended(text)) if is_seen(sign)]
    if not is_seen(kept):
        assert kept == ""
    else:
        assert [sign for sign in kept if sign != LOST and is_seen(sign)] == [
            sign for sign in seen if not list(unreadable(sign))
        ]


@pytest.mark.parametrize("line", ["----", "--", "- - -", "—", "–-", " ――― ", "−−−"])
def test_a_line_of_dashes_that_is_no_mark_is_told(line: str) -> None:
    [finding] = check_mark(reading(f"One.\n{line}\nTwo.", network="twitter"))
    assert (finding.code, finding.place.line) == ("thread-mark", 6)
    assert f"“{line.strip()}” is nearly the mark" in finding.message


@pytest.mark.parametrize(
    "text", ["One.\n---\nTwo.", "One.\n \u00a0---\nTwo.", "- One.\n-\n— She said.", "a ---- b"]
)
def test_a_mark_and_other_dashes_are_well(text: str) -> None:
    assert list(check_mark(reading(text))) == []
