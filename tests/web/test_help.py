"""Help is shown to whoever tells a story: on every page that is theirs, in their language, one press away."""

from dataclasses import replace
from typing import Any

import pytest

from campaign.config.helplines import Help
from tests.deliveries import person
from tests.pages import Page, Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import link_for, stories, tells  # noqa: F401 - fixtures too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


def links(page: Page) -> list[str]:
    """What a press on the help calls or writes to."""
    hrefs = (link.get("href") for link in page.all("a"))
    return [href for href in hrefs if href.startswith(("tel:", "sms:"))]


@pytest.mark.parametrize("path", ["", "welcome/"])
def test_the_pages_of_a_person_show_whom_they_can_turn_to(stranger: Visitor, path: str) -> None:
    page = stranger.get(f"{link_for(person())}{path}")
    assert links(page)[:3] == ["tel:988", "sms:988", "tel:911"]
    assert "Call 1-888-939-3333" in page.text
    assert "If it is hard right now" in page.text


def test_the_page_of_thanks_shows_it_too(stranger: Visitor) -> None:
    assert "tel:988" in links(stranger.get("/tell/thanks/"))


def test_it_stands_on_the_page_on_which_a_story_is_told(stranger: Visitor) -> None:
    assert "tel:988" in links(stranger.get("/tell/"))


def test_in_french_it_is_the_french_list(stranger: Visitor) -> None:
    page = stranger.french().get("/tell/thanks/")
    assert links(page)[0] == "tel:18662773553"
    assert "Appeler le 9-8-8" in page.text
    assert "Emergency" not in page.text


def test_what_is_written_in_the_settings_is_shown_and_is_no_markup(
    stranger: Visitor, settings: Any
) -> None:
    line = Help("en", "<b>Ann</b>", call="116 123", hours="<i>always</i>")
    settings.CONFIG = replace(settings.CONFIG, help=(line,))
    page = stranger.get("/tell/thanks/")
    assert links(page) == ["tel:116123"]
    assert "<b>Ann</b>" in page.text
    assert not page.all("b")
