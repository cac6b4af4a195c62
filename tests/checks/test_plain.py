"""Long sentences and unknown words are told, and so are posts on X that say the same again."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.repeats import near_texts
from campaign.checks.texts import Finished
from campaign.checks.words.plain import check_plain, lix
from campaign.checks.words.wording import check_words
from campaign.content.post import Kind
from campaign.core.finding import Finding, Place
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
