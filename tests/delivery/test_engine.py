"""The embedded engine: many channels at once, clean stops, a database that does not answer."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from campaign.core.clock import system_clock
from campaign.delivery import engine as engines
from campaign.delivery import queue
from campaign.delivery.claims import questions as claim_questions
from campaign.delivery.clocks.asked import TimeTold
from campaign.delivery.engine import Engine
from campaign.models import ChannelState, Delivery
from campaign.publishers.publisher import Unreachable
from campaign.states import Status
from tests.deliveries import FakePublisher, channel, delivery, post, worker
from tests.stage import PATIENCE, until

pytestmark = pytest.mark.django_db(transaction=True)


def engine(publishers, threads=4):
    channels = {name: channel(name) for name in publishers}
    return Engine(channels, publishers, worker(system_clock), threads)


def due(name, on, **values):
    return delivery(name, on, due=system_clock() - timedelta(minutes=1), **values)


def statuses():
    return set(Delivery.objects.values_list("status", flat=True))


def test_everything_due_goes_out_once_and_in_order_on_every_channel():
    publishers = {f"c{n}": FakePublisher() for n in range(10)}
    for name in publishers:
        for number in range(6):
            due(f"p{number}", name)
    one = engine(publishers)
    one.work_off()
    assert one.end()
    assert statuses() == {Status.PUBLISHED}
    for name, publisher in publishers.items():
        assert publisher.sent == [f"The text of p{number} on {name}." for number in range(6)]


def test_a_channel_without_a_publisher_is_left_alone():
    due("a", "c1")
    due("a", "c2")
    one = engine({"c1": FakePublisher()})
    one.work_off()
    one.end()
    assert dict(Delivery.objects.values_list("channel", "status")) == {
        "c1": "published",
        "c2": "queued",
    }


def test_more_that_is_going_on_than_there_are_slots_leaves_the_queue_where_it_is():
    """Looks for what is in doubt begin beside the turns, and may be many at once after a bad night."""
    names = [f"c{number}" for number in range(8)]
    for name in names:
        due("p", name)
    one = engine({name: FakePublisher() for name in names}, threads=1)
    for name in names:
        one._times.hear(TimeTold(name))
    one._survey()
    one._calling.update(names[:4])
    assert one._take_turn() == set()
    assert statuses() == {Status.QUEUED}
    one._calling.clear()
    one.work_off()
    assert one.end()
    assert statuses() == {Status.PUBLISHED}


def test_what_is_another_workers_when_it_is_prepared_is_not_sent(monkeypatch):
    due("a", "c1")
    publisher = FakePublisher()
    monkeypatch.setattr(claim_questions, "CERTAIN", 0)
    monkeypatch.setattr(queue, "still_claimed", lambda claims, now: set())
    one = engine({"c1": publisher})
    one.work_off()
    one.end()
    assert (publisher.sent, statuses()) == ([], {Status.QUEUED})


def test_a_database_that_does_not_answer_is_asked_again_before_a_post_is_sent(monkeypatch):
    due("a", "c1")
    publisher, still, asked = FakePublisher(), queue.still_claimed, []

    def answers_the_second_time(claims, now):
        asked.extend(claims)
        if len(asked) == 1:
            raise OperationalError("away")
        return still(claims, now)

    monkeypatch.setattr(claim_questions, "CERTAIN", 0)
    monkeypatch.setattr(queue, "still_claimed", answers_the_second_time)
    monkeypatch.setattr(connection, "close", lambda: None)  # the tests' database would be gone
    one = engine({"c1": publisher})
    one.work_off()
    assert one.end()
    assert (len(publisher.sent), statuses()) == (1, {Status.PUBLISHED})


def test_a_slow_network_does_not_hold_up_the_others():
    gate, done = threading.Event(), threading.Event()
    slow = FakePublisher(on_publish=lambda: gate.wait(PATIENCE))
    for number in range(3):
        due(f"p{number}", "quick")
    due("p", "slow")
    quick = FakePublisher(on_publish=lambda: done.set() if len(quick.sent) == 2 else None)
    one = engine({"slow": slow, "quick": quick}, threads=2)
    runner = threading.Thread(target=lambda: (done.wait(PATIENCE), gate.set()))
    runner.start()
    one.work_off()
    one.end()
    runner.join()
    assert done.is_set()
    assert statuses() == {Status.PUBLISHED}


def test_a_stop_lets_running_calls_end_and_begins_nothing_new():
    for number in range(3):
        due(f"p{number}", "c1")
    one: Engine
    publisher = FakePublisher(on_publish=lambda: one.stop())  # noqa: PLW0108 - `one` is made below
    one = engine({"c1": publisher})
    one.work(lambda at: None)
    assert one.end()
    assert publisher.sent == ["The text of p0 on c1."]
    assert sorted(Delivery.objects.values_list("status", flat=True)) == [
        "published",
        "queued",
        "queued",
    ]
    assert ChannelState.objects.get().owner == ""


def test_a_call_that_does_not_end_leaves_its_delivery_unconfirmed(monkeypatch):
    monkeypatch.setattr(engines, "LAST_CALLS", 0.2)
    release = threading.Event()
    due("a", "c1")
    one: Engine
    one = engine({"c1": FakePublisher(on_publish=lambda: (one.stop(), release.wait(PATIENCE)))})
    one.work(lambda at: None)
    assert not one.end()
    release.set()
    found = Delivery.objects.get()
    assert (found.status, found.reason) == (
        Status.UNCONFIRMED,
        "The program was stopped before the network answered.",
    )


def test_a_network_that_is_still_asked_for_its_time_at_the_end_leaves_no_post_in_doubt(
    monkeypatch,
):
    monkeypatch.setattr(engines, "LAST_CALLS", 0.2)
    release = threading.Event()
    due("a", "c1")
    publisher = FakePublisher()
    one: Engine

    def ask() -> None:
        one.stop()
        release.wait(PATIENCE)

    monkeypatch.setattr(publisher, "ask_time", ask)
    one = engine({"c1": publisher})
    one.work(lambda at: None)
    assert one.end()
    release.set()
    assert (publisher.sent, statuses()) == ([], {Status.QUEUED})


def test_an_answer_is_not_lost_when_the_database_does_not_answer(monkeypatch):
    due("a", "c1")
    due("b", "c1")
    real, failures = vars(engines)["turn"], []

    def stumbling(answers, looks, free, who):
        if answers and len(failures) < 3:
            failures.append(1)
            raise OperationalError("database or disk is full")
        return real(answers, looks, free, who)

    monkeypatch.setattr(engines, "turn", stumbling)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    publisher = FakePublisher()
    one = engine({"c1": publisher})
    one.work_off()
    one.end()
    assert (len(failures), len(publisher.sent), statuses()) == (3, 2, {Status.PUBLISHED})


def test_what_becomes_due_while_it_works_is_seen_when_it_is_woken():
    publisher = FakePublisher()
    one = engine({"c1": publisher})
    looked = threading.Event()
    runner = threading.Thread(
        target=lambda: (one.work(lambda at: looked.set()), connection.close())
    )
    # The engine's own thread reads the database through its own connection, as another process would.
    runner.start()
    assert looked.wait(PATIENCE)
    due("a", "c1")
    one.wake()
    until(lambda: bool(publisher.sent))
    one.stop()
    runner.join(PATIENCE)
    assert publisher.sent == ["The text of a on c1."]


def test_a_channel_with_wrong_keys_is_told_and_rests_and_the_others_go_on():
    class Silent(FakePublisher):
        def verify(self):
            raise Unreachable("no answer")

    wrong = FakePublisher(verdict="The keys are wrong.")
    due("a", "right")
    told = []
    one: Engine
    right = FakePublisher(on_publish=lambda: (until(lambda: bool(told)), one.stop()))
    one = engine({"wrong": wrong, "right": right, "silent": Silent()})
    one.verify(told.append)
    one.work(lambda at: None)
    one.end()
    assert told == ["Channel wrong: The keys are wrong."]
    assert Delivery.objects.get().status == Status.PUBLISHED
    rests = dict(ChannelState.objects.values_list("name", "rest_reason"))
    assert rests == {"wrong": "The keys are wrong.", "right": "", "silent": ""}


def test_what_a_dead_worker_left_is_settled_at_the_start():
    left = due("a", "c1", status=Status.SENDING, claimed_by="dead")
    one = engine({"c1": FakePublisher()})
    one.work_off()
    one.end()
    left.refresh_from_db()
    assert left.status == Status.UNCONFIRMED
    assert post("a").deliveries.count() == 1


def test_a_claim_of_which_the_database_did_not_tell_is_settled_though_its_worker_lives_on(
    monkeypatch,
):
    due("a", "c1")
    real, failures = vars(engines)["turn"], []

    def half_heard(answers, looks, free, who):
        claims = real(answers, looks, free, who)
        if claims and not failures:
            failures.append(1)
            raise OperationalError("server closed the connection unexpectedly")
        return claims

    monkeypatch.setattr(engines, "turn", half_heard)
    monkeypatch.setattr(engines, "CHORES_EVERY", timedelta(0))
    publisher = FakePublisher()
    one = engine({"c1": publisher})
    one.work_off()
    assert (publisher.sent, statuses()) == ([], {Status.UNCONFIRMED})
    one.end()
