"""Pictures of posts: cropped, small in lists, and gone everywhere once they are taken back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from campaign.models import Delivery, Post, Upload
from campaign.stories.withdrawal import PICTURES, Via, withdraw
from campaign.web.frame import site
from tests.content.test_pictures import photo
from tests.content.test_pictures import written as encoded
from tests.deliveries import NOON, consent, person
from tests.posts_in_web import FORM, begun, planned
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def url(post, *more):
    return "/".join(("/posts", str(post.pk), *more, ""))


def added(staff, post):
    file = SimpleUploadedFile("a.jpg", encoded(photo(), "JPEG"), "image/jpeg")
    staff.post(url(post, "pictures"), FORM | {"picture": [file]})
    return Upload.objects.latest("pk")


def cut(staff, post, upload, do="crop-0", **more):
    described = {"pictures.0.file": upload.file_name, "pictures.0.alt.en": "A dog"}
    asked = {f"crop.0.{name}": value for name, value in more.items()}
    page = staff.after(url(post, "pictures"), FORM | described | asked | {"do": do})
    return page, page.one("input[name=pictures.0.file]")["value"]


def test_a_picture_is_cropped_the_description_stays_and_the_whole_one_comes_back(staff):
    post = begun(staff)
    whole = added(staff, post)
    page, file = cut(staff, post, whole, shape="square", across="0", down="100", size="50")
    part = Upload.objects.get(digest=file.partition(".")[0])
    assert (part.width, part.height) == (min(whole.width, whole.height) // 2,) * 2
    assert (part.cut_from, part.post, part.by) == (whole.digest, post, staff.user)
    assert page.one("textarea#pictures-0-alt-en").text.strip() == "A dog"
    # A second crop is made of the whole picture, not of the part.
    _, again = cut(staff, post, part, shape="wide")
    wide = Upload.objects.get(digest=again.partition(".")[0])
    assert (wide.cut_from, wide.width) == (whole.digest, whole.width)
    assert cut(staff, post, wide, do="whole-0")[1] == whole.file_name


@pytest.mark.parametrize(
    "asked", [{}, {"shape": "x", "across": "-1", "down": "²", "size": "9" * 5000}]
)
def test_what_cannot_be_read_is_the_largest_square_of_the_middle(staff, asked):
    post = begun(staff)
    _, file = cut(staff, post, added(staff, post), **asked)
    part = Upload.objects.get(digest=file.partition(".")[0])
    assert part.width == part.height


def test_what_is_no_picture_of_ours_is_not_cropped(staff):
    post = begun(staff)
    for name in ("../../etc/passwd", "a" * 64 + ".jpg"):
        form = FORM | {"pictures.0.file": name, "do": "crop-0"}
        assert "is not there any more" in staff.after(url(post, "pictures"), form).text
    staff.after(url(post, "pictures"), FORM | {"do": "crop-7"})


def test_a_part_of_a_picture_that_is_taken_back_is_gone_with_it_wherever_it_was_made(staff):
    who = person()
    consent(who)
    story, other = begun(staff, "Theirs"), begun(staff, "Another")
    whole = added(staff, story)
    Post.objects.filter(pk=story.pk).update(storyteller=who.reference, was_story=True)
    _, file = cut(staff, other, whole, shape="tall")
    part = file.partition(".")[0]
    assert staff.client.get(f"/pictures/{part}/small/").status_code == 200
    withdraw(who, PICTURES, Via.LINK, "", NOON)
    for digest in (whole.digest, part):
        for size in ("", "small/"):
            staff.get(f"/pictures/{digest}/{size}", expect=404)
    form = FORM | {"pictures.0.file": whole.file_name, "do": "crop-0"}
    assert "taken back" in staff.after(url(other, "pictures"), form).text


def test_a_small_picture_is_light_and_shown_to_the_same_people(staff, volunteer, stranger):
    digest = added(staff, begun(staff)).digest
    stranger.get(f"/pictures/{digest}/small/", expect=302)
    answer = volunteer.client.get(f"/pictures/{digest}/small/")
    with Image.open(io.BytesIO(answer.content)) as image:
        assert max(image.size) <= 480
    etag = answer.headers["ETag"]
    assert etag != volunteer.client.get(f"/pictures/{digest}/").headers["ETag"]
    again = volunteer.client.get(f"/pictures/{digest}/small/", headers={"If-None-Match": etag})
    assert again.status_code == 304
    for file in site.config().web.uploads.iterdir():
        file.unlink()
    staff.get(f"/pictures/{digest}/small/", expect=404)


def test_queue_calendar_and_approvals_show_the_picture_small(staff, second):
    post = planned(staff)
    digest = "b" * 64
    frozen = f'[{{"file": "/srv/{digest}.jpg", "sha256": "{digest}", "alt": "A dog"}}]'
    Delivery.objects.filter(post=post).update(pictures=frozen)
    for address in ("/queue/?from=", "/approve/", "/calendar/?on=2027-10-20"):
        drawn = second.get(address).all("img.thumbnail")
        assert {image["src"] for image in drawn} == {f"/pictures/{digest}/small/"}, address
    Delivery.objects.filter(post=post).update(status="withdrawn")
    assert second.get("/queue/?from=&status=withdrawn").all("img.thumbnail") == []
