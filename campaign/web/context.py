"""What the frame around every page shows: where one can go, who one is, and whether publishing is on."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from campaign import demonstration
from campaign.config.helplines import in_language
from campaign.core.installation import COMMAND
from campaign.models import Pause
from campaign.people.roles import Role
from campaign.web.admin.demo import what_moved
from campaign.web.admin.pauses import scopes
from campaign.web.frame.access import Request
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import config

MEMBERS, STAFF, ADMIN = (
    frozenset(Role),
    frozenset({Role.STAFF, Role.ADMIN}),
    frozenset({Role.ADMIN}),
)
ENTRIES = (
    ("today", _("Today"), "today", MEMBERS),
    ("contributions", _("My contributions"), "heart", frozenset({Role.VOLUNTEER})),
    ("posts", _("Posts"), "pen", STAFF),
    ("stories", _("Stories"), "heart", STAFF),
    ("approvals", _("Approve"), "check", STAFF),
    ("queue", _("Queue"), "queue", STAFF),
    ("calendar", _("Calendar"), "calendar", STAFF),
    ("log", _("Publish log"), "log", STAFF),
    ("campaigns", _("Campaigns"), "flag", STAFF),
    ("rehearsal", _("Rehearsal"), "play", STAFF),
    ("facts", _("Facts"), "link", STAFF),
    ("channels", _("Channels"), "channel", ADMIN),
    ("people", _("People"), "people", ADMIN),
    ("incidents", _("Incidents"), "warning", ADMIN),
    ("settings", _("Settings"), "settings", ADMIN),
)
"""The pages of the menu: URL name, what it is called, its icon, for whom."""
BEGINNINGS = frozenset({"posts", "queue", "campaigns", "channels"})
"""The pages with which a new group of the menu begins: what is written, what goes out, what is planned, who may what."""
BELOW = {"posts": ("/evergreen/",)}
"""Pages that one reaches from one of the menu, though their address is another."""
KEYS = {
    "today": "t",
    "contributions": "m",
    "posts": "p",
    "stories": "s",
    "approvals": "a",
    "queue": "q",
    "calendar": "c",
    "facts": "f",
    "log": "l",
}
"""Letters that lead there, the same in both languages: who changes the language keeps the habit of their fingers."""


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu."""

    url: str
    name: str
    icon: str
    is_here: bool
    key: str  #: that leads there behind a "g"; "" for none


def frame(request: HttpRequest) -> dict[str, object]:
    """For templates; each part is found out only where a template asks for it."""
    role = getattr(request, "role", None)
    groups = SimpleLazyObject(lambda: _menu(cast(Request, request), role))
    return {
        "site": config().site,
        "command": COMMAND,
        "role": role,
        "is_staff": role in STAFF,
        "is_admin": role in ADMIN,
        "demo_key": demonstration.key(),
        "demo_moved": SimpleLazyObject(what_moved),
        "helplines": SimpleLazyObject(lambda: in_language(config().help, reader_language())),
        "takes_stories": config().stories.open,
        "is_dry_run": config().publishing.dry_run,
        "menu": groups,
        "here": SimpleLazyObject(lambda: _here(groups)),
        "pause_scopes": SimpleLazyObject(lambda: scopes() if role in STAFF else []),
        "pauses": SimpleLazyObject(
            lambda: list(Pause.objects.filter(ended_at=None)) if role else []
        ),
    }


def _menu(request: Request, role: Role | None) -> list[list[MenuLine]]:
    groups: list[list[MenuLine]] = [[]]
    for url_name, name, icon, readers in ENTRIES:
        if url_name in BEGINNINGS:
            groups.append([])
        if role not in readers:
            continue
        try:
            url = reverse(url_name)
        except NoReverseMatch:
            continue
        begins = (url, *BELOW.get(url_name, ()))
        is_here = request.path == url or (url != "/" and request.path.startswith(begins))
        key = KEYS.get(url_name, "")
        groups[-1].append(MenuLine(url, str(name), icon, is_here, key))
    return [group for group in groups if group]


def _here(groups: Iterable[Iterable[MenuLine]]) -> MenuLine | None:
    """The line of the page that is shown; None where the menu does not name it."""
    return next((line for line in chain.from_iterable(groups) if line.is_here), None)
