"""A post's file is read whole, or refused with the line and a sentence."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.when import NextSlot, OnDay
from campaign.content.post import ConsentReference, Kind, PostFile, PostLink, read_post
from campaign.core.toml_file import UnreadableFile, read_toml

FULL = '''kind = "story"
template = "words"
channels = ["twitter-en", "page"]
when = "mbc-day -3d 12:00"
grace = "2h"
facts = ["a", "b"]
action = "share"
day = "mbc-day"
link.en = "https://survivornet.ca/en"
example = true

[consent]
storyteller = "S-0001"
given_on = 2027-05-01
until = 2028-05-01
channels = ["twitter-en"]

[[media]]
file = "a.jpg"
alt.en = "A garden."
alt.fr = "Un jardin."

[en]
short = "Hello."
long = """
Hello,
you."""
[fr]
short = "Bonjour."
'''


def read(tmp_path: Path, text: str) -> tuple[PostFile | None, list[str]]:
    path = tmp_path / "one.toml"
    path.write_text(text, "utf-8")
    table = read_toml(path, "one.toml")
    return read_post(table, "know", "one", tmp_path), [
        str(finding) for finding in table.file.findings
    ]


def a_post(tmp_path: Path, text: str) -> PostFile:
    post, findings = read(tmp_path, text)
    assert post is not None, findings
    return post


def test_everything_that_a_file_says_is_read(tmp_path: Path) -> None:
    post = a_post(tmp_path, FULL)
    assert (post.key, post.kind, post.template, post.example) == (
        "know/one",
        Kind.STORY,
        "words",
        True,
    )
    assert post.channels == ("twitter-en", "page")
    assert (post.when, post.written_when) == (
        OnDay("mbc-day", -3, time(12)),
        "mbc-day -3d 12:00",
    )
    assert (post.grace, post.facts, post.action, post.day) == (
        timedelta(hours=2),
        ("a", "b"),
        "share",
        "mbc-day",
    )
    assert post.link == PostLink({"en": "https://survivornet.ca/en"})
    assert post.consent == ConsentReference(
        "S-0001", date(2027, 5, 1), date(2028, 5, 1), ("twitter-en",)
    )
    [picture] = post.pictures
    assert (picture.file, picture.alts) == (
        tmp_path / "a.jpg",
        {"en": "A garden.", "fr": "Un jardin."},
    )
    assert picture.place.line == 18


def test_each_text_knows_its_first_line(tmp_path: Path) -> None:
    post = a_post(tmp_path, FULL)
    lines = {form: text.place.line for form, text in post.texts["en"].items()}
    assert lines == {"short": 24, "long": 26}
    assert str(post.place("fr")) == "one.toml:28"


def test_little_is_enough(tmp_path: Path) -> None:
    post = a_post(tmp_path, 'when = "next-slot"\n')
    assert (post.kind, post.template, post.channels, post.when) == (
        Kind.AWARENESS,
        "fact",
        (),
        NextSlot(),
    )
    assert (post.grace, post.consent, post.pictures, post.texts, post.example) == (
        None,
        None,
        (),
        {},
        False,
    )


@pytest.mark.parametrize(
    ("kind", "template"), [("awareness", "fact"), ("story", "story"), ("action", "action")]
)
def test_a_kind_has_a_template_of_its_own(tmp_path: Path, kind: str, template: str) -> None:
    assert a_post(tmp_path, f'kind = "{kind}"\nwhen = "next-slot"\n').template == template


def test_texts_come_with_the_most_to_say_first(tmp_path: Path) -> None:
    post = a_post(
        tmp_path, 'when = "next-slot"\n[en]\nshort = "S"\nlong = "L"\n[fr]\nlong = "L"\n'
    )
    said = {
        language: [(form, text.source) for form, text in post.longest_first(language)]
        for language in ("en", "fr")
    }
    assert said == {"en": [("long", "L"), ("short", "S")], "fr": [("long", "L")]}
    assert post.text("fr", "short") is None


def test_a_text_of_blanks_is_none(tmp_path: Path) -> None:
    assert (
        a_post(tmp_path, 'when = "next-slot"\n[en]\nshort = " \\n"\n').text("en", "short")
        is None
    )


def test_one_link_stands_for_both_languages(tmp_path: Path) -> None:
    post = a_post(tmp_path, 'when = "next-slot"\nlink = "https://survivornet.ca"\n')
    own = "https://survivornet.ca"
    assert post.link == PostLink({"en": own, "fr": own})


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ('link = "none"', PostLink(to="none")),
        ('link = "resources"', PostLink(to="resources")),
        ('link.to = "share"', PostLink(to="share")),
        ('link.not_on = ["twitter"]', PostLink(not_on=("twitter",))),
        (
            'link = { en = "https://e.ca", to = "share", not_on = ["twitter"] }',
            PostLink({"en": "https://e.ca"}, "share", ("twitter",)),
        ),
    ],
)
def test_a_link_may_name_a_place_and_leave_networks_out(
    tmp_path: Path, line: str, link: PostLink
) -> None:
    assert a_post(tmp_path, f'when = "next-slot"\n{line}\n').link == link


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('kind = "storry"', '"storry" is not a kind of post; did you mean "story"?'),
        ("kind = 1", '"kind" must be a text in quotes, such as "…".'),
        (
            'action = "tell"',
            '"tell" is not an action; known here: join-council, resources, share, tell-your-story.',
        ),
        ('grace = "soon"', '"soon" is not a span of time'),
        ('grace = "0s"', "With a grace of nothing, this post could not go out"),
        ('facts = "a"', '"facts" must be a list'),
        ("facts = [1]", '"facts" must be a list of texts'),
        ('chanels = ["a"]', '"chanels" is not a known key; did you mean "channels"?'),
        ('example = "yes"', '"example" must be true or false.'),
        ('link.de = "x"', '"link.de" is not a known key; known here: en, fr, not_on, to.'),
        (
            'link = "resorces"',
            '"resorces" is no place that a link can lead to; did you mean "resources"?',
        ),
        ('link.to = "home"', '"home" is no place that a link can lead to; known here: '),
        ('link.not_on = "twitter"', '"link.not_on" must be a list'),
        ("media = [1]", '"media" must be tables, each under [[media]].'),
        ("consent = 1", '"consent" must be a table of keys.'),
        ("consent = { given_on = 2027-01-01 }", '"consent.storyteller" is missing: add it.'),
        (
            'consent = { storyteller = "S", given_on = 2027-01-01T09:00:00 }',
            '"consent.given_on" has a time of day',
        ),
        ('consent = { storyteller = "S", name = "x" }', '"consent.name" is not a known key'),
        (
            'media = [{ file = "a.jpg", atl = "x" }]',
            '"media.atl" is not a known key; did you mean "alt"?',
        ),
        ("media = [{}]", '"media.file" is missing: add it.'),
        ("en = 1", '"en" must be a table of keys.'),
        ('en = { medium = "x" }', '"en.medium" is not a known key; known here: long, short.'),
        ("en = { short = 1 }", '"en.short" must be a text'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    post, findings = read(tmp_path, f'when = "next-slot"\n{line}\n')
    assert post is None
    assert len(findings) == 1
    assert findings[0].startswith("one.toml:2: error: ")
    assert sentence in findings[0]


@pytest.mark.parametrize(
    "when",
    ["", " ", "tomorrow", "2027-10-13", "mbc-day", "next-slot 09:00", "2027-02-30 09:00"],
)
def test_a_post_that_says_no_time_is_refused(tmp_path: Path, when: str) -> None:
    post, findings = read(tmp_path, f'\nwhen = "{when}"\n')
    assert post is None
    assert len(findings) == 1
    assert findings[0].startswith("one.toml:2: error: ")


def test_a_post_without_when_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "")[1] == ['one.toml:1: error: "when" is missing: add it.']


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    _, findings = read(tmp_path, 'when = "x"\nkind = "x"\ngrace = "x"\nfacts = 1\nx = 1\n')
    assert len(findings) == 5


VALUES = st.recursive(
    st.sampled_from(
        ["1", "true", '"x"', '"next-slot"', "2027-01-01", "[]", "{}", "1.5", "09:00:00"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["en", "fr", "short", "file", "alt"]), inner, max_size=2
        ).map(
            lambda items: (
                "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"
            )
        ),
    ),
    max_leaves=5,
)
SINGLE = (
    "kind",
    "template",
    "channels",
    "when",
    "grace",
    "facts",
    "action",
    "day",
    "example",
    "other",
)
KEYS = st.sampled_from((*SINGLE, "link", "consent", "media", "en", "fr"))


@given(st.dictionaries(KEYS, VALUES))
def test_a_post_of_any_shape_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, keys: dict[str, str]
) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in keys.items())
    try:
        post, findings = read(tmp_path_factory.getbasetemp(), text)
    except UnreadableFile:
        return
    assert (post is None) == bool(findings)
