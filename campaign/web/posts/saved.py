"""The sentences shown when a post was saved, or could not be."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from campaign.authoring.compose import Saved
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.states import Stage
from campaign.web.frame.access import Request, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.sentences import say
from campaign.web.posts.out.standing import listed, standing_of

_View = Callable[[Request, int], HttpResponse]


def saying_why_not(view: _View) -> _View:
    """A page that keeps what was typed, and says why where it may not: on the post's page, or beside the form that is open."""

    @wraps(view)
    def answered(request: Request, post: int) -> HttpResponse:
        try:
            return view(request, post)
        except Problem as problem:
            return _why_not(request, post, problem)

    return answered


def _why_not(request: Request, post: int, problem: Problem) -> HttpResponse:
    if not getattr(request, "htmx", False):
        warn(request, problem)
        return see("post", post)
    said = {"problem": say(str(problem), reader_language())}
    answer = render(request, "posts/_kept.html", said)
    answer.headers["HX-Retarget"] = "#kept"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def tell_saved(request: Request, post: Post, saved: Saved, *, is_renamed: bool = False) -> None:
    """Says which version was saved, and what that changes in the queue."""
    _tell_of_times(request, saved)
    if saved.version is None and not _has_moved(saved):
        tell(
            request,
            _renamed() if is_renamed else _("Nothing had changed, so nothing was saved."),
        )
        return
    said = (
        _("Saved as version %(number)s.") % {"number": saved.version.number}
        if saved.version
        else _("Saved.")
    )
    if post.stage != Stage.PLANNED:
        tell(request, _both(said, _("Nothing goes out before it is submitted and approved.")))
    elif saved.loaded is None:
        warn(
            request,
            _both(
                said,
                _(
                    "It has errors, so the queue still holds the words from before: correct them, then save again."
                ),
            ),
        )
    elif saved.loaded.lost_approvals:
        warn(
            request,
            _both(
                said, _("What had been approved has changed, so it waits for approval again.")
            ),
        )
    else:
        tell(request, _both(said, _follows(post)))


def _renamed() -> str:
    return _("The new title is saved. Nothing else had changed.")


def _follows(post: Post) -> str:
    """Where the deliveries follow what was saved, and where nothing does."""
    standing = standing_of(Post.objects.get(pk=post.pk))
    if not standing.out:
        return _("The queue follows.")
    channels = {"waiting": listed(standing.waiting), "channels": listed(standing.out)}
    return (
        _(
            "It follows on %(waiting)s. It is out on %(channels)s, and nothing has changed there."
        )
        % channels
    )


def _both(said: str, more: str) -> str:
    return f"{said} {more}"


def _tell_of_times(request: Request, saved: Saved) -> None:
    """What is approved stays at its time, also when the words for it come to mean another one: a person moves it."""
    questions = saved.loaded.questions if saved.loaded else []
    for question in questions:
        warn(request, question)
    if questions:
        warn(
            request,
            _(
                "What is approved keeps its time until somebody gives it a new one in the queue."
            ),
        )


def tell_handed_in(request: Request, saved: Saved) -> None:
    """Says how many deliveries wait for approval now."""
    number = len(saved.preview.plan.planned)
    tell(
        request,
        _("Submitted: %(number)s deliveries wait for somebody else to approve them.")
        % {"number": number},
    )


def _has_moved(saved: Saved) -> bool:
    counts = saved.loaded.counts if saved.loaded else {}
    return bool(
        counts.get("deliveries changed")
        or counts.get("deliveries new")
        or counts.get("deliveries cancelled")
    )
