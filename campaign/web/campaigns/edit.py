"""A campaign is made and changed here; what a change would do to what waits is shown first."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaign.authoring.following import Loaded
from campaign.authoring.shared import campaigns
from campaign.authoring.shared.campaign_source import CampaignFields, fields_of
from campaign.authoring.shared.campaigns import NoCampaign
from campaign.authoring.shared.effects import Effect, seen
from campaign.core.problem import Problem
from campaign.web.campaigns.form import (
    form_of,
    hidden_values,
    parts_of,
    read_campaign_form,
)
from campaign.web.campaigns.shown import shown_effects
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import campaign_name, library, now
from campaign.web.posts.page import base_of, desk


@for_staff
@require_http_methods(["GET", "POST"])
def new_campaign(request: Request) -> HttpResponse:
    """The form of a new campaign; sent, it makes it and leads to its page."""
    if request.method == "GET":
        return _form(request, CampaignFields())
    fields = read_campaign_form(request.POST)
    try:
        slug = campaigns.make(fields, request.user, desk(), now())
    except Problem as problem:
        return _form(request, fields, problem)
    tell(request, _("The campaign is made. Write its first post."))
    return see("campaign", slug)


@for_staff
@require_http_methods(["GET", "POST"])
def change_campaign(request: Request, slug: str) -> HttpResponse:
    """A campaign's form. Sent, it shows what would change for what waits; sent again from there, or where nothing would,
    it is changed."""
    current = library().campaigns.get(slug)
    if current is None:
        raise Http404
    if request.method == "GET":
        return _form(request, fields_of(current), slug=slug, based_on=_newest(slug))
    fields, based_on = read_campaign_form(request.POST), base_of(request.POST)
    try:
        if request.POST.get("do") == "edit":
            return _form(request, fields, slug=slug, based_on=based_on)
        if not campaigns.difference_of(current, fields):
            tell(request, _("Nothing differs from what the campaign says already."))
            return see("campaign", slug)
        effects = campaigns.what_changes(slug, fields, desk(), now())
        shown = seen(effects)
        is_stale = based_on != _newest(slug)
        if is_stale or (effects and request.POST.get("seen") != shown):
            return _check(request, slug, fields, effects, is_stale=is_stale)
        loaded = campaigns.change(
            *(slug, fields, request.user, desk(), now()), based_on=based_on, shown=shown
        )
    except Problem as problem:
        return _form(request, fields, problem, slug, based_on)
    _tell_changed(request, loaded)
    return see("campaign", slug)


@for_staff
@require_POST
def take_over(request: Request, slug: str) -> HttpResponse:
    """What the campaign's file says is kept in the pages too."""
    try:
        campaigns.take_over(slug, request.user, desk(), now())
        tell(
            request,
            _(
                "What the file says is kept here, too. Once the file campaign.toml is taken away, the campaign is changed here."
            ),
        )
    except Problem as problem:
        warn(request, problem)
    return see("campaign", slug)


def _form(
    request: Request,
    fields: CampaignFields,
    problem: Problem | None = None,
    slug: str = "",
    based_on: int = 0,
) -> HttpResponse:
    """The form; with what is wrong, where it was sent."""
    if problem:
        warn(request, problem)
    looked_at = problem.read if isinstance(problem, NoCampaign) else None
    values = {
        "form": form_of(fields, desk(), looked_at),
        "slug": slug,
        "name": campaign_name(slug) if slug else "",
        "based_on": based_on,
    }
    status = 422 if problem else 200
    return render(request, "campaigns/writing/edit.html", values, status=status)


def _newest(slug: str) -> int:
    version = campaigns.version_of(slug)
    return version.number if version else 0


def _check(
    request: Request,
    slug: str,
    fields: CampaignFields,
    effects: Sequence[Effect],
    *,
    is_stale: bool,
) -> HttpResponse:
    """What would change, before anything does; against what somebody else has saved meanwhile, too."""
    current = library().campaigns[slug]
    typed = {**dict(hidden_values(request.POST)), "base": str(_newest(slug))}
    values = {
        "slug": slug,
        "name": campaign_name(slug),
        "differences": parts_of(campaigns.difference_of(current, fields)),
        "effects": shown_effects(effects),
        "approved": sum(effect.loses_approval for effect in effects),
        "typed": typed.items(),
        "seen": seen(effects),
        "is_stale": is_stale,
    }
    status = 422 if is_stale else 200
    return render(request, "campaigns/writing/check.html", values, status=status)


def _tell_changed(request: Request, loaded: Loaded) -> None:
    changed = loaded.counts.get("deliveries changed", 0)
    said = ngettext(
        "%(count)s delivery has new words.", "%(count)s deliveries have new words.", changed
    )
    more = said % {"count": changed} if changed else ""
    tell(request, " ".join(filter(None, (_("The campaign is changed."), more))))
    if loaded.lost_approvals:
        warn(request, _("What had been approved has changed, so it waits for approval again."))
    for question in loaded.questions:
        warn(request, question)


urlpatterns = [
    path("new-campaign/", new_campaign, name="new_campaign"),
    path("campaigns/<str:slug>/change/", change_campaign, name="change_campaign"),
    path("campaigns/<str:slug>/take-over/", take_over, name="take_over_campaign"),
]
