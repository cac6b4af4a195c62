"""People: their roles, whether they may sign in, their sessions and their second factor. Every change is in the log."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models.people import Invitation, Profile
from campaign.people.roles import Role, add_user

HALF_SIGNED_IN = "account_login"
"""Where django-allauth keeps who has given a password and not yet a code (allauth.account.internal.stagekit)."""
COMMAND_LINE = "command line"


class BadPassword(Problem):
    """A password that nobody should have."""


class BadAddress(Problem):
    """What was typed is no e-mail address, or somebody else's."""


def is_admin(user: User) -> bool:
    """Whether they are an admin who may sign in."""
    return user.is_active and user.groups.filter(name=Role.ADMIN.value).exists()


def need_admin(user: User) -> None:
    """Raises Problem when the person may not decide about other people."""
    if not is_admin(user):
        raise Problem(
            Sentence(
                "{0} may not decide about other people: that takes the role admin.",
                user.username,
            )
        )


def change_role(person: User, role: Role, by: User, now: datetime) -> None:
    """Gives a person another role. Raises Problem for oneself, for the last admin, or when `by` is no admin."""
    need_admin(by)
    with writing():
        if person.pk == by.pk and role is not Role.ADMIN:
            raise Problem(
                Sentence(
                    "You cannot take the role admin from yourself: another admin has to do it."
                )
            )
        if role is not Role.ADMIN:
            _need_another_admin(person)
            _revoke_invitations(person, now)
        add_user(person.username, role)
        _note(
            by.username, "role given", Sentence("{0} is now {1}.", person.username, role), now
        )


def deactivate(person: User, by: User, now: datetime) -> None:
    """Nobody can sign in as this person from now on; what they did stays. Raises Problem as `change_role` does."""
    need_admin(by)
    with writing():
        if person.pk == by.pk:
            raise Problem(
                Sentence("You cannot deactivate yourself: another admin has to do it.")
            )
        _need_another_admin(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
        _revoke_invitations(person, now)
        end_everything(person)
        _note(
            by.username,
            "deactivated",
            Sentence("{0} can no longer sign in.", person.username),
            now,
        )


def activate(person: User, by: User, now: datetime) -> None:
    """Lets a person sign in again, with the password they had. Raises Problem when `by` is no admin."""
    need_admin(by)
    with writing():
        User.objects.filter(pk=person.pk).update(is_active=True)
        _note(
            by.username, "activated", Sentence("{0} can sign in again.", person.username), now
        )


def change_email(person: User, email: str, by: User, now: datetime) -> None:
    """Where letters to a person go, and what they may sign in with. Raises BadAddress, or Problem when `by` is no admin."""
    need_admin(by)
    email = address(email)
    with writing():
        if User.objects.filter(email=email).exclude(pk=person.pk).exists():
            raise BadAddress(
                Sentence("Somebody else has this e-mail address: write another one.")
            )
        User.objects.filter(pk=person.pk).update(email=email)
        _note(
            by.username,
            "address changed",
            Sentence("{0} has a new e-mail address.", person.username),
            now,
        )


def sign_out_everywhere(person: User, by: User, now: datetime, keep: str = "") -> int:
    """Ends a person's sessions, but the one with the key `keep`, their feed, and links for a password. Returns how many
    sessions. Raises Problem when it is not for `by` to do: it takes an admin, or oneself."""
    if person.pk != by.pk:
        need_admin(by)
    with writing():
        ended = end_everything(person, keep)
        _note(
            by.username,
            "signed out everywhere",
            Sentence("{0} was signed out everywhere.", person.username),
            now,
        )
    return ended


def reset_second_factor(person: User, by: User, now: datetime) -> None:
    """Takes a person's second factor away, say when their phone is lost, and signs them out: who has the phone is out too.

    Raises Problem when there is none, for oneself, or when `by` is no admin.
    """
    need_admin(by)
    if person.pk == by.pk:
        raise Problem(Sentence("Turn off your own second factor on the page of your account."))
    with writing():
        if not Authenticator.objects.filter(user=person).delete()[0]:
            raise Problem(Sentence("{0} has no second factor.", person.username))
        end_everything(person)
        _note(
            by.username,
            "second factor reset",
            Sentence("The second factor of {0} was taken away.", person.username),
            now,
        )


def password_link(person: User, by: User, now: datetime) -> str:
    """The end of a web address at which this person may choose a new password, for a day, once: for whoever cannot get
    it by e-mail. Raises Problem when `by` is no admin, or the person may not sign in."""
    need_admin(by)
    if not person.is_active:
        raise Problem(
            Sentence("{0} is deactivated: activate the account first.", person.username)
        )
    with writing():
        _note(
            by.username,
            "password link made",
            Sentence("A link to choose a password was made for {0}.", person.username),
            now,
        )
    return f"{user_pk_to_url_str(person)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}"


def set_password(
    person: User, password: str, actor: str, now: datetime, keep: str = ""
) -> None:
    """Gives a person a password, which ends their sessions, but the one with the key `keep`, their feed, and every link for
    a password. Raises BadPassword, and Problem when they were given another one since `person` was read."""
    check_password(password, person)
    before = person.password
    person.set_password(password)
    with writing():
        # Of several who open one link at the same moment, one chooses the password.
        unchanged = User.objects.filter(pk=person.pk, password=before)
        if not unchanged.update(password=person.password):
            raise Problem(
                Sentence("This link has been used, or is too old. Ask for a new one.")
            )
        end_everything(person, keep)
        _note(actor, "password set", Sentence("{0} has a new password.", person.username), now)


def check_password(password: str, person: User) -> None:
    """Raises BadPassword, in the reader's language, for one that is short, common or like the person's name."""
    try:
        validate_password(password, person)
    except ValidationError as found:
        raise BadPassword(" ".join(found.messages)) from None


def address(written: str) -> str:
    """An e-mail address as it is kept, in small letters. Raises BadAddress."""
    email = written.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadAddress(
            Sentence("This is not an e-mail address: write one such as marie@survivornet.ca.")
        ) from None
    if len(email) > 254:
        raise BadAddress(Sentence("An e-mail address has 254 signs at the most."))
    return email


def has_second_factor(person: User) -> bool:
    """Whether a code is asked for when they sign in."""
    return bool(
        Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    )


def end_everything(person: User, keep: str = "") -> int:
    """Ends all that opens a person's account without their password: sessions, but the one with the key `keep`, the feed of
    their calendar, and links for a new password. Returns how many sessions."""
    profile, _ = Profile.objects.get_or_create(user=person)
    Profile.objects.filter(pk=profile.pk).update(feed_digest="", generation=F("generation") + 1)
    return end_sessions(person, keep)


def end_sessions(person: User, keep: str = "") -> int:
    """Ends a person's sessions, also those in which the code of a second factor is still to come. Returns how many."""
    mine = [key for key in _sessions(person) if key != keep]
    for start in range(0, len(mine), 500):
        Session.objects.filter(session_key__in=mine[start : start + 500]).delete()
    return len(mine)


def _sessions(person: User) -> Iterator[str]:
    """A session names its person inside what is signed, so all of them are looked through, a few at a time."""
    for session in Session.objects.iterator(chunk_size=500):
        kept = session.get_decoded()
        half = kept.get(HALF_SIGNED_IN)
        pending = half.get("user_pk") if isinstance(half, dict) else None
        if kept.get(SESSION_KEY) == str(person.pk) or pending == user_pk_to_url_str(person):
            yield session.session_key


def _need_another_admin(person: User) -> None:
    others = User.objects.filter(is_active=True, groups__name=Role.ADMIN.value).exclude(
        pk=person.pk
    )
    if is_admin(person) and not others.exists():
        raise Problem(
            Sentence(
                "{0} is the last admin: give somebody else the role admin first.",
                person.username,
            )
        )


def _revoke_invitations(person: User, now: datetime) -> None:
    """Those who were invited by somebody who may no longer invite have to be invited by another."""
    Invitation.objects.filter(by=person, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )


def _note(actor: str, action: str, sentence: str, now: datetime) -> None:
    events.note(None, "", "", now, actor=actor, action=action, reason=sentence)


def note_second_factor(person: User, *, is_on: bool, now: datetime) -> None:
    """Writes down that a person has turned their second factor on or off."""
    if is_on:
        _note(
            person.username,
            "second factor on",
            Sentence("{0} signs in with a second factor.", person.username),
            now,
        )
    else:
        _note(
            person.username,
            "second factor off",
            Sentence("{0} signs in without a second factor.", person.username),
            now,
        )
