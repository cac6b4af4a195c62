"""Whose words a delivery bears, where a post was one person's and is another one's by now."""

import json
from pathlib import Path

import pytest

from campaign.authoring import drafts, versions
from campaign.content.fields import ConsentFields, Fields
from campaign.content.source import write_source
from campaign.models import Delivery, Post
from campaign.models.stories import Storyteller
from campaign.people.roles import Role, add_user
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.rights import copy
from campaign.stories.storyteller import is_theirs, shown_to
from tests.deliveries import NOON, consent, delivery, person, says, story

pytestmark = pytest.mark.django_db
ENDED = sorted(set(Status) - NOT_OUT_YET)


def said(of: Storyteller | None, words: str) -> Fields:
    named = ConsentFields(storyteller=of.reference) if of else None
    return Fields(kind="story", template="story", consent=named, texts={"en": {"long": words}})


def becomes(post: Post, of: Storyteller, words: str) -> None:
    """The post tells this person's story from now on."""
    source = write_source(said(of, words))
    versions.save_version(post, source, None, NOON, based_on=post.version)
    Post.objects.filter(pk=post.pk).update(storyteller=of.reference)
    post.refresh_from_db()


@pytest.fixture
def ada() -> Storyteller:
    made = person("Ada A")
    consent(made)
    return made


@pytest.fixture
def bea() -> Storyteller:
    made = person("Bea B", "bea@example.org")
    consent(made)
    return made


@pytest.fixture
def adas(ada: Storyteller) -> Post:
    post = story(ada)
    becomes(post, ada, "Ada's version.")
    return post


def at(post: Post, status: Status, *, with_word: bool) -> Delivery:
    """A delivery of the post as it is now, in this status."""
    made = delivery(post.name, of=post, status=Status.DRAFT, text="Ada's text.")
    if with_word:
        says(made)
    Delivery.objects.filter(pk=made.pk).update(status=status)
    return made


def whose(made: Delivery, *people: Storyteller) -> list[Storyteller]:
    known = Delivery.objects.select_related("post").get(pk=made.pk)
    return [who for who in people if is_theirs(known, who)]


@pytest.mark.parametrize("with_word", [True, False])
@pytest.mark.parametrize("status", list(Status))
def test_of_a_post_that_told_of_nobody_else_all_is_theirs(adas, ada, bea, status, with_word):
    made = at(adas, status, with_word=with_word)
    assert whose(made, ada, bea) == [ada]
    assert shown_to(ada) == [made]


@pytest.mark.parametrize("status", ENDED)
def test_what_the_first_said_yes_to_is_never_shown_to_the_next(adas, ada, bea, status):
    made = at(adas, status, with_word=True)
    becomes(adas, bea, "Bea's version.")
    assert whose(made, ada, bea) == [ada]
    assert shown_to(bea) == []


@pytest.mark.parametrize("status", ENDED)
def test_what_nobody_said_a_word_on_is_shown_to_neither(adas, ada, bea, status):
    made = at(adas, status, with_word=False)
    becomes(adas, bea, "Bea's version.")
    assert whose(made, ada, bea) == []


@pytest.mark.parametrize("status", sorted(NOT_OUT_YET))
def test_what_is_not_out_follows_its_post(adas, ada, bea, status):
    made = at(adas, status, with_word=False)
    becomes(adas, bea, "Bea's version.")
    assert whose(made, ada, bea) == [bea]


@pytest.mark.parametrize("status", sorted(NOT_OUT_YET))
def test_until_the_next_said_a_word_the_very_text_is_still_the_firsts(adas, ada, bea, status):
    made = at(adas, status, with_word=True)
    becomes(adas, bea, "Bea's version.")
    assert whose(made, ada, bea) == [ada]
    says(made)
    assert whose(made, ada, bea) == [bea]


@pytest.mark.parametrize("status", ENDED)
def test_a_word_on_an_earlier_text_says_nothing_of_this_one(adas, ada, bea, status):
    made = at(adas, status, with_word=True)
    becomes(adas, bea, "Bea's version.")
    Delivery.objects.filter(pk=made.pk).update(text="Bea's text.", fingerprint="f" * 64)
    assert whose(made, ada, bea) == []


def test_a_copy_has_no_cancelled_text_of_who_was_told_of_before(adas, bea, tmp_path: Path):
    at(adas, Status.CANCELLED, with_word=False)
    becomes(adas, bea, "Bea's version.")
    held = json.dumps(copy.hand_over(bea, tmp_path, bea.reference, NOON).data)
    assert "Bea's version." in held
    assert "Ada's" not in held


def test_a_copy_has_what_is_being_typed_of_them_and_of_nobody_else(
    adas, ada, bea, tmp_path: Path
):
    for name, of in (("vera", ada), ("bob", bea), ("mia", None)):
        user, _ = add_user(name, Role.STAFF)
        drafts.keep_draft(adas, user, said(of, f"Typed by {name}."), "T", 1, NOON)
    held = json.dumps(copy.hand_over(ada, tmp_path, ada.reference, NOON).data)
    assert "Typed by vera." in held
    assert "Typed by mia." in held
    assert "Typed by bob." not in held
