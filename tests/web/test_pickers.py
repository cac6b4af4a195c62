"""Hashtags and emoji are offered beside each text; shortcuts are listed on every page, in the reader's language."""

import re

import pytest

from campaign.checks.words.accessibility import emoji
from campaign.content.post import LANGUAGES
from campaign.listings.writing.hashtags import LATEST, used_lately
from campaign.models import Delivery
from campaign.web.posts.pickers import EMOJI, hashtags
from tests.deliveries import delivery
from tests.pages import Visitor
from tests.posts_in_web import begun
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
EVERY = [each for group in EMOJI for each in group.emoji]


def said_by(**texts: str) -> None:
    """Deliveries with these texts, by their languages."""
    for language, text in texts.items():
        row = delivery(f"p{Delivery.objects.count()}")
        Delivery.objects.filter(pk=row.pk).update(language=language, text=text)


def test_the_campaigns_hashtags_come_first_then_those_used_lately_in_that_language(staff):
    said_by(en="Hello #Hope and #mbc, #1", fr="Bonjour #Espoir")
    page = staff.get(f"/posts/{begun(staff).pk}/")
    offered = {
        language: [tag["data-put"] for tag in page.all(f"[data-into={language}-short]")]
        for language in LANGUAGES
    }
    assert "#Hope" in offered["en"]
    assert "#Hope" not in offered["fr"]
    assert offered["fr"][-1] == "#Espoir"
    assert len({tag.casefold() for tag in offered["en"]}) == len(offered["en"])
    assert "#1" not in offered["en"]


def test_a_campaign_without_hashtags_offers_those_used_lately():
    said_by(en="#Hope #Hope", fr="#Espoir")
    said_by(en="#Care #Hope")
    assert hashtags(None) == {"en": ["#Hope", "#Care"], "fr": ["#Espoir"]}


def test_only_the_latest_are_asked_for(django_assert_num_queries):
    said_by(en="#Old", fr="#Ancien")
    with django_assert_num_queries(1):
        assert used_lately()["en"]
    assert LATEST < 1000


def test_each_emoji_is_one_sign_with_a_name_of_its_own(staff):
    assert all(emoji(each.sign) == [each.sign] for each in EVERY)
    assert len({each.sign for each in EVERY}) == len(EVERY)
    assert len({str(each.name) for each in EVERY}) == len(EVERY)
    page = staff.french().get(f"/posts/{begun(staff).pk}/")
    named = {button["data-sign"]: button["title"] for button in page.all("[data-sign]")}
    assert named["🎗️"] == "ruban"
    assert len(named) == len(EVERY)


def test_every_control_beside_a_text_says_which_text_it_is_for(staff):
    page = staff.get(f"/posts/{begun(staff).pk}/")
    names = [button.text for button in page.all("[data-emoji]")]
    assert len(set(names)) == len(names) == 4


def test_shortcuts_lead_where_each_may_go(
    staff: Visitor, volunteer: Visitor, stranger: Visitor
):
    keys = {each["data-key"]: each["href"] for each in staff.get("/").all("[data-key]")}
    assert keys["n"] == "/posts/new/"
    assert (keys["g q"], keys["g c"]) == ("/queue/", "/calendar/")
    theirs = {each["data-key"]: each["href"] for each in volunteer.get("/").all("[data-key]")}
    assert theirs == {"n": "/contributions/new/", "g t": "/", "g m": "/contributions/"}
    assert stranger.get("/sign-in/").all("[data-key]") == []
    for address in theirs.values():
        assert volunteer.get(address).status == 200


def test_shortcuts_are_in_french_and_each_key_is_there_once(staff):
    page = staff.french().get("/")
    assert "Raccourcis clavier" in page.text
    letters = re.findall(
        r"g [a-z]", " ".join(each["data-key"] for each in page.all("[data-key]"))
    )
    assert len(letters) == len(set(letters)) >= 8
