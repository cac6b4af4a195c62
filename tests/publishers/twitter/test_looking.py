"""X: reading the account's own posts back, and taking one down."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from campaign.publishers.matching import same_text
from campaign.publishers.publisher import CannotLook, Message, Published, Unreachable
from campaign.publishers.twitter import publisher as twitter
from campaign.publishers.twitter.posts import FIELDS
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles import DoubleServer, Fault, Kind, Ledger, Stored, X, doubles, faults, script
from tests.doubles.channels import X_ACCOUNT, X_KEYS, X_SECRETS
from tests.doubles.opened import NOW, meeting, posted, quick_x
from tests.doubles.x import APP_ONLY, TOO_MANY, UNAUTHORIZED

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Hello & <you>: https://example.org/é?a=1&b=2 \n&amp; https://example.org/x, cafe\u0301"
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


def listed(server: DoubleServer, x: Twitter, *posts: object, **meta: object) -> list[str]:
    """The texts that are found in an answer of X's."""
    body = {"data": list(posts), "meta": {"result_count": len(posts), **meta}}
    server.faults = script(faults.answer(200, body), on=Kind.LOOK)
    return [post.text for post in x.recent(LONG_AGO)]


def test_a_post_is_found_as_it_was_sent(server: DoubleServer, x: Twitter) -> None:
    published = posted(x, Message(TEXT))
    assert isinstance(published, Published)
    (found,) = x.recent(LONG_AGO)
    assert server.ledger.posts[0].shown != TEXT
    assert same_text(TEXT, found.text)
    assert (found.remote_id, found.url, found.reply_to) == (
        published.remote_id,
        published.url,
        "",
    )
    assert abs(found.at.timestamp() - server.ledger.posts[0].received) < 2


@pytest.mark.parametrize("is_older", [False, True])
def test_a_post_is_found_in_the_words_that_x_knows(is_older: bool) -> None:
    long = Message("word " * 80 + "https://example.org/z")
    with doubles(X(Ledger(), is_older=is_older)) as server:
        x = quick_x(server.url)
        first = posted(x, Message("first"))
        assert isinstance(first, Published)
        posted(x, Message("second", reply_to=first.remote_id))
        posted(x, long)
        found = x.recent(LONG_AGO)
        x.session.close()
    assert same_text(long.text, found[0].text)
    assert [(post.text, post.reply_to) for post in found[1:]] == [
        ("second", first.remote_id if is_older else ""),
        ("first", ""),
    ]


def test_a_word_that_x_refuses_is_asked_for_once() -> None:
    with doubles(X(Ledger(), is_older=True)) as server:
        x = quick_x(server.url)
        for _ in range(150):
            stored(server, len(server.ledger.posts))
        assert len(x.recent(LONG_AGO)) == len(x.recent(LONG_AGO)) == 150
        x.session.close()
    words = [set(request.query) & set(FIELDS) for request in server.ledger.requests]
    assert words == [{"post.fields"}] + [{"tweet.fields"}] * 4


def test_a_word_that_x_knows_again_is_found_again(server: DoubleServer, x: Twitter) -> None:
    stored(server, 1)
    refused = {
        "detail": "The query parameter [post.fields] is not one of [id]",
        "title": "Invalid",
    }
    server.faults = script(
        faults.answer(400, refused),
        faults.answer(200, {"meta": {"result_count": 0}}),
        on=Kind.LOOK,
    )
    assert x.recent(LONG_AGO) == []
    assert [post.text for post in x.recent(LONG_AGO)] == ["post 1"]
    words = [(set(request.query) & set(FIELDS)).pop() for request in server.ledger.requests]
    assert words == ["post.fields", "tweet.fields", "tweet.fields", "post.fields"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_refusal_that_names_the_word_in_any_form_is_understood(
    server: DoubleServer, x: Twitter, name: str
) -> None:
    x._names = (name, *(other for other in FIELDS if other != name))
    value = {
        "errors": [{"parameters": {name: ["created_at"]}, "message": "odd"}],
        "title": "Invalid",
    }
    empty = faults.answer(200, {"meta": {"result_count": 0}})
    server.faults = script(faults.answer(400, value), empty, on=Kind.LOOK)
    assert x.recent(LONG_AGO) == []
    assert x._names[0] != name


def test_when_x_knows_neither_word_a_person_is_needed(server: DoubleServer, x: Twitter) -> None:
    refused = {"detail": "[post.fields] and [tweet.fields] are not", "title": "Invalid Request"}
    server.faults = faults.always(faults.answer(400, refused))
    with pytest.raises(CannotLook, match="fields"):
        x.recent(LONG_AGO)
    assert len(server.ledger.requests) == 2


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_only_a_refusal_of_the_word_itself_is_asked_again(
    server: DoubleServer, x: Twitter, status: int
) -> None:
    server.faults = faults.always(
        faults.answer(status, {"detail": "post.fields", "title": "odd"})
    )
    with pytest.raises(Unreachable):
        x.recent(LONG_AGO)
    assert len(server.ledger.requests) == 1


def test_only_the_accounts_own_posts_are_found(server: DoubleServer, x: Twitter) -> None:
    stored(server, 1)
    stored(server, 2, account="99")
    assert [post.text for post in x.recent(LONG_AGO)] == ["post 1"]


def test_looking_goes_back_a_little_further_than_asked_and_no_more(
    server: DoubleServer, x: Twitter
) -> None:
    for number, minutes in enumerate([-60, -6, -4.9, 0, 5]):
        stored(server, number, minutes)
    assert [post.text for post in x.recent(NOW)] == ["post 4", "post 3", "post 2"]


def test_every_page_is_read(server: DoubleServer, x: Twitter) -> None:
    for number in range(250):
        stored(server, number, number / 10)
    found = x.recent(LONG_AGO)
    assert [post.text for post in found] == [
        f"post {number}" for number in reversed(range(250))
    ]
    assert len(server.ledger.requests) == 3


def test_a_page_that_fails_fails_the_whole_look(server: DoubleServer, x: Twitter) -> None:
    for number in range(150):
        stored(server, number)
    server.faults = script(None, faults.server_error(503, store=False), on=Kind.LOOK)
    with pytest.raises(Unreachable):
        x.recent(LONG_AGO)


def test_more_posts_than_x_lists_are_no_answer(
    server: DoubleServer, x: Twitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(200):
        stored(server, number)
    monkeypatch.setattr(twitter, "_REACH", 200)
    with pytest.raises(CannotLook, match="latest posts"):
        x.recent(LONG_AGO)


def test_pages_without_end_come_to_an_end(server: DoubleServer, x: Twitter) -> None:
    page = {"data": [], "meta": {"result_count": 0, "next_token": "again"}}
    server.faults = faults.always(faults.answer(200, page))
    with pytest.raises(CannotLook):
        x.recent(LONG_AGO)


def test_an_account_without_posts_has_none(server: DoubleServer, x: Twitter) -> None:
    assert x.recent(LONG_AGO) == []


def test_the_account_is_known_from_its_token_and_asked_for_once_otherwise() -> None:
    with doubles() as server:
        x = quick_x(server.url)
        x.recent(LONG_AGO)
        assert [request.path for request in server.ledger.requests] == [
            f"/2/users/{X_ACCOUNT}/tweets"
        ]
        x.session.close()
        other = quick_x(server.url, access_token="word-token")
        server.faults = faults.always(faults.answer(200, {"data": {"id": "77"}}), on=Kind.OTHER)
        other.recent(LONG_AGO)
        other.recent(LONG_AGO)
        other.session.close()
    paths = [request.path for request in server.ledger.requests[1:]]
    assert paths == ["/2/users/me", "/2/users/77/tweets", "/2/users/77/tweets"]


def test_an_account_that_is_not_named_cannot_be_looked_at_now() -> None:
    with doubles() as server:
        x = quick_x(server.url, access_token="word-token")
        server.faults = faults.always(faults.answer(200, {}), on=Kind.OTHER)
        with pytest.raises(Unreachable):
            x.recent(LONG_AGO)
        x.session.close()


def test_a_read_is_signed_in_the_accounts_own_name(server: DoubleServer, x: Twitter) -> None:
    x.recent(NOW)
    (request,) = server.ledger.requests
    assert request.headers["authorization"].startswith("OAuth ")
    assert request.query["start_time"] == "2026-11-22T11:55:00Z"
    assert "exclude" not in request.query


def test_a_link_that_is_not_explained_stays_short(server: DoubleServer, x: Twitter) -> None:
    post = {"id": "1", "text": "See https://t.co/abc", "created_at": "2026-11-22T12:00:00.000Z"}
    assert listed(server, x, post) == ["See https://t.co/abc"]
    assert same_text("See https://example.org/a", "See https://t.co/abc")


def test_only_what_x_escapes_is_read_as_escaped(server: DoubleServer, x: Twitter) -> None:
    text = "&amp;lt; &amp;amp; &copy; &lt;b&gt;"
    post = {"id": "1", "text": text, "created_at": "2026-11-22T12:00:00.000Z"}
    assert listed(server, x, post) == ["&lt; &amp; &copy; <b>"]


def test_the_link_to_a_posts_own_pictures_is_no_part_of_its_text(
    server: DoubleServer, x: Twitter
) -> None:
    def entity(of: str) -> dict[str, object]:
        return {
            "url": "https://t.co/p",
            "expanded_url": f"https://x.com/someone/status/{of}/photo/1",
        }

    post = {"id": "1", "text": "Look https://t.co/p", "created_at": "2026-11-22T12:00:00.000Z"}
    own, other = ({**post, "entities": {"urls": [entity(of)]}} for of in ("1", "2"))
    assert listed(server, x, own, other) == [
        "Look",
        "Look https://x.com/someone/status/2/photo/1",
    ]


def test_a_time_that_is_not_told_is_read_from_the_id(server: DoubleServer, x: Twitter) -> None:
    # An id of X's own documentation, whose post is of 2021-10-06.
    server.faults = script(
        faults.answer(200, {"data": [{"id": "1445880548472328192", "text": "Hello"}]}),
        on=Kind.LOOK,
    )
    (found,) = x.recent(LONG_AGO)
    assert found.at.date() == datetime(2021, 10, 6, tzinfo=UTC).date()


@pytest.mark.parametrize(
    "post",
    [
        {},
        None,
        "odd",
        {"id": "1", "text": "no time"},
        {"id": "1", "created_at": "2026-11-22T12:00:00.000Z"},
        {"id": "1", "text": 5, "created_at": "2026-11-22T12:00:00.000Z"},
        {"text": "no id", "created_at": "2026-11-22T12:00:00.000Z"},
        {"id": "1", "text": "naive", "created_at": "2026-11-22T12:00:00"},
    ],
)
def test_a_list_with_a_post_that_cannot_be_read_is_no_answer(
    server: DoubleServer, x: Twitter, post: object
) -> None:
    # It might be the very post that is looked for.
    with pytest.raises(Unreachable):
        listed(
            server,
            x,
            {"id": "1", "text": "good", "created_at": "2026-11-22T12:00:00.000Z"},
            post,
        )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"meta": {}},
        {"meta": {"result_count": 3}},
        {"data": {}, "meta": {"result_count": 0}},
        {"errors": [{"detail": "Could not find user"}]},
        [],
        b"",
        b"<html>",
        b'{"data":[{"id":"144588',
    ],
)
def test_what_is_no_list_is_not_taken_for_an_empty_one(
    server: DoubleServer, x: Twitter, body: object
) -> None:
    server.faults = faults.always(faults.answer(200, body))
    with pytest.raises(Unreachable):
        x.recent(LONG_AGO)


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(503, store=False),
        faults.html(502),
        faults.html(403),
        faults.answer(404, {"title": "Not Found", "detail": "Not Found"}),
        faults.answer(429, TOO_MANY),
        faults.answer(403, {"errors": [{"code": 185, "message": "over daily limit"}]}),
        faults.redirect(302, "/"),
        faults.redirect(307, "/2/users/me"),
        faults.close_before(),
        faults.reset_after(),
        faults.cut_after(),
        faults.silence_before(),
        faults.trickle(0.02),
    ],
)
def test_trouble_that_passes_is_no_answer_for_now(
    server: DoubleServer, x: Twitter, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(Unreachable) as caught, meeting(x.session, fault):
        x.recent(LONG_AGO)
    assert not isinstance(caught.value, CannotLook)
    assert "may be out, or not" not in str(caught.value)
    assert "by itself" not in str(caught.value)


def test_a_network_that_is_away_is_no_answer_for_now() -> None:
    with doubles() as server:
        url = server.url
    x = quick_x(url)
    with pytest.raises(Unreachable, match="refused"):
        x.recent(LONG_AGO)
    x.session.close()


def test_a_limit_says_how_long_to_wait(server: DoubleServer, x: Twitter) -> None:
    reset = str(int(NOW.timestamp()) + 600)
    server.faults = faults.always(faults.answer(429, TOO_MANY, {"x-rate-limit-reset": reset}))
    with pytest.raises(Unreachable) as caught:
        x.recent(LONG_AGO)
    assert caught.value.wait == timedelta(seconds=601)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(401, UNAUTHORIZED), "keys"),
        (faults.answer(402, NO_CREDITS), "credits"),
        (faults.html(402), "credits"),
        (faults.answer(403, APP_ONLY), "app"),
        (faults.answer(403, {"detail": "odd", "title": "Forbidden"}), "odd"),
        (
            faults.answer(403, {"detail": "You are not permitted to perform this action."}),
            "access level",
        ),
        (
            faults.answer(400, {"detail": "not one of the fields", "title": "Invalid Request"}),
            "fields",
        ),
    ],
)
def test_trouble_that_a_person_must_end_says_so(
    server: DoubleServer, x: Twitter, fault: Fault, word: str
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(CannotLook, match=word) as caught:
        x.recent(LONG_AGO)
    assert not any(secret in str(caught.value) for secret in X_KEYS.values())
