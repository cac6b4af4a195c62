"""A sitting: the texts of several posts on one page, one after the other, and the days that they come to."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaign.authoring.several import making, sitting
from campaign.authoring.several.sitting import Sitting, SittingText
from campaign.content.dates.month import DAYS
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.models.series import Series
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.sentences import say
from campaign.web.frame.site import now, site_day
from campaign.web.posts.page import desk
from campaign.web.posts.pages import open_campaigns
from campaign.web.series.form import BLUEPRINT, choices, lines, read_sitting, row_of, rows

MAKES = frozenset({"make", "submit"})


@for_staff
@require_http_methods(["GET", "POST"])
def new_series(request: Request) -> HttpResponse:
    """A sitting that begins; `?post=` begins with the words and the settings of a post."""
    if request.method == "POST":
        return _sent(request, None)
    try:
        typed = _beginning(str(request.GET.get("post", "")))
    except Problem as problem:
        warn(request, problem)
        typed = Sitting()
    return _page(request, None, typed)


@for_staff
@require_http_methods(["GET", "POST"])
def write_series(request: Request, series: int) -> HttpResponse:
    """A sitting as it was left; sent, it is kept, and the posts are made when that was the button."""
    kept = get_object_or_404(Series.objects.select_related("by"), pk=series)
    if request.method == "POST":
        return _sent(request, kept)
    if kept.made_at:
        return see("series", kept.pk)
    return _page(request, kept, sitting.sitting_of(kept))


@for_staff
@require_POST
def drop_series(request: Request, series: int) -> HttpResponse:
    """Deletes a sitting of which no post is made."""
    kept = get_object_or_404(Series.objects.select_related("by"), pk=series)
    try:
        sitting.drop(kept, request.user)
    except Problem as problem:
        warn(request, problem)
        return see("series", series)
    tell(request, _("What was typed for this series is deleted. No post was made of it."))
    return see("my_drafts")


def _beginning(post: str) -> Sitting:
    """What a new sitting begins with. Raises Problem where the post is one that is not copied."""
    number = int(post) if post.isdecimal() and len(post) < 19 else 0
    like = Post.objects.filter(pk=number).first()
    return sitting.like(like, desk(), now()) if like else Sitting()


def _sent(request: Request, series: Series | None) -> HttpResponse:
    """Keeps what was sent, then does what the button says. What cannot be kept is shown again: nobody's words are lost."""
    data = request.POST
    do = str(data.get("do", "keep"))
    form = str(data.get("form", ""))
    typed = _typed(request, series)
    try:
        kept = sitting.keep(series, typed, request.user, now(), form)
    except Problem as problem:
        return _refused(request, series, typed, problem)
    if getattr(request, "htmx", False):
        return render(request, "posts/_kept.html", {"at": now()})
    was_seen = data.get("seen", "") == making.seen(typed)
    if do in MAKES and was_seen:
        return _make(request, kept, typed, submit=do == "submit")
    return _again(request, kept, do)


def _typed(request: Request, series: Series | None) -> Sitting:
    """What was sent, over what the sitting began with."""
    if series:
        before = sitting.sitting_of(series)
    else:
        before = Sitting()
        with suppress(Problem):
            before = _beginning(str(request.POST.get("like", "")))
    return read_sitting(request.POST, before)


def _refused(
    request: Request,
    series: Series | None,
    typed: Sitting,
    problem: Problem,
) -> HttpResponse:
    if getattr(request, "htmx", False):
        said = say(str(problem), reader_language())
        return render(request, "posts/_kept.html", {"problem": said})
    warn(request, problem)
    return _page(request, series, typed, status=422)


def _again(request: Request, series: Series, do: str) -> HttpResponse:
    """Leads back to the form: to the next text, to the days, or to both when what they show has changed."""
    answer = see("write_series", series.pk)
    if do in MAKES:
        warn(
            request,
            _("Something has changed since you saw these days: look at them once more."),
        )
    if do == "next":
        answer.headers["Location"] += "?next=1"
    elif do != "keep":
        answer.headers["Location"] += "?look=1#days"
    return answer


def _make(request: Request, series: Series, typed: Sitting, *, submit: bool) -> HttpResponse:
    try:
        posts = making.make(
            series,
            typed,
            request.user,
            desk(),
            now(),
            submit=submit,
        )
    except Problem as problem:
        warn(request, problem)
        return _again(request, series, "look")
    number = len(posts)
    said = ngettext("%(count)d post is made.", "%(count)d posts are made.", number)
    tell(request, said % {"count": number})
    if submit:
        tell(request, _("They wait for somebody else to approve them."))
    return see("series", series.pk)


def _page(
    request: Request,
    series: Series | None,
    typed: Sitting,
    status: int = 200,
) -> HttpResponse:
    action = reverse("new_series")
    if series:
        action = reverse("write_series", args=[series.pk])
    if not typed.first:
        typed = _with_first_day(typed)
    is_next = "next" in request.GET and bool(typed.pieces)
    values = {
        "series": series,
        "like": str(request.GET.get("post", "")),
        "action": action,
        "typed": typed,
        "rows": rows(typed, is_next=is_next),
        "is_next": is_next,
        "campaigns": open_campaigns(typed.campaign),
        "most": sitting.MOST,
        "empty": row_of(BLUEPRINT, SittingText()),
        **choices(typed, desk()),
    }
    if series and "look" in request.GET:
        values |= _looked(request, typed)
    return render(request, "series/write.html", values, status=status)


def _with_first_day(typed: Sitting) -> Sitting:
    """A week from today is a first day that gives everybody time to read."""
    first = site_day() + timedelta(DAYS)
    return replace(typed, first=str(first))


def _looked(request: Request, typed: Sitting) -> dict[str, object]:
    """The posts as they would be made; empty, with a notice, where something is missing."""
    try:
        ahead = making.look_ahead(typed, desk(), now())
    except Problem as problem:
        warn(request, problem)
        return {}
    errors = sum(row.has_errors for row in ahead)
    return {
        "ahead": lines(ahead),
        "seen": making.seen(typed),
        "errors": errors,
    }


urlpatterns = [
    path("posts/series/new/", new_series, name="new_series"),
    path("posts/series/<int:series>/write/", write_series, name="write_series"),
    path("posts/series/<int:series>/drop/", drop_series, name="drop_series"),
]
