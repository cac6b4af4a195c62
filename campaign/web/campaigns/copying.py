"""A campaign is copied here; what the copy would be is shown first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.authoring.shared import campaigns, copying
from campaign.authoring.shared.campaign_source import CampaignFields, fields_of
from campaign.authoring.shared.campaigns import NoCampaign
from campaign.authoring.shared.copying import Laid
from campaign.content.campaigns import Campaign
from campaign.content.dates.when import AtTime, OnDay, When
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.web.campaigns.form import form_of, hidden_values, read_campaign_form
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import day
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import library, now, site_day
from campaign.web.posts.page import desk

_YEAR = re.compile(r"\b20\d\d$")


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A post that is copied, and its time before and after in words."""

    post: Post
    before: str
    after: str
    is_moved: bool


@for_staff
@require_http_methods(["GET", "POST"])
def copy_campaign(request: Request, slug: str) -> HttpResponse:
    """The form of the copy; sent, it shows what would be made; sent again from there, it is made."""
    current = library().campaigns.get(slug)
    if current is None:
        raise Http404
    if request.method == "GET":
        return _form(request, current, _named_anew(current))
    fields = read_campaign_form(request.POST)
    with_posts = "with_posts" in request.POST
    try:
        if request.POST.get("do") == "edit":
            return _form(request, current, fields)
        if with_posts and request.POST.get("do") != "copy":
            return _check(request, current, fields)
        made = copying.copy(slug, fields, request.user, desk(), now(), with_posts=with_posts)
    except Problem as problem:
        return _form(request, current, fields, problem)
    tell(request, _("The campaign is copied. Its posts, if it has any, are drafts of yours."))
    return see("campaign", made)


def _named_anew(campaign: Campaign) -> CampaignFields:
    """What the campaign says, with a name that can be told from its own, and a tag of its own."""
    fields = fields_of(campaign)
    names = {}
    for language, name in fields.names.items():
        names[language] = _with_next_year(name)
    return replace(fields, names=names, utm="")


def _with_next_year(name: str) -> str:
    """The name with the year after the one that it ends with, or with the year after this one."""
    match = _YEAR.search(name)
    last = int(match[0]) if match else site_day().year
    before = _YEAR.sub("", name).rstrip()
    return f"{before} {last + 1}"


def _form(
    request: Request,
    current: Campaign,
    fields: CampaignFields,
    problem: Problem | None = None,
) -> HttpResponse:
    if problem:
        warn(request, problem)
    looked_at = problem.read if isinstance(problem, NoCampaign) else None
    is_sent = request.method == "POST"
    values = {
        "form": form_of(fields, desk(), looked_at),
        "slug": current.slug,
        "name": _name(current),
        "with_posts": "with_posts" in request.POST if is_sent else True,
    }
    status = 422 if problem else 200
    return render(request, "campaigns/writing/copy.html", values, status=status)


def _check(request: Request, current: Campaign, fields: CampaignFields) -> HttpResponse:
    """What the copy would be, before it is made."""
    made = copying.what_is_copied(current.slug, fields, desk(), now())
    campaigns.need_free(campaigns.slug_of(fields.names), library())
    names = _names_of_days()
    start, end = made.campaign.dates(library().days, site_day())
    values = {
        "slug": current.slug,
        "name": _name(current),
        "new_name": _name(made.campaign),
        "run": {"start": start, "end": end},
        "rows": [_row(laid, names) for laid in made.posts],
        "stories": made.stories,
        "is_laid": made.moved is not None,
        "typed": hidden_values(request.POST),
    }
    return render(request, "campaigns/writing/copy_check.html", values)


def _row(laid: Laid, days: Mapping[str, str]) -> LaidRow:
    before, after = _in_words(laid.before, days), _in_words(laid.after, days)
    return LaidRow(laid.post, before, after, is_moved=laid.before != laid.after)


def _in_words(when: When | None, days: Mapping[str, str]) -> str:
    if when is None:
        return _("No time yet")
    if isinstance(when, AtTime):
        values = {"day": day(when.date), "time": f"{when.time:%H:%M}"}
        return _("%(day)s, %(time)s") % values
    if isinstance(when, OnDay):
        return _("Around %(day)s") % {"day": days.get(when.day_id, when.day_id)}
    return _("In the next free slot")


def _names_of_days() -> dict[str, str]:
    language = reader_language()
    return {key: day.names.get(language, key) for key, day in library().days.items()}


def _name(campaign: Campaign) -> str:
    return campaign.names.get(reader_language(), campaign.slug)


urlpatterns = [path("campaigns/<str:slug>/copy/", copy_campaign, name="copy_campaign")]
