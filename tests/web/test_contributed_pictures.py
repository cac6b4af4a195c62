"""A volunteer adds a picture and says who can be recognised in it; a person decides before it goes out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.authoring.composing.picturing import MOST, People, SentPicture, add_picture
from campaign.authoring.versions import latest_fields
from campaign.core.problem import Problem
from campaign.delivery.candidates import candidate_of, rows_of
from campaign.models import Delivery, Event, Post, Upload
from campaign.people.roles import Role
from campaign.web.frame import site
from tests.authoring.test_contributions import WORDS
from tests.content.test_pictures import photo
from tests.content.test_pictures import written as encoded
from tests.deliveries import NOON
from tests.pages import visitor
from tests.posts_in_web import FORM as POST_FORM
from tests.posts_in_web import folder as folder
from tests.posts_in_web import planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
FORM = {"kind": "awareness", "language": "en", "words": WORDS, "then": "hand_in"}
AGREED = {"shows": "others", "all_agree": "1", "alt": "Two people on a bench"}


def jpeg():
    return SimpleUploadedFile("us.jpg", encoded(photo(), "JPEG"), "image/jpeg")


def sent(volunteer, **more):
    form = {**FORM, "picture": jpeg(), **more}
    went = volunteer.post("/contributions/new/", form, expect=303).went_to
    return Post.objects.get(pk=int(went.strip("/").split("/")[-1]))


def pictures(post):
    return latest_fields([post.pk])[post.pk].pictures


def test_a_picture_is_sent_with_who_is_on_it_and_seen_by_who_sent_it(volunteer):
    post = sent(volunteer, **AGREED)
    [picture] = pictures(post)
    assert picture.alts == {"en": "Two people on a bench"}
    upload = Upload.objects.get()
    assert (upload.people, upload.post, upload.by) == ("others", post, volunteer.user)
    page = volunteer.get(f"/contributions/{post.pk}/")
    assert page.one("img.sent-picture")["src"] == f"/pictures/{upload.digest}/small/"
    said = Event.objects.filter(post=post, action="changed").get().reason
    assert "have agreed to it" in str(said)
    answer = volunteer.client.get(f"/pictures/{upload.digest}/small/")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "Say who can be recognised"),
        ({"shows": "x"}, "Say who can be recognised"),
        ({"shows": "self"}, "once everybody who can be recognised in it agrees"),
        ({"shows": "nobody", "alt": "x" * 2000}, "A sentence is enough"),
        ({"shows": "nobody", "picture": SimpleUploadedFile("a.jpg", b"GIF89a")}, "is a GIF"),
    ],
)
def test_what_is_missing_is_said_the_words_stay_and_nothing_is_kept(volunteer, more, says):
    form = {**FORM, "picture": jpeg(), **more}
    page = volunteer.post("/contributions/new/", form, expect=422)
    assert says in page.text
    assert page.one("textarea#words").text.strip() == WORDS
    assert not Post.objects.exists()
    assert not Upload.objects.exists()


def test_where_somebody_can_be_recognised_a_person_of_the_team_decides_first(
    volunteer, staff, second
):
    post = sent(volunteer, **AGREED)
    [picture] = pictures(post)
    form = POST_FORM | {
        "title": "x",
        "base": str(post.version),
        "pictures.0.file": picture.file,
    }
    form |= {"pictures.0.alt.en": "Two people", "pictures.0.alt.fr": "Deux personnes"}
    page = staff.after(f"/posts/{post.pk}/", form | {"do": "submit"})
    assert "Somebody can be recognised in the picture 1" in page.one("#notes-pictures-0").text
    assert "correct them, then submit it" in page.text
    again = {"base": page.one("input[name=base]")["value"], "do": "submit"}
    decided = {"accepted.people-in-picture": "Vera asked both on the phone."}
    page = staff.after(f"/posts/{post.pk}/", form | again | decided)
    assert "Submitted" in page.text
    # Who approves it sees that it was asked, and how one knows.
    assert "Vera asked both on the phone." in second.get(f"/approve/{post.pk}/").text


def test_one_with_people_on_it_is_for_the_team_and_for_who_sent_it(volunteer, staff):
    sent(volunteer, **AGREED)
    address = f"/pictures/{Upload.objects.get().digest}/small/"
    another = visitor("zoe", Role.VOLUNTEER)
    codes = [who.client.get(address).status_code for who in (volunteer, staff, another)]
    assert codes == [200, 200, 404]


def test_a_crop_of_it_shows_the_same_people(volunteer, staff):
    post = sent(volunteer, **AGREED)
    [picture] = pictures(post)
    form = POST_FORM | {"pictures.0.file": picture.file, "do": "crop-0"}
    staff.after(f"/posts/{post.pk}/pictures/", form)
    assert list(Upload.objects.values_list("people", flat=True)) == ["others", "others"]


def test_where_nobody_can_be_recognised_nothing_is_asked(volunteer, staff):
    post = sent(volunteer, shows="nobody")
    assert Upload.objects.get().people == ""
    assert "can be recognised in the picture" not in staff.get(f"/posts/{post.pk}/").text


def test_it_is_taken_out_and_gone_with_all_that_is_taken_back(volunteer, staff):
    post = sent(volunteer, **AGREED)
    digest = Upload.objects.get().digest
    form = {"words": WORDS, "based_on": str(post.version), "no_pictures": "1", "then": "keep"}
    volunteer.post(f"/contributions/{post.pk}/change/", form, expect=303)
    assert pictures(post) == ()
    volunteer.post(f"/contributions/{post.pk}/take-back/", expect=303)
    staff.get(f"/pictures/{digest}/", expect=404)


def test_what_was_cut_from_it_for_another_post_is_gone_too(volunteer, staff):
    post = sent(volunteer, **AGREED)
    [picture] = pictures(post)
    other = planned(staff)
    form = POST_FORM | {"pictures.0.file": picture.file, "do": "crop-0"}
    staff.after(f"/posts/{other.pk}/pictures/", form)
    cut = Upload.objects.exclude(cut_from="").get()
    assert cut.post == other
    assert staff.client.get(f"/pictures/{cut.digest}/").status_code == 200
    volunteer.post(f"/contributions/{post.pk}/take-back/", expect=303)
    staff.get(f"/pictures/{cut.digest}/", expect=404)


@pytest.mark.parametrize("is_cut", [False, True])
def test_no_other_post_goes_out_with_what_was_taken_back(volunteer, staff, is_cut):
    post = sent(volunteer, **AGREED)
    upload = Upload.objects.get()
    cut = Upload.objects.create(
        digest="c" * 64, width=1, height=1, at=NOON, cut_from=upload.digest, people="others"
    )
    shown = cut if is_cut else upload
    other = planned(staff).deliveries.get(channel="x-en")
    Delivery.objects.filter(pk=other.pk).update(pictures=f'[{{"sha256": "{shown.digest}"}}]')

    def may_go_out():
        [row] = rows_of([other.pk])
        return not candidate_of(row, {}).locked_picture

    assert may_go_out()
    volunteer.post(f"/contributions/{post.pk}/take-back/", expect=303)
    assert not may_go_out()
    volunteer.post(f"/contributions/{post.pk}/bring-back/", expect=303)
    assert may_go_out()


def test_nobody_adds_a_picture_to_the_words_of_another(volunteer, second):
    post = sent(volunteer, shows="nobody")
    folder = site.config().web.uploads
    picture = SentPicture(b"", "", People.NOBODY, agreed=True, alt="", language="en")
    with pytest.raises(Problem, match="No picture can be added"):
        add_picture(post, picture, folder, second.user, NOON)


def test_there_are_only_so_many(volunteer):
    post = sent(volunteer, shows="nobody")
    folder = site.config().web.uploads
    for number in range(1, MOST + 1):
        source = encoded(photo((40 + number, 40)), "JPEG")
        picture = SentPicture(source, "", People.NOBODY, agreed=True, alt="", language="en")
        if number < MOST:
            add_picture(post, picture, folder, volunteer.user, NOON)
    with pytest.raises(Problem, match="already"):
        add_picture(post, picture, folder, volunteer.user, NOON)
