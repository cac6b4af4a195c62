"""At its start a program notices that its database is older than what went out, or was brought from elsewhere."""

import logging
from datetime import timedelta

import pytest

from campaign.database import mark
from campaign.database.mark import Mark
from campaign.delivery.engine import Engine
from campaign.delivery.lookback import beginning, waiting
from campaign.models import Attempt, Event
from campaign.models.lookback import Installation
from campaign.states import Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    worker,
)

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = timedelta(minutes=1)
LATER = NOON + timedelta(hours=2)
CHANNELS = ["x-en"]


@pytest.fixture(autouse=True)
def no_mark():
    mark.file().unlink(missing_ok=True)
    yield
    mark.file().unlink(missing_ok=True)


def begin(now=NOON):
    return beginning.begin(CHANNELS, now, WAIT)


def attempted(number: int) -> None:
    """So many attempts at one delivery, the last at noon."""
    one = delivery("done", status=Status.PUBLISHED)
    for n in range(number):
        Attempt.objects.create(
            delivery=one,
            number=n + 1,
            worker="w",
            text="t",
            started_at=NOON - timedelta(minutes=number - 1 - n),
            finished_at=NOON,
            outcome="published",
        )


def waits() -> bool:
    return waiting.is_waiting("x-en")


def why() -> str:
    return Event.objects.get(action="looks first").reason


def behind(number: int) -> None:
    """What stands in the mark is so many attempts more than the database has."""
    kept = mark.read()
    assert kept is not None
    mark.write(Mark(kept.installation, kept.attempt + number))


def test_a_new_database_begins_at_once_and_so_does_it_again():
    begin()
    attempted(2)
    begin()()
    begin()
    assert not waits()
    assert mark.read() == Mark(Installation.objects.get().key, beginning.newest_attempt())


def test_a_database_that_is_behind_its_mark_looks_back_to_its_newest_attempt(caplog):
    attempted(3)
    begin()
    waiting.looked_at("x-en", "ana", NOON)
    behind(1)
    with caplog.at_level(logging.WARNING):
        begin(LATER)
    assert waiting.since_of("x-en", LATER + WAIT) == NOON
    assert "older than what this installation has sent" in caplog.text


def test_a_database_without_its_mark_looks_first():
    attempted(1)
    begin(LATER)
    assert waits()
    assert "The mark beside the database is gone" in why()


def test_so_does_one_that_was_begun_elsewhere_and_has_sent_nothing_yet():
    begin()
    mark.file().unlink()
    begin(LATER)
    assert waiting.since_of("x-en", LATER + WAIT) == NOON


def test_a_database_of_another_installation_looks_first():
    begin()
    attempted(1)
    Installation.objects.update(key="another")
    begin(LATER)
    assert waits()
    assert "another installation" in why()


def test_a_new_database_where_one_was_before_looks_first():
    mark.write(Mark("gone", 7))
    begin()
    assert waits()


def test_a_mark_that_cannot_be_read_is_none():
    attempted(1)
    for written in (
        b"",
        b"{",
        b"[]",
        b'{"attempt": 3}',
        b"\xff\xfe",
        b'{"installation": 1, "attempt": null}',
    ):
        mark.file().write_bytes(written)
        assert mark.read() is None
    begin()
    assert waits()


def test_after_a_look_it_has_a_new_key_so_that_the_copy_it_came_from_is_another():
    begin()
    before = Installation.objects.get().key
    attempted(1)
    mark.file().unlink()
    begin(LATER)
    kept = mark.read()
    assert kept is not None
    assert kept.installation == Installation.objects.get().key != before


def test_the_newest_attempt_stands_in_the_mark_before_the_network_is_called():
    delivery()
    clock, seen = FakeClock(), []
    keep = begin()
    publisher = FakePublisher(on_publish=lambda: seen.append(mark.read()))
    who = worker(clock)
    who = type(who)(who.name, clock, TORONTO, who.publishing, who.tell, keep)
    engine = Engine({"x-en": channel()}, {"x-en": publisher}, who, 1)
    engine.work_off()
    assert engine.end()
    [attempt] = Attempt.objects.all()
    assert seen == [Mark(Installation.objects.get().key, attempt.pk)]


def test_a_mark_that_cannot_be_written_is_told_once_and_holds_up_nothing(caplog, monkeypatch):
    def refuse(_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(mark, "write", refuse)
    with caplog.at_level(logging.WARNING):
        keep = begin()
        keep()
    assert caplog.text.count("cannot be written") == 1
