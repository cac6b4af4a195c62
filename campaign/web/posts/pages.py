"""The list of posts, and the beginning of a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from campaign.authoring import compose
from campaign.authoring.closed import closed_campaigns
from campaign.consent.rule import was_of_a_person
from campaign.content.campaigns import EVERYDAY
from campaign.core.problem import Problem
from campaign.listings.everywhere import posts_with
from campaign.models import Delivery, Post, Version
from campaign.planning.asked_times import AskedTime, asked_time
from campaign.states import Stage, Status
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import STAGES, channel_name
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, library, now
from campaign.web.posts.choices import Choice, kinds
from campaign.web.posts.form import plain
from campaign.web.posts.out.standing import whole_status
from campaign.web.posts.page import desk

A_PAGE = 50
A_LOT = 1_000
"""Further than this nobody counts: the page says "1,000+"."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in the list: how many of its deliveries have which status, and its latest version."""

    post: Post
    title: str
    campaign: str
    status: str  #: the one of all of it
    statuses: tuple[tuple[str, int], ...]
    version: Version | None

    @property
    def may_be_copied(self) -> bool:
        """Whether the list offers a copy: of no story, and of nothing that was taken back."""
        return not was_of_a_person(self.post) and self.post.stage != Stage.TAKEN_BACK


@for_staff
@require_GET
def show_posts(request: Request) -> HttpResponse:
    """The list of posts, narrowed by words, campaign, kind and stage; the newest first, fifty at a time."""
    names = ("words", "campaign", "kind", "stage")
    chosen = {name: plain(request.GET.get(name, "")) for name in names}
    matches = _filtered(chosen).order_by("-pk")
    # Searched once: the first page is the beginning of what is counted.
    counted = list(matches.values_list("pk", flat=True)[: A_LOT + 1])
    total = len(counted)
    before = str(request.GET.get("before", ""))
    if before.isdecimal() and len(before) < 19:  # what fits into a 64-bit integer
        page = matches.filter(pk__lt=int(before))
    else:
        page = Post.objects.filter(pk__in=counted[: A_PAGE + 1])
    posts = list(page.order_by("-pk")[: A_PAGE + 1])
    values = {
        "rows": _rows(posts[:A_PAGE]),
        "before": posts[A_PAGE - 1].pk if len(posts) > A_PAGE else None,
        "is_first": not before,
        "total": f"{A_LOT:,}+" if total > A_LOT else str(total),
        "number": total,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "campaigns": campaign_choices(chosen["campaign"]),
        "kinds": kinds(chosen["kind"]),
        "stages": _stages(chosen["stage"]),
    }
    return render(request, "posts/posts.html", values)


@for_staff
@require_http_methods(["GET", "POST"])
def new_post(request: Request) -> HttpResponse:
    """The form for campaign, kind and title; sent, it makes the post and leads to its page."""
    sent = {**request.GET.dict(), **request.POST.dict()}
    typed = {name: plain(sent.get(name, "")) for name in ("campaign", "kind", "title")}
    campaign, kind, title = typed.values()
    asked = _asked_time(request)
    if asked.problem:
        warn(request, asked.problem)
    if request.method == "POST":
        try:
            form = request.POST.get("form", "")
            post = compose.create(
                campaign, kind, title, request.user, desk(), now(), form, asked
            )
            return see("post", post.pk)
        except Problem as problem:
            warn(request, problem)
    values = {
        "typed": typed,
        "asked": asked,
        "asked_channels": [channel_name(name, config()) for name in asked.channels],
        "campaigns": open_campaigns(campaign),
        "kinds": kinds(kind or "awareness"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "posts/new_post.html", values, status=status)


def _asked_time(request: Request) -> AskedTime:
    """The time and the channels of the free slot from which one comes here."""
    sent = request.POST if request.method == "POST" else request.GET
    written, channels = plain(sent.get("when", "")), sent.getlist("channel")
    return asked_time(written, channels, config(), now())


def _filtered(chosen: Mapping[str, str]) -> QuerySet[Post]:
    posts = Post.objects.all()
    if words := chosen["words"]:
        posts = posts.filter(posts_with(words))
    for name in ("campaign", "kind", "stage"):
        if chosen[name]:
            posts = posts.filter(**{name: chosen[name]})
    # What was taken back shows only when somebody asks for it.
    if chosen["stage"] == Stage.TAKEN_BACK:
        return posts
    return posts.exclude(stage=Stage.TAKEN_BACK)


def _rows(posts: Sequence[Post]) -> list[PostRow]:
    latest = Version.objects.filter(post__in=posts, number=F("post__version"))
    versions = {version.post_id: version for version in latest.select_related("by")}
    statuses = _statuses(posts)
    names = {choice.value: choice.name for choice in campaign_choices("")}
    rows = []
    for post in posts:
        counted = tuple(statuses.get(post.pk, ()))
        rows.append(
            PostRow(
                post=post,
                title=post.called,
                campaign=names.get(post.campaign, post.campaign),
                status=whole_status(post, [status for status, _number in counted]),
                statuses=counted if len(counted) > 1 else (),
                version=versions.get(post.pk),
            )
        )
    return rows


def _statuses(posts: Sequence[Post]) -> dict[int, list[tuple[str, int]]]:
    """For each post with deliveries: how many have which status, in the order of a delivery's life."""
    counts = (
        Delivery.objects.filter(post__in=posts)
        .values_list("post_id", "status")
        .annotate(number=Count("pk"))
    )
    order = list(Status)
    statuses: dict[int, list[tuple[str, int]]] = {}
    for post, status, number in counts:
        statuses.setdefault(post, []).append((status, number))
    for counted in statuses.values():
        counted.sort(key=lambda count: order.index(Status(count[0])))
    return statuses


def _stages(chosen: str) -> list[Choice]:
    return [
        Choice(stage, str(name), stage == chosen) for stage, (name, _icon) in STAGES.items()
    ]


def open_campaigns(chosen: str) -> list[Choice]:
    """Those that a post can be written for; everyday posts first."""
    closed = closed_campaigns()
    choices = [choice for choice in campaign_choices(chosen) if choice.value not in closed]
    return sorted(choices, key=lambda choice: choice.value != EVERYDAY)


def campaign_choices(chosen: str) -> list[Choice]:
    """The campaigns by their names in the reader's language, with the one that is chosen."""
    language = reader_language()
    choices = []
    for campaign in library().campaigns.values():
        slug = campaign.slug
        name = campaign.names.get(language, slug)
        choices.append(Choice(slug, name, slug == chosen))
    return sorted(choices, key=lambda choice: choice.name.casefold())


urlpatterns = [
    path("posts/", show_posts, name="posts"),
    path("posts/new/", new_post, name="new_post"),
]
