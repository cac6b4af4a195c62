"""Facebook Pages: what is told of keys, and that none is ever shown."""

import hashlib
import hmac
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote_plus

import pytest

from campaign.config import Channel
from campaign.publishers.facebook import graph
from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import Message, TryLater, Unreachable
from tests.doubles import DoubleServer, Fault, Graph, Kind, Ledger, doubles, faults, script
from tests.doubles.channels import PAGE, PAGE_KEYS, network_at, page_channel
from tests.doubles.opened import meeting, posted, quick_page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SDK = vars(graph)["facebook"]
"""As the program has imported it: without the warning that it gives where it is not compiled yet."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HELLO = Message("Hello & <you>: https://example.org/é\nSecond line")
TOKEN, SECRET = PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"]
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles(graph=Graph(Ledger(), tokens={TOKEN: PAGE}, app_secret=SECRET)) as server:
        yield server


@pytest.fixture
def page(server: DoubleServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Facebook]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    publisher = quick_page(server.url)
    yield publisher
    publisher.session.close()


def error(
    code: int,
    subcode: int = 0,
    status: int = 400,
    headers: dict[str, str] | None = None,
    **more: object,
) -> Fault:
    told = {
        "message": f"(#{code}) words",
        "type": "OAuthException",
        "code": code,
        "error_subcode": subcode,
        "fbtrace_id": "A",
    }
    return faults.answer(status, {"error": {**told, **more}}, headers or {})


def test_no_address_ever_holds_a_token(server: DoubleServer, page: Facebook) -> None:
    posted(page, HELLO)
    page.verify()
    page._graph.delete_object(server.ledger.posts[0].id)
    with pytest.raises(SDK.GraphAPIError):
        page._graph.put_like(PAGE)
    page._graph.get_object(PAGE, access_token=TOKEN)
    assert len(server.ledger.requests) == 6
    for request in server.ledger.requests:
        assert TOKEN not in request.target
        assert SECRET not in request.target
    assert all(
        request.headers["authorization"] == f"Bearer {TOKEN}"
        for request in server.ledger.requests[1:]
    )


def test_without_an_app_secret_no_proof_is_sent(server: DoubleServer) -> None:
    keys = {
        name: secret for name, secret in page_channel().keys.items() if name != "app_secret"
    }
    plain = Facebook.open(
        Channel("page-en", "facebook", "en", keys=keys), network_at(server.url), lambda: NOW
    )
    found = posted(plain, HELLO)
    plain.session.close()
    assert "appsecret_proof" not in server.ledger.requests[0].form
    assert isinstance(found, TryLater)


def test_good_keys_are_told_as_nothing(server: DoubleServer, page: Facebook) -> None:
    assert page.verify() is None
    assert [request.path for request in server.ledger.requests] == [
        f"/v26.0/{PAGE}",
        "/v26.0/me",
    ]
    for request in server.ledger.requests:
        assert request.method == "GET"
        assert request.query == {"fields": "id,name", "appsecret_proof": PROOF}
    assert page.account_id == PAGE


@pytest.mark.parametrize(("persons", "tokens"), [({TOKEN: "77"}, {}), ({}, {TOKEN: "77"})])
def test_a_token_that_is_not_the_pages_own_is_told(
    persons: dict[str, str], tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A Page is public: a person's token reads it, and so does another Page's. Only a post would fail.
    graph = Graph(Ledger(), tokens={**tokens, "": PAGE}, persons=persons)
    monkeypatch.setattr(graph, "_may", lambda token, method, target: method == "GET")
    with doubles(graph=graph) as server:
        page = quick_page(server.url)
        told = page.verify() or ""
        refused = posted(page, HELLO)
        page.session.close()
    assert "belongs to 77" in told
    assert "take the Page's own token" in told
    assert TOKEN not in told
    assert isinstance(refused, TryLater)


def test_a_page_that_facebook_knows_by_another_id_is_told(
    server: DoubleServer, page: Facebook
) -> None:
    server.faults = faults.always(
        faults.answer(200, {"id": "99", "name": "Page"}), on=Kind.OTHER
    )
    told = page.verify() or ""
    assert "the id of this Page is 99" in told
    assert page.account_id == "99"


def test_a_page_may_be_named_as_people_know_it(server: DoubleServer) -> None:
    server.faults = faults.always(
        faults.answer(200, {"id": "99", "name": "Page"}), on=Kind.OTHER
    )
    named = Facebook.open(
        page_channel(page_id="survivornet"), network_at(server.url), lambda: NOW
    )
    assert named.account_id == "survivornet"
    assert named.verify() is None
    assert named.account_id == "99"
    named.session.close()


def test_whose_a_token_is_may_stay_unanswered(server: DoubleServer, page: Facebook) -> None:
    server.faults = script(None, error(2, status=503), on=Kind.OTHER)
    with pytest.raises(Unreachable):
        page.verify()


@pytest.mark.parametrize(
    "fault", [error(190, 463), error(10, status=403), error(100, 33), error(104), error(368)]
)
def test_wrong_keys_are_told_in_a_sentence(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    assert "Page's" in (page.verify() or "")


@pytest.mark.parametrize(
    "fault",
    [
        error(2, status=503),
        error(4),
        error(190, status=500),
        error(100),
        faults.html(403),
        faults.html(502),
        faults.answer(200, {}),
        faults.answer(200, []),
        faults.redirect(302, "/"),
        faults.close_before(),
        faults.silence_before(),
    ],
)
def test_an_answer_that_says_nothing_about_the_keys_is_no_answer(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(Unreachable), meeting(page.session, fault):
        page.verify()


def test_no_token_is_logged_even_when_everything_is(
    server: DoubleServer, page: Facebook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults = script(None, error(190))
    posted(page, HELLO)
    posted(page, HELLO)
    page.verify()
    assert not any(
        secret in caplog.text
        for secret in (TOKEN, SECRET, PROOF, HELLO.text, quote_plus(HELLO.text))
    )
