"""What is due at night, and what crowds an account, is told before it is approved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Channel, Config, Publishing
from campaign.content.dates.gaps import gap_told, most_told
from campaign.core.finding import Place
from campaign.core.hours import parse_hours
from campaign.planning.crowds import Stand, crowds
from campaign.planning.neighbours import crowds_around
from campaign.planning.plan import Plan
from campaign.states import Status
from tests.deliveries import delivery, post
from tests.folders import ALL_CHANNELS, NOW, Folder, make_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def codes(planned: Plan) -> list[str]:
    return [finding.code for finding in planned.findings]


def one_channel(gap: timedelta = timedelta(0), most: int | None = None) -> Config:
    return Config(
        channels={"x-en": Channel("x-en", "twitter", "en", minimum_gap=gap, max_per_day=most)}
    )


@pytest.mark.parametrize(
    ("hour", "quiet", "told"),
    [
        ("19:59", "20:00-08:00", False),
        ("20:00", "20:00-08:00", True),
        ("03:00", "20:00-08:00", True),
        ("08:00", "20:00-08:00", False),
        ("03:00", None, False),
    ],
)
def test_what_is_due_at_night_is_told(
    folder: Folder, hour: str, quiet: str | None, told: bool
) -> None:
    folder.post(head=f'when = "2027-10-20 {hour}"')
    hours = parse_hours(quiet) if quiet else None
    planned = folder.plan(config=replace(ALL_CHANNELS, publishing=Publishing(quiet=hours)))
    assert codes(planned) == (["quiet-hours"] if told else [])


def test_posts_that_crowd_an_account_are_told_at_the_later_one(folder: Folder) -> None:
    """At 09:00, 09:00, 09:20, 10:00 and 15:00, as a second campaign that is laid over the first one may have them."""
    for name, hour in zip("abcde", ("09:00", "09:00", "09:20", "10:00", "15:00"), strict=True):
        folder.post(name, f'when = "mbc-day {hour}"', en=f"Of {name}.", fr=f"De {name}.")
    found = folder.plan(config=one_channel()).findings
    told = [(finding.code, finding.place.file.rsplit("/", 1)[-1]) for finding in found]
    assert sorted(told) == [
        ("crowded-day", "d.toml"),
        ("crowded-day", "e.toml"),
        ("too-close", "b.toml"),
        ("too-close", "c.toml"),
        ("too-close", "d.toml"),
    ]
    assert "know/a is due at the very same time" in str([finding.message for finding in found])


def test_an_account_with_limits_of_its_own_is_held_against_them(folder: Folder) -> None:
    for name, hour in zip("abcd", ("09:00", "09:20", "10:00", "15:00"), strict=True):
        folder.post(name, f'when = "mbc-day {hour}"', en=f"Of {name}.", fr=f"De {name}.")
    assert codes(folder.plan(config=one_channel(gap=timedelta(minutes=20), most=4))) == []


@given(
    st.lists(st.integers(0, 60 * 24 * 3), min_size=1, max_size=12, unique=True),
    st.integers(0, 180),
    st.none() | st.integers(1, 5),
)
def test_no_post_is_told_to_move_where_there_is_room(
    minutes: list[int], gap: int, most: int | None
) -> None:
    """Each that is told has another one close before it, or as many as a day holds before it on its day."""
    channel = Channel(
        "x-en", "twitter", "en", minimum_gap=timedelta(minutes=gap), max_per_day=most
    )
    stands = [
        Stand(f"know/{minute}", channel, NOW + timedelta(minutes=minute), Place("a.toml"))
        for minute in minutes
    ]
    zone = ZoneInfo("America/Toronto")
    told = {(stand.post, finding.code) for stand, finding in crowds(stands, zone)}
    for stand in stands:
        before = [other.at for other in stands if other.at < stand.at]
        close = any(stand.at - at < gap_told(channel.minimum_gap) for at in before)
        day = stand.at.astimezone(zone).date()
        on_day = [at for at in before if at.astimezone(zone).date() == day]
        assert ((stand.post, "too-close") in told) == close
        assert ((stand.post, "crowded-day") in told) == (len(on_day) >= most_told(most))


@pytest.mark.django_db
def test_who_writes_or_approves_a_post_is_told_what_stands_beside_it_in_the_queue(
    folder: Folder,
) -> None:
    folder.post(head='when = "2027-10-20 09:00"')
    planned = folder.plan(config=one_channel()).planned
    nine = datetime(2027, 10, 20, 13, tzinfo=UTC)
    delivery("before", due=nine - timedelta(minutes=59), of=post("before"))
    delivery("after", due=nine + timedelta(minutes=1), of=post("after"))
    delivery("far", due=nine + timedelta(hours=5), of=post("far"))
    delivery("gone", due=nine, of=post("gone"), status=Status.CANCELLED)
    delivery("example", due=nine, of=post("example", example=True))
    found = crowds_around(planned, NOW, ZoneInfo("America/Toronto"))
    assert sorted(
        (finding.code, str(finding.message).split(" on ")[0]) for finding in found
    ) == [
        ("crowded-day", "2027-10-20 has 4 posts"),
        ("too-close", "mbc/after is due only 1 minute after it, at 2027-10-20 09:01,"),
        ("too-close", "mbc/before is due only 59 minutes before it, at 2027-10-20 08:01,"),
    ]
    assert crowds_around(planned, nine + timedelta(days=1), ZoneInfo("America/Toronto")) == []
