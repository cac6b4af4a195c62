"""The calendar feed, read by another program's reader."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.ics import IcsEvent, escaped, feed, folded

AT = datetime(2027, 10, 13, 13, tzinfo=UTC)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n;,\\:"éàœ’🎗️'),
    max_size=200,
)


def entry(**values: object) -> IcsEvent:
    defaults: dict[str, object] = {
        "uid": "delivery-1@example.org",
        "start": AT,
        "length": timedelta(minutes=15),
        "changed": AT - timedelta(days=2),
        "summary": "A post",
        "description": "https://example.org/queue/1/",
        "url": "https://example.org/queue/1/",
    }
    return IcsEvent(**(defaults | values))  # type: ignore[arg-type]


def events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_an_entry_comes_back_as_it_was_written():
    event = events(feed("Posts", [entry()]))[0]
    assert (event["UID"], event["SUMMARY"], event["STATUS"]) == (
        "delivery-1@example.org",
        "A post",
        "CONFIRMED",
    )
    assert (event.start, event.end, event["LAST-MODIFIED"].dt, event["DTSTAMP"].dt) == (
        AT,
        AT + timedelta(minutes=15),
        AT - timedelta(days=2),
        AT - timedelta(days=2),
    )
    assert event["URL"] == "https://example.org/queue/1/"


def test_times_are_written_in_utc_whatever_zone_they_come_in():
    text = feed("Posts", [entry(start=AT.astimezone(ZoneInfo("America/St_Johns")))])
    assert "DTSTART:20271013T130000Z" in text


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"cancelled": True}, "CANCELLED"),
        ({"confirmed": False}, "TENTATIVE"),
        ({}, "CONFIRMED"),
    ],
)
def test_an_entry_says_whether_it_stands(values, status):
    assert events(feed("Posts", [entry(**values)]))[0]["STATUS"] == status


def test_the_calendar_has_a_name():
    assert "\r\nNAME:Réseau\\; posts\\, all\r\n" in feed("Réseau; posts, all", [])
    assert "\r\nX-WR-CALNAME:Réseau\\; posts\\, all\r\n" in feed("Réseau; posts, all", [])


@given(TEXTS, TEXTS)
def test_every_text_comes_back_and_no_line_is_longer_than_75_octets(summary, description):
    text = feed("Posts", [entry(summary=summary, description=description)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    event = events(text)[0]
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (summary, description)


@given(TEXTS)
def test_a_folded_line_is_whole_again_when_it_is_unfolded(text):
    line = text.replace("\n", " ")
    assert folded(line).replace("\r\n ", "") == line


def test_control_signs_and_strange_ends_of_lines_break_nothing():
    assert escaped("a\r\nb\rc\x00d\x07") == "a\\nb\\ncd"
    text = feed(
        "Posts",
        [
            entry(
                summary="x\r\nSTATUS:CANCELLED", url="https://example.org/\r\nSTATUS:CANCELLED"
            )
        ],
    )
    assert [str(event["STATUS"]) for event in events(text)] == ["CONFIRMED"]


def test_the_same_entries_give_the_same_feed():
    assert feed("Posts", [entry()]) == feed("Posts", [entry()])
