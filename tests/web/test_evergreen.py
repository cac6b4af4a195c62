"""The pages of posts that go out again and again."""

import pytest

from campaign.decisions import approving
from campaign.models import Event
from campaign.models.evergreen import Evergreen, Variant
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON, TORONTO
from tests.posts_in_web import folder as folder
from tests.posts_in_web import planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TYPED = {"name": "Where to find help", "every": "7", "rest": "28", "until": ""}


@pytest.fixture
def post(staff):
    """A post that staff wrote and somebody else approved."""
    written = planned(staff)
    approving.approve(written, add_user("eve", Role.STAFF)[0], NOON, TORONTO)
    return written


def shown(page):
    return [field["value"] for field in page.all("input[name=shown]")]


def test_a_set_is_made_filled_and_allowed_by_a_second_person(staff, admin, post):
    page = staff.after("/evergreen/", TYPED)
    assert page.h1 == "Where to find help"
    made = Evergreen.objects.get()
    page = staff.after(f"/evergreen/{made.pk}/", {"do": "add", "post": post.pk})
    assert "It waits for the yes of somebody who did not write it." in page.text
    variant = Variant.objects.get()
    yes = {"do": "allow", "variant": variant.pk, "shown": shown(page)}
    refused = staff.after(f"/evergreen/{made.pk}/", yes)
    assert "somebody else has to approve it" in refused.text
    assert "Hello." in refused.text
    page = admin.after(f"/evergreen/{made.pk}/", yes)
    assert "said yes on" in page.text
    actions = Event.objects.filter(post=post).values_list("action", flat=True)
    assert {"made evergreen", "allowed again"} <= set(actions)


def test_words_that_nobody_was_shown_are_not_allowed(staff, admin, post):
    staff.after("/evergreen/", TYPED)
    made = Evergreen.objects.get()
    staff.after(f"/evergreen/{made.pk}/", {"do": "add", "post": post.pk})
    yes = {"do": "allow", "variant": Variant.objects.get().pk, "shown": ["0" * 64]}
    page = admin.after(f"/evergreen/{made.pk}/", yes)
    assert "has changed meanwhile: read it again" in page.text
    assert Variant.objects.get().allowed_by is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Give the set a name."),
        ({"every": "x"}, "Write a number of days."),
        ({"rest": "13"}, "14 to 730 days"),
        ({"until": "2027-01-01"}, "The last day of the set is past"),
    ],
)
def test_what_is_wrong_with_a_set_is_said_beside_the_form(staff, typed, said):
    page = staff.post("/evergreen/", {**TYPED, **typed}, expect=422)
    assert said in page.text
    assert not Evergreen.objects.exists()


def test_a_set_is_stopped_and_what_it_says_on_today_leads_there(staff, post):
    staff.after("/evergreen/", TYPED)
    made = Evergreen.objects.get()
    staff.after(f"/evergreen/{made.pk}/", {"do": "add", "post": post.pk})
    Variant.objects.update(problem="Nothing of it is out any more.")
    assert f"/evergreen/{made.pk}/" in staff.get("/").html
    page = staff.after(f"/evergreen/{made.pk}/", {"do": "stop"})
    assert "The set is stopped." in page.text
    assert f"/evergreen/{made.pk}/" not in staff.get("/").html
    page = staff.after(f"/evergreen/{made.pk}/", {**TYPED, "do": "change", "name": "Help"})
    assert page.h1 == "Help"
    variant = Variant.objects.get()
    staff.after(f"/evergreen/{made.pk}/", {"do": "take out", "variant": variant.pk})
    assert Variant.objects.get().left_at is not None


def test_volunteers_and_strangers_see_none_of_it(volunteer, stranger):
    volunteer.get("/evergreen/", expect=403)
    volunteer.post("/evergreen/", TYPED, expect=403)
    assert "sign-in" in stranger.get("/evergreen/", expect=302).went_to


def test_the_sets_stand_below_the_posts_in_the_menu(staff):
    page = staff.get("/evergreen/")
    assert [link["href"] for link in page.all("a[aria-current=page]")] == ["/posts/"]
