"""X: what goes over the wire, and what each answer means for a post."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from campaign.config import NetworkSettings
from campaign.core.clock import system_clock
from campaign.publishers.publisher import (
    Message,
    Outcome,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles import DoubleServer, Fault, Ledger, X, doubles, faults, script
from tests.doubles.channels import X_ACCOUNT, X_KEYS, X_SECRETS, network_at, x_channel
from tests.doubles.opened import meeting, posted, quick_x
from tests.doubles.x import APP_ONLY, DUPLICATE, TOO_MANY, UNAUTHORIZED
from tests.stage import until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HELLO = Message("Hello & <you>: https://example.org/é")
TYPE = "https://api.twitter.com/2/problems/"


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


def outcome(server: DoubleServer, x: Twitter, fault: Fault) -> Outcome:
    """What one post comes to under a fault; whatever happens, it is sent once."""
    server.faults = script(fault)
    with meeting(x.session, fault):
        found = posted(x, HELLO)
    until(lambda: bool(server.ledger.writes()))  # a double may hear of it after it was given up
    assert len(server.ledger.writes()) == 1
    assert not any(secret in repr(found) for secret in X_KEYS.values())
    assert "<" not in repr(found)
    return found


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


def test_a_post_is_sent_whole_and_its_id_and_address_are_told(
    server: DoubleServer, x: Twitter
) -> None:
    found = posted(x, HELLO)
    (post,) = server.ledger.posts
    assert found == Published(post.id, f"https://x.com/i/web/status/{post.id}")
    assert (post.text, post.account) == (HELLO.text, X_ACCOUNT)


def test_a_call_is_signed_for_the_address_that_is_called(
    server: DoubleServer, x: Twitter
) -> None:
    # The double checks the signature. tweepy alone signs for api.twitter.com, and is sent away.
    assert isinstance(posted(x, HELLO), Published)
    (request,) = server.ledger.requests
    assert request.target == "/2/tweets"
    assert request.headers["authorization"].startswith("OAuth ")
    assert json.loads(request.body) == {"text": HELLO.text}


def test_a_call_signed_with_a_wrong_secret_is_not_let_in(server: DoubleServer) -> None:
    wrong = Twitter.open(
        x_channel(access_token_secret="other"), network_at(server.url), lambda: NOW
    )
    found = posted(wrong, HELLO)
    wrong.session.close()
    assert isinstance(found, TryLater)
    assert found.whole_channel


def test_an_address_with_a_path_in_it_is_kept(server: DoubleServer) -> None:
    behind = Twitter.open(x_channel(), network_at(server.url + "/gateway/"), lambda: NOW)
    posted(behind, HELLO)
    behind.session.close()
    assert server.ledger.requests[0].path == "/gateway/2/tweets"


def test_without_a_setting_x_itself_is_called() -> None:
    assert (
        Twitter.open(x_channel(), NetworkSettings(), lambda: NOW)._client._base_url
        == "https://api.x.com"
    )


def test_a_post_in_the_newer_words_of_x_is_understood(server: DoubleServer, x: Twitter) -> None:
    found = outcome(
        server,
        x,
        faults.answer(
            201, {"data": {"id": "17", "edit_history_post_ids": ["17"], "text": "…"}}
        ),
    )
    assert found == Published("17", "https://x.com/i/web/status/17")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": None, "errors": [{"detail": "odd"}]},
        {"data": {"id": ""}},
        {"data": []},
        [],
        None,
        b"",
        b"<html></html>",
        b'{"data":{"id":"144588',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_success_without_an_id_leaves_doubt(
    server: DoubleServer, x: Twitter, body: object
) -> None:
    assert isinstance(outcome(server, x, faults.answer(201, body)), Unconfirmed)


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(500, store=False),
        faults.server_error(503, store=True),
        faults.html(502),
        faults.html(520),
        faults.answer(504, b""),
        faults.answer(500, {}),
        faults.answer(408, {"title": "Request Timeout"}),
        faults.redirect(301, "https://api.x.com/2/tweets"),
        faults.redirect(302, "/2/users/me"),
        faults.redirect(307, "/2/tweets"),
        faults.close_before(),
        faults.close_after(),
        faults.reset_after(),
        faults.silence_after(),
        faults.cut_after(),
        faults.trickle(0.02),
        faults.truncated_json(),
    ],
)
def test_what_may_have_posted_leaves_doubt(
    server: DoubleServer, x: Twitter, fault: Fault
) -> None:
    assert isinstance(outcome(server, x, fault), Unconfirmed)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(401, UNAUTHORIZED), "keys"),
        (
            faults.answer(
                401, {"errors": [{"code": 32, "message": "Could not authenticate you."}]}
            ),
            "keys",
        ),
        (
            faults.answer(
                402,
                {"title": "CreditsDepleted", "detail": "no credits", "type": TYPE + "credits"},
            ),
            "credits",
        ),
        (faults.html(402), "credits"),
        (
            said(
                403, "Your app lacks oauth1 app permissions.", type=TYPE + "oauth1-permissions"
            ),
            "Read and write",
        ),
        (
            faults.answer(403, {"detail": "Forbidden"}, {"x-access-level": "read"}),
            "Read and write",
        ),
        (faults.answer(403, APP_ONLY), "app"),
        (
            said(
                403,
                "use keys from a Project",
                reason="client-not-enrolled",
                type=TYPE + "client-forbidden",
            ),
            "app",
        ),
        (
            said(403, "You are suspended", type="https://api.x.com/2/problems/user-suspended"),
            "sign in",
        ),
        (said(403, "Your account is not permitted to access this feature"), "sign in"),
        (
            faults.answer(
                403,
                {"errors": [{"code": 326, "message": "this account is temporarily locked."}]},
            ),
            "locked",
        ),
        (
            faults.answer(
                403, {"errors": [{"code": 64, "message": "Your account is suspended."}]}
            ),
            "suspended",
        ),
        (said(403, "You are not permitted to perform this action."), "access level"),
        (
            faults.answer(
                403,
                {
                    "errors": [
                        {
                            "code": 453,
                            "message": "You currently have access to a subset of X API V2 endpoints",
                        }
                    ]
                },
            ),
            "developer console",
        ),
        (said(403, "You may need a different access level."), "developer console"),
        (said(403, "Not yours.", type=TYPE + "not-authorized-for-resource"), "sign in"),
        (
            faults.answer(
                403,
                {"errors": [{"code": 226, "message": "This request looks like it might be"}]},
            ),
            "sign in",
        ),
        (
            faults.answer(403, {"errors": [{"code": 185, "message": "over daily limit"}]}),
            "asks to wait",
        ),
        (faults.html(403), "Something other than X"),
        (faults.answer(400, b""), "Something other than X"),
        (faults.answer(404, {"title": "Not Found", "detail": "Not Found"}), "api_url"),
    ],
)
def test_trouble_of_the_account_waits_for_a_person_with_the_whole_channel(
    server: DoubleServer, x: Twitter, fault: Fault, word: str
) -> None:
    found = outcome(server, x, fault)
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert found.wait is None
    assert word in found.reason
    assert "Change it" not in found.reason
    assert "wording" not in found.reason


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (
            faults.answer(
                400,
                {
                    "errors": [{"parameters": {}, "message": "too long"}],
                    "detail": "One or more",
                },
            ),
            "“too long”",
        ),
        (said(403, "Your Tweet text is too long."), "too long"),
        (said(403, "Posts are limited to a maximum of one cashtag…"), "cashtag"),
        (said(403, "The Tweet contains an invalid URL."), "invalid URL"),
        (said(403, "You have been blocked from replying."), "blocked"),
        (said(413, "Payload too large"), "too large"),
        (said(409, "Conflict"), "Conflict"),
        (
            faults.answer(
                400,
                {"errors": [None, "odd", {"message": 5}], "detail": None, "title": "Invalid"},
            ),
            "5",
        ),
    ],
)
def test_a_post_that_x_does_not_want_is_refused_in_its_own_words(
    server: DoubleServer, x: Twitter, fault: Fault, word: str
) -> None:
    found = outcome(server, x, fault)
    assert isinstance(found, Refused)
    assert word in found.reason
    assert not found.duplicate


@pytest.mark.parametrize(
    "body",
    [
        DUPLICATE,
        {"errors": [{"code": 187, "message": "Status is a duplicate."}]},
        {"errors": [{"code": 187, "message": "?"}]},
    ],
)
def test_a_text_that_x_has_already_is_refused_as_a_duplicate(
    server: DoubleServer, x: Twitter, body: object
) -> None:
    found = outcome(server, x, faults.answer(403, body))
    assert isinstance(found, Refused)
    assert found.duplicate


def reset(**seconds: int) -> dict[str, str]:
    return {
        name.replace("_", "-"): str(int(NOW.timestamp()) + value)
        for name, value in seconds.items()
    }


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        (reset(x_rate_limit_reset=600), 601),
        (reset(x_rate_limit_reset=-600), None),
        ({"x-rate-limit-reset": "soon"}, None),
        ({"x-rate-limit-reset": "9" * 15}, None),
        (
            reset(x_rate_limit_reset=600, x_user_limit_24hour_reset=7200)
            | {"x-user-limit-24hour-remaining": "0"},
            7201,
        ),
        (
            reset(x_rate_limit_reset=600, x_user_limit_24hour_reset=7200)
            | {"x-user-limit-24hour-remaining": "9"},
            601,
        ),
        (
            reset(x_rate_limit_reset=600, x_app_limit_24hour_reset=9000)
            | {"x-app-limit-24hour-remaining": "0"},
            9001,
        ),
        (
            reset(x_rate_limit_reset=4200, Date=0)
            | {"Date": format_datetime(NOW + timedelta(hours=1), usegmt=True)},
            601,
        ),
    ],
)
def test_a_limit_waits_until_it_begins_anew(
    server: DoubleServer, x: Twitter, headers: dict[str, str], wait: int | None
) -> None:
    found = outcome(server, x, faults.answer(429, TOO_MANY, headers))
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert found.wait == (None if wait is None else timedelta(seconds=wait))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        {"errors": [{"code": 88, "message": "Rate limit exceeded"}]},
        {"title": "UsageCapExceeded", "detail": "Monthly cap"},
    ],
)
def test_a_limit_is_a_limit_whatever_the_body(
    server: DoubleServer, x: Twitter, body: object
) -> None:
    found = outcome(server, x, faults.answer(429, body))
    assert isinstance(found, TryLater)
    assert found.whole_channel


def test_an_account_at_its_limit_goes_on_in_the_next_window() -> None:
    with doubles(X(Ledger(), limit=1)) as server:
        x = Twitter.open(x_channel(), network_at(server.url), system_clock)
        assert isinstance(posted(x, Message("one")), Published)
        found = posted(x, Message("two"))
        x.session.close()
    assert isinstance(found, TryLater)
    assert found.wait is not None
    assert timedelta(minutes=14) < found.wait < timedelta(minutes=16)


def test_a_single_401_does_not_spoil_the_next_post(server: DoubleServer, x: Twitter) -> None:
    server.faults = script(faults.answer(401, UNAUTHORIZED))
    assert isinstance(posted(x, HELLO), TryLater)
    assert isinstance(posted(x, HELLO), Published)


def test_a_network_that_is_away_is_tried_later() -> None:
    with doubles() as server:
        url = server.url
    x = Twitter.open(x_channel(), network_at(url), lambda: NOW)
    found = posted(x, HELLO)
    x.session.close()
    assert isinstance(found, TryLater)
    assert found.whole_channel


def test_a_key_that_x_repeats_is_not_repeated(server: DoubleServer, x: Twitter) -> None:
    found = outcome(server, x, said(400, f"bad token {X_KEYS['access_token']} <b>here</b>"))
    assert isinstance(found, Refused)
    assert "bad token" in found.reason


def test_the_length_is_the_weighted_count_of_x() -> None:
    assert Twitter.network.length("日本") == 4
    assert Twitter.network.length("https://example.org/a/very/long/address/indeed") == 23
