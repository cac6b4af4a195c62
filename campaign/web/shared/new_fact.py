"""A fact is added here, from the list of facts or out of a post that is being written."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.authoring.shared import added
from campaign.content.facts import OF_SOURCE, OWN
from campaign.content.facts_file import Value
from campaign.core.problem import Problem
from campaign.models import Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import now
from campaign.web.posts.form import plain
from campaign.web.posts.page import base_of, desk
from campaign.web.shared.fact_form import as_typed, form_values, read_typed

_LONGEST = 200
"""Characters of what comes with the address."""


@for_staff
@require_http_methods(["GET", "POST"])
def new_fact(request: Request) -> HttpResponse:
    """The form of a new fact; sent, it is kept, and who came from a post is back there with the fact chosen."""
    if request.method == "GET":
        kind = OWN if request.GET.get("kind") == OWN else OF_SOURCE
        figure = plain(request.GET.get("figure", ""))[:_LONGEST]
        return _page(request, {"kind": kind, "status": "ok", "figure": figure})
    try:
        values = read_typed(request)
        name = plain(request.POST.get("name", "")).lower()
        key = added.add_fact(
            name,
            values,
            request.user,
            desk(),
            now(),
        )
    except Problem as problem:
        warn(request, problem)
        return _page(request, as_typed(request), status=422)
    return _kept(request, key)


def _kept(request: Request, key: str) -> HttpResponse:
    number = base_of(request.POST, "post")
    post = Post.objects.filter(pk=number).first() if number else None
    if post is None:
        tell(request, _("The fact is kept. Somebody else confirms it before it goes out."))
        return see("fact", key)
    try:
        added.choose_in_draft(
            post,
            key,
            request.user,
            desk(),
            now(),
        )
    except Problem as problem:
        warn(request, problem)
        return see("fact", key)
    tell(
        request,
        _(
            "The fact is kept and chosen for this post: put it into the texts. Somebody else confirms it before it goes out."
        ),
    )
    answer = see("post", post.pk)
    answer.headers["Location"] += "#facts-title"
    return answer


def _page(request: Request, values: Mapping[str, Value], status: int = 200) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    number = base_of(sent, "post")
    post = get_object_or_404(Post, pk=number) if number else None
    beside = {"post": str(post.pk)} if post else {}
    if values.get("figure"):
        beside["figure"] = str(values["figure"])
    context = {
        **form_values(values),
        "post": post,
        "name": plain(sent.get("name", ""))[:_LONGEST],
        "to_sourced": "?" + urlencode(beside),
        "to_own": "?" + urlencode({**beside, "kind": OWN}),
    }
    return render(request, "shared/new_fact.html", context, status=status)


urlpatterns = [path("facts/new/", new_fact, name="new_fact")]
