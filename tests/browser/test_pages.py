"""Every page: for readers of all kinds, in both languages, by day and by night, on a desk and in a hand."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    Site,
    no_violations,
    nothing_is_cut_off,
    served,
)
from tests.doubles import doubles
from tests.folders import make_folder
from tests.prepared import Prepared
from tests.stage import Machine, in_process, minutes_ago, until

PAGES = {
    "maria": (
        *(
            "/",
            "/posts/",
            "/posts/new/",
            "/posts/1/",
            "/posts/1/history/",
            "/approve/",
            "/approve/2/",
            "/queue/",
        ),
        *(
            "/queue/1/",
            "/queue/decide/",
            "/calendar/",
            "/calendar/?view=week",
            "/calendar/?view=list",
            "/log/",
        ),
        *(
            "/campaigns/",
            "/campaigns/know/",
            "/search/?q=know",
            "/facts/new/?kind=own",
            "/days/new/",
            "/pauses/",
            "/rehearsal/",
            "/facts/",
            "/stories/",
            "/account/",
            "/no-such-page/",
            "/people/",
        ),
    ),
    "ana": (
        "/",
        "/channels/",
        "/channels/x-en/times/",
        "/channels/x-en/",
        "/people/",
        "/people/1/",
        "/settings/",
        "/incidents/",
        "/incidents/new/",
        "/log/",
        "/log/attempts/1/",
        "/log/went-out/?from=2000-01-01&to=2099-12-31",
    ),
    "vera": ("/", "/contributions/", "/contributions/new/", "/account/"),
    "": ("/sign-in/", "/sign-in/forgotten/", "/tell/", "/invitations/no-such-key/"),
}
NOT_FOR_THEM = {
    ("maria", "/no-such-page/"): 404,
    ("maria", "/people/"): 403,
    ("", "/invitations/no-such-key/"): 410,
}
WALK = [(name, address) for name, addresses in PAGES.items() for address in addresses]
NARROWEST, IN_BETWEEN = 320, 1_000
"""A small phone, which is also a window of 1280 pixels at four times the size; and a small laptop, beside the menu."""
LOOKS = {"desk": {}, "phone-in-French": {"phone": True, "french": True}}
ENGLISH = (
    "Sign out",
    "Save",
    "Today",
    "Search",
    "Waiting for approval",
    "Publish log",
    "Choose",
    "Nothing ",
)


@pytest.fixture(scope="module")
def site_lived_in(
    tmp_path_factory: pytest.TempPathFactory, prepared: Prepared, chromium: Browser
) -> Iterator[Site]:
    """Posts out, queued and waiting: one program for all who only look."""
    folder = tmp_path_factory.mktemp("lived-in")
    machine = Machine(
        make_folder(folder),
        lambda arguments: in_process(folder, machine.env, arguments),
        prepared=prepared,
    )
    with doubles() as networks, served(machine, networks, chromium) as site:
        machine.post("out", minutes_ago(1))
        machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
        machine.post(
            "waits",
            'when = "2027-10-13 09:00"',
            en="Waiting words.",
            fr="Des mots qui attendent.",
        )
        machine.post(
            "late",
            'when = "2027-10-14 09:00"',
            en="Later words.",
            fr="Des mots pour plus tard.",
        )
        machine.runs(["load", "--by", "vera"])
        until(lambda: len(networks.ledger.posts) == 3)
        yield site


@pytest.fixture
def lived_in(site_lived_in: Site, socket_enabled: None) -> Iterator[Site]:
    """The same program for every test; what a browser complains about is an error of the test that looks."""
    yield site_lived_in
    site_lived_in.nothing_was_complained_of()


@pytest.fixture(scope="module")
def readers() -> dict[tuple[str, str], Page]:
    """The browser of each person and look, opened once: it keeps what it has fetched, as a person's does."""
    return {}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("name", "address"), WALK, ids=[f"{name or 'stranger'}{address}" for name, address in WALK]
)
def test_nothing_on_the_page_keeps_anybody_out(
    lived_in: Site, readers: dict[tuple[str, str], Page], name: str, address: str, look: str
) -> None:
    """Each page is opened in each language and looked at in four ways: by day with all rules, by night for its
    contrasts, in the other window for its width."""
    if (name, look) not in readers:
        readers[name, look] = (
            lived_in.person(name, **LOOKS[look]) if name else lived_in.visitor(**LOOKS[look])
        )
    page = readers[name, look]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE if "phone" in look else DESKTOP)
    answer = page.goto(address)
    assert answer is not None
    expected = NOT_FOR_THEM.get((name, address), 200)
    assert answer.status == expected
    no_violations(page)
    page.emulate_media(color_scheme="dark")
    no_violations(page, "color-contrast", "link-in-text-block")
    for width in (NARROWEST, IN_BETWEEN):
        page.set_viewport_size({"width": width, "height": 800})
        nothing_is_cut_off(page)
    if "French" in look:
        _is_french(page)
    # The browser tells of pages that are not there, which are asked for on purpose.
    lived_in.complaints[:] = [
        said for said in lived_in.complaints if expected == 200 or str(expected) not in said
    ]


COVERED = """() => {
  const bar = document.querySelector(".thumb").getBoundingClientRect();
  const active = document.activeElement, at = active.getBoundingClientRect();
  return !active.closest(".thumb") && active !== document.body && at.top >= bar.top;
}"""
"""Whether what has the focus is wholly under the bar with the decision."""


def test_in_a_hand_the_menu_names_the_page_and_the_decision_covers_nothing(
    lived_in: Site,
) -> None:
    page = lived_in.person("maria", phone=True, script=False)
    page.goto("/queue/")
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().top") < 120
    button, menu = page.locator("[popovertarget=menu]"), page.locator("#menu")
    assert "Queue" in button.inner_text()
    assert not menu.is_visible()
    button.click()
    assert menu.locator("[aria-current=page]").is_visible()
    menu.get_by_text("Calendar").click()
    page.wait_for_url(re.compile("/calendar/"))
    page.goto("/approve/2/")
    page.evaluate("window.scrollTo(0, 0)")
    decision = page.locator(".thumb button.primary")
    box = decision.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE["height"]
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")


def test_a_browser_can_install_the_program(lived_in: Site) -> None:
    """As Chromium reads the manifest and draws its icons; in each language, and before anybody has signed in."""
    for french in (False, True):
        page = lived_in.visitor(french=french)
        page.goto("/sign-in/")
        told = page.context.new_cdp_session(page).send("Page.getAppManifest")
        assert told["errors"] == []
        manifest = json.loads(told["data"])
        assert manifest["lang"] == ("fr" if french else "en")
        for icon in manifest["icons"][1:]:
            drawn = page.evaluate(
                "async src => { const image = new Image(); image.src = src; await image.decode();"
                " return `${image.naturalWidth}x${image.naturalHeight}`; }",
                icon["src"],
            )
            assert drawn == icon["sizes"]


def _is_french(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "fr"
    shown = page.locator("main").inner_text()
    assert not [word for word in ENGLISH if word in shown]


def test_every_page_can_be_walked_by_the_keyboard(lived_in: Site) -> None:
    page = lived_in.person("maria")
    for address in ("/", "/queue/", "/calendar/", "/posts/1/"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        seen = set()
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                # Through, and back at the beginning.
                break
            seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        assert len(seen) > 12, address


def test_somebody_signs_in_through_the_page_for_it(lived_in: Site) -> None:
    page = lived_in.signs_in("maria", phone=True)
    assert re.search(r"/$", page.url)
    assert "maria" in page.content()
