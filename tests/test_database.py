"""The database under the queue, whichever it is."""

import threading

import pytest
from django.db import connection

from campaign.delivery import leases
from campaign.delivery.database import writing
from campaign.models import ChannelState
from tests.stage import PATIENCE


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_one_waits_until_the_other_has_committed():
    inside, release, seen = threading.Event(), threading.Event(), []

    def first():
        with writing():
            inside.set()
            release.wait(PATIENCE)
            leases.ensure(["x-en"])
        connection.close()

    def second():
        with writing():
            seen.append(ChannelState.objects.count())
        connection.close()

    writers = [threading.Thread(target=first), threading.Thread(target=second)]
    writers[0].start()
    assert inside.wait(PATIENCE)
    writers[1].start()
    writers[1].join(0.3)
    assert seen == []
    release.set()
    for writer in writers:
        writer.join(PATIENCE)
    assert seen == [1]


@pytest.mark.django_db(transaction=True)
def test_what_fails_within_a_transaction_leaves_nothing_and_lets_the_next_one_write():
    def fail():
        with writing():
            leases.ensure(["x-en"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with writing():
        leases.ensure(["x-fr"])
    assert list(ChannelState.objects.values_list("name", flat=True)) == ["x-fr"]
