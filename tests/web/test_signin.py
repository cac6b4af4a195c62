"""Signing in, passwords, the second factor; and the ways around them, which are closed."""

import base64
import logging
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from campaign.models import Event
from campaign.models.people import Profile
from campaign.people import letters
from campaign.people.roles import Role, add_user
from campaign.web.people.adapter import SecondFactorAdapter
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db
GOOD = "seven green kettles sing"
OTHER = "eight blue ladders hum"
SIGN_IN, CODE, SET_UP = "/sign-in/", "/sign-in/code/", "/sign-in/second-factor/set-up/"
WRONG = "The name and the password do not match."


@pytest.fixture(autouse=True)
def _quick(settings: object) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def marie(db: None) -> User:
    return person("marie", Role.STAFF)


@pytest.fixture
def post_office(settings: object, monkeypatch: pytest.MonkeyPatch) -> list[mail.EmailMessage]:
    """Letters can be sent, and are kept here."""
    settings.EMAIL_HOST = "mail.survivornet.ca"  # type: ignore[attr-defined]
    monkeypatch.setattr("campaign.web.people.adapter.send_later", letters.send)
    return mail.outbox


def person(name: str, role: Role) -> User:
    user, _ = add_user(name, role)
    user.email = f"{name}@survivornet.ca"
    user.set_password(GOOD)
    user.save()
    return user


def sign_in(visitor: Visitor, name: str = "marie", password: str = GOOD, **more: str) -> Page:
    return visitor.post(SIGN_IN, {"login": name, "password": password, **more})


def is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/account/").status_code == 200


def code(secret: str, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def set_up(visitor: Visitor) -> str:
    """Turns the second factor on; returns its secret."""
    page = visitor.get(SET_UP)
    secret = page.one("code.secret").text
    done = visitor.post(SET_UP, {"code": code(secret)}, expect=302)
    assert done.went_to == "/sign-in/second-factor/codes/"
    return secret


def recovery_codes(visitor: Visitor) -> list[str]:
    return re.findall(
        r"\b\d{8}\b",
        " ".join(one.text for one in visitor.get("/sign-in/second-factor/codes/").all("code")),
    )


# --- name and password


@pytest.mark.parametrize(
    "name", ["marie", "MARIE", "marie@survivornet.ca", "Marie@SurvivorNet.ca", " marie "]
)
def test_one_signs_in_by_name_or_by_address(name: str, marie: User, stranger: Visitor) -> None:
    assert sign_in(stranger, name).went_to == "/"
    assert is_in(stranger)


def test_the_page_has_a_label_for_each_field_and_offers_no_sign_up(stranger: Visitor) -> None:
    page = stranger.get(SIGN_IN)
    assert page.h1 == "Sign in"
    assert {one["for"] for one in page.all("label")} == {
        "id_login",
        "id_password",
        "id_remember",
    }
    assert not [
        one
        for one in page.all("a")
        if "signup" in one.get("href") or "sign-up" in one.get("href")
    ]
    assert "Cancer survivors' network" in page.one("a.brand").text


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    marie: User, stranger: Visitor
) -> None:
    answers = [
        re.sub(r'(name="csrfmiddlewaretoken"|X-CSRFToken).*?>', "", page.html).replace(
            name, "NAME"
        )
        for name in ("marie", "nobody", "marie@survivornet.ca", "nobody@survivornet.ca")
        for page in [sign_in(stranger, name, "wrong")]
    ]
    assert WRONG in sign_in(stranger, "marie", "wrong").text
    assert len(set(answers)) == 1
    assert not is_in(stranger)


def test_a_wrong_try_keeps_the_name_and_never_the_password(
    marie: User, stranger: Visitor
) -> None:
    page = sign_in(stranger, "marie", "my secret try")
    assert page.one("input#id_login")["value"] == "marie"
    assert "my secret try" not in page.html


def test_failed_tries_leave_no_password_anywhere(
    marie: User, stranger: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sign_in(stranger, "marie", "my secret try")
    assert "my secret try" not in caplog.text
    assert not any("my secret try" in str(row) for row in Event.objects.values_list())
    assert not any("my secret try" in str(one.get_decoded()) for one in Session.objects.all())


def test_somebody_who_guesses_has_to_wait_even_with_the_right_password(
    marie: User, stranger: Visitor
) -> None:
    for _ in range(5):
        assert WRONG in sign_in(stranger, "marie", "wrong").text
    page = sign_in(stranger, "marie", GOOD)
    assert "too many wrong tries" in page.text
    assert not is_in(stranger)


def test_guessing_through_many_names_from_one_address_is_slowed(
    marie: User, stranger: Visitor
) -> None:
    pages = [sign_in(stranger, f"name{number}", "wrong").text for number in range(12)]
    assert sum("too many wrong tries" in text for text in pages) == 2


def test_a_flood_is_answered_with_a_calm_page(stranger: Visitor) -> None:
    for _ in range(30):
        stranger.client.post(SIGN_IN, {"login": "", "password": ""})
    page = stranger.post(SIGN_IN, {"login": "a", "password": "b"}, expect=429)
    assert page.h1 == "Too many tries"


def test_a_deactivated_person_is_told_so_only_after_the_right_password(
    marie: User, stranger: Visitor
) -> None:
    User.objects.filter(pk=marie.pk).update(is_active=False)
    assert WRONG in sign_in(stranger, "marie", "wrong").text
    page = sign_in(stranger)
    assert page.went_to == "/sign-in/inactive/"
    assert "switched off" in stranger.get(page.went_to).text
    assert not is_in(stranger)


def test_one_stays_signed_in_only_when_one_says_so(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    assert stranger.client.session.get_expire_at_browser_close()
    stranger.post("/sign-in/out/")
    sign_in(stranger, remember="on")
    assert stranger.client.session.get_expiry_age() == pytest.approx(14 * 24 * 3600, abs=5)


# --- where one is led afterwards


@pytest.mark.parametrize("page", ["/queue/", "/account/?x=1", "/people/"])
def test_one_goes_where_one_wanted_to_go(page: str, marie: User, stranger: Visitor) -> None:
    assert sign_in(stranger, next=page).went_to == page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "http://evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        " //evil.example",
        "/\t/evil.example",
        "http://localhost/",
        "https://testserver@evil.example/",
        "data:text/html,x",
    ],
)
def test_nobody_is_led_to_a_page_that_is_not_ours(
    elsewhere: str, marie: User, stranger: Visitor
) -> None:
    for went_to in (
        sign_in(stranger, next=elsewhere).went_to,
        stranger.get(f"{SIGN_IN}?next={quote(elsewhere)}").went_to,  # signed in by now
        stranger.post("/language/", {"language": "fr", "next": elsewhere}).went_to,
        stranger.post("/sign-in/out/", {"next": elsewhere}).went_to,
    ):
        parts = urlsplit(went_to)
        assert (parts.scheme, parts.netloc) == ("", ""), went_to
        assert went_to.startswith("/") and not went_to.startswith(("//", "/\\")), went_to


# --- sessions


def test_the_sessions_key_is_a_new_one_after_the_sign_in(
    marie: User, stranger: Visitor
) -> None:
    session = stranger.client.session
    session["planted"] = "yes"
    session.save()
    before = str(session.session_key)
    stranger.client.cookies["campaign_session"] = before
    sign_in(stranger)
    assert stranger.client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(
    marie: User, stranger: Visitor
) -> None:
    stranger.get(SIGN_IN)
    sign_in(stranger)
    for name in ("campaign_session", "campaign_csrf"):
        assert stranger.client.cookies[name]["httponly"]
        assert stranger.client.cookies[name]["samesite"] == "Lax"


def test_a_changed_password_ends_all_other_sessions(marie: User, stranger: Visitor) -> None:
    elsewhere = Visitor(Client())
    sign_in(stranger)
    sign_in(elsewhere)
    answer = stranger.post(
        "/sign-in/password/",
        {"oldpassword": GOOD, "password1": OTHER, "password2": OTHER},
        expect=302,
    )
    assert answer.went_to == "/account/"
    assert "Your password is new." in stranger.get("/account/").text
    assert not is_in(elsewhere)
    assert ("marie", "password set") in Event.objects.values_list("actor", "action")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"oldpassword": "wrong", "password1": OTHER, "password2": OTHER},
            "not your present password",
        ),
        (
            {"oldpassword": GOOD, "password1": OTHER, "password2": OTHER + "x"},
            "same password each time",
        ),
        ({"oldpassword": GOOD, "password1": "short", "password2": "short"}, "at least 12"),
        (
            {"oldpassword": GOOD, "password1": "marie.survivor", "password2": "marie.survivor"},
            "",
        ),
    ],
)
def test_a_password_is_not_changed_by_half(
    typed: dict[str, str], said: str, marie: User, stranger: Visitor
) -> None:
    sign_in(stranger)
    page = stranger.post("/sign-in/password/", typed)
    assert said in page.text
    marie.refresh_from_db()
    assert marie.check_password(GOOD) or not said


def test_signing_out_takes_a_form(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    assert stranger.get("/sign-in/out/").h1 == "Sign out?"
    assert is_in(stranger)
    assert stranger.post("/sign-in/out/").went_to == SIGN_IN
    assert not is_in(stranger)


# --- the second factor


def test_with_a_second_factor_the_password_alone_opens_nothing(
    marie: User, stranger: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(stranger)
    stranger.post("/sign-in/out/")
    assert sign_in(stranger, next="/account/").went_to == CODE
    assert not is_in(stranger)
    assert "code is not right" in stranger.post(CODE, {"code": "000000"}).text
    # What was typed to set it up opens nothing any more.
    assert "used before" in stranger.post(CODE, {"code": code(secret)}).text
    assert stranger.post(CODE, {"code": code(secret, later=1)}).went_to == "/account/"
    assert is_in(stranger)
    assert ("marie", "second factor on") in Event.objects.values_list("actor", "action")


def test_the_key_is_shown_as_a_picture_and_as_a_text(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    page = stranger.get(SET_UP)
    secret = page.one("code.secret").text
    picture = page.one("img.qr")
    assert picture["src"].startswith("data:image/svg+xml;base64,")
    assert b"<svg" in base64.b64decode(picture["src"].partition(",")[2])
    assert picture["alt"]
    assert secret in next(
        one["href"] for one in page.all("a") if one.get("href").startswith("otpauth:")
    )
    assert "'unsafe-inline'" not in page.response.headers["Content-Security-Policy"]


def test_setting_it_up_asks_for_the_password_when_the_sign_in_is_long_ago(
    volunteer: Visitor,
) -> None:
    assert volunteer.user
    volunteer.user.set_password(GOOD)
    volunteer.user.save()
    volunteer.client.force_login(volunteer.user)
    asked = volunteer.get(SET_UP, expect=302).went_to
    assert asked.startswith("/sign-in/again/")
    assert "Is it still you?" in volunteer.get(asked).text
    assert "not your password" in volunteer.post(asked, {"password": "wrong"}).text
    assert volunteer.post(asked, {"password": GOOD, "next": SET_UP}).went_to == SET_UP
    assert volunteer.get(SET_UP).h1 == "Set up a second factor"


def test_a_form_that_was_open_too_long_goes_on_after_the_password(
    marie: User, stranger: Visitor
) -> None:
    sign_in(stranger)
    secret = stranger.get(SET_UP).one("code.secret").text
    session = stranger.client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    asked = stranger.post(SET_UP, {"code": code(secret)}, expect=302).went_to
    assert asked.startswith("/sign-in/again/")
    answer = stranger.post(asked, {"password": GOOD, "next": SET_UP}, expect=302)
    assert answer.went_to == "/sign-in/second-factor/codes/"
    assert Authenticator.objects.filter(user=marie, type="totp").exists()


def test_a_code_is_taken_once_though_it_is_right_for_longer(
    marie: User, stranger: Visitor
) -> None:
    sign_in(stranger)
    secret = set_up(stranger)
    stranger.post("/sign-in/out/")
    now_right = code(secret, later=1)
    sign_in(stranger)
    assert stranger.post(CODE, {"code": now_right}, expect=302)
    stranger.post("/sign-in/out/")
    cache.clear()  # As after half a minute, or in another process.
    for spelling in (now_right, f"{now_right[:3]}-{now_right[3:]}", f" {now_right}"):
        sign_in(stranger)
        assert "used before" in stranger.post(CODE, {"code": spelling}).text
        assert not is_in(stranger)


def test_a_recovery_code_opens_once(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    set_up(stranger)
    codes = recovery_codes(stranger)
    assert len(codes) == 10
    stranger.post("/sign-in/out/")
    sign_in(stranger)
    assert stranger.post(CODE, {"code": codes[3]}, expect=302)
    assert is_in(stranger)
    assert "9 recovery codes are left" in stranger.get("/account/").text
    stranger.post("/sign-in/out/")
    sign_in(stranger)
    assert "code is not right" in stranger.post(CODE, {"code": codes[3]}).text


def test_guessing_codes_is_slowed(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    secret = set_up(stranger)
    stranger.post("/sign-in/out/")
    sign_in(stranger)
    for _ in range(5):
        stranger.post(CODE, {"code": "000000"})
    assert "too many wrong tries" in stranger.post(CODE, {"code": code(secret)}).text
    assert not is_in(stranger)


def test_the_codes_page_without_a_password_before_it_leads_to_the_sign_in(
    stranger: Visitor,
) -> None:
    assert stranger.get(CODE, expect=302).went_to == SIGN_IN


def test_the_codes_are_a_file_and_can_be_made_anew(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    set_up(stranger)
    codes = recovery_codes(stranger)
    file = stranger.get("/sign-in/second-factor/codes/file/")
    assert "attachment" in file.response.headers["Content-Disposition"]
    assert all(one in file.html for one in codes)
    assert stranger.post("/sign-in/second-factor/codes/new/", expect=302)
    assert not set(codes) & set(recovery_codes(stranger))


def test_turning_it_off_takes_a_form_and_takes_the_codes_along(
    marie: User, stranger: Visitor
) -> None:
    sign_in(stranger)
    set_up(stranger)
    assert (
        "Turn off the second factor?" in stranger.get("/sign-in/second-factor/turn-off/").text
    )
    assert (
        stranger.post("/sign-in/second-factor/turn-off/", expect=302).went_to
        == "/sign-in/second-factor/"
    )
    assert not Authenticator.objects.exists()
    assert ("marie", "second factor off") in Event.objects.values_list("actor", "action")


def test_secrets_lie_under_lock_in_the_database(
    marie: User, stranger: Visitor, settings: object
) -> None:
    sign_in(stranger)
    secret = set_up(stranger)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SecondFactorAdapter().decrypt(kept) == secret
    old, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 60  # type: ignore[attr-defined]
    assert SecondFactorAdapter().decrypt(kept) not in ("", secret)
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]
    assert SecondFactorAdapter().decrypt(kept) == secret


# --- admins who need one


def needed(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Web:
        second_factor_for_admins = True

    class Config:
        web = Web()

    monkeypatch.setattr("campaign.web.people.second_factor.config", Config)


def test_an_admin_without_one_is_led_to_set_it_up(
    stranger: Visitor, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("ana", Role.ADMIN)
    needed(settings, monkeypatch)
    sign_in(stranger, "ana")
    for address in ("/", "/people/", "/account/", "/sign-in/password/"):
        assert stranger.get(address).went_to == SET_UP
    assert (
        stranger.post(
            "/people/invite/", {"email": "x@y.ca", "role": "admin"}, expect=303
        ).went_to
        == SET_UP
    )
    page = stranger.get(SET_UP)
    assert "Admins sign in with a code as well" in page.text
    stranger.post("/language/", {"language": "fr", "next": SET_UP}, expect=303)
    set_up(stranger)
    assert is_in(stranger)


def test_others_are_not_led_there(
    volunteer: Visitor,
    staff: Visitor,
    stranger: Visitor,
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needed(settings, monkeypatch)
    assert volunteer.get("/account/").status == 200
    assert staff.get("/account/").status == 200
    assert stranger.get(SIGN_IN).status == 200


# --- a forgotten password


def test_without_e_mail_the_page_says_whom_to_ask(stranger: Visitor) -> None:
    assert "ask an admin" in stranger.get("/sign-in/forgotten/").text
    assert (
        "ask an admin"
        in stranger.post("/sign-in/forgotten/", {"email": "marie@survivornet.ca"}).text
    )
    assert not mail.outbox


def test_a_letter_brings_a_link_that_works_once(
    marie: User, stranger: Visitor, post_office: list[mail.EmailMessage]
) -> None:
    Profile.objects.create(user=marie, language="en")
    elsewhere = Visitor(Client())
    sign_in(elsewhere)
    sent = stranger.post(
        "/sign-in/forgotten/", {"email": "Marie@survivornet.ca"}, expect=302
    ).went_to
    assert "Check your e-mail" in stranger.get(sent).text
    (letter,) = post_office
    link = re.search(r"http\S+", str(letter.body))
    assert link and link[0].startswith("http://127.0.0.1:8000/sign-in/new-password/")
    form = stranger.get(urlsplit(link[0]).path, expect=302).went_to
    assert "set-password" in form
    done = stranger.post(form, {"password1": OTHER, "password2": OTHER}, expect=302).went_to
    assert "You can sign in with it now" in stranger.get(done).text
    assert not is_in(stranger), "a new password signs nobody in"
    assert not is_in(elsewhere)
    assert sign_in(stranger, password=OTHER).went_to == "/"
    again = Visitor(Client())
    assert "no longer works" in again.get(urlsplit(link[0]).path).text
    assert post_office[-1].subject == "Your password was changed"


def test_an_address_is_kept_in_one_place_alone(
    marie: User, stranger: Visitor, post_office: list[mail.EmailMessage]
) -> None:
    stranger.post("/sign-in/forgotten/", {"email": marie.email}, expect=302)
    assert not EmailAddress.objects.exists(), (
        "else an address that an admin has changed would still open the account"
    )
    sign_in(stranger)
    set_up(stranger)


def test_nothing_tells_whether_an_address_is_known(
    marie: User, stranger: Visitor, post_office: list[mail.EmailMessage]
) -> None:
    answers = {
        stranger.post("/sign-in/forgotten/", {"email": one}).went_to
        for one in ("marie@survivornet.ca", "x@y.ca")
    }
    assert answers == {"/sign-in/forgotten/sent/"}
    assert [letter.to for letter in post_office] == [["marie@survivornet.ca"]]


def test_a_letter_names_our_own_address_whatever_the_request_says(
    marie: User, post_office: list[mail.EmailMessage]
) -> None:
    Client().post("/sign-in/forgotten/", {"email": marie.email}, headers={"host": "localhost"})
    assert "http://127.0.0.1:8000/" in str(post_office[0].body)
    assert "localhost" not in str(post_office[0].body)


def test_letters_are_plain_and_in_the_readers_language(
    marie: User, stranger: Visitor, post_office: list[mail.EmailMessage]
) -> None:
    Profile.objects.create(user=marie, language="fr")
    stranger.post("/sign-in/forgotten/", {"email": marie.email})
    (letter,) = post_office
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", None)
    assert letter.subject == "Un nouveau mot de passe pour votre compte"
    assert "Bonjour marie," in letter.body
    assert "&#" not in letter.body


def test_a_mail_server_that_is_away_breaks_no_page(
    marie: User,
    stranger: Visitor,
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"  # type: ignore[attr-defined]

    def away(*_: object, **__: object) -> int:
        raise ConnectionRefusedError("marie@survivornet.ca")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    monkeypatch.setattr("campaign.web.people.adapter.send_later", letters.send)
    assert stranger.post("/sign-in/forgotten/", {"email": marie.email}, expect=302)
    assert "could not be sent: ConnectionRefusedError" in caplog.text
    assert "marie@" not in caplog.text


# --- what is closed


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/signup/",
        "/sign-in/sign-up/",
        "/signup/",
        "/accounts/signup/",
        "/accounts/login/",
        "/accounts/",
        "/sign-in/email/",
        "/sign-in/confirm-email/",
        "/sign-in/code/trust/",
        "/sign-in/login/code/",
        "/admin/",
        "/sign-in/second-factor/webauthn/",
    ],
)
def test_there_is_no_sign_up_and_nothing_else_of_allauths(
    address: str, stranger: Visitor, staff: Visitor
) -> None:
    for one in (stranger, staff):
        one.get(address, expect=404)
        one.post(address, {"username": "eve", "password1": GOOD, "email": "e@v.e"}, expect=404)
    assert not User.objects.filter(username="eve").exists()


def test_every_address_of_allauths_that_is_open_is_one_we_know() -> None:
    ours = {
        str(getattr(pattern, "name", ""))
        for pattern in get_resolver().url_patterns
        if str(getattr(getattr(pattern, "callback", None), "__module__", "")).startswith(
            "allauth."
        )
    }
    assert ours == {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }


MEMBERS_ONLY = (
    "/sign-in/again/",
    "/sign-in/password/",
    "/sign-in/password/first/",
    "/sign-in/code/again/",
    "/sign-in/second-factor/",
    SET_UP,
    "/sign-in/second-factor/turn-off/",
    "/sign-in/second-factor/codes/",
    "/sign-in/second-factor/codes/new/",
    "/sign-in/second-factor/codes/file/",
)


@pytest.mark.parametrize("address", MEMBERS_ONLY)
def test_a_stranger_sees_nothing_of_ones_account(address: str, stranger: Visitor) -> None:
    response = stranger.client.get(address)
    assert response.status_code in (302, 403, 404)
    if response.status_code == 302:
        assert response["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("who", ["volunteer", "staff", "admin"])
@pytest.mark.parametrize("address", MEMBERS_ONLY)
def test_no_page_of_ones_account_breaks_for_anybody(
    address: str, who: str, request: pytest.FixtureRequest
) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    assert visitor.client.get(address).status_code in (200, 302, 303, 403, 404)


FORMS = (
    SIGN_IN,
    "/sign-in/out/",
    "/sign-in/again/",
    "/sign-in/password/",
    "/sign-in/forgotten/",
    CODE,
    "/sign-in/code/again/",
    SET_UP,
    "/sign-in/second-factor/turn-off/",
    "/sign-in/second-factor/codes/new/",
    "/language/",
)


@pytest.mark.parametrize("address", FORMS)
def test_no_form_is_taken_from_another_site(address: str, marie: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(marie)
    assert client.post(address, {"language": "fr"}).status_code == 403
    assert Profile.objects.count() == 0


# --- language


def test_the_browsers_language_is_followed_until_one_chooses(
    marie: User, stranger: Visitor
) -> None:
    french = stranger.get(SIGN_IN, accept_language="fr-CA,fr;q=0.9,en;q=0.5")
    assert (french.one("html")["lang"], french.h1) == ("fr", "Se connecter")
    assert french.response.headers["Content-Language"] == "fr"
    assert "Accept-Language" in french.response.headers["Vary"]
    assert stranger.get(SIGN_IN, accept_language="de").one("html")["lang"] == "en"
    stranger.post("/language/", {"language": "fr", "next": SIGN_IN}, expect=303)
    assert stranger.get(SIGN_IN, accept_language="en").one("html")["lang"] == "fr"


def test_ones_own_choice_goes_before_cookie_and_browser(marie: User, stranger: Visitor) -> None:
    sign_in(stranger)
    stranger.post("/language/", {"language": "fr", "next": "/account/"}, expect=303)
    assert Profile.objects.get(user=marie).language == "fr"
    elsewhere = Visitor(Client())
    elsewhere.post("/language/", {"language": "en"})
    sign_in(elsewhere)
    assert elsewhere.get("/account/", accept_language="en").one("html")["lang"] == "fr"


@pytest.mark.parametrize("language", ["", "de", "fr-CA", "x" * 300, "../fr", "<b>"])
def test_a_language_that_is_not_ours_changes_nothing(
    language: str, marie: User, stranger: Visitor
) -> None:
    sign_in(stranger)
    stranger.post("/language/", {"language": language}, expect=303)
    assert not Profile.objects.exists()
    stranger.get("/language/", expect=405)


@pytest.mark.parametrize(
    "address",
    [SIGN_IN, "/sign-in/forgotten/", "/sign-in/inactive/", "/sign-in/forgotten/sent/"],
)
def test_pages_for_strangers_are_french_too(address: str, stranger: Visitor) -> None:
    english, french = stranger.get(address), stranger.get(address, accept_language="fr")
    assert french.one("html")["lang"] == "fr"
    assert french.h1 != english.h1
    assert "password" not in french.text.lower()


@pytest.mark.parametrize(
    "address", [SET_UP, "/sign-in/password/", "/sign-in/second-factor/codes/new/"]
)
def test_pages_of_ones_account_are_french_too(
    address: str, marie: User, stranger: Visitor
) -> None:
    Profile.objects.create(user=marie, language="fr")
    sign_in(stranger)
    set_up(stranger) if "codes" in address else None
    page = stranger.get(address)
    assert page.one("html")["lang"] == "fr"
    assert not {"password", "second factor", "recovery"} & set(page.text.lower().split())


def test_what_is_typed_is_shown_as_text(stranger: Visitor) -> None:
    page = sign_in(stranger, '"><script>alert(1)</script>', "wrong")
    assert "<script>alert" not in page.html
