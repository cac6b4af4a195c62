"""What time a network has, by its answers."""

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core import clock as clocks
from campaign.publishers import network_time
from campaign.publishers.network_time import NetworkTime
from campaign.publishers.publisher import Unreachable
from tests.doubles.faults import always, answer
from tests.doubles.opened import closed_port, quick, quick_page, quick_x
from tests.doubles.server import DoubleServer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
DAY = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def _is(known: datetime | None, right: datetime) -> bool:
    return known is not None and abs(known - right) < timedelta(seconds=2)


def dated(at: datetime, **more: str) -> dict[str, str]:
    return {"Date": format_datetime(at, usegmt=True), **more}


@pytest.fixture
def seconds(monkeypatch):
    """The steady clock, moved by the test."""
    now = [1_000.0]
    monkeypatch.setattr(network_time, "steady", lambda: now[0])
    return now


def test_a_networks_time_goes_on_from_its_last_answer(seconds):
    heard = NetworkTime()
    assert heard.now() is None
    heard.hear(dated(DAY), 0.1)
    seconds[0] += 3_600
    assert _is(heard.now(), DAY + timedelta(hours=1))
    heard.hear(dated(DAY), 0.1)
    assert _is(heard.now(), DAY)


@pytest.mark.parametrize(
    ("headers", "took"),
    [
        ({}, 0.1),
        ({"Date": ""}, 0.1),
        ({"Date": "yesterday"}, 0.1),
        ({"Date": "Sun, 01 Nov 2026 05:30:00"}, 0.1),  # of no time zone
        ({"Date": "Sun, 01 Nov 2026 05:30:00 -0000"}, 0.1),
        (dated(DAY, Age="600"), 0.1),  # from a cache, dated by when it was kept
    ],
)
def test_what_says_nothing_sure_about_the_time_is_not_believed(seconds, headers, took):
    heard = NetworkTime()
    heard.hear(headers, took)
    assert heard.now() is None


def test_a_slow_answer_tells_the_time_only_where_none_is_known(seconds):
    """Nobody knows when in these seconds it was dated; but it is wrong by no more than they are."""
    slow, later = NetworkTime(), DAY + timedelta(minutes=5)
    slow.hear(dated(DAY), 11.0)
    assert _is(slow.now(), DAY)
    slow.hear(dated(later), 11.0)
    assert _is(slow.now(), DAY)
    slow.hear(dated(later), 9.0)
    assert _is(slow.now(), later)


@given(st.text(max_size=60))
def test_no_date_that_a_network_sends_stops_the_program(written):
    heard = NetworkTime()
    heard.hear({"Date": written}, 0.0)
    heard.now()


def test_a_year_that_is_none_is_no_time(seconds):
    heard = NetworkTime()
    heard.hear({"Date": "Fri, 31 Dec 9999 23:59:59 GMT"}, 0.0)
    seconds[0] += 10
    assert heard.now() is None


def test_the_steady_clock_goes_on_while_the_machines_own_is_changed():
    """What the program counts by is none of those that somebody can set."""
    assert abs(clocks.steady() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 5


@pytest.mark.parametrize("opened", [quick_x, quick_page])
def test_every_network_is_asked_for_its_time_without_keys(networks: DoubleServer, opened):
    networks.clock = DAY.timestamp
    publisher = opened(networks.url)
    with closing(publisher.session):
        assert publisher.time() is None
        publisher.ask_time()
        assert _is(publisher.time(), DAY)
    [asked] = networks.ledger.requests
    assert (asked.method, asked.path, asked.body) == ("HEAD", "/", b"")
    assert "authorization" not in asked.headers
    assert not asked.query


def test_every_answer_tells_the_time(networks: DoubleServer):
    networks.clock = DAY.timestamp
    with closing(quick(networks.url)) as session:
        session.get(f"{networks.url}/nothing-there")
        assert _is(session.network_time.now(), DAY)


@pytest.mark.parametrize(("opened", "name"), [(quick_x, "X"), (quick_page, "Facebook")])
def test_a_network_that_does_not_answer_tells_no_time(opened, name):
    publisher = opened(f"http://127.0.0.1:{closed_port()}")
    with closing(publisher.session), pytest.raises(Unreachable, match=f"^{name} could not be"):
        publisher.ask_time()


def test_x_refuses_the_calls_of_a_machine_whose_clock_is_wrong_and_the_keys_are_not_blamed(
    networks: DoubleServer,
):
    """The double's keys are refused as X refuses a call whose time is wrong: with the same 401."""
    refusal = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "No"}
    networks.faults = always(answer(401, refusal))
    networks.clock = (
        datetime(2026, 11, 22, 12, 0, tzinfo=UTC) - timedelta(minutes=6)
    ).timestamp
    publisher = quick_x(networks.url)
    with closing(publisher.session):
        said = str(publisher.verify())
    assert "clock is off by 6 minutes" in said
    assert "make new keys" not in said
    networks.clock = datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp
    publisher = quick_x(networks.url)
    with closing(publisher.session):
        assert "make new keys" in str(publisher.verify())
