"""A storyteller's whole way, in a real browser: told, agreed to, published on the doubles, taken back, gone."""

import re
from collections.abc import Callable, Mapping, Sequence

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
    # What is missing is named first, has the focus, and leads to each field.
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("main")).to_contain_text("Write your story; a few lines are enough.")
    no_violations(page)
    page.locator("a.lacks").first.click()
    expect(page.locator("textarea[name=words]")).to_be_focused()
    page.locator("input[name=language][value='en']").check()
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=contact]").fill("514 555-0199")
    # Nobody fills this in within five seconds, and the program knows.
    page.wait_for_timeout(5_500)
    page.get_by_role("button", name="Send my story").click()
    expect(page.locator("h1")).to_contain_text("Thank you")
    no_violations(page)
    link = page.locator("#link").input_value()
    assert "/my-story/" in link
    return link


GIVEN = {
    "identity": ("none",),
    "pictures": ("no",),
    "channels": CHANNELS,
    "purposes": ("awareness",),
    "until": ("12",),
    "if_ended": ("remove",),
    "details": ("diagnosis",),
    "edits": ("light",),
    "if_ill": ("talk",),
    "if_died": ("remove",),
}


def answer(page: Page, given: Mapping[str, Sequence[str]]) -> None:
    """Ticks what is asked on this page, and leaves what is asked elsewhere."""
    for name, values in given.items():
        for value in values:
            choice = page.locator(f"input[name={name}][value='{value}']")
            if choice.count():
                choice.check()


def agree(
    page: Page,
    link: str,
    given: Mapping[str, Sequence[str]] = GIVEN,
    look: Callable[[Page], None] = no_violations,
) -> None:
    """Zoé reads what sharing means, answers step by step, and says yes."""
    page.goto(f"{link}consent/")
    while not page.locator("button[value=agree]").count():
        answer(page, given)
        look(page)
        step = page.url
        page.locator("button[value=next]").click()
        expect(page).not_to_have_url(step)
    page.locator("input[name=agreed]").check()
    look(page)
    page.locator("button[value=agree]").click()


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


def say_yes(zoe: Page) -> None:
    """To all that stays within what she allows, and to each translation by itself: she has seen it beside her own words."""
    together = zoe.get_by_role("button", name="Yes to all")
    if together.count():
        with zoe.expect_navigation():  # else a busy machine counts on the page that is left
            together.click()
    translated = zoe.get_by_role("button", name="Yes, in this translation")
    while translated.count():
        with zoe.expect_navigation():
            translated.first.click()
        no_violations(zoe)
    expect(zoe.locator("main")).to_contain_text("You said yes")
    expect(zoe.locator("button[value=yes]")).to_have_count(0)


def standing(site: Site) -> list[str]:
    """What can be read on the networks now."""
    return [post.text for post in site.networks.ledger.posts if not post.deleted]


def test_a_story_is_told_agreed_to_published_taken_back_and_gone(site: Site) -> None:
    site.machine.folder.template("{{ text }}", "story")
    zoe = site.visitor(phone=True)
    link = tell(zoe)
    agree(zoe, link)
    expect(zoe.locator("h1")).to_contain_text("What you agreed to")
    maria = site.person("maria")
    make_a_post(maria)

    zoe.goto(link)
    expect(zoe.locator(".planned > li")).to_have_count(3)
    expect(zoe.locator("main")).to_contain_text(FRENCH)
    no_violations(zoe)
    say_yes(zoe)

    approve(site.person("bob"))
    until(lambda: len(standing(site)) == 3)
    assert any(FRENCH in text for text in standing(site))
    assert NAME not in " ".join(standing(site))

    zoe.goto(link)
    no_violations(zoe)
    for path in ("details/", "erase/"):
        zoe.goto(f"{link}{path}")
        no_violations(zoe)
    zoe.goto(link)
    zoe.get_by_role("link", name="Take my story back").first.click()
    no_violations(zoe)
    zoe.get_by_role("button", name="Yes, take everything back").click()
    until(lambda: not standing(site))
    expect(zoe.locator("main")).to_contain_text("Nothing of this is on our accounts any more")
    no_violations(zoe)
    maria.goto("/stories/S-0001/report/")
    expect(maria.locator("main")).to_contain_text("the program")
    no_violations(maria)


def test_without_javascript_a_story_is_told_in_french_and_taken_back_in_part(
    site: Site,
) -> None:
    zoe = site.visitor(french=True, script=False, phone=True)
    link = tell_in_french(zoe, f"{FRENCH} Je ne veux plus vivre.")
    # Without scripts nobody can look for violations; the other journeys do.
    agree(zoe, link, {**GIVEN, "channels": ("x-en", "x-fr")}, look=lambda _: None)
    zoe.goto(link)
    expect(zoe.locator("h2").first).to_contain_text(
        "Vous n’avez pas à traverser cela sans aide"
    )
    a_hand_is_seen(site.person("maria"))
    expect(zoe.locator("html")).to_have_attribute("lang", "fr")
    zoe.goto(f"{link}take-back/")
    zoe.locator("form:has(input[value='channel:x-en']) button").click()
    zoe.goto(link)
    expect(zoe.locator("main")).not_to_contain_text("x-en")


def a_hand_is_seen(page: Page) -> None:
    """Maria sees it first of all, and has been in touch."""
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Somebody may need to hear from you")
    no_violations(page)
    page.get_by_role("button", name="I have been in touch").click()
    expect(page.locator("main")).to_contain_text("Noted")
    expect(page.locator("main")).not_to_contain_text("Somebody may need")
    no_violations(page)


def tell_in_french(page: Page, words: str = FRENCH) -> str:
    page.goto("/tell/")
    page.locator("textarea[name=words]").fill(words)
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=contact]").fill("514 555-0199")
    page.wait_for_timeout(5_500)
    page.locator("main form button.send").click()
    return page.locator("#link").input_value()


def test_somebody_on_a_small_phone_tells_in_pieces_agrees_in_two_sittings_prints_and_takes_back(
    site: Site,
) -> None:
    lea = site.visitor(french=True, script=False, phone=True)
    lea.set_viewport_size({"width": 320, "height": 640})
    link = tell_in_french(lea)
    lea.goto(link)
    lea.locator("a.primary").click()
    lea.locator("button[value=next]").click()
    # `answer` passes over what is not there yet.
    lea.locator("input[name=identity]").first.wait_for()
    answer(lea, {"identity": ("chosen_name",), "pictures": ("no",)})
    lea.locator("input[name=named_as]").fill("Lou")
    lea.locator("button[value=leave]").click()
    expect(lea.locator("main")).to_contain_text("Vos réponses sont conservées")

    # Another day, on another phone, with the keyboard alone.
    again = site.visitor(french=True, phone=True)
    again.set_viewport_size({"width": 320, "height": 640})
    again.goto(f"{link}consent/name/")
    expect(again.locator("input[name=named_as]")).to_have_value("Lou")
    again.goto(f"{link}consent/where/")
    again.locator("button[value=next]").press("Enter")
    expect(again.locator("#errors")).to_be_focused()
    no_violations(again)
    again.locator("a.lacks").first.press("Enter")
    expect(again.locator("input[name=channels]").first).to_be_focused()
    agree(again, link, {**GIVEN, "identity": ("chosen_name",), "channels": ("x-fr",)})
    expect(again.locator("main")).to_contain_text("« Lou »")
    no_violations(again)
    again.emulate_media(media="print")
    expect(again.locator("main dl").first).to_be_visible()
    expect(again.locator("button[data-print]")).to_be_hidden()
    again.emulate_media(media="screen")
    again.get_by_role("link", name="La page telle qu’elle vous a été montrée").click()
    expect(again.locator("main")).to_contain_text("Commission d’accès à l’information")
    no_violations(again)

    lea.goto(f"{link}take-back/")
    lea.locator("button.danger").click()
    lea.goto(link)
    expect(lea.locator("main")).to_contain_text("Plus rien")
