"""A finding that is wrong is called so with one press, and whoever keeps the lists of words gets them as a file."""

from dataclasses import replace

import pytest

from campaign.consent.rule import STORY
from campaign.models import Event, Post
from campaign.models.checks import CalledWrong
from tests.pages import Page
from tests.posts_in_web import FIELDS, folder, planned  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder", "site_clock")]
WAR = {"en": {"short": "She fights cancer."}, "fr": {"short": "Elle vit avec le cancer."}}


def wrong_note(page: Page) -> dict[str, str]:
    """What the first button beside a note sends."""
    return {name: page.all(f"input[name={name}]")[0]["value"] for name in ("code", "said")}


@pytest.fixture
def post(staff) -> Post:
    return planned(staff, replace(FIELDS, texts=WAR))


def test_a_note_is_called_wrong_with_one_press_and_kept_once(staff, post):
    sent = wrong_note(staff.get(f"/approve/{post.pk}/"))
    for _time in range(2):
        assert "Thank you" in staff.after(f"/approve/{post.pk}/wrong/", sent).text
    [kept] = CalledWrong.objects.all()
    assert (kept.code, kept.by, kept.sentence) == (sent["code"], staff.user, sent["said"])
    assert Event.objects.filter(action="called wrong", post=post).count() == 1
    page = staff.get("/approve/wrong/")
    assert sent["said"] in page.text
    lines = b"".join(staff.get("/approve/wrong/findings.csv").response.streaming_content)
    assert b"kind-words" in lines


def test_only_what_the_checks_say_can_be_called_wrong(staff, post):
    sent = {"code": "kind-words", "said": "Something that somebody made up."}
    page = staff.after(f"/approve/{post.pk}/wrong/", sent)
    assert "not there any more" in page.text
    assert not CalledWrong.objects.exists()


def test_of_a_story_no_word_is_kept(staff, post):
    Post.objects.filter(pk=post.pk).update(kind=STORY, was_story=True)
    sent = wrong_note(staff.get(f"/approve/{post.pk}/"))
    staff.after(f"/approve/{post.pk}/wrong/", sent)
    assert CalledWrong.objects.get().sentence == ""
    assert "words are not kept here" in staff.get("/approve/wrong/").text


def test_volunteers_and_strangers_call_nothing_wrong(staff, volunteer, stranger, post):
    sent = wrong_note(staff.get(f"/approve/{post.pk}/"))
    volunteer.post(f"/approve/{post.pk}/wrong/", sent, expect=403)
    stranger.post(f"/approve/{post.pk}/wrong/", sent, expect=302)
    for address in ("/approve/wrong/", "/approve/wrong/findings.csv"):
        volunteer.get(address, expect=403)
        stranger.get(address, expect=302)
    assert not CalledWrong.objects.exists()
