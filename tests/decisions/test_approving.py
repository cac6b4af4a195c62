"""What people decide: approve, cancel, retry, reschedule, resolve."""

from datetime import date, timedelta

import pytest

from campaign.authoring.versions import save_version
from campaign.content.compared import WordRun
from campaign.core.problem import Problem
from campaign.decisions import approving, settling
from campaign.delivery import candidates
from campaign.delivery.attachments import fingerprint
from campaign.models import Delivery, Event, Post, Version
from campaign.people.roles import Role, add_user
from campaign.states import OUT, Stage, Status
from tests.deliveries import (
    NOON,
    TORONTO,
    consent,
    delivery,
    person,
    post,
    says,
    status_of,
    story,
)

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
    assert approving.approve(one.post, people[name], NOON, TORONTO) == (1, [])
    one.refresh_from_db()
    assert (one.status, one.approved_by, one.approved_fingerprint) == (
        Status.QUEUED,
        people[name],
        one.fingerprint,
    )


@pytest.mark.parametrize("name", ["vic", "stranger"])
def test_volunteers_and_strangers_approve_nothing(people, name):
    one = delivery(status=Status.DRAFT)
    with pytest.raises(Problem, match="may not approve"):
        approving.approve(one.post, people[name], NOON, TORONTO)
    assert status_of(one) == Status.DRAFT


@pytest.mark.parametrize("name", ["anna", "ada"])
def test_nobody_approves_their_own_post(people, name):
    one = delivery(status=Status.DRAFT, of=post(author=people[name]))
    with pytest.raises(Problem, match="somebody else"):
        approving.approve(one.post, people[name], NOON, TORONTO)
    assert status_of(one) == Status.DRAFT


def test_the_gate_is_asked_when_a_post_is_approved(people):
    kept = delivery(status=Status.DRAFT, due=NOON - timedelta(days=1))
    queued = delivery(on="x-fr", status=Status.DRAFT, of=kept.post)
    number, sentences = approving.approve(kept.post, people["anna"], NOON, TORONTO)
    assert (number, len(sentences)) == (1, 1)
    assert (status_of(kept), status_of(queued)) == (Status.DRAFT, Status.QUEUED)


def test_a_story_is_not_approved_for_a_day_on_which_its_consent_is_over(people):
    who = person()
    consent(who, until=date(2027, 10, 20))
    of = story(who)
    soon = delivery(status=Status.DRAFT, of=of)
    later = delivery(on="x-fr", status=Status.DRAFT, of=of, due=NOON + timedelta(days=30))
    for one in (soon, later):
        says(one)
    number, sentences = approving.approve(of, people["anna"], NOON, TORONTO)
    assert (number, status_of(soon), status_of(later)) == (1, Status.QUEUED, Status.DRAFT)
    assert "consent holds from 2027-01-01 to 2027-10-20" in sentences[0]


def test_a_story_is_not_approved_before_its_person_has_said_yes_to_the_very_text(people):
    one = delivery(status=Status.DRAFT, of=story())
    assert (
        "has not said yes to this very text"
        in approving.approve(one.post, people["anna"], NOON, TORONTO)[1][0]
    )
    says(one)
    Delivery.objects.filter(pk=one.pk).update(
        text="Other words.", fingerprint=fingerprint("Other words.")
    )
    assert approving.approve(one.post, people["anna"], NOON, TORONTO)[0] == 0
    one.refresh_from_db()
    says(one)
    assert approving.approve(one.post, people["anna"], NOON, TORONTO) == (1, [])


@pytest.mark.parametrize(
    "values",
    [{"kind": "story"}, {"storyteller": "S-0099"}, {"kind": "story", "storyteller": "Zoé"}],
)
def test_what_tells_of_a_person_without_a_record_is_never_approved(people, values):
    one = draft(post("nobody", **values))
    assert approving.approve(one.post, people["anna"], NOON, TORONTO)[0] == 0
    assert status_of(one) == Status.DRAFT


def test_an_example_is_never_queued(people):
    one = delivery(status=Status.DRAFT, of=post(example=True))
    assert approving.approve(one.post, people["anna"], NOON, TORONTO)[0] == 0
    assert status_of(one) == Status.DRAFT


@pytest.mark.parametrize("status", [Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED])
def test_what_is_not_out_can_be_cancelled(status):
    one = delivery(status=status)
    settling.cancel(one, "anna", "not now", NOON)
    assert status_of(one) == Status.CANCELLED
    assert Event.objects.get(delivery=one).reason == "not now"


@pytest.mark.parametrize(
    "status",
    [Status.SENDING, Status.PUBLISHED, Status.UNCONFIRMED, Status.REMOVED, Status.WITHDRAWN],
)
def test_what_is_out_or_on_its_way_cannot_be_cancelled(status):
    one = delivery(status=status)
    with pytest.raises(Problem, match=r"cannot become|published already"):
        settling.cancel(one, "anna", "", NOON)
    assert status_of(one) == status


def test_a_person_settles_an_unconfirmed_delivery_as_published():
    one = delivery(status=Status.UNCONFIRMED)
    settling.resolve_published(one, "https://x.com/network/status/77/", "anna", NOON)
    one.refresh_from_db()
    assert (one.status, one.url, one.remote_id) == (
        Status.PUBLISHED,
        "https://x.com/network/status/77/",
        "77",
    )


def test_a_person_settles_an_unconfirmed_delivery_as_not_published_and_it_waits_its_turn():
    one = delivery(status=Status.UNCONFIRMED)
    settling.resolve_not_published(one, "anna", NOON)
    assert status_of(one) == Status.QUEUED
    assert candidates.next_due(NOON - timedelta(seconds=1)) == NOON


@pytest.mark.parametrize("status", set(Status) - {Status.UNCONFIRMED})
def test_only_what_is_unconfirmed_is_settled(status):
    one = delivery(status=status)
    for settle in (
        lambda: settling.resolve_published(one, "https://x.com/1", "anna", NOON),
        lambda: settling.resolve_not_published(one, "anna", NOON),
    ):
        with pytest.raises(Problem, match="only an unconfirmed one"):
            settle()
    assert Delivery.objects.get(id=one.id).url == ""


def test_a_number_that_is_not_there_is_told():
    with pytest.raises(Problem, match="no delivery 4711"):
        settling.find_deliveries([4711])


def draft(of, on="x-en", **values):
    return delivery(on=on, status=Status.DRAFT, of=of, **values)


def version(of, by, at, number=1, source=""):
    return Version.objects.create(post=of, number=number, source=source, by=by, at=at)


def as_shown(of):
    return {one.pk: one.fingerprint for one in of.deliveries.filter(status=Status.DRAFT)}


def test_everyone_who_saved_a_version_since_the_last_approval_is_one_of_its_writers(people):
    one = draft(post(author=people["vic"], editor=people["vic"]))
    version(one.post, people["anna"], NOON)
    with pytest.raises(Problem, match="anna worked on mbc/a: somebody else"):
        approving.approve(one.post, people["anna"], NOON, TORONTO)
    assert approving.approve(one.post, people["ada"], NOON, TORONTO) == (1, [])


def test_who_wrote_only_what_was_approved_before_may_approve_what_came_after(people):
    one = draft(
        post(author=people["vic"], editor=people["ada"]), approved_at=NOON - timedelta(hours=2)
    )
    version(one.post, people["anna"], NOON - timedelta(hours=3))
    version(one.post, people["ada"], NOON - timedelta(hours=1), 2)
    assert approving.approve(one.post, people["anna"], NOON, TORONTO) == (1, [])


def test_who_wrote_words_that_were_kept_back_from_an_earlier_approval_does_not_approve_them(
    people,
):
    of = post(author=people["vic"])
    draft(of, approved_at=NOON - timedelta(hours=2))
    draft(of, on="x-fr")
    version(of, people["anna"], NOON - timedelta(hours=3))
    with pytest.raises(Problem, match="worked on"):
        approving.approve(of, people["anna"], NOON, TORONTO)


@pytest.mark.parametrize("kind", ["awareness", "action"])
def test_the_setting_lets_people_approve_messages_of_their_own(people, kind):
    one = draft(post(author=people["anna"], kind=kind))
    assert approving.approve(one.post, people["anna"], NOON, TORONTO, own=True) == (1, [])


@pytest.mark.parametrize(
    "spelling",
    [
        'kind = "story"',
        "kind = 'story'",
        'kind="""story"""',
        '"kind" = "st\\u006fry"',
        'kind = "awareness"\n[consent]\nstoryteller = "S-0042"',
        "consent = { storyteller = 'S-0042' }",
    ],
)
def test_the_setting_never_covers_a_story_nor_what_was_one(people, spelling):
    story = draft(post("story", author=people["anna"], kind="story"))
    was_one = draft(post("was-one", author=people["anna"]))
    save_version(was_one.post, spelling, people["vic"], NOON, based_on=0)
    save_version(was_one.post, 'kind = "awareness"\n', people["anna"], NOON, based_on=1)
    about_somebody = draft(post("somebody", author=people["anna"], storyteller="S-0042"))
    for one in (story, was_one, about_somebody):
        with pytest.raises(Problem, match="somebody else"):
            approving.approve(one.post, people["anna"], NOON, TORONTO, own=True)


def test_the_setting_gives_volunteers_nothing(people):
    one = draft(post(author=people["vic"]))
    with pytest.raises(Problem, match="may not approve"):
        approving.approve(one.post, people["vic"], NOON, TORONTO, own=True)


@pytest.mark.parametrize("stage", set(Stage) - {Stage.PLANNED})
def test_what_is_not_handed_in_and_planned_is_not_approved(people, stage):
    one = draft(post(author=people["vic"], stage=stage))
    with pytest.raises(Problem, match=r"mbc/a (is|was) "):
        approving.approve(one.post, people["anna"], NOON, TORONTO)
    assert status_of(one) == Status.DRAFT


def test_an_approval_is_for_the_text_that_was_shown(people):
    one = draft(post(author=people["vic"]))
    shown = as_shown(one.post)
    Delivery.objects.filter(pk=one.pk).update(
        text="Other words.", fingerprint=fingerprint("Other words.")
    )
    with pytest.raises(approving.ChangedSinceShown, match="nothing is approved"):
        approving.approve(one.post, people["anna"], NOON, TORONTO, shown=shown)
    assert status_of(one) == Status.DRAFT
    assert approving.approve(
        one.post, people["anna"], NOON, TORONTO, shown=as_shown(one.post)
    ) == (
        1,
        [],
    )


def test_a_delivery_that_was_not_on_the_page_is_not_approved_with_the_others(people):
    of = draft(post(author=people["vic"])).post
    shown = as_shown(of)
    draft(of, on="x-fr")
    with pytest.raises(approving.ChangedSinceShown):
        approving.approve(of, people["anna"], NOON, TORONTO, shown=shown)
    assert not of.deliveries.filter(status=Status.QUEUED).exists()


def test_the_approved_text_is_kept_and_a_change_of_it_is_shown_word_by_word(people):
    one = draft(post(author=people["vic"]), text="One in four, they say.")
    approving.approve(one.post, people["anna"], NOON, TORONTO)
    one.refresh_from_db()
    assert (one.approved_text, approving.changed_since_approval(one)) == (one.text, [])
    one.text = "One in five, they say."
    assert approving.changed_since_approval(one) == [
        WordRun("One in ", "One in "),
        WordRun("four", "five"),
        WordRun(", they say.", ", they say."),
    ]


def test_what_was_never_approved_has_not_changed_since():
    assert approving.changed_since_approval(draft(post())) == []


def test_an_approval_can_be_taken_back_while_nothing_has_gone_out(people):
    of = post(author=people["vic"])
    both = [draft(of), draft(of, on="x-fr")]
    approving.approve(of, people["anna"], NOON, TORONTO)
    assert approving.unapprove(of, people["ada"], NOON) == 2
    for one in both:
        one.refresh_from_db()
        assert (one.status, one.approved_by, one.approved_at, one.approved_text) == (
            Status.DRAFT,
            None,
            None,
            "",
        )
        assert list(one.events.order_by("id").values_list("action", flat=True)) == [
            "approved",
            "approval taken back",
        ]


@pytest.mark.parametrize("status", sorted(OUT))
def test_an_approval_is_not_taken_back_when_a_part_has_gone_out(people, status):
    of = post(author=people["vic"])
    out, waits = draft(of), draft(of, on="x-fr")
    approving.approve(of, people["anna"], NOON, TORONTO)
    Delivery.objects.filter(pk=out.pk).update(status=status)
    with pytest.raises(Problem, match="gone out"):
        approving.unapprove(of, people["anna"], NOON)
    assert status_of(waits) == Status.QUEUED


def test_what_an_earlier_approval_let_out_stands_in_nobodys_way(people):
    of = post(author=people["vic"])
    delivery(of=of, status=Status.PUBLISHED, approved_at=NOON - timedelta(days=1))
    again = draft(of, on="x-fr")
    approving.approve(of, people["anna"], NOON, TORONTO)
    assert approving.unapprove(of, people["anna"], NOON) == 1
    assert status_of(again) == Status.DRAFT


def test_taking_an_approval_back_needs_one_and_a_role(people):
    of = draft(post(author=people["vic"])).post
    with pytest.raises(Problem, match="nothing to take back"):
        approving.unapprove(of, people["anna"], NOON)
    approving.approve(of, people["anna"], NOON, TORONTO)
    with pytest.raises(Problem, match="may not"):
        approving.unapprove(of, people["vic"], NOON)


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.PLANNED])
def test_a_post_is_returned_with_a_reason_and_is_not_approved_then(people, stage):
    one = draft(post(author=people["vic"], stage=stage))
    approving.hand_back(one.post, people["anna"], " Could you shorten it? ", NOON)
    of = Post.objects.get(pk=one.post_id)
    assert (of.stage, of.stage_reason) == (Stage.RETURNED, "Could you shorten it?")
    event = Event.objects.get(post=of)
    assert (event.actor, event.action, event.reason) == (
        "anna",
        "returned",
        "Could you shorten it?",
    )
    with pytest.raises(Problem, match="was returned"):
        approving.approve(of, people["ada"], NOON, TORONTO)


@pytest.mark.parametrize(("reason", "said"), [("  \n", "few words"), ("x" * 1_001, "too long")])
def test_returning_takes_a_reason_that_can_be_read(people, reason, said):
    one = draft(post(author=people["vic"]))
    with pytest.raises(Problem, match=said):
        approving.hand_back(one.post, people["anna"], reason, NOON)


def test_what_waits_for_its_time_is_not_returned(people):
    of = draft(post(author=people["vic"])).post
    approving.approve(of, people["anna"], NOON, TORONTO)
    with pytest.raises(Problem, match="take the approval back"):
        approving.hand_back(of, people["anna"], "Not yet.", NOON)


def test_there_is_nothing_to_return_where_nothing_waits(people):
    with pytest.raises(Problem, match="nothing to return"):
        approving.hand_back(
            delivery(status=Status.PUBLISHED).post, people["anna"], "Not yet.", NOON
        )
    with pytest.raises(Problem, match="nothing to return"):
        approving.hand_back(post("b", stage=Stage.TAKEN_BACK), people["anna"], "Not yet.", NOON)


def test_volunteers_return_nothing(people):
    with pytest.raises(Problem, match="may not"):
        approving.hand_back(draft(post()).post, people["vic"], "Not yet.", NOON)
