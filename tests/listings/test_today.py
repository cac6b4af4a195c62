"""What Today tells, and that it asks few questions."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.delivery import pauses
from campaign.listings import today
from campaign.models import ChannelState, Delivery, Fact, Post, Version
from campaign.states import Stage, Status
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
TODAY = date(2027, 10, 13)
HOUR = timedelta(hours=1)


@pytest.fixture
def anna() -> User:
    return User.objects.create(username="anna")


def test_what_goes_out_next_is_grouped_by_post_and_time():
    for on in ("x-en", "x-fr", "page-en"):
        delivery("a", on, due=NOON + HOUR)
    delivery("b", due=NOON)
    delivery("c", due=NOON + 2 * HOUR, status=Status.MISSED)
    found = [
        (one.post.key, one.at, [d.channel for d in one.deliveries]) for one in today.coming()
    ]
    assert found == [
        ("mbc/b", NOON, ["x-en"]),
        ("mbc/a", NOON + HOUR, ["page-en", "x-en", "x-fr"]),
    ]


def test_what_goes_out_next_ends_after_eight_posts_and_may_be_of_one_campaign():
    for number in range(10):
        delivery(f"p{number}", due=NOON + number * HOUR)
    delivery("z", of=post("z", "other"), due=NOON + 20 * HOUR)
    assert len(today.coming()) == today.SHORT
    assert [one.post.key for one in today.coming("other")] == ["other/z"]


def test_what_goes_out_next_of_a_campaign_is_read_in_its_order_and_not_post_by_post(
    monkeypatch,
):
    if connection.vendor != "sqlite":
        return  # with so few rows, PostgreSQL reads all of a table whatever indexes it has
    asked = []
    monkeypatch.setattr(today, "column", lambda _kind, *asking: asked.append(asking) or [])
    today.coming("mbc")
    [(question, *values)] = asked
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + question, values)
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "queued_next" in plan and "TEMP B-TREE" not in plan


def test_a_post_is_paused_only_when_all_of_it_is():
    delivery("a", "x-en")
    delivery("a", "x-fr", language="fr")
    pauses.pause("", "", "wrong word", "anna", NOON, language="fr")
    assert today.coming()[0].pause is None
    pauses.pause("mbc", "", "all", "anna", NOON)
    assert today.coming()[0].pause


def test_every_ground_is_counted(anna):
    for status in (Status.UNCONFIRMED, Status.MISSED, Status.FAILED):
        delivery(status.value, status=status)
    delivery("overdue", due=NOON - HOUR)
    delivery("later", due=NOON + HOUR)
    post("sent-in", stage=Stage.SUBMITTED)
    found = today.needs(anna, NOON)
    assert (found.unconfirmed, found.missed, found.failed) == (1, 1, 1)
    assert (found.queued, found.submitted, found.overdue) == (2, 1, 1)


def test_posts_that_wait_for_approval_are_counted_once_and_ones_own_apart(anna):
    delivery("a", "x-en", status=Status.DRAFT)
    delivery("a", "x-fr", status=Status.DRAFT)
    delivery("b", status=Status.DRAFT, of=post("b", author=anna))
    delivery("c", status=Status.DRAFT, of=post("c", editor=anna))
    delivery("d", status=Status.DRAFT, of=post("d", example=True))
    found = today.needs(anna, NOON)
    assert (found.to_approve, found.own_to_approve) == (1, 2)


def test_whoever_saved_a_version_counts_as_one_who_wrote_it(anna):
    of = post("a")
    delivery("a", status=Status.DRAFT, of=of)
    Version.objects.create(post=of, number=1, source="", by=anna, at=NOON)
    assert today.needs(anna, NOON).to_approve == 0


def test_where_people_may_approve_their_own_messages_stories_still_wait_for_somebody_else(anna):
    delivery("a", status=Status.DRAFT, of=post("a", author=anna))
    delivery("s", status=Status.DRAFT, of=post("s", author=anna, kind="story"))
    found = today.needs(anna, NOON, own=True)
    assert (found.to_approve, found.own_to_approve) == (1, 1)


def test_what_a_pause_or_a_rest_keeps_is_not_overdue(anna):
    delivery("a", due=NOON - HOUR)
    delivery("b", "x-fr", due=NOON - HOUR)
    pauses.pause("", "x-en", "news", "anna", NOON)
    ChannelState.objects.create(name="x-fr", rest_until=NOON + HOUR, troubles=1)
    assert today.needs(anna, NOON).overdue == 0
    assert today.needs(anna, NOON + 2 * HOUR).overdue == 1


def test_counts_stop_one_after_a_thousand(anna, monkeypatch):
    one = post()
    Delivery.objects.bulk_create(
        Delivery(
            post=one,
            channel=f"c{number}",
            status=Status.MISSED,
            due_at=NOON,
            planned_at=NOON,
            latest_at=NOON,
            next_at=NOON,
        )
        for number in range(today.MOST + 5)
    )
    assert today.needs(anna, NOON).missed == today.MOST + 1


def test_the_last_posts_out_come_latest_first():
    for number in range(10):
        at = NOON - number * HOUR
        delivery(f"p{number}", due=at, status=Status.PUBLISHED, published_at=at)
    delivery("missed", status=Status.MISSED)
    assert [one.post.name for one in today.just_out(NOON)] == [
        f"p{number}" for number in range(8)
    ]


def test_one_post_on_several_channels_went_out_once():
    for on in ("x-en", "x-fr"):
        delivery("a", on, status=Status.PUBLISHED, published_at=NOON)
    (only,) = today.just_out(NOON)
    assert [one.channel for one in only.deliveries] == ["x-en", "x-fr"]


def test_facts_to_be_reviewed_soon_are_told_with_what_leans_on_them():
    for key, days, status in (
        ("over", -1, "ok"),
        ("soon", 60, "caution"),
        ("later", 61, "ok"),
        ("no", 1, "do_not_use"),
    ):
        Fact.objects.create(key=key, status=status, review_by=TODAY + timedelta(days=days))
    delivery("a", facts="over soon")
    delivery("b", facts="soon")
    delivery("c", facts="soon", status=Status.DRAFT)
    delivery("d", facts="sooner")
    found = [(one.key, one.is_over, one.queued) for one in today.expiring_facts(TODAY)]
    assert found == [("over", True, 1), ("soon", False, 2)]


def test_consents_that_end_soon_are_told_when_the_story_is_out_or_to_come():
    def story(name: str, days: int, status: Status, *, example: bool = False) -> None:
        until = TODAY + timedelta(days=days)
        delivery(
            name,
            status=status,
            of=post(name, kind="story", consent_until=until, example=example),
        )

    story("soon", 30, Status.QUEUED)
    story("over", -1, Status.PUBLISHED)
    story("later", 61, Status.QUEUED)
    story("gone", 1, Status.WITHDRAWN)
    story("example", 1, Status.DRAFT, example=True)
    assert [(one.post.name, one.is_over) for one in today.ending_consents(TODAY)] == [
        ("over", True),
        ("soon", False),
    ]


def test_channels_in_trouble_are_told_and_those_in_their_gap_are_not():
    ChannelState.objects.create(name="rests", rest_until=NOON + HOUR, troubles=1)
    ChannelState.objects.create(name="gap", rest_until=NOON + HOUR)
    ChannelState.objects.create(name="tested", test_problem="X did not accept the keys.")
    assert [one.name for one in today.channels_in_trouble(NOON)] == ["rests", "tested"]


def test_a_person_sees_their_own_contributions_only(anna):
    delivery("mine", of=post("mine", author=anna))
    post("theirs")
    assert [one.name for one in today.contributions_of(anna)] == ["mine"]


def test_it_is_empty_until_there_is_a_post():
    assert today.is_empty()
    post()
    assert not today.is_empty()


def test_the_questions_do_not_grow_with_the_rows(anna):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            today.needs(anna, NOON)
            today.coming()
            today.just_out(NOON)
            today.expiring_facts(TODAY)
            today.ending_consents(TODAY)
            today.channels_in_trouble(NOON)
        return len(queries)

    delivery("a")
    delivery("b", status=Status.PUBLISHED, published_at=NOON)
    few = asked()
    for number in range(30):
        delivery(f"p{number}", status=Status.PUBLISHED, published_at=NOON)
        delivery(f"q{number}", due=NOON + HOUR)
        Fact.objects.create(key=f"f{number}", status="ok", review_by=TODAY)
    assert asked() == few
    assert Post.objects.count() == 62
