"""“Correct what is out” is a guided job: what is out where, what can be done there, why, and then the composer."""

import pytest

from campaign.models import Delivery, Event, Post
from campaign.publishers import Opened
from campaign.states import Status
from campaign.web.posts.out import correcting as page_of
from tests.decisions.test_correcting import out
from tests.deliveries import FakePublisher
from tests.posts_in_web import FORM, planned
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
SENT = {"channels": ["x-en", "fb-fr"], "why": "A wrong number.", "until": "", "form": "f"}


def url(post: Post) -> str:
    return f"/posts/{post.pk}/correct/"


def test_it_is_for_staff(stranger, volunteer, staff):
    post = out(planned(staff))
    for send in ("get", "post"):
        getattr(stranger, send)(url(post), expect=302)
        getattr(volunteer, send)(url(post), expect=403)
    staff.get("/posts/77/correct/", expect=404)
    assert Post.objects.count() == 1


def test_it_shows_what_is_out_and_what_can_be_done_there(staff):
    post = out(planned(staff))
    page = staff.get(url(post))
    assert len(page.all(".preview-twitter")) == 2
    assert "X lets nobody change a post: it is taken down" in page.text
    assert "Facebook can change the words where they are" in page.text
    assert len(page.all("input[name=channels]")) == 3
    assert "It still waits" not in page.text
    french = staff.french().get(url(post))
    assert "Corriger ce qui est en ligne" in french.text


def test_it_leads_to_the_composer_of_the_correction_and_both_pages_tell(staff):
    first = out(planned(staff))
    after = staff.after(url(first), SENT)
    assert "Correct the words here, then submit them" in after.text
    assert "This corrects A first post" in after.text
    assert after.one("textarea#en-short").text.strip() == "Hello."
    assert after.h1 == "A first post (corrected)"
    told = staff.get(f"/posts/{first.pk}/")
    assert "It is corrected by A first post (corrected)" in told.text
    delivery = Delivery.objects.get(post=first, channel="x-en")
    assert "It is corrected by" in staff.get(f"/queue/{delivery.pk}/").text
    assert Event.objects.filter(action="correction begun", reason="A wrong number.").exists()


def test_a_double_press_and_a_second_person_come_to_the_same_correction(staff, second):
    first = out(planned(staff))
    staff.after(url(first), SENT)
    staff.after(url(first), SENT)
    assert Post.objects.count() == 2
    after = second.after(url(first), SENT | {"form": "other"})
    assert "is being corrected already" in after.text
    assert after.h1 == "A first post (corrected)"
    assert second.get(url(first), expect=303).went_to.endswith(f"/{after_post().pk}/")
    assert Post.objects.count() == 2


def after_post() -> Post:
    return Post.objects.latest("pk")


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"why": " "}, "Say in a few words"), ({"channels": []}, "Choose where")],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(staff, typed, says):
    first = out(planned(staff))
    page = staff.post(url(first), SENT | {"until": "at once"} | typed, expect=422)
    assert says in page.text
    chosen = [
        box["value"] for box in page.all("input[name=channels]") if "checked" in box.attributes
    ]
    assert chosen == sorted((SENT | typed)["channels"], key=chosen.index)
    assert Post.objects.count() == 1


def test_what_does_harm_is_taken_down_at_once_where_it_can_be(staff, monkeypatch):
    first = out(planned(staff))
    opened = Opened({"x-en": FakePublisher()}, {})
    monkeypatch.setattr(page_of, "opened_publishers", lambda: opened)
    after = staff.after(url(first), SENT | {"until": "at once"})
    assert "What was out is taken down." in after.text
    assert "Delivery" in after.text
    statuses = dict(Delivery.objects.filter(post=first).values_list("channel", "status"))
    assert statuses == {
        "x-en": Status.REMOVED,
        "x-fr": Status.PUBLISHED,
        "fb-fr": Status.PUBLISHED,
    }
    assert Post.objects.count() == 2


def test_where_nothing_is_out_there_is_nothing_to_correct(staff):
    post = planned(staff)
    assert "there is nothing to correct" in staff.get(url(post)).text


def test_the_pages_lead_there(staff):
    first = out(planned(staff), "x-en")
    assert "It still waits on X, French and Facebook, French" in staff.get(url(first)).text
    delivery = Delivery.objects.get(post=first, channel="x-en")
    for address in (f"/posts/{first.pk}/", f"/queue/{delivery.pk}/"):
        assert url(first) in [a.get("href") for a in staff.get(address).all("a")], address
    Delivery.objects.update(status=Status.PUBLISHED)
    assert url(first) in [a.get("href") for a in staff.get(f"/posts/{first.pk}/").all("a")]


def test_a_correction_is_saved_like_any_other(staff):
    first = out(planned(staff))
    staff.after(url(first), SENT)
    post = after_post()
    form = FORM | {"base": "2", "title": "Corrected", "en.short": "Better."}
    form |= {"channels": ["x-en"], "do": "submit"}
    after = staff.after(f"/posts/{post.pk}/", form)
    assert "Submitted" in after.text
    assert Delivery.objects.get(post=post).text == "Better."


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.QUEUED, "still waits on this channel"),
        (Status.UNCONFIRMED, "may be out, and that"),
    ],
)
def test_a_correction_says_what_it_waits_for(staff, status, says):
    first = out(planned(staff))
    staff.after(url(first), SENT)
    post = after_post()
    form = FORM | {"base": "2", "title": "Corrected", "channels": ["x-en"], "do": "submit"}
    staff.after(f"/posts/{post.pk}/", form | {"en.short": "Better."})
    Delivery.objects.filter(post=post).update(status=Status.QUEUED)
    Delivery.objects.filter(post=first, channel="x-en").update(status=status)
    assert says in staff.get(f"/posts/{post.pk}/").text
