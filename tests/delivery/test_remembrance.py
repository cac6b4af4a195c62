"""On a day of remembrance nothing goes out by itself: a second person says that it may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.content.dates.days import Day, parse_rule
from campaign.core.problem import Problem
from campaign.decisions import allowing, approving
from campaign.delivery import leases, pauses, queue
from campaign.delivery.candidates import first_of_channels, peek_due, rows_of, waits_of
from campaign.delivery.gate import Ground
from campaign.delivery.publish import turn
from campaign.delivery.remembrance import keep_quiet_days, remembrances_at
from campaign.models import ChannelState, Event
from campaign.models.remembrance import Allowance, QuietDay
from campaign.people.roles import Role, add_user
from campaign.states import Status
from tests.deliveries import TORONTO, FakeClock, channel, delivery, post, status_of, worker

pytestmark = pytest.mark.django_db
ELEVEN = datetime(2027, 11, 11, 16, tzinfo=UTC)
"""Eleven o'clock in Toronto, on Remembrance Day."""
DAY = ELEVEN.date()
WHY = "It says where to find help."
CALENDAR = [
    Day("remembrance-day", parse_rule("fixed 11-11"), {}, quiet=True, written="fixed 11-11"),
    Day("mbc-day", parse_rule("fixed 10-13"), {}, written="fixed 10-13"),
]


@pytest.fixture(autouse=True)
def _calendar():
    keep_quiet_days(CALENDAR, is_whole=True)


@pytest.fixture
def people() -> tuple[User, User]:
    """Who approved, and a second person."""
    first, _ = add_user("ana", Role.ADMIN)
    second, _ = add_user("bob", Role.STAFF)
    return first, second


def claimed(at=ELEVEN, *names):
    on = names or ("x-en", "x-fr")
    leases.ensure(list(on))
    claims = turn([], [], [channel(name) for name in on], worker(FakeClock(at)))
    return sorted(claim.post for claim in claims)


def waiting(name="a", due=ELEVEN, **values):
    return delivery(name, due=due, latest_at=due + timedelta(hours=6), **values)


def test_what_is_due_on_the_day_waits_and_says_why():
    kept = waiting()
    assert claimed() == []
    assert status_of(kept) == Status.QUEUED
    [(_, [reason])] = peek_due(ELEVEN, TORONTO)
    assert reason.ground is Ground.REMEMBRANCE
    assert reason.sentence.startswith(
        "2027-11-11 is a day of remembrance: it waits until a second person"
    )


def test_what_waits_keeps_nothing_behind_it():
    waiting("a", due=ELEVEN - timedelta(hours=1))
    waiting("for-it", for_day="remembrance-day")
    assert claimed() == ["mbc/for-it"]
    waiting("help", of=post("help", is_help=True), on="x-fr")
    assert claimed(ELEVEN, "x-fr") == ["mbc/help"]


def test_a_thread_that_has_begun_is_finished():
    waiting(part_ids="1", text="One.\n---\nTwo.")
    assert claimed() == ["mbc/a"]


def test_it_becomes_missed_when_its_time_is_over_and_does_not_go_out_at_midnight():
    late = datetime(2027, 11, 12, 4, tzinfo=UTC)  # eleven in the evening
    kept = delivery("a", due=late, latest_at=late + timedelta(hours=6))
    assert claimed(late + timedelta(hours=2)) == []
    over = late + timedelta(hours=6, seconds=1)
    assert queue.settle_late(over, TORONTO) == 1
    kept.refresh_from_db()
    assert kept.status == Status.MISSED
    assert "2027-11-11 is a day of remembrance" in kept.reason
    assert "Its time is over" in kept.reason


def test_a_second_person_lets_it_out_with_a_reason_that_is_kept(people):
    first, second = people
    kept, other = waiting(approved_by=first), waiting("b", on="x-fr", approved_by=first)
    allowing.allow([kept], second, WHY, ELEVEN, TORONTO)
    assert claimed() == ["mbc/a"]
    assert status_of(other) == Status.QUEUED
    event = Event.objects.get(action="allowed")
    assert (event.actor, event.delivery_id) == ("bob", kept.pk)
    assert event.reason == f"It may go out on 2027-11-11: {WHY}"


def test_it_can_be_said_before_the_day(people):
    first, second = people
    kept = waiting(approved_by=first)
    allowing.allow([kept], second, WHY, ELEVEN - timedelta(days=9), TORONTO)
    assert claimed() == ["mbc/a"]


def test_a_yes_for_one_day_is_none_for_the_next(people):
    first, second = people
    keep_quiet_days(
        [
            *CALENDAR,
            Day("twelfth", parse_rule("fixed 11-12"), {}, quiet=True, written="fixed 11-12"),
        ],
        is_whole=True,
    )
    kept = waiting(approved_by=first)
    allowing.allow([kept], second, WHY, ELEVEN, TORONTO)
    kept.due_at = kept.next_at = ELEVEN + timedelta(days=1)
    kept.latest_at = kept.due_at + timedelta(hours=6)
    kept.save()
    assert claimed(ELEVEN + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("who", "reason", "values", "said"),
    [
        ("ana", WHY, {}, "ana approved mbc/a: somebody else has to say"),
        ("vera", WHY, {}, "vera may not approve posts or change the queue"),
        ("bob", " \u200b ", {}, "Say why it may go out on that day"),
        ("bob", "x" * 501, {}, "The reason is too long"),
        ("bob", WHY, {"status": Status.DRAFT}, "only what is approved and waits"),
        ("bob", WHY, {"status": Status.PUBLISHED}, "only what is approved and waits"),
        ("bob", WHY, {"due": ELEVEN + timedelta(days=1)}, "waits on no day of remembrance"),
        ("bob", WHY, {"for_day": "remembrance-day"}, "waits on no day of remembrance"),
    ],
)
def test_who_may_not_and_what_cannot_be_let_out_is_refused(people, who, reason, values, said):
    add_user("vera", Role.VOLUNTEER)
    kept = waiting(approved_by=people[0], **values)
    with pytest.raises(Problem, match=said):
        allowing.allow([kept], User.objects.get(username=who), reason, ELEVEN, TORONTO)
    assert not Allowance.objects.exists()


def test_all_are_let_out_or_none(people):
    first, second = people
    mine = waiting(approved_by=first)
    others = waiting("b", on="x-fr", approved_by=second)
    with pytest.raises(Problem, match="bob approved mbc/b"):
        allowing.allow([mine, others], second, WHY, ELEVEN, TORONTO)
    assert not Allowance.objects.exists()


def test_a_yes_was_to_these_words_and_to_this_approval(people):
    """Whoever said yes and then approves other words has not said it twice; and with the approval, the yes is taken back."""
    first, second = people
    kept = waiting(approved_by=first)
    allowing.allow([kept], second, WHY, ELEVEN, TORONTO)
    type(kept).objects.filter(pk=kept.pk).update(approved_by=second)
    assert claimed() == []
    type(kept).objects.filter(pk=kept.pk).update(
        approved_by=first, fingerprint="other", approved_fingerprint="other"
    )
    assert claimed() == []


def test_taking_the_approval_back_takes_the_yes_back(people):
    first, second = people
    kept = waiting(approved_by=first, approved_at=ELEVEN)
    allowing.allow([kept], second, WHY, ELEVEN, TORONTO)
    approving.unapprove(kept.post, second, ELEVEN)
    assert not Allowance.objects.exists()


def test_a_pause_and_a_day_of_remembrance_hold_both(people):
    first, second = people
    kept = waiting(approved_by=first)
    pauses.pause("", "", "A day of mourning", "ana", ELEVEN - timedelta(hours=1))
    grounds = {reason.ground for _, reasons in peek_due(ELEVEN, TORONTO) for reason in reasons}
    assert grounds == {Ground.PAUSED, Ground.REMEMBRANCE}
    allowing.allow([kept], second, WHY, ELEVEN, TORONTO)
    assert claimed() == []
    pauses.resume("", "", "over", "ana", ELEVEN + timedelta(minutes=1))
    assert status_of(kept) == Status.MISSED


def test_a_calendar_that_cannot_be_read_as_a_whole_takes_no_day_away():
    keep_quiet_days([], is_whole=False)
    assert [row.key for row in QuietDay.objects.all()] == ["remembrance-day"]
    moved = Day(
        "remembrance-day", parse_rule("fixed 11-10"), {}, quiet=True, written="fixed 11-10"
    )
    keep_quiet_days([moved], is_whole=False)
    assert [row.rule for row in QuietDay.objects.all()] == ["fixed 11-10"]
    keep_quiet_days([], is_whole=True)
    assert not QuietDay.objects.exists()


def test_days_that_are_set_by_hand_are_known_to_the_gate():
    dates = (date(2027, 11, 20), date(2028, 11, 21))
    by_hand = Day("vigil", parse_rule("manual", dates), {}, quiet=True, written="manual")
    keep_quiet_days([by_hand], is_whole=True)
    [kept] = remembrances_at(datetime(2027, 11, 20, 17, tzinfo=UTC), TORONTO)
    assert (kept.day_id, kept.on) == ("vigil", dates[0])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-30, 30),  # hours from noon on the day
            st.sampled_from(["", "remembrance-day", "mbc-day"]),
            st.booleans(),
            st.sampled_from([None, "ana", "bob"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(-20, 44),
)
def test_what_the_question_lets_out_is_what_the_rule_lets_out(rows, hours):
    """The condition in SQL, which finds the first of a channel, and the gate's own rule say the same of every delivery."""
    now = ELEVEN + timedelta(hours=hours)
    with transaction.atomic():
        first, _ = add_user("ana", Role.ADMIN)
        people = {"ana": first, "bob": add_user("bob", Role.STAFF)[0]}
        made = []
        for number, (due, for_day, is_help, said_by) in enumerate(rows):
            name, at = f"p{number}", ELEVEN + timedelta(hours=due)
            kept = delivery(
                *(name, f"x{number}"),
                due=at,
                for_day=for_day,
                of=post(name, is_help=is_help),
                approved_by=first,
                latest_at=at + timedelta(days=9),
            )
            made.append(kept.pk)
            if said_by:
                Allowance.objects.create(
                    delivery=kept,
                    day=DAY,
                    fingerprint=kept.fingerprint,
                    by=people[said_by],
                    at=now,
                )
        names = [f"x{number}" for number in range(len(rows))]
        leases.ensure(names)
        ChannelState.objects.update(owner="w")
        kept_days = remembrances_at(now, TORONTO)
        found = {row.delivery for row in first_of_channels(names, "w", now, kept=kept_days)}
        of_all = rows_of(made)
        waits = waits_of(of_all, kept_days)
        wanted = {
            row.delivery for row in of_all if row.due_at <= now and not waits.get(row.delivery)
        }
        transaction.set_rollback(True)
    assert found == wanted
