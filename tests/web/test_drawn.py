"""What is drawn: nothing is left out, nothing lies outside, and what is silent or lacks its other language is told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.web.campaigns.days import _window
from campaign.web.drawn.lanes import (
    NAMES,
    Days,
    DrawnStanding,
    Lane,
    Named,
    Placed,
    picture_of,
)
from campaign.web.drawn.weeks import HIGHEST, TOP, bars_of

FIRST = date(2027, 10, 1)
LANES = [Lane("x-en", "X, English"), Lane("x-fr", "X, French")]
POSTS = st.builds(
    Placed,
    st.dates(FIRST, FIRST + timedelta(70)),
    st.sampled_from(["x-en", "x-fr"]),
    st.sampled_from(["awareness", "story", "action"]),
    st.sampled_from(DrawnStanding),
)


@given(st.lists(POSTS, max_size=40), st.integers(0, 70))
def test_every_post_is_in_a_mark_within_the_drawing_and_every_other_day_is_silent(
    posts, length
):
    last = FIRST + timedelta(length)
    days = Days(FIRST, last, FIRST, LANES, posts)
    picture = picture_of(days)
    marks = [mark for month in picture.months for lane in month.lanes for mark in lane.marks]
    within = [post for post in posts if post.day <= last]
    assert sum(mark.number for mark in marks) == len(within)
    for month in picture.months:
        for lane in month.lanes:
            assert all(0 < mark.x < month.width and mark.y < month.foot for mark in lane.marks)
    silent = sum(silence.number for month in picture.months for silence in month.silences)
    assert silent == len(days.silent)


def test_a_run_that_begins_late_in_its_month_is_drawn_from_there() -> None:
    days = Days(date(2027, 10, 20), date(2027, 11, 10), FIRST, LANES, [])
    october, november = picture_of(days).months
    assert october.columns[0].x == november.columns[0].x == NAMES


def test_the_most_urgent_of_a_day_is_what_is_seen_and_their_number() -> None:
    posts = [
        Placed(FIRST, "x-en", "story", DrawnStanding.OUT),
        Placed(FIRST, "x-en", "action", DrawnStanding.TROUBLE),
    ]
    picture = picture_of(Days(FIRST, FIRST, FIRST, LANES, posts))
    [row] = picture.rows
    [(lanes, mark)] = row.marks
    assert (lanes, mark.kind, mark.standing, mark.number) == (
        "X, English",
        "mixed",
        "trouble",
        2,
    )


def test_a_day_with_names_has_one_letter_and_all_of_them_in_words() -> None:
    named = [Named(FIRST, "A day", True), Named(FIRST, "Another", False)]
    picture = picture_of(Days(FIRST, FIRST, FIRST, LANES, [], named))
    assert [letter for letter, _ in picture.letters] == ["A", "A"]
    assert [(row.name, row.marks) for row in picture.rows] == [("A day · Another", ())]


@given(
    st.dictionaries(
        st.dates(FIRST, FIRST + timedelta(700)),
        st.floats(0, 1000, allow_nan=False),
        max_size=60,
    )
)
def test_a_bar_is_never_higher_than_the_drawing(costs):
    drawn = bars_of({week: {"twitter": dollars} for week, dollars in sorted(costs.items())})
    assert (drawn is None) == (not any(costs.values()))
    if drawn:
        assert all(TOP <= bar.top <= TOP + HIGHEST for bar in drawn.bars)
        assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)


@given(
    st.dates(date(2027, 1, 1), date(2028, 12, 31)),
    st.integers(0, 500),
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.sampled_from(["", "2027-05", "1990-01", "no month"]),
)
def test_the_days_that_are_drawn_are_the_campaigns_and_at_most_three_months(
    start, length, today, month
):
    end = start + timedelta(length)
    window = _window(start, end, month, today)
    assert start <= window.first <= window.last <= end
    assert (window.last - window.first).days < 93
    assert (window.first > start) == bool(window.earlier)
    assert (window.last < end) == bool(window.later)


@given(st.integers(0, 700))
def test_every_day_of_a_campaign_is_reached_by_going_on(length):
    end = FIRST + timedelta(length)
    window = _window(FIRST, end, "2000-01", FIRST)
    reached = window.first == FIRST
    while window.later:
        following = _window(FIRST, end, window.later, FIRST)
        assert following.first <= window.last + timedelta(1)
        assert following.last > window.last
        window = following
    assert reached
    assert window.last == end
