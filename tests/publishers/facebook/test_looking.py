"""Facebook Pages: reading the Page's own posts back, and taking one down."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from campaign.publishers.facebook import publisher as facebook
from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import (
    CannotLook,
    Deleted,
    Message,
    NotDeleted,
    NotThere,
    Published,
    Unreachable,
)
from tests.doubles import (
    DoubleServer,
    Fault,
    Graph,
    Kind,
    Ledger,
    Stored,
    doubles,
    faults,
    script,
)
from tests.doubles.channels import PAGE, PAGE_KEYS
from tests.doubles.opened import NOW, meeting, posted, quick_page
from tests.stage import until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TOKEN, SECRET = PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Écoutez & “lisez” <ceci> &amp; https://example.org/é?a=1&b=2\n\nSecond line"


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


def error(
    code: int, subcode: int = 0, status: int = 400, headers: dict[str, str] | None = None
) -> Fault:
    told = {
        "message": f"(#{code}) words",
        "type": "OAuthException",
        "code": code,
        "error_subcode": subcode,
    }
    return faults.answer(status, {"error": told}, headers or {})


def stored(server: DoubleServer, number: int, minutes: float = 0) -> None:
    """Puts a post of so many minutes after NOW onto the Page."""
    at = NOW.timestamp() + 60 * minutes
    server.ledger.store(
        Stored("facebook", PAGE, f"{PAGE}_{number}", f"post {number}", f"post {number}", at)
    )


def test_a_post_is_found_to_the_letter(server: DoubleServer, page: Facebook) -> None:
    published = posted(page, Message(TEXT))
    assert isinstance(published, Published)
    (found,) = page.recent(LONG_AGO)
    assert found.text == TEXT
    assert (found.remote_id, found.url) == (published.remote_id, published.url)
    assert abs(found.at.timestamp() - server.ledger.posts[0].received) < 2


def test_looking_goes_back_a_little_further_than_asked_and_no_more(
    server: DoubleServer, page: Facebook
) -> None:
    for number, minutes in enumerate([-60, -6, -4.9, 0, 5]):
        stored(server, number, minutes)
    assert [post.text for post in page.recent(NOW)] == ["post 4", "post 3", "post 2"]


def test_every_page_is_read_until_they_are_too_old(
    server: DoubleServer, page: Facebook
) -> None:
    for number in range(90):
        stored(server, number, number - 60)
    assert [post.text for post in page.recent(LONG_AGO)] == [
        f"post {number}" for number in reversed(range(90))
    ]
    assert len(server.ledger.requests) == 4
    assert len(page.recent(NOW)) == 35
    assert len(server.ledger.requests) == 4 + 3


def test_no_address_of_a_next_page_holds_the_token(
    server: DoubleServer, page: Facebook
) -> None:
    # Facebook puts it there itself.
    for number in range(30):
        stored(server, number)
    page.recent(LONG_AGO)
    first, second = server.ledger.requests
    assert second.query == {**first.query, "after": "25"}
    assert second.headers["authorization"] == f"Bearer {TOKEN}"
    assert "access_token" not in second.target


def test_a_page_that_fails_fails_the_whole_look(server: DoubleServer, page: Facebook) -> None:
    for number in range(40):
        stored(server, number)
    server.faults = script(None, error(2, status=503), on=Kind.LOOK)
    with pytest.raises(Unreachable):
        page.recent(LONG_AGO)


def test_more_posts_than_can_be_read_are_no_answer(
    server: DoubleServer, page: Facebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facebook, "_MOST_PAGES", 2)
    for number in range(51):
        stored(server, number)
    with pytest.raises(CannotLook, match="more than 50 posts"):
        page.recent(LONG_AGO)


def test_a_page_without_posts_has_none(page: Facebook) -> None:
    assert page.recent(LONG_AGO) == []


def test_a_post_of_pictures_alone_has_no_text(server: DoubleServer, page: Facebook) -> None:
    post = {"id": "1_2", "created_time": "2026-11-22T12:00:00+0000"}
    server.faults = faults.always(faults.answer(200, {"data": [post]}))
    assert [(one.text, one.url) for one in page.recent(LONG_AGO)] == [
        ("", "https://www.facebook.com/1_2")
    ]


@pytest.mark.parametrize(
    "post",
    [
        {},
        None,
        "odd",
        {"id": "1_2", "message": "no time"},
        {"id": "1_2", "message": "no time", "created_time": "soon"},
        {"id": "1_2", "message": 5, "created_time": "2026-11-22T12:00:00+0000"},
        {"message": "no id", "created_time": "2026-11-22T12:00:00+0000"},
    ],
)
def test_a_list_with_a_post_that_cannot_be_read_is_no_answer(
    server: DoubleServer, page: Facebook, post: object
) -> None:
    # It might be the very post that is looked for.
    server.faults = faults.always(faults.answer(200, {"data": [post]}))
    with pytest.raises(Unreachable):
        page.recent(LONG_AGO)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"data": None},
        {"data": {}},
        b"",
        b"<html>",
        b'{"data":[{"id":"1',
        {"data": [], "paging": {"next": "nothing"}},
        {"data": [], "paging": {"next": "http://[broken"}},
        {"data": [], "paging": {"next": 5}},
    ],
)
def test_what_is_no_list_is_not_taken_for_an_empty_one(
    server: DoubleServer, page: Facebook, body: object
) -> None:
    server.faults = faults.always(faults.answer(200, body))
    with pytest.raises(Unreachable):
        page.recent(LONG_AGO)


@pytest.mark.parametrize(
    "fault",
    [
        error(1, status=500),
        error(2, status=503),
        error(4),
        error(190, status=500),
        faults.html(502),
        faults.html(403),
        faults.server_error(503, store=False),
        faults.redirect(302, "/"),
        faults.close_before(),
        faults.reset_after(),
        faults.cut_after(),
        faults.silence_before(),
        faults.trickle(0.02),
    ],
)
def test_trouble_that_passes_is_no_answer_for_now(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(Unreachable) as caught, meeting(page.session, fault):
        page.recent(LONG_AGO)
    assert not isinstance(caught.value, CannotLook)
    assert "may be out, or not" not in str(caught.value)
    assert "by itself" not in str(caught.value)


def test_a_network_that_is_away_is_no_answer_for_now() -> None:
    with doubles() as server:
        url = server.url
    page = quick_page(url)
    with pytest.raises(Unreachable, match="refused"):
        page.recent(LONG_AGO)
    page.session.close()


def test_a_limit_says_how_long_to_wait(server: DoubleServer, page: Facebook) -> None:
    usage = f'{{"{PAGE}":[{{"estimated_time_to_regain_access":12}}]}}'
    server.faults = faults.always(error(32, headers={"x-business-use-case-usage": usage}))
    with pytest.raises(Unreachable) as caught:
        page.recent(LONG_AGO)
    assert caught.value.wait == timedelta(minutes=12)


@pytest.mark.parametrize(
    "fault", [error(190, 463), error(10, status=403), error(100, 33), error(104), error(368)]
)
def test_trouble_that_a_person_must_end_says_so(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = faults.always(fault)
    with pytest.raises(CannotLook, match="Page's") as caught:
        page.recent(LONG_AGO)
    assert TOKEN not in str(caught.value)


def test_a_question_that_facebook_does_not_take_needs_a_person(
    server: DoubleServer, page: Facebook
) -> None:
    server.faults = faults.always(error(100))
    with pytest.raises(CannotLook, match="words"):
        page.recent(LONG_AGO)


def test_a_post_is_taken_down_once(server: DoubleServer, page: Facebook) -> None:
    published = posted(page, Message("gone"))
    assert isinstance(published, Published)
    assert page.delete(published.remote_id) == Deleted()
    assert page.delete(published.remote_id) == NotThere()
    assert page.recent(LONG_AGO) == []


def test_the_older_form_of_success_is_understood(server: DoubleServer, page: Facebook) -> None:
    server.faults = faults.always(faults.answer(200, True), on=Kind.DELETE)
    assert page.delete(f"{PAGE}_2") == Deleted()


@pytest.mark.parametrize("remote_id", ["", "dry-run", "../me", "1/2", "1_2_3"])
def test_what_is_no_id_is_asked_of_nobody(
    server: DoubleServer, page: Facebook, remote_id: str
) -> None:
    assert isinstance(page.delete(remote_id), NotDeleted)
    assert not server.ledger.requests


@pytest.mark.parametrize(
    "about_the_page", [error(190), error(100, 33), faults.html(502), faults.close_before()]
)
def test_a_post_that_the_keys_may_not_reach_is_not_taken_for_gone(
    server: DoubleServer, page: Facebook, about_the_page: Fault
) -> None:
    # Facebook says the same of both: it is asked for the Page itself.
    gone, then = (
        faults.always(error(100, 33), on=Kind.DELETE),
        faults.always(about_the_page, on=Kind.OTHER),
    )
    server.faults = lambda request: gone(request) or then(request)
    removal = page.delete(f"{PAGE}_2")
    assert isinstance(removal, NotDeleted)
    assert "not taken down" in removal.reason
    assert len(server.ledger.requests) == 3


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (faults.answer(200, {"success": False}), "may still be out"),
        (faults.answer(200, {}), "may still be out"),
        (faults.answer(200, b"<html>"), "may still be out"),
        (faults.server_error(503, store=True), "may still be out"),
        (error(1, status=500), "may still be out"),
        (faults.redirect(307, "/"), "graph_url"),
        (faults.close_after(), "may still be out"),
        (faults.silence_after(), "may still be out"),
        (error(190), "connect the Page anew"),
        (error(32), "try again later"),
        (error(100), "words"),
        (error(368), "blocked"),
        (faults.html(403), "Something other than Facebook"),
    ],
)
def test_a_post_that_may_still_be_out_is_told(
    server: DoubleServer, page: Facebook, fault: Fault, word: str
) -> None:
    server.faults = script(fault)
    with meeting(page.session, fault):
        removal = page.delete("1_2")
    assert isinstance(removal, NotDeleted)
    assert word in removal.reason
    assert "goes on by itself" not in removal.reason
    until(lambda: bool(server.ledger.writes()))
    assert len(server.ledger.writes()) == 1
