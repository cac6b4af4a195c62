"""A storyteller's whole way, in a real browser: told, agreed to, published on the doubles, taken back, gone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, no_violations
from tests.browser.test_journeys import local
from tests.stage import until

WORDS = "I live with metastatic breast cancer. Every good day counts."
FRENCH = "Je vis avec un cancer du sein métastatique. Chaque bonne journée compte."
NAME = "Zoé Ferragamo"
CHANNELS = ("x-en", "x-fr", "page-en")


def tell(page: Page) -> str:
    """Zoé tells her story; returns the address of her private page."""
    page.goto("/tell/")
    no_violations(page)
    page.get_by_role("button", name="Send my story").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Write your story; a few lines are enough.")
    no_violations(page)
    for name, value in (
        *(
            ("adult", "yes"),
            ("language", "en"),
            ("pictures", "no"),
            ("identity", "none"),
            ("until", "12"),
        ),
        *(
            ("edits", "light"),
            ("if_ill", "ask"),
            ("if_died", "remove"),
            ("if_ended", "remove"),
            ("contact_language", "en"),
        ),
    ):
        page.locator(f"input[name={name}][value='{value}']").check()
    for channel in CHANNELS:
        page.locator(f"input[name=channels][value={channel}]").check()
    page.locator("input[name=purposes][value=awareness]").check()
    page.locator("input[name=details][value=diagnosis]").check()
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=contact]").fill("514 555-0199")
    page.locator("input[name=agreed]").check()
    # Nobody fills this in within five seconds, and the program knows.
    page.wait_for_timeout(5_500)
    page.get_by_role("button", name="Send my story").click()
    expect(page.locator("h1")).to_contain_text("Thank you")
    no_violations(page)
    link = page.locator("#link").input_value()
    assert "/my-story/" in link
    return link


def make_a_post(page: Page) -> None:
    """Maria makes a post of it, translates it, sets its time, and hands it in."""
    page.goto("/stories/")
    no_violations(page)
    page.get_by_role("link", name="S-0001").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    assert NAME not in page.content()
    no_violations(page)
    page.get_by_role("button", name="Make a post of it").click()
    page.wait_for_url(re.compile(r"/posts/\d+/"))
    expect(page.locator("textarea[name='en.short']")).to_have_value(WORDS)
    page.locator("textarea[name='fr.short']").fill(FRENCH)
    page.locator("input[name=when_mode][value=time]").check()
    soon = local(-1)
    page.locator("input[name=when_date]").fill(f"{soon:%Y-%m-%d}")
    page.locator("input[name=when_time]").fill(f"{soon:%H:%M}")
    page.get_by_role("button", name=re.compile("submit", re.IGNORECASE)).first.click()
    page.wait_for_load_state("networkidle")


def approve(page: Page) -> None:
    page.goto("/approve/")
    page.get_by_role("link", name=re.compile("Read and approve")).first.click()
    page.get_by_role("button", name=re.compile("^ ?Approve")).click()
    page.wait_for_load_state("networkidle")


def standing(site: Site) -> list[str]:
    """What can be read on the networks now."""
    return [post.text for post in site.networks.ledger.posts if not post.deleted]


def test_a_story_is_told_agreed_to_published_taken_back_and_gone(site: Site) -> None:
    site.machine.folder.template("{{ text }}", "story")
    zoe = site.visitor(phone=True)
    link = tell(zoe)
    maria = site.person("maria")
    make_a_post(maria)

    zoe.goto(link)
    expect(zoe.locator(".planned > li")).to_have_count(3)
    expect(zoe.locator("main")).to_contain_text(FRENCH)
    no_violations(zoe)
    zoe.get_by_role("button", name="Yes to all").click()
    expect(zoe.locator("main")).to_contain_text("You said yes")

    approve(site.person("bob"))
    until(lambda: len(standing(site)) == 3)
    assert any(FRENCH in text for text in standing(site))
    assert NAME not in " ".join(standing(site))

    zoe.goto(link)
    no_violations(zoe)
    zoe.get_by_role("link", name="Take my story back").first.click()
    no_violations(zoe)
    zoe.get_by_role("button", name="Yes, take everything back").click()
    until(lambda: not standing(site))
    expect(zoe.locator("main")).to_contain_text(
        "Nothing of this stands on our accounts any more"
    )
    no_violations(zoe)
    maria.goto("/stories/S-0001/report/")
    expect(maria.locator("main")).to_contain_text("the program")
    no_violations(maria)


def test_without_javascript_a_story_is_told_in_french_and_taken_back_in_part(
    site: Site,
) -> None:
    zoe = site.visitor(french=True, script=False, phone=True)
    link = tell_in_french(zoe)
    zoe.goto(link)
    expect(zoe.locator("html")).to_have_attribute("lang", "fr")
    zoe.goto(f"{link}take-back/")
    zoe.locator("form:has(input[value='channel:x-en']) button").click()
    zoe.goto(link)
    expect(zoe.locator("main")).not_to_contain_text("x-en")


def tell_in_french(page: Page) -> str:
    page.goto("/tell/")
    for name, value in (
        *(
            ("adult", "yes"),
            ("language", "fr"),
            ("pictures", "no"),
            ("identity", "initials"),
            ("until", "6"),
        ),
        *(
            ("edits", "none"),
            ("if_ill", "keep"),
            ("if_died", "ask"),
            ("if_ended", "keep"),
            ("contact_language", "fr"),
        ),
    ):
        page.locator(f"input[name={name}][value='{value}']").check()
    for channel in ("x-en", "x-fr"):
        page.locator(f"input[name=channels][value={channel}]").check()
    page.locator("input[name=purposes][value=education]").check()
    page.locator("textarea[name=words]").fill(FRENCH)
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=contact]").fill("514 555-0199")
    page.locator("input[name=agreed]").check()
    page.wait_for_timeout(5_500)
    page.locator("main form button.send").click()
    return page.locator("#link").input_value()
