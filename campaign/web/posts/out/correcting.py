"""Correct what is out: what stands where, what can be done there, why, and whether it is taken down at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.authoring.compose import LONGEST_TITLE
from campaign.core.problem import Problem
from campaign.decisions import correcting, many, removing
from campaign.models import Delivery, Post
from campaign.publishers import NETWORKS, can_edit
from campaign.states import Status
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.names import channel_name
from campaign.web.frame.networks import network
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, opened_publishers
from campaign.web.posts.look.pieces import Piece
from campaign.web.posts.out.frozen import DeliveryPicture, pictures_of, texts_of
from campaign.web.posts.out.standing import in_order, listed, standing_of
from campaign.web.posts.page import desk

AT_ONCE = "at once"
"""The answer that what is out is taken down before the corrected words are there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post is out, or was, what it says there to the letter, and what can be done about it."""

    delivery: Delivery
    channel: str
    can: str
    chosen: bool
    texts: list[tuple[Piece, ...]]
    pictures: list[DeliveryPicture]


@for_staff
@require_http_methods(["GET", "POST"])
def correct(request: Request, post: int) -> HttpResponse:
    """GET shows what is out and asks; POST begins the correction, and leads to its page."""
    first = get_object_or_404(Post, pk=post)
    if request.method == "POST":
        return _begin(request, first)
    if other := correcting.open_correction(first):
        tell(request, _("It is being corrected already, here."))
        return see("post", other.pk)
    return _page(request, first)


def _begin(request: Request, first: Post) -> HttpResponse:
    chosen, why = request.POST.getlist("channels"), request.POST.get("why", "")
    title, form = _title(first), request.POST.get("form", "")
    try:
        begun = correcting.correct(
            first, chosen, why, request.user, desk(), now(), title=title, form=form
        )
    except Problem as problem:
        warn(request, problem)
        if other := correcting.open_correction(first):
            return see("post", other.pk)
        return _page(request, first, status=422)
    if request.POST.get("until") == AT_ONCE:
        _take_down(request, first, chosen, why)
    tell(request, _("Correct the words here, then submit them: somebody else approves them."))
    return see("post", begun.pk)


def _take_down(request: Request, first: Post, chosen: Collection[str], why: str) -> None:
    """Takes what is out down on these channels, and says what could not be."""
    out = first.deliveries.filter(channel__in=chosen, status=Status.PUBLISHED).order_by("id")
    opened, by = opened_publishers(), request.user.username

    def take_down(delivery: Delivery) -> None:
        removing.remove(delivery, opened, by, why, now())

    decided = many.for_each(out, take_down)
    for problem in decided.problems:
        warn(request, problem)
    if decided.done:
        tell(request, _("What was out is taken down."))


def _title(first: Post) -> str:
    """What the correction is called at first."""
    title = first.called
    corrected = _("%(title)s (corrected)") % {"title": title}
    return corrected if len(corrected) <= LONGEST_TITLE else title


def _page(request: Request, first: Post, status: int = 200) -> HttpResponse:
    chosen = request.POST.getlist("channels") if request.method == "POST" else None
    correctable = in_order(correcting.correctable(first))
    values = {
        "post": first,
        "waiting": listed(standing_of(first).waiting),
        "places": [_place(delivery, chosen) for delivery in correctable],
        "why": request.POST.get("why", ""),
        "at_once": request.POST.get("until") == AT_ONCE,
        "initial": config().site.name[:1].upper(),
    }
    return render(request, "posts/standing/correct.html", values, status=status)


def _place(delivery: Delivery, chosen: Collection[str] | None) -> Place:
    return Place(
        delivery,
        channel_name(delivery.channel, config()),
        _can(delivery),
        chosen=chosen is None or delivery.channel in chosen,
        texts=texts_of(delivery),
        pictures=pictures_of(delivery.pictures),
    )


def _can(delivery: Delivery) -> str:
    """What can be done where it is out."""
    name = {"network": network(delivery.network)}
    if delivery.status == Status.REMOVED:
        return _("It is not there any more: the corrected one is posted anew.")
    if can_edit(delivery.network):
        return (
            _(
                "%(network)s can change the words where they are: the post keeps its place and its comments. With other "
                "pictures it is taken down and posted anew."
            )
            % name
        )
    if delivery.network in NETWORKS:
        return (
            _(
                "%(network)s lets nobody change a post: it is taken down, and the corrected one is posted anew. "
                "Its replies and shares go with it."
            )
            % name
        )
    return _("This network is not known any more: delete it there.")


urlpatterns = [path("posts/<int:post>/correct/", correct, name="post_correct")]
