"""Invitations: the only way to an account."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.problem import Problem
from campaign.models import Event
from campaign.models.people import Invitation, Profile
from campaign.people.accounts import BadAddress, BadPassword, address, change_role, deactivate
from campaign.people.invitations import (
    VALID_FOR,
    BadName,
    accept,
    invite,
    open_invitation,
    pending,
    revoke,
)
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON

pytestmark = pytest.mark.django_db
GOOD = "seven green kettles sing"


@pytest.fixture(autouse=True)
def _quick(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def ana() -> User:
    return add_user("ana", Role.ADMIN)[0]


def log() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("id").values_list("actor", "action", "reason"))


def test_an_invited_person_chooses_name_password_and_language_and_has_the_role(
    ana: User,
) -> None:
    invitation, key = invite("Marie@SurvivorNet.ca ", Role.STAFF, ana, NOON)
    marie = accept(key, "marie", GOOD, "fr", NOON)
    assert [group.name for group in marie.groups.all()] == ["staff"]
    assert (marie.email, marie.is_staff, marie.is_superuser) == (
        "marie@survivornet.ca",
        False,
        False,
    )
    assert marie.check_password(GOOD)
    assert Profile.objects.get(user=marie).language == "fr"
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (NOON, marie)


def test_the_key_is_kept_nowhere(ana: User) -> None:
    invitation, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    assert len(key) >= 40
    assert invitation.digest == hashlib.sha256(key.encode()).hexdigest()
    row = Invitation.objects.values().get()
    assert not any(key in str(value) for value in row.values())


def test_two_invitations_have_different_keys(ana: User) -> None:
    assert (
        invite("a@survivornet.ca", Role.STAFF, ana, NOON)[1]
        != invite("b@survivornet.ca", Role.STAFF, ana, NOON)[1]
    )


def test_the_log_tells_of_it_and_holds_no_address(ana: User) -> None:
    _, key = invite("marie@survivornet.ca", Role.VOLUNTEER, ana, NOON)
    accept(key, "marie", GOOD, "en", NOON)
    assert log() == [
        ("ana", "invited", "Somebody was invited as volunteer."),
        ("marie", "joined", "marie is now volunteer, invited by ana."),
    ]


@pytest.mark.parametrize("role", [Role.STAFF, Role.VOLUNTEER])
def test_only_an_admin_invites_and_revokes(role: Role, ana: User) -> None:
    bob = add_user("bob", role)[0]
    with pytest.raises(Problem, match="takes the role admin"):
        invite("marie@survivornet.ca", Role.VOLUNTEER, bob, NOON)
    invitation, _ = invite("marie@survivornet.ca", Role.VOLUNTEER, ana, NOON)
    with pytest.raises(Problem, match="takes the role admin"):
        revoke(invitation, bob, NOON)
    assert pending(NOON).count() == 1


def test_an_invitation_is_used_once(ana: User) -> None:
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    accept(key, "marie", GOOD, "en", NOON)
    with pytest.raises(Problem, match="has been used"):
        accept(key, "another", GOOD, "en", NOON)
    assert not User.objects.filter(username="another").exists()


def test_it_is_open_for_seven_days(ana: User) -> None:
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    assert open_invitation(key, NOON + VALID_FOR - timedelta(seconds=1))
    with pytest.raises(Problem, match="more than seven days old"):
        accept(key, "marie", GOOD, "en", NOON + VALID_FOR)


def test_a_new_invitation_to_the_same_address_ends_the_one_before(ana: User) -> None:
    _, old = invite("marie@survivornet.ca", Role.ADMIN, ana, NOON)
    _, new = invite("MARIE@survivornet.ca", Role.VOLUNTEER, ana, NOON)
    with pytest.raises(Problem, match="cancelled"):
        open_invitation(old, NOON)
    assert open_invitation(new, NOON).role == "volunteer"
    assert pending(NOON).count() == 1


def test_a_revoked_invitation_opens_nothing_and_is_not_revoked_twice(ana: User) -> None:
    invitation, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    revoke(invitation, ana, NOON)
    with pytest.raises(Problem, match="cancelled"):
        accept(key, "marie", GOOD, "en", NOON)
    with pytest.raises(Problem, match="no longer open"):
        revoke(invitation, ana, NOON)


def test_the_invitations_of_somebody_who_is_no_longer_an_admin_end(ana: User) -> None:
    eve, zoe = add_user("eve", Role.ADMIN)[0], add_user("zoe", Role.ADMIN)[0]
    _, of_eve = invite("one@survivornet.ca", Role.ADMIN, eve, NOON)
    _, of_zoe = invite("two@survivornet.ca", Role.ADMIN, zoe, NOON)
    deactivate(eve, ana, NOON)
    change_role(zoe, Role.STAFF, ana, NOON)
    for key in (of_eve, of_zoe):
        with pytest.raises(Problem, match="cancelled"):
            accept(key, "marie", GOOD, "en", NOON)
    change_role(zoe, Role.ADMIN, ana, NOON)
    with pytest.raises(Problem, match="cancelled"):
        open_invitation(of_zoe, NOON)


def test_a_role_taken_on_the_command_line_ends_them_too(ana: User) -> None:
    eve = add_user("eve", Role.ADMIN)[0]
    _, key = invite("one@survivornet.ca", Role.ADMIN, eve, NOON)
    add_user("eve", Role.STAFF)
    with pytest.raises(Problem, match="cancelled"):
        open_invitation(key, NOON)
    assert not pending(NOON).exists()


@pytest.mark.parametrize("key", ["", "x", "é", "../../etc", "a" * 500, "0" * 64])
def test_a_made_up_key_opens_nothing(key: str, ana: User) -> None:
    invitation, _ = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    with pytest.raises(Problem, match="no such invitation"):
        open_invitation(key, NOON)
    with pytest.raises(Problem, match="no such invitation"):
        open_invitation(invitation.digest, NOON)


@pytest.mark.parametrize("name", ["ana", "ANA", "Ana", "ana@survivornet.ca"])
def test_a_name_or_an_address_that_somebody_has_is_refused(name: str, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(email="ana@survivornet.ca")
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    with pytest.raises(BadName, match="already"):
        accept(key, name, GOOD, "en", NOON)
    ana.refresh_from_db()
    assert [group.name for group in ana.groups.all()] == ["admin"]
    assert not ana.check_password(GOOD)
    assert open_invitation(key, NOON)


@pytest.mark.parametrize(
    "name", ["", "  ", "marie tremblay", "a/b", "scheduler", "x" * 151, "<script>"]
)
def test_a_name_that_nobody_can_have_is_refused_and_the_invitation_stays_open(
    name: str, ana: User
) -> None:
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    with pytest.raises(BadName):
        accept(key, name, GOOD, "en", NOON)
    assert User.objects.count() == 1
    assert open_invitation(key, NOON)


@pytest.mark.parametrize(
    "password", ["", "short", "elevensigns", "123456789012", "password1234", "marie.tremblay"]
)
def test_a_weak_password_is_refused(password: str, ana: User) -> None:
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    with pytest.raises(BadPassword):
        accept(key, "marie.tremblay", password, "en", NOON)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "marie",
        "marie@",
        "a@b",
        "a b@survivornet.ca",
        "x" * 250 + "@a.ca",
        "a@b.ca\nBcc: x@y.ca",
    ],
)
def test_what_is_no_address_is_refused(email: str, ana: User) -> None:
    with pytest.raises(BadAddress):
        invite(email, Role.STAFF, ana, NOON)
    assert not Invitation.objects.exists()


def test_somebody_who_has_an_account_is_not_invited(ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(email="ana@survivornet.ca")
    with pytest.raises(BadAddress, match="ana has an account"):
        invite("Ana@survivornet.ca", Role.STAFF, ana, NOON)


def test_an_address_that_got_an_account_meanwhile_gets_no_second_one(ana: User) -> None:
    _, key = invite("marie@survivornet.ca", Role.STAFF, ana, NOON)
    User.objects.filter(pk=ana.pk).update(email="marie@survivornet.ca")
    with pytest.raises(Problem, match="has an account with your e-mail address"):
        accept(key, "marie", GOOD, "en", NOON)


@given(st.text(max_size=40))
def test_no_text_makes_an_address_with_a_blank_or_a_line_in_it(text: str) -> None:
    try:
        kept = address(text)
    except BadAddress:
        return
    assert kept == kept.lower()
    assert not any(sign.isspace() for sign in kept)
