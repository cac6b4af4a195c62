"""What the pages' templates have beyond Django's own: names, moments, badges and icons."""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from campaign.states import Stage, Status
from campaign.web.icons import PATHS
from campaign.web.languages import reader_language
from campaign.web.sentences import say

register = template.Library()

STATUSES: Mapping[str, tuple[object, str]] = {
    Status.DRAFT: (_("Waiting for approval"), "pen"),
    Status.QUEUED: (_("Queued"), "clock"),
    Status.SENDING: (_("Being sent"), "send"),
    Status.PUBLISHED: (_("Published"), "check"),
    Status.FAILED: (_("Failed"), "error"),
    Status.UNCONFIRMED: (_("To be checked"), "warning"),
    Status.MISSED: (_("Missed"), "warning"),
    Status.CANCELLED: (_("Cancelled"), "x"),
    Status.WITHDRAWN: (_("Withdrawn"), "lock"),
    Status.REMOVED: (_("Taken down"), "trash"),
}
STAGES: Mapping[str, tuple[object, str]] = {
    Stage.WRITING: (_("Being written"), "pen"),
    Stage.SUBMITTED: (_("Handed in"), "inbox"),
    Stage.RETURNED: (_("Returned"), "undo"),
    Stage.TAKEN_BACK: (_("Taken back"), "x"),
    Stage.PLANNED: (_("Planned"), "calendar"),
}
KINDS = {"awareness": _("Awareness message"), "story": _("Story"), "action": _("Call to action")}
NETWORKS = {"twitter": "X", "facebook": "Facebook"}
TONGUES = {"en": _("English"), "fr": _("French")}
READY_REASONS = {
    "A day of mourning": _("A day of mourning"),
    "A mistake was found": _("A mistake was found"),
    "Difficult news about us": _("Difficult news about us"),
}
"""The reasons for a pause that are offered; the log keeps them in English."""
LEVELS = {"error": _("Error"), "warning": _("Warning"), "info": _("Note")}


@register.filter
def ready(reason: str) -> str:
    """A reason for a pause: in the reader's language when it is one of those offered, else in its writer's words."""
    return str(READY_REASONS.get(reason, reason))


@register.filter
def said(sentence: object) -> str:
    """A sentence of the program in the reader's language."""
    return say(str(sentence), reader_language())


@register.filter
def status(value: str) -> str:
    """What a delivery's status is called."""
    return str(STATUSES[value][0]) if value in STATUSES else value


@register.filter
def stage(value: str) -> str:
    """What a post's stage is called."""
    return str(STAGES[value][0]) if value in STAGES else value


@register.filter
def kind(value: str) -> str:
    """What a kind of post is called."""
    return str(KINDS.get(value, value))


@register.filter
def network(value: str) -> str:
    """What people call a network."""
    return NETWORKS.get(value, value)


@register.filter
def language_name(value: str) -> str:
    """What a language is called in the reader's."""
    return str(TONGUES.get(value, value))


@register.filter
def level_name(value: str) -> str:
    """What a finding's level is called."""
    return str(LEVELS.get(value, value))


@register.filter
def at(moment: datetime | None) -> str:
    """A moment on the site's clock, short: "Wed Oct 13, 2027, 09:00"."""
    if moment is None:
        return ""
    return f"{_date(_local(moment), 'D', 'N' if _is_french() else 'M')}, {hour(moment)}"


@register.filter
def day(moment: datetime | date | None) -> str:
    """A day in words: "Wednesday, October 13, 2027"."""
    if moment is None:
        return ""
    local = _local(moment) if isinstance(moment, datetime) else moment
    return _date(local, "l" if _is_french() else "l,", "F")


@register.filter
def hour(moment: datetime | None) -> str:
    """A time of day on the site's clock: "09:00"; in French, "9 h 00"."""
    if moment is None:
        return ""
    local = _local(moment)
    return f"{local.hour}\u00a0h\u00a0{local:%M}" if _is_french() else f"{local:%H:%M}"


@register.filter
def second(moment: datetime | None) -> str:
    """A moment to the second, for the log."""
    return "" if moment is None else f"{_local(moment):%Y-%m-%d %H:%M:%S}"


@register.simple_tag
def badge(value: str) -> SafeString:
    """The status of a delivery, or the stage of a post, as a pill with icon and words."""
    name, drawing = STATUSES.get(value) or STAGES.get(value) or (value, "info")
    return format_html('<span class="badge" data-status="{}">{} {}</span>', value, icon(drawing), name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing that says nothing to those who cannot see it: words stand beside it."""
    lines = mark_safe("".join(f'<path d="{path}"/>' for path in _paths(name)))  # noqa: S308 - our own constants
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">{}</svg>',
        lines,
    )


def _paths(name: str) -> list[str]:
    return [f"M{part.strip()}" for part in PATHS[name].split("M") if part.strip()]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _date(local: date, weekday: str, month: str) -> str:
    """A date in the reader's order; in French the first of a month is "1er"."""
    if not _is_french():
        return formats.date_format(local, f"{weekday} {month} j, Y")
    name, rest = formats.date_format(local, weekday), formats.date_format(local, f"{month} Y")
    return f"{name} {'1er' if local.day == 1 else local.day} {rest}"


def _is_french() -> bool:
    return reader_language() == "fr"
