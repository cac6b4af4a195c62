"""A person corrects their name and how they are reached, or asks to be erased: on their private page, without an account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.care import hands
from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.stories import storyteller
from campaign.stories.erasing import erasure
from campaign.stories.rights import correcting
from campaign.stories.withdrawal import Via
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.notices import tell
from campaign.web.frame.site import config, now
from campaign.web.stories.form import TONGUES
from campaign.web.stories.my_story import private

A_LOT = 1_000
"""Characters of a field that are read and shown again."""


@for_everyone
@private
@require_http_methods(["GET", "HEAD", "POST"])
def correct_mine(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """Their name, how they are reached, and in which language."""
    if request.method != "POST":
        typed = {
            "name": storyteller.name_of(who),
            "contact": storyteller.contact_of(who),
            "language": who.language,
        }
        return _details(request, key, typed)
    names = ("name", "contact", "language")
    typed = {name: request.POST.get(name, "")[:A_LOT] for name in names}
    try:
        done = correcting.correct(who, **typed, by=who.reference, now=now())
    except Problem as problem:
        return _details(request, key, typed, str(problem))
    tell(request, _("It is corrected. Thank you."))
    if done.is_asked_anew:
        tell(request, _("You have another name here now: each text waits for your yes again."))
    return see("my_story", key)


def _details(
    request: Request, key: str, typed: dict[str, str], problem: str = ""
) -> HttpResponse:
    names = {
        "key": key,
        "typed": typed,
        "problem": problem,
        "languages": [tongue for tongue, _name in TONGUES],
        "longest": storyteller.LONGEST,
    }
    status = 422 if problem else 200
    return render(request, "stories/rights/details.html", names, status=status)


@for_everyone
@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """What it means, and one more press; then nothing of theirs is left, and this page is the last one."""
    names: dict[str, object] = {"key": key, "who": who, "needs_help": hands.up(who)}
    if request.method != "POST" or request.POST.get("sure") != "yes":
        names["standing"] = len(storyteller.standing_of(who))
        return render(request, "stories/rights/erase.html", names)
    try:
        done = erasure.erase(who, Via.LINK, config().web.uploads, who.reference, now())
    except Problem as problem:
        return render(
            request, "stories/rights/erase.html", {**names, "problem": str(problem)}, status=422
        )
    # The link opens nothing any more: what is said is said here.
    standing = len(storyteller.standing_of(who))
    said = {"who": who, "is_left": bool(done.left), "standing": standing}
    return render(request, "stories/rights/erased.html", said)


urlpatterns = [
    path("my-story/<str:key>/details/", correct_mine, name="my_story_details"),
    path("my-story/<str:key>/erase/", erase_me, name="my_story_erase"),
]
