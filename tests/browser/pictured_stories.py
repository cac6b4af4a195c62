"""The two stories in the guides' pictures, one told in each language; nobody in them is real."""

import re
import subprocess
import sys
from collections.abc import Mapping

from playwright.sync_api import Page

from tests.stage import Machine, environment

NAME = "Zoé Ferragamo"
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "en": "Every Thursday somebody brings soup and stays a minute. Nobody asks how I am. That helps me most.",
        "fr": "Chaque jeudi, quelqu’un apporte une soupe et reste une minute, sans rien demander. C’est ce qui m’aide le plus.",
    },
    "fr": {
        "en": "In the morning I water my tomatoes. They do not know that I am ill, and it does me good.",
        "fr": "Le matin, j’arrose mes tomates. Elles ne savent pas que je suis malade, et cela me fait du bien.",
    },
}
"""By the language in which it is told: what its post says in each."""
CODE = """
from campaign.cli import main
assert main(["queue", "--json"]) == 0
from tests.browser import pictured_stories
print("\\nlinks", *pictured_stories.tell())
"""
"""A command sets Django up; after it, the program's own acts can be called."""


def recorded(machine: Machine, preamble: str) -> dict[str, str]:
    """Records both stories in the machine's database; the address of each private page, by language."""
    said = subprocess.run(
        [sys.executable, "-c", preamble + CODE],
        cwd=machine.root,
        env=environment(machine.env),
        capture_output=True,
        text=True,
        check=True,
    )
    keys = said.stdout.rpartition("links ")[2].split()
    return {language: f"/my-story/{key}/" for language, key in zip(WORDS, keys, strict=True)}


def tell() -> list[str]:
    """In the program: both stories come in, each with its consent; the keys of the private pages."""
    # Only within the program are Django's models ready.
    from campaign.stories import storyteller, telling
    from campaign.web.frame import site
    from tests.deliveries import terms

    agreed = terms(channels=("twitter-en", "twitter-fr"))
    keys = []
    for language, texts in WORDS.items():
        person = telling.Person(NAME, "514 555-0199", language)
        told = telling.ToldStory(texts[language], language)
        folder, now = site.config().web.uploads, site.now()
        who = telling.record(person, told, agreed, folder, telling.WEB_FORM, now)
        keys.append(storyteller.new_link(who, "marie", now))
    return keys


def made_a_post(page: Page, language: str) -> str:
    """A post is made of the story of a language, translated, and submitted; the address of the story's page."""
    number = list(WORDS).index(language) + 1
    story = f"/stories/S-{number:04}/"
    page.goto(story)
    page.locator("form[action$='/post/'] button").click()
    page.wait_for_url(re.compile(r"/posts/\d+/"))
    for written, words in WORDS[language].items():
        page.locator(f"textarea[name='{written}.short']").fill(words)
    page.locator("input[name=when_mode][value=time]").check()
    page.locator("input[name=when_date]").fill("2027-10-20")
    page.locator("input[name=when_time]").fill(f"{9 + number:02}:00")
    page.wait_for_timeout(3000)
    page.locator("button[name=do][value=submit]").first.click()
    page.wait_for_load_state("networkidle")
    return story
