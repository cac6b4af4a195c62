"""What goes wrong in this program itself, step by step. Before the line where a post may become public it is surely not
out, and waits or fails with its reason; from dataclasses import replace
from that line on it is in doubt. Nothing of it makes a post go out twice."""

import errno
import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from campaign.config import Config
from campaign.content.post import PostPicture as PictureFile
from campaign.core.finding import Place
from campaign.core.problem import Problem
from campaign.decisions.removing import remove
from campaign.delivery import leases, takedown
from campaign.delivery.attachments import frozen
from campaign.delivery.attempts import Claim
from campaign.delivery.publish import AttemptAnswer, Worker, send, turn
from campaign.models import Attempt, Delivery, Event
from campaign.publishers import NETWORKS, Opened, open_publishers
from campaign.publishers.publisher import NotDeleted, Picture, TryLater, Unconfirmed
from campaign.states import Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    ours,
    status_of,
    worker,
)
from tests.doubles import doubles
from tests.doubles.opened import quick_page, quick_x

pytestmark = pytest.mark.django_db
X = channel()
THREAD = "First part.\n---\nSecond part."
SURPRISES = [
    AttributeError("s3cret"),
    KeyError("s3cret"),
    OSError("s3cret"),
    MemoryError(),
    RecursionError(),
]
"""What no step foresees. Their own words may hold a key, and are told nowhere."""


def raiser(surprise: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise surprise

    return fail


class Unmeasured(FakePublisher):
    """A network of which somebody forgot to say what pictures it takes."""

    def __getattribute__(self, name: str) -> object:
        if name == "network":
            raise AttributeError(name)
        return super().__getattribute__(name)


@pytest.fixture
def clock() -> FakeClock:
    leases.ensure(["x-en"])
    return FakeClock()


def go(publisher: FakePublisher, who: Worker) -> None:
    """One claim, one attempt, and its answer written down."""
    [claim] = turn([], [], [X], who)
    turn([AttemptAnswer(claim, X, send(publisher, claim, who, ours))], [], [], who)


@pytest.mark.parametrize("surprise", SURPRISES, ids=repr)
@pytest.mark.parametrize("step", ["thawed", "Message", "prepare"])
def test_what_goes_wrong_before_the_line_leaves_the_post_surely_not_out(
    clock, monkeypatch, step, surprise
):
    one = delivery()
    publisher = FakePublisher()
    if step == "prepare":
        publisher.on_prepare = raiser(surprise)
    else:
        monkeypatch.setattr(f"campaign.delivery.publish.{step}", raiser(surprise))
    go(publisher, worker(clock))
    one.refresh_from_db()
    assert (one.status, publisher.sent) == (Status.QUEUED, [])
    assert (
        one.reason
        == f"This post could not be prepared ({type(surprise).__name__}), and was not sent."
    )
    assert (one.tries, Attempt.objects.get().outcome) == (1, "try_later")
    assert one.next_at >= NOON + timedelta(minutes=1)


@pytest.mark.parametrize("surprise", SURPRISES, ids=repr)
@pytest.mark.parametrize("out", ["", "1"])
def test_what_goes_wrong_from_the_line_on_leaves_it_in_doubt(clock, surprise, out):
    one = delivery(text=THREAD, part_ids=out, remote_id=out)
    publisher = FakePublisher([surprise])
    go(publisher, worker(clock))
    one.refresh_from_db()
    assert (one.status, one.part_ids, len(publisher.sent)) == (Status.UNCONFIRMED, out, 1)
    assert "s3cret" not in one.reason
    assert turn([], [], [X], worker(clock)) == []


def test_a_network_whose_limits_nobody_told_posts_nothing_and_doubts_nothing(clock):
    one = delivery()
    publisher = Unmeasured()
    go(publisher, worker(clock))
    assert (status_of(one), publisher.sent) == (Status.QUEUED, [])


def test_a_part_that_cannot_be_prepared_waits_and_the_parts_before_it_stay_out(clock):
    one = delivery(text=THREAD)
    publisher = FakePublisher()
    go(publisher, worker(clock))
    publisher.on_prepare = raiser(AttributeError())
    go(publisher, worker(clock))
    one.refresh_from_db()
    assert (one.status, one.part_ids) == (Status.QUEUED, "1")
    assert (
        one.reason
        == "Part 2 of this post could not be prepared (AttributeError), and was not sent."
    )
    publisher.on_prepare = lambda: None
    clock.advance(minutes=2)
    go(publisher, worker(clock))
    assert (status_of(one), publisher.sent) == (
        Status.PUBLISHED,
        ["First part.", "Second part."],
    )


def test_a_fault_that_does_not_pass_is_a_persons_to_look_at_after_six_tries(clock):
    one = delivery(grace=timedelta(days=2))
    for _ in range(6):
        clock.now = max(clock.now, Delivery.objects.get().next_at)
        go(FakePublisher(on_prepare=raiser(AttributeError())), worker(clock))
    one.refresh_from_db()
    assert one.status == Status.FAILED
    assert (
        one.reason
        == "This post could not be prepared (AttributeError), and was not sent. It was tried 6 times."
    )


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (errno.ENOENT, Status.FAILED, "not there any more"),
        (errno.ENOTDIR, Status.FAILED, "not there any more"),
        (errno.EIO, Status.QUEUED, "cannot be read now (input/output error)"),
        (errno.EMFILE, Status.QUEUED, "cannot be read now (too many open files)"),
        (errno.EACCES, Status.QUEUED, "cannot be read now (permission denied)"),
    ],
)
def test_a_picture_that_cannot_be_opened_is_told_and_nothing_is_in_doubt(
    clock, monkeypatch, tmp_path, number, status, said
):
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    file = tmp_path / "garden.jpg"
    file.write_bytes(out.getvalue())
    picture = PictureFile(file, {"en": "A garden."}, Place(file, 1))
    one = delivery(pictures=frozen([picture], "en"))
    broken = raiser(OSError(number, os.strerror(number)))
    monkeypatch.setattr("pathlib.Path.read_bytes", broken)
    publisher = FakePublisher()
    go(publisher, worker(clock))
    one.refresh_from_db()
    assert (one.status, publisher.sent) == (status, [])
    assert said in one.reason


def test_who_reads_along_and_fails_keeps_nothing_from_going_out(clock):
    delivery("a")
    delivery("b")
    who = Worker(
        "worker-1", clock, TORONTO, worker(clock).publishing, raiser(ValueError("closed file"))
    )
    publisher = FakePublisher()
    [claim] = turn([], [], [X], who)
    [claim] = turn([AttemptAnswer(claim, X, send(publisher, claim, who, ours))], [], [X], who)
    turn([AttemptAnswer(claim, X, send(publisher, claim, who, ours))], [], [], who)
    assert [*Delivery.objects.values_list("status", flat=True)] == ["published", "published"]


@pytest.mark.parametrize("surprise", SURPRISES, ids=repr)
def test_a_post_whose_taking_down_goes_wrong_is_taken_to_stand(monkeypatch, surprise):
    one = delivery(
        status=Status.PUBLISHED, part_ids="1 2", remote_id="1", url="https://x.com/1"
    )
    publisher = FakePublisher()
    monkeypatch.setattr(publisher, "delete", raiser(surprise))
    with pytest.raises(Problem, match="2 of 2 still stand"):
        remove(one, Opened({"x-en": publisher}, {}), "anna", "why", NOON)
    errand = takedown.Errand(one.pk, "x-en", ("2", "1"))
    [said, _] = [removal for _, removal in takedown.delete(publisher, errand).removals]
    assert said == NotDeleted(
        f"The post may still be out: deleting it went wrong ({type(surprise).__name__})."
    )
    assert status_of(one) == Status.PUBLISHED
    assert {event.action for event in Event.objects.all()} == {"not deleted"}


PICTURE = Picture(
    b"\xff\xd8\xff" + bytes(range(256)), "image/jpeg", "picture-1.jpg", "A garden."
)
AT_THE_NETWORKS = [
    # network, the step that goes wrong, with a picture?, what it means, posts on the account
    ("twitter", "network.PictureLimits.objection", True, TryLater, 0),
    ("twitter", "twitter.publisher.Twitter._give", True, TryLater, 0),
    # Reading the id of a picture that X has taken.
    (
        "twitter",
        "twitter.publisher.text",
        True,
        TryLater,
        0,
    ),
    ("twitter", "session.requests.PreparedRequest.prepare_body", True, TryLater, 0),
    ("twitter", "session.requests.PreparedRequest.prepare_body", False, TryLater, 0),
    # It may have called: nobody can tell.
    (
        "twitter",
        "twitter.publisher._Client.create_tweet",
        True,
        Unconfirmed,
        0,
    ),
    ("twitter", "twitter.publisher.identifier", True, Unconfirmed, 1),
    ("twitter", "twitter.publisher.address_of", False, Unconfirmed, 1),
    ("facebook", "network.PictureLimits.objection", True, TryLater, 0),
    ("facebook", "facebook.publisher.Facebook._give", True, TryLater, 0),
    ("facebook", "facebook.publisher.text", True, TryLater, 0),
    ("facebook", "session.requests.PreparedRequest.prepare_body", True, TryLater, 0),
    ("facebook", "session.requests.PreparedRequest.prepare_body", False, TryLater, 0),
    ("facebook", "facebook.publisher._Graph.put_object", False, Unconfirmed, 0),
    ("facebook", "facebook.publisher.identifier", True, Unconfirmed, 1),
    ("facebook", "facebook.publisher.address_of", False, Unconfirmed, 1),
]


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(("network", "step", "picture", "means", "posts"), AT_THE_NETWORKS)
def test_every_step_at_a_network_says_truly_whether_the_post_may_be_out(
    monkeypatch, network, step, picture, means, posts
):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(
        "campaign.delivery.publish.thawed", lambda *_: (PICTURE,) if picture else ()
    )
    monkeypatch.setattr(f"campaign.publishers.{step}", raiser(AttributeError("s3cret")))
    claim = Claim(1, "mbc/a", "c", "worker-1", "The text.", "", (), "", 0, False, NOON)
    with doubles() as server:
        publisher = quick_x(server.url) if network == "twitter" else quick_page(server.url)
        outcome = send(publisher, claim, worker(FakeClock()), ours)
        assert (type(outcome), len(server.ledger.posts)) == (means, posts)
    assert "s3cret" not in repr(outcome)


def test_a_publisher_that_cannot_be_built_is_told_and_the_other_channels_go_on(monkeypatch):
    monkeypatch.setitem(
        NETWORKS, "twitter", replace(NETWORKS["twitter"], open=raiser(AttributeError("s3cret")))
    )
    opened = open_publishers(Config(channels={"x-en": channel()}), FakeClock(), dry_run=False)
    assert opened.publishers == {}
    assert opened.problems == {
        "x-en": "Channel x-en cannot be used (AttributeError): check its keys in config.toml."
    }
