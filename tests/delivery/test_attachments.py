"""Pictures: frozen by their hash at approval, checked and cleaned when they are sent."""

import io
from pathlib import Path

import pytest
from PIL import Image

from campaign.authoring import load
from campaign.config import Config
from campaign.content.library import read_library
from campaign.decisions import approving
from campaign.delivery import leases
from campaign.delivery.attachments import NotAsApproved, thawed
from campaign.delivery.publish import AttemptAnswer, send, turn
from campaign.models import Delivery, Post
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.publishers.network import PictureLimits
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, FakeClock, FakePublisher, channel, ours, worker

pytestmark = pytest.mark.django_db
LIMITS = PictureLimits(1_000_000, 2048, 2048, ("image/jpeg", "image/png"))
POST = """
template = "plain"
channels = ["x-en"]
when = "2027-10-13 12:00"
[[media]]
file = "Marie Tremblay.jpg"
alt.en = "A person in a garden, seen from behind."
alt.fr = "Une personne dans un jardin, vue de dos."
[en]
short = "Hello"
[fr]
short = "Bonjour"
"""


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "made at home"
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "plain").mkdir(parents=True)
    (tmp_path / "templates" / "plain" / "short.txt.j2").write_text("{{ text }}", "utf-8")
    (tmp_path / "posts" / "mbc").mkdir(parents=True)
    (tmp_path / "posts" / "mbc" / "a.toml").write_text(POST, "utf-8")
    (tmp_path / "posts" / "mbc" / "Marie Tremblay.jpg").write_bytes(picture("red"))
    leases.ensure(["x-en"])
    return tmp_path


def loaded(folder: Path) -> Delivery:
    library = read_library(folder / "posts", folder / "templates")
    planned = plan(library, Config(channels={"x-en": channel()}), NOON, known_now(NOON))
    assert planned.errors() == []
    load.load(planned, library, NOON, None)
    return Delivery.objects.get()


def approved(folder: Path) -> Delivery:
    one = loaded(folder)
    approving.approve(Post.objects.get(), add_user("anna", Role.STAFF)[0], NOON, TORONTO)
    return one


def sent(publisher: FakePublisher) -> None:
    who = worker(FakeClock())
    [claim] = turn([], [], [channel()], who)
    turn([AttemptAnswer(claim, channel(), send(publisher, claim, who, ours))], [], [], who)


def test_the_approved_picture_goes_out_with_its_words_and_without_its_secrets(
    folder: Path,
) -> None:
    approved(folder)
    publisher = FakePublisher()
    sent(publisher)
    [went] = publisher.messages[0].pictures
    assert (went.name, went.alt) == ("picture-1.jpg", "A person in a garden, seen from behind.")
    assert b"Exif" not in went.data
    assert b"made at home" not in went.data


def test_a_picture_that_is_not_the_approved_one_is_not_sent(folder: Path) -> None:
    one = approved(folder)
    (folder / "posts" / "mbc" / "Marie Tremblay.jpg").write_bytes(picture("blue"))
    publisher = FakePublisher()
    sent(publisher)
    one.refresh_from_db()
    assert (one.status, publisher.messages) == (Status.FAILED, [])
    assert "not the one that was approved" in one.reason


def test_a_changed_picture_or_description_takes_the_approval_away(folder: Path) -> None:
    one = approved(folder)
    (folder / "posts" / "mbc" / "Marie Tremblay.jpg").write_bytes(picture("blue"))
    assert loaded(folder).status == Status.DRAFT
    approving.approve(Post.objects.get(), add_user("anna", Role.STAFF)[0], NOON, TORONTO)
    (folder / "posts" / "mbc" / "a.toml").write_text(
        POST.replace("in a garden", "in a park"), "utf-8"
    )
    loaded(folder)
    one.refresh_from_db()
    assert (one.status, one.reason) == (
        Status.DRAFT,
        "Its picture has changed since it was approved: approve it again.",
    )


@pytest.mark.parametrize("content", [None, b"no picture at all"])
def test_a_picture_that_cannot_be_used_is_told(folder: Path, content: bytes | None) -> None:
    one = loaded(folder)
    path = folder / "posts" / "mbc" / "Marie Tremblay.jpg"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(NotAsApproved):
        thawed(one.pictures, LIMITS)
