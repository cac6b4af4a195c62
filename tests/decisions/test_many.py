"""Deciding about many at once: what cannot be done is told, the others are done."""

import pytest

from campaign.core.problem import Problem
from campaign.decisions import many as selection
from campaign.decisions import settling
from campaign.models import Event
from campaign.people.roles import Role, add_user
from campaign.states import Stage, Status
from tests.deliveries import NOON, TORONTO, delivery, post, status_of

pytestmark = pytest.mark.django_db


def test_one_that_cannot_be_decided_about_stops_none_of_the_others():
    one, out, other = (
        delivery("a"),
        delivery("b", status=Status.PUBLISHED),
        delivery("c", status=Status.MISSED),
    )
    decided = selection.for_each(
        [one, out, other], lambda each: settling.cancel(each, "anna", "", NOON)
    )
    assert (decided.done, [status_of(each) for each in (one, out, other)]) == (
        2,
        ["cancelled", "published", "cancelled"],
    )
    assert [
        f"Delivery {out.pk} is published already" in sentence for sentence in decided.problems
    ] == [True]


def test_posts_are_approved_as_they_were_shown():
    anna, _ = add_user("anna", Role.STAFF)
    known, changed = delivery("a", status=Status.DRAFT), delivery("b", status=Status.DRAFT)
    shown = {
        known.post_id: {known.pk: known.fingerprint},
        changed.post_id: {changed.pk: "what it said before"},
    }
    decided = selection.approve(shown, anna, NOON, TORONTO)
    assert (decided.done, status_of(known), status_of(changed)) == (
        1,
        Status.QUEUED,
        Status.DRAFT,
    )
    assert "has changed meanwhile" in decided.problems[0]


def test_posts_are_returned_with_one_reason():
    anna, _ = add_user("anna", Role.STAFF)
    waiting, gone = (
        delivery("a", status=Status.DRAFT).post,
        delivery("b", status=Status.PUBLISHED).post,
    )
    decided = selection.hand_back([waiting, gone], anna, "Please name the source.", NOON)
    waiting.refresh_from_db()
    assert (decided.done, waiting.stage, waiting.stage_reason) == (
        1,
        Stage.RETURNED,
        "Please name the source.",
    )
    assert len(decided.problems) == 1


def test_what_is_cancelled_comes_back_as_a_draft():
    one = delivery(status=Status.CANCELLED)
    selection.bring_back(one, "anna", NOON)
    assert status_of(one) == Status.DRAFT
    assert Event.objects.get().action == "brought back"


@pytest.mark.parametrize("status", set(Status) - {Status.CANCELLED})
def test_only_what_is_cancelled_comes_back(status):
    with pytest.raises(Problem, match="only what is cancelled"):
        selection.bring_back(delivery(status=status), "anna", NOON)


def test_nothing_comes_back_whose_post_was_taken_back():
    with pytest.raises(Problem, match="not planned any more"):
        selection.bring_back(
            delivery(status=Status.CANCELLED, of=post(stage=Stage.TAKEN_BACK)), "anna", NOON
        )


def test_a_local_moment_is_read_and_an_hour_that_comes_twice_is_told():
    due, doubled = selection.moment("2027-12-01", "08:30", TORONTO)
    assert (due.isoformat(), doubled) == ("2027-12-01T13:30:00+00:00", False)
    due, doubled = selection.moment("2027-11-07", "01:30:20", TORONTO)
    assert (due.isoformat(), doubled) == ("2027-11-07T05:30:00+00:00", True)


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2028-03-12", "02:30", "does not exist in America/Toronto"),
        ("", "09:00", "Name the new time"),
        ("2027-13-01", "09:00", "Name the new time"),
        ("2027-12-01", "25:00", "Name the new time"),
        ("2027-12-01", "09:00+02:00", "Name the new time"),
        ("2101-01-01", "23:00", "between 2000 and 2100"),
        ("9999-12-31", "23:00", "Name"),
        ("0001-01-01", "00:00", "."),
    ],
)
def test_a_moment_that_is_none_is_refused_in_a_sentence(day, clock, sentence):
    with pytest.raises(Problem, match=sentence):
        selection.moment(day, clock, TORONTO)
