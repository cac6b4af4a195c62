"""The times and limits of an account on their page: who rules is said, and changed."""

import pytest

from campaign.models.shared import Shared
from campaign.web.frame import site
from tests.deliveries import delivery
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
PAGE = "/channels/x-en/times/"
FORM = {
    "opened": "0",
    "slot_days_0": "mon-fri",
    "slot_time_0": "10:30",
    "slot_days_1": "daily",
    "slot_time_1": "",
    "gap": "2",
    "gap_unit": "h",
    "most": "3",
    "do": "set",
}


def test_what_is_set_here_counts_and_the_page_says_so(admin, folder):
    assert "says counts. You can set it here" in admin.get(PAGE).text
    page = admin.after(PAGE, FORM)
    admin.after(PAGE, FORM)  # pressed twice
    assert Shared.objects.count() == 1
    assert "Set here by" in page.text and "and not what" in page.text
    channel = site.config_now().channels["x-en"]
    assert (channel.slots, channel.max_per_day) == (("mon-fri 10:30",), 3)
    assert site.config().channels["x-en"].slots == ("daily 09:00",)
    shown = admin.get("/channels/x-en/").text
    assert "mon-fri 10:30" in shown and "2 hours" in shown
    assert page.one("input#slot_time_0")["value"] == "10:30"
    assert page.one("input#gap")["value"] == "2"


def test_the_settings_say_what_counts_and_what_the_file_says(admin, folder):
    assert "Set in the pages" not in admin.get("/settings/").text
    admin.post(PAGE, FORM)
    said = admin.get("/settings/").text
    assert "mon-fri 10:30 Set in the pages. defaults.toml says: daily 09:00" in said
    assert "3 Set in the pages. defaults.toml says: left out" in said


def test_it_can_be_given_back_to_the_file(admin, folder):
    admin.post(PAGE, FORM)
    page = admin.after(PAGE, {"opened": "1", "do": "give-back"})
    assert "The file counts again." in page.text
    assert site.config_now().channels["x-en"].slots == ("daily 09:00",)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"gap": "soon"}, "in digits"),
        ({"most": "-1"}, "in digits"),
        ({"most": "0"}, "a number from 1 to 1000"),
        ({"slot_time_0": "25:00"}, "does not end in a time"),
        ({"slot_days_0": "someday"}, "does not begin with weekdays"),
        ({"opened": "7"}, "changed meanwhile"),
    ],
)
def test_what_cannot_be_set_is_said(admin, folder, typed, said):
    page = admin.post(PAGE, FORM | typed, expect=422)
    assert said in page.text
    assert not Shared.objects.exists()


def test_what_waits_at_no_slot_any_more_is_listed(admin, folder, site_clock):
    off = delivery("off", due=site_clock.now.replace(hour=20), when="next-slot")
    assert f"/queue/{off.pk}/" in admin.get(PAGE).html
    assert "At no slot any more" in admin.get(PAGE).text


def test_the_composer_and_the_calendar_plan_with_it(admin, folder):
    admin.post(PAGE, FORM)
    assert "10:30" in admin.get("/calendar/?month=2027-12").text


def test_it_is_for_admins_as_the_channel_is(staff, volunteer, stranger, folder):
    staff.get(PAGE, expect=403)
    volunteer.get(PAGE, expect=403)
    staff.post(PAGE, FORM, expect=403)
    assert "sign-in" in stranger.get(PAGE, expect=302).went_to
    assert not Shared.objects.exists()


def test_it_can_be_read_in_french(admin, folder):
    admin.post(PAGE, FORM)
    assert "Réglé ici par" in admin.french().get(PAGE).text
