"""Two people have changed one post: both versions side by side, and a choice for everything in which they differ."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.authoring import compose, drafts
from campaign.authoring.versions import Outdated, latest_version
from campaign.content.changes import TEXTS, differing, unit, with_unit
from campaign.content.compared import WordRun, compared
from campaign.content.fields import Fields, normal
from campaign.core.problem import Problem
from campaign.models import Post, Version
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import warn
from campaign.web.frame.site import now
from campaign.web.posts.page import base_of, desk
from campaign.web.posts.saved import saying_why_not, tell_saved
from campaign.web.posts.units import UNIT_NAMES, said_unit

MINE, THEIRS, OWN = "mine", "theirs", "own"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two versions differ: what each says, and what is taken unless somebody chooses otherwise."""

    name: str
    called: str
    mine: str
    theirs: str
    chosen: str
    both: bool  #: both have changed it
    is_text: bool
    language: str
    runs: tuple[WordRun, ...]


@for_staff
@require_http_methods(["GET", "POST"])
@saying_why_not
def show_merge(request: Request, post: int) -> HttpResponse:
    """What I typed, beside what somebody else has saved; sent, the choices are saved as the next version."""
    opened = get_object_or_404(Post, pk=post)
    kept = drafts.draft_of(opened, request.user)
    latest = latest_version(opened)
    if kept is None or latest is None or latest.number == kept.based_on:
        return see("post", post)
    try:
        theirs = normal(compose.fields_of_version(latest, desk(), now()))
        began = _began(opened, kept.based_on) or theirs
    except Problem as problem:
        warn(request, problem)
        return see("history", post)
    mine = normal(kept.fields)
    differences = differences_of(mine, theirs, began)
    if request.method == "POST":
        if base_of(request.POST) == latest.number:
            return _save(request, opened, _merged(request, mine, theirs), kept.title, latest)
        warn(
            request,
            _(
                "It was saved once more while you were choosing: here is the newest version, choose again."
            ),
        )
    values = {
        "post": opened,
        "title": opened.called,
        "latest": latest,
        "differences": differences,
        "kept": kept,
    }
    return render(request, "posts/merge.html", values)


def differences_of(mine: Fields, theirs: Fields, began: Fields) -> list[Difference]:
    """Every difference, those first that both have made."""
    names = differing(mine, theirs)
    differences = [_difference(name, mine, theirs, began) for name in names]
    return sorted(differences, key=lambda difference: not difference.both)


def _difference(name: str, mine: Fields, theirs: Fields, began: Fields) -> Difference:
    before, my_unit, their_unit = (unit(fields, name) for fields in (began, mine, theirs))
    i_did, they_did = my_unit != before, their_unit != before
    my_words, their_words = said_unit(name, my_unit), said_unit(name, their_unit)
    is_text = name in TEXTS
    return Difference(
        name=name,
        called=str(UNIT_NAMES[name]),
        mine=my_words,
        theirs=their_words,
        chosen=MINE if i_did else THEIRS,
        both=i_did and they_did,
        is_text=is_text,
        language=name[:2] if is_text else "",
        runs=tuple(compared(their_words, my_words)) if is_text else (),
    )


def _began(post: Post, number: int) -> Fields | None:
    version = post.versions.select_related("post").filter(number=number).first()
    if version is None:
        return None
    return normal(compose.fields_of_version(version, desk(), now()))


def _merged(request: Request, mine: Fields, theirs: Fields) -> Fields:
    fields = mine
    for name in differing(mine, theirs):
        choice = request.POST.get(f"choice.{name}", MINE)
        if choice == THEIRS:
            fields = with_unit(fields, name, unit(theirs, name))
        elif choice == OWN and name in TEXTS:
            fields = with_unit(fields, name, str(request.POST.get(f"own.{name}", "")))
    return fields


def _save(
    request: Request, post: Post, fields: Fields, title: str, latest: Version
) -> HttpResponse:
    try:
        saved = compose.save(post, fields, request.user, latest.number, desk(), now())
        tell_saved(request, post, saved)
    except Outdated:
        drafts.keep_draft(post, request.user, fields, title, latest.number, now())
        return see("merge", post.pk)
    return see("post", post.pk)


urlpatterns = [path("posts/<int:post>/merge/", show_merge, name="merge")]
