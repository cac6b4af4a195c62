from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaign.content.dates.days import Day, parse_rule
from campaign.content.dates.when import (
    AtTime,
    BadWhen,
    Instant,
    MissingHour,
    NearDay,
    NextSlot,
    OnDay,
    occurrence,
    parse_anchor,
    parse_clock,
    parse_when,
    to_utc,
)

TORONTO = ZoneInfo("America/Toronto")
ST_JOHNS = ZoneInfo("America/St_Johns")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
MBC_DAY = Day("mbc-day", parse_rule("fixed 10-13"), {})
ZONES = st.sampled_from(
    [
        TORONTO,
        ST_JOHNS,
        LORD_HOWE,
        ZoneInfo("America/Vancouver"),
        ZoneInfo("America/Regina"),
        ZoneInfo("Europe/Dublin"),
        ZoneInfo("Africa/Casablanca"),
        ZoneInfo("UTC"),
    ]
)
# One time in two is on a day when clocks change somewhere, because a time drawn at large hardly ever is.
CHANGES = [
    datetime(2027, 3, 14),
    datetime(2027, 11, 7),
    datetime(2027, 10, 3),
    datetime(2027, 4, 4),
    datetime(2027, 3, 28),
]
LOCAL_TIMES = st.one_of(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31)),
    st.builds(
        lambda day, minutes: day + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(0, 1439),
    ),
)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-10-13 09:00", AtTime(date(2026, 10, 13), time(9))),
        ("2026-10-13T09:00", AtTime(date(2026, 10, 13), time(9))),
        ("  2028-02-29   23:59 ", AtTime(date(2028, 2, 29), time(23, 59))),
        ("mbc-day 09:00", OnDay("mbc-day", 0, time(9))),
        ("mbc-day -3d 12:00", OnDay("mbc-day", -3, time(12))),
        ("mbc-day +1d 08:30", OnDay("mbc-day", 1, time(8, 30))),
        ("mbc-day -365d 00:00", OnDay("mbc-day", -365, time(0))),
        ("next-slot", NextSlot()),
    ],
)
def test_when_is_read(text: str, when: object) -> None:
    assert parse_when(text) == when


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not say when"),
        ("tomorrow at nine", "does not say when"),
        ("2026-10-13", "says no time of day"),
        ("mbc-day", "says no time of day"),
        ("mbc-day -3d", "says no time of day"),
        ("2026-02-29 09:00", "a date that is not in the calendar"),
        ("2026-13-01 09:00", "a date that is not in the calendar"),
        ("0206-10-13 09:00", "between the years 2000 and 2100"),
        ("2026-10-13 24:00", "a time that is not between 00:00 and 23:59"),
        ("mbc-day 09:60", "a time that is not between 00:00 and 23:59"),
        ("2026-10-13 9:00", "does not say when"),
        ("2026-10-13 09:00:00", "does not say when"),
        ("2026-10-13 -3d 09:00", "does not say when"),
        ("mbc-day 3d 09:00", "does not say when"),
        ("mbc-day -366d 09:00", "more than 365 days away"),
        ("mbc-day -999999999d 09:00", "more than 365 days away"),
        ("next-slot 09:00", "stands alone"),
        ("next-slot -3d 09:00", "stands alone"),
    ],
)
def test_a_bad_when_is_refused_in_a_sentence_that_shows_a_right_one(
    text: str, why: str
) -> None:
    with pytest.raises(BadWhen) as refused:
        parse_when(text)
    message = str(refused.value)
    assert message.startswith(f'"{text}" ')
    assert why in message
    assert '"mbc-day -3d 12:00"' in message
    assert message.endswith(".")


def test_an_anchor_is_a_date_or_an_awareness_day() -> None:
    assert parse_anchor("2027-10-01") == date(2027, 10, 1)
    assert parse_anchor("mbc-day") == NearDay("mbc-day", 0)
    assert parse_anchor(" mbc-day -12d ") == NearDay("mbc-day", -12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027-02-30",
        "1027-10-01",
        "2027-10-01 09:00",
        "mbc-day 12d",
        "mbc-day +999d",
        "next-slot",
    ],
)
def test_a_bad_anchor_is_refused_in_a_sentence_that_shows_a_right_one(text: str) -> None:
    with pytest.raises(BadWhen) as refused:
        parse_anchor(text)
    assert str(refused.value).startswith(f'"{text}" ')
    assert '"mbc-day -12d"' in str(refused.value)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_when, parse_anchor):
        try:
            parse(text)
        except BadWhen as refused:
            assert str(refused).endswith(".")


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.times(), st.sampled_from([" ", "T"]))
def test_every_date_and_time_written_out_is_read_back(
    day: date, clock: time, between: str
) -> None:
    assert parse_when(f"{day}{between}{clock:%H:%M}") == AtTime(
        day, clock.replace(second=0, microsecond=0)
    )


@given(st.integers(-365, 365), st.times())
def test_every_offset_written_out_is_read_back(offset: int, clock: time) -> None:
    assert parse_when(f"mbc-day {offset:+}d {clock:%H:%M}") == OnDay(
        "mbc-day", offset, clock.replace(second=0, microsecond=0)
    )
    assert parse_anchor(f"mbc-day {offset:+}d") == NearDay("mbc-day", offset)


def test_a_time_of_day_has_two_digits_each() -> None:
    assert parse_clock("09:05") == time(9, 5)
    assert [
        parse_clock(text)
        for text in ("9:05", "24:00", "09:5", "09:05 ", "\u0660\u0669:\u0660\u0665")
    ] == [None] * 5


def test_a_plain_local_time_is_one_moment() -> None:
    assert to_utc(datetime(2027, 10, 13, 9), TORONTO) == Instant(
        datetime(2027, 10, 13, 13, tzinfo=UTC), False
    )
    assert to_utc(datetime(2027, 10, 13, 9), ST_JOHNS) == Instant(
        datetime(2027, 10, 13, 11, 30, tzinfo=UTC), False
    )


@pytest.mark.parametrize(
    ("local", "zone", "following"),
    [
        (datetime(2027, 3, 14, 2, 30), TORONTO, "2027-03-14 03:00"),
        (datetime(2027, 3, 14, 2, 0), ST_JOHNS, "2027-03-14 03:00"),
        (datetime(2027, 10, 3, 2, 15, 40), LORD_HOWE, "2027-10-03 02:30"),
        (datetime(2011, 12, 30, 12, 0), APIA, "2011-12-31 00:00"),
    ],
)
def test_the_missing_hour_is_refused_with_the_next_time_that_exists(
    local: datetime, zone: ZoneInfo, following: str
) -> None:
    with pytest.raises(MissingHour) as refused:
        to_utc(local, zone)
    message = str(refused.value)
    assert f"{local:%Y-%m-%d %H:%M} does not exist in {zone.key}" in message
    assert message.endswith(f"the next time that exists is {following}.")


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        (datetime(2027, 11, 7, 1, 30), TORONTO, datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
        (datetime(2027, 11, 7, 1, 30), ST_JOHNS, datetime(2027, 11, 7, 4, 0, tzinfo=UTC)),
        (datetime(2027, 4, 4, 1, 45), LORD_HOWE, datetime(2027, 4, 3, 14, 45, tzinfo=UTC)),
    ],
)
def test_the_doubled_hour_is_taken_the_first_time_and_says_so(
    local: datetime, zone: ZoneInfo, utc: datetime
) -> None:
    assert to_utc(local, zone) == Instant(utc, doubled=True)
    assert to_utc(local.replace(fold=1), zone) == Instant(utc, doubled=True)


def test_the_half_hour_before_lord_howe_goes_back_is_not_doubled() -> None:
    assert not to_utc(datetime(2027, 4, 4, 1, 29), LORD_HOWE).doubled
    assert not to_utc(datetime(2027, 4, 4, 2, 0), LORD_HOWE).doubled


def test_a_local_time_with_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no time zone of its own"):
        to_utc(datetime(2027, 10, 13, 9, tzinfo=UTC), TORONTO)


@given(LOCAL_TIMES, ZONES)
def test_every_existing_local_time_comes_back_from_utc(local: datetime, zone: ZoneInfo) -> None:
    try:
        instant = to_utc(local, zone)
    except MissingHour:
        assume(False)
    back = instant.utc.astimezone(zone)
    assert back.replace(tzinfo=None, fold=0) == local
    assert back.fold == 0
    assert instant.utc.tzinfo is UTC


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30)), ZONES)
def test_every_moment_has_a_local_time_that_exists(utc: datetime, zone: ZoneInfo) -> None:
    shown = utc.replace(tzinfo=UTC).astimezone(zone)
    instant = to_utc(shown.replace(tzinfo=None), zone)
    assert instant.utc <= shown
    assert instant.doubled or instant.utc == shown


def test_an_occurrence_is_in_the_first_year_that_is_not_over() -> None:
    assert occurrence(MBC_DAY, 0, not_before=date(2027, 10, 13)) == date(2027, 10, 13)
    assert occurrence(MBC_DAY, 0, not_before=date(2027, 10, 14)) == date(2028, 10, 13)
    assert occurrence(MBC_DAY, -12, not_before=date(2027, 10, 1)) == date(2027, 10, 1)
    assert occurrence(MBC_DAY, -12, not_before=date(2027, 10, 2)) == date(2028, 10, 1)
    assert occurrence(MBC_DAY, 18, not_before=date(2027, 10, 31)) == date(2027, 10, 31)


def test_an_occurrence_may_lie_in_another_year_than_its_day() -> None:
    new_year = Day("new-year", parse_rule("fixed 01-01"), {})
    assert occurrence(new_year, -3, not_before=date(2027, 12, 20)) == date(2027, 12, 29)
    assert occurrence(MBC_DAY, 100, not_before=date(2028, 1, 15)) == date(2028, 1, 21)


def test_a_manual_day_without_a_further_date_has_no_occurrence() -> None:
    week = Day("week", parse_rule("manual", [date(2027, 4, 18)]), {})
    assert occurrence(week, 2, not_before=date(2027, 4, 20)) == date(2027, 4, 20)
    assert occurrence(week, 2, not_before=date(2027, 4, 21)) is None


@given(st.integers(-365, 365), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_an_occurrence_is_never_too_early_and_none_is_passed_over(
    offset: int, not_before: date
) -> None:
    found = occurrence(MBC_DAY, offset, not_before=not_before)
    assert found is not None
    assert found >= not_before
    a_year_earlier = MBC_DAY.on((found - timedelta(offset)).year - 1)
    assert a_year_earlier is not None
    assert a_year_earlier + timedelta(offset) < not_before


@pytest.mark.parametrize(
    "zone", [TORONTO, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")]
)
@pytest.mark.parametrize(
    "local",
    [
        datetime(1, 1, 1),
        datetime(9999, 12, 31, 23, 59),
        datetime(1999, 12, 31),
        datetime(2101, 1, 1),
    ],
)
def test_a_year_in_which_nobody_plans_anything_is_no_moment(local, zone):
    """At either end of the calendar a zone would come out of it."""
    with pytest.raises(BadWhen, match="between 2000 and 2100"):
        to_utc(local, zone)
