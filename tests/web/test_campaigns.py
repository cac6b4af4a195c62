"""Campaigns on the pages: days, aim, hashtags, and how far each one is."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.config import Channel
from campaign.states import Stage, Status
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVIL = "<script>alert(1)</script>"
FILE = """
name.en = "Know the signs"
name.fr = "Connaître les signes"
aim.en = "Help people notice."
aim.fr = "Aider à remarquer."
start = "{start}"
end = "{end}"
hashtags.en = ["#MBC"]
hashtags.fr = ["#CancerDuSein"]
link.en = "https://survivornet.ca/"
"""


@pytest.fixture
def folder(settings, tmp_path):
    """The posts' folder, empty to begin with."""
    read = settings.CONFIG
    settings.CONFIG = replace(read, content=replace(read.content, posts=tmp_path / "posts"))
    (tmp_path / "posts").mkdir()
    return tmp_path / "posts"


def campaign(
    folder: Path, slug: str, start: str = "2027-10-01", end: str = "2027-10-31", more: str = ""
) -> None:
    (folder / slug).mkdir()
    (folder / slug / "campaign.toml").write_text(
        FILE.format(start=start, end=end) + more, "utf-8"
    )
    (folder / slug / "one.toml").write_text(
        'when = "next-slot"\n[en]\nshort = "One"\n[fr]\nshort = "Un"\n', "utf-8"
    )


def test_strangers_and_volunteers_are_kept_out(stranger, volunteer):
    stranger.get("/campaigns/", expect=302)
    volunteer.get("/campaigns/", expect=403)
    volunteer.get("/campaigns/mbc/", expect=403)


def test_without_a_campaign_there_are_everyday_posts(staff, folder):
    page = staff.get("/campaigns/")
    assert "Everyday posts" in [heading.text for heading in page.all("h2")]
    assert "/new-campaign/" in page.html


def test_campaigns_stand_in_the_order_in_which_they_matter(staff, folder):
    campaign(folder, "past", "2027-01-01", "2027-02-01")
    campaign(folder, "coming", "2027-11-01", "2027-11-30")
    campaign(folder, "running")
    page = staff.get("/campaigns/")
    links = [
        link["href"]
        for link in page.all("a")
        if link.get("href").startswith("/campaigns/") and link.text != ""
    ]
    assert [link for link in links if link != "/campaigns/"] == [
        "/campaigns/running/",
        "/campaigns/coming/",
        "/campaigns/everyday/",
        "/campaigns/past/",
    ]
    assert "From Oct. 1, 2027 to Oct. 31, 2027" in page.text


def test_one_campaign_tells_what_its_file_says(staff, folder):
    campaign(folder, "mbc")
    page = staff.get("/campaigns/mbc/")
    assert page.h1 == "Know the signs"
    for words in (
        "Help people notice.",
        "Aider à remarquer.",
        "#MBC",
        "#CancerDuSein",
        "https://survivornet.ca/",
    ):
        assert words in page.text
    assert "posts/mbc/campaign.toml" in page.text
    assert str(folder) not in page.html
    assert "None of its posts is planned yet." in page.text


def test_how_far_it_is_stands_as_a_bar_and_as_a_table(staff, folder):
    campaign(folder, "mbc")
    for number in range(3):
        delivery(f"p{number}", status=Status.PUBLISHED, published_at=NOON)
    delivery("q", due=NOON + HOUR, text="This comes next.")
    post("w", stage=Stage.WRITING)
    delivery("other", of=post("other", "other"), text="Of another campaign.")
    page = staff.get("/campaigns/mbc/")
    assert [
        (part["data-status"], part["x"], part["width"])
        for part in page.all("rect[data-status]")
    ] == [
        ("queued", "0.00", "25.00"),
        ("published", "25.00", "75.00"),
    ]
    assert [cell.text for cell in page.all("td.number")] == ["1", "3"]
    assert "This comes next." in page.text
    assert "Of another campaign." not in page.text
    assert "Being written 1" in page.text


def test_its_days_are_drawn_and_told_in_words(staff, folder, settings):
    channels = {
        f"x-{language}": Channel(f"x-{language}", "twitter", language)
        for language in ("en", "fr")
    }
    settings.CONFIG = replace(settings.CONFIG, channels=channels)
    campaign(folder, "mbc")
    both = delivery("a", "x-en", status=Status.PUBLISHED)
    delivery("a", "x-fr", of=both.post, language="fr")
    delivery("b", "x-en", status=Status.DRAFT, due=NOON + timedelta(days=2))
    delivery("later", "x-en", due=NOON + timedelta(days=60))
    delivery("example", "x-en", of=post("example", example=True))
    page = staff.get("/campaigns/mbc/")
    assert (
        "2 posts on these days. 29 days have no post. 1 post goes out in one language only."
        in page.text
    )
    assert "X, French: Awareness message (The other language is missing)" in page.text
    standings = [mark["data-standing"] for mark in page.all("g[transform]")]
    assert sorted(standings) == ["missing", "out", "ready", "waits"]
    assert "29 jours sans publication" in staff.french().get("/campaigns/mbc/").text


def test_a_long_campaign_is_drawn_three_months_at_a_time(staff, folder):
    campaign(folder, "mbc", "2027-01-15", "2028-06-30")
    page = staff.get("/campaigns/mbc/")
    assert len(page.all("figure")) == 3
    assert page.one("a[rel=prev]")["href"].startswith("?month=2027-07")
    later = staff.get("/campaigns/mbc/" + page.one("a[rel=next]")["href"])
    assert "January 2028" in later.text
    staff.get("/campaigns/mbc/?month=nonsense")


def test_a_campaign_that_only_the_database_knows_is_shown_too(staff, folder):
    delivery("a", of=post("a", "old"))
    assert "old" in staff.get("/campaigns/").text
    assert "nothing else is known of it" in staff.get("/campaigns/old/").text


def test_a_folder_may_have_any_name(staff, folder):
    campaign(folder, "été 2027")
    page = staff.get("/campaigns/")
    (link,) = [one["href"] for one in page.all("a") if one.text == "Know the signs"]
    assert staff.get(link).h1 == "Know the signs"


def test_a_campaign_that_nobody_knows_is_missing(staff, folder):
    staff.get("/campaigns/nothing/", expect=404)


def test_a_file_with_errors_says_that_its_posts_wait(staff, folder):
    campaign(folder, "mbc", more='colour = "green"\n')
    assert "This file has errors" in staff.get("/campaigns/mbc/").text


def test_the_names_are_those_of_the_readers_language(staff, folder):
    campaign(folder, "mbc")
    page = staff.french().get("/campaigns/mbc/")
    assert page.h1 == "Connaître les signes"
    assert "1 octobre 2027" in page.text


def test_markup_in_a_file_is_shown_as_text(staff, folder):
    campaign(folder, "mbc")
    file = folder / "mbc" / "campaign.toml"
    file.write_text(
        file.read_text("utf-8")
        .replace("Know the signs", EVIL)
        .replace("Help people notice.", EVIL),
        "utf-8",
    )
    delivery("a", text=EVIL, due=NOON + HOUR)
    for url in ("/campaigns/", "/campaigns/mbc/"):
        page = staff.get(url)
        assert EVIL not in page.html
        assert EVIL in page.text


def test_the_pages_ask_few_questions(staff, folder, django_assert_max_num_queries):
    campaign(folder, "mbc")
    for number in range(20):
        delivery(f"p{number}", due=NOON + number * HOUR)
    for url in ("/campaigns/", "/campaigns/mbc/"):
        with django_assert_max_num_queries(11):
            staff.get(url)


def test_a_campaign_is_not_called_to_come_while_something_of_it_is_out(staff, folder):
    campaign(folder, "coming", "2027-11-01", "2027-11-30")
    delivery("a", of=post("a", "coming"), due=NOON - HOUR, status=Status.QUEUED)
    assert "To come" in staff.get("/campaigns/coming/").text
    delivery("b", of=post("b", "coming"), due=NOON - HOUR, status=Status.PUBLISHED)
    for page in ("/campaigns/", "/campaigns/coming/"):
        assert "Partly out" in staff.get(page).text
