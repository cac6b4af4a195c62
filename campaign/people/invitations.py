"""Invitations: the only way to an account in the web. An admin invites; whoever has the key makes the account, once."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from campaign.core.address_key import digest_of, draw_key
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models.people import Invitation, Profile
from campaign.people.accounts import BadAddress, address, check_password, is_admin, need_admin
from campaign.people.roles import Role, add_user

VALID_FOR = timedelta(days=7)


class BadName(Problem):
    """A name that nobody can have, or that somebody has."""


def invite(email: str, role: Role, by: User, now: datetime) -> tuple[Invitation, str]:
    """Invites whoever has this e-mail address. An open invitation to the same address ends.

    Returns the invitation and its key, which is nowhere kept: only its SHA-256 is. Raises BadAddress, or Problem when
    `by` is no admin.
    """
    need_admin(by)
    email, key = address(email), draw_key()
    with writing():
        known = User.objects.filter(email=email).first()
        if known:
            raise BadAddress(
                Sentence("{0} has an account with this e-mail address already.", known.username)
            )
        pending(now).filter(email=email).update(revoked_at=now)
        invitation = Invitation.objects.create(
            email=email,
            role=role.value,
            digest=digest_of(key),
            by=by,
            at=now,
            expires_at=now + VALID_FOR,
        )
        sentence = Sentence("Somebody was invited as {0}.", role)
        events.note(None, "", "", now, actor=by.username, action="invited", reason=sentence)
    return invitation, key


def pending(now: datetime) -> QuerySet[Invitation]:
    """The invitations that can still be accepted."""
    still_open = Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    return still_open.filter(by__is_active=True, by__groups__name=Role.ADMIN.value)


def open_invitation(key: str, now: datetime) -> Invitation:
    """The invitation with this key. Raises Problem when there is none, or it has been used, is revoked or too old."""
    digest = digest_of(key)
    invitation = Invitation.objects.select_related("by").filter(digest=digest).first()
    if invitation is None:
        raise Problem(
            Sentence(
                "There is no such invitation: open the whole address from your letter, or ask for a new one."
            )
        )
    if invitation.accepted_at:
        raise Problem(
            Sentence(
                "This invitation has been used: sign in with the name that was chosen then."
            )
        )
    if invitation.revoked_at or not is_admin(invitation.by):
        raise Problem(
            Sentence("This invitation was cancelled: ask whoever invited you for a new one.")
        )
    if invitation.expires_at <= now:
        raise Problem(
            Sentence(
                "This invitation is more than seven days old: ask whoever invited you for a new one."
            )
        )
    return invitation


def accept(key: str, username: str, password: str, language: str, now: datetime) -> User:
    """Makes the account that an invitation is for. Raises BadName, BadPassword, or Problem as `open_invitation` does."""
    name = User.normalize_username(username.strip())
    email = open_invitation(key, now).email
    check_password(password, User(username=name, email=email))
    # It takes long on purpose, so it is done before anybody has to wait for us.
    hashed = make_password(password)
    with writing():
        # Once more: of two who open one link, the second finds it used.
        invitation = open_invitation(key, now)
        if User.objects.filter(email=email).exists():
            raise Problem(
                Sentence(
                    "Somebody has an account with your e-mail address already: ask whoever invited you."
                )
            )
        user = _new_user(name, Role(invitation.role))
        user.email, user.password = email, hashed
        user.save(update_fields=["email", "password"])
        Profile.objects.create(user=user, language=language)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now, accepted_by=user)
        sentence = Sentence(
            "{0} is now {1}, invited by {2}.", name, invitation.role, invitation.by.username
        )
        events.note(None, "", "", now, actor=name, action="joined", reason=sentence)
    return user


def revoke(invitation: Invitation, by: User, now: datetime) -> None:
    """Takes an invitation back. Raises Problem when it has been accepted, or `by` is no admin."""
    need_admin(by)
    with writing():
        # Only while it is open: whoever accepts it at this moment is either first, or refused.
        if not pending(now).filter(pk=invitation.pk).update(revoked_at=now):
            raise Problem(Sentence("This invitation is no longer open; nothing has changed."))
        sentence = Sentence("An invitation as {0} was cancelled.", invitation.role)
        events.note(
            None, "", "", now, actor=by.username, action="invitation revoked", reason=sentence
        )


def _new_user(name: str, role: Role) -> User:
    """A name that is somebody's e-mail address would let two people sign in with the same words."""
    if User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).exists():
        raise BadName(Sentence('There is a "{0}" already: choose another name.', name))
    try:
        return add_user(name, role)[0]
    except Problem as problem:
        raise BadName(str(problem)) from None
