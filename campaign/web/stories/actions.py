"""What the team does about a story: hold it, take it back, note an answer, make a post of it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign.authoring.compose import Desk
from campaign.care import hands
from campaign.care.hands import Source
from campaign.core.problem import Problem
from campaign.delivery import takedown
from campaign.models.stories import Storyteller, Takedown
from campaign.stories import consent as consents
from campaign.stories import final_word, holding, storyteller, telling
from campaign.stories.erasing import erasure
from campaign.stories.final_word import FinalAnswer
from campaign.stories.rights import correcting
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import Via
from campaign.web.frame.access import Request, for_admins, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, config_and_library, now
from campaign.web.stories import shown as story_shown
from campaign.web.stories.taking_back import take_back, waits
from campaign.web.stories.words import HOLDS


def find(reference: str) -> Storyteller:
    """The storyteller of a page's address; else there is no such page."""
    try:
        return storyteller.find(reference)
    except Problem as problem:
        raise Http404 from problem


@for_staff
@require_POST
def correct_contact(request: Request, reference: str) -> HttpResponse:
    """Name, contact and language, corrected. With another name their texts need their yes again."""
    who, sent = find(reference), request.POST
    try:
        done = correcting.correct(
            who,
            sent.get("name", ""),
            sent.get("contact", ""),
            sent.get("language", ""),
            request.user.username,
            now(),
        )
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    tell(request, _("Name and contact are corrected."))
    if done.is_asked_anew:
        tell(request, _("They have another name now: their texts need their yes again."))
    return see("story", who.reference)


@for_staff
@require_POST
def hold_story(request: Request, reference: str) -> HttpResponse:
    """Stops everything about a person, or lets it go on."""
    who, by = find(reference), request.user.username
    if request.POST.get("then") == "release":
        return _do(
            request,
            who,
            lambda: holding.release(who, by, now()),
            _(
                "Released. What came due meanwhile is marked as missed and waits for your decision."
            ),
        )
    reason = request.POST.get("reason", "")
    if reason not in HOLDS:
        warn(request, _("Choose why everything waits."))
        return see("story", who.reference)
    try:
        holding.hold(who, HoldReason(reason), by, now())
    except Problem as problem:
        warn(request, str(problem))
    else:
        looked_at = who.takings_back.filter(decided_at=None, by=by).exists()
        tell(request, waits(who.reference) if looked_at else _("Everything about them waits."))
    return see("story", who.reference)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_for(request: Request, reference: str) -> HttpResponse:
    """Takes a story back for its person, whole or in part. No reason is asked."""
    who = find(reference)
    if request.method == "POST":
        return _take_back(request, who)
    consent = consents.current(who)
    parts = story_shown.parts_of(consent, config()) if consent and not who.withdrawn_at else []
    return render(request, "stories/take_back.html", {"who": who, "parts": parts})


def _take_back(request: Request, who: Storyteller) -> HttpResponse:
    try:
        made = take_back(who, request.POST.get("scope", ""), Via.STAFF, request.user.username)
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    if made:
        tell(
            request,
            _("It is taken back. Nothing of it goes out, and what is out is being deleted."),
        )
    else:
        tell(request, waits(who.reference))
    return see("story", who.reference)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: Request, reference: str) -> HttpResponse:
    """Erases a person who asks for it. It is asked first, since it cannot be undone."""
    who = find(reference)
    if request.method == "POST":
        return _do(request, who, lambda: _erase(request, who), _("They are erased."))
    names = {
        "who": who,
        "posts": storyteller.posts_of(who).count(),
        "standing": len(storyteller.standing_of(who)),
    }
    return render(request, "stories/erase.html", names)


def _erase(request: Request, who: Storyteller) -> None:
    folder, by = config().web.uploads, request.user.username
    if not request.POST.get("sure"):
        raise Problem(_("Nothing was erased: say that you are sure."))
    done = erasure.erase(who, Via.STAFF, folder, by, now())
    if done.left:
        warn(
            request,
            _(
                "Something could not be deleted yet. It is tried again: see the list of stories."
            ),
        )


@for_staff
@require_POST
def done_by_hand(request: Request, reference: str, delivery: int) -> HttpResponse:
    """Somebody has deleted a post on the account itself."""
    who = find(reference)
    if not Takedown.objects.filter(delivery=delivery, withdrawal__storyteller=who).exists():
        raise Http404
    if takedown.done_by_hand(delivery, request.user.username, now()):
        tell(request, _("Noted: it is deleted. Thank you."))
    return see("story", who.reference)


@for_staff
@require_POST
def record_word(request: Request, reference: str, delivery: int) -> HttpResponse:
    """What the person said of a text to somebody of the team, for example by phone."""
    who, sent = find(reference), request.POST
    remark = sent.get("remark", "")
    if sent.get("answer") not in set(FinalAnswer):
        # As on the person's own page.
        hands.heed(who, remark, Source.REMARK, now())
        warn(request, _("Choose yes, no, or write a remark."))
        return see("story", who.reference)
    return _do(
        request,
        who,
        lambda: final_word.answer(
            who,
            delivery,
            sent.get("shown", ""),
            FinalAnswer(sent["answer"]),
            now(),
            remark=remark,
            recorded_by=request.user.username,
            saw_change=sent.get("saw_change") == "yes",
        ),
        _("Their answer is recorded."),
    )


@for_staff
@require_POST
def make_post(request: Request, reference: str) -> HttpResponse:
    """A post with the person's words, to be written on."""
    who, desk = find(reference), Desk(*config_and_library())
    try:
        post = telling.make_post(
            who,
            request.POST.get("campaign", ""),
            request.user,
            desk,
            now(),
            request.POST.get("form", ""),
        )
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    tell(
        request, _("This is the beginning of a post. Shorten it, translate it, and submit it.")
    )
    return see("post", post.pk)


def _do(
    request: Request, who: Storyteller, act: Callable[[], object], said: str
) -> HttpResponse:
    """Calls `act` and shows `said`, or the sentence of the Problem that it raises; then back to the story."""
    try:
        act()
    except Problem as problem:
        warn(request, str(problem))
    else:
        tell(request, said)
    return see("story", who.reference)


urlpatterns = [
    path("stories/<str:reference>/contact/correct/", correct_contact, name="story_correct"),
    path("stories/<str:reference>/hold/", hold_story, name="story_hold"),
    path("stories/<str:reference>/take-back/", take_back_for, name="story_take_back"),
    path("stories/<str:reference>/erase/", erase_person, name="story_erase"),
    path("stories/<str:reference>/done/<int:delivery>/", done_by_hand, name="story_done"),
    path("stories/<str:reference>/word/<int:delivery>/", record_word, name="story_word"),
    path("stories/<str:reference>/post/", make_post, name="story_post"),
]
