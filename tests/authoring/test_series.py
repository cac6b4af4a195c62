"""Series: written in one sitting, looked at before they are made, made all or none, moved and cancelled as one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.authoring.several import making, sitting
from campaign.authoring.several.sitting import Sitting, SittingText, apart
from campaign.content.dates.rhythm import Rhythm, Shift
from campaign.content.fields import Fields
from campaign.core.problem import Asked, Problem
from campaign.decisions import series
from campaign.decisions.time_rules import TimeRules
from campaign.models import Delivery, Event, Post
from campaign.models.series import Series
from campaign.states import Stage, Status
from tests.deliveries import NOON, TORONTO
from tests.pages import Visitor
from tests.posts_in_web import CHANNELS, desk
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
WORDS = (
    ("Bring a list of questions.", "Apportez une liste de questions."),
    ("Take somebody with you.", "Venez avec quelqu’un."),
    ("Ask for it in writing.", "Demandez-le par écrit."),
)
TIPS = Sitting(
    name="Tips",
    campaign="know",
    first="2027-10-19",
    time="09:00",
    weekdays=("1", "3"),
    labels={"en": "Tip", "fr": "Conseil"},
    settings=Fields(channels=tuple(CHANNELS)),
    pieces=tuple(SittingText({"en": english, "fr": french}) for english, french in WORDS),
)


def begun(by: Visitor, typed: Sitting = TIPS, form: str = "") -> Series:
    assert by.user
    return sitting.keep(None, typed, by.user, NOON, form)


def made(by: Visitor, typed: Sitting = TIPS, *, submit: bool = True) -> Series:
    of = begun(by, typed)
    assert by.user
    making.make(of, typed, by.user, desk(), NOON, submit=submit)
    return Series.objects.get(pk=of.pk)


def dues(of: Series) -> list[str]:
    times = {delivery.due_at for delivery in Delivery.objects.filter(post__series=of)}
    return [f"{due.astimezone(TORONTO):%m-%d %H:%M}" for due in sorted(times)]


def test_a_series_is_made_and_submitted_all_at_once(staff: Visitor) -> None:
    tips = made(staff)
    posts = list(tips.posts.order_by("pk"))
    assert [post.title for post in posts] == ["Tips 1", "Tips 2", "Tips 3"]
    assert {post.stage for post in posts} == {Stage.PLANNED}
    assert dues(tips) == ["10-19 09:00", "10-21 09:00", "10-26 09:00"]
    texts = posts[1].deliveries.order_by("channel").values_list("channel", "text")
    assert [text.split("\n")[0] for channel, text in texts if channel.startswith("x")] == [
        "Tip 2 of 3",
        "Conseil 2 sur 3",
    ]
    assert (tips.typed, Delivery.objects.exclude(status=Status.DRAFT).count()) == ("", 0)


def test_the_number_of_a_post_in_its_series_is_no_health_fact(staff: Visitor) -> None:
    ahead = making.look_ahead(TIPS, desk(), NOON)
    assert [row.findings for row in ahead if row.has_errors] == []
    assert [row.day for row in ahead] == [date(2027, 10, day) for day in (19, 21, 26)]
    assert not any(row.is_outside or row.is_crowded for row in ahead)


def test_a_long_name_is_cut_and_its_posts_keep_their_numbers(staff: Visitor) -> None:
    tips = made(staff, replace(TIPS, name="Tips\n" + "x" * 500))
    assert len(tips.name) == sitting.LONGEST_NAME
    assert tips.posts.latest("pk").title.endswith("x 3")


def test_a_second_press_makes_nothing(staff: Visitor) -> None:
    tips = made(staff)
    assert staff.user
    again = making.make(tips, TIPS, staff.user, desk(), NOON, submit=True)
    assert [post.pk for post in again] == list(tips.posts.values_list("pk", flat=True))
    assert Post.objects.count() == len(WORDS)


def test_a_form_that_is_sent_twice_begins_one_series(staff: Visitor) -> None:
    assert begun(staff, form="a") == begun(staff, form="a")
    assert Series.objects.count() == 1


def test_nothing_is_made_where_one_post_has_an_error(staff: Visitor) -> None:
    skipped = replace(TIPS.pieces[1], date="2028-03-12", time="02:30")
    pieces = (TIPS.pieces[0], skipped, TIPS.pieces[2])
    of = begun(staff, replace(TIPS, pieces=pieces))
    assert staff.user
    typed = sitting.sitting_of(of)
    assert [row.has_errors for row in making.look_ahead(typed, desk(), NOON)] == [
        False,
        True,
        False,
    ]
    with pytest.raises(Problem, match="Tips 2"):
        making.make(of, typed, staff.user, desk(), NOON, submit=True)
    assert not Post.objects.exists()
    assert Series.objects.get(pk=of.pk).made_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " \u200b "}, "a name"),
        ({"campaign": "none"}, "campaign"),
        ({"pieces": ()}, "first post"),
        ({"first": "soon"}, "as a date"),
        ({"first": "9999-12-30"}, "as a date"),
        ({"settings": Fields(kind="story")}, "never one of a series"),
    ],
)
def test_what_is_missing_is_said(staff: Visitor, wrong: dict[str, object], said: str) -> None:
    typed = replace(TIPS, **wrong)  # type: ignore[arg-type]  # from the table above
    of = begun(staff, typed)
    assert staff.user
    with pytest.raises(Problem, match=said):
        making.make(of, typed, staff.user, desk(), NOON, submit=False)
    assert not Post.objects.exists()


def test_a_crowded_day_is_seen_before_anything_is_made(staff: Visitor) -> None:
    made(staff, replace(TIPS, name="Before", pieces=TIPS.pieces[:1]))
    other = tuple(SittingText({"en": f"Other {n}.", "fr": f"Autre {n}."}) for n in "abc")
    ahead = making.look_ahead(replace(TIPS, pieces=other), desk(), NOON)
    assert [row.is_crowded for row in ahead] == [True, False, False]


def test_a_day_outside_of_the_campaign_is_seen_too(staff: Visitor) -> None:
    ahead = making.look_ahead(replace(TIPS, weekdays=("6",)), desk(), NOON)
    assert [(row.day.day, row.is_outside) for row in ahead] == [
        (24, False),
        (31, False),
        (7, True),
    ]


def test_a_sitting_is_its_writers_until_its_posts_are_made(
    staff: Visitor, second: Visitor
) -> None:
    of = begun(staff)
    assert (staff.user and second.user) is not None
    for act in (sitting.drop, sitting.need_own):
        with pytest.raises(Problem, match="writing this series"):
            act(of, second.user)  # type: ignore[arg-type]
    tips = made(staff)
    for late in (
        lambda: sitting.keep(tips, TIPS, staff.user, NOON, ""),  # type: ignore[arg-type]
        lambda: sitting.drop(tips, staff.user),  # type: ignore[arg-type]
    ):
        with pytest.raises(Problem, match="made already"):
            late()


def test_what_is_typed_comes_back_as_it_was_typed(staff: Visitor) -> None:
    assert sitting.sitting_of(begun(staff)) == TIPS
    assert sitting.sitting_of(Series(typed="{}", name="Tips")).name == "Tips"


# Moving and cancelling


def rules() -> TimeRules:
    return TimeRules(desk().config, desk().library)


def move(of: Series, by: Visitor, to: series.Move, *, answered: bool = False) -> int:
    assert by.user
    return series.move(of, to, by.user, desk(), NOON, rules(), answered=answered)


def test_a_series_is_moved_as_one_and_its_posts_do_not_stand_in_each_others_way(
    staff: Visitor,
) -> None:
    tips = made(staff)
    Delivery.objects.update(status=Status.QUEUED)
    assert move(tips, staff, series.Move(Shift(2))) == len(WORDS)
    assert dues(tips) == ["10-21 09:00", "10-23 09:00", "10-28 09:00"]
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.QUEUED}
    move(tips, staff, series.Move(Shift(), time(12, 30)))
    assert dues(tips) == ["10-21 12:30", "10-23 12:30", "10-28 12:30"]


def test_two_posts_of_a_series_never_come_to_the_same_time(staff: Visitor) -> None:
    tips = made(staff)
    with pytest.raises(Problem, match="would stand at the same time"):
        move(tips, staff, series.Move(Shift(weekday=4)))
    assert dues(tips) == ["10-19 09:00", "10-21 09:00", "10-26 09:00"]


def test_what_is_out_stays_where_it_is(staff: Visitor) -> None:
    tips = made(staff)
    first = tips.posts.order_by("pk")[0]
    first.deliveries.update(status=Status.PUBLISHED)
    move(tips, staff, series.Move(Shift(1)))
    assert dues(tips) == ["10-19 09:00", "10-22 09:00", "10-27 09:00"]


def test_a_series_is_moved_whole_or_not_at_all(staff: Visitor) -> None:
    tips = made(staff)
    with pytest.raises(Problem, match="in the past"):
        move(tips, staff, series.Move(Shift(-10)))
    assert dues(tips) == ["10-19 09:00", "10-21 09:00", "10-26 09:00"]


def test_a_time_that_the_clocks_skip_moves_nothing(staff: Visitor) -> None:
    tips = made(staff)
    days = (date(2028, 3, 12) - date(2027, 10, 21)).days
    with pytest.raises(Problem, match="does not exist"):
        move(tips, staff, series.Move(Shift(days), time(2, 30)), answered=True)
    assert dues(tips) == ["10-19 09:00", "10-21 09:00", "10-26 09:00"]


def test_another_post_that_stands_there_is_asked_about_once(staff: Visitor) -> None:
    tips = made(staff)
    other = tuple(SittingText({"en": f"Other {n}.", "fr": f"Autre {n}."}) for n in "a")
    made(staff, replace(TIPS, name="Other", first="2027-10-20", weekdays=(), pieces=other))
    with pytest.raises(Asked, match="very close"):
        move(tips, staff, series.Move(Shift(1)))
    assert move(tips, staff, series.Move(Shift(1)), answered=True) == len(WORDS)


def test_what_is_only_written_is_moved_in_its_words(staff: Visitor) -> None:
    tips = made(staff, submit=False)
    assert move(tips, staff, series.Move(Shift(7), time(8))) == len(WORDS)
    post = tips.posts.order_by("pk")[0]
    assert 'when = "2027-10-26 08:00"' in post.versions.latest("number").source


def test_a_series_is_cancelled_as_one(staff: Visitor) -> None:
    tips = made(staff)
    first, last = tips.posts.order_by("pk")[0], tips.posts.order_by("-pk")[0]
    first.deliveries.update(status=Status.PUBLISHED)
    Post.objects.filter(pk=last.pk).update(stage=Stage.WRITING)
    last.deliveries.all().update(status=Status.WITHDRAWN)
    assert staff.user
    assert series.cancel(tips, staff.user, "", NOON) == 2
    statuses = {
        post.pk: set(post.deliveries.values_list("status", flat=True))
        for post in tips.posts.all()
    }
    assert statuses[first.pk] == {Status.PUBLISHED}
    assert Post.objects.get(pk=last.pk).stage == Stage.TAKEN_BACK
    with pytest.raises(Problem, match="Nothing of this series waits"):
        series.cancel(tips, staff.user, "", NOON)


def test_a_post_that_left_its_series_is_not_moved_with_it(staff: Visitor) -> None:
    tips = made(staff)
    left = tips.posts.order_by("pk")[1]
    assert staff.user
    making.leave(left, staff.user, NOON)
    assert move(tips, staff, series.Move(Shift(1))) == 2
    assert Event.objects.filter(action=making.LEFT, post=left).count() == 1
    with pytest.raises(Problem, match="in no series"):
        making.leave(left, staff.user, NOON)


# Days and texts


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.frozensets(st.integers(0, 6)),
    st.integers(1, 52),
)
def test_the_days_of_a_series_rise_and_fall_on_its_weekdays(
    first: date, weekdays: frozenset[int], number: int
) -> None:
    days = Rhythm(first, weekdays).days(number)
    wanted = weekdays or {first.weekday()}
    assert len(days) == number == len(set(days))
    assert days == sorted(days)
    assert {day.weekday() for day in days} <= wanted
    assert first <= days[0] < first + timedelta(7)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-371, 371), st.integers(0, 6))
def test_a_weekday_is_that_of_the_same_week(day: date, days: int, weekday: int) -> None:
    moved = Shift(days, weekday).of(day)
    plain = day + timedelta(days)
    assert moved.weekday() == weekday
    assert moved.isocalendar()[:2] == plain.isocalendar()[:2]


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="*\r\n")), min_size=1))
def test_a_pasted_list_is_parted_where_the_breaks_stand(texts: Sequence[str]) -> None:
    pasted = "\r\n***\r\n".join(texts)
    assert [pair["en"] for pair in apart({"en": pasted, "fr": ""})] == list(texts)
