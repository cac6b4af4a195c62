"""X: taking a post down."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from campaign.publishers.publisher import Deleted, Message, NotDeleted, NotThere, Published
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles import DoubleServer, Fault, Ledger, Stored, X, doubles, faults, script
from tests.doubles.channels import X_ACCOUNT, X_SECRETS
from tests.doubles.opened import NOW, meeting, posted, quick_x
from tests.doubles.x import TOO_MANY, UNAUTHORIZED
from tests.stage import until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NO_CREDITS = {
    "title": "CreditsDepleted",
    "detail": "no credits",
    "type": "https://api.x.com/2/problems/credits",
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DoubleServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with doubles(X(Ledger(), keys=X_SECRETS)) as server:
        yield server


@pytest.fixture
def x(server: DoubleServer) -> Iterator[Twitter]:
    publisher = quick_x(server.url)
    yield publisher
    publisher.session.close()


def stored(
    server: DoubleServer, number: int, minutes: float = 0, account: str = X_ACCOUNT
) -> None:
    """Puts a post of so many minutes after NOW onto an account."""
    at = NOW.timestamp() + 60 * minutes
    server.ledger.store(
        Stored("twitter", account, str(10**18 + number), f"post {number}", f"post {number}", at)
    )


def test_a_post_is_taken_down_once(server: DoubleServer, x: Twitter) -> None:
    published = posted(x, Message("gone"))
    assert isinstance(published, Published)
    assert x.delete(published.remote_id) == Deleted()
    assert x.delete(published.remote_id) == NotThere()
    assert x.recent(LONG_AGO) == []


def test_somebody_elses_post_is_not_taken_down(server: DoubleServer, x: Twitter) -> None:
    stored(server, 1, account="99")
    assert isinstance(x.delete(str(10**18 + 1)), NotDeleted)
    assert not server.ledger.posts[0].deleted


@pytest.mark.parametrize("remote_id", ["", "dry-run", "../users/me", "1/2"])
def test_what_is_no_id_is_asked_of_nobody(
    server: DoubleServer, x: Twitter, remote_id: str
) -> None:
    assert isinstance(x.delete(remote_id), NotDeleted)
    assert not server.ledger.requests


def test_a_missing_post_in_an_answer_of_success_is_not_there(
    server: DoubleServer, x: Twitter
) -> None:
    gone = {
        "errors": [
            {
                "type": "https://api.x.com/2/problems/resource-not-found",
                "detail": "Could not find",
            }
        ]
    }
    server.faults = faults.always(faults.answer(200, gone))
    assert x.delete("1") == NotThere()


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(200, {"data": {"deleted": False}}), "may still be out"),
        (faults.answer(200, {}), "may still be out"),
        (faults.answer(200, b"<html>"), "may still be out"),
        (faults.server_error(503, store=True), "may still be out"),
        (faults.redirect(307, "/"), "api_url"),
        (faults.close_after(), "may still be out"),
        (faults.silence_after(), "may still be out"),
        (faults.answer(401, UNAUTHORIZED), "keys"),
        (faults.answer(402, NO_CREDITS), "credits"),
        (faults.answer(429, TOO_MANY), "try again later"),
        (
            faults.answer(403, {"detail": "You are not permitted", "title": "Forbidden"}),
            "not permitted",
        ),
        (faults.answer(404, {"detail": "Not Found", "title": "Not Found"}), "not taken down"),
        (faults.html(404), "Something other than X"),
    ],
)
def test_a_post_that_may_still_be_out_is_told(
    server: DoubleServer, x: Twitter, fault: Fault, word: str
) -> None:
    server.faults = script(fault)
    with meeting(x.session, fault):
        removal = x.delete("1")
    assert isinstance(removal, NotDeleted)
    assert word in removal.reason
    assert "goes on by itself" not in removal.reason
    until(lambda: bool(server.ledger.requests))
    assert len(server.ledger.requests) == 1
