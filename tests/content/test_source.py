"""The form of a post and the text of a post file say the same."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.authoring.drafts import from_json, to_json
from campaign.content.fields import ConsentFields, Fields, PictureFields, normal
from campaign.content.library import read_library
from campaign.content.source import field_of, fields_in, fields_of, read_source, write_source
from campaign.core.finding import Place, error
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen

FOLDER = Path("pictures")
SHOWN = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from(
    list("\n\t\"'\\{}#=[]")
)
TEXTS = st.text(SHOWN, max_size=80)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
DATES = st.dates().map(
    lambda day: f"20{day.year % 100:02}-{day:%m-%d}" if (day.month, day.day) != (2, 29) else ""
)


def by_language(texts):
    return st.fixed_dictionaries({}, optional={"en": texts, "fr": texts})


def tuples(of):
    return st.lists(of, max_size=3).map(tuple)


CODES = st.sampled_from(["kind-words", "jargon", "emoji-many"])
REASONS = LINES.map(str.strip).filter(is_seen)
CONSENTS = st.builds(ConsentFields, st.just("S-1"), DATES, DATES, tuples(LINES))
FORMS = st.builds(
    Fields,
    kind=st.sampled_from(["awareness", "story", "action"]),
    template=LINES,
    channels=tuples(LINES),
    when=st.sampled_from(["2027-10-13 09:00", "mbc-day -3d 12:00", "next-slot"]),
    grace=st.sampled_from(["", "6h", "1d2h", "45m", "90s"]),
    facts=tuples(LINES),
    action=st.sampled_from(["", "share"]),
    day=LINES,
    links=by_language(LINES),
    link_to=st.sampled_from(["", "none", "resources"]),
    not_on=st.sampled_from([(), ("twitter",)]),
    hashtags=st.booleans(),
    numbered=st.booleans(),
    help=st.booleans(),
    example=st.booleans(),
    consent=st.none() | CONSENTS,
    pictures=tuples(st.builds(PictureFields, st.just("a.jpg"), by_language(TEXTS))),
    texts=by_language(st.fixed_dictionaries({}, optional={"short": TEXTS, "long": TEXTS})),
    accepted=st.dictionaries(CODES, REASONS, max_size=2),
)
POST = Fields(
    channels=("x-en",),
    facts=("spread",),
    links={"fr": "https://e.ca/"},
    consent=ConsentFields("S-1", "2027-01-01", "2028-01-01", ("x-en",)),
    pictures=(PictureFields("a.jpg", {"en": "A", "fr": "B"}),),
    texts={"en": {"short": 'He said "hi"', "long": "One.\n\nTwo."}, "fr": {"short": "Bonjour"}},
)


def read(fields, folder=FOLDER):
    return read_source(write_source(fields), "mbc", "a", folder)


@given(FORMS)
def test_what_is_written_is_read_again(fields):
    found = read(fields)
    assert found.findings == ()
    assert fields_of(found.post).grace in (fields.grace, "1m30s")
    wanted = write_source(normal(fields)).replace('"90s"', '"1m30s"')
    assert write_source(fields_of(found.post)) == wanted


@given(TEXTS)
@example("\xad")
def test_any_text_comes_through_as_it_was_typed(text):
    """What nobody can see is no text: the composer says that one is missing."""
    kept = fields_of(read(Fields(texts={"en": {"short": text}})).post)
    assert kept.text("en", "short") == (text.strip() if is_seen(text) else "")


@given(FORMS)
def test_a_draft_keeps_what_stands_in_the_form_to_the_letter(fields):
    assert from_json(to_json(fields)) == fields


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"kind": "a"}', "{"])
def test_what_is_no_draft_is_refused(text):
    with pytest.raises(ValueError):
        from_json(text)


def test_it_reads_like_a_file_that_a_person_wrote():
    assert write_source(POST).splitlines() == [
        "# Written in the web: change it there.",
        'kind = "awareness"',
        'template = "fact"',
        "channels = [",
        '    "x-en",',
        "]",
        'when = "next-slot"',
        "facts = [",
        '    "spread",',
        "]",
        "media = [",
        '    { file = "a.jpg", alt = { en = "A", fr = "B" } },',
        "]",
        "",
        "[link]",
        'fr = "https://e.ca/"',
        "",
        "[consent]",
        'storyteller = "S-1"',
        "given_on = 2027-01-01",
        "until = 2028-01-01",
        "channels = [",
        '    "x-en",',
        "]",
        "",
        "[en]",
        r'short = "He said \"hi\""',
        'long = """',
        "One.",
        "",
        'Two."""',
        "",
        "[fr]",
        'short = "Bonjour"',
    ]


def test_line_ends_of_a_browser_are_line_ends():
    kept = fields_of(read(Fields(texts={"en": {"long": "a\r\nb\rc"}})).post)
    assert kept.text("en", "long") == "a\nb\nc"


def test_half_a_character_shows_that_a_sign_was_lost():
    post = read(Fields(texts={"en": {"short": "a\ud83d b"}})).post
    assert fields_of(post).text("en", "short") == "a\ufffd b"


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\r", "\r\n", "\u2028", "\u2029"])
def test_what_programs_write_for_a_lines_end_is_one(sign):
    kept = fields_of(read(Fields(texts={"en": {"long": f"a{sign}b"}})).post)
    assert kept.text("en", "long") == "a\nb"


def test_a_date_that_is_none_is_told_beside_its_field():
    found = read(Fields(consent=ConsentFields("S-1", "2027-02-30", "soon")))
    assert [field_of(one, "mbc/a") for one in found.findings] == [
        "consent.given_on",
        "consent.until",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"when": "tomorrow"}, "when"),
        ({"when": ""}, "when"),
        ({"grace": "long"}, "grace"),
        ({"action": "dance"}, "action"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(wrong, field):
    found = read(Fields(**wrong))
    assert found.post is None
    assert [field_of(one, "mbc/a") for one in found.findings] == [field]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ((), ""),
        (("kind",), "kind"),
        (("facts", 0), "facts"),
        (("consent", "channels", 1), "consent.channels"),
        (("link", "fr"), "link.fr"),
        (("consent",), "consent"),
        (("consent", "until"), "consent.until"),
        (("media",), "pictures"),
        (("media", 0), "pictures.0"),
        (("media", 0, "alt", "fr"), "pictures.0.alt.fr"),
        (("en", "long"), "en.long"),
        (("fr",), "fr.short"),
    ],
)
def test_a_key_of_the_file_has_its_field_in_the_form(path, field):
    finding = error("broken", Sentence("It is broken."), Place("mbc/a", 3, path))
    assert field_of(finding, "mbc/a") == field
    assert field_of(finding, "mbc/another") == ""


def test_every_place_of_a_post_knows_its_key():
    post = read(POST).post
    assert post is not None
    assert post.place("facts").path == ("facts",)
    assert post.place("no such key").path == ("no such key",)
    assert post.texts["en"]["long"].place.after(2).path == ("en", "long")
    assert [picture.alt_place("fr").path for picture in post.pictures] == [
        ("media", 0, "alt", "fr")
    ]


def test_every_post_of_the_starter_campaign_is_kept_as_it_is():
    library = read_library(Path("posts"), Path("templates"))
    for post in library.posts.values():
        found = read_source(write_source(fields_of(post)), post.campaign, post.name, FOLDER)
        assert found.findings == ()
        assert found.post is not None
        same = (
            "kind",
            "template",
            "channels",
            "when",
            "grace",
            "facts",
            "action",
            "day",
            "link",
            "consent",
        )
        assert [getattr(found.post, name) for name in same] == [
            getattr(post, name) for name in same
        ]
        for language, texts in post.texts.items():
            assert {form: text.source.strip() for form, text in texts.items()} == {
                form: text.source.strip() for form, text in found.post.texts[language].items()
            }


def test_a_grace_is_written_as_people_write_spans():
    found = read(Fields(grace="26h"))
    assert found.post is not None
    assert found.post.grace == timedelta(hours=26)
    assert fields_of(found.post).grace == "1d2h"


def test_a_reference_that_the_database_could_not_hold_is_refused_beside_its_field():
    found = read(Fields(consent=ConsentFields("S" * 101, "2027-01-01", "2028-01-01")))
    assert found.post is None
    assert [field_of(one, "mbc/a") for one in found.findings] == ["consent.storyteller"]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('link = "resources"', Fields(link_to="resources")),
        ('link = "https://e.ca"', Fields(links={"en": "https://e.ca", "fr": "https://e.ca"})),
        (
            'link = { fr = "https://e.ca", to = "none", not_on = ["twitter"] }',
            Fields(links={"fr": "https://e.ca"}, link_to="none", not_on=("twitter",)),
        ),
    ],
)
def test_the_form_of_a_half_written_post_shows_where_its_link_leads(line, fields):
    shown = fields_in(f'{line}\nwhen = "2027-1')
    assert shown is None  # no TOML yet
    shown = fields_in(f'{line}\nwhen = "2027"')
    wanted = ("links", "link_to", "not_on")
    assert [getattr(shown, name) for name in wanted] == [
        getattr(fields, name) for name in wanted
    ]
