"""A new post: a slot that was clicked is its time, it greets without errors, and a slot far away is asked about."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from campaign.models import Post, Version
from campaign.states import Stage
from tests.deliveries import NOON
from tests.folders import CAMPAIGN
from tests.posts_in_web import FORM, begun
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TYPED = {"campaign": "know", "kind": "awareness", "title": "A walk"}
EMPTY = FORM | {"title": "A walk", "when_mode": "slot", "en.short": "", "fr.short": ""}


def hidden(page, name):
    return [field["value"] for field in page.all(f"input[name={name}]")]


def form_of(page):
    """What the form of a new post carries by itself."""
    return {name: hidden(page, name) for name in ("when", "channel", "form")}


@pytest.fixture
def far_campaign(folder):
    later = CAMPAIGN.replace("mbc-day -12d", "2028-10-01").replace("mbc-day +18d", "2028-10-31")
    folder.write("posts/know/campaign.toml", later)


# The slot


def test_a_slot_that_is_clicked_in_the_calendar_is_the_time_of_the_post(staff):
    slot = staff.get("/calendar/?view=week").all("a[data-slot]")[0]
    page = staff.get(slot["href"])
    assert "It goes out on Thu Oct 14, 2027, 09:00." in page.text
    composer = staff.after(slot["href"], TYPED | form_of(page))
    assert composer.one("#when_date")["value"] == "2027-10-14"
    assert composer.one("#when_time")["value"] == "09:00"
    assert "That is Thu Oct 14, 2027, 09:00 on every channel." in composer.text


def test_its_channels_come_with_it_also_through_a_first_try_that_fails(staff):
    query = "/posts/new/?when=2027-10-15T09:00&channel=x-fr"
    page = staff.get(query)
    failed = staff.post("/posts/new/", form_of(page) | {"title": ""}, expect=422)
    for name in ("when", "channel"):
        assert form_of(failed)[name] == form_of(page)[name]
    composer = staff.after("/posts/new/", TYPED | form_of(failed))
    chosen = [
        box["value"]
        for box in composer.all("input[name=channels]")
        if "checked" in box.attributes
    ]
    assert chosen == ["x-fr"]
    assert 'when = "2027-10-15 09:00"' in Version.objects.get().source


def test_the_same_form_sent_twice_makes_one_post(staff):
    carried = form_of(staff.get("/posts/new/?when=2027-10-15T09:00"))
    assert (
        staff.post("/posts/new/", TYPED | carried).went_to
        == staff.post("/posts/new/", TYPED | carried).went_to
    )
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2028-03-12T02:30", "does not exist"),
        ("2027-10-13T11:00", "is over"),
        ("soon", "cannot be read"),
    ],
)
def test_a_time_that_cannot_be_is_told_and_not_changed_in_silence(staff, written, says):
    assert says in staff.get("/posts/new/", {"when": written}).text
    page = staff.after("/posts/new/", TYPED | {"when": written})
    assert says in page.text


def test_each_free_slot_leads_to_its_own_time_and_channels(staff):
    slots = staff.get("/calendar/?view=list").all("a[data-slot]")
    for slot in slots:
        asked = parse_qs(slot["href"].partition("?")[2])
        assert asked["when"] == [f"{slot['data-slot-day']}T{slot['data-slot']}"]
        assert asked["channel"] == ["x-en", "x-fr", "fb-fr"]


def test_a_volunteer_can_write_for_a_time_and_the_team_finds_it(volunteer, staff):
    path = "/contributions/new/?when=2027-10-15T09:00&channel=x-fr"
    page = volunteer.get(path)
    assert "You write it for Fri Oct 15, 2027, 09:00." in page.text
    failed = volunteer.post("/contributions/new/", form_of(page) | {"words": ""}, expect=422)
    sent = form_of(failed) | {"words": "Walk with us.", "kind": "awareness", "language": "en"}
    volunteer.post("/contributions/new/", sent, expect=303)
    composer = staff.get(f"/posts/{Post.objects.get().pk}/")
    assert composer.one("#when_date")["value"] == "2027-10-15"
    assert composer.one("#when_time")["value"] == "09:00"


# It greets


def test_a_new_post_greets_without_an_error(staff):
    page = staff.get(f"/posts/{begun(staff).pk}/")
    levels = {note["data-level"] for note in page.all(".finding")}
    assert levels == {"todo"}
    assert "The English text is still to write." in page.text
    assert page.one("#sum").text == "2 things still to write"
    assert "[en]" not in page.text and "Error" not in page.text


def test_once_somebody_has_tried_to_submit_it_what_is_missing_is_an_error(staff):
    post = begun(staff)
    page = staff.after(f"/posts/{post.pk}/", EMPTY)
    assert "2 things still to write" in page.text
    page = staff.after(f"/posts/{post.pk}/", EMPTY | {"base": "2", "do": "submit"})
    assert page.one("#sum").text == "2 things to correct"
    assert hidden(page, "tried") == ["1"]
    looked = staff.post(f"/posts/{post.pk}/preview/", EMPTY | {"tried": "1"})
    assert "2 things to correct" in looked.text


def test_submitting_answers_with_one_sentence(staff):
    page = staff.after(f"/posts/{begun(staff).pk}/", FORM | {"do": "submit"})
    notices = [notice.text for notice in page.all("li.notice")] or re.findall(
        r"Submitted: [^.]*\.", page.text
    )
    assert len(notices) == 1 and "3 deliveries wait" in notices[0]
    assert "Nothing goes out before" not in page.text


# A slot far away


@pytest.mark.usefixtures("far_campaign")
def test_a_next_free_slot_far_away_is_told_with_its_date_and_nearer_times(staff):
    page = staff.get(f"/posts/{begun(staff).pk}/")
    due = page.one("#due").text
    assert "The next free slot is Sunday, October 1, 2028, in 12 months. Is that meant?" in due
    fixes = [
        json.loads(button["value"])
        for button in page.all("#due")
        for button in page.all("button[name=fix]")
    ]
    assert ["when", "next-slot", "2027-10-14 09:00"] in fixes


@pytest.mark.usefixtures("far_campaign")
def test_a_nearer_time_is_taken_with_one_press(staff):
    post = begun(staff)
    fix = json.dumps(["when", "next-slot", "2027-10-14 09:00"])
    page = staff.after(f"/posts/{post.pk}/fix/", EMPTY | {"fix": fix})
    assert page.one("#when_date")["value"] == "2027-10-14"
    assert "Is that meant" not in page.text
    part = staff.post(f"/posts/{post.pk}/fix/", EMPTY | {"fix": fix}, HX_Request="true")
    assert part.one("#when")["hx-swap-oob"] == "true"
    assert part.one("#when_date")["value"] == "2027-10-14"


@pytest.mark.usefixtures("far_campaign")
def test_a_post_is_not_left_to_wait_for_months_without_a_yes(staff):
    post = begun(staff)
    sent = FORM | {"when_mode": "slot", "do": "submit"}
    page = staff.after(f"/posts/{post.pk}/", sent)
    assert "The post is saved; its next free slot is only on October 1, 2028" in page.text
    yes = page.one("input[name=far]")["value"]
    assert yes == datetime(2028, 10, 1, 13, tzinfo=UTC).isoformat()
    stale = (NOON + timedelta(days=99)).isoformat()
    staff.after(f"/posts/{post.pk}/", sent | {"base": "2", "far": stale})
    assert Post.objects.get().stage == Stage.WRITING
    looked = staff.post(f"/posts/{post.pk}/preview/", sent | {"far": yes})
    assert "checked" in looked.one("input[name=far]").attributes
    page = staff.after(f"/posts/{post.pk}/", sent | {"base": "2", "far": yes})
    assert Post.objects.get().stage == Stage.PLANNED
    assert "Is that meant" not in page.text
