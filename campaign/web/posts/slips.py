"""Corrections of a post while it is written: the one that a note offers, all that are safe, and undoing these."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from campaign.authoring import drafts
from campaign.authoring.composing import slips as safe_slips
from campaign.authoring.composing.slips import Changed, Corrected, changed
from campaign.checks.catalog import CATALOG
from campaign.checks.words.fixes import apply_fix
from campaign.content.fields import Fields
from campaign.core.finding import Fix
from campaign.models import Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import now, site_day
from campaign.web.posts.choices import days_offered
from campaign.web.posts.page import (
    TypedPost,
    desk,
    form_values,
    looked_at,
    looked_at_again,
    notes_values,
    read_typed,
    state_values,
)
from campaign.web.posts.saved import saying_why_not


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of corrections: how often each kind of slip was corrected, and what undoing sends."""

    number: int
    kinds: tuple[tuple[str, int], ...]
    undo: str


@for_staff
@require_POST
@saying_why_not
def fix(request: Request, post: int) -> HttpResponse:
    """Makes the change that a note offers in the typed texts, and keeps them as a draft."""
    opened, typed = get_object_or_404(Post, pk=post), read_typed(request)
    name, change = _asked_fix(request)
    fields = changed(typed.fields, name, lambda text: apply_fix(text, change))
    typed = _kept(request, opened, typed, fields)
    if not getattr(request, "htmx", False):
        return see("post", post)
    return _answer(request, opened, typed, [name], None)


@for_staff
@require_POST
@saying_why_not
def correct(request: Request, post: int) -> HttpResponse:
    """Makes all safe corrections in the typed texts, or undoes them, and keeps the texts as a draft."""
    opened, typed = get_object_or_404(Post, pk=post), read_typed(request)
    if "undo" in request.POST:
        undone, told = _asked_undo(request), None
        fields = safe_slips.put_back(typed.fields, undone)
        names = [change.name for change in undone]
    else:
        done = safe_slips.correct_all(opened, typed.fields, desk(), now())
        told, fields = _told(done), done.fields
        names = [change.name for change in done.changes]
    typed = _kept(request, opened, typed, fields)
    return _answer(request, opened, typed, names, told)


def _kept(request: Request, post: Post, typed: TypedPost, fields: Fields) -> TypedPost:
    drafts.keep_draft(post, request.user, fields, typed.title, typed.base, now())
    return replace(typed, fields=fields)


def _answer(
    request: Request,
    post: Post,
    typed: TypedPost,
    names: Sequence[str],
    told: Told | None,
) -> HttpResponse:
    """The fields that were corrected and all notes; without a script, the whole page."""
    if not getattr(request, "htmx", False):
        values = form_values(post, typed, desk(), now())
        values |= state_values(post, typed, request.user)
        values |= {"corrected": told, "kept": drafts.draft_of(post, request.user)}
        return render(request, "posts/post.html", values)
    look = looked_at(post, typed, desk(), now())
    values = notes_values(post, typed, look)
    values |= {"oob": True, "fixed": names, "corrected": told}
    if "when" in names:
        values["when_days"] = days_offered(desk(), "", site_day())
    return looked_at_again(render(request, "posts/_fixed.html", values))


def _told(done: Corrected) -> Told:
    language = reader_language()
    kinds = Counter[str]()
    for correction in done.made:
        check = CATALOG[correction.code]
        kinds[check.says[language]] += 1
    undo = [asdict(change) for change in done.changes]
    return Told(
        number=kinds.total(),
        kinds=tuple(kinds.most_common()),
        undo=json.dumps(undo),
    )


def _asked_undo(request: HttpRequest) -> list[Changed]:
    """The corrections to undo; none when they cannot be read."""
    try:
        sent = json.loads(str(request.POST.get("undo", "")))
        return list(_changes(sent))
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _changes(sent: Iterable[dict[str, object]]) -> Iterable[Changed]:
    for change in sent:
        yield Changed(
            name=str(change["name"]),
            before=str(change["before"]),
            after=str(change["after"]),
        )


def _asked_fix(request: HttpRequest) -> tuple[str, Fix]:
    """The name of the field, and the change that its note offers; empty ones when they cannot be read."""
    try:
        sent = str(request.POST.get("fix", ""))
        name, find, instead = json.loads(sent)
        return str(name), Fix(str(find), str(instead))
    except (
        ValueError,
        TypeError,
        RecursionError,
    ):  # the last of what is nested a thousand deep
        return "", Fix("", "")
