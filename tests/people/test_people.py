"""People: what an admin decides about them."""

import argparse
import io
from datetime import timedelta

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from campaign.commands import people as commands
from campaign.commands.frame.call import Call
from campaign.config import Config
from campaign.core.problem import Problem
from campaign.models import Event
from campaign.models.people import Profile
from campaign.people import accounts
from campaign.people.accounts import BadAddress, BadPassword
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


@pytest.fixture
def bob() -> User:
    return add_user("bob", Role.STAFF)[0]


def log() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("id").values_list("actor", "action", "reason"))


def roles_of(person: User) -> list[str]:
    return [group.name for group in person.groups.all()]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_in(client: Client) -> bool:
    """Whether the session still is somebody's."""
    return Session.objects.filter(session_key=client.cookies["campaign_session"].value).exists()


def test_an_admin_gives_a_role_and_the_log_tells(ana: User, bob: User) -> None:
    accounts.change_role(bob, Role.ADMIN, ana, NOON)
    assert roles_of(bob) == ["admin"]
    assert log() == [("ana", "role given", "bob is now admin.")]


def test_an_admin_cannot_take_the_role_from_themselves(ana: User, bob: User) -> None:
    accounts.change_role(bob, Role.ADMIN, ana, NOON)
    with pytest.raises(Problem, match="another admin"):
        accounts.change_role(ana, Role.STAFF, ana, NOON)
    accounts.change_role(ana, Role.STAFF, bob, NOON)
    assert roles_of(ana) == ["staff"]


def test_the_last_admin_who_can_sign_in_stays(ana: User, bob: User) -> None:
    accounts.change_role(bob, Role.ADMIN, ana, NOON)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    bob.refresh_from_db()
    with pytest.raises(Problem, match="takes the role admin"):
        accounts.change_role(ana, Role.STAFF, bob, NOON)
    with pytest.raises(Problem, match="last admin"):
        accounts._need_another_admin(ana)


STEPS = {
    "role": lambda person, by: accounts.change_role(person, Role.ADMIN, by, NOON),
    "deactivate": lambda person, by: accounts.deactivate(person, by, NOON),
    "activate": lambda person, by: accounts.activate(person, by, NOON),
    "email": lambda person, by: accounts.change_email(person, "x@survivornet.ca", by, NOON),
    "sign out": lambda person, by: accounts.sign_out_everywhere(person, by, NOON),
    "second factor": lambda person, by: accounts.reset_second_factor(person, by, NOON),
    "password link": lambda person, by: accounts.password_link(person, by, NOON),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.STAFF])
def test_nobody_but_an_admin_decides_about_others(step: str, role: Role, ana: User) -> None:
    eve = add_user("eve", role)[0]
    with pytest.raises(Problem, match="takes the role admin"):
        STEPS[step](ana, eve)
    assert not Event.objects.exists()


def test_a_deactivated_person_is_out_at_once_and_can_come_back(ana: User, bob: User) -> None:
    Profile.objects.create(user=bob, feed_digest="abc")
    client = signed_in(bob)
    accounts.deactivate(bob, ana, NOON)
    bob.refresh_from_db()
    assert not bob.is_active
    assert not is_in(client)
    assert Profile.objects.get(user=bob).feed_digest == ""
    accounts.activate(bob, ana, NOON)
    bob.refresh_from_db()
    assert bob.is_active
    assert roles_of(bob) == ["staff"]
    assert [event[1] for event in log()] == ["deactivated", "activated"]


def test_nobody_deactivates_themselves(ana: User, bob: User) -> None:
    accounts.change_role(bob, Role.ADMIN, ana, NOON)
    with pytest.raises(Problem, match="cannot deactivate yourself"):
        accounts.deactivate(ana, ana, NOON)


def test_signing_out_everywhere_ends_this_persons_sessions_alone(ana: User, bob: User) -> None:
    of_bob, of_ana = [signed_in(bob), signed_in(bob)], signed_in(ana)
    assert accounts.sign_out_everywhere(bob, ana, NOON) == 2
    assert [is_in(client) for client in (*of_bob, of_ana)] == [False, False, True]
    assert log() == [("ana", "signed out everywhere", "bob was signed out everywhere.")]


def test_one_keeps_the_session_in_which_one_says_so(bob: User) -> None:
    here, elsewhere = signed_in(bob), signed_in(bob)
    assert (
        accounts.sign_out_everywhere(
            bob, bob, NOON, keep=here.cookies["campaign_session"].value
        )
        == 1
    )
    assert [is_in(here), is_in(elsewhere)] == [True, False]


def test_a_session_that_still_waits_for_the_code_is_ended_too(ana: User, bob: User) -> None:
    client = Client()
    session = client.session
    session["account_login"] = {"user_pk": user_pk_to_url_str(bob)}
    session.save()
    assert accounts.sign_out_everywhere(bob, ana, NOON) == 1


def test_sessions_that_nobody_can_read_are_left_alone(ana: User, bob: User) -> None:
    Session.objects.create(
        session_key="x", session_data="nonsense", expire_date=NOON + timedelta(days=1)
    )
    assert accounts.sign_out_everywhere(bob, ana, NOON) == 0


def test_a_reset_second_factor_is_gone_with_its_codes_and_its_sessions(
    ana: User, bob: User
) -> None:
    # As a person does it: signed in first, so that the key is drawn before anything is locked with it.
    client = signed_in(bob)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=bob, type=kind, data={})
    assert accounts.has_second_factor(bob)
    accounts.reset_second_factor(bob, ana, NOON)
    assert not Authenticator.objects.exists()
    assert not is_in(client)
    assert log() == [("ana", "second factor reset", "The second factor of bob was taken away.")]
    with pytest.raises(Problem, match="no second factor"):
        accounts.reset_second_factor(bob, ana, NOON)


def test_ones_own_second_factor_is_not_reset_here(ana: User) -> None:
    with pytest.raises(Problem, match="your account"):
        accounts.reset_second_factor(ana, ana, NOON)


def test_an_address_is_kept_in_small_letters_and_is_one_persons(ana: User, bob: User) -> None:
    accounts.change_email(bob, "Bob@SurvivorNet.ca", ana, NOON)
    bob.refresh_from_db()
    assert bob.email == "bob@survivornet.ca"
    accounts.change_email(bob, "bob@survivornet.ca", ana, NOON)
    with pytest.raises(BadAddress, match="Somebody else"):
        accounts.change_email(ana, "BOB@survivornet.ca", ana, NOON)
    with pytest.raises(BadAddress, match="not an e-mail address"):
        accounts.change_email(ana, "ana", ana, NOON)
    assert not any("@" in reason for _, _, reason in log())


def test_a_password_that_is_set_ends_the_sessions_and_is_written_down_without_it(
    bob: User,
) -> None:
    accounts.set_password(bob, GOOD, "command line", NOON)
    bob.refresh_from_db()
    assert bob.check_password(GOOD)
    assert log() == [("command line", "password set", "bob has a new password.")]
    with pytest.raises(BadPassword):
        accounts.set_password(bob, "bob", "command line", NOON)


def test_a_deactivated_person_gets_no_link_for_a_password(ana: User, bob: User) -> None:
    accounts.deactivate(bob, ana, NOON)
    bob.refresh_from_db()
    with pytest.raises(Problem, match="activate the account first"):
        accounts.password_link(bob, ana, NOON)


class Pipe(io.StringIO):
    """What is piped into a command."""

    def __init__(self, text: str, *, is_terminal: bool = False) -> None:
        super().__init__(text)
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def give_password(name: str) -> int:
    arguments = argparse.Namespace(name=name)
    return commands.password(Call(arguments, Config(), lambda: NOON))


def test_a_password_is_piped_into_the_command(
    bob: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Pipe(GOOD + "\n"))
    assert give_password("bob") == 0
    said = capsys.readouterr()
    assert said.out == "bob has a new password, and was signed out everywhere.\n"
    bob.refresh_from_db()
    assert bob.check_password(GOOD)
    assert log() == [("command line", "password set", "bob has a new password.")]


def test_a_password_is_typed_twice_at_a_terminal(
    bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([GOOD, GOOD + "!", GOOD, GOOD])
    monkeypatch.setattr("sys.stdin", Pipe("", is_terminal=True))
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(Problem, match="not the same"):
        give_password("bob")
    assert give_password("bob") == 0


def test_nothing_piped_in_changes_nothing(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Pipe(""))
    with pytest.raises(Problem, match="no password to read"):
        give_password("bob")


def test_a_password_for_nobody_is_refused(bob: User) -> None:
    with pytest.raises(Problem, match='did you mean "bob"'):
        give_password("bop")
