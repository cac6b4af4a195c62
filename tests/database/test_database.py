"""The database under the queue, whichever it is."""

import threading
from datetime import date, datetime
from typing import NamedTuple

import pytest
from django.db import connection

from campaign.core.sentence import Sentence
from campaign.database.sql import ask, column, execute, insert_all, is_any, writing
from campaign.delivery import leases
from campaign.delivery.candidates import WaitingRow
from campaign.models import ChannelState, Post
from campaign.states import Status
from tests.deliveries import NOON
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


@pytest.mark.django_db
def test_a_sentence_is_written_as_what_it_says_whoever_writes_it():
    leases.ensure(["x-en"])
    said = Sentence("Waits for {0} more.", 3)
    assert execute("UPDATE campaign_channelstate SET rest_reason = %s", said) == 1
    kept = ChannelState.objects.get().rest_reason
    assert isinstance(kept, Sentence)
    assert (kept, kept.template, kept.values) == (said, said.template, said.values)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, 501])
def test_however_many_rows_there_are_they_are_written_in_their_order(number: int) -> None:
    new = [
        Post(key=f"mbc/{n}", campaign="mbc", name=str(n), kind="awareness", loaded_at=NOON)
        for n in range(number)
    ]
    insert_all(new)
    assert list(Post.objects.order_by("id").values_list("key", flat=True)) == [
        post.key for post in new
    ]
    fields = [field.attname for field in Post._meta.concrete_fields]
    assert list(Post.objects.order_by("id").values(*fields)) == [
        model_values(post, fields) for post in new
    ]


def model_values(post: Post, fields: list[str]) -> dict[str, object]:
    return {field: getattr(post, field) for field in fields}


class Kinds(NamedTuple):
    word: str
    unsaid: str | None
    number: int
    yes: bool
    at: datetime
    day: date | None
    status: Status


ASKED = "SELECT 'a' AS word, NULL AS unsaid, 7 AS number, 1 AS yes, %s AS at, %s AS day, 'queued' AS status"


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2027, 10, 13), None])
def test_a_question_is_answered_with_names_and_types(day: date | None) -> None:
    asked = (
        ASKED
        if connection.vendor == "sqlite"
        else ASKED.replace("1 AS", "true AS").replace("%s", "%s::timestamptz", 1)
    )
    asked = (
        asked
        if connection.vendor == "sqlite"
        else asked.replace(" %s AS day", " %s::date AS day")
    )
    assert ask(Kinds, asked, NOON, day) == [Kinds("a", None, 7, True, NOON, day, Status.QUEUED)]


@pytest.mark.django_db
def test_a_question_that_names_other_columns_or_another_order_is_a_fault_of_ours() -> None:
    for asked in (
        "SELECT 'n' AS name, 'k' AS kind",
        "SELECT 'd' AS kind, 'n' AS named",
        "SELECT 'd' AS kind",
    ):
        with pytest.raises(LookupError, match="the question names other columns"):
            ask(WaitingRow, asked)


@pytest.mark.django_db
def test_one_column_is_asked_for_by_its_type() -> None:
    assert column(int, "SELECT 1 UNION SELECT 2 ORDER BY 1") == [1, 2]
    assert column(str, "SELECT status FROM campaign_delivery") == []
    assert (is_any("SELECT 1"), is_any("SELECT id FROM campaign_delivery")) == (True, False)
