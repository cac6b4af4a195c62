"""Stories that wait apart since very many came at once: looked through by the team, let in, or erased."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from campaign.core.problem import Problem
from campaign.listings import paging
from campaign.models.stories import Storyteller
from campaign.stories import aside, papers
from campaign.stories.vault import Locked
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now
from campaign.web.stories.form import can_mail, welcome

BEGINNING = 400
"""Characters of a story that are shown: enough to tell a story from what is none."""


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A story that waits apart, with the beginning of its words."""

    who: Storyteller
    words: str
    language: str
    pictures: int


@for_staff
@require_GET
def show_aside(request: Request) -> HttpResponse:
    """Those that wait longest come first."""
    names = {
        "lines": [_line(who) for who in aside.apart()[: paging.PAGE]],
        "waiting": aside.waiting(),
    }
    return render(request, "stories/aside.html", names)


@for_staff
@require_POST
def decide_aside(request: Request) -> HttpResponse:
    """Lets the chosen ones in, whose people then get their link; or erases them."""
    chosen = request.POST.getlist("reference")[: paging.PAGE]
    if not chosen:
        warn(request, _("Choose the stories first."))
    elif request.POST.get("do") == "erase":
        _erase(request, chosen)
    else:
        _let_in(request, chosen)
    return see("stories_aside" if aside.waiting() else "stories")


def _let_in(request: Request, chosen: list[str]) -> None:
    let = aside.let_in(chosen, request.user.username, now())
    for who in let:
        if can_mail(who):
            welcome(who, request.user.username)
    said = ngettext(
        "%(count)d story is among the others now.",
        "%(count)d stories are among the others now.",
        len(let),
    )
    tell(request, said % {"count": len(let)})


def _erase(request: Request, chosen: list[str]) -> None:
    try:
        gone = aside.erase(chosen, config().web.uploads, request.user.username, now())
    except Problem as problem:
        warn(request, problem)
        return
    said = ngettext("%(count)d story is erased.", "%(count)d stories are erased.", gone)
    tell(request, said % {"count": gone})


def _line(who: Storyteller) -> AsideLine:
    try:
        tale = papers.tale_of(config().web.uploads, who.reference)
    except Locked:
        tale = None
    if tale is None:
        return AsideLine(who, "", who.language, 0)
    return AsideLine(who, tale.words[:BEGINNING], tale.language, len(tale.pictures))


urlpatterns = [
    path("stories/aside/", show_aside, name="stories_aside"),
    path("stories/aside/decide/", decide_aside, name="decide_aside"),
]
