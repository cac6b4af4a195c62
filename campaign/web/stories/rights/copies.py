"""A copy of everything that is held of a person, as one file: through their private link, or handed out by the team."""

from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.stories.final_word import FinalAnswer
from campaign.stories.rights import copy
from campaign.stories.rights.copy import Held
from campaign.stories.vault import unseal
from campaign.web.frame.access import Request, for_everyone, for_staff, see
from campaign.web.frame.log_words import ACTIONS
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, now
from campaign.web.stories import consent_form
from campaign.web.stories.actions import find
from campaign.web.stories.my_story import PRIVATE, private
from campaign.web.stories.shown import scope_in_words

_WHO = {
    copy.YOU: gettext_lazy("you"),
    copy.TEAM: gettext_lazy("the team"),
    copy.PROGRAM: gettext_lazy("the program"),
}
_ANSWERS = {
    FinalAnswer.YES: gettext_lazy("yes"),
    FinalAnswer.NO: gettext_lazy("no"),
    FinalAnswer.REMARK: gettext_lazy("a remark:"),
}


@for_everyone
@private
@require_POST
def copy_mine(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """The person gets all that is held of them."""
    try:
        return _file(who, who.reference)
    except Problem as problem:
        warn(request, str(problem))
        return see("my_story", key)


@for_staff
@require_POST
def copy_for(request: Request, reference: str) -> HttpResponse:
    """Somebody of the team gets it, to hand it to the person who asks."""
    who = find(reference)
    try:
        answer = _file(who, request.user.username)
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    for name, value in PRIVATE.items():
        answer.headers[name] = value
    return answer


def _file(who: Storyteller, by: str) -> HttpResponse:
    held = copy.hand_over(who, config().web.uploads, by, now())
    with translation.override(who.language):
        page = render_to_string("stories/rights/copy.html", _names(held))
    answer = HttpResponse(copy.zipped(held, page), content_type="application/zip")
    name = f"{who.reference}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _names(held: Held) -> dict[str, object]:
    consents = []
    for consent in held.consents:
        named_as = unseal(consent.named_as_sealed)
        consents.append((consent, consent_form.in_words(consent, named_as, config())))
    return {
        "held": _readable(held.data),
        "consents": consents,
        "organization": config().site,
    }


def _readable(said: object) -> object:
    """The same with times as times, and with what was done, answered and by whom in words, for the page."""
    if isinstance(said, list):
        return [_readable(each) for each in said]
    if not isinstance(said, dict):
        return said
    read = {
        name: _time(value) if _is_time(name) else _readable(value)
        for name, value in said.items()
    }
    if "what" in said:
        read["said"] = ACTIONS.get(str(said["what"]), said["what"])
        read["who"] = _WHO[str(said["by"])]
    if "scope" in said:
        read["said"] = scope_in_words(str(said["scope"]), config())
    if "answer" in said:
        read["said"] = _ANSWERS[FinalAnswer(str(said["answer"]))]
    return read


def _is_time(name: str) -> bool:
    return name in ("at", "since") or name.endswith(("_at", "_since"))


def _time(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


urlpatterns = [
    path("my-story/<str:key>/copy/", copy_mine, name="my_story_copy"),
    path("stories/<str:reference>/copy/", copy_for, name="story_copy"),
]
