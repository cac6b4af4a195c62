"""What people decide: approve, cancel, retry, reschedule, resolve."""

from datetime import date, timedelta
from typing import Any

import pytest

from campaign.delivery import candidates, decisions
from campaign.models import Delivery, Event
from campaign.problem import Problem
from campaign.roles import Role, add_user
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, delivery, post, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    users = {
        name: add_user(name, role)[0]
        for name, role in (("vic", Role.VOLUNTEER), ("anna", Role.STAFF), ("ada", Role.ADMIN))
    }
    users["stranger"] = add_user("stranger", Role.VOLUNTEER)[0]
    users["stranger"].groups.clear()
    return users


@pytest.mark.parametrize("name", ["anna", "ada"])
def test_staff_and_admins_approve_what_others_wrote(people, name):
    one = delivery(status=Status.DRAFT, of=post(author=people["vic"]))
    assert decisions.approve(one.post, people[name], NOON, TORONTO) == (1, [])
    one.refresh_from_db()
    assert (one.status, one.approved_by, one.approved_fingerprint) == (Status.QUEUED, people[name], one.fingerprint)


@pytest.mark.parametrize("name", ["vic", "stranger"])
def test_volunteers_and_strangers_approve_nothing(people, name):
    one = delivery(status=Status.DRAFT)
    with pytest.raises(Problem, match="may not approve"):
        decisions.approve(one.post, people[name], NOON, TORONTO)
    assert status_of(one) == Status.DRAFT


@pytest.mark.parametrize("name", ["anna", "ada"])
def test_nobody_approves_their_own_post(people, name):
    one = delivery(status=Status.DRAFT, of=post(author=people[name]))
    with pytest.raises(Problem, match="somebody else"):
        decisions.approve(one.post, people[name], NOON, TORONTO)
    assert status_of(one) == Status.DRAFT


def test_the_gate_is_asked_when_a_post_is_approved(people):
    kept = delivery(status=Status.DRAFT, due=NOON - timedelta(days=1))
    queued = delivery(on="x-fr", status=Status.DRAFT, of=kept.post)
    number, sentences = decisions.approve(kept.post, people["anna"], NOON, TORONTO)
    assert (number, len(sentences)) == (1, 1)
    assert (status_of(kept), status_of(queued)) == (Status.DRAFT, Status.QUEUED)


def test_a_story_is_not_approved_for_a_day_on_which_its_consent_is_over(people):
    consent: dict[str, Any] = {
        "consent_from": date(2027, 1, 1),
        "consent_until": date(2027, 10, 20),
        "consent_channels": "x-en",
    }
    story = post("story", kind="story", **consent)
    soon = delivery(status=Status.DRAFT, of=story)
    later = delivery(on="x-fr", status=Status.DRAFT, of=story, due=NOON + timedelta(days=30))
    number, sentences = decisions.approve(story, people["anna"], NOON, TORONTO)
    assert (number, status_of(soon), status_of(later)) == (1, Status.QUEUED, Status.DRAFT)
    assert "consent" in sentences[0]


def test_an_example_is_never_queued(people):
    one = delivery(status=Status.DRAFT, of=post(example=True))
    assert decisions.approve(one.post, people["anna"], NOON, TORONTO)[0] == 0
    assert status_of(one) == Status.DRAFT


@pytest.mark.parametrize("status", [Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED])
def test_what_is_not_out_can_be_cancelled(status):
    one = delivery(status=status)
    decisions.cancel(one, "anna", "not now", NOON)
    assert status_of(one) == Status.CANCELLED
    assert Event.objects.get(delivery=one).reason == "not now"


@pytest.mark.parametrize(
    "status", [Status.SENDING, Status.PUBLISHED, Status.UNCONFIRMED, Status.REMOVED, Status.WITHDRAWN]
)
def test_what_is_out_or_on_its_way_cannot_be_cancelled(status):
    one = delivery(status=status)
    with pytest.raises(Problem, match=r"cannot become|published already"):
        decisions.cancel(one, "anna", "", NOON)
    assert status_of(one) == status


@pytest.mark.parametrize("status", [Status.FAILED, Status.MISSED])
def test_what_failed_or_was_missed_is_tried_again_now_and_has_its_grace_again(status):
    one = delivery(status=status, due=NOON - timedelta(days=3), tries=6)
    decisions.retry(one, "anna", NOON)
    one.refresh_from_db()
    assert (one.status, one.due_at, one.next_at, one.tries) == (Status.QUEUED, NOON, NOON, 0)
    assert one.latest_at == NOON + timedelta(hours=6)


@pytest.mark.parametrize("status", set(Status) - {Status.FAILED, Status.MISSED})
def test_nothing_else_is_tried_again(status):
    one = delivery(status=status)
    with pytest.raises(Problem):
        decisions.retry(one, "anna", NOON)
    assert status_of(one) == status


def test_what_is_not_approved_as_it_reads_now_is_not_tried_again():
    one = delivery(status=Status.FAILED, approved_fingerprint="older text")
    with pytest.raises(Problem, match="not approved"):
        decisions.retry(one, "anna", NOON)


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (Status.DRAFT, Status.DRAFT),
        (Status.QUEUED, Status.QUEUED),
        (Status.FAILED, Status.QUEUED),
        (Status.MISSED, Status.QUEUED),
    ],
)
def test_a_new_time_can_be_given_to_what_is_not_out(status, after):
    one = delivery(status=status)
    due = NOON + timedelta(days=1)
    decisions.reschedule(one, due, "anna", NOON)
    one.refresh_from_db()
    assert (one.status, one.due_at, one.next_at, one.latest_at) == (after, due, due, due + timedelta(hours=6))
    assert Event.objects.filter(delivery=one, action="rescheduled").count() == 1


def test_a_time_in_the_past_is_refused():
    with pytest.raises(Problem, match="past"):
        decisions.reschedule(delivery(), NOON, "anna", NOON)


@pytest.mark.parametrize("status", set(Status) - {Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED})
def test_what_is_out_or_on_its_way_gets_no_new_time(status):
    one = delivery(status=status)
    with pytest.raises(Problem):
        decisions.reschedule(one, NOON + timedelta(days=1), "anna", NOON)


def test_a_person_settles_an_unconfirmed_delivery_as_published():
    one = delivery(status=Status.UNCONFIRMED)
    decisions.resolve_published(one, "https://x.com/network/status/77/", "anna", NOON)
    one.refresh_from_db()
    assert (one.status, one.url, one.remote_id) == (Status.PUBLISHED, "https://x.com/network/status/77/", "77")


def test_a_person_settles_an_unconfirmed_delivery_as_not_published_and_it_waits_its_turn():
    one = delivery(status=Status.UNCONFIRMED)
    decisions.resolve_not_published(one, "anna", NOON)
    assert status_of(one) == Status.QUEUED
    assert candidates.next_due(NOON - timedelta(seconds=1)) == NOON


@pytest.mark.parametrize("status", set(Status) - {Status.UNCONFIRMED})
def test_only_what_is_unconfirmed_is_settled(status):
    one = delivery(status=status)
    for settle in (
        lambda: decisions.resolve_published(one, "https://x.com/1", "anna", NOON),
        lambda: decisions.resolve_not_published(one, "anna", NOON),
    ):
        with pytest.raises(Problem, match="only an unconfirmed one"):
            settle()
    assert Delivery.objects.get(id=one.id).url == ""


def test_a_number_that_is_not_there_is_told():
    with pytest.raises(Problem, match="no delivery 4711"):
        decisions.find_deliveries([4711])
