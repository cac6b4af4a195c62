"""Long sentences and unknown words are told."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.words.plain import check_plain, lix
from campaign.checks.words.wording import check_words
from campaign.content.post import Kind
from campaign.core.finding import Finding
from tests.wording import codes, fact, reading, words

LONG = "We know that the people who live with this have a lot to carry and " * 2 + "so on."


def told(text: str, language: str = "en", **more: object) -> list[Finding]:
    return list(check_plain(reading(text, language, **more)))


def test_a_long_sentence_is_told_with_its_first_words_and_their_number() -> None:
    [finding] = told(f"Hello.\n\n{LONG}")
    assert finding.code == "long-sentence"
    assert "“We know that the people who …” has 32 words" in finding.message
    assert finding.place.line == 7


def test_the_lines_of_a_list_and_paragraphs_are_sentences_of_their_own() -> None:
    assert told("\n".join(f"- word number {n} of the list" for n in "abcdefgh")) == []
    assert told("\n\n".join(["one two three four five six seven"] * 6)) == []


def test_long_sentences_of_a_fact_a_quotation_and_a_story_stay() -> None:
    assert told(LONG, claims=(LONG,)) == []
    assert told(f"She says: “{LONG}”") == []
    assert told(LONG, kind=Kind.STORY) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The prognosis differs.", "en"),
        ("Adjuvant care differs.", "en"),
        ("We fund de novo research.", "en"),
        ("Le pronostic varie.", "fr"),
        ("Des métastases, parfois.", "fr"),
    ],
)
def test_a_word_that_readers_may_not_know_is_told(text: str, language: str) -> None:
    assert codes(told(text, language)) == ["jargon"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Prognosis (what to expect) differs.", "en"),
        ("Prognosis means what to expect. The prognosis differs.", "en"),
        ("De novo, that is at first, differs.", "en"),
        ("What to expect (prognosis) differs.", "en"),
        ("HER2-positive cancer is a kind of cancer.", "en"),
        ("Le pronostic, c’est ce à quoi s’attendre.", "fr"),
        ("Le pronostic : à quoi s’attendre.", "fr"),
        ("It is World Hospice and Palliative Care Day.", "en"),
        ("She said: “My prognosis differs.”", "en"),
        ("Metastatic breast cancer is not curable.", "en"),
    ],
)
def test_a_word_that_is_explained_or_a_name_is_well(text: str, language: str) -> None:
    assert told(text, language) == []


def test_an_acronym_is_explained_or_told() -> None:
    assert codes(told("MBC is hard.")) == ["acronym"]
    assert codes(told("Le CSM est difficile.", "fr")) == ["acronym"]
    assert told("Metastatic breast cancer (MBC) is hard. MBC stays.") == []
    assert told("Read. #MBC") == []


def test_a_source_is_no_acronym_to_explain() -> None:
    assert codes(told("Source: CCSN")) == ["acronym"]
    one = fact("A")
    cited = type(one)(
        **{
            **{name: getattr(one, name) for name in one.__slots__},
            "citations": {"en": "CCSN", "fr": "RCSC"},
        }
    )
    assert told("Source: CCSN", facts=(cited,)) == []


def test_lix_is_counted_on_long_texts_alone() -> None:
    assert lix("Short. " * 10) is None
    assert lix("one two three four five six. " * 20) == 6
    assert lix("extraordinary responsibilities internationally considered. " * 20) == 104
    assert codes(told("Extraordinary responsibilities internationally considered. " * 20)) == [
        "hard-to-read"
    ]


HOSTILE = [
    "a", " ", "«", "“ ", "{{", "{% ", "#a ", "# ", "@", "1 ", "111 ", "1,", "9-", ":) ", "=", "💗", "𝗯 ", "battle ", "MBC ",
    "Stop ", "one in ", "aucun traitement ", "il n’y a ", "l'", "x.ca/", "https://", "Réseau de ", "A a", "lost her ",
    "prognosis ", "‘", "’", "\n\n", "\n- ", "1er janvier ", "one woman in ", "no ", "? ", " !", "é", "(", "3 h ", "30 % ",
]  # fmt: skip


def lines_run(text: str, language: str) -> int:
    """How many lines of Python it takes to check the words of a text."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        list(check_words(words(text, language)))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    short, long = (lines_run(piece * (size // len(piece)), "fr") for size in (600, 2400))
    assert long < 6 * short + 2000


@given(
    st.text(alphabet=st.sampled_from("".join(HOSTILE)), max_size=80),
    st.sampled_from(["en", "fr"]),
)
def test_no_text_stops_the_checks_of_its_words(text: str, language: str) -> None:
    for kind in Kind:
        for finding in check_words(words(text, language, kind)):
            assert finding.message
            assert finding.place.line is not None and finding.place.line >= 5
