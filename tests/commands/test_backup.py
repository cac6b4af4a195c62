"""Backing up and putting back on the command line."""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import threading
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from PIL import Image

from campaign.authoring import uploads
from campaign.database.archive import PAGE
from campaign.models import Delivery
from campaign.stories import vault
from tests.deliveries import person
from tests.folders import NOW
from tests.stage import PATIENCE, Stage, minutes_ago

pytestmark = pytest.mark.django_db(transaction=True)


def unpack(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Not `extract`, which asks for a filter from Python 3.12 on, and does not know one before 3.11.4."""
    inside = tar.extractfile(name)
    assert inside
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(inside.read())


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
        unpack(tar, "campaign.db", file.parent / "out")
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
    monkeypatch.setattr("campaign.database.copying.check_file", lambda _: 1 / 0)
    assert stage.run("backup", "here.tar").status == 1
    assert (stage.root / "here.tar").read_bytes() == before
    assert sorted(path.name for path in stage.root.iterdir() if "tar" in path.name) == [
        "here.tar"
    ]


def test_a_backup_says_what_it_is(stage):
    stage.run("backup", "here.tar").well()
    with tarfile.open(stage.root / "here.tar") as tar:
        unpack(tar, PAGE, stage.root)
    page = json.loads((stage.root / PAGE).read_text())
    assert (page["kind"], page["made_at"]) == ("sqlite", NOW.isoformat())


def restored(stage: Stage) -> None:
    """What is there gives way to the backup here.tar."""
    stage.run("restore", "here.tar", "--yes").well()


def test_a_restored_backup_is_as_it_was_and_paused(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    machine.run("cancel", "1").well()
    said = machine.run("restore", "here.tar", "--yes").well()
    assert machine.statuses() == {"queued": ["page-en", "x-en", "x-fr"]}
    assert "Publishing is paused" in said.out
    assert "Publishing is paused: A backup was restored" in machine.run("queue").out


def test_what_was_there_is_moved_aside_and_kept_whole(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    machine.run("cancel", "1").well()
    said = machine.run("restore", "here.tar", "--yes").well()
    [kept] = machine.root.glob("campaign.before_*.db")
    assert kept.name in said.out
    with sqlite3.connect(kept) as before:
        statuses = before.execute("SELECT status FROM campaign_delivery ORDER BY id").fetchall()
    before.close()
    assert statuses[0] == ("cancelled",)


def test_without_yes_a_database_with_anything_in_it_stays(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    machine.run("cancel", "1").well()
    said = machine.run("restore", "here.tar")
    assert (said.status, "--yes" in said.err) == (1, True)
    assert "cancelled" in machine.statuses()


def test_a_backup_is_put_back_on_an_empty_machine(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    for file in machine.root.glob("campaign.*"):
        file.unlink()
    said = machine.run("restore", "here.tar").well()
    assert machine.statuses() == {"queued": ["page-en", "x-en", "x-fr"]}
    assert "moved aside" not in said.out


def test_a_damaged_database_is_moved_aside_too(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    machine.database.write_bytes(b"a disk that has died" * 1000)
    assert machine.run("restore", "here.tar").status == 1
    machine.run("restore", "here.tar", "--yes").well()
    assert machine.statuses() == {"queued": ["page-en", "x-en", "x-fr"]}


def test_a_database_that_is_in_use_is_left_alone(machine):
    machine.queued()
    machine.run("backup", "here.tar").well()
    held = sqlite3.connect(machine.database)
    held.execute("SELECT 1 FROM campaign_delivery").fetchall()
    said = machine.run("restore", "here.tar", "--yes")
    held.close()
    assert (said.status, "stop every program" in said.err) == (1, True)
    assert list(machine.root.glob("*before*")) == []


def test_pictures_come_back_and_none_is_taken_for_another(machine):
    machine.queued()
    folder = machine.root / "uploads"
    folder.mkdir()
    data = b"stands for a picture"
    name = f"{hashlib.sha256(data).hexdigest()}.png"
    (folder / name).write_bytes(data)
    machine.run("backup", "here.tar").well()
    (folder / name).unlink()
    machine.run("restore", "here.tar", "--yes").well()
    assert (folder / name).read_bytes() == data


def test_names_stay_sealed_without_their_key_and_it_is_said(stage):
    person()
    stage.run("backup", "here.tar").well()
    vault.key_file().unlink()
    said = stage.run("restore", "here.tar", "--yes").well()
    assert "put it back from a copy" in said.err


def rewritten(file, change) -> None:
    """The backup, each member as `change` of its name and bytes says: a list of names and bytes."""
    with tarfile.open(file) as tar:
        read = [(member.name, tar.extractfile(member).read()) for member in tar.getmembers()]  # type: ignore[union-attr]
    with tarfile.open(file, "w") as tar:
        for name, data in change(read):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


WRONG = {
    "a path that leads outside": lambda read: [*read, ("../outside", b"x")],
    "a file of no backup": lambda read: [*read, ("config.toml", b"x")],
    "a picture elsewhere": lambda read: [*read, (f"pictures/../{'0' * 64}.png", b"x")],
    "a member twice": lambda read: [*read, read[1]],
    "no database": lambda read: read[:1],
    "no page": lambda read: read[1:],
    "a page that is none": lambda read: [(PAGE, b"{}"), *read[1:]],
    "a page of another kind": lambda read: [
        (PAGE, b'{"kind": "x", "made_at": "2027-01-01T00:00Z"}'),
        *read[1:],
    ],
    "a database that is none": lambda read: [read[0], ("campaign.db", b"no database" * 500)],
    "an empty database": lambda read: [read[0], ("campaign.db", b"")],
    "another program's database": lambda read: [read[0], ("campaign.db", others_database())],
    "a picture that is another": lambda read: [*read, (f"pictures/{'0' * 64}.png", b"x")],
}


def others_database() -> bytes:
    with sqlite3.connect(":memory:") as other:
        other.execute("CREATE TABLE theirs (x)")
        return other.serialize()


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_backup_of_ours_changes_nothing(stage, what):
    stage.queued()
    stage.run("backup", "here.tar").well()
    rewritten(stage.root / "here.tar", WRONG[what])
    before = list(Delivery.objects.order_by("id").values())
    said = stage.run("restore", "here.tar", "--yes")
    assert said.status == 1
    assert list(Delivery.objects.order_by("id").values()) == before
    assert not (stage.root.parent / "outside").exists()


def test_a_backup_that_is_cut_off_is_refused(stage):
    stage.queued()
    stage.run("backup", "here.tar").well()
    whole = (stage.root / "here.tar").read_bytes()
    for length in (0, 100, 600, 5_000, len(whole) // 2):
        (stage.root / "here.tar").write_bytes(whole[:length])
        assert stage.run("restore", "here.tar", "--yes").status == 1, length
        assert Delivery.objects.count() == 3


def test_a_backup_is_of_one_moment_however_much_is_written_meanwhile(machine):
    machine.queued()
    done, started = threading.Event(), threading.Event()

    def write():
        with sqlite3.connect(machine.database, timeout=20) as writer:
            writer.execute("CREATE TABLE twice (number)")
            while not done.is_set():
                writer.executemany("INSERT INTO twice VALUES (?)", [(1,), (2,)])
                writer.commit()
                started.set()
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert started.wait(PATIENCE)
    machine.run("backup", "here.tar").well()
    done.set()
    thread.join(PATIENCE)
    assert len(content(machine.root / "here.tar")) == 3
    with sqlite3.connect(machine.root / "out" / "campaign.db") as copy:
        [(rows,)] = copy.execute("SELECT COUNT(*) FROM twice").fetchall()
    copy.close()
    assert rows > 0
    assert rows % 2 == 0


AT_ONCE = 'settle = "0s"'


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("how", ["restored", "copied", "copied to a new machine"])
def test_what_went_out_after_a_backup_is_found_and_never_sent_again(machine, networks, how):
    machine.configure(networks.url, more=AT_ONCE)
    machine.queued("first", head=minutes_ago(20))
    machine.run("run", "--once").well()
    machine.post("second", minutes_ago(10))
    machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    machine.run("backup", "here.tar").well()
    shutil.copy(machine.database, machine.root / "copy.db")
    machine.run("run", "--once").well()
    assert len(networks.ledger.posts) == 6
    if how == "restored":
        machine.run("restore", "here.tar", "--yes").well()
        machine.run("resume", "--reason", "All is well.").well()
    else:
        machine.run("queue").well()
        shutil.copy(machine.root / "copy.db", machine.database)
        if how != "copied":
            (machine.root / "campaign.mark").unlink()
    said = machine.run("run", "--once").well()
    assert len(networks.ledger.posts) == 6
    assert machine.statuses() == {"published": sorted(["page-en", "x-en", "x-fr"] * 2)}
    if how != "restored":
        assert "are looked at first" in said.everything
    machine.post("third", minutes_ago(5))
    machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    machine.run("run", "--once").well()
    assert len(networks.ledger.posts) == 9


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_copy_from_before_the_first_post_is_noticed_too(machine, networks):
    """F-11 as it was: 3 of 3 went out twice."""
    machine.configure(networks.url, more=AT_ONCE)
    machine.queued(head=minutes_ago(10))
    shutil.copy(machine.database, machine.root / "copy.db")
    machine.run("run", "--once").well()
    shutil.copy(machine.root / "copy.db", machine.database)
    machine.run("run", "--once").well()
    assert len(networks.ledger.posts) == 3
    assert machine.statuses() == {"published": ["page-en", "x-en", "x-fr"]}


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_in_a_restored_backup_the_look_goes_first_though_all_is_paused(machine, networks):
    machine.configure(networks.url, more=AT_ONCE)
    machine.queued(head=minutes_ago(10))
    machine.run("backup", "here.tar").well()
    machine.run("run", "--once").well()
    machine.run("restore", "here.tar", "--yes").well()
    assert "sends nothing before its account was looked at" in machine.run("queue").out
    machine.run("run", "--once").well()
    assert machine.statuses() == {"published": ["page-en", "x-en", "x-fr"]}
    assert len(networks.ledger.posts) == 3
