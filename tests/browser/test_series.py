"""Ten weekly posts with little work: written on one page, seen day by day, submitted, and approved one after the other."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, no_violations
from tests.browser.test_journeys import local

TIPS = (
    ("Bring your questions on paper.", "Apportez vos questions sur papier."),
    ("Take somebody with you.", "Venez avec une personne de confiance."),
    ("Ask for the plan in writing.", "Demandez le plan par écrit."),
    ("Say when you are in pain.", "Dites quand vous avez mal."),
    ("Rest without feeling guilty.", "Reposez-vous sans culpabilité."),
    ("Let friends cook for you.", "Laissez vos proches cuisiner pour vous."),
    ("Keep a small notebook.", "Gardez un petit carnet."),
    ("Listen to music you love.", "Écoutez la musique que vous aimez."),
    ("Tell your team what matters.", "Dites à l’équipe ce qui compte pour vous."),
    ("Call us whenever you like.", "Appelez-nous quand vous voulez."),
)


class Inputs:
    """What a person does on a page, counted: fields that are filled, and buttons and links that are pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def fill(self, name: str, value: str) -> None:
        self.number += 1
        self.page.locator(f"[name='{name}']").fill(value)

    def press(self, name: str) -> None:
        self.number += 1
        self.page.get_by_role("button", name=re.compile(name)).first.click()


def test_ten_weekly_posts_take_few_inputs_and_are_approved_one_after_the_other(
    site: Site,
) -> None:
    maria = site.person("maria")
    maria.goto("/posts/series/new/")
    no_violations(maria)
    tips = Inputs(maria)
    tips.fill("name", "Tips for the waiting room")
    first = local(60 * 24 * 10)
    tips.fill("first", f"{first:%Y-%m-%d}")
    for number, (english, french) in enumerate(TIPS, 1):
        tips.fill(f"en.{number}", english)
        tips.fill(f"fr.{number}", french)
    tips.press("Show the days")
    expect(maria.locator("#days")).to_contain_text("10 posts, and their days")
    no_violations(maria)
    tips.press("Make them, and submit for approval")
    expect(maria.locator("main .notice").first).to_contain_text("10 posts are made")
    no_violations(maria)
    assert tips.number == 24  # nine each, they were ninety
    bob = site.person("bob", french=True)
    bob.goto("/approve/")
    bob.get_by_role("link", name=re.compile("Lire et approuver")).first.click()
    expect(bob.locator("main")).to_contain_text("1 sur 10 publications qui vous attendent")
    no_violations(bob)
    bob.keyboard.press("Control+Enter")
    expect(bob.locator("main")).to_contain_text("1 sur 9 publications qui vous attendent")
    bob.goto("/queue/")
    expect(bob.locator(".queue-row")).to_have_count(10)
    bob.locator("[data-row]").first.check()
    channels = bob.locator(".queue-row").first.locator(".on-channels input")
    expect(channels.first).to_be_checked()
    channels.first.uncheck()
    expect(bob.locator("[data-row]").first).not_to_be_checked()
    no_violations(bob)
