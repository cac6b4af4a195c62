"""The doubles' chaos: everything that can go wrong, mixed, and the same for the same seed."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from campaign.publishers.publisher import (
    Message,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
    Unreachable,
)
from tests.doubles import DoubleServer, Kind, Request, Trouble, chaos, doubles
from tests.doubles.chaos import Chaos, even
from tests.doubles.opened import NOW, posted, quick_page, quick_x
from tests.stage import PATIENCE

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PROGRAM = Path(__file__).parent.parent.parent
ON_X = {"authorization": 'OAuth oauth_token="4242-a"'}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DoubleServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with doubles() as server:
        server.silence = 0.3
        yield server


def post(page: str = "") -> Request:
    """A call to a Page, or to X."""
    return Request(
        "POST", f"/v26.0/{page}/feed" if page else "/2/tweets", {} if page else ON_X, b"", 0.0
    )


def faced(mayhem: Chaos, request: Request, calls: int) -> list[str]:
    return [repr(mayhem(request)) for _ in range(calls)]


def only(trouble: Trouble) -> dict[Trouble, float]:
    return {trouble: 1.0}


def test_the_same_seed_gives_the_same_troubles_whatever_other_accounts_do() -> None:
    alone, among_others = chaos(7, 0.5, wait=0), chaos(7, 0.5, wait=0)
    found = []
    for _ in range(60):
        among_others(post("11"))
        found.append(repr(among_others(post("22"))))
    assert faced(alone, post("22"), 60) == found
    assert faced(chaos(8, 0.5, wait=0), post("22"), 60) != found


def test_troubles_come_at_their_rate() -> None:
    for rate in (0.0, 0.3, 1.0):
        mayhem = chaos(1, rate)
        hits = sum(mayhem(post(str(account))) is not None for account in range(2000))
        assert abs(hits / 2000 - rate) < 0.1


def test_every_trouble_comes_up() -> None:
    mayhem = chaos(1, 0.9)
    faced(mayhem, post(), 500)
    faced(mayhem, post("11"), 500)
    assert mayhem.met.keys() == set(Trouble)


def test_keys_are_refused_once_for_each_account() -> None:
    mayhem = chaos(1, only(Trouble.KEYS_ONCE))
    assert [mayhem(post(account)) is not None for account in ("11", "11", "22", "11", "22")] == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_credits_are_gone_for_a_while_and_on_x_only() -> None:
    mayhem = chaos(1, even(0.1) | {Trouble.NO_CREDITS: 0.1})
    told = ["402" in one for one in faced(mayhem, post(), 400)]
    assert any(all(told[at : at + 2]) for at in range(399))
    assert not all(told)
    assert chaos(1, only(Trouble.NO_CREDITS))(post("11")) is None


def test_only_the_kinds_of_calls_that_are_meant_meet_trouble() -> None:
    mayhem = Chaos(1, even(1.0), on=frozenset({Kind.LOOK}))
    assert mayhem(post("11")) is None
    assert mayhem(Request("GET", "/v26.0/11/published_posts", {}, b"", 0.0)) is not None


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("network", ["x", "page"])
def test_each_trouble_is_an_outcome_that_tells_the_truth(
    server: DoubleServer, network: str, trouble: Trouble
) -> None:
    publisher = quick_x(server.url) if network == "x" else quick_page(server.url)
    server.faults = chaos(1, only(trouble), wait=600)
    found = posted(publisher, Message("Hello"))
    stored = bool(server.ledger.posts)
    assert isinstance(found, Published | TryLater | Unconfirmed)
    assert stored or not isinstance(found, Published)
    assert not (stored and isinstance(found, TryLater | Refused))
    if (
        trouble in (Trouble.TRICKLE, Trouble.NO_CREDITS) and isinstance(found, Published)
    ) or "after" in trouble:
        assert stored
    else:
        assert not stored
    with contextlib.suppress(Unreachable):
        assert len(publisher.recent(NOW.replace(year=2020))) == stored
    publisher.session.close()


@pytest.mark.parametrize("network", ["x", "page"])
def test_a_timed_limit_says_its_wait_and_a_bare_one_does_not(
    server: DoubleServer, network: str
) -> None:
    publisher = quick_x(server.url) if network == "x" else quick_page(server.url)
    waits = []
    for trouble in (Trouble.LIMIT_TIMED, Trouble.LIMIT_BARE):
        server.faults = chaos(1, only(trouble), wait=600)
        found = posted(publisher, Message("Hello"))
        assert isinstance(found, TryLater)
        waits.append(found.wait is not None)
    publisher.session.close()
    assert waits == [True, False]


def test_a_silence_is_as_long_as_it_is_said_to_be(server: DoubleServer) -> None:
    server.faults = chaos(1, only(Trouble.SILENT_AFTER))
    with requests.Session() as http:
        http.trust_env = False
        with pytest.raises(requests.ConnectionError):
            http.post(
                f"{server.url}/v26.0/1/feed",
                data={"message": "a", "access_token": "t"},
                timeout=PATIENCE,
            )
    assert server.ledger.texts() == ["a"]


def test_chaos_can_be_had_as_a_process_and_ended_from_outside() -> None:
    command = [
        sys.executable,
        "-m",
        "tests.doubles",
        "--chaos",
        "3",
        "--rate",
        "1",
        "--silence",
        "0.1",
        "--same-again",
    ]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    with (
        subprocess.Popen(
            command, cwd=PROGRAM, env=environment, stdout=subprocess.PIPE, text=True
        ) as process,
        requests.Session() as http,
    ):
        http.trust_env = False
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            assert not all(sends(http, url) for _ in range(20))
            http.post(f"{url}/_chaos?rate=0", timeout=PATIENCE)
            assert all(sends(http, url) for _ in range(20))
            http.post(f"{url}/_chaos?seed=5&rate=1", timeout=PATIENCE)
            assert not all(sends(http, url) for _ in range(20))
            told = http.get(f"{url}/_posts", timeout=PATIENCE).json()
        finally:
            process.terminate()
    assert {"account", "text", "time", "reply_to", "media", "deleted"} <= told[0].keys()


def sends(http: requests.Session, url: str) -> bool:
    """Whether one post gets the answer that it should."""
    try:
        answer = http.post(
            f"{url}/v26.0/1/feed", data={"message": "a", "access_token": "t"}, timeout=PATIENCE
        )
        return "id" in answer.json()
    except requests.RequestException:
        return False
