"""X: what is told of keys, and that none is ever shown."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests
import tweepy

from campaign.publishers.publisher import Message, Unreachable
from campaign.publishers.twitter.network import account_of
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles import DoubleServer, Fault, Kind, Ledger, X, doubles, faults, script
from tests.doubles.channels import X_KEYS, X_SECRETS
from tests.doubles.opened import meeting, posted, quick_x
from tests.doubles.x import APP_ONLY, TOO_MANY, UNAUTHORIZED

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HELLO = Message("Hello & <you>: https://example.org/é")


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles(X(Ledger(), keys=X_SECRETS)) as server:
        yield server


@pytest.fixture
def x(server: DoubleServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Twitter]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    publisher = quick_x(server.url)
    yield publisher
    publisher.session.close()


def said(status: int, detail: str, **more: object) -> Fault:
    return faults.answer(
        status,
        {
            "title": "Forbidden",
            "status": status,
            "detail": detail,
            "type": "about:blank",
            **more,
        },
    )


def test_good_keys_are_told_as_nothing(server: DoubleServer, x: Twitter) -> None:
    assert x.verify() is None
    assert [request.target for request in server.ledger.requests] == ["/2/users/me"]
    assert server.ledger.requests[0].headers["authorization"].startswith("OAuth ")


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(401, UNAUTHORIZED), "keys"),
        (faults.answer(403, APP_ONLY), "app"),
        (said(403, "odd"), "odd"),
        (faults.answer(200, {"data": {"id": "1"}}, {"x-access-level": "read"}), "read only"),
        (faults.answer(200, {"data": {"id": "77"}}), "belongs to 77"),
    ],
)
def test_wrong_keys_are_told_in_a_sentence(
    server: DoubleServer, x: Twitter, fault: Fault, word: str
) -> None:
    server.faults = faults.always(fault)
    assert word in (x.verify() or "")


def test_the_account_is_the_one_that_the_token_names_until_x_says_another(
    server: DoubleServer, x: Twitter
) -> None:
    assert x.account_id == "4242"
    server.faults = faults.always(faults.answer(200, {"data": {"id": "77"}}))
    assert "begins with the id 4242" in (x.verify() or "")
    assert "begins with the id 4242" in (x.verify() or "")
    assert x.account_id == "77"


def test_what_is_in_doubt_is_looked_for_on_the_account_that_x_names(
    server: DoubleServer, x: Twitter
) -> None:
    server.faults = script(faults.answer(200, {"data": {"id": "77"}}), on=Kind.OTHER)
    x.verify()
    x.recent(NOW)
    assert server.ledger.requests[-1].path == "/2/users/77/tweets"


@pytest.mark.parametrize("token", ["word-token", "77", "-", "é-1"])
def test_a_token_that_names_no_account_is_compared_with_nothing(token: str) -> None:
    assert account_of(token) == ""


@pytest.mark.parametrize(
    "fault",
    [
        faults.html(403),
        faults.html(503),
        faults.answer(402, {"detail": "no credits"}),
        faults.answer(429, TOO_MANY),
        faults.answer(200, {}),
        faults.answer(200, b"<html>"),
        faults.redirect(302, "/"),
        faults.close_before(),
        faults.silence_before(),
    ],
)
def test_an_answer_that_says_nothing_about_the_keys_is_no_answer(
    server: DoubleServer, x: Twitter, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(Unreachable), meeting(x.session, fault):
        x.verify()


def test_no_key_is_logged_even_when_everything_is(
    server: DoubleServer, x: Twitter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults = script(None, faults.answer(401, UNAUTHORIZED))
    posted(x, HELLO)
    posted(x, HELLO)
    x.verify()
    assert not any(
        secret in caplog.text for secret in [*X_KEYS.values(), "oauth_signature", HELLO.text]
    )


def test_tweepy_itself_logs_keys_where_it_is_let(caplog: pytest.LogCaptureFixture) -> None:
    # The trap that the test above guards against.
    caplog.set_level(logging.DEBUG, "oauthlib")
    request = requests.Request(
        "GET", "http://127.0.0.1/", auth=tweepy.OAuth1UserHandler(*X_KEYS.values()).apply_auth()
    )
    request.prepare()
    assert "oauth_token" in caplog.text


def test_every_exception_of_tweepy_keeps_its_kind(server: DoubleServer, x: Twitter) -> None:
    kinds = {
        400: tweepy.BadRequest,
        401: tweepy.Unauthorized,
        404: tweepy.NotFound,
        503: tweepy.TwitterServerError,
    }
    for status, kind in kinds.items():
        server.faults = faults.always(faults.answer(status, [None]))
        with pytest.raises(kind) as caught:
            x._client.get_me(user_auth=True)
        assert caught.value.response.status_code == status
