"""X: pictures with their descriptions, and threads."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from campaign.publishers.publisher import (
    Message,
    Outcome,
    Picture,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from campaign.publishers.twitter.publisher import Twitter
from tests.doubles import DoubleServer, Fault, Kind, Ledger, Stored, X, doubles, faults, script
from tests.doubles.channels import X_SECRETS
from tests.doubles.opened import NOW, meeting, posted, quick_x
from tests.doubles.x import TOO_MANY, UNAUTHORIZED

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
BYTES = b"\xff\xd8\xff" + bytes(range(256)) * 20
PICTURE = Picture(BYTES, "image/jpeg", "picture-1.jpg", "A hand “held” & a ribbon é")
OTHER = Picture(b"\x89PNG" + BYTES, "image/png", "picture-2.png", "Two people")
BEFORE = [Kind.MEDIA, Kind.METADATA]


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


def outcome(server: DoubleServer, x: Twitter, fault: Fault, on: Kind) -> Outcome:
    """What a post with a picture comes to when one of its calls meets a fault."""
    server.faults = script(fault, on=on)
    with meeting(x.session, fault):
        return posted(x, Message("Hello", (PICTURE,)))


def test_pictures_go_out_in_order_with_their_descriptions(
    server: DoubleServer, x: Twitter
) -> None:
    assert isinstance(posted(x, Message("Look", (PICTURE, OTHER))), Published)
    (post,) = server.ledger.posts
    sent = [server.ledger.uploads[one] for one in post.media]
    assert [(one.data, one.media_type, one.alt) for one in sent] == [
        (BYTES, "image/jpeg", PICTURE.alt),
        (OTHER.data, "image/png", OTHER.alt),
    ]
    paths = [request.path for request in server.ledger.requests]
    assert paths == ["/2/media/upload", "/2/media/metadata"] * 2 + ["/2/tweets"]


def test_a_picture_is_told_as_what_it_is_for(server: DoubleServer, x: Twitter) -> None:
    posted(x, Message("Look", (PICTURE,)))
    body = json.loads(server.ledger.requests[0].body)
    assert body.keys() == {"media", "media_category"}
    assert body["media_category"] == "tweet_image"


def test_a_post_without_pictures_is_one_call(server: DoubleServer, x: Twitter) -> None:
    posted(x, Message("Plain"))
    assert len(server.ledger.requests) == 1
    assert json.loads(server.ledger.requests[0].body) == {"text": "Plain"}


def test_a_post_with_pictures_is_found_as_it_was_sent(server: DoubleServer, x: Twitter) -> None:
    posted(x, Message("Look", (PICTURE,)))
    assert "https://t.co/" in server.ledger.posts[0].shown
    assert [post.text for post in x.recent(datetime(2026, 1, 1, tzinfo=UTC))] == ["Look"]


@pytest.mark.parametrize("on", BEFORE)
@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(503, store=False),
        faults.server_error(503, store=True),
        faults.html(502),
        faults.answer(404, {"title": "Not Found", "detail": "Not Found"}),
        faults.redirect(307, "/2/media/upload"),
        faults.close_before(),
        faults.close_after(),
        faults.reset_after(),
        faults.silence_after(),
        faults.cut_after(),
        faults.truncated_json(),
        faults.trickle(0.02),
        faults.answer(200, {}),
        faults.answer(200, b""),
        faults.html(200),
        faults.answer(200, {"errors": [{"message": "odd"}]}),
    ],
)
def test_what_goes_wrong_with_a_picture_is_never_in_doubt(
    server: DoubleServer, x: Twitter, fault: Fault, on: Kind
) -> None:
    found = outcome(server, x, fault, on)
    assert isinstance(found, TryLater)
    assert not found.whole_channel
    assert "Nothing was posted" in found.reason
    assert "picture-1.jpg" in found.reason
    assert not server.ledger.posts
    assert isinstance(posted(x, Message("Hello", (PICTURE,))), Published)


@pytest.mark.parametrize("on", BEFORE)
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(401, UNAUTHORIZED), "keys"),
        (faults.answer(402, {"title": "CreditsDepleted", "detail": "no credits"}), "credits"),
        (faults.html(403), "Something other than X"),
        (
            faults.answer(
                429, TOO_MANY, {"x-rate-limit-reset": str(int(NOW.timestamp()) + 60)}
            ),
            "wait",
        ),
    ],
)
def test_trouble_of_the_account_rests_the_channel_before_anything_is_out(
    server: DoubleServer, x: Twitter, fault: Fault, word: str, on: Kind
) -> None:
    found = outcome(server, x, fault, on)
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert word in found.reason
    assert found.wait == (timedelta(seconds=61) if word == "wait" else None)
    assert not server.ledger.posts


@pytest.mark.parametrize("on", BEFORE)
@pytest.mark.parametrize("status", [400, 403, 413])
def test_a_picture_that_x_does_not_want_is_refused_by_its_name(
    server: DoubleServer, x: Twitter, status: int, on: Kind
) -> None:
    found = outcome(
        server, x, faults.answer(status, {"title": "Invalid", "detail": "too odd"}), on
    )
    assert isinstance(found, Refused)
    assert "picture-1.jpg" in found.reason
    assert "too odd" in found.reason
    assert not server.ledger.posts


def test_the_last_call_of_a_post_with_pictures_can_leave_doubt(
    server: DoubleServer, x: Twitter
) -> None:
    assert isinstance(outcome(server, x, faults.close_after(), Kind.POST), Unconfirmed)
    assert len(server.ledger.posts) == 1


def test_a_picture_that_x_has_forgotten_is_refused(server: DoubleServer, x: Twitter) -> None:
    said = {"errors": [{"message": "Your media IDs are invalid."}], "title": "Invalid Request"}
    found = outcome(server, x, faults.answer(400, said), Kind.POST)
    assert isinstance(found, Refused)


@pytest.mark.parametrize(
    ("pictures", "word"),
    [
        ((PICTURE,) * 5, "4 pictures"),
        ((Picture(BYTES, "image/jpeg", "a.jpg", " "),), "description"),
        ((Picture(BYTES, "image/jpeg", "a.jpg", "x" * 1001),), "1000 characters"),
        ((Picture(BYTES, "image/gif", "a.gif", "alt"),), "image/gif"),
        (
            (PICTURE, Picture(b"x" * 5_000_001, "image/jpeg", "big.jpg", "alt")),
            "big.jpg has more than 5 MB",
        ),
    ],
)
def test_pictures_beyond_the_limits_are_refused_before_any_call(
    server: DoubleServer, x: Twitter, pictures: tuple[Picture, ...], word: str
) -> None:
    found = posted(x, Message("Look", pictures))
    assert isinstance(found, Refused)
    assert word in found.reason
    assert not server.ledger.requests


def test_pictures_at_the_limits_go_out(server: DoubleServer, x: Twitter) -> None:
    largest = Picture(b"RIFF" + b"x" * 4_999_996, "image/webp", "a.webp", "x" * 1000)
    assert isinstance(posted(x, Message("Look", (largest, PICTURE, OTHER, PICTURE))), Published)
    assert len(server.ledger.posts[0].media) == 4


def test_a_post_can_answer_an_own_post(server: DoubleServer, x: Twitter) -> None:
    first = posted(x, Message("one"))
    assert isinstance(first, Published)
    second = posted(x, Message("two", (PICTURE,), first.remote_id))
    assert isinstance(second, Published)
    assert server.ledger.posts[1].reply_to == first.remote_id
    assert Twitter.network.has_threads


def test_an_answer_to_a_post_that_is_gone_or_anothers_is_refused(
    server: DoubleServer, x: Twitter
) -> None:
    server.ledger.store(Stored("twitter", "99", "17", "theirs", "theirs", 1.0))
    for reply_to, word in (("5", "deleted"), ("17", "author")):
        found = posted(x, Message("two", reply_to=reply_to))
        assert isinstance(found, Refused)
        assert word in found.reason
        assert not found.duplicate
