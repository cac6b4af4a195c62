"""A new time: what speaks against it, and what a person is asked first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from campaign.config import Channel, Config
from campaign.core.problem import Problem
from campaign.decisions import rescheduling, time_rules
from campaign.decisions.time_rules import TimeRules
from campaign.delivery.gate import Candidate, Ground, Reason
from campaign.models import Delivery, Event, Fact, Version
from campaign.states import Status
from campaign.stories import holding, storyteller
from tests.deliveries import NOON, RULES, TORONTO, delivery, good_story, post, status_of
from tests.folders import Folder, make_folder

pytestmark = pytest.mark.django_db

NOW = NOON - timedelta(days=5)
NEXT_DAY = NOON + timedelta(days=1)
REMEMBRANCE = """
[[day]]
id = "remembrance-day"
rule = "fixed 11-11"
name.en = "Remembrance Day"
name.fr = "Jour du Souvenir"
quiet = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = make_folder(tmp_path)
    made.write(
        "posts/calendar.toml",
        (tmp_path / "posts/calendar.toml").read_text("utf-8") + REMEMBRANCE,
    )
    made.post()
    return made


@pytest.fixture
def rules(folder: Folder) -> TimeRules:
    return with_channel(TimeRules(Config(), folder.library()))


def with_channel(rules: TimeRules, **values: Any) -> TimeRules:
    channel = replace(Channel("x-en", "twitter", "en"), **values)
    return replace(rules, config=replace(rules.config, channels={"x-en": channel}))


def against(
    one: Delivery, due: datetime, rules: TimeRules, now: datetime = NOW
) -> time_rules.Against:
    return time_rules.may_move(Delivery.objects.get(pk=one.pk), due, now, rules)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED])
def test_what_is_not_out_yet_can_be_moved(rules, status):
    assert against(delivery(status=status), NEXT_DAY, rules) == time_rules.Against()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.PUBLISHED, "has gone out already"),
        (Status.REMOVED, "has gone out already"),
        (Status.SENDING, "on its way"),
        (Status.UNCONFIRMED, "on its way"),
        (Status.CANCELLED, "taken out of the plan"),
        (Status.WITHDRAWN, "taken out of the plan"),
    ],
)
def test_what_is_out_on_its_way_or_dropped_is_not_moved(rules, status, said):
    (refusal,) = against(delivery(status=status), NEXT_DAY, rules).refusals
    assert said in refusal and refusal.startswith("mbc/a on x-en")


@pytest.mark.parametrize("due", [NOW, NOW - timedelta(days=3)])
def test_a_time_in_the_past_is_refused(rules, due):
    assert "in the past" in against(delivery(), due, rules).refusals[0]


def test_the_time_that_it_has_already_is_refused(rules):
    assert "already" in against(delivery(), NOON, rules).refusals[0]


def test_a_failed_text_that_was_not_approved_is_refused(rules):
    one = delivery(status=Status.FAILED, approved_fingerprint="")
    assert "not approved" in against(one, NEXT_DAY, rules).refusals[0]


def test_a_draft_needs_no_approval_to_be_moved(rules):
    assert against(delivery(status=Status.DRAFT), NEXT_DAY, rules).refusals == ()


def test_an_example_is_refused_as_the_gate_refuses_it(rules):
    assert "example" in against(delivery(of=post(example=True)), NEXT_DAY, rules).refusals[0]


def test_what_the_gate_has_against_the_new_day_is_refused_in_its_words(rules, monkeypatch):
    def gate(candidate: Candidate, at: datetime, zone: ZoneInfo) -> list[Reason]:
        too_late = at.astimezone(zone).date() > date(2027, 10, 13)
        return [Reason(Ground.CONSENT, "The consent has ended by then.")] if too_late else []

    monkeypatch.setattr(time_rules, "reasons_against", gate)
    one = delivery()
    assert against(one, NOON + timedelta(hours=1), rules).refusals == ()
    assert against(one, NEXT_DAY, rules).refusals == ("The consent has ended by then.",)


def test_a_story_without_a_consent_is_refused(rules):
    assert against(delivery(of=post(kind="story")), NEXT_DAY, rules).refusals != ()


def test_a_day_on_which_a_fact_is_to_be_reviewed_is_refused(rules):
    Fact.objects.create(key="spread", status="ok", review_by=date(2027, 10, 13))
    one = delivery(facts="spread")
    assert against(one, NOON + timedelta(hours=1), rules).refusals == ()
    assert "to be reviewed by 2027-10-13" in against(one, NEXT_DAY, rules).refusals[0]


def test_a_fact_that_has_to_be_reviewed_in_any_case_keeps_nothing_where_it_is(rules):
    fact = Fact.objects.create(key="spread", status="ok", review_by=date(2027, 10, 12))
    one = delivery(facts="spread")
    assert against(one, NEXT_DAY, rules).refusals == ()
    Fact.objects.filter(pk=fact.pk).update(review_by=date(2027, 10, 1))  # overdue today
    assert "to be reviewed by" in against(one, NEXT_DAY, rules).refusals[0]


@pytest.mark.parametrize("status", ["do_not_use", None])
def test_a_fact_that_must_not_be_used_or_is_not_known_is_refused(rules, status):
    if status:
        Fact.objects.create(key="spread", status=status, review_by=date(2030, 1, 1))
    assert "spread" in against(delivery(facts="spread"), NEXT_DAY, rules).refusals[0]


def test_every_reason_is_told_at_once(rules):
    one = delivery(of=post(kind="story"), facts="unknown", when="mbc-day 12:00")
    found = " ".join(against(one, NOW - timedelta(days=1), rules).refusals)
    assert [
        word in found for word in ("past", "storyteller", "unknown", "stays on that day")
    ] == [True] * 4


def test_a_post_on_an_awareness_day_stays_on_that_day(rules):
    one = delivery(when="mbc-day 12:00")
    assert against(one, NOON + timedelta(hours=11), rules).refusals == ()  # 23:00 in Toronto
    (refusal,) = against(one, NOON + timedelta(hours=12), rules).refusals
    assert "Wednesday, October 13, 2027" in refusal


def test_a_post_before_an_awareness_day_may_move_unless_its_text_speaks_of_the_day(
    rules, folder
):
    one = delivery(when="mbc-day -3d 12:00", of=post("one", "know"))
    assert against(one, NEXT_DAY, rules).refusals == ()
    folder.post(head='when = "mbc-day -3d 12:00"\nday = "mbc-day"')
    assert (
        "stays on that day"
        in against(one, NEXT_DAY, replace(rules, library=folder.library())).refusals[0]
    )


def test_the_latest_version_says_of_which_day_a_text_speaks(rules):
    one = delivery(when="mbc-day -3d 12:00")
    version = Version.objects.create(post=one.post, number=1, source='day = "mbc-day"', at=NOW)
    assert "stays on that day" in against(one, NEXT_DAY, rules).refusals[0]
    Version.objects.create(post=one.post, number=2, source="not TOML", at=version.at)
    assert against(one, NEXT_DAY, rules).refusals == ()


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Remembrance Day"), ("fr", "Jour du Souvenir")]
)
def test_a_quiet_day_is_asked_about(rules, language, name):
    one = delivery()
    quiet = datetime(2027, 11, 11, 17, tzinfo=UTC)
    found = against(one, quiet, replace(rules, language=language))
    assert found.refusals == () and name in " ".join(found.questions)


def test_another_time_of_the_same_quiet_day_is_not_asked_about_again(rules):
    quiet = datetime(2027, 11, 11, 17, tzinfo=UTC)
    assert against(delivery(due=quiet), quiet + timedelta(hours=1), rules).questions == ()


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2027, 11, 1, 16, tzinfo=UTC), "ends on October 31, 2027"),
        (datetime(2027, 9, 30, 16, tzinfo=UTC), "begins on October 1, 2027"),
    ],
)
def test_a_day_outside_the_campaign_is_asked_about(rules, due, said):
    (question,) = against(
        delivery(of=post("one", "know")), due, rules, datetime(2027, 9, 1, tzinfo=UTC)
    ).questions
    assert said in question and "Know it" in question


def test_a_taken_time_is_asked_about(rules):
    delivery("b", due=NEXT_DAY)
    (question,) = against(delivery(), NEXT_DAY, rules).questions
    assert "mbc/b is planned for 12:00" in question
    (question,) = against(delivery("c"), NEXT_DAY + timedelta(minutes=59), rules).questions
    assert "mbc/b is planned for 12:00" in question
    assert against(delivery("d"), NEXT_DAY + timedelta(hours=1), rules).questions == ()


@pytest.mark.parametrize(
    ("hour", "asked"), [(19, False), (20, True), (3, True), (7, True), (8, False)]
)
def test_a_time_in_the_quiet_hours_is_asked_about(rules, hour, asked):
    night = NEXT_DAY.astimezone(TORONTO).replace(hour=hour)
    questions = against(delivery(), night, rules).questions
    assert [
        f"At {hour:02d}:00 it would go out in the quiet hours (20:00-08:00)" in said
        for said in questions
    ] == ([True] if asked else [])


@pytest.mark.parametrize(
    ("minutes", "asked"), [(-30, False), (-29, True), (29, True), (30, False)]
)
def test_a_time_within_the_channel_s_gap_is_asked_about(rules, minutes, asked):
    delivery("b", due=NEXT_DAY + timedelta(minutes=minutes))
    rules = with_channel(rules, minimum_gap=timedelta(minutes=30))
    assert bool(against(delivery(), NEXT_DAY, rules).questions) is asked


def test_a_full_day_is_asked_about(rules):
    delivery("b", due=NEXT_DAY - timedelta(hours=3))
    delivery("c", due=NEXT_DAY - timedelta(hours=2), status=Status.CANCELLED)
    one = delivery()
    assert against(one, NEXT_DAY, with_channel(rules, max_per_day=2)).questions == ()
    assert (
        "1 posts a day"
        in against(one, NEXT_DAY, with_channel(rules, max_per_day=1)).questions[0]
    )


def test_what_is_taken_out_or_on_another_channel_is_in_nobody_s_way(rules):
    delivery("b", due=NEXT_DAY, status=Status.CANCELLED)
    delivery("c", on="x-fr", due=NEXT_DAY)
    assert against(delivery(), NEXT_DAY, rules).questions == ()


def test_english_and_french_of_one_post_move_together():
    one = delivery(on="x-en")
    delivery(on="x-fr", of=one.post, language="fr")
    delivery(on="f-en", of=one.post, due=NEXT_DAY)
    delivery(on="f-fr", of=one.post, status=Status.PUBLISHED)
    delivery("b")
    assert [each.channel for each in time_rules.together(one)] == ["x-en", "x-fr"]


def test_what_duegether_is_not_in_each_other_s_way(rules):
    one, other = delivery(), delivery("b")
    found = time_rules.all_against([one, other], NEXT_DAY, NOW, rules)
    assert found == time_rules.Against()


def test_a_sentence_about_several_is_told_once(rules):
    deliveries = [delivery(), delivery(on="x-fr")]
    assert len(time_rules.all_against(deliveries, NOW, NOW, rules).refusals) == 1


def test_moving_gives_all_of_them_the_new_time_and_writes_it_down():
    one = delivery()
    other = delivery(on="x-fr", of=one.post, status=Status.DRAFT)
    rescheduling.reschedule([one, other], NEXT_DAY, "anna", NOW, RULES)
    assert set(Delivery.objects.values_list("due_at", "next_at")) == {(NEXT_DAY, NEXT_DAY)}
    assert (status_of(one), status_of(other)) == (Status.QUEUED, Status.DRAFT)
    assert set(Event.objects.values_list("actor", "action")) == {("anna", "rescheduled")}


def test_when_one_cannot_be_moved_none_is():
    one, out = delivery(), delivery(on="x-fr", status=Status.PUBLISHED)
    with pytest.raises(Problem):
        rescheduling.reschedule([one, out], NEXT_DAY, "anna", NOW, RULES)
    assert Delivery.objects.get(pk=one.pk).due_at == NOON


def test_only_deliveries_of_the_same_post_at_one_time_are_chosen():
    one, other = delivery(), delivery("b")
    sibling = delivery(on="x-fr", of=one.post)
    assert rescheduling.chosen(one, [sibling.pk, one.pk]) == [one, sibling]
    for ids in ([one.pk, other.pk], [], [one.pk, 10_000]):
        with pytest.raises(Problem, match="changed meanwhile"):
            rescheduling.chosen(one, ids)
    rescheduling.reschedule([sibling], NEXT_DAY, "anna", NOW, RULES, alone=True)
    with pytest.raises(Problem, match="changed meanwhile"):
        rescheduling.chosen(one, [sibling.pk, one.pk])


@pytest.mark.parametrize("status", [Status.FAILED, Status.MISSED])
def test_a_story_is_not_queued_again_without_its_persons_consent(status):
    one = good_story(status=status)
    rescheduling.retry(one, "anna", NOON, RULES)
    other = good_story("story-2", status=status)
    holding.hold(
        storyteller.find(other.post.storyteller), storyteller.HoldReason.ILL, "anna", NOON
    )
    with pytest.raises(Problem, match="on hold"):
        rescheduling.retry(other, "anna", NOON, RULES)
    with pytest.raises(Problem, match="not on 2028-02-01"):
        rescheduling.reschedule(
            [good_story("story-3")],
            NOON.replace(year=2028, month=2, day=1),
            "anna",
            NOON,
            RULES,
        )
    assert (status_of(one), status_of(other)) == (Status.QUEUED, status)


@pytest.mark.parametrize("status", [Status.FAILED, Status.MISSED])
def test_what_failed_or_was_missed_is_tried_again_now_and_has_its_grace_again(status):
    one = delivery(status=status, due=NOON - timedelta(days=3), tries=6)
    rescheduling.retry(one, "anna", NOON, RULES)
    one.refresh_from_db()
    assert (one.status, one.due_at, one.next_at, one.tries) == (Status.QUEUED, NOON, NOON, 0)
    assert one.latest_at == NOON + timedelta(hours=6)


@pytest.mark.parametrize("status", set(Status) - {Status.FAILED, Status.MISSED})
def test_nothing_else_is_tried_again(status):
    one = delivery(status=status)
    with pytest.raises(Problem):
        rescheduling.retry(one, "anna", NOON, RULES)
    assert status_of(one) == status


def test_what_is_not_approved_as_it_reads_now_is_not_tried_again():
    one = delivery(status=Status.FAILED, approved_fingerprint="older text")
    with pytest.raises(Problem, match="not approved"):
        rescheduling.retry(one, "anna", NOON, RULES)


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (Status.DRAFT, Status.DRAFT),
        (Status.QUEUED, Status.QUEUED),
        (Status.FAILED, Status.QUEUED),
        (Status.MISSED, Status.QUEUED),
    ],
)
def test_a_new_time_can_be_given_to_what_is_not_out(status, after):
    one = delivery(status=status)
    due = NOON + timedelta(days=1)
    rescheduling.reschedule([one], due, "anna", NOON, RULES)
    one.refresh_from_db()
    assert (one.status, one.due_at, one.next_at, one.latest_at) == (
        after,
        due,
        due,
        due + timedelta(hours=6),
    )
    assert Event.objects.filter(delivery=one, action="rescheduled").count() == 1


@pytest.mark.parametrize(
    "status", set(Status) - {Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED}
)
def test_what_is_out_or_on_its_way_gets_no_new_time(status):
    one = delivery(status=status)
    with pytest.raises(Problem):
        rescheduling.reschedule([one], NOON + timedelta(days=1), "anna", NOON, RULES)


def test_a_post_for_a_day_still_goes_out_on_its_day_after_a_move():
    # The last second of the 13th in Toronto.
    midnight = datetime(2027, 10, 14, 3, 59, 59, tzinfo=UTC)
    one = delivery(due=NOON, latest_at=midnight)
    rescheduling.reschedule(
        [one], NOON + timedelta(hours=5), "bob", NOON - timedelta(days=1), RULES
    )
    assert Delivery.objects.get(pk=one.pk).latest_at == midnight
    one.refresh_from_db()
    rescheduling.reschedule(
        [one], NOON + timedelta(days=1), "bob", NOON - timedelta(days=1), RULES
    )
    assert Delivery.objects.get(pk=one.pk).latest_at == midnight + timedelta(days=1)
