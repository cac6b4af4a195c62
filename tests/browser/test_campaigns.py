"""A campaign and its first posts, made by somebody who never saw a file."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, no_violations

SAID = {
    "Bring a friend": ("Bring a friend to the park.", "Venez au parc avec une amie."),
    "Hot chocolate": ("Hot chocolate waits at the gate.", "Un chocolat chaud vous attend."),
    "Every step": ("Every step is welcome.", "Chaque pas compte."),
}


def make_campaign(page: Page) -> None:
    page.goto("/campaigns/")
    page.get_by_role("link", name="New campaign").click()
    no_violations(page)
    page.get_by_label("Name (English)").fill("Winter walk")
    page.get_by_role("button", name="Make the campaign").click()
    # The French name is missing: it is said at its field, and nothing is lost.
    expect(page.get_by_label("Name (French)")).to_have_attribute("aria-invalid", "true")
    no_violations(page)
    page.get_by_label("Name (French)").fill("Marche d’hiver")
    first = page.get_by_role("group", name="First day")
    first.get_by_label("On a date").check()
    first.get_by_label("Date", exact=True).fill("2027-01-10")
    page.get_by_label("Hashtags (English)").fill("WinterWalk")
    page.get_by_label("Hashtags (French)").fill("#MarcheDHiver")
    page.get_by_role("button", name="Make the campaign").click()
    expect(page.locator("h1")).to_have_text("Winter walk")
    expect(page.locator("main")).to_contain_text("#WinterWalk")
    no_violations(page)


def write_post(page: Page, title: str) -> None:
    english, french = SAID[title]
    page.get_by_role("link", name="New post").click()
    page.locator("input[name=title]").fill(title)
    expect(page.locator("select[name=campaign]")).to_have_value("winter-walk")
    page.get_by_role("button", name="Begin to write").click()
    page.locator("textarea[name='en.short']").fill(english)
    page.locator("textarea[name='fr.short']").fill(french)
    expect(page.locator(".preview-twitter").get_by_text("#WinterWalk").first).to_be_visible()
    far = page.locator("input[name=far]")
    expect(page.locator("#due")).to_contain_text("Is that meant?")  # it begins in some weeks
    far.check()
    page.get_by_role("button", name=re.compile("submit", re.IGNORECASE)).first.click()
    page.goto("/campaigns/winter-walk/")


def test_a_new_campaign_with_three_posts_by_somebody_who_never_saw_a_file(site: Site) -> None:
    site.machine.folder.template("{{ text }}\n\n{{ hashtags | join(' ') }}")
    maria = site.person("maria")
    make_campaign(maria)
    for title in SAID:
        write_post(maria, title)
    expect(maria.locator("main")).to_contain_text("Planned 3")
    waiting = site.machine.sql("SELECT COUNT(*) FROM campaign_delivery WHERE status = 'draft'")
    assert waiting == [(9,)]

    bob = site.person("bob", phone=True)
    bob.goto("/campaigns/winter-walk/change/")
    bob.get_by_label("Hashtags (English)").fill("#WalkWithUs")
    bob.get_by_role("button", name="Save the campaign").click()
    expect(bob.locator("h1")).to_have_text("What would change")
    no_violations(bob)
    bob.get_by_role("button", name="Change the campaign").click()
    expect(bob.locator("main")).to_contain_text("#WalkWithUs")
