"""A person's own words: as they told them, and every version that was made of them, with who changed what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.content.changes import TEXTS, unit
from campaign.content.compared import WordRun, compared
from campaign.content.fields import Fields
from campaign.content.source import fields_in
from campaign.models import Post, Version
from campaign.models.stories import Storyteller
from campaign.stories import papers, storyteller
from campaign.web.frame.access import Request, for_everyone
from campaign.web.frame.site import config
from campaign.web.stories.my_story import private
from campaign.web.stories.shown import file_answer

MOST = 50
"""Versions of a post that are shown, the latest; the page says when there are more."""


@dataclass(frozen=True, slots=True)
class TextChanged:
    """One text of a version beside the same text of the version before it, or beside the words as they were told."""

    language: str
    is_short: bool
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class VersionMade:
    """What somebody made of the words, and when."""

    number: int
    by: str
    at: datetime
    texts: tuple[TextChanged, ...]


@dataclass(frozen=True, slots=True)
class PostMade:
    """A post of theirs, with its versions, the latest first."""

    number: int
    versions: tuple[VersionMade, ...]
    has_more: bool


@for_everyone
@private
@require_GET
def show_my_words(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """All of it; also once the story is taken back, as long as the words are kept."""
    tale = papers.tale_of(config().web.uploads, who.reference)
    posts = [_made(number, post, who, tale) for number, post in _posts(who)]
    names = {"key": key, "who": who, "tale": tale, "posts": posts}
    return render(request, "stories/my_story/words.html", names)


@for_everyone
@private
@require_GET
def show_my_told_picture(
    request: Request,  # noqa: ARG001 - as every page
    key: str,  # noqa: ARG001 - as every page
    who: Storyteller,
    digest: str,
) -> HttpResponse:
    """A picture that they handed in with their words."""
    tale = papers.tale_of(config().web.uploads, who.reference)
    if tale is None or digest not in tale.pictures:
        raise Http404
    data = papers.read(config().web.uploads, who.reference, digest)
    return file_answer(data, "inline", digest)


def _posts(who: Storyteller) -> Iterator[tuple[int, Post]]:
    return enumerate(storyteller.posts_of(who).order_by("pk"), 1)


def _made(number: int, post: Post, who: Storyteller, tale: papers.Tale | None) -> PostMade:
    versions = list(_versions(post, who)[: MOST + 1])
    written = [fields_in(version.source) or Fields() for version in versions]
    befores = [*written[1:], Fields()]
    made = []
    for version, now, then in zip(versions[:MOST], written, befores, strict=False):
        made.append(_version(version, tuple(_changed(then, now, tale))))
    return PostMade(number, tuple(made), has_more=len(versions) > MOST)


def _versions(post: Post, who: Storyteller) -> QuerySet[Version]:
    """Those that name this person: what a post said of somebody else is not theirs to read."""
    theirs = post.versions.filter(storyteller.naming(who))
    return theirs.select_related("by").order_by("-number")


def _version(version: Version, texts: tuple[TextChanged, ...]) -> VersionMade:
    by = (version.by.get_full_name() or version.by.username) if version.by else _("the team")
    return VersionMade(version.number, by, version.at, texts)


def _changed(then: Fields, now: Fields, tale: papers.Tale | None) -> Iterator[TextChanged]:
    for name in TEXTS:
        language, _dot, form = name.partition(".")
        old, new = str(unit(then, name) or ""), str(unit(now, name) or "")
        if old and not new and _stands_in(old, now, language):
            continue  # It has moved, and is told where it stands now.
        if new and not old:
            old = _came_from(new, then, language, tale)
        if old != new:
            yield TextChanged(language, form == "short", tuple(compared(old, new)))


def _came_from(words: str, then: Fields, language: str, tale: papers.Tale | None) -> str:
    """What a text was made of that had no words before: the same in the other box, or what the person told."""
    if _stands_in(words, then, language):
        return words
    return tale.words if tale and tale.language == language else ""


def _stands_in(words: str, fields: Fields, language: str) -> bool:
    return words in fields.texts.get(language, {}).values()


urlpatterns = [
    path("my-story/<str:key>/words/", show_my_words, name="my_words"),
    path(
        "my-story/<str:key>/words/<str:digest>/", show_my_told_picture, name="my_told_picture"
    ),
]
