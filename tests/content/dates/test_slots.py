from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.slots import BadSlot, Slot, next_slots, parse_slot

TORONTO = ZoneInfo("America/Toronto")
ZONES = st.sampled_from(
    [TORONTO, ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]
)
SLOTS = st.builds(
    Slot,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


def local_slots(texts: list[str], after: datetime, count: int) -> list[str]:
    found = next_slots(
        [parse_slot(text) for text in texts], after.replace(tzinfo=TORONTO), TORONTO
    )
    return [f"{moment.astimezone(TORONTO):%a %m-%d %H:%M}" for moment in islice(found, count)]


@pytest.mark.parametrize(
    ("text", "weekdays", "at"),
    [
        ("mon-fri 09:00", {0, 1, 2, 3, 4}, time(9)),
        ("sat 10:30", {5}, time(10, 30)),
        ("mon,wed,fri 12:00", {0, 2, 4}, time(12)),
        ("Mon, Wed  12:00", {0, 2}, time(12)),
        ("mon-tue,sat 12:00", {0, 1, 5}, time(12)),
        ("sat-mon 12:00", {5, 6, 0}, time(12)),
        ("daily 18:00", set(range(7)), time(18)),
    ],
)
def test_a_slot_is_read(text: str, weekdays: set[int], at: time) -> None:
    assert parse_slot(text) == Slot(frozenset(weekdays), at)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not end in a time"),
        ("mon-fri", "does not end in a time"),
        ("mon-fri 9:00", "does not end in a time"),
        ("mon-fri 24:00", "does not end in a time"),
        ("09:00", "does not begin with weekdays"),
        ("monday 09:00", "does not begin with weekdays"),
        ("mon- 09:00", "does not begin with weekdays"),
        ("mon,,fri 09:00", "does not begin with weekdays"),
        ("mon-wed-fri 09:00", "does not begin with weekdays"),
        ("lun-ven 09:00", "does not begin with weekdays"),
        ("daily,mon 09:00", "does not begin with weekdays"),
    ],
)
def test_a_bad_slot_is_refused_in_a_sentence_that_shows_a_right_one(
    text: str, why: str
) -> None:
    with pytest.raises(BadSlot) as refused:
        parse_slot(text)
    message = str(refused.value)
    assert message.startswith(f'The slot "{text}" {why}')
    assert '"mon-fri 09:00"' in message
    assert message.endswith(".")


@given(st.text(max_size=20))
def test_any_text_is_a_slot_or_refused(text: str) -> None:
    try:
        assert parse_slot(text).weekdays
    except BadSlot as refused:
        assert str(refused).endswith(".")


def test_slots_follow_each_other_over_the_weekend() -> None:
    friday = datetime(2027, 10, 15, 8)
    assert local_slots(["mon-fri 09:00", "sat 10:30"], friday, 4) == [
        "Fri 10-15 09:00",
        "Sat 10-16 10:30",
        "Mon 10-18 09:00",
        "Tue 10-19 09:00",
    ]


def test_a_slot_that_is_now_is_over() -> None:
    assert local_slots(["daily 09:00"], datetime(2027, 10, 15, 9), 1) == ["Sat 10-16 09:00"]


def test_two_slots_at_the_same_time_are_one() -> None:
    assert local_slots(["daily 09:00", "mon-fri 09:00"], datetime(2027, 10, 15, 8), 2) == [
        "Fri 10-15 09:00",
        "Sat 10-16 09:00",
    ]


def test_a_slot_in_the_missing_hour_is_left_out() -> None:
    assert local_slots(["daily 02:30"], datetime(2027, 3, 13, 1), 2) == [
        "Sat 03-13 02:30",
        "Mon 03-15 02:30",
    ]


def test_a_slot_in_the_doubled_hour_is_taken_once_the_first_time() -> None:
    slot = parse_slot("daily 01:30")
    found = list(islice(next_slots([slot], datetime(2027, 11, 7, 4, tzinfo=UTC), TORONTO), 2))
    assert found == [
        datetime(2027, 11, 7, 5, 30, tzinfo=UTC),
        datetime(2027, 11, 8, 6, 30, tzinfo=UTC),
    ]
    between = datetime(2027, 11, 7, 6, 0, tzinfo=UTC)
    assert next(next_slots([slot], between, TORONTO)) == datetime(
        2027, 11, 8, 6, 30, tzinfo=UTC
    )


def test_a_channel_without_slots_is_refused_at_once() -> None:
    with pytest.raises(BadSlot, match="has no slots"):
        next_slots([], datetime(2027, 10, 15, tzinfo=UTC), TORONTO)


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="a moment has a time zone"):
        next_slots([parse_slot("daily 09:00")], datetime(2027, 10, 15), TORONTO)


@given(st.lists(SLOTS, min_size=1, max_size=4), MOMENTS, ZONES)
def test_slots_ascend_after_the_moment_and_lie_on_a_slot(
    slots: list[Slot], after: datetime, zone: ZoneInfo
) -> None:
    found = list(islice(next_slots(slots, after, zone), 20))
    assert all(earlier < later for earlier, later in zip([after, *found], found, strict=False))
    assert all(moment.tzinfo is UTC for moment in found)
    for moment in found:
        local = moment.astimezone(zone)
        assert any(
            local.weekday() in slot.weekdays and local.time() == slot.time for slot in slots
        )


@given(SLOTS, MOMENTS, ZONES)
def test_no_slot_is_passed_over(slot: Slot, after: datetime, zone: ZoneInfo) -> None:
    first = next(next_slots([slot], after, zone))
    quarter = after.replace(minute=0, second=0, microsecond=0)
    while quarter < first:
        local = quarter.astimezone(zone)
        is_slot = (
            local.weekday() in slot.weekdays and local.time() == slot.time and local.fold == 0
        )
        assert quarter <= after or not is_slot
        quarter += timedelta(minutes=15)
