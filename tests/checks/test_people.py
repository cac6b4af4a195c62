"""A story stops where somebody else is named or its words sound like despair; another post where somebody can be reached."""

import pytest

from campaign.checks.words.people import check_people
from campaign.content.post import Kind
from campaign.core.finding import Level
from tests.wording import codes, reading


def told(
    text: str, language: str = "en", kind: Kind = Kind.AWARENESS, **more: object
) -> list[str]:
    return codes(check_people(reading(text, language, kind=kind, **more)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("“My husband Marc cooks.”", "person-named"),
        ("“The nurses at Sunnybrook are kind.”", "hospital-named"),
        ("“I live in Toronto.”", "town-named"),
        ("“My neighbour has HIV.”", "health-of-others"),
        ("“Some nights I want it all to end.”", "distress"),
    ],
)
def test_a_story_stops_where_it_tells_of_others_and_where_its_words_sound_like_despair(
    text: str, code: str
) -> None:
    [finding] = check_people(reading(text, kind=Kind.STORY))
    assert (finding.code, finding.level) == (code, Level.ERROR)
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dr. Jane Smith explains it.", "person-named"),
        ("Call me at 416-555-0199.", "telephone-told"),
        ("Write to anne.gagnon@hotmail.com.", "mail-told"),
        ("My address is 12 Maple Street.", "address-told"),
        ("The card 4111 1111 1111 1111.", "card-number"),
    ],
)
def test_any_post_stops_where_somebody_is_reached_or_a_doctor_is_named(
    text: str, code: str
) -> None:
    for kind in (Kind.AWARENESS, Kind.ACTION, Kind.STORY):
        assert told(text, kind=kind) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Call our office at 613-555-0142 to register.",
        "Join us at 22 King Street.",
        "Call 1-888-939-3333, 9-8-8 or 9-1-1. Write to info@survivornet.ca.",
        "Your nurse can explain it. Doctors Without Borders.",
    ],
)
def test_what_an_organization_publishes_is_well(text: str) -> None:
    assert told(text) == []


def test_the_same_words_are_told_once_and_those_of_a_cited_fact_never() -> None:
    assert told("Dr. Roy says. Dr. Roy knows.") == ["person-named"]
    claim = "Dr. Roy says so."
    assert told(claim, claims=(claim,)) == []


def test_a_storyteller_who_introduces_themselves_is_not_somebody_else() -> None:
    assert told("“My name is Anne. I like my garden.”", kind=Kind.STORY) == []
    assert told("«\u00a0Je m’appelle Léa.\u00a0»", "fr", Kind.STORY) == []
