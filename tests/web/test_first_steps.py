"""The first steps on Today: each ticked by what is really so, put away by who likes, gone once all is done."""

from dataclasses import replace

import pytest

from campaign.models import ChannelState, Event
from campaign.people.roles import Role, add_user
from campaign.states import Status
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
AWAY = "/first-steps/put-away/"


def steps(page):
    """Each of the steps, and whether it is done."""
    told = [line for line in page.all("li.item") if line.get("class") == "item"]
    return {line.text.split(" Done")[0]: "data-done" in line.attributes for line in told}


def done(page):
    return [words for words, is_done in steps(page).items() if is_done]


def test_they_are_not_for_strangers_and_volunteers(stranger, volunteer):
    stranger.post(AWAY, expect=302)
    volunteer.post(AWAY, expect=403)
    assert "The first steps" not in volunteer.get("/").text


def test_each_is_ticked_by_what_is_really_so(admin, settings):
    assert done(admin.get("/")) == []
    add_user("bob", Role.STAFF)
    assert done(admin.get("/")) == ["Invite your team"]
    draft = delivery(of=post("a"), status=Status.DRAFT)
    ChannelState.objects.create(name="x-en", tested_at=NOON, test_problem="It said no.")
    assert done(admin.get("/")) == ["Invite your team", "Write the first post"]
    draft.approved_by = admin.user
    draft.save()
    ChannelState.objects.update(test_problem="")
    assert len(done(admin.get("/"))) == 4
    settings.CONFIG = replace(
        settings.CONFIG, publishing=replace(settings.CONFIG.publishing, dry_run=False)
    )
    assert "The first steps" not in admin.get("/").text


def test_each_reader_is_led_to_what_they_can_do(staff, admin):
    page = staff.get("/")
    assert page.text.count("An admin does this.") == 2
    assert "An admin does this." not in admin.get("/").text
    assert admin.get("/").all("a[href=/channels/]")


def test_it_is_put_away_by_each_for_themselves_and_once(staff, admin):
    page = staff.after(AWAY)
    assert "The first steps" not in page.text.replace(
        "The list of the first steps is hidden.", ""
    )
    staff.post(AWAY)
    assert Event.objects.filter(action="first steps hidden").count() == 1
    assert "The first steps" in admin.get("/").text


def test_it_speaks_french(staff):
    assert "Les premières étapes" in staff.french().get("/").text
