"""Findings that were called wrong: saying so, the list of them, and the list as a file for whoever keeps the lists of words."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.authoring.compose import Desk
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.decisions.called_wrong import call_wrong
from campaign.listings import paging
from campaign.listings.approvals import Review, review
from campaign.listings.log import BYTE_ORDER_MARK, csv_rows
from campaign.models import Post
from campaign.models.checks import CalledWrong
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config_and_library, now

HEADINGS = ("at", "check", "kind", "post", "finding", "by")
"""Of the file, which programs read as well."""


@for_staff
@require_POST
def call_finding_wrong(request: Request, post: int) -> HttpResponse:
    """Notes that one of the findings that the page of a post shows is wrong."""
    about = get_object_or_404(Post, pk=post)
    seen = review(about, Desk(*config_and_library()), now())
    finding = _asked(seen, request.POST.get("code", ""), request.POST.get("said", ""))
    if finding is None:
        warn(request, _("This note is not there any more: the post was changed meanwhile."))
        return see("approve", post)
    try:
        call_wrong(about, finding, request.user, now())
    except Problem as problem:
        warn(request, str(problem))
    else:
        tell(request, _("Thank you. It is kept, so that the checks get better."))
    return see("approve", post)


@for_staff
@require_GET
def show_called_wrong(request: Request) -> HttpResponse:
    """A page of the findings that were called wrong, the oldest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = paging.page_of(_all(), "at", after=after, before=before)
    names = {"page": page, "list_url": reverse("called_wrong"), "query": ""}
    return render(request, "approve/called_wrong.html", names)


@for_staff
@require_GET
def called_wrong_csv(request: Request) -> StreamingHttpResponse:  # noqa: ARG001 - as every page
    """All of them as CSV."""
    headers = {
        "Content-Disposition": 'attachment; filename="findings-called-wrong.csv"',
        "Cache-Control": "private, no-store",
    }
    kind = "text/csv; charset=utf-8"
    return StreamingHttpResponse(_lines(), content_type=kind, headers=headers)


def _asked(seen: Review, code: str, said: str) -> Finding | None:
    """The finding that was shown: what a form says is not taken on trust."""
    findings = list(seen.findings)
    for sheet in seen.sheets:
        findings += sheet.findings
    for finding in findings:
        if finding.code == code and str(finding.message) == said:
            return finding
    return None


def _all() -> QuerySet[CalledWrong]:
    return CalledWrong.objects.select_related("post", "by").order_by("at", "id")


def _lines() -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield from csv_rows([HEADINGS])
    for wrong in _all().iterator(500):
        post = wrong.post
        row = (wrong.at, wrong.code, post.kind, post.key, wrong.sentence, wrong.by.username)
        yield from csv_rows([row])


urlpatterns = [
    path("approve/<int:post>/wrong/", call_finding_wrong, name="call_wrong"),
    path("approve/wrong/", show_called_wrong, name="called_wrong"),
    path("approve/wrong/findings.csv", called_wrong_csv, name="called_wrong_csv"),
]
