"""A correction carries on from the words of what is out, on its channels, once; and stays the story of the same person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F

from campaign.authoring import compose, stages
from campaign.content.fields import ConsentFields
from campaign.core.problem import Problem
from campaign.decisions import approving, correcting, removing
from campaign.decisions.evergreen import sets
from campaign.models import Delivery, Event, Post
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.publishers import Opened
from campaign.publishers.publisher import Deleted
from campaign.states import Stage, Status
from campaign.stories.storyteller import find
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, TORONTO, FakePublisher, consent, delivery, person, post
from tests.posts_in_web import FIELDS, desk, planned
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
WHY = "The phone number is wrong."


def out(post: Post, *channels: str) -> Post:
    """The post went out, on all of its channels or on these."""
    named = {"channel__in": channels} if channels else {}
    Delivery.objects.filter(post=post, **named).update(
        status=Status.PUBLISHED, remote_id="7", part_ids="7", published_at=NOON
    )
    return post


def correct(first, by, *channels, why=WHY, form=""):
    return correcting.correct(
        *(first, channels or ("x-en", "x-fr"), why, by.user, desk(), NOON),
        title="Corrected",
        form=form,
    )


def test_a_correction_begins_with_the_words_of_the_first_and_is_due_once_it_is_approved(
    staff, second
):
    first = out(planned(staff))
    post = correct(first, second)
    fields, _ = compose.current_fields(post, desk(), NOON)
    assert fields.texts == FIELDS.texts
    assert (fields.channels, fields.when, fields.grace) == (
        ("x-en", "x-fr"),
        "2027-10-13 12:00",
        "2d",
    )
    assert (post.stage, post.author, post.correction.first) == (
        Stage.WRITING,
        second.user,
        first,
    )
    noted = Event.objects.filter(post__in=[first, post])
    said = dict(noted.values_list("action", "reason"))
    assert said["correction begun"] == WHY
    assert said["corrects"] == f"It corrects A first post: {WHY}"


def test_it_is_written_submitted_and_approved_by_a_second_person_like_any_other(staff, second):
    post = correct(out(planned(staff)), second)
    fields, number = compose.current_fields(post, desk(), NOON)
    better = fields.with_text("en", "short", "Better.")
    compose.save(post, better, second.user, number, desk(), NOON)
    compose.submit(post, second.user, desk(), NOON)
    with pytest.raises(Problem):
        approving.approve(post, second.user, NOON, TORONTO)
    approving.approve(Post.objects.get(pk=post.pk), staff.user, NOON, TORONTO)
    approved = Delivery.objects.get(post=post, channel="x-en")
    assert (approved.status, approved.text) == (Status.QUEUED, "Better.")


def test_two_people_do_not_correct_at_once_and_a_double_press_begins_once(staff, second):
    first = out(planned(staff))
    post = correct(first, second, form="a-form")
    assert correct(first, second, form="a-form").pk == post.pk
    with pytest.raises(Problem, match="being corrected already, in Corrected"):
        correct(first, staff)
    assert correcting.open_correction(first) == post


def test_one_that_was_set_aside_makes_room_for_another(staff, second):
    first = out(planned(staff))
    stages.take_back(correct(first, second), second.user, NOON)
    assert correcting.open_correction(first) is None
    assert correct(first, staff).stage == Stage.WRITING


def test_what_has_a_correction_in_its_place_is_not_corrected_again_and_the_rest_is(staff):
    first = out(planned(staff))
    post = correct(first, staff, "x-en")
    compose.submit(post, staff.user, desk(), NOON)
    Delivery.objects.filter(post=post).update(status=Status.PUBLISHED)
    assert correcting.open_correction(first) is None
    left = {delivery.channel for delivery in correcting.correctable(first)}
    assert left == {"fb-fr", "x-fr"}
    with pytest.raises(Problem, match="Choose where"):
        correct(first, staff, "x-en")
    assert [d.channel for d in correcting.correctable(post)] == ["x-en"]


@pytest.mark.parametrize(
    ("channels", "why", "says"),
    [
        (("x-en",), " \u200b ", "Say in a few words"),
        (("fb-fr",), WHY, "Choose where"),
        (("gone",), WHY, "Choose where"),
    ],
)
def test_it_needs_a_reason_and_something_that_is_out(staff, channels, why, says):
    first = out(planned(staff), "x-en")
    with pytest.raises(Problem, match=says):
        correct(first, staff, *channels, why=why)
    assert Post.objects.count() == 1


def story(staff) -> Post:
    of = person()
    consent(of, channels=("x-en", "x-fr"))
    told = ConsentFields(of.reference, "2027-01-01", channels=("x-en", "x-fr"))
    fields = replace(FIELDS, kind="story", template="fact", consent=told)
    return out(planned(staff, replace(fields, channels=("x-en", "x-fr")), "A story"))


def test_a_correction_of_a_story_stays_a_story_of_the_same_person(staff):
    first = story(staff)
    post = correct(first, staff)
    post.refresh_from_db()
    assert (post.kind, post.storyteller, post.was_story) == ("story", first.storyteller, True)
    assert post.name.startswith("story-")
    fields, number = compose.current_fields(post, desk(), NOON)
    assert fields.consent
    other = replace(fields, consent=replace(fields.consent, storyteller="S-0099"))
    for wrong in (other, replace(fields, consent=None), replace(fields, kind="awareness")):
        with pytest.raises(Problem, match="has to stay a story of theirs"):
            compose.save(post, wrong, staff.user, number, desk(), NOON)


def test_what_its_person_took_back_is_corrected_no_more(staff):
    first = story(staff)
    post = correct(first, staff)
    withdraw(find(first.storyteller), ALL, Via.STAFF, "maria", NOON)
    first.refresh_from_db()
    with pytest.raises(Problem, match="taken back"):
        correct(first, staff)
    fields, number = compose.current_fields(post, desk(), NOON)
    with pytest.raises(Problem, match="taken back"):
        compose.save(post, fields, staff.user, number, desk(), NOON)


def test_the_words_of_the_first_are_no_repetition(staff):
    first = out(planned(staff))
    post = correct(first, staff)
    fields, _ = compose.current_fields(post, desk(), NOON)
    found = compose.preview(post, fields, desk(), NOON).plan.findings
    assert not {"repeated-text", "near-text", "same-text"} & {finding.code for finding in found}


class Slow(FakePublisher):
    """A network on which something else happens while it deletes."""

    def __init__(self, meanwhile):
        super().__init__()
        self.meanwhile = meanwhile

    def delete(self, remote_id):
        self.meanwhile()
        return Deleted()


def test_taking_down_by_hand_waits_while_the_words_are_changed_there(staff):
    first = out(planned(staff))
    post = correct(first, staff, "x-en")
    compose.submit(post, staff.user, desk(), NOON)
    Delivery.objects.filter(post=post).update(status=Status.SENDING)
    taken = Delivery.objects.get(post=first, channel="x-en")
    with pytest.raises(Problem, match="being corrected at this very moment"):
        removing.remove(taken, Opened({"x-en": FakePublisher()}, {}), "maria", "Why.", NOON)


def test_what_was_changed_while_it_was_taken_down_is_told_as_taken_down(staff):
    first = out(planned(staff))
    post = correct(first, staff, "x-en")
    compose.submit(post, staff.user, desk(), NOON)
    mine, taken = (
        Delivery.objects.get(post=post),
        Delivery.objects.get(post=first, channel="x-en"),
    )

    def changed() -> None:
        Delivery.objects.filter(pk=mine.pk).update(status=Status.PUBLISHED, remote_id="7")
        Delivery.objects.filter(pk=taken.pk).update(status=Status.REMOVED)

    removing.remove(taken, Opened({"x-en": Slow(changed)}, {}), "maria", "Why.", NOON)
    mine.refresh_from_db()
    assert mine.status == Status.REMOVED


def test_what_goes_out_again_by_itself_does_so_no_more_and_is_corrected_with_its_words(staff):
    first = out(planned(staff))
    made = Evergreen.objects.create(
        name="Help", every=3, rest=14, made_by=staff.user, made_at=NOON
    )
    variant = Variant.objects.create(
        evergreen=made, post=first, added_by=staff.user, added_at=NOON, allowed_by=staff.user
    )
    outings = [post(f"again-{day}", "know") for day in (1, 2)]
    for day, outing in enumerate(outings):
        status = Status.QUEUED if day else Status.PUBLISHED
        delivery(of=outing, status=status, text="Hello.", remote_id="8")
        slot = NOON + timedelta(days=day)
        Repetition.objects.create(
            variant=variant, evergreen=made, channel="x-en", slot=slot, post=outing
        )
    corrected = correct(outings[0], staff, "x-en")
    fields, _ = compose.current_fields(corrected, desk(), NOON)
    assert fields.texts == FIELDS.texts
    variant.refresh_from_db()
    assert (variant.allowed_by, variant.problem) == (None, "Its words are being corrected.")
    assert Delivery.objects.get(post=outings[1]).status == Status.CANCELLED


def test_what_is_laid_out_of_a_post_that_has_left_its_set_does_not_go_out_either(staff):
    first = out(planned(staff))
    made = Evergreen.objects.create(
        name="Help", every=3, rest=14, made_by=staff.user, made_at=NOON
    )
    variant = Variant.objects.create(
        evergreen=made, post=first, added_by=staff.user, added_at=NOON, left_at=NOON
    )
    again = post("again", "know")
    delivery(of=again, text="Hello.")
    Repetition.objects.create(
        variant=variant, evergreen=made, channel="x-en", slot=NOON, post=again
    )
    correct(first, staff, "x-en")
    assert Delivery.objects.get(post=again).status == Status.CANCELLED
    variant.refresh_from_db()
    assert variant.problem == ""


def test_words_that_are_being_corrected_are_not_taken_into_a_set(staff):
    first = out(planned(staff))
    Delivery.objects.filter(post=first).update(approved_fingerprint=F("fingerprint"))
    made = Evergreen.objects.create(
        name="Help", every=3, rest=14, made_by=staff.user, made_at=NOON
    )
    corrected = correct(first, staff, "x-en")
    with pytest.raises(Problem, match="Its words are being corrected"):
        sets.add(made, first, staff.user, NOON)
    Post.objects.filter(pk=corrected.pk).update(stage=Stage.TAKEN_BACK)
    assert sets.add(made, first, staff.user, NOON).post == first
