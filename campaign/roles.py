"""Who may do what: three roles, kept as Django groups."""

from enum import StrEnum

from django.contrib.auth.models import Group, User

from campaign.finding import did_you_mean
from campaign.problem import Problem


class Role(StrEnum):
    """What a person is here for."""

    VOLUNTEER = "volunteer"  #: contributes messages and stories
    STAFF = "staff"  #: edits, approves, schedules, pauses
    ADMIN = "admin"  #: all of it, and people and logs


MAY_APPROVE = (Role.STAFF, Role.ADMIN)


def make_roles() -> None:
    """Makes the groups; those that are there stay as they are."""
    for role in Role:
        Group.objects.get_or_create(name=role.value)


def add_user(name: str, role: Role) -> tuple[User, bool]:
    """Makes a person with a role, or gives a known person that role instead. Returns whether they are new.

    They cannot sign in anywhere until they are given a password.
    """
    make_roles()
    user, is_new = User.objects.get_or_create(username=name)
    if is_new:
        user.set_unusable_password()
    user.is_staff = user.is_superuser = role is Role.ADMIN
    user.save()
    user.groups.set(Group.objects.filter(name=role.value))
    return user, is_new


def find_user(name: str) -> User:
    """The person of that name. Raises Problem."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        known = User.objects.filter(is_active=True).values_list("username", flat=True)
        raise Problem(f'"{name}" is not a user; {did_you_mean(name, known)} Add one with: user add {name} --role staff')
    return user


def may_approve(user: User) -> bool:
    """Whether the person's role lets them approve other people's posts."""
    return user.groups.filter(name__in=[role.value for role in MAY_APPROVE]).exists()
