"""The publish log: it cannot be changed or deleted, not even by the program itself; what is asked of it is found."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from campaign.database import events
from campaign.delivery import leases
from campaign.delivery.publish import AttemptAnswer, turn
from campaign.listings import log
from campaign.listings.log import (
    FIELDS,
    LogEntry,
    Sought,
    cell,
    csv_lines,
    csv_rows,
    entries,
    json_lines,
)
from campaign.models import Attempt, Event
from campaign.publishers.publisher import Published
from campaign.states import Status
from tests.deliveries import NOON, FakeClock, channel, delivery, post, worker

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(DatabaseError, match="log is never"), transaction.atomic():
        change()


def test_an_event_stays_as_it_was_written():
    events.note(None, "", "", NOON, actor="anna", action="paused", reason="why")
    refused(lambda: Event.objects.update(reason="another"))
    refused(lambda: Event.objects.all()._raw_delete("default"))
    assert Event.objects.get().reason == "why"


def test_the_log_cannot_be_emptied_as_a_whole():
    events.note(None, "", "", NOON, actor="anna", action="paused", reason="why")
    connection.check_constraints()  # PostgreSQL empties no table of which something is still to be checked
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(
            no_style(), ["campaign_event"], allow_cascade=True
        ):
            refused(lambda statement=statement: cursor.execute(statement))
    assert Event.objects.count() == 1


def test_an_attempt_is_finished_once_and_then_stays():
    leases.ensure(["x-en"])
    delivery()
    who = worker(FakeClock())
    [claim] = turn([], [], [channel()], who)
    refused(lambda: Attempt.objects.all()._raw_delete("default"))
    turn([AttemptAnswer(claim, channel(), Published("1", "u"))], [], [], who)
    refused(lambda: Attempt.objects.update(remote_id="2"))
    refused(lambda: Attempt.objects.update(text="other words"))
    refused(lambda: Attempt.objects.all()._raw_delete("default"))
    assert Attempt.objects.get().remote_id == "1"


def attempted(one, minutes=0, outcome="published", detail="", number=1):
    at = NOON + timedelta(minutes=minutes)
    status = {"published": "published", "refused": "failed"}.get(outcome, "queued")
    return Attempt.objects.create(
        delivery=one, number=number, worker="w", text=one.text, started_at=at, finished_at=at, outcome=outcome,
        status=status, detail=detail, url="https://x.com/1" if outcome == "published" else "",
    )  # fmt: skip


def noted(one, minutes=0, action="approved", actor="anna", reason="", of=None):
    at = NOON + timedelta(minutes=minutes)
    return Event.objects.create(
        at=at,
        actor=actor,
        action=action,
        delivery=one,
        post=of,
        to_status="queued",
        reason=reason,
    )


def told(**sought):
    return [
        (entry.what, entry.outcome or entry.by) for entry in log.page(Sought(**sought)).rows
    ]


def test_attempts_and_events_are_one_list_newest_first():
    one = delivery()
    noted(one, 0)
    attempted(one, 1, "try_later")
    noted(one, 2, "rescheduled", "bob")
    attempted(one, 3, number=2)
    assert told() == [
        ("attempt", "published"),
        ("rescheduled", "bob"),
        ("attempt", "try_later"),
        ("approved", "anna"),
    ]
    assert [entry.at for entry in entries(Sought())] == [
        entry.at for entry in reversed(log.page(Sought()).rows)
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 20])
def test_pages_of_the_log_hold_every_entry_once_forwards_and_backwards(size):
    one = delivery()
    for number in range(5):  # several at the same moment, in both tables
        attempted(one, number // 2, number=number + 1)
        noted(one, number // 3)
    everything = list(reversed(list(entries(Sought()))))
    pages = [log.page(Sought(), size=size)]
    while pages[-1].after:
        pages.append(log.page(Sought(), after=pages[-1].after, size=size))
    back = [pages[-1]]
    while back[0].before:
        back.insert(0, log.page(Sought(), before=back[0].before, size=size))
    assert [entry for page in pages for entry in page.rows] == everything
    assert [entry for page in back for entry in page.rows] == everything
    assert log.page(Sought(), after="nonsense", size=size) == pages[0]


@pytest.mark.parametrize("few", [0, 1_000])
def test_filters_leave_the_entries_that_are_asked_for(few, monkeypatch):
    monkeypatch.setattr(log, "FEW", few)
    one, other = (
        delivery("a", "x-en"),
        delivery("b", "x-fr", of=post("b", campaign="other"), text="Espérance"),
    )
    noted(one, 0, "approved", "anna")
    attempted(one, 1)
    attempted(other, 2, "refused", "X says: répétition.")
    noted(None, 3, "paused", "bob", "Un congé.")
    noted(None, 4, "returned", "anna", "Not yet.", of=other.post)
    assert (
        told(channel="x-en")
        == told(delivery=one.pk)
        == [("attempt", "published"), ("approved", "anna")]
    )
    assert (
        told(campaign="other")
        == told(post=other.post.pk)
        == [("returned", "anna"), ("attempt", "refused")]
    )
    assert told(campaign="other", channel="x-fr") == [("attempt", "refused")]
    assert told(what="attempt") == [("attempt", "refused"), ("attempt", "published")]
    assert told(what="paused") == told(who="bob") == told(text="conge") == [("paused", "bob")]
    assert (
        told(who="scheduler", outcome="refused")
        == told(text="repetition")
        == [("attempt", "refused")]
    )
    assert (
        told(outcome="refused", what="paused")
        == told(text="zzz")
        == told(text="!")
        == told(channel="none")
        == []
    )
    assert told(text="esperance") == [("attempt", "refused")]
    since, until = NOON + timedelta(minutes=1), NOON + timedelta(minutes=3)
    assert told(since=since, until=until) == [("attempt", "refused"), ("attempt", "published")]


def test_a_row_tells_what_programs_rely_on():
    one = delivery(due=NOON)
    attempted(one, 1, "refused", "No.")
    noted(None, 2, "returned", of=one.post, reason="Why.")
    tried, returned = (log.row(entry) for entry in entries(Sought()))
    assert tuple(tried) == tuple(returned) == FIELDS
    assert (tried["post"], tried["outcome"], tried["error"], tried["by"]) == (
        "mbc/a",
        "refused",
        "No.",
        "scheduler",
    )
    assert (returned["post"], returned["id"], returned["error"], returned["reason"]) == (
        "mbc/a",
        None,
        None,
        "Why.",
    )
    assert tried["due_at"] == NOON


SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMULA = (*SIGNS, "\t", "\r", "\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    noted(
        delivery(f"{start}evil", text=f"{start}1+1"),
        actor=f"{start}cmd",
        reason=f'{start}HYPERLINK("x"),\r\n',
    )
    (row,) = csv.DictReader(io.StringIO("".join(csv_lines(entries(Sought()))), newline=""))
    assert row["by"] == f"'{start}cmd"
    assert not [cell for cell in row.values() if cell.startswith(FORMULA)]


@given(
    st.text("=+-@＝＋－＠,;\t\r\n \"'a1"),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([",", ";"]),
)
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_goes_by(written, theirs, ours):
    file = "".join(csv_rows([["1", written, "x"]], ours))
    rows = csv.reader(io.StringIO(file, newline=""), delimiter=theirs)
    cells = [cell for row in rows for cell in row]
    # Blank signs alone are none, whatever stands before the sign of a formula.
    assert not [cell for cell in cells if cell.lstrip(' "\t\r\n').startswith(SIGNS)]


@pytest.mark.parametrize(
    "written", ["We are 12, 4 of us new", "a-b; c", "1+1=2", "l’équipe, dit-elle", ""]
)
def test_words_that_no_spreadsheet_takes_for_a_formula_stay_as_they_are(written):
    assert cell(written) == written


def test_json_is_a_list_however_long():
    assert json.loads("".join(json_lines(iter(())))) == []
    one = noted(delivery(), reason='É \u2028 "x"')
    attempted(one.delivery, 1)
    first, second = json.loads("".join(json_lines(entries(Sought()))))
    assert (first["at"], first["reason"]) == ("2027-10-13T16:00:00Z", 'É \u2028 "x"')
    assert second["url"] == "https://x.com/1"


def test_an_entry_says_where_the_post_stands_when_it_put_it_there():
    one = delivery(status=Status.PUBLISHED, url="https://x.com/7")
    assert LogEntry(noted(one, action="resolved: published")).url == "https://x.com/7"
    assert LogEntry(noted(one, action="approved")).url == ""
