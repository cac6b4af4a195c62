"""The team's pages of what waits: withdrawals for a second look, and stories that came while very many did."""

import pytest

from campaign.models.stories import Storyteller, TakingBack
from campaign.stories import many, papers, second_look, storyteller
from campaign.stories.consent import After
from campaign.stories.papers import Tale
from campaign.stories.withdrawal import ALL, Via
from campaign.web.frame import site
from tests.deliveries import NOON, consent, person
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import HOSTILE, stories  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


def taken_back(visitor, via_page="/stories/take-back/"):
    who = person()
    consent(who)
    visitor.post(via_page, {"reference": who.reference, "sure": "yes"}, expect=303)
    who.refresh_from_db()
    return who


def test_a_volunteer_who_notes_many_is_told_that_somebody_looks(volunteer, staff):
    three = [taken_back(volunteer) for _ in range(many.FEW)]
    assert all(who.withdrawn_at for who in three)
    fourth = taken_back(volunteer)
    assert (fourth.withdrawn_at, bool(fourth.held_at)) == (None, True)
    assert "somebody else looks at it" in volunteer.get("/stories/take-back/").text
    page = staff.get("/stories/")
    assert "look a second time" in page.text
    assert f"Noted by {volunteer.user.username}" in page.text
    assert (
        "Somebody noted that they take it back"
        in staff.get(f"/stories/{fourth.reference}/").text
    )


@pytest.mark.parametrize(("then", "is_gone"), [("confirm", True), ("mistake", False)])
def test_another_member_decides(volunteer, staff, then, is_gone):
    for _ in range(many.FEW):
        taken_back(volunteer)
    who = taken_back(volunteer)
    staff.post(
        f"/stories/second-look/{TakingBack.objects.get().pk}/", {"then": then}, expect=303
    )
    who.refresh_from_db()
    assert (bool(who.withdrawn_at), who.held_at) == (is_gone, None)


def test_who_says_that_somebody_has_died_is_told_that_somebody_looks(staff):
    who = person()
    consent(who, if_died=After.REMOVE)
    staff.post(f"/stories/{who.reference}/hold/", {"reason": "died"}, expect=303)
    assert "somebody else looks at it" in staff.get(f"/stories/{who.reference}/").text
    assert not Storyteller.objects.exclude(withdrawn_at=None).exists()


def test_the_team_waits_too_and_nobody_looks_at_their_own(staff):
    for _ in range(many.FEW + 1):
        who = person()
        consent(who)
        staff.post(f"/stories/{who.reference}/take-back/", {"scope": "all"}, expect=303)
    assert "somebody else looks at it" in staff.get(f"/stories/{who.reference}/").text
    page = staff.get("/stories/")
    assert "Somebody else has to look." in page.text
    assert not page.all("button[value=confirm]")
    staff.post(
        f"/stories/second-look/{TakingBack.objects.get().pk}/", {"then": "confirm"}, expect=303
    )
    assert "You noted it yourself" in staff.get("/stories/").text
    assert Storyteller.objects.exclude(withdrawn_at=None).count() == many.FEW


def test_strangers_and_volunteers_decide_nothing(volunteer, stranger):
    for _ in range(many.FEW + 1):
        who = person()
        consent(who)
        second_look.ask(who, ALL, Via.STAFF, "mallory", NOON)
    path = f"/stories/second-look/{TakingBack.objects.get().pk}/"
    volunteer.post(path, {"then": "confirm"}, expect=403)
    assert "/sign-in/" in stranger.post(path, {"then": "confirm"}, expect=302).went_to
    assert TakingBack.objects.filter(decided_at=None).count() == 1


def test_what_there_is_not_is_not_found(staff):
    staff.post("/stories/second-look/99/", {"then": "confirm"}, expect=404)


def apart(words="A day of mine."):
    who = person()
    consent(who)
    storyteller.came_in(who, f"form {who.reference}", is_aside=True)
    papers.keep_tale(site.config().web.uploads, who.reference, Tale(words, "en"))
    return who


def test_stories_that_wait_apart_are_shown_let_in_and_erased(staff):
    honest, none = apart(), apart(f"Buy {HOSTILE} now")
    assert "No story yet" in staff.get("/stories/").text
    page = staff.get("/stories/aside/")
    assert "A day of mine." in page.text
    assert HOSTILE not in page.html
    decide = "/stories/aside/decide/"
    staff.post(decide, {"reference": honest.reference, "do": "let_in"}, expect=303)
    assert honest.reference in staff.get("/stories/").text
    gone = staff.post(decide, {"reference": none.reference, "do": "erase"}, expect=303)
    assert gone.went_to == "/stories/"
    assert papers.tale_of(site.config().web.uploads, none.reference) is None
    assert "No story waits apart" in staff.get("/stories/aside/").text


def test_what_does_not_wait_apart_is_not_erased_from_there(staff):
    who = person()
    staff.post(
        "/stories/aside/decide/", {"reference": who.reference, "do": "erase"}, expect=303
    )
    assert "does not wait apart" in staff.get("/stories/").text
    who.refresh_from_db()
    assert who.erased_at is None


def test_nothing_chosen_changes_nothing(staff):
    apart()
    staff.post("/stories/aside/decide/", {"do": "erase"}, expect=303)
    assert "Choose the stories first." in staff.get("/stories/aside/").text


def test_strangers_and_volunteers_see_nothing_of_them(volunteer, stranger):
    who = apart()
    volunteer.get("/stories/aside/", expect=403)
    volunteer.post(
        "/stories/aside/decide/", {"reference": who.reference, "do": "erase"}, expect=403
    )
    stranger.get("/stories/aside/", expect=302)
    who.refresh_from_db()
    assert who.is_aside
