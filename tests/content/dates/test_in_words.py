from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.in_words import clock, full_date, long_date, weekday

MBC_DAY = date(2027, 10, 13)


def test_a_date_in_words() -> None:
    assert long_date(MBC_DAY, "en") == "October 13, 2027"
    assert long_date(MBC_DAY, "fr") == "13 octobre 2027"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert long_date(date(2027, 10, 1), "en") == "October 1, 2027"
    assert long_date(date(2027, 10, 1), "fr") == "1er octobre 2027"
    assert long_date(date(2027, 10, 11), "fr") == "11 octobre 2027"


def test_french_months_keep_their_accents() -> None:
    months = [long_date(date(2027, month, 2), "fr") for month in (2, 8, 12)]
    assert months == ["2 février 2027", "2 août 2027", "2 décembre 2027"]


def test_a_date_with_its_weekday() -> None:
    assert full_date(MBC_DAY, "en") == "Wednesday, October 13, 2027"
    assert full_date(MBC_DAY, "fr") == "mercredi 13 octobre 2027"
    assert (weekday(MBC_DAY, "en"), weekday(MBC_DAY, "fr")) == ("Wednesday", "mercredi")


@pytest.mark.parametrize(
    ("at", "english", "french"),
    [
        (time(9), "9:00 a.m.", "9\u00a0h"),
        (time(9, 30), "9:30 a.m.", "9\u00a0h\u00a030"),
        (time(9, 5), "9:05 a.m.", "9\u00a0h\u00a005"),
        (time(0), "12:00 a.m.", "0\u00a0h"),
        (time(12), "12:00 p.m.", "12\u00a0h"),
        (time(18, 15), "6:15 p.m.", "18\u00a0h\u00a015"),
    ],
)
def test_a_time_as_canada_writes_it(at: time, english: str, french: str) -> None:
    assert clock(at, "en") == english
    assert clock(at, "fr") == french


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match='the language "de"'):
        long_date(MBC_DAY, "de")
    with pytest.raises(ValueError, match='the language "de"'):
        clock(time(9), "de")


@given(st.dates(), st.sampled_from(["en", "fr"]))
def test_no_two_dates_read_alike(day: date, language: str) -> None:
    other = day.replace(day=day.day % 28 + 1)
    assert (full_date(day, language) == full_date(other, language)) == (day == other)
