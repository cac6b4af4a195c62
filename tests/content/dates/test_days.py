from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.days import (
    MONTHS,
    WEEKDAYS,
    BadRule,
    Day,
    Fixed,
    Manual,
    Month,
    Nth,
    parse_rule,
)

YEARS = st.integers(1900, 2200)
WEEKDAY = st.sampled_from(WEEKDAYS)
MONTH = st.sampled_from(MONTHS)
MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map("{:%m-%d}".format)
WORDS = (
    "fixed",
    "nth",
    "last",
    "before",
    "easter",
    "month",
    "manual",
    "1",
    "-2",
    "+0",
    "13",
    "sun",
    "Jun",
    "10-13",
    "02-29",
)
RULES = st.one_of(
    st.builds("fixed {}".format, MONTH_DAYS),
    st.builds("nth {} {} {}".format, st.integers(1, 4), WEEKDAY, MONTH),
    st.builds("last {} {}".format, WEEKDAY, MONTH),
    st.builds(
        "before {} {}".format,
        WEEKDAY,
        MONTH_DAYS.filter(lambda day: day >= "01-08" and day != "02-29"),
    ),
    st.builds("easter {:+}".format, st.integers(-80, 250)),
    st.builds("month {}".format, st.integers(1, 12)),
    st.just("easter"),
)


def day(rule: str, *dates: date) -> Day:
    return Day("a-day", parse_rule(rule, dates), {"en": "A day", "fr": "Une journée"})


def test_october_13_is_thanksgiving_in_2025_and_2031_alone() -> None:
    metastatic, thanksgiving = day("fixed 10-13"), day("nth 2 mon oct")
    same = [year for year in range(2025, 2032) if metastatic.on(year) == thanksgiving.on(year)]
    assert same == [2025, 2031]
    assert [thanksgiving.on(year) for year in range(2025, 2032)] == [
        date(2025, 10, 13),
        date(2026, 10, 12),
        date(2027, 10, 11),
        date(2028, 10, 9),
        date(2029, 10, 8),
        date(2030, 10, 14),
        date(2031, 10, 13),
    ]


@pytest.mark.parametrize(
    ("year", "number"), [(2025, 1), (2027, 6), (2028, 4), (2029, 3), (2031, 1)]
)
def test_survivors_day_is_the_first_sunday_of_june_even_when_it_is_june_1(
    year: int, number: int
) -> None:
    assert day("nth 1 sun jun").on(year) == date(year, 6, number)


@pytest.mark.parametrize(
    ("year", "number"), [(2025, 19), (2026, 18), (2027, 24), (2028, 22), (2031, 19)]
)
def test_victoria_day_is_the_monday_before_may_25(year: int, number: int) -> None:
    assert day("before mon 05-25").on(year) == date(year, 5, number)


def test_before_a_day_is_never_that_day() -> None:
    assert date(2026, 5, 25).weekday() == 0
    assert day("before mon 05-25").on(2026) == date(2026, 5, 18)


def test_easter_from_2025_to_2031() -> None:
    assert [day("easter").on(year) for year in range(2025, 2032)] == [
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2028, 4, 16),
        date(2029, 4, 1),
        date(2030, 4, 21),
        date(2031, 4, 13),
    ]


def test_good_friday_and_easter_monday() -> None:
    assert day("easter -2").on(2027) == date(2027, 3, 26)
    assert day("easter +1").on(2027) == date(2027, 3, 29)


def test_the_last_friday_of_may() -> None:
    assert day("last fri may").on(2027) == date(2027, 5, 28)
    assert day("last mon may").on(2027) == date(2027, 5, 31)


def test_a_month_is_its_first_day() -> None:
    assert day("month 10").on(2027) == date(2027, 10, 1)


def test_months_and_weekdays_are_read_as_names_or_numbers_in_any_case() -> None:
    assert parse_rule("month oct") == parse_rule("Month 10") == Month(10)
    assert parse_rule("nth 1 SUN 6") == parse_rule("nth 1 sun 06") == Nth(1, 6, 6)


def test_the_leap_day_is_in_leap_years_alone() -> None:
    leap = day("fixed 02-29")
    assert leap.on(2028) == date(2028, 2, 29)
    assert leap.on(2027) is None
    assert leap.next(date(2028, 3, 1)) == date(2032, 2, 29)
    assert leap.next(date(2097, 1, 1)) == date(2104, 2, 29)


def test_a_manual_day_has_the_dates_that_were_set() -> None:
    week = day("manual", date(2028, 4, 16), date(2027, 4, 18))
    assert week.rule == Manual((date(2027, 4, 18), date(2028, 4, 16)))
    assert week.on(2027) == date(2027, 4, 18)
    assert week.on(2029) is None
    assert week.next(date(2027, 4, 19)) == date(2028, 4, 16)
    assert week.next(date(2028, 4, 17)) is None


def test_today_counts_as_the_next_day() -> None:
    metastatic = day("fixed 10-13")
    assert metastatic.next(date(2027, 10, 13)) == date(2027, 10, 13)
    assert metastatic.next(date(2027, 10, 14)) == date(2028, 10, 13)


def test_the_next_day_can_be_asked_at_the_end_of_the_calendar() -> None:
    assert day("fixed 10-13").next(date(9999, 12, 31)) is None


def test_a_day_can_be_kept_in_a_set() -> None:
    assert len({day("fixed 10-13"), day("fixed 10-13")}) == 1


@pytest.mark.parametrize(
    ("rule", "why", "right"),
    [
        ("", "is not known", "fixed 10-13"),
        ("every 10-13", "is not known", "nth 1 sun jun"),
        ("fixed 13-10", '"13-10" is not a month and a day', "fixed 10-13"),
        ("fixed 02-30", '"02-30" is not a month and a day', "fixed 10-13"),
        ("fixed 10-1", '"10-1" is not a month and a day', "fixed 10-13"),
        ("fixed", "too few or too many words", "fixed 10-13"),
        ("fixed 10-13 11-13", "too few or too many words", "fixed 10-13"),
        ("nth 5 sun jun", '"5" is not 1, 2, 3 or 4', "nth 1 sun jun"),
        ("nth 0 sun jun", '"0" is not 1, 2, 3 or 4', "nth 1 sun jun"),
        ("nth 1 sunday jun", '"sunday" is not a weekday', "nth 1 sun jun"),
        ("nth 1 sun 13", '"13" is not a month', "nth 1 sun jun"),
        ("last fri mai", '"mai" is not a month', "last fri may"),
        ("before mon 25-05", '"25-05" is not a month and a day', "before mon 05-25"),
        ("before mon 02-29", "February 29 is not in every year", "before mon 05-25"),
        ("before mon 01-07", "can fall in the year before", "before mon 05-25"),
        ("easter 2", "number of days with its sign", "easter -2"),
        ("easter +251", "between -80 and +250", "easter -2"),
        ("easter -81", "between -80 and +250", "easter -2"),
        ("month 0", '"0" is not a month', "month 10"),
        ("month \u0661", '"\u0661" is not a month', "month 10"),
        ("manual", "it has no dates", "manual"),
        ("manual 10-13", "nothing may follow", "dates = [2027-04-18]"),
    ],
)
def test_a_bad_rule_is_refused_in_a_sentence_that_shows_a_right_one(
    rule: str, why: str, right: str
) -> None:
    with pytest.raises(BadRule) as refused:
        parse_rule(rule)
    message = str(refused.value)
    assert message.startswith(f'The rule "{rule}"')
    assert why in message
    assert right in message
    assert message.endswith(".")


def test_dates_belong_to_a_manual_day_alone() -> None:
    with pytest.raises(BadRule, match='dates belong to the rule "manual" alone'):
        parse_rule("fixed 10-13", [date(2027, 10, 13)])


def test_a_manual_day_has_one_date_a_year_and_no_times() -> None:
    with pytest.raises(BadRule, match="in the same year"):
        parse_rule("manual", [date(2027, 4, 18), date(2027, 4, 19)])
    with pytest.raises(BadRule, match="has a time of day"):
        parse_rule("manual", [datetime(2027, 4, 18, 9)])


@given(RULES, YEARS)
def test_every_rule_gives_a_date_in_the_year_asked_for(rule: str, year: int) -> None:
    found = day(rule).on(year)
    if found is None:
        assert rule == "fixed 02-29"
    else:
        assert found.year == year


@given(RULES, st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_the_next_date_is_the_first_from_today_on(rule: str, today: date) -> None:
    a_day = day(rule)
    found = a_day.next(today)
    assert found is not None
    assert found >= today
    between = (a_day.on(year) for year in range(today.year, found.year + 1))
    assert [one for one in between if one is not None and today <= one < found] == []


@given(YEARS, WEEKDAY, MONTH)
def test_nth_and_last_agree_with_counting_the_days_of_the_month(
    year: int, weekday: str, month: str
) -> None:
    start = date(year, MONTHS.index(month) + 1, 1)
    days = [
        start + timedelta(n) for n in range(31) if (start + timedelta(n)).month == start.month
    ]
    such = [one for one in days if WEEKDAYS[one.weekday()] == weekday]
    assert [day(f"nth {n} {weekday} {month}").on(year) for n in (1, 2, 3, 4)] == such[:4]
    assert day(f"last {weekday} {month}").on(year) == such[-1]


@given(st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        parse_rule(text).on(2027)
    except BadRule as refused:
        assert str(refused).startswith(f'The rule "{text}"')


def test_a_fixed_day_is_read_as_month_and_day() -> None:
    assert parse_rule("fixed 10-13") == Fixed(10, 13)
