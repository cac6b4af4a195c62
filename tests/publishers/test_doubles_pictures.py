"""The doubles of the networks with pictures, replies and what is listed."""

import base64
import json
from collections.abc import Iterator

import pytest
import requests
import tweepy

from tests.doubles import DoubleServer, Graph, Kind, Ledger, X, doubles, faults
from tests.doubles.calls import account_of, kind_of
from tests.doubles.channels import PAGE, X_ACCOUNT, X_KEYS
from tests.stage import PATIENCE

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SIGN = tweepy.OAuth1UserHandler(*X_KEYS.values()).apply_auth()
OTHER = tweepy.OAuth1UserHandler("a", "b", "99-c", "d").apply_auth()
JPEG = b"\xff\xd8\xff" + bytes(range(256))


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles() as server:
        yield server


def ask(
    http: requests.Session, server: DoubleServer, path: str, body: object, auth: object = SIGN
) -> requests.Response:
    return http.post(server.url + path, json=body, auth=auth, timeout=PATIENCE)  # type: ignore[arg-type]


def upload(
    http: requests.Session, server: DoubleServer, data: bytes = JPEG, auth: object = SIGN
) -> requests.Response:
    body = {"media": base64.b64encode(data).decode(), "media_category": "tweet_image"}
    return ask(http, server, "/2/media/upload", body, auth)


def tweet(
    http: requests.Session, server: DoubleServer, text: str, auth: object = SIGN, **more: object
) -> requests.Response:
    return ask(http, server, "/2/tweets", {"text": text, **more}, auth)


def test_x_keeps_a_picture_with_its_description_and_shows_its_address(
    http: requests.Session, server: DoubleServer
) -> None:
    media_id = upload(http, server).json()["data"]["id"]
    described = {"id": media_id, "metadata": {"alt_text": {"text": "A hand"}}}
    assert ask(http, server, "/2/media/metadata", described).json()["data"]["id"] == media_id
    posted = tweet(http, server, "Look", media={"media_ids": [media_id]}).json()["data"]
    assert posted["text"].startswith("Look https://t.co/")
    (post,) = json.loads(http.get(f"{server.url}/_posts", timeout=PATIENCE).content)
    assert post["media"][0] | {"sha256": ""} == {
        "id": media_id,
        "type": "image/jpeg",
        "name": "",
        "alt": "A hand",
        "bytes": len(JPEG),
        "sha256": "",
    }
    assert server.ledger.uploads[media_id].data == JPEG


@pytest.mark.parametrize("data", [b"", b"plain", b"\xff\xd8\xff" + b"x" * 5_000_000])
def test_x_refuses_what_is_no_picture_or_too_large(
    http: requests.Session, server: DoubleServer, data: bytes
) -> None:
    assert upload(http, server, data).status_code == 400


def test_x_takes_no_picture_of_another_account_and_none_that_it_does_not_know(
    http: requests.Session, server: DoubleServer
) -> None:
    media_id = upload(http, server, auth=OTHER).json()["data"]["id"]
    for one in (media_id, "5"):
        answer = tweet(http, server, "Look", media={"media_ids": [one]})
        assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
            400,
            "Your media IDs are invalid.",
        )
        described = {"id": one, "metadata": {"alt_text": {"text": "A hand"}}}
        assert ask(http, server, "/2/media/metadata", described).status_code == 400


def test_x_takes_replies_to_own_posts_only(
    http: requests.Session, server: DoubleServer
) -> None:
    own = tweet(http, server, "one").json()["data"]["id"]
    theirs = tweet(http, server, "one", OTHER).json()["data"]["id"]
    answers = [
        tweet(http, server, f"to {to}", reply={"in_reply_to_tweet_id": to}).status_code
        for to in (own, theirs, "5")
    ]
    assert answers == [201, 403, 403]
    assert server.ledger.posts[-1].reply_to == own


def test_x_refuses_an_equal_text_in_a_reply_and_after_it_was_taken_down(
    http: requests.Session, server: DoubleServer
) -> None:
    own = tweet(http, server, "same").json()["data"]["id"]
    assert tweet(http, server, "same", reply={"in_reply_to_tweet_id": own}).status_code == 403
    http.delete(f"{server.url}/2/tweets/{own}", auth=SIGN, timeout=PATIENCE)
    assert tweet(http, server, "same").status_code == 403


def test_x_cuts_a_long_text_and_has_the_whole_of_it_in_a_note(
    http: requests.Session, server: DoubleServer
) -> None:
    tweet(http, server, "word " * 80)
    url = f"{server.url}/2/users/{X_ACCOUNT}/tweets"
    (post,) = http.get(
        url, params={"post.fields": "note_post"}, auth=SIGN, timeout=PATIENCE
    ).json()["data"]
    assert "…" in post["text"]
    assert post["note_post"]["text"] == "word " * 80


def test_a_post_is_listed_from_the_very_second_that_is_asked_for(
    http: requests.Session, server: DoubleServer
) -> None:
    tweet(http, server, "now")
    url = f"{server.url}/2/users/{X_ACCOUNT}/tweets"
    at = http.get(
        url, params={"post.fields": "created_at"}, auth=SIGN, timeout=PATIENCE
    ).json()["data"][0]["created_at"]
    again = http.get(
        url, params={"start_time": at.replace(".000Z", "Z")}, auth=SIGN, timeout=PATIENCE
    )
    assert len(again.json()["data"]) == 1


def test_a_young_post_is_not_listed_yet(http: requests.Session) -> None:
    ledger = Ledger()
    with doubles(X(ledger, lag=60), Graph(ledger, lag=60)) as server:
        tweet(http, server, "young")
        http.post(
            f"{server.url}/v26.0/{PAGE}/feed",
            data={"message": "young", "access_token": "t"},
            timeout=PATIENCE,
        )
        x = http.get(
            f"{server.url}/2/users/{X_ACCOUNT}/tweets", auth=SIGN, timeout=PATIENCE
        ).json()
        page = http.get(
            f"{server.url}/v26.0/{PAGE}/published_posts?access_token=t", timeout=PATIENCE
        ).json()
    assert len(ledger.posts) == 2
    assert (x, page) == ({"meta": {"result_count": 0}}, {"data": []})


def photo(http: requests.Session, server: DoubleServer, **more: str) -> dict[str, str]:
    data = {"access_token": "t", **more}
    files = {"source": ("a.jpg", JPEG, "image/jpeg")}
    answer: dict[str, str] = http.post(
        f"{server.url}/v26.0/{PAGE}/photos", data=data, files=files, timeout=PATIENCE
    ).json()
    return answer


def test_facebook_shows_a_picture_at_once_unless_it_is_unpublished(
    http: requests.Session, server: DoubleServer
) -> None:
    hidden = photo(http, server, published="false", alt_text_custom="Hände")
    assert hidden.keys() == {"id"}
    assert not server.ledger.posts
    assert server.ledger.uploads[hidden["id"]].alt == "Hände"
    # The SDK writes False, which Facebook does not read so.
    assert photo(http, server, published="False").keys() == {"id", "post_id"}
    assert len(server.ledger.posts) == 1


@pytest.mark.parametrize("form", ["attached_media[0]", "attached_media"])
def test_facebook_attaches_a_picture_in_either_form(
    http: requests.Session, server: DoubleServer, form: str
) -> None:
    one = json.dumps({"media_fbid": photo(http, server, published="false")["id"]})
    data = {
        "message": "Look",
        "access_token": "t",
        form: f"[{one}]" if form == "attached_media" else one,
    }
    http.post(f"{server.url}/v26.0/{PAGE}/feed", data=data, timeout=PATIENCE)
    assert len(server.ledger.posts[0].media) == 1
    data["attached_media[0]"] = '{"media_fbid":"5"}'
    assert (
        http.post(f"{server.url}/v26.0/{PAGE}/feed", data=data, timeout=PATIENCE).status_code
        == 400
    )


def test_a_fault_can_be_aimed_at_one_kind_of_call(
    http: requests.Session, server: DoubleServer
) -> None:
    url = f"{server.url}/2/users/{X_ACCOUNT}/tweets"
    server.faults = faults.script(faults.html(502), on=Kind.LOOK)
    assert tweet(http, server, "a").status_code == 201
    assert [http.get(url, auth=SIGN, timeout=PATIENCE).status_code for _ in range(2)] == [
        502,
        200,
    ]
    server.faults = faults.always(faults.html(503), on=Kind.DELETE)
    assert http.get(url, auth=SIGN, timeout=PATIENCE).status_code == 200
    assert (
        http.delete(f"{server.url}/2/tweets/1", auth=SIGN, timeout=PATIENCE).status_code == 503
    )


def test_every_kind_of_call_is_told_apart_with_its_account(
    http: requests.Session, server: DoubleServer
) -> None:
    upload(http, server)
    ask(http, server, "/2/media/metadata", {})
    tweet(http, server, "a")
    http.get(f"{server.url}/2/users/{X_ACCOUNT}/tweets", auth=SIGN, timeout=PATIENCE)
    http.delete(f"{server.url}/2/tweets/1", auth=SIGN, timeout=PATIENCE)
    http.get(f"{server.url}/2/users/me", auth=SIGN, timeout=PATIENCE)
    assert [kind_of(request) for request in server.ledger.requests] == [
        Kind.MEDIA, Kind.METADATA, Kind.POST, Kind.LOOK, Kind.DELETE, Kind.OTHER,
    ]  # fmt: skip
    assert {account_of(request) for request in server.ledger.requests} == {X_ACCOUNT}
    server.ledger.clear()
    base = f"{server.url}/v26.0/{PAGE}"
    for method, address in (
        ("POST", f"{base}/photos"), ("POST", f"{base}/feed"), ("GET", f"{base}/published_posts"),
        ("DELETE", f"{base}_1"), ("GET", base),
    ):  # fmt: skip
        http.request(method, address, timeout=PATIENCE)
    assert [kind_of(request) for request in server.ledger.requests] == [
        Kind.MEDIA, Kind.POST, Kind.LOOK, Kind.DELETE, Kind.OTHER,
    ]  # fmt: skip
    assert {account_of(request) for request in server.ledger.requests} == {PAGE}
