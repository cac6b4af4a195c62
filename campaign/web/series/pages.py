"""A series on one page: each post with how it stands; moved, submitted and cancelled as one."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from campaign.authoring.several import making
from campaign.content.dates.rhythm import MOST_DAYS, Shift
from campaign.content.dates.when import parse_clock
from campaign.core.problem import Asked, Problem
from campaign.decisions import series as decisions
from campaign.decisions.series import Move
from campaign.listings.paging import PAGE
from campaign.listings.writing import series as listing
from campaign.listings.writing.series import PostOfSeries
from campaign.models import Post
from campaign.models.series import Series
from campaign.states import NOT_OUT_YET, Stage
from campaign.web.calendar.move_form import LONGEST_REASON
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, rules
from campaign.web.posts.page import desk
from campaign.web.posts.units import said_when
from campaign.web.series import duplicate, write
from campaign.web.series.form import weekdays

_WRITTEN = (Stage.WRITING, Stage.RETURNED)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form that moves a series."""

    days: str = "0"
    weekday: str = ""
    time: str = ""

    def __str__(self) -> str:
        """As the form says it about which a person was asked."""
        return f"{self.days} {self.weekday} {self.time}"


@for_staff
@require_GET
def show_list(request: Request) -> HttpResponse:
    """The series, the newest first."""
    before = str(request.GET.get("before", ""))
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    series = listing.newest(number)
    values = {
        "rows": series[:PAGE],
        "before": series[PAGE - 1].pk if len(series) > PAGE else None,
        "is_first": not number,
    }
    return render(request, "series/list.html", values)


@for_staff
@require_GET
def show_series(request: Request, series: int) -> HttpResponse:
    """One series. One that is still being written leads to the page where it is."""
    shown = get_object_or_404(Series.objects.select_related("by"), pk=series)
    if shown.made_at is None:
        return _unmade(request, shown)
    return _page(request, shown, Typed())


def _unmade(request: Request, series: Series) -> HttpResponse:
    if series.by_id == request.user.pk:
        return see("write_series", series.pk)
    return render(request, "series/unmade.html", {"series": series})


@for_staff
@require_POST
def move_series(request: Request, series: int) -> HttpResponse:
    """Moves all that is not out, or asks first."""
    moved = get_object_or_404(Series, pk=series)
    data = request.POST
    names = ("days", "weekday", "time")
    typed = Typed(*(str(data.get(name, ""))[:10].strip() for name in names))
    sure = data.get("sure", "") == str(typed)
    shown = str(data.get("shown", ""))
    try:
        to = _move(typed)
        number = decisions.move(
            *(moved, to, request.user, desk(), now(), rules()), answered=sure, shown=shown
        )
    except Asked as asked:
        return _page(request, moved, typed, asked.questions)
    except Problem as problem:
        warn(request, problem)
        return see("series", series)
    said = ngettext(
        "%(count)d post has a new time.", "%(count)d posts have a new time.", number
    )
    tell(request, said % {"count": number})
    return see("series", series)


@for_staff
@require_POST
def cancel_series(request: Request, series: int) -> HttpResponse:
    """Takes all that is not out out of the queue."""
    cancelled = get_object_or_404(Series, pk=series)
    reason = str(request.POST.get("reason", "")).strip()[:LONGEST_REASON]
    try:
        number = decisions.cancel(cancelled, request.user, reason, now())
    except Problem as problem:
        warn(request, problem)
        return see("series", series)
    said = ngettext("%(count)d post is cancelled.", "%(count)d posts are cancelled.", number)
    tell(request, said % {"count": number})
    return see("series", series)


@for_staff
@require_POST
def submit_series(request: Request, series: int) -> HttpResponse:
    """Submits all that is written, or nothing of it."""
    submitted = get_object_or_404(Series, pk=series)
    posts = list(submitted.posts.filter(stage__in=_WRITTEN).order_by("pk"))
    try:
        making.submit_together(posts, request.user, desk(), now())
    except Problem as problem:
        warn(request, problem)
        return see("series", series)
    said = ngettext(
        "%(count)d post waits for somebody else to approve it.",
        "%(count)d posts wait for somebody else to approve them.",
        len(posts),
    )
    tell(request, said % {"count": len(posts)})
    return see("series", series)


@for_staff
@require_POST
def leave_series(request: Request, post: int) -> HttpResponse:
    """Takes one post out of its series."""
    left = get_object_or_404(Post, pk=post)
    try:
        making.leave(left, request.user, now())
    except Problem as problem:
        warn(request, problem)
        return see("post", post)
    said = _("“%(name)s” left its series: it is not moved or cancelled with it any more.")
    tell(request, said % {"name": left.called})
    return see("series", left.series_id) if left.series_id else see("post", post)


def _move(typed: Typed) -> Move:
    """What was typed, as the act takes it. Raises Problem where it cannot be read, or moves nothing."""
    written = typed.days.replace("−", "-") or "0"
    if not written.lstrip("+-").isdecimal() or abs(int(written)) > MOST_DAYS:
        raise Problem(_("Name the days as a number, such as 7, or −7 for a week earlier."))
    clock = parse_clock(typed.time[:5])
    if typed.time and clock is None:
        raise Problem(_("Name the time as 09:00."))
    weekday = int(typed.weekday) if typed.weekday in making.WEEKDAYS else None
    move = Move(Shift(int(written), weekday), clock)
    if move == Move(Shift()):
        raise Problem(
            _("Say where the series goes: by how many days, to which weekday, or at what time.")
        )
    return move


def _page(
    request: Request, series: Series, typed: Typed, questions: tuple[str, ...] = ()
) -> HttpResponse:
    posts = listing.posts_of(series)
    channels = {delivery.channel for row in posts for delivery in row.deliveries}
    values = {
        "series": series,
        "standing": decisions.standing(series),
        "posts": [(row, said_when(row.when)) for row in posts],
        "names": {channel: channel_name(channel, config()) for channel in channels},
        "typed": typed,
        "weekdays": weekdays((typed.weekday,)),
        "questions": questions,
        "unsubmitted": sum(row.post.stage in _WRITTEN for row in posts),
        "waits": any(map(_waits, posts)),
        "most_days": MOST_DAYS,
    }
    return render(request, "series/series.html", values, status=422 if questions else 200)


def _waits(row: PostOfSeries) -> bool:
    """Whether it can still be moved or cancelled."""
    statuses = {delivery.status for delivery in row.deliveries}
    return row.post.stage in _WRITTEN or not statuses.isdisjoint(NOT_OUT_YET)


urlpatterns = [
    *duplicate.urlpatterns,
    *write.urlpatterns,
    path("posts/series/", show_list, name="series_list"),
    path("posts/series/<int:series>/", show_series, name="series"),
    path("posts/series/<int:series>/move/", move_series, name="move_series"),
    path("posts/series/<int:series>/cancel/", cancel_series, name="cancel_series"),
    path("posts/series/<int:series>/submit/", submit_series, name="submit_series"),
    path("posts/<int:post>/leave-series/", leave_series, name="leave_series"),
]
