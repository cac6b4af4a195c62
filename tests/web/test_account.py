"""The page of one's own account."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from campaign.demonstration import DEMO_VARIABLE
from campaign.models import Event
from campaign.models.people import Profile
from tests.pages import Visitor

pytestmark = pytest.mark.django_db
ACCOUNT, ELSEWHERE = "/account/", "/account/sign-out-elsewhere/"


@pytest.fixture(autouse=True)
def _quick() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("who", "name", "role"),
    [
        ("volunteer", "vera", "Volunteer"),
        ("staff", "maria", "Communications staff"),
        ("admin", "ana", "Admin"),
    ],
)
def test_everybody_sees_their_name_and_what_they_may_do(
    who: str, name: str, role: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(who).get(ACCOUNT)
    assert page.h1 == "My account"
    assert f"Name {name} Role {role}" in page.text
    assert "An admin can add one" in page.text


def test_a_stranger_is_led_to_the_sign_in(stranger: Visitor) -> None:
    assert stranger.get(ACCOUNT, expect=302).went_to == "/sign-in/?next=/account/"
    assert stranger.post(ELSEWHERE, expect=302).went_to.startswith("/sign-in/")


def test_ones_other_sessions_are_ended_and_this_one_stays(volunteer: Visitor) -> None:
    elsewhere = Visitor(Client())
    elsewhere.client.force_login(volunteer.user)  # type: ignore[arg-type]
    assert "1 other session was ended." in volunteer.after(ELSEWHERE).text
    elsewhere.get(ACCOUNT, expect=302)
    assert "signed in nowhere else" in volunteer.after(ELSEWHERE).text
    assert Event.objects.values_list("actor", "action").first() == (
        "vera",
        "signed out everywhere",
    )
    volunteer.get(ELSEWHERE, expect=405)


def test_no_form_is_taken_from_another_site(volunteer: Visitor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(volunteer.user)  # type: ignore[arg-type]
    assert client.post(ELSEWHERE).status_code == 403


def test_the_language_one_chooses_is_kept(staff: Visitor) -> None:
    page = staff.get(ACCOUNT)
    assert [
        one["value"] for one in page.all("input[name=language]") if "checked" in one.attributes
    ] == ["en"]
    french = staff.after("/language/", {"language": "fr", "next": ACCOUNT})
    assert (french.one("html")["lang"], french.h1) == ("fr", "Mon compte")
    assert [
        one["value"]
        for one in french.all("input[name=language]")
        if "checked" in one.attributes
    ] == ["fr"]
    assert Profile.objects.get(user=staff.user).language == "fr"


def test_the_second_factor_is_offered_or_looked_after(staff: Visitor) -> None:
    assert "Set up a second factor" in staff.get(ACCOUNT).text
    Authenticator.objects.create(user=staff.user, type="totp", data={"secret": ""})
    page = staff.get(ACCOUNT)
    assert "asked for a code from your phone" in page.text
    assert "Set up a second factor" not in page.text


def test_the_calendars_address_is_shown_once(staff: Visitor) -> None:
    session = staff.client.session
    session["feed_key"] = "k" * 43
    session.save()
    assert (
        staff.get(ACCOUNT).one("input[readonly]")["value"]
        == f"http://127.0.0.1:8000/feed/{'k' * 43}.ics"
    )
    assert not staff.get(ACCOUNT).all("input[readonly]")


def test_a_new_address_is_offered_where_there_is_one(staff: Visitor) -> None:
    assert "Make an address" in staff.get(ACCOUNT).text
    assert staff.user
    Profile.objects.create(user=staff.user, feed_digest="0" * 64)
    page = staff.get(ACCOUNT)
    assert "Make a new address" in page.text
    assert "0" * 64 not in page.html


def test_the_page_asks_few_questions(
    staff: Visitor, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        staff.get(ACCOUNT)


def test_what_people_are_called_is_shown_as_text(staff: Visitor) -> None:
    evil = "<script>alert(1)</script>"
    User.objects.filter(pk=staff.user.pk).update(username=evil, email=f'"{evil}"@a.ca')  # type: ignore[union-attr]
    page = staff.get(ACCOUNT)
    assert evil not in page.html
    assert evil in page.text


def test_the_page_is_french_too(admin: Visitor) -> None:
    page = admin.french().get(ACCOUNT)
    assert page.one("html")["lang"] == "fr"
    assert not {"password", "account", "language", "second factor", "devices"} & set(
        page.text.lower().split()
    )


def test_nothing_of_the_page_is_kept_by_the_browser(staff: Visitor) -> None:
    assert "no-store" in staff.get(ACCOUNT).response.headers["Cache-Control"]


def test_people_of_the_demonstration_have_no_password_and_are_asked_for_none(
    staff: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.get("/sign-in/second-factor/set-up/", expect=403)
    monkeypatch.setenv(DEMO_VARIABLE, "8000:key")
    assert staff.get("/sign-in/second-factor/set-up/").status == 200
