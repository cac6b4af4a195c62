"""The calendar feed: who has it, what is in it, and what never is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from campaign.config import Channel
from campaign.models import Delivery, Event
from campaign.models.people import Profile
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.web.calendar import feed
from campaign.web.calendar.feed import feed_key_new, feed_revoke
from tests.deliveries import NOON, delivery, post
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db

TOMORROW = NOON + timedelta(days=1)


def address(person: Visitor) -> str:
    assert person.user
    return f"/feed/{feed_key_new(person.user)}.ics"


def events(page: Page) -> dict[str, Any]:
    return {
        str(one["UID"]): one for one in icalendar.Calendar.from_ical(page.html).walk("VEVENT")
    }


def only(page: Page) -> Any:
    (event,) = events(page).values()
    return event


def test_a_feed_opens_by_its_address_alone(staff, stranger):
    one = delivery(due=TOMORROW, of=post(title="Know the signs"))
    page = stranger.get(address(staff))
    event = only(page)
    assert page.response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["SUMMARY"]), event.start) == ("Know the signs · x-en · Queued", TOMORROW)
    assert str(event["UID"]).startswith(f"delivery-{one.pk}@")
    assert str(event["DESCRIPTION"]) == str(event["URL"])
    assert str(event["URL"]).endswith(f"/queue/{one.pk}/")


def test_a_feed_is_kept_private_and_leaves_no_cookie(staff, stranger):
    page = stranger.get(address(staff))
    assert page.response.headers["Cache-Control"].startswith("private")
    assert not page.response.cookies


def test_the_key_is_not_kept(staff):
    key = feed_key_new(staff.user)
    kept = Profile.objects.get(user=staff.user).feed_digest
    assert key not in kept and len(kept) == 64 and len(key) > 40


@pytest.mark.parametrize(
    "key", ["x", "%20", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
)
def test_an_unknown_address_is_not_there(staff, stranger, key):
    Profile.objects.create(user=staff.user)  # without a feed
    stranger.get(f"/feed/{key}.ics", expect=404)


def test_the_digest_itself_opens_nothing(staff, stranger):
    feed_key_new(staff.user)
    stranger.get(f"/feed/{Profile.objects.get(user=staff.user).feed_digest}.ics", expect=404)


def test_a_new_address_ends_the_one_before(staff, stranger):
    old, new = address(staff), address(staff)
    stranger.get(old, expect=404)
    stranger.get(new)


def test_a_revoked_feed_is_gone(staff, stranger):
    old = address(staff)
    feed_revoke(staff.user)
    stranger.get(old, expect=404)


def test_who_has_left_has_no_feed(staff, stranger):
    old = address(staff)
    staff.user.is_active = False
    staff.user.save()
    stranger.get(old, expect=404)


def test_who_has_no_role_any_more_has_no_feed(staff, stranger):
    old = address(staff)
    staff.user.groups.clear()
    stranger.get(old, expect=404)


def test_a_volunteer_s_feed_holds_only_their_own_posts(volunteer, stranger):
    mine = delivery("mine", due=TOMORROW, of=post("mine", author=volunteer.user))
    delivery("other", due=TOMORROW)
    event = only(stranger.get(address(volunteer)))
    assert str(event["SUMMARY"]).startswith("Mine")
    assert str(event["URL"]).endswith(f"/contributions/{mine.post.pk}/")


def test_neither_texts_nor_names_nor_a_story_s_title_are_in_a_feed(staff, stranger):
    story = post(
        "marie-story",
        kind="story",
        title="Marie’s story",
        storyteller="s-17",
        author=staff.user,
    )
    delivery("marie-story", due=TOMORROW, of=story, text="I was told on a Tuesday.")
    html = stranger.get(address(staff)).html.replace("\r\n ", "")
    for secret in ("Marie", "marie", "s-17", "Tuesday", "maria"):
        assert secret not in html
    assert f"Story no. {story.pk}" in html


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.QUEUED, "CONFIRMED"),
        (Status.PUBLISHED, "CONFIRMED"),
        (Status.DRAFT, "TENTATIVE"),
        (Status.MISSED, "TENTATIVE"),
        (Status.CANCELLED, "CANCELLED"),
        (Status.WITHDRAWN, "CANCELLED"),
        (Status.REMOVED, "CANCELLED"),
    ],
)
def test_an_entry_says_how_it_stands(staff, stranger, status, said):
    delivery(due=TOMORROW, status=status)
    assert str(only(stranger.get(address(staff)))["STATUS"]) == said


def test_what_is_out_stands_at_the_time_at_which_it_went_out(staff, stranger):
    out = NOON - timedelta(minutes=3)
    delivery(due=NOON - timedelta(minutes=4), status=Status.PUBLISHED, published_at=out)
    assert only(stranger.get(address(staff))).start == out


def test_an_entry_keeps_its_name_and_tells_when_it_was_changed(staff, stranger):
    one = delivery(due=TOMORROW)
    where = address(staff)
    before = only(stranger.get(where))
    Delivery.objects.filter(pk=one.pk).update(due_at=TOMORROW + timedelta(days=1))
    Event.objects.create(
        at=NOON + timedelta(minutes=5), actor="maria", action="rescheduled", delivery=one
    )
    after = only(stranger.get(where))
    assert before["UID"] == after["UID"]
    assert after["LAST-MODIFIED"].dt == NOON + timedelta(minutes=5) > before["LAST-MODIFIED"].dt


def test_who_has_it_already_does_not_get_it_again(staff, stranger):
    delivery(due=TOMORROW)
    where = address(staff)
    etag = stranger.get(where).response.headers["ETag"]
    again = stranger.get(where, If_None_Match=etag)
    assert (again.status, again.html) == (304, "")
    delivery("other", due=TOMORROW)
    assert stranger.get(where, If_None_Match=etag).status == 200


def test_a_feed_speaks_its_reader_s_language(staff, stranger):
    delivery(due=TOMORROW, of=post(kind="story"))
    where = address(staff)
    Profile.objects.filter(user=staff.user).update(language="fr")
    french = stranger.get(where).html
    Profile.objects.filter(user=staff.user).update(language="en")
    assert "Story no." in stranger.get(where).html
    assert french.startswith("BEGIN:VCALENDAR")


def test_hostile_titles_stay_titles(staff, stranger):
    delivery(due=TOMORROW, of=post(title="a\r\nBEGIN:VALARM;x,y\\"))
    event = only(stranger.get(address(staff)))
    assert str(event["SUMMARY"]).startswith("a\nBEGIN:VALARM;x,y\\")
    assert event.subcomponents == []


def test_a_feed_holds_what_is_near(staff, stranger, monkeypatch):
    for days in (-100, -2, -1, 1, 2, 500):
        delivery(f"post{days}", due=NOON + timedelta(days=days))
    assert len(events(stranger.get(address(staff)))) == 4
    monkeypatch.setattr(feed, "MOST_AHEAD", 1)
    monkeypatch.setattr(feed, "MOST_BACK", 1)
    found = events(stranger.get(address(staff))).values()
    assert sorted(one.start - NOON for one in found) == [timedelta(days=-1), timedelta(days=1)]


def test_a_feed_asks_few_questions(staff, stranger, django_assert_max_num_queries):
    for number in range(30):
        delivery(f"post-{number}", due=TOMORROW + timedelta(hours=number))
    where = address(staff)
    with django_assert_max_num_queries(5):
        stranger.get(where)


@pytest.mark.parametrize("role", list(Role))
def test_people_make_and_revoke_their_own_address(stranger, role):
    user, _ = add_user("paul", role)
    stranger.client.force_login(user)
    assert stranger.post("/feed/new/", expect=303).went_to == "/account/"
    key = stranger.client.session["feed_key"]
    stranger.get(f"/feed/{key}.ics")
    assert stranger.post("/feed/revoke/", expect=303).went_to == "/account/"
    assert "feed_key" not in stranger.client.session
    stranger.get(f"/feed/{key}.ics", expect=404)


@pytest.mark.parametrize("where", ["/feed/new/", "/feed/revoke/"])
def test_strangers_make_no_address_and_reading_changes_nothing(stranger, staff, where):
    assert "/sign-in/" in stranger.post(where, expect=302).went_to
    staff.get(where, expect=405)
    assert not Profile.objects.exclude(feed_digest="").exists()


def test_channels_are_called_as_people_call_them(staff, stranger, settings: Any):
    settings.CONFIG = replace(
        settings.CONFIG, channels={"x-en": Channel("x-en", "twitter", "en")}
    )
    delivery(due=TOMORROW)
    assert "A · X, English · Queued" in str(only(stranger.get(address(staff)))["SUMMARY"])
