"""One field that finds everything: by its words, without capitals and accents; a volunteer finds their own alone."""

import pytest

from campaign.authoring.versions import save_version
from campaign.database import events
from campaign.models import Post, Version
from campaign.states import Stage
from tests.deliveries import NOON, delivery, person, post

SOURCE = """kind = "awareness"
[en]
short = "Bring soup on Sunday."
[fr]
short = "Apportez de la soupe : les bénévoles y seront."
"""


def written(name="one", source=SOURCE, **values):
    """A post with a version, which goes out nowhere yet."""
    made = post(name, title=values.pop("title", "For a friend"), **values)
    save_version(made, source, None, NOON, based_on=0)
    return Post.objects.get(pk=made.pk)


def names(page):
    return [link.text for link in page.all("a.hit")]


@pytest.mark.parametrize("words", ["soup sunday", "BENEVOLES", "bénévoles apportez", "friend"])
def test_a_post_is_found_by_its_words_in_both_languages_before_it_goes_out_anywhere(
    staff, words
):
    written()
    assert "For a friend" in staff.get(f"/posts/?words={words}").text
    assert "For a friend" in names(staff.get(f"/search/?q={words}"))
    assert "No post matches" in staff.get(f"/posts/?words={words} nowhere").text


def test_a_post_is_found_by_what_its_template_says_and_by_whose_story_it_tells(staff):
    delivery("a", text="Hello. Learn more below.", of=post("a", title="Hope"))
    who = person()
    written("story", storyteller=who.reference, kind="story", title="A story")
    for page in ("/posts/?words=", "/search/?q="):
        assert "Hope" in staff.get(f"{page}learn more").text
        assert "A story" in staff.get(f"{page}{who.reference.lower()}").text
    assert who.reference in names(staff.get(f"/search/?q={who.reference.lower()}"))


def test_only_the_latest_words_are_found_and_none_that_were_erased(staff):
    made = written()
    save_version(made, SOURCE.replace("soup", "bread"), None, NOON, based_on=1)
    assert "For a friend" in staff.get("/search/?q=bread").text
    assert "Nothing matches" in staff.get("/search/?q=soup").text
    Version.objects.update(source="")
    assert "Nothing matches" in staff.get("/search/?q=bread").text
    Post.objects.update(title="")
    assert "Nothing matches" in staff.get("/search/?q=friend").text


def test_each_kind_shows_a_few_and_leads_to_all_of_them(staff):
    for number in range(6):
        delivery(f"soup-{number}", of=post(f"soup-{number}", title=f"Soup {number}"))
        events.note(
            None, "", "", NOON, actor="x", action="returned", reason=f"Less soup {number}."
        )
    page = staff.get("/search/?q=soup")
    assert names(page).count("All posts with these words") == 1
    links = [link["href"] for link in page.all("a.hit")]
    assert {"/posts/?words=soup", "/queue/?q=soup", "/log/?q=soup"} <= set(links)
    assert [name for name in names(page) if name.startswith("Soup 5")]
    assert "Soup 0" not in page.text


def test_facts_and_campaigns_of_the_files_are_found_too(staff):
    page = staff.get("/search/?q=spread")
    assert "/facts/mbc-definition/" in [link["href"] for link in page.all("a.hit")]
    assert "/campaigns/mbc-awareness/" in [
        link["href"] for link in staff.get("/search/?q=people").all("a.hit")
    ]


def test_a_volunteer_finds_what_they_wrote_and_nothing_else(volunteer, staff, stranger):
    written("theirs", author=staff.user, title="Soup of the team")
    own = written("own", author=volunteer.user, title="Soup of mine")
    delivery("theirs", of=Post.objects.get(name="theirs"))
    page = volunteer.get("/search/?q=soup")
    assert names(page) == ["Soup of mine"]
    assert page.one("a.hit")["href"] == f"/contributions/{own.pk}/"
    assert "Nothing matches" in volunteer.get("/search/?q=team").text
    assert "Soup" not in stranger.get("/search/?q=soup").text


def test_what_was_taken_back_is_not_found_and_a_question_without_words_finds_nothing(staff):
    written(stage=Stage.TAKEN_BACK)
    assert "Nothing matches" in staff.get("/search/?q=soup").text
    for query in ("", "?q=", "?q=%00", "?q=!?", "?q=" + "a" * 3000):
        page = staff.get(f"/search/{query}")
        assert "Traceback" not in page.text
        assert not page.all("a.hit")


def test_the_field_is_on_every_page_of_who_has_signed_in(staff, volunteer, stranger):
    for visitor in (staff, volunteer):
        page = visitor.get("/account/")
        assert page.one("form.find")["action"] == "/search/"
    assert not stranger.get("/sign-in/").all("form.find")
