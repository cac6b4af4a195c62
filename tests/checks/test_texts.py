"""A finished text that its network would refuse, or that a channel would get twice, is told before it goes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.texts import Finished, check_empty, check_length, same_texts
from campaign.core.finding import Place
from campaign.publishers.twitter.network import cashtags, check_cashtags

PLACE = Place("posts/know/one.toml", 5)


def finished(text: str, post: str = "know/one", channel: str = "twitter-en") -> Finished:
    return Finished(post, channel, text, PLACE)


def test_a_text_that_is_too_long_is_told_with_what_is_too_much() -> None:
    [finding] = check_length(finished("x"), 283, 280)
    assert str(finding) == (
        "posts/know/one.toml:5: error: On twitter-en this is 283 characters, 3 more than the 280 allowed: shorten it."
    )
    assert finding.code == "too-long"


def test_a_text_at_the_limit_is_not_too_long() -> None:
    assert list(check_length(finished("x"), 280, 280)) == []


@pytest.mark.parametrize("text", ["\u200b\u2060", "\xad", "", " ", "\n\u00a0"])
def test_a_text_with_nothing_in_it_is_told(text: str) -> None:
    [finding] = check_empty(finished(text))
    assert (finding.code, finding.place) == ("empty", PLACE)


def test_a_text_with_something_in_it_is_not_empty() -> None:
    assert list(check_empty(finished("."))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$ABC and $def", ["$ABC", "$def"]),
        ("$BRK.B, $RDS_A.", ["$BRK.B", "$RDS_A"]),
        ("$5, $50 and 12 $", []),
        ("US$ABC a$B $$ABC $ABC$DEF $ABCDEFG", []),
        ("($ABC)", ["$ABC"]),
    ],
)
def test_cashtags_are_found(text: str, found: list[str]) -> None:
    assert cashtags(text) == found


def test_one_cashtag_is_taken_and_two_are_told() -> None:
    assert list(check_cashtags(finished("$ABC costs $5"))) == []
    [finding] = check_cashtags(finished("$ABC $DEF"))
    assert (finding.code, finding.place) == ("cashtags", PLACE)
    assert "here are 2 ($ABC, $DEF)" in finding.message


def test_a_text_that_a_channel_would_get_twice_is_told_at_the_second_post() -> None:
    texts = [finished("A", "know/one"), finished("A", "know/two"), finished("A", "know/three")]
    told = list(same_texts(texts))
    assert [text.post for _, text in told] == ["know/two", "know/three"]
    assert all(
        finding.code == "same-text" and "the text of know/one" in finding.message
        for finding, _ in told
    )


def test_the_same_text_on_two_channels_or_no_text_is_well() -> None:
    assert (
        list(
            same_texts(
                [finished("A", channel="twitter-en"), finished("A", channel="facebook-en")]
            )
        )
        == []
    )
    assert list(same_texts([finished("", "know/one"), finished("", "know/two")])) == []


LINK = "https://survivornet.ca/mbc/?a=1&utm_source=facebook&utm_campaign=know-2027&utm_content="


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"Hello: {LINK}one-en", f"Hello: {LINK}two-en"),
        (f"Hello: {LINK}one-en.\n\n#MBC", f"Hello:  {LINK}two-en.\n#MBC"),
        ("Caf\u00e9.", "Cafe\u0301.\u200b"),
        ("One.\n---\nTwo.", "One.\n\u2060---\nTwo."),
    ],
)
def test_texts_are_compared_as_people_read_them(first: str, second: str) -> None:
    [(finding, _)] = same_texts([finished(first, "know/one"), finished(second, "know/two")])
    assert finding.code == "same-text"
    another = finished("Hello: https://survivornet.ca/give/", "know/three")
    assert list(same_texts([finished(first, "know/one"), another])) == []


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"))))
def test_every_text_but_the_first_of_its_kind_is_told(pairs: list[tuple[str, str]]) -> None:
    texts = [
        Finished(f"know/{index}", channel, text, PLACE)
        for index, (channel, text) in enumerate(pairs)
    ]
    assert len(list(same_texts(texts))) == len(pairs) - len(set(pairs))
