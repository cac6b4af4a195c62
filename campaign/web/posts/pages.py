"""The list of posts, and the beginning of a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from campaign.authoring import compose
from campaign.core.problem import Problem
from campaign.models import Delivery, Post, Version
from campaign.states import Stage, Status
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import KINDS, STAGES
from campaign.web.frame.notices import warn
from campaign.web.frame.site import library, now
from campaign.web.posts.form import plain
from campaign.web.posts.page import Choice, desk

A_PAGE = 50
A_LOT = 1_000


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in the list: how its deliveries stand, and who saved it last."""

    post: Post
    title: str
    campaign: str
    statuses: tuple[tuple[str, int], ...]
    version: Version | None


@for_staff
@require_GET
def show_posts(request: Request) -> HttpResponse:
    """The newest first, fifty at a time."""
    chosen = {
        name: plain(request.GET.get(name, "")) for name in ("words", "campaign", "kind", "stage")
    }
    found = _filtered(chosen)
    total = found[: A_LOT + 1].count()
    before = str(request.GET.get("before", ""))
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    posts = list(found.order_by("-pk")[: A_PAGE + 1])
    values = {
        "rows": _rows(posts[:A_PAGE]),
        "before": posts[A_PAGE - 1].pk if len(posts) > A_PAGE else None,
        "is_first": not before,
        "total": f"{A_LOT:,}+" if total > A_LOT else str(total),
        "number": total,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "campaigns": _campaigns(chosen["campaign"]),
        "kinds": [Choice(kind, str(name), kind == chosen["kind"]) for kind, name in KINDS.items()],
        "stages": [
            Choice(stage, str(name[0]), stage == chosen["stage"]) for stage, name in STAGES.items()
        ],
    }
    return render(request, "posts/posts.html", values)


@for_staff
@require_http_methods(["GET", "POST"])
def new_post(request: Request) -> HttpResponse:
    """Campaign, kind and title; then the post can be written."""
    typed = {
        name: plain(request.POST.get(name, request.GET.get(name, "")))
        for name in ("campaign", "kind", "title")
    }
    if request.method == "POST":
        try:
            post = compose.create(
                typed["campaign"], typed["kind"], typed["title"], request.user, desk(), now()
            )
            return see("post", post.pk)
        except Problem as problem:
            warn(request, problem)
    values = {
        "typed": typed,
        "campaigns": _campaigns(typed["campaign"]),
        "kinds": [
            Choice(kind, str(name), kind == (typed["kind"] or "awareness"))
            for kind, name in KINDS.items()
        ],
    }
    return render(
        request, "posts/new_post.html", values, status=422 if request.method == "POST" else 200
    )


def _filtered(chosen: Mapping[str, str]) -> QuerySet[Post]:
    found = Post.objects.all()
    if words := chosen["words"]:
        found = found.filter(Q(title__icontains=words) | Q(key__icontains=words.replace(" ", "-")))
    for name in ("campaign", "kind", "stage"):
        if chosen[name]:
            found = found.filter(**{name: chosen[name]})
    return found if chosen["stage"] == Stage.TAKEN_BACK else found.exclude(stage=Stage.TAKEN_BACK)


def _rows(posts: Sequence[Post]) -> list[PostRow]:
    versions = {
        version.post_id: version
        for version in Version.objects.filter(
            post__in=posts, number=F("post__version")
        ).select_related("by")
    }
    statuses: dict[int, list[tuple[str, int]]] = {}
    counts = (
        Delivery.objects.filter(post__in=posts)
        .values_list("post_id", "status")
        .annotate(number=Count("pk"))
    )
    for post, status, number in counts:
        statuses.setdefault(post, []).append((status, number))
    names = {choice.value: choice.name for choice in _campaigns("")}
    return [
        PostRow(
            post,
            post.called,
            names.get(post.campaign, post.campaign),
            tuple(
                sorted(
                    statuses.get(post.pk, []), key=lambda one: list(Status).index(Status(one[0]))
                )
            ),
            versions.get(post.pk),
        )
        for post in posts
    ]


def _campaigns(chosen: str) -> list[Choice]:
    language = reader_language()
    found = library().campaigns.values()
    names = [(one.slug, one.names.get(language, one.slug)) for one in found]
    return [
        Choice(slug, name, slug == chosen)
        for slug, name in sorted(names, key=lambda one: one[1].casefold())
    ]


urlpatterns = [
    path("posts/", show_posts, name="posts"),
    path("posts/new/", new_post, name="new_post"),
]
