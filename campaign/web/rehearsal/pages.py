"""The rehearsal: choose the days, let it play, and read what would happen."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.networks import paid
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, library, now
from campaign.web.rehearsal.runs import Stagehand, Wished
from campaign.web.rehearsal.shown import shown_of

STAGEHAND = Stagehand()
"""One for all: a rehearsal at a time, whoever asks for it."""


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: Request) -> HttpResponse:
    """The form, and the latest rehearsal: going, ended, or what it showed. A POST begins one."""
    if request.method == "POST":
        return _begin(request)
    template = "rehearsal/_rehearsal.html" if getattr(request, "htmx", False) else "rehearsal/rehearsal.html"
    return render(request, template, _values(request.GET.get("month", "")))


def _begin(request: Request) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip()[:100] for name in ("first", "last", "campaign")}
    asked = Wished(**typed, approved_only="approved_only" in request.POST, anew="anew" in request.POST)
    wrong = _wrong(asked)
    if wrong:
        values = _values("") | {"asked": asked, "wrong": wrong}
        return render(request, "rehearsal/rehearsal.html", values, status=422)
    if not STAGEHAND.begin(asked, request.user.username, now()):
        warn(request, _("A rehearsal is going already: wait until it has ended."))
    return see("rehearsal")


def _wrong(asked: Wished) -> dict[str, str]:
    """What is wrong with each field."""
    wrong = {}
    dates = {name: _date(getattr(asked, name)) for name in ("first", "last")}
    for name, found in dates.items():
        if getattr(asked, name) and found is None:
            wrong[name] = _("Write a date such as 2027-10-13.")
    if dates["first"] and dates["last"] and dates["last"] < dates["first"]:
        wrong["last"] = _("The last day comes before the first: choose a later one.")
    if asked.campaign and asked.campaign not in library().campaigns:
        wrong["campaign"] = _("There is no such campaign: choose one of the list.")
    return wrong


def _date(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def _values(month: str) -> dict[str, object]:
    run, language = STAGEHAND.last(now()), (get_language() or "en")[:2]
    return {
        "run": run,
        "asked": run.asked if run else Wished(),
        "wrong": {},
        "paid": paid(),
        "shown": shown_of(run.result, month, config()) if run and run.result else None,
        "campaigns": [(slug, one.names.get(language, slug)) for slug, one in sorted(library().campaigns.items())],
    }


urlpatterns = [path("rehearsal/", rehearsal, name="rehearsal")]
