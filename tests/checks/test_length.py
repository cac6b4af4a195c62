"""The counter agrees with X's published suite, and no text can hold it up."""

import sys
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.checks.length import find_urls, weighted_length
from campaign.checks.reading import urls
from campaign.checks.reading.urls import Link, find_links
from campaign.publishers.facebook.network import MAX_FACEBOOK
from campaign.publishers.twitter.network import MAX_TWEET

SUITE = Path(__file__).parent.parent / "data" / "twitter_text"


class Place(TypedDict):
    url: str
    indices: tuple[int, int]


def cases(file: str, *groups: str) -> list[object]:
    suite = tomllib.loads((SUITE / file).read_text(encoding="utf-8"))
    return [
        pytest.param(case["text"], case["expected"], id=f"{group}-{case['description']}"[:100])
        for group in groups
        for case in suite[group]
    ]


COUNTS = cases(
    "validate.toml",
    "WeightedTweetsWithDiscountedEmojiCounterTest",
    "UnicodeDirectionalMarkerCounterTest",
)
URLS = cases("extract.toml", "urls", "tco_urls_with_params")
PLACES = cases("extract.toml", "urls_with_indices", "urls_with_directional_markers")


def test_the_whole_suite_is_here() -> None:
    assert (len(COUNTS), len(URLS), len(PLACES)) == (22 + 2, 91 + 5, 10 + 2)


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_post_counts_what_the_suite_says(text: str, expected: int) -> None:
    assert weighted_length(text) == expected


@pytest.mark.parametrize(("text", "expected"), URLS)
def test_the_links_are_those_of_the_suite(text: str, expected: list[str]) -> None:
    assert find_urls(text) == expected


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_the_links_are_where_the_suite_has_them(text: str, expected: list[Place]) -> None:
    assert find_links(text) == [Link(*place["indices"], place["url"]) for place in expected]


def test_the_limits_are_those_of_the_platforms() -> None:
    assert (MAX_TWEET, MAX_FACEBOOK) == (280, 63_206)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("a\nb", 3),
        ("a\r\nb", 4),
        ("« Écoutez\u00a0! » l\u2019amie \u2013 \u2014", 24),
        ("\u2026", 2),
        ("\u2022", 2),
        ("\u202f", 2),
        ("\u20ac", 2),
        ("\ud800", 2),
    ],
)
def test_punctuation_and_spaces_count_as_x_has_them(text: str, expected: int) -> None:
    assert weighted_length(text) == expected


@pytest.mark.parametrize(
    "emoji",
    [
        pytest.param("\u2764\ufe0f", id="heart as a picture"),
        pytest.param("\u2764", id="heart as a sign"),
        pytest.param("\u26bd\ufe0f", id="ball with a needless selector"),
        pytest.param("\u00a9\ufe0f", id="copyright as a picture"),
        pytest.param("1\ufe0f\u20e3", id="keycap"),
        pytest.param("\U0001f44d\U0001f3fd", id="skin tone"),
        pytest.param("\U0001f1e8\U0001f1e6", id="flag of Canada"),
        pytest.param("\U0001f3f3\ufe0f\u200d\U0001f308", id="rainbow flag"),
        pytest.param("\U0001f469\U0001f3fd\u200d\U0001f52c", id="scientist with a skin tone"),
        pytest.param("\U0001f441\ufe0f\u200d\U0001f5e8\ufe0f", id="eye in a speech bubble"),
        pytest.param("\U0001f9d1\u200d\U0001f9d1\u200d\U0001f9d2", id="family of 2023"),
        pytest.param("\U0001faf1\U0001f3fb\u200d\U0001faf2\U0001f3ff", id="handshake of 2021"),
        pytest.param(
            "\U0001f3c3\u200d\u2640\ufe0f\u200d\u27a1\ufe0f", id="runner facing right"
        ),
    ],
)
def test_an_emoji_counts_two_however_it_is_made(emoji: str) -> None:
    assert weighted_length(emoji) == 2
    assert weighted_length(f"a{emoji}{emoji}b") == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\u00a9", 1, id="copyright as a sign"),
        pytest.param("\U0001f1e8", 2, id="half a flag"),
        pytest.param("\U0001f1fd\U0001f1fd", 4, id="no such flag"),
        pytest.param("\U0001f600\u200d\U0001f600", 5, id="no such joined emoji"),
        pytest.param("\U0001f600\ufe0f", 4, id="a selector with nothing to select"),
        pytest.param("\u263a\ufe0e", 4, id="the selector of the plain sign"),
        pytest.param("https://\U0001f637\U0001f637.jp", 23, id="emoji in a domain"),
        pytest.param("a.co/1\ufe0f\u20e3", 27, id="a keycap that starts in a link"),
    ],
)
def test_what_is_no_emoji_counts_by_its_characters(text: str, expected: int) -> None:
    assert weighted_length(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "help@example.org",
        "http://localhost:8000/x",
        "http://192.168.0.1/",
        "U.S.A. and e.g. 3.14",
        "end.Then no domain",
        "#example.com",
        "example.com-pany",
        "a-.com",
    ],
)
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    assert find_urls(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(see https://example.org/a_(b).)", ["https://example.org/a_(b)"]),
        ("\u00ab\u00a0example.ca\u00a0\u00bb", ["example.ca"]),
        ("\u201cexample.ca\u201d, example.org/a?b=c!", ["example.ca", "example.org/a?b=c"]),
        ("example.ca:8080/x", ["example.ca:8080/x"]),
        ("example.ca:8080", ["example.ca"]),
        ("HTTP://EXAMPLE.CA", ["HTTP://EXAMPLE.CA"]),
        ("https://t.co/slug/https://t.co/slug", ["https://t.co/slug"]),
        ("https://example.org/m\u00e9tastatique", ["https://example.org/m\u00e9tastatique"]),
        ("http://a.co/(b(c)d)e((", ["http://a.co/(b(c)d)e"]),
    ],
)
def test_a_link_ends_where_x_ends_it(text: str, expected: list[str]) -> None:
    assert find_urls(text) == expected


HOSTILE = {
    "single letters": "a." * 50_000,
    "numbers": "1.2.3.4." * 12_500,
    "protocols": "http://" * 10_000,
    "dots": "." * 100_000,
    "hyphens": "-" * 100_000,
    "one long label": "a" * 100_000 + ".com",
    "one long accented label": "\u00e9" * 100_000 + ".com",
    "accented labels": "\u00e9." * 50_000 + "com",
    "labels without an end": "a_b.com\u4e2d." * 10_000,
    "broken labels": "a.com\u4e2d-." * 12_000,
    "plain links": "example.org " * 8_000,
    "plain links with hyphens": "a-b-c.d-e.co " * 8_000,
    "plain links without an end": "a-a." * 25_000,
    "open brackets": "a.co/" + "(" * 100_000,
    "links with an open bracket": "a.co/(a" * 14_000,
    "path of marks": "a.co/" + "!" * 100_000,
    "query of marks": "a.co?" + "(" * 100_000,
    "punycode": "a.xn--" * 15_000,
    "joiners": "\u200d" * 100_000,
    "men who join nobody": "\U0001f468\u200d" * 50_000,
    "half flags": "\U0001f1e8" * 100_000,
    "unsorted accents": "\u0301\u0323" * 50_000,
    "accents in a domain": "e" + "\u0301\u0323" * 50_000 + ".com",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_counted_in_reasonable_time(text: str) -> None:
    """With work growing by the square of the length, this would take minutes a case."""
    assert 0 < weighted_length(text) <= 4 * len(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_in_step_with_a_hostile_text(text: str) -> None:
    short, long = (
        calls(lambda part=text[:size]: weighted_length(part))  # type: ignore[misc]
        for size in (3_000, 12_000)
    )
    assert long <= 5 * short + 100


def calls(work: Callable[[], object]) -> int:
    """How many functions and patterns are called: a measure that no machine changes."""
    done = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal done
        done += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return done


LINK_PARTS = [
    "http://",
    "https://",
    "t.co/a",
    "example.com",
    ".com",
    ".jp",
    "xn--",
    "www",
    "a",
    "1",
    "\u00e9",
    "\u4e2d",
]
EMOJI_PARTS = [
    "\u200d",
    "\ufe0f",
    "\u20e3",
    "\U0001f468",
    "\U0001f3fd",
    "\U0001f1e8",
    "\U0001f1e6",
]
SIGNS = list("._-/?#@() \n\u3002\u202a\ufeff\u0301")
FRAGMENTS = st.sampled_from(LINK_PARTS + EMOJI_PARTS + SIGNS)
TEXTS = st.text() | st.lists(FRAGMENTS | st.characters(), max_size=30).map("".join)
ANY_TEXTS = TEXTS | st.text(st.characters(categories=["Cs", "L", "P"]))


def heavy(char: str) -> bool:
    light = [(0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037)]
    return not any(low <= ord(char) <= high for low, high in light)


def code_points(text: str) -> int:
    return sum(2 if heavy(char) else 1 for char in unicodedata.normalize("NFC", text))


@given(ANY_TEXTS)
@example("\ud800.com")
@example("http://\udfff\u00e9.com/\ud800")
def test_any_text_at_all_has_a_count_within_bounds(text: str) -> None:
    counted = weighted_length(text)
    links = len(find_links(unicodedata.normalize("NFC", text)))
    assert (counted > 0) == bool(text)
    assert counted <= code_points(text) + 23 * links


@given(st.text(st.characters(exclude_characters=".", max_codepoint=0x202F)))
def test_without_links_and_emoji_the_count_is_the_sum_of_the_weights(text: str) -> None:
    assert weighted_length(text) == code_points(text)


@given(TEXTS)
def test_texts_that_look_alike_count_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert weighted_length(decomposed) == weighted_length(text)


@given(st.text(st.sampled_from("ae\u0301\u0323\u0345\u0327\u00e9\u1e9b"), max_size=60))
def test_a_long_text_is_composed_like_a_short_one(marks: str) -> None:
    padding = "x" * 3_000 + "\n"
    assert weighted_length(padding + marks) == len(padding) + weighted_length("\n" + marks) - 1


@given(
    TEXTS
    | st.lists(st.sampled_from([*LINK_PARTS, *SIGNS, "a-b.org", "help@"]), max_size=12).map(
        "".join
    )
)
@example("see example.ca. Then a.co.uk/x")
@example("example.ca:8080 a.com@b a.org+")
def test_a_plain_link_is_the_link_that_its_labels_make(text: str) -> None:
    quick = find_links(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "_plain_link", lambda *_: None)
        assert find_links(text) == quick


@given(TEXTS)
def test_links_stand_in_order_in_the_text(text: str) -> None:
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        assert text.startswith(link.url[:3], link.start)
        end = link.end


@given(st.lists(TEXTS, max_size=4))
def test_lines_add_up(lines: list[str]) -> None:
    counts = [weighted_length("\n" + line) for line in lines]
    assert weighted_length("".join("\n" + line for line in lines)) == sum(counts)
