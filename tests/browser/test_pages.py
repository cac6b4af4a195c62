"""Every page: for readers of all kinds, in both languages, by day and by night, on a desk and in a hand."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, no_violations
from tests.stage import minutes_ago

PAGES = {
    "maria": (
        *("/", "/posts/", "/posts/new/", "/posts/1/", "/posts/1/history/", "/approve/", "/approve/2/", "/queue/"),
        *("/queue/1/", "/queue/decide/", "/calendar/", "/calendar/?view=week", "/calendar/?view=list", "/log/"),
        *("/campaigns/", "/campaigns/know/", "/pauses/", "/account/", "/no-such-page/", "/people/"),
    ),
    "ana": ("/", "/channels/", "/channels/x-en/", "/people/", "/people/1/", "/settings/", "/log/", "/log/attempts/1/"),
    "vera": ("/", "/contributions/", "/contributions/new/", "/account/"),
}
LOOKS = ({}, {"phone": True, "french": True}, {"dark": True, "french": True}, {"phone": True, "dark": True})


@pytest.fixture
def lived_in(site: Site) -> Site:
    """Posts out, queued and waiting, and one in trouble."""
    site.machine.post("out", minutes_ago(1))
    site.machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    site.machine.post("waits", 'when = "2027-10-13 09:00"', en="Waiting words.", fr="Des mots qui attendent.")
    site.machine.post("late", 'when = "2027-10-14 09:00"', en="Later words.", fr="Des mots pour plus tard.")
    site.machine.runs(["load", "--by", "vera"])
    return site


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look) or "desk")
def test_nothing_on_any_page_keeps_anybody_out(lived_in: Site, look: dict[str, bool]) -> None:
    for name, pages in PAGES.items():
        page = lived_in.person(name, **look)
        for address in pages:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status < 500, address
            no_violations(page)
            if look.get("french"):
                _is_french(page, address)
        page.close()
    expected = ("403", "404")  # the browser tells of these pages, which are asked for on purpose
    lived_in.complaints[:] = [said for said in lived_in.complaints if not any(code in said for code in expected)]


def _is_french(page: Page, address: str) -> None:
    assert page.locator("html").get_attribute("lang") == "fr", address
    english = ("Sign out", "Save", "Today", "Search", "Waiting for approval", "Publish log", "Choose", "Nothing ")
    shown = page.locator("main").inner_text()
    assert not [word for word in english if word in shown], address


@pytest.mark.parametrize("look", LOOKS[:2], ids=lambda look: "-".join(look) or "desk")
def test_a_stranger_reads_the_pages_for_signing_in(site: Site, look: dict[str, bool]) -> None:
    page = site.visitor(**look)
    for address in ("/sign-in/", "/sign-in/forgotten/", "/invitations/no-such-key/"):
        page.goto(address)
        no_violations(page)
    site.complaints[:] = [said for said in site.complaints if "404" not in said and "410" not in said]


def test_every_page_can_be_walked_by_the_keyboard(lived_in: Site) -> None:
    page = lived_in.person("maria")
    for address in ("/", "/queue/", "/calendar/", "/posts/1/"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        seen = set()
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):  # through, and back at the beginning
                break
            seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        assert len(seen) > 12, address
