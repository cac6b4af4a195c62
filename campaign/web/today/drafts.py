"""My drafts: what the reader writes and has not submitted, and what they typed and did not save."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.listings.paging import PAGE
from campaign.listings.writing import drafts
from campaign.listings.writing.series import unfinished
from campaign.web.frame.access import Request, for_staff


@for_staff
@require_GET
def show_drafts(request: Request) -> HttpResponse:
    """The reader's drafts, what was begun last first."""
    before = str(request.GET.get("before", ""))
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    rows = drafts.drafts_of(request.user.pk, number)
    values = {
        "rows": rows[:PAGE],
        "before": rows[PAGE - 1].post.pk if len(rows) > PAGE else None,
        "is_first": not number,
        "sittings": [] if number else unfinished(request.user.pk),
    }
    return render(request, "today/drafts.html", values)


urlpatterns = [path("posts/mine/", show_drafts, name="my_drafts")]
