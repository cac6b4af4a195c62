"""Facebook Pages: pictures with their descriptions."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import (
    Message,
    Outcome,
    Picture,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from tests.doubles import DoubleServer, Fault, Graph, Kind, Ledger, doubles, faults, script
from tests.doubles.channels import PAGE, PAGE_KEYS
from tests.doubles.opened import meeting, posted, quick_page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TOKEN, SECRET = PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"]
# White space and line ends stand at both ends: a form must not touch them.
BYTES = b"\r\n\xff\xd8\xff" + bytes(range(256)) * 20 + b"\r\n\n --\r"
PICTURE = Picture(
    BYTES, "image/jpeg", "picture-1.jpg", "A hand “held” & a ribbon é\nand a line"
)
OTHER = Picture(b"\x89PNG", "image/png", "picture-2.png", "Two people")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DoubleServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with doubles(graph=Graph(Ledger(), tokens={TOKEN: PAGE}, app_secret=SECRET)) as server:
        yield server


@pytest.fixture
def page(server: DoubleServer) -> Iterator[Facebook]:
    publisher = quick_page(server.url)
    yield publisher
    publisher.session.close()


def outcome(server: DoubleServer, page: Facebook, fault: Fault, on: Kind) -> Outcome:
    """What a post with a picture comes to when one of its calls meets a fault."""
    server.faults = script(fault, on=on)
    with meeting(page.session, fault):
        return posted(page, Message("Hello", (PICTURE,)))


def error(code: int, status: int = 400) -> Fault:
    return faults.answer(
        status, {"error": {"message": f"(#{code}) words {TOKEN}", "code": code}}
    )


def test_pictures_go_out_in_order_with_their_descriptions(
    server: DoubleServer, page: Facebook
) -> None:
    assert isinstance(posted(page, Message("Look", (PICTURE, OTHER))), Published)
    (post,) = server.ledger.posts
    sent = [server.ledger.uploads[one] for one in post.media]
    assert [Picture(one.data, one.media_type, one.name, one.alt) for one in sent] == [
        PICTURE,
        OTHER,
    ]
    assert [request.path.rpartition("/")[2] for request in server.ledger.requests] == [
        "photos",
        "photos",
        "feed",
    ]


def test_a_picture_is_shown_to_nobody_before_its_post(
    server: DoubleServer, page: Facebook
) -> None:
    posted(page, Message("Look", (PICTURE,)))
    photo, feed = server.ledger.requests
    assert photo.form["published"] == "false"
    assert (
        feed.form["attached_media[0]"]
        == f'{{"media_fbid": "{server.ledger.posts[0].media[0]}"}}'
    )
    assert len(server.ledger.posts) == 1


def test_no_address_holds_the_token_when_pictures_are_sent(
    server: DoubleServer, page: Facebook
) -> None:
    posted(page, Message("Look", (PICTURE,)))
    assert all(request.query == {} for request in server.ledger.requests)
    assert server.ledger.requests[0].form["access_token"] == TOKEN


def test_a_post_without_pictures_is_one_call(server: DoubleServer, page: Facebook) -> None:
    posted(page, Message("Plain"))
    assert len(server.ledger.requests) == 1


def test_a_post_with_pictures_is_found_as_it_was_sent(page: Facebook) -> None:
    posted(page, Message("Look", (PICTURE,)))
    assert [post.text for post in page.recent(datetime(2026, 1, 1, tzinfo=UTC))] == ["Look"]


@pytest.mark.parametrize(
    "fault",
    [
        error(1, 500),
        error(2, 503),
        faults.server_error(503, store=False),
        faults.server_error(503, store=True),
        faults.html(502),
        faults.redirect(307, "/"),
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
    ],
)
def test_what_goes_wrong_with_a_picture_is_never_in_doubt(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    found = outcome(server, page, fault, Kind.MEDIA)
    assert isinstance(found, TryLater)
    assert not found.whole_channel
    assert "Nothing was posted" in found.reason
    assert "picture-1.jpg" in found.reason
    assert TOKEN not in found.reason
    assert not server.ledger.posts
    assert isinstance(posted(page, Message("Hello", (PICTURE,))), Published)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (error(190), "connect"),
        (error(368), "blocked"),
        (error(32), "wait"),
        (faults.html(403), "other than Facebook"),
    ],
)
def test_trouble_of_the_page_rests_the_channel_before_anything_is_out(
    server: DoubleServer, page: Facebook, fault: Fault, word: str
) -> None:
    found = outcome(server, page, fault, Kind.MEDIA)
    assert isinstance(found, TryLater)
    assert found.whole_channel
    assert word in found.reason
    assert not server.ledger.posts


@pytest.mark.parametrize("code", [100, 324])
def test_a_picture_that_facebook_does_not_want_is_refused_by_its_name(
    server: DoubleServer, page: Facebook, code: int
) -> None:
    found = outcome(server, page, error(code), Kind.MEDIA)
    assert isinstance(found, Refused)
    assert "picture-1.jpg" in found.reason
    assert not server.ledger.posts


def test_the_last_call_of_a_post_with_pictures_can_leave_doubt(
    server: DoubleServer, page: Facebook
) -> None:
    assert isinstance(outcome(server, page, faults.close_after(), Kind.POST), Unconfirmed)
    assert len(server.ledger.posts) == 1


@pytest.mark.parametrize(
    ("pictures", "word"),
    [
        ((PICTURE,) * 5, "4 pictures"),
        ((Picture(BYTES, "image/jpeg", "a.jpg", ""),), "description"),
        ((Picture(BYTES, "image/webp", "a.webp", "alt"),), "image/webp"),
        (
            (Picture(b"x" * 4_000_001, "image/png", "big.png", "alt"),),
            "big.png has more than 4 MB",
        ),
    ],
)
def test_pictures_beyond_the_limits_are_refused_before_any_call(
    server: DoubleServer, page: Facebook, pictures: tuple[Picture, ...], word: str
) -> None:
    found = posted(page, Message("Look", pictures))
    assert isinstance(found, Refused)
    assert word in found.reason
    assert not server.ledger.requests


def test_a_thread_is_refused_and_not_posted_as_something_else(
    server: DoubleServer, page: Facebook
) -> None:
    found = posted(page, Message("two", reply_to=f"{PAGE}_1"))
    assert isinstance(found, Refused)
    assert "threads" in found.reason
    assert not server.ledger.requests
    assert not Facebook.network.has_threads
