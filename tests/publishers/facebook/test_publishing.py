"""Facebook Pages: what goes over the wire, and what each answer means for a post."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from campaign.config import NetworkSettings
from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import (
    Message,
    Outcome,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from tests.doubles import DoubleServer, Fault, Graph, Ledger, doubles, faults, script
from tests.doubles.channels import PAGE, PAGE_KEYS, network_at, page_channel
from tests.doubles.opened import meeting, posted, quick_page
from tests.stage import until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
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


def outcome(server: DoubleServer, page: Facebook, fault: Fault) -> Outcome:
    """What one post comes to under a fault; whatever happens, it is sent once."""
    server.faults = script(fault)
    with meeting(page.session, fault):
        found = posted(page, HELLO)
    until(lambda: bool(server.ledger.writes()))  # a double may hear of it after it was given up
    assert len(server.ledger.writes()) == 1
    assert not any(secret in repr(found) for secret in (TOKEN, SECRET, PROOF))
    assert "<" not in repr(found)
    return found


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


def test_a_post_is_sent_whole_and_its_id_and_address_are_told(
    server: DoubleServer, page: Facebook
) -> None:
    found = posted(page, HELLO)
    (post,) = server.ledger.posts
    number = post.id.partition("_")[2]
    assert found == Published(post.id, f"https://www.facebook.com/{PAGE}/posts/{number}")
    assert (post.text, post.account) == (HELLO.text, PAGE)


def test_without_a_setting_facebook_itself_is_called() -> None:
    graph = Facebook.open(page_channel(), NetworkSettings(), lambda: NOW)._graph
    assert (graph._base_url, graph.version) == ("https://graph.facebook.com", "v26.0")


def test_a_post_carries_its_token_and_proof_in_the_form_alone(
    server: DoubleServer, page: Facebook
) -> None:
    posted(page, HELLO)
    (request,) = server.ledger.requests
    assert request.query == {}
    assert "authorization" not in request.headers
    assert request.form == {
        "message": HELLO.text,
        "fields": "id,permalink_url",
        "access_token": TOKEN,
        "appsecret_proof": PROOF,
    }


@pytest.mark.parametrize("kind", ["text/javascript; charset=UTF-8", "text/html", ""])
def test_an_answer_is_read_whatever_it_is_labelled(
    server: DoubleServer, page: Facebook, kind: str
) -> None:
    found = outcome(server, page, faults.answer(200, {"id": "1_2"}, {"Content-Type": kind}))
    assert found == Published("1_2", "https://www.facebook.com/1_2")


def test_an_answer_without_a_label_is_read(server: DoubleServer, page: Facebook) -> None:
    found = outcome(
        server, page, faults.raw(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"id":"1_2"}')
    )
    assert isinstance(found, Published)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", None, 5])
def test_a_link_that_is_no_web_address_is_not_handed_on(
    server: DoubleServer, page: Facebook, link: object
) -> None:
    found = outcome(server, page, faults.answer(200, {"id": "1_2", "permalink_url": link}))
    assert found == Published("1_2", "https://www.facebook.com/1_2")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": ""},
        {"id": None},
        [],
        None,
        True,
        b"",
        b"<html></html>",
        b'{"id":"1_',
        {"success": True},
    ],
)
def test_success_without_an_id_leaves_doubt(
    server: DoubleServer, page: Facebook, body: object
) -> None:
    assert isinstance(outcome(server, page, faults.answer(200, body)), Unconfirmed)


@pytest.mark.parametrize(
    "fault",
    [
        error(1, status=500),
        error(1),
        error(2, status=503, is_transient=True),
        error(2, 1363047),
        error(190, status=500),
        error(999, is_transient=True),
        faults.answer(200, {"id": "1_2", "error": "odd"}),
        faults.answer(200, {"id": "1_2", "error": {"code": 100}}),
        faults.server_error(503, store=False),
        faults.server_error(500, store=True),
        faults.answer(500, {}),
        faults.answer(503, {"id": "1_2"}),
        faults.html(502),
        faults.answer(503, b""),
        faults.answer(408, {}),
        faults.redirect(301, "https://graph.facebook.com/"),
        faults.redirect(302, "/v26.0/1/feed"),
        faults.redirect(307, "/v26.0/1/feed"),
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
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    assert isinstance(outcome(server, page, fault), Unconfirmed)


def usage(*minutes: int) -> dict[str, str]:
    entries = ",".join(
        f'{{"type":"pages","call_count":100,"estimated_time_to_regain_access":{one}}}'
        for one in minutes
    )
    return {"x-business-use-case-usage": f'{{"{PAGE}":[{entries}]}}'}


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize("status", [200, 400, 403, 429])
def test_a_limit_waits_with_the_whole_channel(
    server: DoubleServer, page: Facebook, code: int, status: int
) -> None:
    found = outcome(server, page, error(code, status=status))
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert found.wait is None


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        (usage(12), 12),
        (usage(3, 20), 20),
        (usage(0), None),
        (usage(), None),
        (usage(99_999_999), None),
        ({"x-business-use-case-usage": "[1]"}, None),
        (
            {
                "x-business-use-case-usage": '{"1":[null,{"estimated_time_to_regain_access":"5"}],"2":7}'
            },
            None,
        ),
        ({"x-business-use-case-usage": "broken"}, None),
    ],
)
def test_a_limit_waits_as_many_minutes_as_facebook_asks(
    server: DoubleServer, page: Facebook, headers: dict[str, str], minutes: int | None
) -> None:
    found = outcome(server, page, error(32, headers=headers))
    assert isinstance(found, TryLater)
    assert found.wait == (None if minutes is None else timedelta(minutes=minutes))


def test_a_429_is_a_limit_whatever_the_body(server: DoubleServer, page: Facebook) -> None:
    found = outcome(server, page, faults.html(429))
    assert isinstance(found, TryLater)
    assert found.whole_channel


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (error(190, 463), "connect the Page anew"),
        (error(190, status=401), "connect the Page anew"),
        (error(102), "connect"),
        (error(3), "connect"),
        (error(10, status=403), "connect"),
        (error(200, status=403), "connect"),
        (error(299, status=403), "connect"),
        (error(104), "connect"),
        (error(2635), "connect"),
        (error(803), "connect"),
        (error(100, 33), "connect"),
        (error(368, 1390008), "blocked"),
        (error(368, 4854002, error_user_msg="Confirm your identity"), "Confirm your identity"),
        (faults.html(403), "Something other than Facebook"),
        (faults.answer(400, {}), "Something other than Facebook"),
    ],
)
def test_trouble_of_the_page_waits_for_a_person_with_the_whole_channel(
    server: DoubleServer, page: Facebook, fault: Fault, word: str
) -> None:
    found = outcome(server, page, fault)
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert found.wait is None
    assert word in found.reason


@pytest.mark.parametrize(
    "fault",
    [
        error(100),
        error(100, 1366046),
        error(1609005),
        error(324),
        error(382),
        error(6001),
        error(300),
        error(100, status=200),
    ],
)
def test_a_post_that_facebook_does_not_want_is_refused_in_its_own_words(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    found = outcome(server, page, fault)
    assert isinstance(found, Refused)
    assert "words" in found.reason
    assert not found.duplicate


def test_the_text_of_the_latest_post_is_refused_as_a_duplicate(
    server: DoubleServer, page: Facebook
) -> None:
    posted(page, HELLO)
    found = posted(page, HELLO)
    assert isinstance(found, Refused)
    assert found.duplicate
    assert len(server.ledger.posts) == 1


def test_a_token_that_facebook_repeats_is_not_repeated(
    server: DoubleServer, page: Facebook
) -> None:
    found = outcome(server, page, error(190, message=f"Malformed access token {TOKEN}"))
    assert isinstance(found, TryLater)
    assert "Malformed" in found.reason


def test_a_network_that_is_away_is_tried_later() -> None:
    with doubles() as server:
        url = server.url
    page = Facebook.open(page_channel(), network_at(url), lambda: NOW)
    found = posted(page, HELLO)
    page.session.close()
    assert isinstance(found, TryLater)
    assert found.whole_channel


def test_the_length_is_in_characters() -> None:
    assert Facebook.network.length("é日") == 2
    assert Facebook.network.limit == 63_206


def test_a_link_beside_the_text_is_handed_over_as_the_attachment(
    server: DoubleServer, page: Facebook
) -> None:
    assert isinstance(
        posted(page, Message("Hello", link="https://example.org/a?b=c&d=é")), Published
    )
    (post,) = server.ledger.posts
    assert (post.text, post.link) == ("Hello", "https://example.org/a?b=c&d=é")


@pytest.mark.parametrize("link", ["https://www.facebook.com/events/1", "http://localhost/a"])
def test_a_link_that_facebook_cannot_show_is_told_as_such(
    server: DoubleServer, page: Facebook, link: str
) -> None:
    refused = posted(page, Message("Hello", link=link))
    assert isinstance(refused, Refused)
    assert "the page that the post links to" in refused.reason
    assert not server.ledger.posts
