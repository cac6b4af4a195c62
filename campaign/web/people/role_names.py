"""What the roles are called, and what each may do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.people.roles import Role

NAMES: dict[Role, Promise] = {
    Role.VOLUNTEER: _("Volunteer"),
    Role.STAFF: _("Communications staff"),
    Role.ADMIN: _("Admin"),
}
MAY: dict[Role, Promise] = {
    Role.VOLUNTEER: _("Submits messages and stories, and follows their own."),
    Role.STAFF: _("Writes, approves and plans posts, and can pause publishing."),
    Role.ADMIN: _("All of that, and looks after people, channels and settings."),
}


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that one can choose."""

    value: str
    name: Promise
    may: Promise


CHOICES = tuple(RoleChoice(role.value, NAMES[role], MAY[role]) for role in Role)
