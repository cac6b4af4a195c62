"""A worker that is frozen at any step of a send, past its lease, and wakes up when another one has gone on in its place:
each post is out once, or the second copy is known, told, and taken down by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest

from campaign.core.sentence import Sentence
from campaign.delivery import copies, leases, queue, reconcile
from campaign.delivery.publish import AttemptAnswer, Look, send, turn
from campaign.delivery.takedown import delete
from campaign.models import Attempt, Delivery, Event, SecondCopy
from campaign.publishers.publisher import (
    Deleted,
    NotDeleted,
    Outcome,
    Published,
    Ready,
    Refused,
    RemotePost,
    Removal,
    TryLater,
    Unconfirmed,
)
from campaign.states import Status
from tests.deliveries import FakeClock, FakePublisher, channel, delivery, worker

pytestmark = pytest.mark.django_db
X = channel()
THREAD = "One.\n---\nTwo.\n---\nThree."
STEPS = ("before preparing", "when prepared", "in the call", "before the answer")
WHY = Sentence("The worker fell silent.")


@dataclass
class Network(FakePublisher):
    """An account that keeps what it is sent, and stops once, at one step of one message, while `meanwhile` happens."""

    clock: FakeClock = field(default_factory=FakeClock)
    step: str = ""
    words: str = ""  #: of the message at which it stops
    meanwhile: Callable[[], None] = lambda: None
    refuses_repeats: bool = False
    deletes: bool = True
    posts: dict[str, RemotePost] = field(default_factory=dict)  #: what stands, by id
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def stop_at(self, step: str, text: str) -> None:
        if step == self.step and text == self.words:
            self.step = ""
            self.meanwhile()

    def prepare(self, message):
        self.stop_at("before preparing", message.text)
        ready = Ready(message)
        self.stop_at("when prepared", message.text)
        return ready

    def publish(self, ready: Ready) -> Outcome:
        text = ready.message.text
        self.stop_at("in the call", text)
        if self.refuses_repeats and text in {post.text for post in self.posts.values()}:
            return Refused("You said that already.", duplicate=True)
        number = str(next(self.numbers))
        self.posts[number] = RemotePost(number, f"https://x.com/{number}", text, self.clock())
        self.stop_at("before the answer", text)
        return Published(number, f"https://x.com/{number}")

    def recent(self, since: datetime) -> list[RemotePost]:
        return [post for post in self.posts.values() if post.at >= since]

    def delete(self, remote_id: str) -> Removal:
        if not self.deletes:
            return NotDeleted(Sentence("Not today."))
        self.posts.pop(remote_id, None)
        return Deleted()

    def live(self) -> list[str]:
        return sorted(post.text for post in self.posts.values())


@pytest.fixture
def clock() -> FakeClock:
    leases.ensure(["x-en"])
    return FakeClock()


def work(network, clock, name, rounds=12):
    """All that an engine of this worker does, until nothing is left to do."""
    who = worker(clock, name)
    ended = []
    for _ in range(rounds):
        queue.settle_interrupted(clock(), WHY, worker=name)
        doubts = reconcile.doubts_of("x-en", clock()) if leases.take([X], name, clock()) else []
        looks = [Look(X, doubts, reconcile.look(network, doubts))] if doubts else []
        claims = turn(ended, looks, [] if doubts else [X], who)
        ended = [
            AttemptAnswer(claim, X, send(network, claim, who, is_ours(clock)))
            for claim in claims
        ]
        for errand in copies.begin(["x-en"], clock()):
            copies.settle(delete(network, errand), clock())
        clock.advance(seconds=31)
    turn(ended, [], [], who)


def is_ours(clock):
    return lambda claim: claim in queue.still_claimed([claim], clock())


def others(network, clock, *more):
    """The worker is frozen until its lease is over; another one does all that there is to do."""

    def happens():
        clock.advance(seconds=61)
        work(network, clock, "worker-2")
        leases.release_all("worker-2")
        for act in more:
            act()

    return happens


@pytest.mark.parametrize("refuses_repeats", [False, True])
@pytest.mark.parametrize("text", ["Alone.", THREAD])
@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("step", STEPS)
def test_whoever_wakes_up_late_each_post_is_out_once(clock, step, part, text, refuses_repeats):
    parts = text.split("\n---\n")
    if part >= len(parts):
        return
    own = delivery(text=text)
    network = Network(
        clock=clock, step=step, words=parts[part], refuses_repeats=refuses_repeats
    )
    network.meanwhile = others(network, clock)
    work(network, clock, "worker-1")
    assert network.step == ""  # it was frozen
    own.refresh_from_db()
    assert network.live() == sorted(parts)
    assert own.status == Status.PUBLISHED
    assert sorted(own.part_ids.split()) == sorted(network.posts)
    assert not SecondCopy.objects.filter(ended_at=None).exists()
    if step in STEPS[:2]:  # before the line there is nothing to take down: it is not sent
        assert not SecondCopy.objects.exists()
    assert not Attempt.objects.filter(finished_at=None).exists()


def test_the_second_copy_is_told(clock):
    own = delivery()
    network = Network(clock=clock, step="in the call", words=own.text)
    network.meanwhile = others(network, clock)
    work(network, clock, "worker-1")
    actions = list(Event.objects.filter(delivery=own).values_list("action", flat=True))
    assert actions[-2:] == ["second copy", "deleted"]
    assert SecondCopy.objects.get().remote_id not in network.posts


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.WITHDRAWN, Status.DRAFT])
def test_what_was_taken_out_meanwhile_does_not_stay_out(clock, status):
    own = delivery()
    network = Network(clock=clock, step="in the call", words=own.text)

    def happens():
        clock.advance(seconds=61)
        queue.settle_interrupted(clock(), WHY, worker="worker-2")
        Delivery.objects.filter(pk=own.pk).update(status=status, look_at=None)

    network.meanwhile = happens
    work(network, clock, "worker-1")
    own.refresh_from_db()
    assert (own.status, network.live()) == (status, [])


@pytest.mark.parametrize("status", [Status.QUEUED, Status.FAILED, Status.MISSED])
def test_what_was_given_up_meanwhile_is_out_after_all(clock, status):
    own = delivery()
    network = Network(clock=clock, step="before the answer", words=own.text)

    def happens():
        clock.advance(seconds=61)
        queue.settle_interrupted(clock(), WHY, worker="worker-2")
        Delivery.objects.filter(pk=own.pk).update(status=status, look_at=None)

    network.meanwhile = happens
    work(network, clock, "worker-1")
    own.refresh_from_db()
    assert (own.status, network.live()) == (Status.PUBLISHED, [own.text])
    assert own.remote_id in network.posts
    assert Event.objects.get(action="answered late").from_status == status


def test_words_that_have_changed_meanwhile_are_what_is_out_in_the_end(clock):
    own = delivery()
    network = Network(clock=clock, step="in the call", words=own.text)

    def happens():
        clock.advance(seconds=61)
        queue.settle_interrupted(clock(), WHY, worker="worker-2")
        Delivery.objects.filter(pk=own.pk).update(status="queued", look_at=None, text="New.")

    network.meanwhile = happens
    work(network, clock, "worker-1")
    assert network.live() == ["New."]


def test_a_copy_that_the_network_does_not_delete_is_asked_for_again_and_told(clock):
    own = delivery()
    network = Network(clock=clock, step="in the call", words=own.text, deletes=False)
    network.meanwhile = others(network, clock)
    work(network, clock, "worker-1")
    copy = SecondCopy.objects.get()
    assert (copy.ended_at, copy.problem) == (None, "Not today.")
    assert copy.tries >= 2
    network.deletes = True
    clock.advance(hours=2)
    work(network, clock, "worker-1")
    assert len(network.live()) == 1


def test_nobody_deletes_a_copy_while_it_is_not_certain_which_one_stays(clock):
    own = delivery(status=Status.UNCONFIRMED, look_at=clock() + timedelta(days=1))
    copies.keep(own.pk, "7", "https://x.com/7", clock())
    assert copies.begin(["x-en"], clock()) == []
    Delivery.objects.filter(pk=own.pk).update(
        status=Status.PUBLISHED, remote_id="7", part_ids="7"
    )
    clock.advance(minutes=1)
    assert copies.begin(["x-en"], clock()) == []
    assert SecondCopy.objects.get().ended_at == clock()
    assert Event.objects.filter(action="kept").exists()


def test_a_copy_that_another_delivery_has_for_its_own_post_is_not_deleted(clock):
    own = delivery("a", status=Status.UNCONFIRMED, look_at=clock() + timedelta(days=1))
    copies.keep(own.pk, "7", "https://x.com/7", clock())
    delivery("b", text=own.text, status=Status.PUBLISHED, remote_id="7", part_ids="7")
    Delivery.objects.filter(pk=own.pk).update(status=Status.PUBLISHED, remote_id="8")
    assert copies.begin(["x-en"], clock()) == []
    assert SecondCopy.objects.get().ended_at == clock()


@pytest.mark.parametrize(
    "outcome", [TryLater("Busy."), Unconfirmed("No answer."), Refused("No.")]
)
def test_a_late_answer_that_tells_of_no_post_is_no_copy(clock, outcome):
    own = delivery()
    [claim] = turn([], [], [X], worker(clock))
    clock.advance(seconds=61)
    queue.settle_interrupted(clock(), WHY, worker="worker-2")
    turn([AttemptAnswer(claim, X, outcome)], [], [], worker(clock))
    own.refresh_from_db()
    assert own.status == Status.UNCONFIRMED
    assert not SecondCopy.objects.exists()
