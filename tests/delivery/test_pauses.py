"""Pausing takes effect before the next post; resuming lets nothing out in a burst."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.core.problem import Problem
from campaign.delivery import leases, pauses
from campaign.delivery.candidates import peek_due
from campaign.delivery.engine import Engine
from campaign.delivery.publish import turn
from campaign.models import Delivery, Event, Pause
from campaign.states import Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    post,
    status_of,
    worker,
)

pytestmark = pytest.mark.django_db
HOUR_LATER = NOON + timedelta(hours=1)


def claims_at(at):
    leases.ensure(["x-en", "x-fr"])
    return turn([], [], [channel("x-en"), channel("x-fr")], worker(FakeClock(at)))


def claimed(at=NOON):
    return sorted((claim.post, claim.channel) for claim in claims_at(at))


@pytest.mark.parametrize(
    ("campaign", "on", "left"),
    [
        ("", "", []),
        ("mbc", "", [("other/b", "x-fr")]),
        ("", "x-en", [("other/b", "x-fr")]),
        ("", "x-fr", [("mbc/a", "x-en")]),
        ("nothing", "", [("mbc/a", "x-en"), ("other/b", "x-fr")]),
    ],
)
def test_a_pause_stops_what_it_is_put_on_and_nothing_else(campaign, on, left):
    delivery("a")
    delivery("b", "x-fr", of=post("b", "other"))
    pauses.pause(campaign, on, "a death in the team", "anna", NOON)
    assert claimed() == left


def test_what_came_due_during_a_pause_waits_for_a_person():
    overdue, later = delivery("a"), delivery("b", due=NOON + timedelta(hours=3))
    pauses.pause("", "", "news", "anna", NOON)
    assert pauses.resume("", "", "over", "anna", NOON + timedelta(hours=1)) == 1
    assert (status_of(overdue), status_of(later)) == (Status.MISSED, Status.QUEUED)
    assert claimed(NOON + timedelta(hours=3)) == [("mbc/b", "x-en")]


def test_resuming_one_campaign_leaves_the_pause_of_a_channel_standing():
    delivery("a", due=NOON + timedelta(hours=1))
    pauses.pause("mbc", "", "one", "anna", NOON)
    pauses.pause("", "x-en", "two", "anna", NOON)
    pauses.resume("mbc", "", "over", "anna", NOON)
    assert pauses.standing() == ["Channel x-en is paused: two"]
    assert claimed(NOON + timedelta(hours=1)) == []


def test_a_pause_is_put_on_once_and_ended_once():
    pauses.pause("", "", "news", "anna", NOON)
    with pytest.raises(Problem, match="paused already"):
        pauses.pause("", "", "news", "anna", NOON)
    pauses.resume("", "", "over", "anna", NOON)
    with pytest.raises(Problem, match="not paused"):
        pauses.resume("", "", "over", "anna", NOON)


def test_who_paused_and_why_stands_in_the_log():
    pauses.pause("mbc", "", "an error was found", "anna", NOON)
    event = Event.objects.get()
    assert (event.actor, event.action, event.reason) == (
        "anna",
        "paused",
        "Campaign mbc: an error was found",
    )


def test_a_channel_in_trouble_is_told_with_the_end_of_its_rest():
    leases.ensure(["x-en", "x-fr"])
    leases.rest("x-en", NOON + timedelta(minutes=5), "X asks to wait.")
    leases.rest_until("x-fr", NOON + timedelta(minutes=5), "The gap between two posts.")
    assert pauses.resting(NOON, TORONTO) == [
        "Channel x-en rests until 12:05:00: X asks to wait."
    ]
    assert pauses.resting(NOON + timedelta(minutes=5), TORONTO) == []


def test_a_pause_of_one_language_leaves_the_other_going():
    delivery("a")
    delivery("b", "x-fr", language="fr")
    pauses.pause("", "", "an error in the translation", "anna", NOON, language="fr")
    assert claimed() == [("mbc/a", "x-en")]
    assert pauses.standing() == ["Everything in fr is paused: an error in the translation"]


def test_a_dry_run_is_told_of_the_pause_of_a_language():
    delivery("a")
    delivery("b", "x-fr", language="fr")
    pauses.pause("", "", "an error", "anna", NOON, language="fr")
    told = {
        claim.post: [reason.sentence for reason in reasons]
        for claim, reasons in peek_due(NOON, TORONTO)
    }
    assert told == {"mbc/a": [], "mbc/b": ["Publishing is paused: an error"]}


def test_a_pause_with_an_end_goes_on_until_then_and_ends_by_itself():
    before, after = delivery("a"), delivery("b", due=HOUR_LATER)
    pauses.pause("", "", "a day of mourning", "anna", NOON, until=HOUR_LATER)
    assert pauses.end_over(HOUR_LATER - timedelta(seconds=1)) == 0
    assert pauses.standing() == [
        "Publishing is paused until 2027-10-13 13:00: a day of mourning"
    ]
    assert pauses.end_over(HOUR_LATER) == 1
    assert (status_of(before), status_of(after)) == (Status.MISSED, Status.QUEUED)
    assert pauses.standing() == []
    assert Event.objects.order_by("-id").values_list("actor", "action").first() == (
        "resume",
        "resumed",
    )


def test_what_came_due_after_the_end_goes_out_though_nobody_was_there_to_end_it():
    during, after = delivery("a"), delivery("b", due=NOON + timedelta(hours=2))
    pauses.pause("", "", "news", "anna", NOON, until=HOUR_LATER)
    assert pauses.end_over(NOON + timedelta(hours=3)) == 1
    assert (status_of(during), status_of(after)) == (Status.MISSED, Status.QUEUED)
    assert Pause.objects.get().ended_at == HOUR_LATER


def test_a_pause_may_be_ended_before_its_end():
    held, later = delivery("a"), delivery("b", due=NOON + timedelta(minutes=50))
    pauses.pause("", "", "news", "anna", NOON, until=HOUR_LATER)
    assert pauses.resume("", "", "over", "anna", NOON + timedelta(minutes=10)) == 1
    assert (status_of(held), status_of(later)) == (Status.MISSED, Status.QUEUED)


def test_an_end_that_is_past_and_an_empty_reason_are_refused():
    with pytest.raises(Problem, match="in the past"):
        pauses.pause("", "", "news", "anna", NOON, until=NOON)
    with pytest.raises(Problem, match="Say why"):
        pauses.pause("", "", " \n ", "anna", NOON)
    assert pauses.standing() == []


@pytest.mark.parametrize("other", [("mbc", "", ""), ("", "x-en", ""), ("", "", "en")])
def test_what_is_under_another_pause_too_stays_paused(other):
    both, one = delivery("a"), delivery("b", "x-fr", of=post("b", "else"), language="fr")
    pauses.pause("", "", "all of it", "anna", NOON)
    pauses.pause(other[0], other[1], "a part", "anna", NOON, language=other[2])
    assert pauses.resume("", "", "over", "anna", HOUR_LATER) == 1
    assert (status_of(both), status_of(one)) == (Status.QUEUED, Status.MISSED)
    assert claimed(HOUR_LATER) == []
    assert pauses.resume(other[0], other[1], "over", "anna", HOUR_LATER, language=other[2]) == 1
    assert status_of(both) is Status.MISSED


def test_the_program_that_runs_ends_a_pause_at_its_time():
    delivery("a")
    pauses.pause("", "", "news", "anna", NOON, until=HOUR_LATER)
    later = FakeClock(NOON + timedelta(hours=1, minutes=1))
    own = delivery("b", due=HOUR_LATER)
    Engine({"x-en": channel()}, {"x-en": FakePublisher()}, worker(later), 1).work_off()
    assert status_of(own) is Status.PUBLISHED
    assert Delivery.objects.get(post__name="a").status == Status.MISSED


pauses_put_on = st.lists(
    st.tuples(
        st.sampled_from(["", "mbc", "else"]),
        st.sampled_from(["", "x-en", "x-fr"]),
        st.sampled_from(["", "en"]),
    ),
    max_size=4,
    unique=True,
)


@given(put_on=pauses_put_on, ends=st.lists(st.integers(0, 3), max_size=4, unique=True))
@settings(max_examples=30, deadline=None)
def test_however_pauses_overlap_nothing_that_was_held_back_goes_out_by_itself(put_on, ends):
    with transaction.atomic():
        both = [delivery("a"), delivery("b", "x-fr", of=post("b", "else"), language="fr")]
        held = {one.pk for one in both if any(_is_on(scope, one) for scope in put_on)}
        for campaign, on, language in put_on:
            pauses.pause(campaign, on, "news", "anna", NOON, language=language)
        for campaign, on, language in (put_on[index] for index in ends if index < len(put_on)):
            pauses.resume(campaign, on, "over", "anna", HOUR_LATER, language=language)
        assert {claim.delivery for claim in claims_at(HOUR_LATER)} == {
            one.pk for one in both
        } - held
        transaction.set_rollback(True)


def _is_on(scope, one):
    campaign, on, language = scope
    return (
        campaign in ("", one.post.campaign)
        and on in ("", one.channel)
        and language in ("", one.language)
    )


@pytest.mark.parametrize(
    "scope", [{}, {"campaign": "mbc"}, {"channel": "x-en"}, {"language": "en"}]
)
@pytest.mark.parametrize("excepts", [True, False])
def test_a_pause_lets_help_lines_out_only_where_that_was_chosen(scope, excepts):
    delivery("a", "x-fr")
    helping = delivery("help", of=post("help", is_help=True))
    named = {"campaign": "", "channel": "", "language": "", **scope}
    language = named.pop("language")
    pauses.pause(
        **named, reason="news", by="anna", now=NOON, language=language, except_help=excepts
    )
    peeked = {claim.post: bool(reasons) for claim, reasons in peek_due(NOON, TORONTO)}
    assert peeked["mbc/help"] is not excepts
    names = [name for name, _ in claimed()]
    assert ("mbc/help" in names) is excepts
    assert (status_of(helping) == Status.SENDING) is excepts


def test_a_help_line_is_not_missed_when_a_pause_ends_that_let_it_out():
    delivery("a")
    helping = delivery("help", "x-fr", of=post("help", is_help=True))
    pauses.pause("", "", "news", "anna", NOON, except_help=True)
    assert pauses.resume("", "", "over", "anna", NOON) == 1
    assert status_of(helping) == Status.QUEUED


@pytest.mark.parametrize(("excepts", "missed"), [(True, 1), (False, 0)])
def test_a_pause_that_leaves_help_lines_out_holds_none_back_under_another_one(excepts, missed):
    delivery("help", of=post("help", is_help=True))
    pauses.pause("", "", "news", "anna", NOON)
    pauses.pause("mbc", "", "news", "anna", NOON, except_help=excepts)
    assert pauses.resume("", "", "over", "anna", NOON) == missed


def test_that_a_pause_leaves_help_lines_out_is_said_and_logged():
    pauses.pause("", "x-en", "news", "anna", NOON, except_help=True)
    assert pauses.standing() == ["Channel x-en, but for help lines, is paused: news"]
    assert Event.objects.get(action="paused").reason == "Channel x-en, but for help lines: news"
