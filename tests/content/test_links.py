"""Links to our own site are tagged, and only those; what an address says already stays as it is."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.links import Tags, tagged

SITE = "https://survivornet.ca"
TAGS = Tags("x", "mbc-2027", "what-is-mbc-en")
QUERY = "utm_source=x&utm_medium=social&utm_campaign=mbc-2027&utm_content=what-is-mbc-en"

PARTS = st.text(st.sampled_from("abc=&+%20;/?é-_."), max_size=12)
OWN = st.builds(
    "https://{}survivornet.ca{}{}{}".format,
    st.sampled_from(["", "www.", "donate."]),
    st.sampled_from(["", "/", "/a/b/", "/é"]),
    st.one_of(st.just(""), PARTS.map("?{}".format)),
    st.one_of(st.just(""), PARTS.map("#{}".format)),
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://survivornet.ca", f"https://survivornet.ca?{QUERY}"),
        ("https://survivornet.ca/mbc/", f"https://survivornet.ca/mbc/?{QUERY}"),
        ("http://www.survivornet.ca/", f"http://www.survivornet.ca/?{QUERY}"),
        ("https://SurvivorNet.CA/A", f"https://SurvivorNet.CA/A?{QUERY}"),
        ("https://en.survivornet.ca/", f"https://en.survivornet.ca/?{QUERY}"),
        (
            "https://survivornet.ca/?q=a%20b&flag#top",
            f"https://survivornet.ca/?q=a%20b&flag&{QUERY}#top",
        ),
        (
            "https://survivornet.ca/?utm_source=old&q=1&UTM_Term=x",
            f"https://survivornet.ca/?q=1&{QUERY}",
        ),
    ],
)
def test_our_own_address_is_tagged(url: str, expected: str) -> None:
    assert tagged(url, SITE, TAGS) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://cbcn.ca/mbc?utm_source=theirs",
        "https://notsurvivornet.ca/",
        "https://survivornet.ca.example.org/",
        "https://survivornet.ca@example.org/",
        "https://example.org/?to=survivornet.ca",
        "mailto:hello@survivornet.ca",
        "tel:+18885551234",
        "survivornet.ca",
        "",
    ],
)
def test_every_other_address_is_left_alone(url: str) -> None:
    assert tagged(url, SITE, TAGS) == url


@pytest.mark.parametrize(
    "site", ["https://www.survivornet.ca/en/", "http://survivornet.ca:8080"]
)
def test_our_site_may_be_written_in_several_ways(site: str) -> None:
    assert "utm_source" in tagged("https://survivornet.ca/", site, TAGS)


def test_tags_are_in_small_letters() -> None:
    assert Tags("X", "MBC-2027", "Post-EN").pairs() == [
        ("utm_source", "x"),
        ("utm_medium", "social"),
        ("utm_campaign", "mbc-2027"),
        ("utm_content", "post-en"),
    ]


@given(OWN)
def test_tagging_twice_changes_nothing(url: str) -> None:
    once = tagged(url, SITE, TAGS)
    assert tagged(once, SITE, TAGS) == once


@given(OWN)
def test_path_query_and_fragment_are_kept(url: str) -> None:
    before, after = urlsplit(url), urlsplit(tagged(url, SITE, TAGS))
    assert (after.scheme, after.netloc, after.path, after.fragment) == (
        before.scheme,
        before.netloc,
        before.path,
        before.fragment,
    )
    kept = [pair for pair in before.query.split("&") if pair]
    assert after.query.split("&") == [*kept, *QUERY.split("&")]


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_the_tags_hold_they_cannot_break_out_of_their_place(
    campaign: str, content: str
) -> None:
    url = tagged("https://survivornet.ca/a?b=1#c", SITE, Tags("x", campaign, content))
    parts = urlsplit(url)
    assert (parts.path, parts.fragment) == ("/a", "c")
    pairs = [("b", "1"), *Tags("x", campaign, content).pairs()]
    assert parse_qsl(parts.query, keep_blank_values=True) == pairs
