"""What is wrong with a post is told before a word of it is rendered."""

from datetime import date
from pathlib import Path

import pytest

from campaign.checks.posts import check_fact, check_post, fact_expires
from campaign.core.finding import Finding, Place
from tests.folders import FACT, STARTER_CHANNELS, Folder, make_folder

TODAY = date(2027, 9, 1)
PLACE = Place("posts/know/one.toml", 4)
STORY = 'kind = "story"\ntemplate = "fact"\nwhen = "next-slot"\n'
CONSENT = '[consent]\nstoryteller = "S-0001"\ngiven_on = 2027-01-01\nuntil = 2028-01-01\nchannels = ["twitter-en"]'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def findings(folder: Folder, key: str = "know/one") -> list[Finding]:
    post, library = folder.read(key)
    return check_post(post, library, STARTER_CHANNELS, TODAY)


def of_head(folder: Folder, head: str) -> list[tuple[str, str, int | None]]:
    folder.post(head=f'when = "next-slot"\n{head}')
    return [
        (finding.code, str(finding.level), finding.place.line) for finding in findings(folder)
    ]


def test_a_good_post_has_no_findings(folder: Folder) -> None:
    assert (
        of_head(folder, 'channels = ["twitter-en"]\nfacts = ["spread"]\nday = "mbc-day"') == []
    )


@pytest.mark.parametrize(
    ("head", "code", "sentence"),
    [
        ('channels = ["twiter-en"]', "unknown-channel", 'did you mean "twitter-en"?'),
        (
            'template = "fcat"',
            "unknown-template",
            '"fcat" is not a template; did you mean "fact"?',
        ),
        ('template = "../fact"', "unknown-template", '"../fact" is not a template'),
        ('day = "mcb-day"', "unknown-day", 'did you mean "mbc-day"?'),
        (
            'facts = ["spred"]',
            "unknown-fact",
            '"spred" is not a fact of facts.toml; did you mean "spread"?',
        ),
    ],
)
def test_an_unknown_name_is_told_with_its_line_and_the_nearest_one(
    folder: Folder, head: str, code: str, sentence: str
) -> None:
    folder.post(head=f'when = "next-slot"\n{head}')
    [finding] = findings(folder)
    assert (finding.code, str(finding.level), str(finding.place)) == (
        code,
        "error",
        "posts/know/one.toml:2",
    )
    assert sentence in finding.message


def test_a_post_of_a_broken_campaign_waits(folder: Folder) -> None:
    folder.post()
    folder.write("posts/know/campaign.toml", "utm = 1\n")
    [finding] = findings(folder)
    assert finding.code == "broken-campaign"
    assert "posts/know/campaign.toml" in finding.message


@pytest.mark.parametrize(("missing", "kept"), [("en", "fr"), ("fr", "en")])
def test_a_language_that_is_missing_is_told(folder: Folder, missing: str, kept: str) -> None:
    folder.write("posts/know/one.toml", f'when = "next-slot"\n[{kept}]\nshort = "x"\n')
    [finding] = findings(folder)
    assert (finding.code, str(finding.level)) == ("missing-language", "error")
    assert f"no text under [{missing}]" in finding.message


def test_a_misspelt_name_is_told_in_every_text_and_branch(folder: Folder) -> None:
    folder.post(
        en="Hello\n{% if language == 'fr' %}{{ hashtag }}{% endif %}", fr="{{ dya.name }}"
    )
    told = [(finding.code, finding.place.line) for finding in findings(folder)]
    assert told == [("template", 4), ("template", 6)]
    assert 'did you mean "hashtags"?' in findings(folder)[0].message
    assert 'did you mean "day"?' in findings(folder)[1].message


def test_a_post_may_not_ask_for_its_own_text(folder: Folder) -> None:
    folder.post(en="{{ text }}")
    assert [finding.code for finding in findings(folder)] == ["template"]


def test_a_picture_needs_its_words_in_both_languages_and_its_file(folder: Folder) -> None:
    folder.write("posts/know/a.jpg", "picture")
    media = '[[media]]\nfile = "a.jpg"\nalt.en = "A garden."\nalt.fr = " "\n[[media]]\nfile = "b.jpg"'
    told = of_head(folder, media)
    assert told == [
        ("missing-alt", "error", 2),
        ("picture-type", "error", 2),
        ("missing-alt", "error", 6),
        ("missing-alt", "error", 6),
        ("no-picture", "error", 6),
    ]


@pytest.mark.parametrize("name", ["x" * 300 + ".jpg", "a\\u0000b.jpg", "../know", "."])
def test_a_picture_that_cannot_be_one_is_told(folder: Folder, name: str) -> None:
    told = of_head(folder, f'[[media]]\nfile = "{name}"\nalt = "A garden."')
    assert told == [("no-picture", "error", 2)]


def test_a_story_without_consent_is_told(folder: Folder) -> None:
    assert of_head(folder, 'kind = "story"\ntemplate = "fact"') == [
        ("no-consent", "warning", 2)
    ]


@pytest.mark.parametrize(
    "gone", ["given_on = 2027-01-01\n", "until = 2028-01-01\n", '\nchannels = ["twitter-en"]']
)
def test_a_story_needs_its_storytellers_reference_alone_the_rest_narrows_the_record(
    folder: Folder, gone: str
) -> None:
    folder.post(head=STORY + CONSENT.replace(gone, ""))
    assert findings(folder) == []


def test_a_storyteller_is_named_by_reference_alone(folder: Folder) -> None:
    folder.post(head=STORY + CONSENT.replace("S-0001", "Zoé Ferragamo"))
    [finding] = findings(folder)
    assert (finding.code, finding.place.line) == ("no-consent", 5)
    assert "Ferragamo" not in finding.message


def test_a_story_with_consent_and_an_example_are_well(folder: Folder) -> None:
    folder.post(head=STORY + CONSENT)
    assert findings(folder) == []
    folder.post(head=STORY + "example = true")
    assert findings(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("until = 2028-01-01", "until = 2026-12-31", "consent-dates", 7),
        ('["twitter-en"]', '["twitter"]', "unknown-channel", 8),
    ],
)
def test_a_consent_that_cannot_hold_is_told(
    folder: Folder, old: str, new: str, code: str, line: int
) -> None:
    folder.post(head=STORY + CONSENT.replace(old, new))
    assert [
        (finding.code, str(finding.level), finding.place.line) for finding in findings(folder)
    ] == [(code, "error", line)]


@pytest.mark.parametrize(
    ("old", "new", "code", "level"),
    [
        ('"ok"', '"caution"\nnote = "Read it."', "fact-caution", "warning"),
        ('"ok"', '"do_not_use"\nnote = "It is wrong."', "fact-do-not-use", "error"),
        ("2030-01-01", "2027-08-31", "fact-overdue", "error"),
    ],
)
def test_a_fact_that_is_not_simply_well_is_told(
    folder: Folder, old: str, new: str, code: str, level: str
) -> None:
    folder.write("posts/facts.toml", FACT.replace(old, new))
    assert of_head(folder, 'facts = ["spread"]') == [(code, level, 2)]


def test_what_a_fact_asks_for_is_said(folder: Folder) -> None:
    folder.write("posts/facts.toml", FACT.replace('"ok"', '"caution"\nnote = "Read it."'))
    folder.post()
    [finding] = check_fact("spread", PLACE, folder.library(), TODAY)
    assert (
        str(finding)
        == 'posts/know/one.toml:4: warning: The fact "spread" asks for care: Read it.'
    )
    [finding] = check_fact("spread", PLACE, folder.library(), date(2030, 1, 2))
    assert (
        "check Canadian Network (https://example.org/spread) and set a new review_by"
        in finding.message
    )


@pytest.mark.parametrize(
    ("review_by", "due", "told"),
    [
        ("2027-09-01", date(2027, 9, 1), False),
        ("2027-09-01", date(2027, 9, 2), True),
        ("2027-10-13", date(2027, 10, 13), False),
        ("2027-10-12", date(2027, 10, 13), True),
        ("2027-08-31", date(2027, 10, 13), False),
    ],
)
def test_a_fact_whose_review_comes_before_the_post_is_told(
    folder: Folder, review_by: str, due: date, told: bool
) -> None:
    folder.write("posts/facts.toml", FACT.replace("2030-01-01", review_by))
    found = [
        finding.code for finding in fact_expires("spread", PLACE, folder.library(), TODAY, due)
    ]
    assert found == (["fact-expires"] if told else [])


def test_an_unknown_fact_or_one_that_must_not_be_used_is_not_told_twice(folder: Folder) -> None:
    folder.write(
        "posts/facts.toml", FACT.replace('"ok"', '"do_not_use"').replace("2030", "2028")
    )
    library = folder.library()
    assert not list(fact_expires("spread", PLACE, library, TODAY, date(2029, 1, 1)))
    assert not list(fact_expires("unknown", PLACE, library, TODAY, date(2029, 1, 1)))
