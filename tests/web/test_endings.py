"""What ends: links for a password, sessions and feeds, when somebody is deactivated, signed out everywhere, or has a new
password. And what a second factor guards, and what a double press makes."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from campaign.commands.frame import chores
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.models.people import Invitation, Profile
from campaign.models.stories import Storyteller
from campaign.people import accounts, letters
from campaign.people.roles import Role
from campaign.web.frame import site
from campaign.web.people.adapter import password_url
from tests import deliveries
from tests.pages import Page, Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import ENTERED, stories  # noqa: F401 - a fixture
from tests.web.test_signin import (
    CODE,
    GOOD,
    OTHER,
    SET_UP,
    code,
    is_in,
    person,
    recovery_codes,
    set_up,
    sign_in,
)

pytestmark = pytest.mark.django_db
OFF, CODES = "/sign-in/second-factor/turn-off/", "/sign-in/second-factor/codes/"


@pytest.fixture
def ana() -> User:
    return person("ana", Role.ADMIN)


@pytest.fixture
def marie() -> User:
    return person("marie", Role.STAFF)


def link_for(who: User, by: User) -> str:
    known = User.objects.get(pk=who.pk)  # as it is now: a sign-in ends a link, too
    whole = password_url(accounts.password_link(known, by, site.now()))
    return whole.removeprefix(site.config().web.url)


def opens(link: str) -> bool:
    return Client().get(link).status_code == 302


def chosen_by(link: str) -> Page:
    visitor = Visitor(Client())
    form = visitor.get(link, expect=302).went_to
    return visitor.post(form, {"password1": OTHER, "password2": OTHER})


ENDS: list[Callable[[User, User], object]] = [
    lambda who, by: (
        accounts.deactivate(who, by, site.now()),
        accounts.activate(who, by, site.now()),
    ),
    lambda who, by: accounts.sign_out_everywhere(who, by, site.now()),
    lambda who, by: accounts.set_password(
        User.objects.get(pk=who.pk), OTHER, "command line", site.now()
    ),
    lambda who, by: accounts.reset_second_factor(who, by, site.now()),
]


@pytest.mark.parametrize("ends", ENDS, ids=["deactivated", "signed out", "password", "factor"])
def test_links_sessions_and_feeds_end_together(ends, marie: User, ana: User) -> None:
    me, half = Visitor(Client()), Visitor(Client())
    sign_in(me)
    secret = set_up(me)
    sign_in(half)  # the code is still to come
    link = link_for(marie, ana)
    Profile.objects.update_or_create(user=marie, defaults={"feed_digest": "f" * 64})
    assert opens(link)
    ends(marie, ana)
    assert not opens(link)
    assert not is_in(me)
    half.post(CODE, {"code": code(secret, later=1)}, expect=302)
    assert not is_in(half)
    assert Profile.objects.get(user=marie).feed_digest == ""
    assert opens(link_for(marie, ana)), "a new one opens"


def test_nobody_elses_end(marie: User, ana: User) -> None:
    her = Visitor(Client())
    sign_in(her, "ana")
    link = link_for(ana, ana)
    Profile.objects.update_or_create(user=ana, defaults={"feed_digest": "f" * 64})
    accounts.deactivate(marie, ana, site.now())
    assert opens(link)
    assert is_in(her)
    assert Profile.objects.get(user=ana).feed_digest


def test_a_form_that_was_open_when_its_link_ended_changes_nothing(
    marie: User, ana: User
) -> None:
    visitor = Visitor(Client())
    form = visitor.get(link_for(marie, ana), expect=302).went_to
    accounts.sign_out_everywhere(marie, ana, site.now())
    page = visitor.post(form, {"password1": OTHER, "password2": OTHER})
    assert "This link no longer works" in page.text
    marie.refresh_from_db()
    assert marie.check_password(GOOD)


def test_a_new_password_of_ones_own_keeps_this_session_alone(marie: User) -> None:
    here, elsewhere = Visitor(Client()), Visitor(Client())
    sign_in(here)
    sign_in(elsewhere)
    here.post(
        "/sign-in/password/",
        {"oldpassword": GOOD, "password1": OTHER, "password2": OTHER},
        expect=302,
    )
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_open_one_link_at_the_same_moment_one_chooses(ana: User) -> None:
    marie = person("marie", Role.STAFF)
    read = [User.objects.get(pk=marie.pk) for _ in range(4)]

    def chooses(number: int) -> bool:
        try:
            accounts.set_password(read[number], f"{OTHER} {number}", "marie", site.now())
        except Problem:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(chooses, range(4))) == 1


def test_a_link_that_is_used_twice_at_once_says_so(
    marie: User, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_for(marie, ana)
    set_it = accounts.set_password

    def meanwhile(*given: object, **more: object) -> None:
        monkeypatch.setattr("campaign.web.people.adapter.set_password", set_it)
        assert chosen_by(link).went_to.endswith("/done/")
        set_it(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("campaign.web.people.adapter.set_password", meanwhile)
    visitor = Visitor(Client())
    form = visitor.get(link, expect=302).went_to
    answer = visitor.post(form, {"password1": GOOD + "x", "password2": GOOD + "x"}, expect=302)
    assert "This link no longer works" in visitor.get(answer.went_to).text
    marie.refresh_from_db()
    assert marie.check_password(OTHER)


# --- the second factor


def long_ago(visitor: Visitor) -> None:
    """As when the sign-in was an hour ago."""
    session = visitor.client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


@pytest.mark.parametrize("path", [OFF, CODES, f"{CODES}file/", f"{CODES}new/"])
def test_the_password_alone_neither_shows_nor_ends_a_second_factor(
    path: str, marie: User
) -> None:
    me = Visitor(Client())
    sign_in(me)
    secret = set_up(me)
    long_ago(me)
    asked = me.get(path, expect=302).went_to
    assert asked.startswith("/sign-in/code/again/")
    # The page for the password does not stand for it.
    led = me.post("/sign-in/again/", {"password": GOOD, "next": path}, expect=302)
    assert led.went_to.startswith("/sign-in/code/again/")
    assert me.get(path, expect=302).went_to.startswith("/sign-in/code/again/")
    me.post(asked, {"code": code(secret, later=1), "next": path}, expect=302)
    me.get(path)


def test_turning_it_off_takes_a_code_and_then_goes(marie: User) -> None:
    me = Visitor(Client())
    sign_in(me)
    secret = set_up(me)
    long_ago(me)
    asked = me.post(OFF, {}, expect=302).went_to
    assert Authenticator.objects.filter(user=marie).exists()
    # What was asked for goes on by itself after the code.
    me.post(asked, {"code": code(secret, later=1), "next": OFF}, expect=302)
    assert not Authenticator.objects.filter(user=marie).exists()


def test_a_recovery_code_turns_it_off_too_for_who_has_lost_the_phone(marie: User) -> None:
    me = Visitor(Client())
    sign_in(me)
    set_up(me)
    [one, *_] = recovery_codes(me)
    me.post("/sign-in/out/")
    sign_in(me)
    me.post(CODE, {"code": one}, expect=302)
    me.post(OFF, {}, expect=302)
    assert not Authenticator.objects.filter(user=marie).exists()


def test_without_a_second_factor_the_password_is_enough_to_set_one_up(marie: User) -> None:
    me = Visitor(Client())
    sign_in(me)
    long_ago(me)
    asked = me.get(SET_UP, expect=302).went_to
    assert asked.startswith("/sign-in/again/")
    me.post(asked, {"password": GOOD, "next": SET_UP}, expect=302)
    set_up(me)


# --- a double press, and what is over


def twice(visitor: Visitor, path: str, form_of: str, values: Mapping[str, object]) -> list[str]:
    """Opens the page with the form and sends it twice; where both lead."""
    number = visitor.get(form_of).all("input[name=form]")[0]["value"]
    return [
        visitor.post(path, {**values, "form": number}, expect=303).went_to for _ in range(2)
    ]


@pytest.mark.usefixtures("folder")
def test_a_double_press_begins_one_post(staff: Visitor) -> None:
    values = {"title": "A walk", "kind": "awareness", "campaign": "know"}
    first, second = twice(staff, "/posts/new/", "/posts/new/", values)
    assert first == second
    assert Post.objects.count() == 1
    twice(staff, "/posts/new/", "/posts/new/", values)
    assert Post.objects.count() == 2, "another form is another post"


@pytest.mark.usefixtures("folder")
def test_a_double_press_hands_in_one_contribution(volunteer: Visitor) -> None:
    values = {"kind": "awareness", "words": "A day.", "language": "en", "campaign": "know"}
    first, second = twice(volunteer, "/contributions/new/", "/contributions/new/", values)
    assert first == second
    assert Post.objects.get().stage == "submitted"


@pytest.mark.usefixtures("folder")
def test_somebody_elses_number_finds_nothing_of_theirs(
    volunteer: Visitor, second: Visitor
) -> None:
    values = {"kind": "awareness", "words": "A day.", "language": "en", "campaign": "know"}
    for visitor in (volunteer, second):
        visitor.post("/contributions/new/", {**values, "form": "guessed"}, expect=303)
    assert Post.objects.count() == 2


@pytest.mark.usefixtures("stories")
def test_a_double_press_enters_one_person_and_makes_one_post_of_them(
    volunteer: Visitor, staff: Visitor
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.stories_in_web import PDF

    page = volunteer.get("/stories/new/")
    number = page.all("input[name=form]")[0]["value"]
    for _ in range(2):
        proof = SimpleUploadedFile("signed.pdf", PDF)
        volunteer.post("/stories/new/", {**ENTERED, "proof": proof, "form": number}, expect=303)
    who = Storyteller.objects.get()
    story = f"/stories/{who.reference}/"
    first, second = twice(staff, f"{story}post/", story, {"campaign": "know"})
    assert first == second
    assert Post.objects.count() == 1


def test_a_double_press_sends_one_letter(admin: Visitor, settings, monkeypatch) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    monkeypatch.setattr(letters, "send_later", letters.send)
    who = deliveries.person()
    story = f"/stories/{who.reference}/"
    twice(admin, f"{story}link/", story, {"do": "mail"})
    assert len(mail.outbox) == 1
    invited = {"email": "zoe@example.org", "role": "volunteer"}
    twice(admin, "/people/invite/", "/people/", invited)
    assert len(mail.outbox) == 2
    assert Invitation.objects.filter(revoked_at=None).count() == 1
    twice(admin, "/people/invite/", "/people/", invited)
    assert len(mail.outbox) == 3, "another form is another letter"


def test_what_is_over_goes_and_what_is_open_stays(marie: User) -> None:
    over, still_open = Visitor(Client()), Visitor(Client())
    sign_in(over)
    sign_in(still_open, remember="on")
    gone = over.client.session.session_key
    moment = site.now()
    Session.objects.filter(session_key=gone).update(expire_date=moment)
    Session.objects.exclude(session_key=gone).update(expire_date=moment + timedelta(seconds=1))
    chores.tidy(moment)
    assert [one.session_key for one in Session.objects.all()] == [
        still_open.client.session.session_key
    ]
