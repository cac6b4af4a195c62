"""Pictures that come in through the web."""

import hashlib

import pytest
from PIL import Image

from campaign.authoring import uploads
from campaign.content.fields import Fields, PictureFields
from campaign.content.pictures import check_output, inspect
from campaign.core.problem import Problem
from campaign.models import Upload
from campaign.people.roles import Role, add_user
from tests.content.test_pictures import exif, photo, written
from tests.folders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return add_user("mia", Role.STAFF)[0]


def jpeg():
    return written(photo(), "JPEG", exif=exif(6))


def test_a_picture_is_kept_under_its_own_hash_without_what_it_tells(tmp_path, mia):
    upload = uploads.keep(jpeg(), "Maria at home.jpg", tmp_path / "new", mia, NOW)
    data = uploads.file_of(upload, tmp_path / "new")
    assert data is not None
    assert hashlib.sha256(data).hexdigest() == upload.digest
    assert (upload.width, upload.height, upload.media_type, upload.by) == (
        48,
        64,
        "image/jpeg",
        mia,
    )
    check_output(data, "image/jpeg")
    assert not inspect(data).tells_more
    assert [path.name for path in (tmp_path / "new").iterdir()] == [f"{upload.digest}.jpg"]


def test_a_drawing_stays_a_png(tmp_path, mia):
    upload = uploads.keep(
        written(Image.new("RGB", (64, 64), "red"), "PNG"), "a.png", tmp_path, mia, NOW
    )
    assert upload.file_name == f"{upload.digest}.png"
    assert uploads.NAME.fullmatch(upload.file_name)


def test_the_same_picture_is_kept_once(tmp_path, mia):
    first, second = (
        uploads.keep(jpeg(), name, tmp_path, mia, NOW) for name in ("a.jpg", "b.jpg")
    )
    assert first == second
    assert Upload.objects.count() == len(list(tmp_path.iterdir())) == 1


def test_a_picture_whose_file_is_gone_can_be_sent_in_again(tmp_path, mia):
    upload = uploads.keep(jpeg(), "a.jpg", tmp_path, mia, NOW)
    (tmp_path / upload.file_name).unlink()
    assert uploads.file_of(upload, tmp_path) is None
    uploads.keep(jpeg(), "a.jpg", tmp_path, mia, NOW)
    assert uploads.file_of(upload, tmp_path) is not None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "no JPEG, PNG or WEBP"),
        (b"<svg onload=alert(1)>", "no JPEG, PNG or WEBP"),
        (b"GIF89a", "GIF"),
        (b"\xff\xd8\xff" + b"x" * 100, "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name(tmp_path, mia, source, says):
    with pytest.raises(Problem, match=f"The picture a.jpg .*{says}"):
        uploads.keep(source, "a.jpg", tmp_path, mia, NOW)
    assert (Upload.objects.count(), list(tmp_path.iterdir())) == (0, [])


def test_too_much_is_refused_before_it_is_looked_at(tmp_path, mia):
    with pytest.raises(Problem, match="31 megabytes"):
        uploads.keep(b"\xff\xd8\xff" + bytes(31_000_000), "a.jpg", tmp_path, mia, NOW)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, mia):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problem, match="could not be kept"):
        uploads.keep(jpeg(), "a.jpg", tmp_path / "file", mia, NOW)
    assert not Upload.objects.exists()


def test_pictures_of_files_are_copied_and_what_cannot_be_stays_named(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg())
    (tmp_path / "b.jpg").write_text("no picture")
    names = ("a.jpg", "b.jpg", "gone.jpg", "a\x00.jpg")
    fields = Fields(pictures=tuple(PictureFields(name, {"en": name}) for name in names))
    found = uploads.adopted(fields, tmp_path, tmp_path / "uploads", NOW)
    assert [one.file for one in found.pictures] == [Upload.objects.get().file_name, *names[1:]]
    assert [one.alts["en"] for one in found.pictures] == list(names)


@pytest.mark.parametrize(
    "name", ["../a.jpg", "/etc/passwd", "..\\a.png", "a.jpg", "", "..", "x" * 500, "é\x00"]
)
def test_a_form_names_no_other_file(name):
    (found,) = uploads.only_uploads([PictureFields(name)])
    assert found.file.startswith("no-")
    assert not set(found.file) & set("/\\\x00")
    assert len(found.file) < 70
    assert uploads.only_uploads([found]) == (found,)


def test_a_form_names_what_was_uploaded():
    kept = PictureFields(f"{'a' * 64}.jpg")
    assert uploads.only_uploads([kept]) == (kept,)
