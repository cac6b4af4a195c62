"""The states, the table of legal moves, and the diagram in the docs agree."""

import re
from pathlib import Path

import pytest

from campaign.core.problem import Problem
from campaign.delivery import queue
from campaign.models import Delivery, Event
from campaign.states import MOVES, Status, may_move
from tests.deliveries import NOON, delivery, status_of

ARCHITECTURE = Path(__file__).parent.parent.parent / "docs" / "architecture.md"


def test_every_state_has_its_moves():
    assert set(MOVES) == set(Status)


def test_the_diagram_in_the_docs_shows_every_move_and_no_other():
    drawn = re.findall(r"^\s*(\w+) --> (\w+)", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    moves = {(old.value, new.value) for old, targets in MOVES.items() for new in targets}
    assert set(drawn) == moves


@pytest.mark.parametrize("end", [Status.WITHDRAWN, Status.REMOVED])
def test_from_an_end_there_is_no_way(end):
    assert not MOVES[end]


def test_nothing_that_is_out_can_be_sent_again():
    assert not any(
        may_move(Status.PUBLISHED, new) for new in (Status.QUEUED, Status.DRAFT, Status.SENDING)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("old", list(Status))
@pytest.mark.parametrize("new", list(Status))
def test_the_queue_makes_the_legal_moves_and_refuses_all_others(old, new):
    one = delivery(status=old)
    if may_move(old, new):
        queue.move(one.id, old, new, NOON, actor="anna", action="test", reason="why")
        event = Event.objects.get(delivery=one)
        assert (status_of(one), event.from_status, event.to_status, event.reason) == (
            new,
            old,
            new,
            "why",
        )
    else:
        with pytest.raises(Problem, match="cannot become"):
            queue.move(one.id, old, new, NOON, actor="anna", action="test", reason="why")
        assert status_of(one) == old


@pytest.mark.django_db
def test_of_two_who_move_the_same_delivery_one_is_refused():
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
    with pytest.raises(Problem, match="has just changed"):
        queue.move(
            one.id, Status.QUEUED, Status.DRAFT, NOON, actor="ben", action="returned", reason=""
        )
    assert Event.objects.filter(delivery=one).count() == 1


@pytest.mark.django_db
def test_many_move_and_each_leaves_its_event():
    many = [delivery(name) for name in "abc"]
    queue.move_all(
        [one.pk for one in many],
        Status.QUEUED,
        Status.MISSED,
        NOON,
        actor="anna",
        action="test",
        reason="why",
    )
    assert set(Delivery.objects.values_list("status", "reason")) == {("missed", "why")}
    assert list(Event.objects.values_list("delivery", flat=True)) == [one.pk for one in many]


@pytest.mark.django_db
def test_of_many_all_move_or_none():
    many = [delivery("a"), delivery("b", status=Status.DRAFT), delivery("c")]
    with pytest.raises(Problem, match=f"Delivery {many[1].pk} has just changed"):
        queue.move_all(
            [one.pk for one in many],
            Status.QUEUED,
            Status.MISSED,
            NOON,
            actor="anna",
            action="t",
            reason="",
        )
    assert Delivery.objects.filter(status=Status.MISSED).count() == 0
    assert not Event.objects.exists()
