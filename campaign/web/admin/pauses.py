"""Stop publishing, and start it again: all of it, or a campaign, a channel, a language."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from campaign.content.dates.when import BadWhen, to_utc
from campaign.core.problem import Problem
from campaign.delivery import pauses
from campaign.listings.paging import how_many, values_of
from campaign.models import Pause, Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.channels import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, zone

RECENT = 8


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that a pause can be put on; `value` is what the form sends: "", "language:fr", "channel:…", "campaign:…"."""

    value: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class StandingPause:
    """A pause that is on, how many deliveries it keeps, and how many of them have come due."""

    pause: Pause
    kept: int
    overdue: int


@for_staff
@require_GET
def show_pauses(request: Request) -> HttpResponse:
    """What is paused, what was, and the form for another one. `?on=channel:x-en` chooses the scope beforehand."""
    return _page(request, {"on": request.GET.get("on", "")})


@for_staff
@require_POST
def start(request: Request) -> HttpResponse:
    """Stops publishing before the next post."""
    try:
        kind, name = _scope(request.POST.get("on", ""))
        until = _end(request.POST.get("until_day", ""), request.POST.get("until_hour", ""))
        reason = request.POST.get("reason", "").strip() or request.POST.get("ready", "")
        scope = {"campaign": "", "channel": "", "language": ""} | ({kind: name} if kind else {})
        pauses.pause(
            scope["campaign"],
            scope["channel"],
            reason,
            request.user.username,
            now(),
            language=scope["language"],
            until=until,
        )
    except Problem as problem:
        warn(request, str(problem))
        return _page(request, request.POST.dict(), status=422)
    tell(request, _("Paused. Nothing that this pause is on goes out, from the next post on."))
    return see("pauses")


@for_staff
@require_POST
def end(request: Request, pause: int) -> HttpResponse:
    """Ends a pause. What came due meanwhile waits for a decision."""
    one = get_object_or_404(Pause, pk=pause)
    reason = request.POST.get("reason", "").strip() or "Resumed by hand."
    try:
        if one.ended_at is not None:
            raise Problem("This pause has ended already.")
        missed = pauses.resume(one.campaign, one.channel, reason, request.user.username, now(), language=one.language)
    except Problem as problem:
        warn(request, str(problem))
        return see("pauses")
    tell(request, _("The pause has ended."))
    if not missed:
        return see("pauses")
    said = ngettext(
        "%(count)d delivery came due meanwhile. Nothing is sent by itself: decide here what becomes of it.",
        "%(count)d deliveries came due meanwhile. Nothing is sent by itself: decide here what becomes of them.",
        missed,
    )
    tell(request, said % {"count": missed})
    return _see_missed()


def scopes() -> list[Scope]:
    """All that a pause can be put on, everything first."""
    return [
        Scope("", _("All publishing")),
        *(Scope(f"language:{code}", _everything_in(code), _("A language")) for code in config().site.languages),
        *(Scope(f"channel:{name}", channel_name(name, config()), _("A channel")) for name in config().channels),
        *(Scope(f"campaign:{name}", name, _("A campaign")) for name in values_of(Post, "campaign")),
    ]


def _everything_in(language: str) -> str:
    return _("Everything in French") if language == "fr" else _("Everything in English")


def _page(request: Request, typed: dict[str, object] | dict[str, str], status: int = 200) -> HttpResponse:
    context = {
        "standing": [_standing(one) for one in pauses.standing_pauses()],
        "recent": Pause.objects.exclude(ended_at=None).order_by("-ended_at", "-id")[:RECENT],
        "pause_scopes": scopes(),
        "typed": typed,
        "now": now(),
    }
    return render(request, "admin/pauses.html", context, status=status)


def _standing(one: Pause) -> StandingPause:
    kept = pauses.on(one)
    return StandingPause(one, how_many(kept), how_many(kept.filter(due_at__lte=now())))


def _scope(written: str) -> tuple[str, str]:
    """The kind and the name of what the form sends. Raises Problem for what there is not."""
    if written not in {scope.value for scope in scopes()}:
        raise Problem("Choose what to pause from the list.")
    kind, _colon, name = written.partition(":")
    return kind, name


def _end(day: str, hour: str) -> datetime | None:
    """The end that was chosen, in UTC; of an hour that comes twice, the second. A day alone ends at midnight after it."""
    if not day and not hour:
        return None
    try:
        chosen = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else time(23, 59))
        due = to_utc(chosen, zone())
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    except ValueError:
        raise Problem("The end of the pause is not a date with a time: write both, or leave both empty.") from None
    return chosen.replace(tzinfo=zone(), fold=1) if due.doubled else due.utc


def _see_missed() -> HttpResponseRedirect:
    answer = HttpResponseRedirect(f"{reverse('queue')}?status=missed")
    answer.status_code = 303
    return answer


urlpatterns = [
    path("pauses/", show_pauses, name="pauses"),
    path("pauses/start/", start, name="pause_start"),
    path("pauses/<int:pause>/end/", end, name="pause_end"),
]
