"""A demonstration: where it keeps its files, and the campaign that is laid around today for it."""

import os
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign import demonstration
from campaign.commands import demo
from campaign.config import Config
from campaign.demonstration import DEMO_VARIABLE, MOVED_VARIABLE
from campaign.models import Attempt, Delivery
from campaign.states import Status
from tests.stage import Stage


def files(monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The database and the uploads of a demonstration that begins now."""
    monkeypatch.setenv(DEMO_VARIABLE, "")  # put back afterwards
    demonstration.begin(8000, serves=False)
    config = demonstration.as_demonstration(Config())
    return Path(config.database.url.removeprefix("sqlite:///")), config.web.uploads


def test_a_demonstration_stays_in_the_folder_where_it_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files(monkeypatch) == (Path("demo.db"), Path("demo-uploads"))


def test_where_nothing_can_be_kept_it_has_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (".", os.W_OK))
    database, uploads = files(monkeypatch)
    assert (database.name, uploads.name) == ("demo.db", "demo-uploads")
    assert database.parent == uploads.parent
    assert database.parent.parent == tmp_path
    assert database.parent.is_dir()


@pytest.fixture
def starter(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The starter campaign, whose demonstration ends as soon as its pages are open."""
    stage.root.joinpath("config.toml").unlink()
    for folder in (stage.folder.posts, stage.folder.templates):
        folder.rename(Path(f"{folder}-away"))
    monkeypatch.setenv(MOVED_VARIABLE, "")
    monkeypatch.setattr(demo, "pages", lambda _call, port: nullcontext(port))
    monkeypatch.setattr(demo, "until", lambda _stopped: 0)
    return stage


@pytest.mark.parametrize("day", ["2026-12-31", "2028-02-29", "2027-03-14", "2027-11-07"])
def test_a_demonstration_opens_on_a_campaign_that_is_on(starter: Stage, day: str) -> None:
    starter.now = datetime.fromisoformat(f"{day}T15:00:00+00:00")
    said = starter.run("demo", "--no-browser", "--port", "8999").well()
    assert "error" not in said.out and "For this demonstration, Metastatic" in said.out
    real = Delivery.objects.filter(post__example=False)
    past, soon = real.filter(due_at__lte=starter.now), starter.now + timedelta(days=14)
    assert {delivery.status for delivery in past} == {Status.PUBLISHED}
    ahead = real.filter(due_at__range=(starter.now, soon))
    assert {delivery.status for delivery in ahead} == {Status.QUEUED, Status.DRAFT}
    sent = Attempt.objects.values_list("outcome", "url").distinct()
    assert list(sent) == [("published", "")]


def test_begun_again_later_it_keeps_what_its_visitor_did(starter: Stage) -> None:
    starter.now = datetime(2026, 12, 3, 15, tzinfo=UTC)
    starter.run("demo", "--no-browser", "--port", "8999").well()
    out = set(Delivery.objects.filter(status=Status.PUBLISHED).values_list("pk", flat=True))
    waiting = Delivery.objects.filter(status=Status.DRAFT, post__example=False).count()
    starter.now += timedelta(days=5)
    starter.run("demo", "--no-browser", "--port", "8999").well()
    again = set(Delivery.objects.filter(status=Status.PUBLISHED).values_list("pk", flat=True))
    assert out < again
    drafts = Delivery.objects.filter(status=Status.DRAFT, post__example=False)
    assert drafts.count() == waiting
    later = starter.now + timedelta(days=9)
    starter.now = later
    starter.run("demo", "--no-browser", "--port", "8999").well()
    assert not Delivery.objects.filter(status=Status.MISSED).exists()
    assert Delivery.objects.filter(status=Status.QUEUED, due_at__gt=later).count() > 8


def test_where_no_demonstration_is_given_no_day_is_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(MOVED_VARIABLE, "mbc-day=2026-12-09")
    monkeypatch.setenv(DEMO_VARIABLE, "")
    assert demonstration.moved_days() == {}
    assert demonstration.as_demonstration(Config()) == Config()
