"""The doubles answer as the networks do: what the other tests stand on."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import tweepy

from campaign.publishers.facebook import graph
from tests.doubles import DoubleServer, Graph, Ledger, X, doubles, faults
from tests.doubles.channels import PAGE, X_ACCOUNT, X_KEYS
from tests.stage import PATIENCE

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SIGN = tweepy.OAuth1UserHandler(*X_KEYS.values()).apply_auth()
SDK = vars(graph)["facebook"]
"""The SDK, as the program has imported it: without the warning that it gives where it is not compiled yet."""
PROGRAM = Path(__file__).parent.parent.parent


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles() as server:
        yield server


def tweet(http: requests.Session, server: DoubleServer, text: str) -> requests.Response:
    return http.post(f"{server.url}/2/tweets", json={"text": text}, auth=SIGN, timeout=PATIENCE)


def feed(
    http: requests.Session, server: DoubleServer, message: str, **more: str
) -> requests.Response:
    data = {"message": message, "access_token": "t", **more}
    return http.post(f"{server.url}/v26.0/{PAGE}/feed", data=data, timeout=PATIENCE)


def test_x_answers_with_links_shortened_and_signs_escaped(
    http: requests.Session, server: DoubleServer
) -> None:
    answer = tweet(http, server, "a & <b> https://example.org/x")
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert data["text"].startswith("a &amp; &lt;b&gt; https://t.co/")
    assert data["edit_history_tweet_ids"] == [data["id"]]
    assert answer.headers["x-access-level"] == "read-write"
    assert answer.headers["x-rate-limit-remaining"] == "99"
    assert server.ledger.texts(X_ACCOUNT) == ["a & <b> https://example.org/x"]


def test_x_refuses_the_same_text_on_one_account_only(
    http: requests.Session, server: DoubleServer
) -> None:
    tweet(http, server, "same")
    assert tweet(http, server, "same").status_code == 403
    other = tweepy.OAuth1UserHandler("a", "b", "99-c", "d").apply_auth()
    assert (
        http.post(
            f"{server.url}/2/tweets", json={"text": "same"}, auth=other, timeout=PATIENCE
        ).status_code
        == 201
    )


def test_x_lets_nobody_in_without_a_signature_nor_with_a_bearer(
    http: requests.Session, server: DoubleServer
) -> None:
    assert (
        http.post(f"{server.url}/2/tweets", json={"text": "a"}, timeout=PATIENCE).status_code
        == 401
    )
    bearer = {"Authorization": "Bearer app"}
    assert (
        http.post(
            f"{server.url}/2/tweets", json={"text": "a"}, headers=bearer, timeout=PATIENCE
        ).status_code
        == 403
    )
    assert not server.ledger.posts


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"text":"a","odd":1}'])
def test_x_takes_only_a_body_that_it_knows(
    http: requests.Session, server: DoubleServer, body: bytes
) -> None:
    assert (
        http.post(f"{server.url}/2/tweets", data=body, auth=SIGN, timeout=PATIENCE).status_code
        == 400
    )


def test_x_shows_an_accounts_posts_in_pages_the_newest_first(
    http: requests.Session, server: DoubleServer
) -> None:
    for number in range(7):
        tweet(http, server, f"post {number} https://example.org/{number}")
    url = f"{server.url}/2/users/{X_ACCOUNT}/tweets"
    first = http.get(
        url,
        params={"max_results": "5", "post.fields": "created_at,entities"},
        auth=SIGN,
        timeout=PATIENCE,
    ).json()
    assert first["data"][0]["text"].startswith("post 6")
    assert first["data"][0]["entities"]["urls"][0]["expanded_url"] == "https://example.org/6"
    assert first["meta"]["result_count"] == 5
    rest = {"max_results": "5", "pagination_token": first["meta"]["next_token"]}
    second = http.get(url, params=rest, auth=SIGN, timeout=PATIENCE).json()
    assert [post["text"][:6] for post in second["data"]] == ["post 1", "post 0"]
    assert "next_token" not in second["meta"]


def test_x_shows_an_empty_account_without_data(
    http: requests.Session, server: DoubleServer
) -> None:
    assert http.get(f"{server.url}/2/users/1/tweets", auth=SIGN, timeout=PATIENCE).json() == {
        "meta": {"result_count": 0}
    }


def test_x_takes_a_post_down_once(http: requests.Session, server: DoubleServer) -> None:
    post_id = tweet(http, server, "gone").json()["data"]["id"]
    other = tweepy.OAuth1UserHandler("a", "b", "99-c", "d").apply_auth()
    answers = [
        http.delete(f"{server.url}/2/tweets/{post_id}", auth=who, timeout=PATIENCE)
        for who in (other, SIGN, SIGN)
    ]
    assert [answer.status_code for answer in answers] == [403, 200, 404]
    assert answers[1].json() == {"data": {"deleted": True}}
    assert answers[2].json()["errors"][0]["type"].endswith("resource-not-found")
    assert server.ledger.texts() == []


def test_x_stops_an_account_at_its_limit(http: requests.Session) -> None:
    with doubles(X(Ledger(), limit=1)) as server:
        tweet(http, server, "one")
        answer = tweet(http, server, "two")
    assert answer.status_code == 429
    assert answer.headers["x-rate-limit-remaining"] == "0"


def test_facebook_answers_with_the_fields_that_were_asked_for(
    http: requests.Session, server: DoubleServer
) -> None:
    answer = feed(http, server, "Hello é", fields="id,permalink_url")
    assert answer.json().keys() == {"id", "permalink_url"}
    assert answer.json()["id"].startswith(f"{PAGE}_")
    assert answer.headers["facebook-api-version"] == "v26.0"
    assert feed(http, server, "Other").json().keys() == {"id"}
    assert server.ledger.texts(PAGE) == ["Hello é", "Other"]


def test_facebook_refuses_the_same_text_only_in_a_row(
    http: requests.Session, server: DoubleServer
) -> None:
    assert [feed(http, server, text).status_code for text in ("a", "a", "b", "a")] == [
        200,
        400,
        200,
        200,
    ]


def test_facebook_shows_a_pages_posts_in_pages_the_newest_first(
    http: requests.Session, server: DoubleServer
) -> None:
    for number in range(4):
        feed(http, server, f"post {number}")
    url = f"{server.url}/v26.0/{PAGE}/published_posts?limit=3&fields=message,created_time&access_token=t"
    first = http.get(url, timeout=PATIENCE).json()
    assert [post["message"] for post in first["data"]] == ["post 3", "post 2", "post 1"]
    assert first["data"][0]["created_time"].endswith("+0000")
    second = http.get(first["paging"]["next"], timeout=PATIENCE).json()
    assert [post["message"] for post in second["data"]] == ["post 0"]
    assert "paging" not in second


def test_facebook_lets_only_its_own_tokens_in(http: requests.Session) -> None:
    with doubles(graph=Graph(Ledger(), tokens={"t": PAGE})) as server:
        assert feed(http, server, "a").status_code == 200
        assert feed(http, server, "b", access_token="other").json()["error"]["code"] == 190
        other = http.post(
            f"{server.url}/v26.0/777/feed",
            data={"message": "a", "access_token": "t"},
            timeout=PATIENCE,
        )
        assert other.json()["error"]["code"] == 200


def test_facebook_takes_a_post_down_for_the_sdk(
    http: requests.Session, server: DoubleServer
) -> None:
    post_id = feed(http, server, "gone").json()["id"]
    graph = SDK.GraphAPI("t", session=http)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SDK, "FACEBOOK_GRAPH_URL", server.url + "/")
        assert graph.delete_object(post_id) == {"success": True}
        with pytest.raises(SDK.GraphAPIError):
            graph.delete_object(post_id)


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (faults.close_before(), 0),
        (faults.close_after(), 1),
        (faults.reset_after(), 1),
        (faults.cut_after(), 1),
        (faults.server_error(503, store=False), 0),
        (faults.server_error(503, store=True), 1),
        (faults.truncated_json(), 1),
        (faults.truncated_json(store=False), 0),
    ],
)
def test_a_fault_stores_the_post_or_not_as_it_says(
    http: requests.Session, server: DoubleServer, fault: faults.Fault, stored: int
) -> None:
    server.faults = faults.script(fault)
    with contextlib.suppress(requests.RequestException):
        tweet(http, server, "a")
    assert len(server.ledger.posts) == stored


def test_a_script_gives_each_fault_once_and_lets_reading_calls_pass(
    http: requests.Session, server: DoubleServer
) -> None:
    server.faults = faults.script(faults.html(502), None, faults.html(503))
    me = http.get(f"{server.url}/2/users/me", auth=SIGN, timeout=PATIENCE)
    assert me.json()["data"]["id"] == X_ACCOUNT
    assert [tweet(http, server, str(number)).status_code for number in range(4)] == [
        502,
        201,
        503,
        201,
    ]


def test_many_callers_are_served_at_once(server: DoubleServer) -> None:
    server.delay = 0.02

    def call(number: int) -> None:
        with requests.Session() as http:
            http.trust_env = False
            feed(http, server, str(number))

    threads = [threading.Thread(target=call, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, server.ledger.texts())) == list(range(16))
    assert len({post.id for post in server.ledger.posts}) == 16


def test_the_doubles_run_as_a_process_of_their_own(http: requests.Session) -> None:
    command = [sys.executable, "-m", "tests.doubles", "--delay", "0.001"]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    with subprocess.Popen(
        command, cwd=PROGRAM, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            http.post(
                f"{url}/_faults",
                data=json.dumps([{"status": 503, "body": "odd", "store": True}]),
                timeout=PATIENCE,
            )
            lost = http.post(
                f"{url}/v26.0/{PAGE}/feed",
                data={"message": "a", "access_token": "t"},
                timeout=PATIENCE,
            )
            ledger = http.get(f"{url}/_ledger", timeout=PATIENCE).json()
            http.post(f"{url}/_clear", timeout=PATIENCE)
            empty = http.get(f"{url}/_ledger", timeout=PATIENCE).json()
        finally:
            process.terminate()
    assert (lost.status_code, lost.text) == (503, "odd")
    assert [post["text"] for post in ledger["posts"]] == ["a"]
    assert len(ledger["requests"]) == 1
    assert empty == {"posts": [], "requests": []}


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        (f"users/{X_ACCOUNT}/tweets", {"tweet.fields": "created_at"}, "tweet.fields"),
        (f"users/{X_ACCOUNT}/tweets", {"post.fields": "note_tweet"}, "note_tweet"),
        (f"users/{X_ACCOUNT}/tweets", {"post.fields": "referenced_posts"}, "referenced_posts"),
        (f"users/{X_ACCOUNT}/tweets", {"odd": "1"}, "odd"),
        ("users/me", {"max_results": "5"}, "max_results"),
    ],
)
def test_x_refuses_a_parameter_that_its_published_file_does_not_have(
    http: requests.Session, server: DoubleServer, path: str, query: dict[str, str], named: str
) -> None:
    answer = http.get(f"{server.url}/2/{path}", params=query, auth=SIGN, timeout=PATIENCE)
    assert answer.status_code == 400
    assert named in answer.json()["errors"][0]["message"]


def test_x_of_before_august_2026_knows_the_older_word_alone(http: requests.Session) -> None:
    with doubles(X(Ledger(), is_older=True)) as server:
        url = f"{server.url}/2/users/{X_ACCOUNT}/tweets"
        statuses = [
            http.get(url, params={name: "id"}, auth=SIGN, timeout=PATIENCE).status_code
            for name in ("tweet.fields", "post.fields")
        ]
    assert statuses == [200, 400]


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("POST", f"{PAGE}/feed", {"message": "m", "alt_text_custom": "a"}),
        ("POST", f"{PAGE}/feed", {"message": "m", "picture_url": "a"}),
        ("POST", f"{PAGE}/photos", {"alt_text": "a"}),
        ("GET", f"{PAGE}/published_posts", {"fields": "id,text"}),
        ("GET", f"{PAGE}/published_posts", {"start_time": "1"}),
        ("GET", f"{PAGE}_1/attachments", {"fields": "photos"}),
        ("GET", PAGE, {"metadata": "1"}),
        ("DELETE", f"{PAGE}_1", {"delete_media": "true"}),
    ],
)
def test_facebook_refuses_what_metas_published_file_does_not_have(
    http: requests.Session, server: DoubleServer, method: str, path: str, given: dict[str, str]
) -> None:
    answer = http.request(
        method,
        f"{server.url}/v26.0/{path}",
        params={**given, "access_token": "t"},
        timeout=PATIENCE,
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)
    assert "nonexisting" in answer.json()["error"]["message"]
