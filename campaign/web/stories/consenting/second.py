"""The young person's own yes, beside that of their guardian: on the private page, or told to the team."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.stories import consent as consents
from campaign.web.frame.access import Request, for_everyone, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import now
from campaign.web.stories.actions import find
from campaign.web.stories.my_story import private


@for_everyone
@private
@require_POST
def say_yes(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """The young person says yes to what their guardian allowed."""
    _record(request, who, who.reference, _("Thank you. Your own yes counts from now on."))
    return see("my_story", key)


@for_staff
@require_POST
def note_yes(request: Request, reference: str) -> HttpResponse:
    """They said it to somebody of the team."""
    who = find(reference)
    _record(request, who, request.user.username, _("Their own yes is recorded."))
    return see("story", who.reference)


def _record(request: Request, who: Storyteller, by: str, said: str) -> None:
    try:
        consents.second_yes(who, by, now())
    except Problem as problem:
        warn(request, problem)
    else:
        tell(request, said)


urlpatterns = [
    path("my-story/<str:key>/second/", say_yes, name="my_story_second"),
    path("stories/<str:reference>/second/", note_yes, name="story_second"),
]
