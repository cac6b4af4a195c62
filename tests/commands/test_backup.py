"""Backing up and putting back on the command line."""

import io
import json
import sqlite3
import tarfile

import pytest
from django.contrib.sessions.models import Session
from PIL import Image

from campaign.authoring import uploads
from campaign.database.archive import PAGE
from campaign.models import Delivery
from campaign.stories import vault
from tests.deliveries import person
from tests.folders import NOW
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def picture(stage: Stage) -> str:
    """A picture in the folder of uploads; its file's name."""
    image = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 90)).save(image, "PNG")
    return uploads.keep(
        image.getvalue(), "garden.png", stage.root / "uploads", None, NOW
    ).file_name


def members(file) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


def content(file) -> list[tuple[str, str]]:
    """What the deliveries in a backup say."""
    with tarfile.open(file) as tar:
        tar.extract("campaign.db", file.parent / "out", filter="data")
    with sqlite3.connect(file.parent / "out" / "campaign.db") as copy:
        rows = copy.execute("SELECT text, status FROM campaign_delivery ORDER BY id").fetchall()
    copy.close()
    return rows


def test_a_backup_holds_the_database_and_the_pictures_and_nothing_else(stage):
    stage.queued()
    name = picture(stage)
    (stage.root / "uploads" / ".upload-half").write_bytes(b"half")
    (stage.root / "uploads" / "notes.txt").write_text("no picture")
    said = stage.run("backup", "here.tar").well()
    assert members(stage.root / "here.tar") == [PAGE, "campaign.db", f"pictures/{name}"]
    rows = list(Delivery.objects.order_by("id").values_list("text", "status"))
    assert content(stage.root / "here.tar") == rows
    assert "here.tar holds the database and 1 picture." in said.out
    assert list(stage.root.glob(".*")) == []


def test_a_backup_holds_no_key_and_nobodys_session_and_says_which_keys_to_keep(
    stage,
):
    person()
    Session.objects.create(session_key="a-session-of-ana", expire_date=NOW)
    said = stage.run("backup", "here.tar").well()
    key = vault.key_file().read_bytes()
    whole = (stage.root / "here.tar").read_bytes()
    assert key not in whole
    assert b"a-session-of-ana" not in whole
    assert (
        f"keep config.toml and the keys that it names apart from it, and {vault.key_file().name}"
        in said.out
    )


def test_its_owner_alone_can_read_a_backup(stage):
    stage.run("backup", "here.tar").well()
    assert (stage.root / "here.tar").stat().st_mode & 0o077 == 0


def test_a_backup_takes_the_place_of_an_older_one_and_of_nothing_else(stage):
    stage.run("backup", "here.tar").well()
    stage.queued()
    stage.run("backup", "here.tar").well()
    assert content(stage.root / "here.tar")
    stage.folder.write("precious.db", "not a backup")
    said = stage.run("backup", "precious.db")
    assert (said.status, (stage.root / "precious.db").read_text()) == (1, "not a backup")
    assert "name another file" in said.err


def test_with_keep_the_newest_stay_and_only_backups_are_deleted(stage):
    folder = stage.root / "backups"
    folder.mkdir()
    kept = ["campaign-20200101T000000Z.tar", "campaign.tar", "holiday.tar"]
    for name in kept:
        (folder / name).write_text("somebody's own file, whatever its name")
    for day in range(5):
        stage.now = NOW.replace(day=1 + day)
        stage.run("backup", "--keep", "2", "backups").well()
    made = ["campaign-20270904T120000Z.tar", "campaign-20270905T120000Z.tar"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(kept + made)


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_how_many_to_keep_is_a_number(stage, number):
    assert stage.run("backup", "--keep", number, "backups").status == 2


def test_a_backup_that_breaks_off_leaves_the_older_one(stage, monkeypatch):
    stage.run("backup", "here.tar").well()
    before = (stage.root / "here.tar").read_bytes()
    monkeypatch.setattr("campaign.database.copies.check_file", lambda _: 1 / 0)
    assert stage.run("backup", "here.tar").status == 1
    assert (stage.root / "here.tar").read_bytes() == before
    assert sorted(path.name for path in stage.root.iterdir() if "tar" in path.name) == [
        "here.tar"
    ]


def test_a_backup_says_what_it_is(stage):
    stage.run("backup", "here.tar").well()
    with tarfile.open(stage.root / "here.tar") as tar:
        tar.extract(PAGE, stage.root, filter="data")
    page = json.loads((stage.root / PAGE).read_text())
    assert (page["kind"], page["made_at"]) == ("sqlite", NOW.isoformat())
    assert page["migrations"][0] == "0001_initial"
