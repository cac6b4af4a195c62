"""The main flow: turns, claims, outcomes, order, gaps, limits, waits."""

from datetime import timedelta

import pytest

from campaign.config import Channel, Publishing
from campaign.decisions import settling
from campaign.delivery import candidates, leases, queue
from campaign.delivery.attempts import MOST_TRIES, Claim
from campaign.delivery.publish import AttemptAnswer, Worker, send, turn
from campaign.models import Attempt, ChannelState, Delivery, Event
from campaign.publishers.publisher import (
    NotThere,
    Outcome,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from campaign.states import Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    ours,
    post,
    status_of,
    worker,
)

pytestmark = pytest.mark.django_db
X = channel()


@pytest.fixture
def clock() -> FakeClock:
    leases.ensure(["x-en", "x-fr"])
    return FakeClock()


def answers(claims: list[Claim], *outcomes: Outcome | NotThere) -> list[AttemptAnswer]:
    return [
        AttemptAnswer(claim, channel(claim.channel), outcome)
        for claim, outcome in zip(claims, outcomes, strict=True)
    ]


def drained(publisher: FakePublisher, who: Worker, of: Channel = X) -> list[str]:
    """Turn after turn on one channel, until nothing is claimed."""
    ended: list[AttemptAnswer] = []
    while True:
        claims = turn(ended, [], [of], who)
        if not claims:
            return publisher.sent
        ended = [
            AttemptAnswer(claim, of, send(publisher, claim, who, ours)) for claim in claims
        ]


def test_what_is_due_goes_out_in_due_order(clock):
    for minutes in (3, 1, 2):
        delivery(f"p{minutes}", due=NOON - timedelta(minutes=minutes))
    delivery("later", due=NOON + timedelta(seconds=1))
    sent = drained(FakePublisher(), worker(clock))
    assert sent == [
        "The text of p3 on x-en.",
        "The text of p2 on x-en.",
        "The text of p1 on x-en.",
    ]


def test_the_attempt_stands_in_the_log_before_the_network_is_called(clock):
    one = delivery()
    seen = []
    publisher = FakePublisher(
        on_publish=lambda: seen.append((Attempt.objects.get().finished_at, status_of(one)))
    )
    drained(publisher, worker(clock))
    assert seen == [(None, Status.SENDING)]
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.status, attempt.text, attempt.number) == (
        "published",
        "published",
        one.text,
        1,
    )


def test_a_published_delivery_keeps_its_id_and_its_address(clock):
    one = delivery()
    drained(FakePublisher([Published("99", "https://x.com/99")]), worker(clock))
    one.refresh_from_db()
    assert (one.remote_id, one.url, one.published_at, one.reason) == (
        "99",
        "https://x.com/99",
        NOON,
        "",
    )


def test_a_refused_delivery_fails_and_the_next_one_goes_out(clock):
    first, second = delivery("a"), delivery("b")
    drained(FakePublisher([Refused("Too long.")]), worker(clock))
    assert (status_of(first), status_of(second)) == (Status.FAILED, Status.PUBLISHED)
    assert Delivery.objects.get(id=first.id).reason == "Too long."


def test_a_lost_answer_leaves_the_delivery_unconfirmed_and_nothing_tries_it_again(clock):
    one = delivery()
    publisher = FakePublisher([Unconfirmed("No answer.")])
    drained(publisher, worker(clock))
    clock.advance(hours=1)
    drained(publisher, worker(clock))
    assert (status_of(one), len(publisher.sent)) == (Status.UNCONFIRMED, 1)


def test_an_unforeseen_error_of_a_publisher_counts_as_a_lost_answer(clock):
    one = delivery()
    drained(FakePublisher([ValueError("a secret token")]), worker(clock))
    one.refresh_from_db()
    assert one.status == Status.UNCONFIRMED
    assert "secret" not in one.reason


def test_what_is_put_off_waits_twice_as_long_each_time_and_lets_others_pass(clock):
    first, second = delivery("a"), delivery("b")
    publisher = FakePublisher([TryLater("Busy.")])
    drained(publisher, worker(clock))
    assert (status_of(first), status_of(second)) == (Status.QUEUED, Status.PUBLISHED)
    waits = []
    for _ in range(3):
        due = Delivery.objects.get(id=first.id).next_at
        waits.append((due - clock.now) // timedelta(minutes=1))
        clock.now = due
        publisher.outcomes = [TryLater("Busy.")]
        drained(publisher, worker(clock))
    assert waits == [1, 2, 4]


def test_after_six_tries_a_person_is_asked(clock):
    one = delivery(grace=timedelta(days=2))
    for _ in range(6):
        clock.now = max(clock.now, Delivery.objects.get(id=one.id).next_at)
        drained(FakePublisher([TryLater("Busy.")]), worker(clock))
    one.refresh_from_db()
    assert (one.status, one.reason) == (Status.FAILED, "Busy. It was tried 6 times.")


def test_the_wait_that_a_network_asks_for_is_kept(clock):
    one = delivery()
    drained(FakePublisher([TryLater("Wait.", timedelta(minutes=7))]), worker(clock))
    assert Delivery.objects.get(id=one.id).next_at == NOON + timedelta(minutes=7)


def test_the_trouble_of_a_channel_rests_the_channel_and_costs_its_posts_no_try(clock):
    first, second, other = delivery("a"), delivery("b"), delivery("a", "x-fr")
    publisher = FakePublisher([TryLater("Limit.", timedelta(minutes=15), whole_channel=True)])
    drained(publisher, worker(clock))
    drained(FakePublisher(), worker(clock), channel("x-fr"))
    assert [status_of(one) for one in (first, second, other)] == [
        Status.QUEUED,
        Status.QUEUED,
        Status.PUBLISHED,
    ]
    assert Delivery.objects.get(id=first.id).tries == 0
    assert candidates.waiting(clock.now).channels == []
    clock.advance(minutes=15)
    assert drained(publisher, worker(clock))[1:] == [first.text, second.text]


def test_a_channel_in_trouble_again_and_again_rests_longer_and_longer(clock):
    delivery(grace=timedelta(days=2))
    rests = []
    for _ in range(4):
        drained(FakePublisher([TryLater("No credits.", whole_channel=True)]), worker(clock))
        until = ChannelState.objects.get(name="x-en").rest_until
        assert until is not None
        rests.append((until - clock.now) // timedelta(minutes=1))
        clock.now = until
    assert rests == [1, 2, 4, 8]


def test_the_gap_between_two_posts_holds_also_for_the_next_program(clock):
    delivery("a")
    delivery("b")
    gap = channel(gap=timedelta(minutes=10))
    publisher = FakePublisher()
    drained(publisher, worker(clock), gap)
    leases.release_all("worker-1")
    clock.advance(minutes=9)
    drained(publisher, worker(clock, "worker-2"), gap)
    assert len(publisher.sent) == 1
    clock.advance(minutes=1)
    drained(publisher, worker(clock, "worker-2"), gap)
    assert len(publisher.sent) == 2


def test_no_more_posts_go_out_in_a_local_day_than_the_channel_allows(clock):
    for number in range(3):
        delivery(f"p{number}", grace=timedelta(days=2))
    publisher, most = FakePublisher(), channel(most=2)
    drained(publisher, worker(clock), most)
    assert len(publisher.sent) == 2
    clock.advance(hours=11, minutes=59)  # 23:59 in Toronto
    drained(publisher, worker(clock), most)
    assert len(publisher.sent) == 2
    clock.advance(minutes=2)
    drained(publisher, worker(clock), most)
    assert len(publisher.sent) == 3


def test_a_second_worker_cannot_claim_on_a_channel_that_is_held(clock):
    delivery("a")
    delivery("b")
    assert len(turn([], [], [X], worker(clock, "one"))) == 1
    assert turn([], [], [X], worker(clock, "two")) == []


def test_a_worker_that_falls_silent_loses_its_channel_and_its_claim_is_in_doubt(clock):
    one = delivery("a")
    delivery("b")
    turn([], [], [X], worker(clock, "one"))
    clock.advance(seconds=61)
    assert queue.settle_interrupted(clock.now, "The program ended.") == 1
    assert status_of(one) == Status.UNCONFIRMED
    assert Attempt.objects.get(delivery=one).outcome == "unconfirmed"
    assert [claim.post for claim in turn([], [], [X], worker(clock, "two"))] == ["mbc/b"]


def test_a_live_worker_keeps_what_it_renews(clock):
    delivery("a")
    turn([], [], [X], worker(clock, "one"))
    clock.advance(seconds=50)
    leases.renew(["x-en"], "one", clock.now)
    clock.advance(seconds=50)
    assert queue.settle_interrupted(clock.now, "The program ended.") == 0


def test_an_answer_that_comes_too_late_is_still_written_down_when_the_post_is_out(clock):
    one = delivery("a")
    claims = turn([], [], [X], worker(clock, "one"))
    clock.advance(seconds=61)
    queue.settle_interrupted(clock.now, "The program ended.")
    turn(answers(claims, Published("7", "https://x.com/7")), [], [], worker(clock, "one"))
    one.refresh_from_db()
    assert (one.status, one.remote_id) == (Status.PUBLISHED, "7")
    assert Event.objects.get(delivery=one).action == "answered late"


def test_an_answer_that_comes_too_late_changes_nothing_otherwise(clock):
    one = delivery("a")
    claims = turn([], [], [X], worker(clock, "one"))
    clock.advance(seconds=61)
    queue.settle_interrupted(clock.now, "The program ended.")
    turn(answers(claims, TryLater("Busy.")), [], [], worker(clock, "one"))
    assert status_of(one) == Status.UNCONFIRMED


def test_a_machine_that_slept_between_claim_and_call_does_not_send(clock):
    one = delivery()
    who = worker(clock)
    publisher = FakePublisher()
    [claim] = turn([], [], [X], who)
    clock.advance(seconds=40)
    outcome = send(publisher, claim, who, ours)
    turn(answers([claim], outcome), [], [], who)
    assert (publisher.sent, status_of(one)) == ([], Status.QUEUED)


def test_a_machine_that_sleeps_again_and_again_costs_a_post_none_of_its_tries(clock):
    ours_to_send = delivery()
    who = worker(clock)
    publisher = FakePublisher()
    ended: list[AttemptAnswer] = []
    for _ in range(MOST_TRIES * 3):
        clock.advance(minutes=1)
        claims = turn(ended, [], [X], who) or turn([], [], [X], who)
        clock.advance(seconds=40)
        ended = answers(claims, *(send(publisher, claim, who, ours) for claim in claims))
    turn(ended, [], [], who)
    assert (publisher.sent, status_of(ours_to_send)) == ([], Status.QUEUED)
    assert Attempt.objects.count() > MOST_TRIES


def test_a_cancelled_delivery_is_not_claimed(clock):
    one = delivery()
    queue.move(
        one.id,
        Status.QUEUED,
        Status.CANCELLED,
        NOON,
        actor="anna",
        action="cancelled",
        reason="",
    )
    assert turn([], [], [X], worker(clock)) == []


def test_what_the_gate_keeps_back_is_moved_aside_and_the_next_one_is_sent(clock):
    late = delivery("late", due=NOON - timedelta(hours=7))
    changed = delivery("changed", approved_fingerprint="another")
    story = delivery("story", of=post("story", kind="story"))
    example = delivery("example", of=post("example", example=True))
    fact = delivery("fact", facts="gone")
    good = delivery("good")
    drained(FakePublisher(), worker(clock))
    assert [status_of(one) for one in (late, changed, story, example, fact, good)] == [
        Status.MISSED,
        Status.DRAFT,
        Status.WITHDRAWN,
        Status.DRAFT,
        Status.DRAFT,
        Status.PUBLISHED,
    ]
    assert Event.objects.filter(actor="gate").count() == 5


def test_late_deliveries_are_put_aside_even_on_a_channel_that_nobody_works_on(clock):
    late = delivery("late", due=NOON - timedelta(hours=7))
    soon = delivery("soon")
    assert queue.settle_late(clock.now, TORONTO) == 1
    assert (status_of(late), status_of(soon)) == (Status.MISSED, Status.QUEUED)


def test_the_worker_is_told_of_every_attempt_after_it_is_committed(clock):
    delivery()
    told = []
    who = worker(clock)
    who = Worker(
        who.name,
        clock,
        TORONTO,
        who.publishing,
        lambda claim, result: told.append((claim.post, result.status)),
    )
    drained(FakePublisher(), who)
    assert told == [("mbc/a", Status.PUBLISHED)]


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNCONFIRMED, Status.MISSED])
def test_one_language_waits_while_the_other_is_in_trouble_where_that_is_set(clock, status):
    later = NOON + timedelta(hours=1)
    delivery("a", "x-en", status=status, look_at=later)
    french = delivery("a", "x-fr", language="fr")
    page = delivery("a", "page-fr", language="fr", network="facebook")
    other = delivery("b", "x-fr", language="fr")
    leases.ensure(["page-fr"])
    together = Worker("worker-1", clock, TORONTO, Publishing(together=True))
    drained(FakePublisher(), together, channel("x-fr"))
    drained(FakePublisher(), together, channel("page-fr"))
    assert [status_of(one) for one in (french, page, other)] == [
        Status.QUEUED,
        Status.PUBLISHED,
        Status.PUBLISHED,
    ]
    drained(FakePublisher(), worker(clock), channel("x-fr"))
    assert status_of(french) is Status.PUBLISHED


def test_the_other_language_goes_on_when_a_person_has_settled_the_trouble(clock):
    english = delivery("a", "x-en", status=Status.FAILED)
    french = delivery("a", "x-fr", language="fr")
    settling.cancel(english, "bob", "", NOON)
    drained(
        FakePublisher(),
        Worker("worker-1", clock, TORONTO, Publishing(together=True)),
        channel("x-fr"),
    )
    assert status_of(french) is Status.PUBLISHED


def test_the_link_beside_a_text_goes_out_with_its_first_part_and_stands_in_the_log(clock):
    one = delivery("thread", text="One.\n---\nTwo.", link="https://example.org/a")
    publisher = FakePublisher()
    drained(publisher, worker(clock))
    assert [message.link for message in publisher.messages] == ["https://example.org/a", ""]
    assert list(Attempt.objects.order_by("id").values_list("link", flat=True)) == [
        "https://example.org/a",
        "",
    ]
    assert status_of(one) == Status.PUBLISHED
