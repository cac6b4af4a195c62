"""The young person's own yes, beside that of their guardian, to the consent and to each text: on the private page, or told to
the team."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.stories import consent as consents
from campaign.stories import final_word
from campaign.stories.final_word import FinalAnswer
from campaign.web.frame.access import Request, for_everyone, for_staff, see
from campaign.web.frame.fields import shown_texts
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


@for_everyone
@private
@require_POST
def say_word(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """The young person's own yes or no to one text."""
    shown = shown_texts([request.POST.get("shown", "")])
    said = request.POST.get("answer", "")
    if not shown or said not in (FinalAnswer.YES, FinalAnswer.NO):
        warn(request, _("Choose yes, no, or write a remark."))
        return see("my_story", key)
    try:
        final_word.answer(who, *shown[0], FinalAnswer(said), now(), is_second=True)
    except Problem as problem:
        warn(request, problem)
    else:
        tell(request, _("Thank you. Your own answer is kept."))
    return see("my_story", key)


@for_staff
@require_POST
def note_word(request: Request, reference: str, delivery: int) -> HttpResponse:
    """Their yes or no to one text, told to somebody of the team."""
    who, said = find(reference), request.POST.get("answer", "")
    try:
        if said not in (FinalAnswer.YES, FinalAnswer.NO):
            raise Problem(_("Choose yes, no, or write a remark."))
        final_word.answer(
            who,
            delivery,
            request.POST.get("shown", ""),
            FinalAnswer(said),
            now(),
            recorded_by=request.user.username,
            is_second=True,
        )
    except Problem as problem:
        warn(request, problem)
    else:
        tell(request, _("Their answer is recorded."))
    return see("story", who.reference)


@for_staff
@require_POST
def note_yes(request: Request, reference: str) -> HttpResponse:
    """They said it to somebody of the team."""
    who = find(reference)
    _record(request, who, request.user.username, _("Their own yes is recorded."))
    return see("story", who.reference)


@for_staff
@require_POST
def note_themselves(request: Request, reference: str) -> HttpResponse:
    """They are of age, or can decide again: from now on they speak themselves."""
    who = find(reference)
    try:
        consents.speak_themselves(who, request.user.username, now())
    except Problem as problem:
        warn(request, problem)
    else:
        tell(
            request,
            _(
                "From now on they speak for themselves, and nothing goes out before their own yes."
                " Correct how they are reached, and give them a new link."
            ),
        )
    return see("story", who.reference)


def _record(request: Request, who: Storyteller, by: str, said: str) -> None:
    try:
        consents.second_yes(who, by, now())
    except Problem as problem:
        warn(request, problem)
    else:
        tell(request, said)


urlpatterns = [
    path("stories/<str:reference>/themselves/", note_themselves, name="story_themselves"),
    path("my-story/<str:key>/second/", say_yes, name="my_story_second"),
    path("my-story/<str:key>/second/word/", say_word, name="my_story_second_word"),
    path("stories/<str:reference>/second/", note_yes, name="story_second"),
    path("stories/<str:reference>/second/<int:delivery>/", note_word, name="story_second_word"),
]
