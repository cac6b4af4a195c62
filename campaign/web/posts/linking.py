"""The link of a post, by one press: left out where it costs, or put back."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from campaign.authoring import drafts
from campaign.models import Post
from campaign.publishers import NETWORKS
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.site import now
from campaign.web.posts.page import read_typed
from campaign.web.posts.saved import saying_why_not


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


urlpatterns = [
    path("posts/<int:post>/link/", leave_out, name="post_link"),
]
