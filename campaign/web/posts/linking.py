"""The link of a post, by one press: left out where it costs, or put back; and what its page says of itself, read."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from campaign.authoring import drafts
from campaign.content.pictures import JPEG
from campaign.models import Post
from campaign.models.cards import LinkedPage
from campaign.planning import cards
from campaign.publishers import NETWORKS
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, library, now
from campaign.web.posts.page import read_typed
from campaign.web.posts.saved import saying_why_not

LONGEST_ADDRESS = 2_000
"""Characters of an address that is read."""


@for_staff
@require_POST
@saying_why_not
def leave_out(request: Request, post: int) -> HttpResponse:
    """Leaves the link out on a network, or puts it back there, in what is typed; that is kept as a draft. Pressed twice, it
    is as after the first press: the button says which of the two."""
    opened = get_object_or_404(Post, pk=post)
    typed = read_typed(request)
    do, _, network = str(request.POST.get("link", "")).partition(" ")
    others = [name for name in typed.fields.not_on if name != network]
    if do == "without" and network in NETWORKS:
        others.append(network)
    fields = replace(typed.fields, not_on=tuple(others))
    drafts.keep_draft(
        opened,
        request.user,
        fields,
        typed.title,
        typed.base,
        now(),
    )
    return see("post", post)


@for_staff
@require_POST
@saying_why_not
def read_card(request: Request, post: int) -> HttpResponse:
    """Reads what a page that the post links to says of itself. What is typed meanwhile is kept as a draft, or, where the page
    asks for this by itself, left to it: that looks again afterwards."""
    opened = get_object_or_404(Post, pk=post)
    address = str(request.POST.get("card", ""))
    page = cards.read_page(
        address[:LONGEST_ADDRESS],
        request.user,
        config(),
        cards.hosts_of(config(), library()),
        now(),
    )
    if getattr(request, "htmx", False):
        # Nothing is put into the page: it looks again by itself.
        return HttpResponse(status=204, headers={"HX-Trigger": "look"})
    if page.problem:
        warn(request, page.problem)
    if request.POST.get("back") == "approve":
        return see("approve", post)
    typed = read_typed(request)
    drafts.keep_draft(
        opened,
        request.user,
        typed.fields,
        typed.title,
        typed.base,
        now(),
    )
    return see("post", post)


@for_staff
@require_GET
def show_picture(_request: Request, card: int) -> HttpResponse:
    """The picture that a page names for its card, as it was drawn anew."""
    page = get_object_or_404(LinkedPage, pk=card)
    if not page.picture:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
    return HttpResponse(bytes(page.picture), content_type=JPEG, headers=headers)


urlpatterns = [
    path("posts/<int:post>/card/", read_card, name="post_card"),
    path("cards/<int:card>/picture/", show_picture, name="card_picture"),
    path("posts/<int:post>/link/", leave_out, name="post_link"),
]
