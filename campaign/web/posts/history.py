"""History: every version of a post, who saved it and when, what changed, and the way back to it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.authoring import compose
from campaign.authoring.versions import read_version
from campaign.content.changes import TEXTS, differing, unit
from campaign.content.compared import WordRun, compared
from campaign.content.fields import Fields
from campaign.content.source import fields_of
from campaign.core.problem import Problem
from campaign.models import Post, Version
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now
from campaign.web.posts.page import base_of, desk
from campaign.web.posts.saved import tell_saved
from campaign.web.posts.units import UNIT_NAMES, said_unit

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Change:
    """What one version changed in one part of the post."""

    name: str
    called: str
    language: str  #: of a text; "" for a setting
    runs: tuple[WordRun, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A version in the list."""

    version: Version
    is_latest: bool
    is_first: bool
    is_readable: bool
    changes: tuple[Change, ...]


@for_staff
@require_GET
def show_history(request: Request, post: int) -> HttpResponse:
    """The versions of a post, the latest first, twenty at a time."""
    opened = get_object_or_404(Post, pk=post)
    versions = opened.versions.select_related("by", "post").order_by("-number")
    before = base_of(request.GET, "before")
    if before:
        versions = versions.filter(number__lt=before)
    shown = list(versions[: A_PAGE + 1])
    values = {
        "post": opened,
        "title": opened.called,
        "entries": _entries(shown, opened.version),
        "before": shown[A_PAGE - 1].number if len(shown) > A_PAGE else None,
        "is_first_page": not before,
    }
    return render(request, "posts/history.html", values)


@for_staff
@require_POST
def restore(request: Request, post: int, number: int) -> HttpResponse:
    """An older version is saved again, as the next one. Nothing in between is lost."""
    opened = get_object_or_404(Post, pk=post)
    version = get_object_or_404(
        Version.objects.select_related("post"), post=opened, number=number
    )
    try:
        fields = compose.fields_of_version(version, desk(), now())
        base = base_of(request.POST)
        saved = compose.save(opened, fields, request.user, base, desk(), now())
    except Problem as problem:
        warn(request, problem)
        return see("history", post)
    if saved.version:
        tell(request, _("Version %(number)s is back, as a new version.") % {"number": number})
    tell_saved(request, opened, saved)
    return see("post", post)


def _entries(versions: list[Version], latest: int) -> list[HistoryLine]:
    """Each version beside the one before it; the last of more than a page is there for its neighbour alone."""
    fields = [_fields(version) for version in versions]
    befores = [*fields[1:], None]
    entries = []
    for version, mine, before in zip(versions[:A_PAGE], fields, befores, strict=False):
        is_first = version.number == 1
        changes = _changes(before, mine) if mine and (before or is_first) else ()
        entries.append(
            HistoryLine(
                version,
                is_latest=version.number == latest,
                is_first=is_first,
                is_readable=mine is not None,
                changes=tuple(changes),
            )
        )
    return entries


def _fields(version: Version) -> Fields | None:
    post = read_version(version, config().web.uploads).post
    return fields_of(post) if post else None


def _changes(before: Fields | None, after: Fields) -> list[Change]:
    old = before or Fields()
    return [_change(name, old, after) for name in differing(old, after)]


def _change(name: str, before: Fields, after: Fields) -> Change:
    old = said_unit(name, unit(before, name))
    new = said_unit(name, unit(after, name))
    is_text = name in TEXTS
    runs = tuple(compared(old, new)) if is_text else ()
    language = name[:2] if is_text else ""
    return Change(name, str(UNIT_NAMES[name]), language, runs, old, new)


urlpatterns = [
    path("posts/<int:post>/history/", show_history, name="history"),
    path("posts/<int:post>/history/<int:number>/restore/", restore, name="restore"),
]
