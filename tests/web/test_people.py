"""The pages about people, and the page that an invitation opens."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client

from campaign.models import Event
from campaign.models.people import Invitation, Profile
from campaign.people import letters
from campaign.people.invitations import invite
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON, FakeClock
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db
GOOD = "seven green kettles sing"
PEOPLE, INVITE = "/people/", "/people/invite/"
EVIL = "<script>alert(1)</script>"
CHOSEN = {"name": "marie", "password": GOOD, "again": GOOD, "language": "fr"}


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def bob(db: None) -> User:
    return add_user("bob", Role.STAFF)[0]


def person(user: User, step: str = "") -> str:
    return f"{PEOPLE}{user.pk}/{step + '/' if step else ''}"


def link_of(page: Page) -> str:
    return urlsplit(page.one("input[readonly]")["value"]).path


def invited(admin: Visitor, role: str = "staff", email: str = "marie@survivornet.ca") -> str:
    """Invites somebody; returns the path that the invitation's link leads to."""
    admin.post(INVITE, {"email": email, "role": role}, expect=303)
    return link_of(admin.get(PEOPLE))


# --- the list


def test_the_list_says_who_there_is_and_how_they_sign_in(admin: Visitor, bob: User) -> None:
    Authenticator.objects.create(user=bob, type="totp", data={})
    User.objects.filter(pk=bob.pk).update(last_login=NOON)
    add_user("vera", Role.VOLUNTEER)
    User.objects.filter(username="vera").update(is_active=False)
    page = admin.get(PEOPLE)
    rows = [" ".join(row.text.split()) for row in page.all("tr")[1:]]
    assert rows[0].startswith("ana Admin Off")
    assert rows[1] == "bob Communications staff On Wed Oct 13, 2027, 12:00"
    assert rows[2] == "vera Switched off Volunteer Off Never: no password yet"
    assert "Nobody is waiting." in page.text


def test_the_list_goes_on_after_fifty_and_asks_few_questions(
    admin: Visitor, django_assert_max_num_queries: Any
) -> None:
    group = add_user("p000", Role.STAFF)[0].groups.get()
    more = User.objects.bulk_create(User(username=f"p{number:03}") for number in range(1, 70))
    group.user_set.add(*more)
    for number in range(30):
        invite(f"x{number}@survivornet.ca", Role.STAFF, User.objects.get(username="ana"), NOON)
    with django_assert_max_num_queries(16):
        page = admin.get(PEOPLE)
    assert len(page.all("tr")) == 51
    rest = admin.get(PEOPLE, {"after": "p048"})
    assert [one["href"] for one in page.all("a") if "after=" in one.get("href")] == [
        "?after=p048"
    ]
    assert len(rest.all("tr")) == 1 + 21
    assert "p049" in rest.text
    assert "p048" not in rest.text


@pytest.mark.parametrize("who", ["stranger", "volunteer", "staff"])
def test_the_pages_are_for_admins_alone(
    who: str, bob: User, request: pytest.FixtureRequest
) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    steps = (
        "role",
        "deactivate",
        "activate",
        "sign-out",
        "second-factor",
        "password-link",
        "email",
    )
    refused = 302 if who == "stranger" else 403
    visitor.get(PEOPLE, expect=refused)
    visitor.get(person(bob), expect=refused)
    visitor.post(INVITE, {"email": "eve@survivornet.ca", "role": "admin"}, expect=refused)
    visitor.post("/people/invitations/1/revoke/", expect=refused)
    for step in steps:
        visitor.post(
            person(bob, step), {"role": "admin", "email": "eve@survivornet.ca"}, expect=refused
        )
    assert not Invitation.objects.exists()
    assert not Event.objects.exists()
    bob.refresh_from_db()
    assert [group.name for group in bob.groups.all()] == ["staff"]


def test_nothing_is_done_by_following_a_link(admin: Visitor, bob: User) -> None:
    for step in (
        "role",
        "deactivate",
        "activate",
        "sign-out",
        "second-factor",
        "password-link",
        "email",
    ):
        admin.get(person(bob, step), expect=405)
    admin.get(INVITE, expect=405)


def test_no_form_is_taken_from_another_site(admin: Visitor, bob: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin.user)  # type: ignore[arg-type]
    for address in (
        INVITE,
        person(bob, "deactivate"),
        person(bob, "role"),
        "/people/invitations/1/revoke/",
    ):
        assert client.post(address, {"role": "admin", "email": "e@v.ca"}).status_code == 403
    assert not Event.objects.exists()


def test_somebody_who_is_not_there(admin: Visitor) -> None:
    admin.get("/people/4711/", expect=404)
    admin.post("/people/4711/deactivate/", expect=404)
    admin.post("/people/invitations/4711/revoke/", expect=404)


# --- inviting


def test_without_e_mail_the_link_is_shown_once(admin: Visitor) -> None:
    admin.post(INVITE, {"email": "Marie@survivornet.ca", "role": "volunteer"}, expect=303)
    page = admin.get(PEOPLE)
    assert "Hand this link over yourself" in page.text
    assert page.one("input[readonly]")["value"].startswith("http://127.0.0.1:8000/invitations/")
    again = admin.get(PEOPLE)
    assert not again.all("input[readonly]")
    assert "marie@survivornet.ca" in again.text


def test_with_e_mail_a_letter_goes_out_in_both_languages_and_no_link_is_shown(
    admin: Visitor, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    admin.post(INVITE, {"email": "marie@survivornet.ca", "role": "staff"}, expect=303)
    page = admin.get(PEOPLE)
    assert "on its way to marie@survivornet.ca" in page.text
    assert not page.all("input[readonly]")
    (letter,) = mail.outbox
    assert letter.to == ["marie@survivornet.ca"]
    assert "Your invitation to Cancer survivors' network" in letter.subject
    assert " / " in letter.subject
    link = "http://127.0.0.1:8000/invitations/"
    assert str(letter.body).count(link) == 2
    assert "ana invites you" in letter.body
    assert "&#" not in f"{letter.subject} {letter.body}"


def test_a_letter_that_cannot_be_sent_is_handed_over_instead(
    admin: Visitor, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"

    def away(*_: object, **__: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    admin.post(INVITE, {"email": "marie@survivornet.ca", "role": "staff"}, expect=303)
    page = admin.get(PEOPLE)
    assert "could not be sent" in page.text
    assert "/invitations/" in link_of(page)


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("", "staff", "not an e-mail address"),
        ("marie", "staff", "not an e-mail address"),
        ("marie@survivornet.ca", "", "Choose what they are invited to do"),
        ("marie@survivornet.ca", "boss", "Choose what they are invited to do"),
        ("bob@survivornet.ca", "staff", "bob has an account"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    email: str, role: str, said: str, admin: Visitor, bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(email="bob@survivornet.ca")
    page = admin.post(INVITE, {"email": email, "role": role}, expect=422)
    assert said in page.text
    assert page.one("input#email")["value"] == email
    assert not Invitation.objects.exists()


def test_an_invitation_is_taken_back(admin: Visitor, stranger: Visitor) -> None:
    link = invited(admin)
    pk = Invitation.objects.get().pk
    assert "was cancelled" in admin.after(f"/people/invitations/{pk}/revoke/").text
    assert "was cancelled" in stranger.get(link, expect=410).text
    assert "no longer open" in admin.after(f"/people/invitations/{pk}/revoke/").text


# --- accepting


def test_the_invited_person_makes_an_account_and_signs_in(
    admin: Visitor, stranger: Visitor
) -> None:
    link = invited(admin)
    page = stranger.get(link)
    assert "ana invites you" in page.text
    assert (
        "Your role: Communications staff ." in page.text
        or "Your role: Communications staff." in page.text
    )
    assert (
        "no-cache" in page.response.headers["Cache-Control"]
        or "no-store" in page.response.headers["Cache-Control"]
    )
    assert page.response.headers["Referrer-Policy"] == "same-origin"
    answer = stranger.post(link, CHOSEN, expect=303)
    assert answer.went_to == "/sign-in/"
    assert stranger.get("/account/", expect=302)
    welcome = stranger.get("/sign-in/")
    assert welcome.one("html")["lang"] == "fr"
    assert stranger.post("/sign-in/", {"login": "marie", "password": GOOD}).went_to == "/"
    assert stranger.get("/account/").one("html")["lang"] == "fr"
    assert "has been used" in Visitor(Client()).get(link, expect=410).text


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"name": "ana"}, "name", "already"),
        ({"name": "a b"}, "name", "cannot be"),
        ({"name": ""}, "name", "fill this in"),
        ({"password": "short", "again": "short"}, "password", "12"),
        ({"again": "something else entirely"}, "again", "not the same"),
        ({"password": ""}, "password", "fill this in"),
        ({"password": "x" * 5000, "again": "x" * 5000}, "password", "4096"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    change: dict[str, str], field: str, said: str, admin: Visitor, stranger: Visitor
) -> None:
    link = invited(admin)
    page = stranger.post(link, CHOSEN | change)
    assert said in page.one(f"#id_{field}_error").text
    wrong = page.one(f"input#id_{field}")
    assert wrong["aria-invalid"] == "true"
    assert f"id_{field}_error" in wrong["aria-describedby"]
    assert GOOD not in page.html
    assert page.one("input#id_name")["value"] == (CHOSEN | change)["name"]
    assert User.objects.count() == 1
    assert stranger.post(link, CHOSEN, expect=303)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"name": "ana"}, "name", "est déjà pris"),
        ({"name": "a b"}, "name", "« a b »"),
        ({"password": "short", "again": "short"}, "password", "12"),
        ({"password": "12345678", "again": "12345678"}, "password", "mot de passe"),
    ],
)
def test_what_is_wrong_is_said_in_french_on_a_french_page(
    change: dict[str, str], field: str, said: str, admin: Visitor, stranger: Visitor
) -> None:
    link = invited(admin)
    told = stranger.french().post(link, CHOSEN | change).one(f"#id_{field}_error").text
    assert said in told.replace("\u00a0", " ")
    assert not {"the", "name", "password"} & set(told.split())


@pytest.mark.parametrize("language", ["", "de", "<b>"])
def test_a_language_that_is_not_ours_makes_no_account(
    language: str, admin: Visitor, stranger: Visitor
) -> None:
    assert stranger.post(invited(admin), CHOSEN | {"language": language}).status == 200
    assert not Profile.objects.exists()


def test_an_invitation_opens_no_higher_role_than_it_says(
    admin: Visitor, stranger: Visitor
) -> None:
    stranger.post(
        invited(admin, "volunteer"),
        CHOSEN | {"role": "admin", "is_superuser": "on"},
        expect=303,
    )
    marie = User.objects.get(username="marie")
    assert [group.name for group in marie.groups.all()] == ["volunteer"]
    assert not marie.is_superuser


def test_it_is_too_late_after_seven_days(
    admin: Visitor, stranger: Visitor, site_clock: FakeClock
) -> None:
    link = invited(admin)
    site_clock.now += timedelta(days=7)
    assert "more than seven days old" in stranger.get(link, expect=410).text
    stranger.post(link, CHOSEN, expect=410)
    assert "marie@survivornet.ca" not in admin.get(PEOPLE).text


@pytest.mark.parametrize("key", ["x", "a" * 300, "é", "..", EVIL.replace("/", "")])
def test_a_made_up_key_opens_nothing(key: str, stranger: Visitor, volunteer: Visitor) -> None:
    for visitor in (stranger, volunteer):
        page = visitor.get(f"/invitations/{key}/", expect=410)
        assert "no such invitation" in page.text
        assert EVIL not in page.html


def test_somebody_who_is_signed_in_makes_no_second_account(
    admin: Visitor, staff: Visitor
) -> None:
    link = invited(admin)
    assert "You are signed in as maria" in staff.get(link).text
    staff.post(link, CHOSEN, expect=200)
    assert not User.objects.filter(username="marie").exists()


def test_the_form_of_an_invitation_is_taken_from_our_page_alone(admin: Visitor) -> None:
    link = invited(admin)
    assert Client(enforce_csrf_checks=True).post(link, CHOSEN).status_code == 403


# --- one person


def test_a_person_gets_another_role(admin: Visitor, bob: User) -> None:
    page = admin.get(person(bob))
    assert page.h1 == "bob"
    assert [
        one["value"] for one in page.all("input[name=role]") if "checked" in one.attributes
    ] == ["staff"]
    assert (
        "bob has another role: Volunteer."
        in admin.after(person(bob, "role"), {"role": "volunteer"}).text
    )
    assert "Choose a role" in admin.after(person(bob, "role"), {"role": "boss"}).text


def test_another_role_holds_from_the_next_page_on(admin: Visitor, second: Visitor) -> None:
    assert second.user
    second.get(PEOPLE, expect=403)
    admin.post(person(second.user, "role"), {"role": "admin"}, expect=303)
    assert second.get(PEOPLE).status == 200
    admin.post(person(second.user, "role"), {"role": "volunteer"}, expect=303)
    second.get(PEOPLE, expect=403)


def test_a_person_is_switched_off_at_once_and_on_again(admin: Visitor, second: Visitor) -> None:
    assert second.user
    assert second.get("/account/").status == 200
    assert "can no longer sign in" in admin.after(person(second.user, "deactivate")).text
    second.get("/account/", expect=302)
    assert "can sign in again" in admin.after(person(second.user, "activate")).text
    second.get("/account/", expect=302)


def test_an_admin_does_nothing_of_this_to_themselves(admin: Visitor) -> None:
    assert admin.user
    page = admin.get(person(admin.user))
    assert "This is you." in page.text
    assert "cannot deactivate yourself" in admin.after(person(admin.user, "deactivate")).text
    assert "another admin" in admin.after(person(admin.user, "role"), {"role": "staff"}).text
    assert "your account" in admin.after(person(admin.user, "second-factor")).text
    admin.after(person(admin.user, "sign-out"))
    assert admin.get(PEOPLE).status == 200


def test_a_person_is_signed_out_everywhere(admin: Visitor, second: Visitor) -> None:
    assert second.user
    assert "signed out everywhere" in admin.after(person(second.user, "sign-out")).text
    second.get("/account/", expect=302)


def test_a_second_factor_is_reset(admin: Visitor, bob: User) -> None:
    assert "Reset the second factor" not in admin.get(person(bob)).text
    Authenticator.objects.create(user=bob, type="totp", data={})
    assert "Reset the second factor" in admin.get(person(bob)).text
    assert "was taken away" in admin.after(person(bob, "second-factor")).text
    assert not Authenticator.objects.exists()
    assert "has no second factor" in admin.after(person(bob, "second-factor")).text


def test_a_link_for_a_password_is_shown_once_and_works_once(
    admin: Visitor, bob: User, stranger: Visitor
) -> None:
    link = link_of(admin.after(person(bob, "password-link")))
    assert not admin.get(person(bob)).all("input[readonly]")
    form = stranger.get(link, expect=302).went_to
    stranger.post(form, {"password1": GOOD, "password2": GOOD}, expect=302)
    bob.refresh_from_db()
    assert bob.check_password(GOOD)
    assert "no longer works" in Visitor(Client()).get(link).text
    assert list(Event.objects.values_list("actor", "action")) == [
        ("ana", "password link made"),
        ("bob", "password set"),
    ]


def test_an_address_is_kept_or_refused(admin: Visitor, bob: User) -> None:
    assert (
        "go to the new address"
        in admin.after(person(bob, "email"), {"email": "Bob@survivornet.ca"}).text
    )
    page = admin.post(person(bob, "email"), {"email": "bob"}, expect=422)
    assert "not an e-mail address" in page.one("#email_error").text
    assert page.one("input#email")["value"] == "bob"


@pytest.mark.parametrize(
    ("typed", "at", "sentence"),
    [
        ({"email": "bob", "role": "staff"}, "#email_error", "n’est pas une adresse"),
        ({"email": "", "role": "staff"}, "#email_error", "n’est pas une adresse"),
        (
            {"email": f"{'b' * 300}@e.ca", "role": "staff"},
            "#email_error",
            "au plus 254 caractères",
        ),
        ({"email": "new@e.ca", "role": "queen"}, "#role_error", "Choisissez"),
        ({"email": "new@e.ca"}, "#role_error", "Choisissez"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_at_its_field_in_the_readers_language(
    admin: Visitor, typed: dict[str, str], at: str, sentence: str
) -> None:
    page = admin.french().post("/people/invite/", typed, expect=422)
    assert sentence in page.one(at).text
    assert page.one("input#email")["value"] == typed["email"]
    assert not Invitation.objects.exists()


def test_people_are_told_what_an_admin_changed(
    admin: Visitor, bob: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    monkeypatch.setattr("campaign.people.letters.send_later", letters.send)
    User.objects.filter(pk=bob.pk).update(email="bob@survivornet.ca")
    Authenticator.objects.create(user=bob, type="totp", data={})
    admin.post(person(bob, "role"), {"role": "volunteer"}, expect=303)
    admin.post(person(bob, "second-factor"), expect=303)
    admin.post(person(bob, "password-link"), expect=303)
    admin.post(person(bob, "second-factor"), expect=303)  # there is none any more
    admin.post(person(bob, "email"), {"email": "new@survivornet.ca"}, expect=303)
    assert [letter.to for letter in mail.outbox] == [["bob@survivornet.ca"]] * 4
    bodies = [" ".join(str(letter.body).split()) for letter in mail.outbox]
    for body, words in zip(
        bodies,
        (
            "ana gave you another role",
            "took your second factor away",
            "link with which",
            "another e-mail address",
        ),
        strict=True,
    ):
        assert words in body
    assert not any("new-password" in body or "new@" in body for body in bodies)


def test_what_people_typed_is_shown_as_text(admin: Visitor, bob: User) -> None:
    assert admin.user
    User.objects.filter(pk=bob.pk).update(username=EVIL, email=f'"{EVIL}"@a.ca')
    Invitation.objects.create(
        email=f'"{EVIL}"@b.ca',
        role="staff",
        digest="0" * 64,
        by=admin.user,
        at=NOON,
        expires_at=NOON + timedelta(days=1),
    )
    for page in (
        admin.get(PEOPLE),
        admin.get(person(bob)),
        admin.post(INVITE, {"email": EVIL, "role": "staff"}, expect=422),
    ):
        assert EVIL not in page.html
        assert (
            EVIL in page.text
            or f'value="{EVIL.replace("<", "&lt;").replace(">", "&gt;")}"' in page.html
        )


def test_everything_is_french_too(admin: Visitor, bob: User, stranger: Visitor) -> None:
    assert admin.user
    link = invited(admin)
    Profile.objects.create(user=admin.user, language="fr")
    Authenticator.objects.create(user=bob, type="totp", data={})
    stranger.french()
    for page in (
        admin.get(PEOPLE),
        admin.get(person(bob)),
        stranger.get(link),
        stranger.get("/invitations/x/", expect=410),
    ):
        assert page.one("html")["lang"] == "fr"
        assert not {"password", "role", "people", "link", "invitation.", "staff"} & set(
            page.text.lower().split()
        )
    page = admin.post(INVITE, {"email": "marie", "role": "staff"}, expect=422)
    assert "not an e-mail" not in page.text


def test_sessions_are_no_place_for_a_link_that_was_seen(admin: Visitor) -> None:
    key = invited(admin).split("/")[-2]
    assert not any(key in str(one.get_decoded()) for one in Session.objects.all())
