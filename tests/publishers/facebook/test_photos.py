"""Facebook Pages: a post's photos go with their post, and photos of a post that was refused go too."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.publishers.facebook.photos import photos_of
from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import (
    Deleted,
    Message,
    NotDeleted,
    NotThere,
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
PICTURES = tuple(
    Picture(b"\xff\xd8\xff" + bytes([number]), "image/jpeg", f"picture-{number}.jpg", "A hand")
    for number in range(1, 5)
)


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


def error(code: int, status: int = 400, subcode: int = 0) -> Fault:
    told = {"message": f"(#{code}) words {TOKEN}", "code": code, "error_subcode": subcode}
    return faults.answer(status, {"error": told})


def out(page: Facebook, pictures: tuple[Picture, ...] = PICTURES) -> str:
    """A post that is out: its id."""
    published = posted(page, Message("Look", pictures))
    assert isinstance(published, Published)
    return published.remote_id


@pytest.mark.parametrize("number", range(5))
def test_the_photos_of_a_post_go_with_it(
    server: DoubleServer, page: Facebook, number: int
) -> None:
    post = out(page, PICTURES[:number])
    assert page.delete(post) == Deleted()
    assert (server.ledger.texts(), server.ledger.standing()) == ([], [])
    assert page.delete(post) == NotThere()


def test_other_posts_keep_their_photos(server: DoubleServer, page: Facebook) -> None:
    posted(page, Message("Another", PICTURES[:2]))
    page.delete(out(page))
    assert server.ledger.texts() == ["Another"]
    assert server.ledger.standing() == list(server.ledger.posts[0].media)


def test_another_program_takes_the_photos_down_too(
    server: DoubleServer, page: Facebook
) -> None:
    # Nothing has to be remembered from the day of publishing: Facebook says which they are.
    post = out(page)
    later = quick_page(server.url)
    assert later.delete(post) == Deleted()
    later.session.close()
    assert server.ledger.standing() == []


@pytest.mark.parametrize(
    "fault",
    [
        faults.close_before(),
        faults.server_error(503, store=False),
        error(32),
        error(2, 503),
        faults.html(403),
        faults.redirect(302, "/"),
        faults.silence_before(),
    ],
)
@pytest.mark.parametrize("kind", [Kind.ATTACHED, Kind.DELETE])
def test_trouble_that_passes_leaves_the_post_for_the_next_try(
    server: DoubleServer, page: Facebook, fault: Fault, kind: Kind
) -> None:
    # With the post gone, nobody could say any more which its photos were.
    post = out(page)
    server.faults = script(fault, on=kind)
    with meeting(page.session, fault):
        assert isinstance(page.delete(post), NotDeleted)
    assert server.ledger.texts() == ["Look"]
    assert page.delete(post) == Deleted()
    assert server.ledger.standing() == []


@pytest.mark.parametrize("at", range(1, 6))
def test_a_lost_answer_anywhere_comes_to_the_same_end(
    server: DoubleServer, page: Facebook, at: int
) -> None:
    post = out(page)
    server.faults = script(*[None] * (at - 1), faults.close_after(), on=Kind.DELETE)
    assert isinstance(page.delete(post), NotDeleted)
    assert page.delete(post) in (Deleted(), NotThere())
    assert (server.ledger.texts(), server.ledger.standing()) == ([], [])


@pytest.mark.parametrize("refusal", [error(200, 403), error(100), error(10, 403)])
def test_a_photo_that_facebook_keeps_does_not_keep_the_post(
    server: DoubleServer, page: Facebook, refusal: Fault
) -> None:
    post = out(page)
    second = server.ledger.posts[0].media[1]
    server.faults = lambda call: (
        refusal if call.method == "DELETE" and call.path.endswith(second) else None
    )
    for _ in range(2):  # the second try knows it still, though its post is gone
        removal = page.delete(post)
        assert isinstance(removal, NotDeleted)
        assert "The post is gone" in removal.reason
        assert f"fbid={second}" in removal.reason
        assert TOKEN not in removal.reason
        assert (server.ledger.texts(), server.ledger.standing()) == ([], [second])
    server.faults = faults.none
    assert page.delete(post) == NotThere()
    assert server.ledger.standing() == []


@pytest.mark.parametrize(
    "answer", [error(200, 403), faults.answer(200, {}), faults.answer(200, True)]
)
def test_a_post_whose_photos_cannot_be_seen_goes_and_a_person_is_told(
    server: DoubleServer, page: Facebook, answer: Fault
) -> None:
    post = out(page)
    server.faults = faults.always(answer, on=Kind.ATTACHED)
    for _ in range(2):
        removal = page.delete(post)
        assert isinstance(removal, NotDeleted)
        assert "could not be seen whether its pictures are" in removal.reason
        assert server.ledger.texts() == []
        server.faults = faults.none  # the post is gone: there is nothing left to see


def test_photos_that_went_with_their_post_are_no_trouble(
    server: DoubleServer, page: Facebook
) -> None:
    post = out(page, PICTURES[:1])
    [photo] = server.ledger.posts[0].media
    gone = faults.always(error(100, subcode=33), on=Kind.DELETE)
    server.faults = lambda call: gone(call) if call.path.endswith(photo) else None
    assert page.delete(post) == Deleted()


def test_the_photos_of_a_refused_post_are_deleted(server: DoubleServer, page: Facebook) -> None:
    server.faults = script(error(100), on=Kind.POST)
    assert isinstance(posted(page, Message("Look", PICTURES)), Refused)
    assert server.ledger.standing() == []


@pytest.mark.parametrize(
    "fault",
    [
        error(506),
        error(1, 500),
        error(2, 503),
        faults.close_after(),
        faults.close_before(),
        faults.cut_after(),
        faults.truncated_json(),
        faults.html(200),
        faults.answer(200, {}, store=True),
    ],
)
def test_photos_of_a_post_that_may_be_out_are_never_touched(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    # A repetition too: the first of the two calls may have been this one, heard twice.
    server.faults = script(fault, on=Kind.POST)
    with meeting(page.session, fault):
        found = posted(page, Message("Look", PICTURES))
    assert isinstance(found, Unconfirmed) or (isinstance(found, Refused) and found.duplicate)
    assert len(server.ledger.standing()) == 4
    assert not any(call.method == "DELETE" for call in server.ledger.requests)


@pytest.mark.parametrize("fault", [error(190), error(368), error(32)])
def test_a_page_in_trouble_is_not_asked_for_more(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = script(fault, on=Kind.POST)
    assert isinstance(posted(page, Message("Look", PICTURES)), TryLater)
    assert server.ledger.requests[-1].path.endswith("/feed")


@pytest.mark.parametrize(
    "fault", [error(324), error(2, 503), faults.close_after(), faults.html(502)]
)
def test_the_photos_before_one_that_was_not_taken_are_deleted(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = script(None, None, fault, on=Kind.MEDIA)
    found = page.prepare(Message("Look", PICTURES))
    assert isinstance(found, Refused | TryLater)
    deleted = [call for call in server.ledger.requests if call.method == "DELETE"]
    assert len(deleted) == 2


@pytest.mark.parametrize(
    "fault",
    [
        error(190),
        faults.close_before(),
        faults.html(200),
        faults.server_error(500, store=False),
    ],
)
def test_what_becomes_of_such_photos_changes_nothing_about_the_post(
    server: DoubleServer, page: Facebook, fault: Fault
) -> None:
    server.faults = lambda call: (
        fault if call.method == "DELETE" else error(100) if call.path.endswith("feed") else None
    )
    found = posted(page, Message("Look", PICTURES))
    assert isinstance(found, Refused)
    assert not found.duplicate


def test_a_link_that_is_shown_with_a_picture_has_no_photo_to_delete() -> None:
    link = {
        "media_type": "link",
        "type": "share",
        "target": {"id": "5", "url": "https://x.org"},
    }
    assert photos_of({"data": [link]}) == ()
    odd = [
        {"media_type": "photo"},
        {"media_type": "photo", "target": {"id": "../me"}},
        None,
        "a",
    ]
    assert photos_of({"data": odd}) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "media_type", "type", "target", "id", "subattachments", "photo"]
            ),
            inner | st.just("photo"),
            max_size=4,
        )
    ),
)


@given(JSON)
def test_any_answer_on_attachments_can_be_read(body: object) -> None:
    photos = photos_of(body)
    assert photos is None or all(photo.isdecimal() for photo in photos)
