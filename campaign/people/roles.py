"""Who may do what: three roles, kept as Django groups."""

from enum import StrEnum

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError

from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.people.names import is_readable, like


class Role(StrEnum):
    """What a person is here for."""

    VOLUNTEER = "volunteer"  #: contributes messages and stories
    STAFF = "staff"  #: edits, approves, schedules, pauses
    ADMIN = "admin"  #: all of it, and people and logs


MAY_APPROVE = (Role.STAFF, Role.ADMIN)
NOBODY = frozenset({"scheduler", "gate", "load", "resume"})
"""Names under which the program itself writes into the log."""


def make_roles() -> None:
    """Makes the groups; those that are there stay as they are."""
    Group.objects.bulk_create([Group(name=role.value) for role in Role], ignore_conflicts=True)


def add_user(name: str, role: Role) -> tuple[User, bool]:
    """Makes a person with a role, or gives a known person that role instead. Returns whether they are new.

    They cannot sign in anywhere until they are given a password. Raises Problem for a name that nobody can have.
    """
    make_roles()
    name = User.normalize_username(name)
    user = User.objects.filter(username__iexact=name).first()
    if user is not None and user.username != name:
        raise Problem(
            Sentence(
                'There is a "{0}" already: write the name like that, or choose another one.',
                user.username,
            )
        )
    is_new = user is None
    if user is None:
        _check_name(name)
        user = User(username=name)
        user.set_unusable_password()
    user.is_staff = user.is_superuser = role is Role.ADMIN
    user.save()
    user.groups.set(Group.objects.filter(name=role.value))
    return user, is_new


def _check_name(name: str) -> None:
    try:
        User(username=name).clean_fields(exclude=["password"])
    except ValidationError:
        raise Problem(
            Sentence(
                '"{0}" cannot be a user\'s name: use letters, digits and . _ - @ + without blanks, '
                "such as marie.tremblay; 150 signs at the most.",
                name[:40],
            )
        ) from None
    if not is_readable(name):
        raise Problem(
            Sentence(
                '"{0}" has letters of another alphabet, which look like others: write the name in Latin letters, as in'
                " marie.tremblay.",
                name[:40],
            )
        )
    known = User.objects.values_list("username", flat=True)
    if other := like(name, known):
        raise Problem(
            Sentence(
                'There is a "{0}" already, which looks the same: choose another name.', other
            )
        )
    if like(name, NOBODY):
        raise Problem(
            Sentence(
                '"{0}" is what the program calls itself in the log: choose another name.', name
            )
        )


def find_user(name: str) -> User:
    """The person of that name. Raises Problem."""
    name = User.normalize_username(name)
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        known = User.objects.filter(is_active=True).values_list("username", flat=True)
        raise Problem(
            Sentence(
                '"{0}" is not a user; {1} Add somebody with: scheduler.py user add NAME --role staff',
                name,
                did_you_mean(name, known),
            )
        )
    return user


def may_approve(user: User) -> bool:
    """Whether the person's role lets them approve other people's posts, and decide about the queue."""
    return user.groups.filter(name__in=[role.value for role in MAY_APPROVE]).exists()


def is_volunteer(name: str) -> bool:
    """Whether this is the name of somebody who is a volunteer and nothing more."""
    user = User.objects.filter(username=name).first()
    return user is not None and bool(user.groups.exists()) and not may_approve(user)


def need_decider(user: User) -> None:
    """Raises Problem when the person's role does not let them approve posts and decide about the queue."""
    if not may_approve(user):
        raise Problem(
            Sentence(
                "{0} may not approve posts or change the queue: that takes the role staff or admin.",
                user.username,
            )
        )


def need_account_keeper(user: User) -> None:
    """Raises Problem for everybody but admins, who look after the accounts on the networks."""
    if not user.groups.filter(name=Role.ADMIN.value).exists():
        raise Problem(
            Sentence("{0} may not change an account: that takes the role admin.", user.username)
        )


def need_admin(user: User) -> None:
    """Raises Problem for everybody but admins."""
    if not user.groups.filter(name=Role.ADMIN.value).exists():
        raise Problem(
            Sentence("{0} may not erase anybody: that takes the role admin.", user.username)
        )
