"""Campaigns: dates, aim, hashtags and links, and how far each one is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.authoring.closed import closed_campaigns, closing_of
from campaign.authoring.shared import campaigns
from campaign.authoring.shared.written import stands_in_file
from campaign.content.campaigns import Campaign, nameless
from campaign.content.library import CAMPAIGN, Library
from campaign.core.clock import local_day
from campaign.core.finding import Place
from campaign.listings import today as overview
from campaign.listings.paging import values_of
from campaign.models import Post
from campaign.states import Stage, Status
from campaign.web.campaigns.days import days_of
from campaign.web.frame.access import Request, for_staff
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import config, library, now, site_day, zone
from campaign.web.today.coming import lines

A_FEW = 10
"""Versions of a campaign that its page names; the log has all of them, with what changed."""
WIDTH = 100.0
"""Of the whole bar, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class CampaignRun:
    """A campaign and the local dates of its run: the one that is on, or the next one."""

    campaign: Campaign
    name: str
    aim: str
    start: date | None
    end: date | None
    state: str  #: "on", "early" (next, and some of it is out), "next", "over", "closed", or "" when it names no days
    file: str  #: as people name it; "" when it has none
    is_known: bool  #: it has a name and more; else only its posts are known


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of the bar of deliveries."""

    status: Status
    count: int
    start: float
    width: float


@for_staff
@require_GET
def show_campaigns(request: Request) -> HttpResponse:
    """Every campaign of the files and of the pages, and every one that has posts."""
    files, today, closed = library(), site_day(), closed_campaigns()
    names = sorted({*files.campaigns, *values_of(Post, "campaign")})
    runs = [_run(name, files, today, closed) for name in names]
    order = ("on", "early", "next", "", "over", "closed")
    runs.sort(key=lambda run: (order.index(run.state), run.start or date.max, run.name))
    return render(request, "campaigns/campaigns.html", {"runs": runs})


@for_staff
@require_GET
def show_campaign(request: Request, slug: str) -> HttpResponse:
    """One campaign: what it says, how many posts and deliveries are in which stage and status, and what comes next."""
    files, moment = library(), now()
    stages, statuses = overview.figures(slug)
    if slug not in files.campaigns and not stages:
        raise Http404
    closing = closing_of(slug)
    run = _run(slug, files, local_day(moment, zone()), {slug} if closing else ())
    posts, deliveries = sum(stages.values()), sum(statuses.values())
    versions = campaigns.versions_of(slug, A_FEW)
    context = {
        "run": run,
        "seen": days_of(slug, run.start, run.end, request.GET.get("month", "")),
        "stages": [(stage.value, stages[stage]) for stage in Stage if stage in stages],
        "bar": _bar(statuses),
        "posts": posts,
        "deliveries": deliveries,
        "is_part": max(posts, deliveries) >= overview.MOST_COUNTED,
        "most_counted": overview.MOST_COUNTED,
        "coming": lines(overview.coming(slug), moment),
        "version": versions[0] if versions else None,
        "earlier": versions[1:],
        "says_otherwise": _says_otherwise(slug, files),
        "closing": closing,
    }
    return render(request, "campaigns/campaign.html", context)


def _run(slug: str, files: Library, today: date, closed: Collection[str]) -> CampaignRun:
    unnamed = nameless(slug, Place(slug))
    campaign = files.campaigns.get(slug, unnamed)
    is_of_file = stands_in_file(campaign)
    start, end = campaign.dates(files.days, today)
    language = reader_language()
    return CampaignRun(
        campaign=campaign,
        name=campaign.names.get(language) or slug,
        aim=campaign.aims.get(language, ""),
        start=start,
        end=end,
        state="closed" if slug in closed else _state(slug, start, end, today),
        file=f"{config().content.posts.name}/{slug}/{CAMPAIGN}" if is_of_file else "",
        is_known=campaign != nameless(slug, campaign.place),
    )


def _says_otherwise(slug: str, files: Library) -> bool:
    """Whether the pages say something else of a campaign than its file, which rules."""
    places = [finding.place.file for finding in files.findings if finding.code == "in-both"]
    return slug in places


def _state(slug: str, start: date | None, end: date | None, today: date) -> str:
    if end and end < today:
        return "over"
    if start and start > today:
        return "early" if overview.has_published(slug) else "next"
    return "on" if start or end else ""


def _bar(statuses: Mapping[Status, int]) -> list[BarPart]:
    """The parts of the bar, in the order of a delivery's life, one beside the other."""
    parts: list[BarPart] = []
    total, at = sum(statuses.values()), 0.0
    for status in Status:
        if status in statuses:
            count = statuses[status]
            width = round(WIDTH * count / total, 2)
            parts.append(BarPart(status, count, round(at, 2), width))
            at += width
    return parts


urlpatterns = [
    path("campaigns/", show_campaigns, name="campaigns"),
    path("campaigns/<str:slug>/", show_campaign, name="campaign"),
]
