"""Looking before sending again."""

from datetime import timedelta

import pytest

from campaign.core.sentence import Sentence
from campaign.delivery import leases, queue, reconcile
from campaign.delivery.publish import AttemptAnswer, Look, send, turn
from campaign.models import Attempt, Delivery, Event
from campaign.publishers.publisher import (
    CannotLook,
    Published,
    Refused,
    RemotePost,
    Unconfirmed,
    Unreachable,
)
from campaign.states import Status
from tests.deliveries import (
    NOON,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    ours,
    status_of,
    worker,
)

pytestmark = pytest.mark.django_db
X = channel()
LOST = Unconfirmed("No answer.")


@pytest.fixture
def clock() -> FakeClock:
    leases.ensure(["x-en"])
    return FakeClock()


def sent(publisher, clock):
    """Everything that can be claimed now, one after the other."""
    ended = []
    while claims := turn(ended, [], [X], worker(clock)):
        ended = [
            AttemptAnswer(claim, X, send(publisher, claim, worker(clock), ours))
            for claim in claims
        ]


def looked(publisher, clock):
    """One look at the account, settled."""
    doubts = reconcile.doubts_of("x-en", clock())
    if doubts:
        turn([], [Look(X, doubts, reconcile.look(publisher, doubts))], [], worker(clock))
    return len(doubts)


def found(text, remote_id="77", at=NOON):
    return RemotePost(remote_id, f"https://x.com/{remote_id}", text, at)


def test_a_post_that_is_found_is_adopted_with_its_id_and_address(clock):
    one = delivery()
    publisher = FakePublisher([LOST], account=[found("Another post."), found(one.text, "78")])
    sent(publisher, clock)
    looked(publisher, clock)
    one.refresh_from_db()
    assert (one.status, one.remote_id, one.url) == (Status.PUBLISHED, "78", "https://x.com/78")
    assert Event.objects.get(delivery=one).action == "found"
    assert len(publisher.sent) == 1


def test_a_post_that_is_not_there_is_sent_again_only_after_two_looks_some_time_apart(clock):
    one = delivery()
    publisher = FakePublisher([LOST])
    sent(publisher, clock)
    assert looked(publisher, clock) == 1
    assert (status_of(one), looked(publisher, clock)) == (Status.UNCONFIRMED, 0)
    clock.advance(minutes=1)
    assert looked(publisher, clock) == 1
    assert status_of(one) == Status.QUEUED
    sent(publisher, clock)
    assert (status_of(one), len(publisher.sent)) == (Status.PUBLISHED, 2)
    assert [event.action for event in Event.objects.filter(delivery=one)] == ["not found"]


def test_a_post_that_shows_up_at_the_second_look_is_adopted(clock):
    one = delivery()
    publisher = FakePublisher([LOST])
    sent(publisher, clock)
    looked(publisher, clock)
    publisher.account = [found(one.text)]
    clock.advance(minutes=1)
    looked(publisher, clock)
    assert (status_of(one), len(publisher.sent)) == (Status.PUBLISHED, 1)


def test_it_is_not_sent_again_when_its_time_is_over(clock):
    one = delivery(grace=timedelta(seconds=30))
    publisher = FakePublisher([LOST])
    sent(publisher, clock)
    looked(publisher, clock)
    clock.advance(minutes=1)
    looked(publisher, clock)
    sent(publisher, clock)
    assert (status_of(one), len(publisher.sent)) == (Status.MISSED, 1)


@pytest.mark.parametrize(
    "problem",
    [Unreachable("The network is down."), CannotLook("No permission."), ValueError("odd")],
)
def test_when_looking_is_not_possible_it_waits_and_asks_a_person(clock, problem):
    one = delivery()
    publisher = FakePublisher([LOST], account=problem)
    sent(publisher, clock)
    for _ in range(5):
        looked(publisher, clock)
        clock.advance(minutes=5)
    one.refresh_from_db()
    assert (one.status, len(publisher.sent)) == (Status.UNCONFIRMED, 1)
    assert "--not-published" in one.reason
    assert isinstance(one.reason, Sentence)  # so that it is read in French too
    publisher.account = [found(one.text)]
    looked(publisher, clock)
    assert status_of(one) == Status.PUBLISHED


@pytest.mark.parametrize(
    ("problem", "by_itself"),
    [(Unreachable("X asks to wait."), True), (CannotLook("The keys are wrong."), False)],
)
def test_a_person_is_told_either_to_look_or_that_it_goes_on_by_itself(
    clock, problem, by_itself
):
    one = delivery()
    publisher = FakePublisher([LOST], account=problem)
    sent(publisher, clock)
    looked(publisher, clock)
    one.refresh_from_db()
    assert one.reason.startswith(f"It could not be looked for: {problem} ")
    assert ("It is looked for again by itself" in one.reason) == by_itself
    assert ("Look at the account yourself" in one.reason) == (not by_itself)
    assert f"resolve {one.pk} --published URL" in one.reason


@pytest.mark.parametrize(("asked", "minutes"), [(0, 1), (20, 20), (60 * 24 * 30, 60)])
def test_the_next_look_comes_when_the_networks_limit_is_over(clock, asked, minutes):
    one = delivery()
    limit = Unreachable("X asks to wait.", timedelta(minutes=asked))
    publisher = FakePublisher([LOST], account=limit)
    sent(publisher, clock)
    looked(publisher, clock)
    one.refresh_from_db()
    assert one.look_at - clock() == timedelta(minutes=minutes)


def test_looks_that_failed_do_not_count_as_looks(clock):
    one = delivery()
    publisher = FakePublisher([LOST], account=Unreachable("down"))
    sent(publisher, clock)
    for _ in range(3):
        looked(publisher, clock)
        clock.advance(minutes=1)
    publisher.account = []
    looked(publisher, clock)
    assert status_of(one) == Status.UNCONFIRMED


def test_a_post_that_another_delivery_owns_is_not_taken_for_it(clock):
    own = delivery("a", text="The same words.")
    other = delivery("b", status=Status.PUBLISHED, text="The same words.", remote_id="77")
    publisher = FakePublisher([LOST], account=[found("The same words.", "77")])
    sent(publisher, clock)
    looked(publisher, clock)
    assert (status_of(own), status_of(other)) == (Status.UNCONFIRMED, Status.PUBLISHED)


@pytest.mark.parametrize(
    ("owned", "seen"), [("abc", "ABC"), ("a1c", "a_c"), ("1234", "23"), ("7 8", "%")]
)
def test_an_id_that_only_looks_like_an_owned_one_is_nobodys(clock, owned, seen):
    own = delivery("a", text="The same words.")
    delivery(
        "b", status=Status.PUBLISHED, text="The same words.", remote_id="0", part_ids=owned
    )
    publisher = FakePublisher([LOST], account=[found("The same words.", seen)])
    sent(publisher, clock)
    looked(publisher, clock)
    own.refresh_from_db()
    assert (own.status, own.remote_id) == (Status.PUBLISHED, seen)


def test_two_deliveries_with_the_same_text_get_a_post_each(clock):
    first, second = delivery("a", text="The same words."), delivery("b", text="The same words.")
    publisher = FakePublisher([LOST, LOST])
    sent(publisher, clock)
    later = NOON + timedelta(seconds=5)
    publisher.account = [found("The same words.", "2", later), found("The same words.", "1")]
    looked(publisher, clock)
    assert [Delivery.objects.get(id=one.id).remote_id for one in (first, second)] == ["1", "2"]


def test_of_two_deliveries_with_the_same_text_and_one_post_the_other_is_looked_for_again(clock):
    first, second = delivery("a", text="The same words."), delivery("b", text="The same words.")
    publisher = FakePublisher([LOST, LOST], account=[found("The same words.", "1")])
    sent(publisher, clock)
    looked(publisher, clock)
    assert (status_of(first), status_of(second)) == (Status.PUBLISHED, Status.UNCONFIRMED)


def test_an_older_post_with_the_same_text_is_not_taken_for_it(clock):
    one = delivery()
    publisher = FakePublisher([LOST], account=[found(one.text, at=NOON - timedelta(days=1))])
    sent(publisher, clock)
    looked(publisher, clock)
    assert status_of(one) == Status.UNCONFIRMED


def test_a_refused_repetition_after_a_doubt_counts_as_found(clock):
    one = delivery()
    publisher = FakePublisher([LOST, Refused("You have said that already.", duplicate=True)])
    sent(publisher, clock)
    looked(publisher, clock)
    clock.advance(minutes=1)
    looked(publisher, clock)
    sent(publisher, clock)
    assert status_of(one) == Status.UNCONFIRMED
    publisher.account = [found(one.text, "79")]
    looked(publisher, clock)
    assert Delivery.objects.get(id=one.id).remote_id == "79"


def test_a_refused_repetition_counts_as_found_even_when_the_account_does_not_show_it(clock):
    one = delivery()
    publisher = FakePublisher([LOST, Refused("You have said that already.", duplicate=True)])
    sent(publisher, clock)
    for _ in range(2):
        looked(publisher, clock)
        clock.advance(minutes=1)
    sent(publisher, clock)
    for _ in range(2):
        looked(publisher, clock)
        clock.advance(minutes=1)
    assert (status_of(one), len(publisher.sent)) == (Status.PUBLISHED, 2)


SAID = Refused("You have said that already.", duplicate=True)


def test_a_repetition_on_a_first_try_is_looked_for_and_adopted_however_long_it_is_out(clock):
    """As by a database of which this one is an older copy."""
    one = delivery()
    publisher = FakePublisher([SAID], account=[found(one.text, at=NOON - timedelta(days=2))])
    sent(publisher, clock)
    assert status_of(one) == Status.UNCONFIRMED
    looked(publisher, clock)
    one.refresh_from_db()
    assert (one.status, one.url) == (Status.PUBLISHED, "https://x.com/77")
    assert Attempt.objects.get().outcome == "refused"


@pytest.mark.parametrize("account", [[], [found("The text of a on x-en.", "1")]])
def test_a_repetition_on_a_first_try_of_which_nothing_is_out_is_a_failure(clock, account):
    """Not there, or another delivery's."""
    delivery("other", status=Status.PUBLISHED, remote_id="1", text="Other words.")
    one = delivery()
    publisher = FakePublisher([SAID], account=account)
    sent(publisher, clock)
    looked(publisher, clock)
    clock.advance(minutes=1)
    looked(publisher, clock)
    one.refresh_from_db()
    assert (one.status, len(publisher.sent)) == (Status.FAILED, 1)
    assert "You have said that already. It was looked for twice" in one.reason


def test_a_repetition_on_a_first_try_waits_while_the_account_cannot_be_read(clock):
    one = delivery()
    publisher = FakePublisher([SAID], account=CannotLook("No permission."))
    sent(publisher, clock)
    for _ in range(3):
        looked(publisher, clock)
        clock.advance(minutes=5)
    assert (status_of(one), len(publisher.sent)) == (Status.UNCONFIRMED, 1)


def test_an_answer_of_an_old_look_changes_nothing(clock):
    one = delivery()
    publisher = FakePublisher([LOST, LOST])
    sent(publisher, clock)
    looked(publisher, clock)
    clock.advance(minutes=1)
    stale = reconcile.doubts_of("x-en", clock())
    looked(publisher, clock)
    sent(publisher, clock)
    turn([], [Look(X, stale, reconcile.look(publisher, stale))], [], worker(clock))
    assert (status_of(one), len(publisher.sent)) == (Status.UNCONFIRMED, 2)


def test_a_delivery_of_a_dead_program_is_looked_for(clock):
    one = delivery()
    turn([], [], [X], worker(clock, "dead"))
    clock.advance(seconds=61)
    queue.settle_interrupted(clock(), "The program ended.")
    publisher = FakePublisher(account=[found(one.text)])
    looked(publisher, clock)
    assert (status_of(one), publisher.sent) == (Status.PUBLISHED, [])


THREAD = "One.\n---\nTwo.\n---\nThree."


def test_a_thread_goes_out_part_by_part_each_answering_the_one_before(clock):
    one = delivery(text=THREAD)
    publisher = FakePublisher()
    sent(publisher, clock)
    assert [(message.text, message.reply_to) for message in publisher.messages] == [
        ("One.", ""),
        ("Two.", "1"),
        ("Three.", "2"),
    ]
    one.refresh_from_db()
    assert (one.status, one.remote_id, one.url, one.part_ids) == (
        Status.PUBLISHED,
        "1",
        "https://x.com/1",
        "1 2 3",
    )
    assert list(Attempt.objects.order_by("id").values_list("part", "outcome")) == [
        (1, "published"),
        (2, "published"),
        (3, "published"),
    ]


def test_a_network_without_threads_gets_one_post_whatever_was_approved_before(clock):
    """A text of an earlier version may still hold the mark: it was approved with it."""
    delivery(text=THREAD, network="facebook")
    publisher = FakePublisher()
    sent(publisher, clock)
    assert publisher.sent == ["One.\n\nTwo.\n\nThree."]
    assert Delivery.objects.get().status == Status.PUBLISHED


def test_a_thread_is_not_interrupted_by_other_posts_of_its_channel(clock):
    delivery("a", text=THREAD)
    delivery("b")
    publisher = FakePublisher()
    sent(publisher, clock)
    assert publisher.sent == ["One.", "Two.", "Three.", "The text of b on x-en."]


def test_a_lost_part_is_looked_for_first_and_the_thread_goes_on_behind_it(clock):
    one = delivery(text=THREAD)
    publisher = FakePublisher(
        [Published("1", "https://x.com/1"), LOST], account=[found("Two.", "22")]
    )
    sent(publisher, clock)
    looked(publisher, clock)
    sent(publisher, clock)
    one.refresh_from_db()
    assert publisher.sent == ["One.", "Two.", "Three."]
    assert publisher.messages[2].reply_to == "22"
    assert (one.status, one.url, one.part_ids.split()[:2]) == (
        Status.PUBLISHED,
        "https://x.com/1",
        ["1", "22"],
    )


def test_a_thread_that_has_begun_is_finished_however_late(clock):
    one = delivery(text=THREAD, grace=timedelta(seconds=30))
    publisher = FakePublisher([Published("1", "u"), LOST])
    sent(publisher, clock)
    for _ in range(2):
        looked(publisher, clock)
        clock.advance(minutes=2)
    sent(publisher, clock)
    assert (status_of(one), publisher.sent) == (
        Status.PUBLISHED,
        ["One.", "Two.", "Two.", "Three."],
    )


def test_a_part_that_is_recorded_twice_does_not_end_the_next_part(clock):
    """As after a commit that went through and was not heard of."""
    one = delivery(text=THREAD)
    who = worker(clock)
    [claim] = turn([], [], [X], who)
    answer = AttemptAnswer(claim, X, Published("1", "https://x.com/1"))
    turn([answer], [], [X], who)
    turn([answer], [], [], who)
    assert list(Attempt.objects.order_by("id").values_list("part", "outcome")) == [
        (1, "published"),
        (2, ""),
    ]
    assert status_of(one) == Status.SENDING
