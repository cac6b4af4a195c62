"""A copy of a post, made from its page or from the list of posts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.authoring.several import duplicating
from campaign.models import Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell
from campaign.web.frame.site import now
from campaign.web.posts.page import desk
from campaign.web.posts.saved import saying_why_not


@for_staff
@require_POST
@saying_why_not
def duplicate(request: Request, post: int) -> HttpResponse:
    """Makes the copy, and leads to its page."""
    copied, form = get_object_or_404(Post, pk=post), request.POST.get("form", "")
    copy = duplicating.duplicate(copied, request.user, desk(), now(), form)
    said = _(
        "This is a copy of “%(name)s”: its words, pictures, facts and channels. It has neither its time nor its approvals."
    )
    tell(request, said % {"name": copied.called})
    return see("post", copy.pk)


urlpatterns = [path("posts/<int:post>/duplicate/", duplicate, name="duplicate_post")]
