"""A campaign is closed here, with what of it still waits, and opened again."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaign.authoring.closed import closing_of
from campaign.core.problem import Problem
from campaign.decisions import closing
from campaign.decisions.closing import Rest
from campaign.states import Status
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import campaign_name, library, now


@for_staff
@require_http_methods(["GET", "POST"])
def close_campaign(request: Request, slug: str) -> HttpResponse:
    """What of the campaign waits, and what becomes of it; sent, the campaign is closed."""
    campaign = library().campaigns.get(slug)
    if campaign is None:
        raise Http404
    if request.method == "POST":
        return _close(request, slug)
    if closing_of(slug):
        return see("campaign", slug)
    waiting = closing.waiting_of(slug)
    approved = waiting.get(Status.QUEUED, 0)
    values = {
        "slug": slug,
        "name": campaign_name(slug),
        "approved": approved,
        "others": sum(waiting.values()) - approved,
        "goes_out": Rest.GOES_OUT.value,
        "cancelled": Rest.CANCELLED.value,
    }
    return render(request, "campaigns/writing/close.html", values)


@for_staff
@require_POST
def reopen_campaign(request: Request, slug: str) -> HttpResponse:
    """The campaign is open again."""
    try:
        closing.reopen(slug, request.user, now())
        tell(request, _("The campaign is open again: posts can be written for it."))
    except Problem as problem:
        warn(request, problem)
    return see("campaign", slug)


def _close(request: Request, slug: str) -> HttpResponse:
    sent = request.POST.get("rest")
    rest = Rest(sent) if sent in set(Rest) else None
    try:
        cancelled = closing.close(slug, request.user, now(), rest)
    except Problem as problem:
        warn(request, problem)
        return see("close_campaign", slug)
    said = ngettext(
        "%(count)s delivery was taken out of the queue.",
        "%(count)s deliveries were taken out of the queue.",
        cancelled,
    )
    more = said % {"count": cancelled} if cancelled else ""
    tell(request, " ".join(filter(None, (_("The campaign is closed."), more))))
    return see("campaign", slug)


urlpatterns = [
    path("campaigns/<str:slug>/close/", close_campaign, name="close_campaign"),
    path("campaigns/<str:slug>/open/", reopen_campaign, name="reopen_campaign"),
]
