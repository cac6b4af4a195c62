"""What a text tells of its person and is used for, wherever readers get it. `tests/delivery/test_gate.py` has the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.consent.rule import Change, Detail, Edits, goes_beyond
from campaign.consent.told import use_of


@given(st.text(max_size=12), st.text(max_size=12))
def test_an_answer_that_nobody_knows_allows_nothing(edits: str, change: str) -> None:
    if edits not in set(Edits) or change not in set(Change):
        assert goes_beyond(edits, change)


@pytest.mark.parametrize(
    ("language", "text", "detail"),
    [
        ("en", "I was told stage IV.", Detail.STAGE),
        ("fr", "On m’a dit : stade IV.", Detail.STAGE),
        ("en", "My daughter reads to me.", Detail.FAMILY),
        ("fr", "Ma fille me lit des livres.", Detail.FAMILY),
        ("en", "Chemotherapy was long.", Detail.TREATMENT),
        ("fr", "La chimiothérapie a été longue.", Detail.TREATMENT),
    ],
)
def test_a_detail_is_found_wherever_readers_get_it(
    language: str, text: str, detail: Detail
) -> None:
    picture = f'[{{"file": "a.jpg", "sha256": "", "alt": "{text}"}}]'
    assert detail in use_of(text, "", language).details
    assert detail in use_of("A garden.", picture, language).details
    assert use_of("A garden.", "", language).details == ()


@pytest.mark.parametrize(
    ("language", "text", "asks"),
    [
        ("en", "Please donate today.", True),
        ("en", "I want you to give to research.", True),
        ("en", "Read more: https://example.org/donate", True),
        ("en", "They give me time.", False),
        ("en", "Chip in $5 today.", True),
        ("en", "My friends chip in when I am tired.", False),
        ("en", "#DonateToday", True),
        ("en", "#PleaseGive", True),
        ("en", "Please\ngive.", True),
        ("en", "Faites un don : https://example.org", True),
        ("en", "Merci à nos donateurs.", True),
        ("fr", "Donate at https://example.org", True),
        ("fr", "We need your donation.", True),
        ("fr", "Soutenez-nous!", True),
        ("fr", "Aidez-nous à financer la recherche.", True),
        ("fr", "#donnons", True),
        ("fr", "#JeDonne", True),
        ("fr", "Nous nous donnons du courage.", False),
        ("en", "What you do/don’t know.", False),
        ("fr", "#FaitesUnDon", True),
        ("fr", "Mon mari me soutient et m’a donné du temps.", False),
        ("fr", "Faites un don à la recherche.", True),
        ("fr", "Merci à nos donateurs.", True),
        ("fr", "Elle a un don pour la musique.", False),
    ],
)
def test_a_story_that_asks_for_donations_is_used_for_that(
    language: str, text: str, asks: bool
) -> None:
    used = use_of(text, "", language).purposes("awareness")
    assert used == (("awareness", "fundraising") if asks else ("awareness",))
