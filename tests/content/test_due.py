"""A post is due at one moment, and there is a last one at which it may still go out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.slots import parse_slot
from campaign.content.due import (
    Due,
    NotDue,
    campaign_start,
    due_of_post,
    latest,
    next_free_slot,
)
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.core.finding import Finding
from tests.folders import NOW, Folder, make_folder

TORONTO = ZoneInfo("America/Toronto")
HOURS = timedelta(hours=6)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def read(folder: Folder, when: str, more: str = "") -> tuple[PostFile, Library]:
    folder.post(head=f'kind = "awareness"\nwhen = "{when}"\n{more}')
    return folder.read()


def due(folder: Folder, when: str, more: str = "", now: datetime = NOW) -> Due:
    post, library = read(folder, when, more)
    return due_of_post(post, library, TORONTO, now, HOURS)[0]


def refused(folder: Folder, when: str, now: datetime = NOW) -> Finding:
    post, library = read(folder, when)
    with pytest.raises(NotDue) as caught:
        due_of_post(post, library, TORONTO, now, HOURS)
    return caught.value.finding


def local(moment: datetime) -> str:
    return f"{moment.astimezone(TORONTO):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2027-10-13 09:00", "2027-10-13 09:00"),
        ("mbc-day 09:00", "2027-10-13 09:00"),
        ("mbc-day -12d 00:00", "2027-10-01 00:00"),
        ("mbc-day +18d 23:59", "2027-10-31 23:59"),
    ],
)
def test_when_means_a_local_time(folder: Folder, when: str, expected: str) -> None:
    at = due(folder, when).at
    assert local(at) == expected
    assert at.tzinfo is UTC


def test_a_day_is_the_one_of_the_run_that_is_on(folder: Folder) -> None:
    during, after = (
        datetime(2027, 10, 31, 23, tzinfo=UTC),
        datetime(2027, 11, 1, 12, tzinfo=UTC),
    )
    assert local(due(folder, "mbc-day 09:00", now=during).at) == "2027-10-13 09:00"
    assert local(due(folder, "mbc-day 09:00", now=after).at) == "2028-10-13 09:00"


def test_without_a_campaign_a_day_is_the_next_one_and_today_is_not_over(folder: Folder) -> None:
    folder.write("posts/know/campaign.toml", "")
    evening, next_morning = (
        datetime(2027, 10, 14, 3, tzinfo=UTC),
        datetime(2027, 10, 14, 5, tzinfo=UTC),
    )
    assert local(due(folder, "mbc-day 09:00", now=evening).at) == "2027-10-13 09:00"
    assert local(due(folder, "mbc-day 09:00", now=next_morning).at) == "2028-10-13 09:00"


def test_the_missing_hour_is_refused(folder: Folder) -> None:
    finding = refused(folder, "2027-03-14 02:30")
    assert (finding.code, str(finding.place)) == ("missing-hour", "posts/know/one.toml:2")
    assert "the next time that exists is 2027-03-14 03:00" in finding.message


def test_the_doubled_hour_is_said_and_the_first_one_taken(folder: Folder) -> None:
    post, library = read(folder, "2027-11-07 01:30")
    found, [finding] = due_of_post(post, library, TORONTO, NOW, HOURS)
    assert found.at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    assert (finding.code, finding.level, str(finding.place)) == (
        "doubled-hour",
        "warning",
        "posts/know/one.toml:2",
    )


@pytest.mark.parametrize("when", ["mbc-day +19d 09:00", "mbc-day -13d 09:00"])
def test_a_day_outside_of_the_campaign_is_refused(folder: Folder, when: str) -> None:
    finding = refused(folder, when)
    assert (finding.code, str(finding.place)) == ("outside-campaign", "posts/know/one.toml:2")
    assert "which runs from 2027-10-01 to 2027-10-31" in finding.message


def test_an_unknown_day_is_refused_with_the_nearest_name(folder: Folder) -> None:
    finding = refused(folder, "mbc-dya 09:00")
    assert finding.code == "unknown-day"
    assert 'did you mean "mbc-day"?' in finding.message


def test_a_day_without_a_further_date_is_refused(folder: Folder) -> None:
    manual = (folder.posts / "calendar.toml").read_text().replace(
        "fixed 10-13", "manual"
    ) + "dates = [2027-04-18]\n"
    folder.write("posts/calendar.toml", manual)
    folder.write("posts/know/campaign.toml", "")
    finding = refused(folder, "mbc-day 09:00")
    assert (finding.code, finding.message) == (
        "no-date",
        'The day "mbc-day" has no date from now on: add one to calendar.toml.',
    )


@pytest.mark.parametrize(
    ("when", "more", "last"),
    [
        ("2027-10-05 09:00", "", "2027-10-05 15:00"),
        ("2027-10-05 09:00", 'grace = "30m"', "2027-10-05 09:30"),
        ("2027-10-05 22:00", "", "2027-10-06 04:00"),
        ("2027-10-05 22:00", 'day = "mbc-day"', "2027-10-05 23:59"),
        ("mbc-day 09:00", "", "2027-10-13 15:00"),
        ("mbc-day 22:00", "", "2027-10-13 23:59"),
        ("mbc-day 09:00", 'grace = "3d"', "2027-10-13 23:59"),
        ("mbc-day 23:59", 'grace = "1m"', "2027-10-13 23:59"),
        ("mbc-day -1d 20:00", "", "2027-10-12 23:59"),
    ],
)
def test_a_post_for_a_day_does_not_go_out_on_the_next(
    folder: Folder, when: str, more: str, last: str
) -> None:
    assert local(due(folder, when, more).latest) == last


@given(
    st.integers(0, 3 * 365 * 24 * 3600).map(lambda seconds: NOW + timedelta(seconds=seconds))
)
def test_the_last_moment_of_a_post_for_a_day_is_on_that_day(
    tmp_path_factory: pytest.TempPathFactory, at: datetime
) -> None:
    folder = make_folder(tmp_path_factory.mktemp("due"))
    folder.post(head='when = "next-slot"\nday = "mbc-day"\ngrace = "2d"')
    post, _ = folder.read()
    last = latest(post, at, TORONTO, HOURS)
    assert at - timedelta(seconds=1) < last
    assert last.astimezone(TORONTO).date() == at.astimezone(TORONTO).date()
    assert (last + timedelta(seconds=1)).astimezone(TORONTO).date() > at.astimezone(
        TORONTO
    ).date()


def test_a_post_takes_the_first_slot_that_is_free(folder: Folder) -> None:
    post, _ = read(folder, "next-slot")
    slots = [parse_slot("mon-fri 10:00")]
    friday = datetime(2027, 10, 1, 14, tzinfo=UTC)
    just_before = friday - timedelta(seconds=1)
    assert next_free_slot(post, slots, (), just_before, TORONTO) == friday
    assert next_free_slot(post, slots, (), friday, TORONTO) == friday + timedelta(days=3)
    taken = {friday, friday + timedelta(days=3)}
    assert next_free_slot(post, slots, taken, just_before, TORONTO) == friday + timedelta(
        days=4
    )


def test_a_channel_without_slots_has_no_next_one(folder: Folder) -> None:
    post, _ = read(folder, "next-slot")
    with pytest.raises(NotDue) as caught:
        next_free_slot(post, [], (), NOW, TORONTO)
    assert (caught.value.finding.code, str(caught.value.finding.place)) == (
        "no-slots",
        "posts/know/one.toml:2",
    )


def test_a_next_slot_is_no_moment_by_itself(folder: Folder) -> None:
    post, library = read(folder, "next-slot")
    with pytest.raises(ValueError, match="channel by channel"):
        due_of_post(post, library, TORONTO, NOW, HOURS)


def test_slots_begin_with_the_first_day_of_the_campaign(folder: Folder) -> None:
    post, library = read(folder, "next-slot")
    start = campaign_start(post, library, TORONTO, NOW)
    midnight = [parse_slot("daily 00:00")]
    assert local(next_free_slot(post, midnight, (), start, TORONTO)) == "2027-10-01 00:00"
    during = datetime(2027, 10, 5, tzinfo=UTC)
    assert campaign_start(post, library, TORONTO, during) == during


def test_without_dates_slots_begin_now(folder: Folder) -> None:
    folder.write("posts/know/campaign.toml", "")
    post, library = read(folder, "next-slot")
    assert campaign_start(post, library, TORONTO, NOW) == NOW
