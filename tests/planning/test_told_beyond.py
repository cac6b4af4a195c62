"""What a story tells beyond what its person allowed: found in both languages, and quiet where it was allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.details import details_told
from campaign.config import Channel, Config
from campaign.planning.known import known_now
from campaign.planning.people import told_beyond
from campaign.stories.consent import Detail
from tests.deliveries import NOON, consent, person, post
from tests.folders import make_folder


@pytest.mark.parametrize(
    ("text", "language", "details"),
    [
        ("I was 42 years old when I heard the words.", "en", {"age"}),
        (
            "My daughters came with me to the Jewish General Hospital.",
            "en",
            {"family", "hospital"},
        ),
        (
            "It was stage IV from the start, and chemo began at once.",
            "en",
            {"stage", "treatment"},
        ),
        ("My boss gave me time.", "en", {"work"}),
        ("Ask me how I am, and wait for the answer.", "en", set()),
        ("On any stage of life, people listen.", "en", set()),
        ("J’avais peur. À 42 ans, on ne s’y attend pas.", "fr", {"age"}),
        ("Mes filles sont venues au CHUM.", "fr", {"family", "hospital"}),
        (
            "Le cancer était de stade IV, et la chimio a commencé.",
            "fr",
            {"diagnosis", "stage", "treatment"},
        ),
        ("Je travaille chez un fleuriste.", "fr", {"work"}),
        ("Demandez-moi comment je vais.", "fr", set()),
    ],
)
def test_private_details_are_found(text, language, details):
    assert {one.detail for one in details_told(text, language)} == details


@given(st.text(), st.sampled_from(["en", "fr", "de"]))
def test_any_text_is_read(text, language):
    for one in details_told(text, language):
        assert one.words in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allowed", "told"), [((), ["private-detail"]), ((Detail.HOSPITAL,), [])]
)
def test_whoever_writes_a_story_is_told_what_its_person_has_not_allowed(
    tmp_path, allowed, told
):
    consent(person(), details=allowed)
    folder = make_folder(tmp_path)
    folder.template("{{ text }}", "story")
    head = 'kind = "story"\nwhen = "2027-10-18 09:00"\n[consent]\nstoryteller = "S-0001"\n'
    folder.post(
        head=head,
        en="“At the hospital I learned to ask.”",
        fr="« À l’hôpital, j’ai appris à demander. »",
    )
    config = Config(channels={"x-en": Channel("x-en", "twitter", "en")})
    found = list(told_beyond(folder.plan(NOON, config).planned))
    assert [finding.code for finding in found] == told
    assert all("S-0001 has not agreed" in finding.message for finding in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allowed", "stops"),
    [
        ((), {"hospital-named", "town-named"}),
        ((Detail.HOSPITAL,), {"town-named"}),
        ((Detail.HOSPITAL, Detail.CITY), set()),
    ],
)
def test_a_place_that_its_person_allows_does_not_stop_a_story(tmp_path, allowed, stops):
    who = person()
    consent(who, details=allowed)
    of = post("story-1", kind="story", storyteller=who.reference)
    folder = make_folder(tmp_path)
    folder.template("{{ text }}", "story")
    head = f'kind = "story"\nwhen = "2027-10-18 09:00"\n[consent]\nstoryteller = "{who.reference}"\n'
    folder.post(of.name, head, "I am treated at Sunnybrook, in Toronto.", "On me soigne bien.")
    config = Config(channels={"x-en": Channel("x-en", "twitter", "en")})
    known = known_now(NOON, [of.key])
    told = folder.plan(NOON, config, known).findings
    assert {finding.code for finding in told} & {"hospital-named", "town-named"} == stops
