"""A page that was open while a story was erased: whatever it sends, no word and no picture of it comes in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from campaign.authoring import compose
from campaign.content.fields import ConsentFields, Fields
from campaign.models import Draft, Post, Upload
from campaign.stories.erasing import erasure
from campaign.stories.storyteller import find
from campaign.stories.withdrawal import ALL, Via, withdraw
from campaign.web.frame import site
from tests.access import Address, addresses
from tests.content.test_pictures import photo
from tests.content.test_pictures import written as encoded
from tests.deliveries import NOON, consent, person
from tests.pages import Visitor
from tests.posts_in_web import FORM, begun, desk
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
WORD = "zqsecret"
DOORS = [one for one in addresses() if one.arguments[:1] == ("post",)]
"""Every address of a post, whatever is done there."""


@pytest.fixture
def story(staff: Visitor) -> Post:
    """A story of a person who has agreed to it."""
    who = person()
    consent(who)
    made = begun(staff, kind="story")
    fields = Fields(
        kind="story",
        template="story",
        consent=ConsentFields(storyteller=who.reference),
        texts={"en": {"short": WORD}},
    )
    assert staff.user
    compose.save(made, fields, staff.user, 1, desk(), NOON)
    made.refresh_from_db()
    assert made.storyteller == who.reference
    return made


def erase(story: Post) -> None:
    who = find(story.storyteller)
    erasure.erase(who, Via.STAFF, site.config().web.uploads, "ana", NOON)


def sent(story: Post, door: str, **more: object) -> dict[str, object]:
    """What a browser sends of a form in which the story stands, to whichever address."""
    picture = SimpleUploadedFile("a.jpg", encoded(photo(), "JPEG"), "image/jpeg")
    return {
        **FORM,
        "title": f"{WORD} title",
        "kind": "story",
        "template": "story",
        "en.short": f"{WORD} a colour",
        "consent.storyteller": story.storyteller,
        "base": "2",
        "reason": WORD,
        "words": WORD,
        "text": WORD,
        "note": WORD,
        "accepted.tone": WORD,
        "pass": "tone",
        "fix": f'["en.short", "colour", "{WORD}color"]',
        "picture": picture if door == "post_pictures" else "",
        **more,
    }


def send(staff: Visitor, story: Post, door: Address, **headers: str) -> None:
    url = "/" + door.route.replace("<int:post>", str(story.pk)).replace("<int:number>", "2")
    for do in ("", "save", "submit"):
        staff.client.post(url, sent(story, door.name, do=do), headers=headers)


def words_there() -> bool:
    """In any table. The inside of an index of words keeps what was deleted until the sweep, which `stories/test_erased` looks
    through."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("campaign_") and not table.endswith("_words_data"):
                cursor.execute(f'SELECT * FROM "{table}"')
                if any(WORD in str(row) for row in cursor.fetchall()):
                    return True
    return False


def test_these_are_the_doors() -> None:
    names = {door.name for door in DOORS}
    assert names >= {
        "post",
        "post_draft",
        "post_fix",
        "post_pictures",
        "post_let_pass",
        "merge",
    }
    assert names >= {"post_take_back", "restore", "return_post", "change_contribution"}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@pytest.mark.parametrize("htmx", ["", "true"])
def test_what_an_open_page_sends_of_an_erased_story_is_kept_nowhere(staff, story, door, htmx):
    erase(story)
    assert not words_there()
    send(staff, story, door, **({"HX-Request": htmx} if htmx else {}))
    assert not words_there()
    assert not Draft.objects.exists()
    assert not Upload.objects.exists()
    assert not list(site.config().web.uploads.glob("*.*"))


@pytest.mark.parametrize("door", ["draft", "fix", "let-pass", "pictures"])
def test_a_page_that_keeps_what_is_typed_says_that_a_story_was_taken_back(staff, story, door):
    withdraw(find(story.storyteller), ALL, Via.LINK, "", NOON)
    url, form = f"/posts/{story.pk}/{door}/", sent(story, f"post_{door}")
    assert "it is locked" in staff.after(url, form).text
    page = staff.post(url, form, expect=200, HX_Request="true")
    assert "it is locked" in page.text
    assert page.response.headers["HX-Retarget"] == "#kept"
    assert not Draft.objects.exists()


def test_a_message_that_an_open_page_sends_without_a_channel_is_not_kept_either(staff, story):
    erase(story)
    page = staff.after(f"/posts/{story.pk}/", sent(story, "post", channels=[], do="save"))
    assert "it is locked" in page.text
    assert not words_there()
