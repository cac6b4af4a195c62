"""Facebook Pages: what goes over the wire, and what each answer means for a post."""

import hashlib
import hmac
import importlib.util
import inspect
import logging
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import requests

from campaign.config import Channel, Network
from campaign.publishers import facebook
from campaign.publishers.facebook import Facebook
from campaign.publishers.publisher import Message, Outcome, Published, Refused, TryLater, Unconfirmed, Unreachable
from tests.doubles import DoubleServer, Fault, Graph, Ledger, doubles, faults, script
from tests.doubles.channels import PAGE, PAGE_KEYS, network_at, page_channel

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SDK = vars(facebook)["facebook"]
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
    publisher = Facebook.open(page_channel(), network_at(server.url), lambda: NOW)
    publisher.session.timeout, publisher.session.call_seconds = (0.5, 0.2), 0.4
    yield publisher
    publisher.session.close()


def outcome(server: DoubleServer, page: Facebook, fault: Fault) -> Outcome:
    """What one post comes to under a fault; whatever happens, it is sent once."""
    server.faults = script(fault)
    found = page.publish(HELLO)
    assert len(server.ledger.writes()) == 1
    assert not any(secret in repr(found) for secret in (TOKEN, SECRET, PROOF))
    assert "<" not in repr(found)
    return found


def error(
    code: int, subcode: int = 0, status: int = 400, headers: dict[str, str] | None = None, **more: object
) -> Fault:
    told = {
        "message": f"(#{code}) words",
        "type": "OAuthException",
        "code": code,
        "error_subcode": subcode,
        "fbtrace_id": "A",
    }
    return faults.answer(status, {"error": {**told, **more}}, headers or {})


def test_a_post_is_sent_whole_and_its_id_and_address_are_told(server: DoubleServer, page: Facebook) -> None:
    found = page.publish(HELLO)
    (post,) = server.ledger.posts
    number = post.id.partition("_")[2]
    assert found == Published(post.id, f"https://www.facebook.com/{PAGE}/posts/{number}")
    assert (post.text, post.account) == (HELLO.text, PAGE)


def test_the_version_of_the_configuration_is_called(server: DoubleServer, page: Facebook) -> None:
    # The SDK's own check refuses every version after 3.1, and any of two digits.
    with pytest.raises(SDK.GraphAPIError):
        SDK.GraphAPI("token", version="26.0")
    page.publish(HELLO)
    assert server.ledger.requests[0].path == f"/v26.0/{PAGE}/feed"


def test_without_a_setting_facebook_itself_is_called() -> None:
    graph = Facebook.open(page_channel(), Network(), lambda: NOW)._graph
    assert (graph._base_url, graph.version) == ("https://graph.facebook.com", "v26.0")


def test_a_post_carries_its_token_and_proof_in_the_form_alone(server: DoubleServer, page: Facebook) -> None:
    page.publish(HELLO)
    (request,) = server.ledger.requests
    assert request.query == {}
    assert "authorization" not in request.headers
    assert request.form == {
        "message": HELLO.text,
        "fields": "id,permalink_url",
        "access_token": TOKEN,
        "appsecret_proof": PROOF,
    }


def test_no_address_ever_holds_a_token(server: DoubleServer, page: Facebook) -> None:
    page.publish(HELLO)
    page.verify()
    page._graph.delete_object(server.ledger.posts[0].id)
    with pytest.raises(SDK.GraphAPIError):
        page._graph.put_like(PAGE)
    page._graph.get_object(PAGE, access_token=TOKEN)
    assert len(server.ledger.requests) == 5
    for request in server.ledger.requests:
        assert TOKEN not in request.target
        assert SECRET not in request.target
    assert all(request.headers["authorization"] == f"Bearer {TOKEN}" for request in server.ledger.requests[1:])


def test_without_an_app_secret_no_proof_is_sent(server: DoubleServer) -> None:
    keys = {name: secret for name, secret in page_channel().keys.items() if name != "app_secret"}
    plain = Facebook.open(Channel("page-en", "facebook", "en", keys=keys), network_at(server.url), lambda: NOW)
    found = plain.publish(HELLO)
    plain.session.close()
    assert "appsecret_proof" not in server.ledger.requests[0].form
    assert isinstance(found, TryLater)


def test_lists_and_truth_values_are_written_as_the_graph_api_reads_them(server: DoubleServer, page: Facebook) -> None:
    page._graph.put_object(PAGE, "feed", message="m", published=False, attached_media=[{"media_fbid": "9"}], place=None)
    form = server.ledger.requests[0].form
    assert form["published"] == "false"
    assert form["attached_media"] == '[{"media_fbid": "9"}]'
    assert "place" not in form


def test_the_sdk_itself_corrupts_lists(server: DoubleServer) -> None:
    # The trap that the test above guards against.
    session = page_session = requests.Session()
    sdk = SDK.GraphAPI(TOKEN, session=session)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SDK, "FACEBOOK_GRAPH_URL", server.url + "/")
        sdk.version = "v26.0"
        with pytest.raises(SDK.GraphAPIError):
            sdk.put_object(PAGE, "feed", message="m", published=False, attached_media=[{"media_fbid": "9"}])
    page_session.close()
    assert server.ledger.requests[0].form["attached_media"] == "media_fbid"
    assert server.ledger.requests[0].form["published"] == "False"


@pytest.mark.parametrize("kind", ["text/javascript; charset=UTF-8", "text/html", ""])
def test_an_answer_is_read_whatever_it_is_labelled(server: DoubleServer, page: Facebook, kind: str) -> None:
    found = outcome(server, page, faults.answer(200, {"id": "1_2"}, {"Content-Type": kind}))
    assert found == Published("1_2", "https://www.facebook.com/1_2")


def test_an_answer_without_a_label_is_read(server: DoubleServer, page: Facebook) -> None:
    found = outcome(server, page, faults.raw(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"id":"1_2"}'))
    assert isinstance(found, Published)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", None, 5])
def test_a_link_that_is_no_web_address_is_not_handed_on(server: DoubleServer, page: Facebook, link: object) -> None:
    found = outcome(server, page, faults.answer(200, {"id": "1_2", "permalink_url": link}))
    assert found == Published("1_2", "https://www.facebook.com/1_2")


@pytest.mark.parametrize(
    "body", [{}, {"id": ""}, {"id": None}, [], None, True, b"", b"<html></html>", b'{"id":"1_', {"success": True}]
)
def test_success_without_an_id_leaves_doubt(server: DoubleServer, page: Facebook, body: object) -> None:
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
def test_what_may_have_posted_leaves_doubt(server: DoubleServer, page: Facebook, fault: Fault) -> None:
    assert isinstance(outcome(server, page, fault), Unconfirmed)


def test_trouble_without_an_error_in_it_is_success_to_the_sdk_itself(server: DoubleServer) -> None:
    # The trap that the test above guards against: a 503 that is handed back as a result.
    server.faults = faults.always(faults.server_error(503, store=False))
    with requests.Session() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(SDK, "FACEBOOK_GRAPH_URL", server.url + "/")
        assert SDK.GraphAPI(TOKEN, session=session).put_object(PAGE, "feed", message="m")["status"] == 503


def usage(*minutes: int) -> dict[str, str]:
    entries = ",".join(
        f'{{"type":"pages","call_count":100,"estimated_time_to_regain_access":{one}}}' for one in minutes
    )
    return {"x-business-use-case-usage": f'{{"{PAGE}":[{entries}]}}'}


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize("status", [200, 400, 403, 429])
def test_a_limit_waits_with_the_whole_channel(server: DoubleServer, page: Facebook, code: int, status: int) -> None:
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
        ({"x-business-use-case-usage": '{"1":[null,{"estimated_time_to_regain_access":"5"}],"2":7}'}, None),
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


def test_the_text_of_the_latest_post_is_refused_as_a_duplicate(server: DoubleServer, page: Facebook) -> None:
    page.publish(HELLO)
    found = page.publish(HELLO)
    assert isinstance(found, Refused)
    assert found.duplicate
    assert len(server.ledger.posts) == 1


def test_a_token_that_facebook_repeats_is_not_repeated(server: DoubleServer, page: Facebook) -> None:
    found = outcome(server, page, error(190, message=f"Malformed access token {TOKEN}"))
    assert isinstance(found, TryLater)
    assert "Malformed" in found.reason


def test_a_network_that_is_away_is_tried_later() -> None:
    with doubles() as server:
        url = server.url
    page = Facebook.open(page_channel(), network_at(url), lambda: NOW)
    found = page.publish(HELLO)
    page.session.close()
    assert isinstance(found, TryLater)
    assert found.whole_channel


def test_good_keys_are_told_as_nothing(server: DoubleServer, page: Facebook) -> None:
    assert page.verify() is None
    (request,) = server.ledger.requests
    assert (request.method, request.path) == ("GET", f"/v26.0/{PAGE}")
    assert request.query == {"fields": "id,name", "appsecret_proof": PROOF}


@pytest.mark.parametrize("fault", [error(190, 463), error(10, status=403), error(100, 33), error(104), error(368)])
def test_wrong_keys_are_told_in_a_sentence(server: DoubleServer, page: Facebook, fault: Fault) -> None:
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
    with pytest.raises(Unreachable):
        page.verify()


def test_no_token_is_logged_even_when_everything_is(
    server: DoubleServer, page: Facebook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults = script(None, error(190))
    page.publish(HELLO)
    page.publish(HELLO)
    page.verify()
    assert not any(secret in caplog.text for secret in (TOKEN, SECRET, PROOF, HELLO.text, quote_plus(HELLO.text)))


def test_the_package_is_imported_without_a_warning_on_any_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a new machine, where nothing is compiled yet: Python warns of the package then, and only then.
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    for name in ("facebook", "facebook.version"):
        monkeypatch.delitem(sys.modules, name)
    spec = importlib.util.spec_from_file_location("a_copy", inspect.getfile(Facebook))
    assert spec
    assert spec.loader
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert "facebook" in sys.modules


def test_the_length_is_in_characters() -> None:
    assert Facebook.length("é日") == 2
    assert Facebook.limit == 63_206
