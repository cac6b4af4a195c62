"""A campaign is made, changed, copied, closed and taken as files on the pages."""

import io
import zipfile
from dataclasses import replace

import pytest

from campaign.authoring import compose
from campaign.authoring.shared import campaigns
from campaign.authoring.shared.campaign_source import CampaignFields
from campaign.decisions import approving
from campaign.models import Delivery, Post
from campaign.models.shared import Shared
from campaign.states import Status
from campaign.web.calendar.feed import feed_key_new
from campaign.web.frame import site
from tests.deliveries import NOON
from tests.posts_in_web import FIELDS, desk
from tests.posts_in_web import FORM as POST
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
WALK = CampaignFields(
    names={"en": "Winter walk", "fr": "Marche d’hiver"},
    start="2027-10-01",
    hashtags={"en": "#Walk", "fr": "#Marche"},
)
FORM = {
    "name.en": "Winter walk",
    "name.fr": "Marche d’hiver",
    "start_mode": "day",
    "start_day": "mbc-day",
    "start_days": "12",
    "start_side": "before",
    "end_mode": "day",
    "end_day": "mbc-day",
    "end_days": "0",
    "end_side": "after",
    "hashtags.en": "Walk",
    "links.share.en": "https://survivornet.ca/share",
}


@pytest.fixture
def walk(staff, folder):
    folder.template("{{ text }}\n\n{{ hashtags | join(' ') }}")
    return campaigns.make(WALK, staff.user, desk(), NOON)


@pytest.fixture
def queued(walk, staff, second):
    post = compose.create(walk, "awareness", "A first walk", staff.user, desk(), NOON)
    compose.save(post, FIELDS, staff.user, 1, desk(), NOON)
    compose.submit(post, staff.user, desk(), NOON)
    approving.approve(post, second.user, NOON, site.zone())
    return post


def values(page):
    """What a browser would send of the form."""
    fields = {each["name"]: each.get("value") for each in page.all("input[name]")}
    chosen = {}
    for each in page.all("input[type=radio]"):
        if "checked" in each.attributes:
            chosen[each["name"]] = each["value"]
    return {**fields, **chosen}


def test_a_form_makes_a_campaign_that_every_page_knows(staff, folder):
    sent = staff.sends("/new-campaign/", FORM)
    assert sent.went_to == "/campaigns/winter-walk/"
    page = staff.get(sent.went_to)
    assert page.h1 == "Winter walk"
    assert "From Oct. 1, 2027 to Oct. 13, 2027" in page.text
    assert "#Walk" in page.text and "https://survivornet.ca/share" in page.text
    assert "Version 1, saved by maria" in page.text
    assert "Winter walk" in staff.get("/posts/new/").text
    assert "Winter walk" in staff.get("/posts/").text
    assert "Winter walk" in staff.get("/rehearsal/").text
    assert "Winter walk" in staff.get("/calendar/?month=2027-10").text
    assert staff.french().get("/campaigns/winter-walk/").h1 == "Marche d’hiver"


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(staff, folder):
    wrong = {**FORM, "name.fr": "", "links.share.en": "nowhere", "hashtags.en": "#a-b"}
    page = staff.post("/new-campaign/", wrong, expect=422)
    assert not Shared.objects.exists()
    invalid = {each["name"] for each in page.all("input[aria-invalid]")}
    assert invalid == {"name.fr", "links.share.en", "hashtags.en"}
    kept = values(page)
    assert (kept["name.en"], kept["links.share.en"]) == ("Winter walk", "nowhere")
    assert (kept["start_mode"], kept["start_days"]) == ("day", "12")


def test_the_form_of_a_change_shows_what_is_there_and_sent_unchanged_changes_nothing(
    staff, walk
):
    address = f"/campaigns/{walk}/change/"
    staff.post(address, values(staff.get(address)), expect=303)
    assert Shared.objects.count() == 1


def test_a_change_shows_what_it_does_before_it_does_it(staff, second, queued, walk):
    address = f"/campaigns/{walk}/change/"
    typed = {**values(second.get(address)), "hashtags.en": "#WalkWithUs"}
    page = second.post(address, typed, expect=200)
    assert "1 delivery changes" in page.text and "WalkWithUs" in page.text
    assert "1 of them is approved already" in page.text
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.QUEUED}
    hidden = {each["name"]: each["value"] for each in page.all("input[type=hidden]")}
    back = second.post(address, {**hidden, "do": "edit"}, expect=200)
    assert values(back)["hashtags.en"] == "#WalkWithUs"
    # Between the page and the button somebody approves nothing less, but another saves first.
    campaigns.change(walk, replace(WALK, utm="w"), staff.user, desk(), NOON, based_on=1)
    late = second.post(address, {**hidden, "do": "change"}, expect=422)
    assert "Somebody else changed this campaign meanwhile" in late.text
    assert "Tag for counting" in late.text  # what the other has saved, and this would take away
    hidden = {each["name"]: each["value"] for each in late.all("input[type=hidden]")}
    assert second.sends(address, {**hidden, "do": "change"}).went_to == f"/campaigns/{walk}/"
    assert sorted(Delivery.objects.values_list("status", flat=True)) == [
        Status.DRAFT,
        Status.QUEUED,
        Status.QUEUED,
    ]


def test_a_campaign_of_a_file_is_shown_with_its_file_and_can_be_taken_over(staff, folder):
    page = staff.get("/campaigns/know/")
    assert "posts/know/campaign.toml" in page.text
    assert "/campaigns/know/change/" not in page.html
    staff.post("/campaigns/know/take-over/", {}, expect=303)
    (folder.posts / "know" / "campaign.toml").unlink()
    assert "/campaigns/know/change/" in staff.get("/campaigns/know/").html


def test_earlier_versions_are_named_and_a_file_that_says_otherwise_is_told(
    staff, second, walk, folder
):
    campaigns.change(walk, replace(WALK, utm="w"), second.user, desk(), NOON, based_on=1)
    page = staff.get(f"/campaigns/{walk}/")
    assert f"Version 2, saved by {second.user.username}" in page.text
    assert "Earlier versions Version 1, saved by maria" in page.text
    changes = staff.get("/log/?what=campaign+changed").text
    assert "utm was “”, is “w”" in changes
    folder.write(f"posts/{walk}/campaign.toml", 'name.en = "A"\nname.fr = "B"\n')
    assert "the file counts" in staff.get(f"/campaigns/{walk}/").text


def test_a_closed_campaign_is_offered_for_nothing_and_shown_as_closed(staff, volunteer, walk):
    staff.post(f"/campaigns/{walk}/close/", {}, expect=303)
    assert "Closed by maria" in staff.get(f"/campaigns/{walk}/").text
    assert "Closed" in staff.get("/campaigns/").text
    assert "Winter walk" not in staff.get("/posts/new/").text
    assert "Winter walk" not in volunteer.get("/contributions/new/").text
    staff.post(f"/campaigns/{walk}/open/", {}, expect=303)
    assert "Winter walk" in staff.get("/posts/new/").text


@pytest.mark.parametrize(
    ("is_approved", "button", "left"), [(True, 0, 3), (True, 1, 0), (False, 0, 0)]
)
def test_each_button_of_the_page_closes_a_campaign(
    staff, queued, walk, is_approved, button, left
):
    if not is_approved:
        Delivery.objects.update(status=Status.DRAFT)
    address = f"/campaigns/{walk}/close/"
    buttons = [each["value"] for each in staff.get(address).all("button[name=rest]")]
    said = staff.after(address, {"rest": buttons[button]})
    assert "The campaign is closed." in said.text
    assert Delivery.objects.filter(status=Status.QUEUED).count() == left


def test_what_waits_is_shown_before_a_campaign_is_closed(staff, queued, walk):
    page = staff.get(f"/campaigns/{walk}/close/")
    assert "3 deliveries are approved" in page.text
    staff.post(f"/campaigns/{walk}/close/", {"rest": "nonsense"}, expect=303)
    assert Delivery.objects.filter(status=Status.QUEUED).count() == 3
    staff.post(f"/campaigns/{walk}/close/", {"rest": "goes-out"}, expect=303)
    assert Delivery.objects.filter(status=Status.QUEUED).count() == 3


def test_a_copy_is_shown_with_its_posts_and_their_times_before_it_is_made(staff, queued, walk):
    address = f"/campaigns/{walk}/copy/"
    form = values(staff.get(address))
    assert form["name.en"] == "Winter walk 2028"
    form |= {"start_mode": "date", "start_date": "2028-10-02"}
    page = staff.post(address, form, expect=200)
    assert "A first walk" in page.text and "October 21, 2028" in page.text
    assert Post.objects.count() == 1
    hidden = {each["name"]: each["value"] for each in page.all("input[type=hidden]")}
    made = staff.sends(address, {**hidden, "do": "copy"})
    assert made.went_to == "/campaigns/winter-walk-2028/"
    assert "Being written 1" in staff.get(made.went_to).text


def test_the_zip_file_holds_what_was_written_here(staff, queued, walk):
    page = staff.get(f"/campaigns/{walk}/files/")
    assert f"{walk}/campaign.toml" in page.text
    answer = staff.client.get(f"/campaigns/{walk}/files/campaign.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{walk}.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == [f"{walk}/campaign.toml", f"{walk}/a-first-walk.toml"]


@pytest.mark.parametrize("page", ["change/", "copy/", "close/", "files/", "files/campaign.zip"])
def test_of_a_campaign_that_nobody_knows_there_is_no_page(staff, folder, page):
    staff.get(f"/campaigns/nothing/{page}", expect=404)


def test_a_post_shows_what_its_campaign_adds_and_leaves_the_hashtags_out(staff, queued):
    address = f"/posts/{queued.pk}/"
    page = staff.get(address)
    assert "The campaign adds (English) #Walk" in page.text
    staff.post(address, {**POST, "base": "2", "without_hashtags": "1"}, expect=303)
    fields, _ = compose.current_fields(queued, desk(), NOON)
    assert not fields.hashtags
    assert not [text for text in Delivery.objects.values_list("text", flat=True) if "#" in text]
    box = staff.get(address).one("input[name=without_hashtags]")
    assert "checked" in box.attributes


def test_lists_call_a_campaign_by_its_name_and_find_what_is_its(staff, queued, walk):
    for page in ("/queue/", "/log/"):
        assert "Winter walk" in staff.get(page).text
    assert "Hello." in staff.get(f"/queue/?campaign={walk}").text
    assert "Hello." not in staff.get("/queue/?campaign=know").text
    day = f"/calendar/?month=2027-10&campaign={walk}"
    assert "A first walk" in staff.get(day).text
    key = feed_key_new(staff.user)
    assert "A first walk" in staff.get(f"/feed/{key}.ics").html


def test_everyday_posts_are_the_first_choice_of_a_new_post(staff, folder):
    page = staff.get("/posts/new/")
    offered = [choice["value"] for choice in page.all("option")]
    assert offered.index("everyday") + 1 == offered.index("know")
