"""The settings as they are: every one with its value and its sentence, no secret among them."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from campaign.config.secret import Secret
from campaign.core.installation import STARTER
from campaign.publishers import NETWORKS
from campaign.web.admin.setting_sentences import SECTIONS, SENTENCES, sentence_of

pytestmark = pytest.mark.django_db
EXAMPLE = (STARTER / "config.example.toml").read_text("utf-8")
EVIL = "<script>alert(1)</script>"


def sentences_of_the_example() -> dict[str, str]:
    """Each setting of the example outside of the channels, with the comment right above it."""
    found, section, comment = {}, "", []
    for line in EXAMPLE.split("\n"):
        if head := re.fullmatch(r"\[+(.+?)\]+", line):
            section, comment = head[1], []
        elif setting := re.match(r"(?:# )?([a-z_]+) = ", line):
            # Of several tables of a list, the first has the sentences.
            found.setdefault(f"{section}.{setting[1]}", " ".join(comment))
            comment = []
        else:
            comment = [*comment, line.removeprefix("# ")] if line.startswith("# ") else []
    return {key: text for key, text in found.items() if not key.startswith("channels.")}


def test_the_sentences_are_those_of_the_example():
    with override("en"):
        said = {key: sentence_of(key) for key in sentences_of_the_example()}
    assert said == sentences_of_the_example()
    assert SENTENCES.keys() <= said.keys()


def test_every_section_of_the_example_is_shown():
    named = set(re.findall(r"^\[+(.+?)\]+$", EXAMPLE, re.M))
    assert {name for name in named if not name.startswith("channels.")} == {
        *SECTIONS,
        *(f"networks.{name}" for name in NETWORKS),
    }
    assert tomllib.loads(EXAMPLE)


def test_others_than_admins_are_kept_out(stranger, volunteer, staff):
    stranger.get("/settings/", expect=302)
    volunteer.get("/settings/", expect=403)
    staff.get("/settings/", expect=403)


def test_every_setting_of_the_example_stands_on_the_page(admin):
    page = admin.get("/settings/")
    for key in sentences_of_the_example():
        assert key in page.text, key
    assert "America/Toronto" in page.text
    assert "6 hours" in page.text
    assert "twitter-en" in page.text


def test_no_secret_is_shown_and_no_folder_of_the_machine(admin, settings):
    read = settings.CONFIG
    channel = replace(
        read.channels["twitter-en"],
        keys={"consumer_key": Secret("hush"), "access_token": Secret("", "no")},
    )
    settings.CONFIG = replace(
        read,
        database=replace(read.database, url="postgresql://user:hush@host/name"),
        content=replace(read.content, posts=Path("/somewhere/inside/posts")),
        web=replace(read.web, secret_key=Secret("hush" * 20)),
        email=replace(read.email, password=Secret("hush")),
        channels={"twitter-en": channel},
        file="/somewhere/inside/config.toml",
    )
    page = admin.get("/settings/")
    assert "hush" not in page.html
    assert "/somewhere" not in page.html
    for words in (
        "PostgreSQL",
        "consumer_key set",
        "access_token missing",
        "web.secret_key set",
        "read them from config.toml",
    ):
        assert words in page.text


def test_a_file_database_is_named_without_its_folder(admin, settings):
    settings.CONFIG = replace(
        settings.CONFIG,
        database=replace(settings.CONFIG.database, url="sqlite:////a/b/queue.db"),
    )
    page = admin.get("/settings/")
    assert "SQLite, queue.db" in page.text
    assert "/a/b" not in page.html


def test_without_a_file_it_is_said_how_to_make_one(admin, settings):
    settings.CONFIG = replace(settings.CONFIG, file="")
    assert "these are the defaults" in admin.get("/settings/").text


def test_the_page_speaks_french(admin, settings):
    gap = replace(settings.CONFIG.publishing, grace=timedelta(hours=6))
    settings.CONFIG = replace(settings.CONFIG, publishing=gap)
    page = admin.french().get("/settings/")
    assert page.one("html")["lang"] == "fr"
    assert "6 heures" in page.text.replace("\u00a0", " ")


def test_markup_in_a_setting_is_shown_as_text(admin, settings):
    settings.CONFIG = replace(settings.CONFIG, site=replace(settings.CONFIG.site, name=EVIL))
    page = admin.get("/settings/")
    assert EVIL not in page.html
    assert EVIL in page.text
