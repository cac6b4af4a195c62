"""The publish log cannot be changed or deleted, not even by the program itself."""

import pytest
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from campaign.delivery import leases, queue
from campaign.delivery.publish import Answer, turn
from campaign.models import Attempt, Event
from campaign.publishers.publisher import Published
from tests.deliveries import NOON, FakeClock, channel, delivery, worker

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(DatabaseError, match="log is never"), transaction.atomic():
        change()


def test_an_event_stays_as_it_was_written():
    queue.note(None, "", "", NOON, actor="anna", action="paused", reason="why")
    refused(lambda: Event.objects.update(reason="another"))
    refused(lambda: Event.objects.all()._raw_delete("default"))
    assert Event.objects.get().reason == "why"


def test_the_log_cannot_be_emptied_as_a_whole():
    queue.note(None, "", "", NOON, actor="anna", action="paused", reason="why")
    connection.check_constraints()  # PostgreSQL empties no table of which something is still to be checked
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), ["campaign_event"], allow_cascade=True):
            refused(lambda statement=statement: cursor.execute(statement))
    assert Event.objects.count() == 1


def test_an_attempt_is_finished_once_and_then_stays():
    leases.ensure(["x-en"])
    delivery()
    who = worker(FakeClock())
    [claim] = turn([], [], [channel()], who)
    refused(lambda: Attempt.objects.all()._raw_delete("default"))
    turn([Answer(claim, channel(), Published("1", "u"))], [], [], who)
    refused(lambda: Attempt.objects.update(remote_id="2"))
    refused(lambda: Attempt.objects.update(text="other words"))
    refused(lambda: Attempt.objects.all()._raw_delete("default"))
    assert Attempt.objects.get().remote_id == "1"
