"""What of a campaign was written in the pages, as files: what is in them, and the ZIP file itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from campaign.authoring.shared import written_out
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import warn
from campaign.web.frame.site import campaign_name, library
from campaign.web.posts.page import desk


@for_staff
@require_GET
def campaign_files(request: Request, slug: str) -> HttpResponse:
    """What would be in the file, and what stays here."""
    _need_known(slug)
    try:
        out = written_out.files_of_campaign(slug, desk())
    except Problem as problem:
        warn(request, problem)
        return see("campaign", slug)
    values = {"slug": slug, "name": campaign_name(slug), "out": out}
    return render(request, "campaigns/writing/files.html", values)


@for_staff
@require_GET
def campaign_zip(request: Request, slug: str) -> HttpResponse:
    """The ZIP file."""
    _need_known(slug)
    try:
        out = written_out.files_of_campaign(slug, desk())
    except Problem as problem:
        warn(request, problem)
        return see("campaign", slug)
    answer = HttpResponse(written_out.zipped(out), content_type="application/zip")
    named = content_disposition_header(as_attachment=True, filename=f"{slug}.zip")
    answer.headers["Content-Disposition"] = str(named)
    return answer


def _need_known(slug: str) -> None:
    """Raises Http404 for a campaign that nobody knows."""
    is_known = slug in library().campaigns
    if not is_known and not Post.objects.filter(campaign=slug).exists():
        raise Http404


urlpatterns = [
    path("campaigns/<str:slug>/files/", campaign_files, name="campaign_files"),
    path("campaigns/<str:slug>/files/campaign.zip", campaign_zip, name="campaign_zip"),
]
