"""What went out between two moments: in order, bounded, and found by the index of what was published."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.database import events
from campaign.listings.paging import RowPlace
from campaign.listings.went_out import Span, all_out, first_out
from campaign.models import Version
from campaign.states import Status
from tests.deliveries import NOON, delivery, person, post, story

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = Span(NOON, NOON + timedelta(days=1))


def out(name="a", at=NOON, on="x-en", **values):
    values = {"status": Status.PUBLISHED, "published_at": at, **values}
    return delivery(name, on, due=at, **values)


def numbers(rows):
    return [row.delivery.pk for row in rows]


def test_what_went_out_is_there_in_its_order_whatever_its_channel():
    late = out("late", NOON + 2 * HOUR)
    early = out("early", NOON, "fb-fr", language="fr")
    out("before", NOON - HOUR)
    out("after", NOON + timedelta(days=1))
    delivery("planned", due=NOON)
    assert numbers(first_out(DAY, 9)) == numbers(all_out(DAY)) == [early.pk, late.pk]
    assert numbers(first_out(DAY, 1)) == [early.pk]


def test_each_filter_leaves_its_own():
    english = out("a")
    french = out("b", on="x-fr", language="fr", of=post("b", "other"))
    for span, left in (
        (replace(DAY, language="fr"), french),
        (replace(DAY, campaign="mbc"), english),
        (replace(DAY, channel="x-fr"), french),
    ):
        assert numbers(first_out(span, 9)) == [left.pk]


def test_what_was_taken_down_since_is_told_and_still_stands_there():
    gone = out(status=Status.REMOVED)
    events.note(
        gone.pk, "queued", "published", NOON, actor="scheduler", action="found", reason=""
    )
    events.note(
        gone.pk, "published", "removed", NOON + HOUR, actor="marie", action="removed", reason=""
    )
    events.note(
        gone.pk, "draft", "queued", NOON - HOUR, actor="marie", action="approved", reason=""
    )
    [row] = first_out(DAY, 9)
    assert [event.action for event in row.later] == ["removed"]


def test_everybody_who_wrote_in_it_is_named_its_author_first():
    zoe, ana = User.objects.create(username="zoe"), User.objects.create(username="ana")
    written = post("w", author=zoe)
    for number, by in enumerate((ana, zoe, None), 1):
        Version.objects.create(post=written, number=number, by=by, at=NOON, source="")
    out(of=written)
    [row] = first_out(DAY, 9)
    assert row.writers == ("zoe", "ana")


def test_a_persons_own_words_go_into_no_file_and_are_gone_with_the_post():
    told = out(of=story(person()), text="My own words.")
    [row] = first_out(DAY, 9)
    assert (row.text, row.for_a_file) == ("My own words.", "")
    told.status = Status.REMOVED
    told.save()
    [row] = first_out(DAY, 9)
    assert row.text == ""


def test_it_is_found_by_the_index_and_in_few_questions():
    for number in range(30):
        out(f"p-{number}", NOON + number * timedelta(minutes=1), on=f"x-{number % 3}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first_out(DAY, 9)
    assert len(asked) == 1 + 3 + 2
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[1]["sql"])
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "published_when (channel=? AND published_at>? AND published_at<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_small_campaign_is_found_by_its_posts_and_not_among_all_that_went_out():
    late = out("late", NOON + HOUR, of=post("late", "rare"))
    early = out("early", on="fb-fr", of=post("early", "rare"))
    out("other")
    rare = replace(DAY, campaign="rare")
    with CaptureQueriesContext(connection) as asked:
        rows = first_out(rare, 9)
    assert numbers(rows) == [early.pk, late.pk]
    assert numbers(first_out(replace(rare, channel="fb-fr"), 9)) == [early.pk]
    after = RowPlace(early.published_at, early.pk)
    assert numbers(first_out(replace(rare, after=after), 9)) == [late.pk]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[1]["sql"])
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "post_id=?" in plan and "published_when" not in plan
