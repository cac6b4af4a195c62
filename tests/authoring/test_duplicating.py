"""A copy of a post: what it takes over, and what it leaves."""

from dataclasses import replace

import pytest

from campaign.authoring import compose, stages
from campaign.authoring.several.duplicating import duplicate
from campaign.content.fields import Fields
from campaign.core.problem import Problem
from campaign.models import Delivery, Post
from campaign.states import Stage, Status
from tests.deliveries import NOON
from tests.folders import Folder
from tests.pages import Visitor
from tests.posts_in_web import FIELDS, begun, desk, planned, written
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db


def copy_of(post: Post, by: Visitor, form: str = "") -> Post:
    assert by.user
    return duplicate(Post.objects.get(pk=post.pk), by.user, desk(), NOON, form)


def says(post: Post) -> Fields:
    return compose.current_fields(post, desk(), NOON)[0]


def test_a_copy_has_the_words_and_channels_and_neither_time_nor_approval(
    folder: Folder, staff: Visitor, second: Visitor
) -> None:
    accepted = replace(FIELDS, accepted={"kind-words": "It is her own word."})
    first = planned(staff, accepted)
    Delivery.objects.update(status=Status.QUEUED)
    copy = copy_of(first, second)
    assert says(copy) == replace(says(first), when="next-slot", accepted={})
    assert (copy.stage, copy.author, copy.deliveries.count()) == (Stage.WRITING, second.user, 0)
    assert copy.campaign == first.campaign


def test_copies_are_numbered_in_their_title(folder: Folder, staff: Visitor) -> None:
    first = written(staff, title="A walk (in winter)")
    second = copy_of(first, staff)
    assert second.title == "A walk (in winter) (2)"
    assert copy_of(second, staff).title == "A walk (in winter) (3)"
    assert copy_of(first, staff).title == "A walk (in winter) (4)"
    assert len(copy_of(begun(staff, "x" * 200), staff).title) <= 200


def test_a_form_that_is_sent_twice_makes_one_copy(folder: Folder, staff: Visitor) -> None:
    first = written(staff)
    assert copy_of(first, staff, "a-form") == copy_of(first, staff, "a-form")
    assert Post.objects.count() == 2


@pytest.mark.parametrize("of", [{"kind": "story"}, {"was_story": True}, {"storyteller": "S-1"}])
def test_what_tells_of_a_person_is_never_copied(
    folder: Folder, staff: Visitor, of: dict[str, object]
) -> None:
    story = written(staff)
    Post.objects.filter(pk=story.pk).update(**of)
    with pytest.raises(Problem, match="never copied"):
        copy_of(story, staff)


def test_what_was_taken_back_is_not_copied(folder: Folder, staff: Visitor) -> None:
    post = written(staff)
    assert staff.user
    stages.take_back(post, staff.user, NOON)
    with pytest.raises(Problem, match="bring it back first"):
        copy_of(post, staff)
