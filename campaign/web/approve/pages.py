"""Approving: what waits, the exact texts and pictures of a post, and the decision. Nobody approves their own."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.authoring.compose import Desk
from campaign.authoring.contributing import contributed
from campaign.core.problem import Problem
from campaign.decisions import allowing, approving
from campaign.decisions.approving import LONGEST_REASON
from campaign.delivery.attachments import NotAsApproved
from campaign.listings import paging
from campaign.listings.approvals import Review, frozen_picture, review, waiting
from campaign.models import Delivery, Post
from campaign.models.stories import Storyteller
from campaign.states import MAY_BE_OUT, Stage
from campaign.stories import consent
from campaign.stories.papers import Tale, tale_of
from campaign.stories.vault import Locked
from campaign.web.approve.ready_reasons import ready_reasons
from campaign.web.approve.shown import (
    against,
    approved_last,
    approving_words,
    is_returnable,
    rows_of,
)
from campaign.web.approve.turns import done_before, next_of, turn_of
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.fields import shown_texts
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, config_and_library, now, site_day, zone
from campaign.web.stories.consent_form import in_words
from campaign.web.stories.shown import state_by_reference, told_if_readable


@for_staff
@require_GET
def show_approvals(request: Request) -> HttpResponse:
    """What waits for approval, what volunteers have handed in, and what was taken back and may be out."""
    own = config().publishing.own_approval
    page = waiting(
        request.user,
        now(),
        zone(),
        own=own,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    submitted = _unplanned(Stage.SUBMITTED).select_related("author").order_by("loaded_at", "id")
    came = paging.page_of(submitted, "loaded_at", after=request.GET.get("more", ""))
    names = {
        "page": page,
        "contributions": contributed.look_at(came.rows),
        "more": came.after,
        "still_out": _still_out(),
    }
    return render(request, "approve/approvals.html", names)


def _unplanned(stage: Stage) -> QuerySet[Post]:
    """The posts at a stage other than planned."""
    # Most posts are planned: the others have an index of their own, which is used by a question that leaves those out.
    return Post.objects.exclude(stage=Stage.PLANNED).filter(stage=stage)


def _still_out() -> list[Delivery]:
    """A page of the deliveries that may be out of posts that were taken back, by due time."""
    taken_back = list(_unplanned(Stage.TAKEN_BACK).values_list("pk", flat=True)[: paging.MOST])
    deliveries = Delivery.objects.filter(post__in=taken_back, status__in=MAY_BE_OUT)
    with_posts = deliveries.select_related("post")
    by_due = sorted(with_posts, key=lambda delivery: (delivery.due_at, delivery.pk))
    return by_due[: paging.PAGE]


@for_staff
@require_http_methods(["GET", "POST"])
def show_approve(request: Request, post: int) -> HttpResponse:
    """One post as it would go out. POST approves what was shown, and nothing else."""
    reviewed = get_object_or_404(Post.objects.select_related("author", "editor"), pk=post)
    if request.method == "POST":
        return _approve(request, reviewed)
    seen = review(reviewed, Desk(*config_and_library()), now())
    person = Storyteller.objects.filter(reference=reviewed.storyteller or None).first()
    drafts = [sheet.delivery for sheet in seen.sheets]
    told = told_if_readable(person, drafts) if person else {}
    names = {
        "review": seen,
        "post": reviewed,
        "rows": rows_of(seen, told),
        "shown": [f"{number}:{print_}" for number, print_ in seen.shown().items()],
        "against": against(seen, request.user, own=config().publishing.own_approval),
        "returnable": is_returnable(seen),
        "approve_words": approving_words(seen),
        "undo": approved_last(seen),
        "kept_back": sum(bool(sheet.reasons) for sheet in seen.sheets),
        "contribution": contributed.look_at([reviewed])[0],
        "waits": _waits(seen),
        "turn": turn_of(request, reviewed),
        "done": done_before(request),
        **_consent(reviewed, person),
    }
    return render(request, "approve/approve.html", names)


def _waits(seen: Review) -> Collection[int]:
    """The numbers of the deliveries that wait, or will wait, on a day of remembrance."""
    drafts = [sheet.delivery for sheet in seen.sheets]
    return allowing.days_before([*drafts, *seen.others], now(), zone())


def _consent(post: Post, person: Storyteller | None) -> dict[str, object]:
    """For a story, the consent that it is told by, and the words as they were told; nothing of who the person is. Empty for
    other posts."""
    if not post.storyteller:
        return {}
    record = consent.current(person) if person else None
    return {
        "reference": post.storyteller,
        "story_state": state_by_reference(post.storyteller, site_day()),
        "consent": record,
        # The name that they chose is theirs: whoever approves sees how they are named in the text itself.
        "agreed": in_words(record, "", config(), theirs=True) if record else [],
        "tale": _tale(person),
    }


def _tale(person: Storyteller | None) -> Tale | None:
    try:
        return tale_of(config().web.uploads, person.reference) if person else None
    except Locked:
        return None


@for_staff
@require_POST
def undo_approval(request: Request, post: int) -> HttpResponse:
    """Takes the last approval back."""
    approved = get_object_or_404(Post, pk=post)
    try:
        number = approving.unapprove(approved, request.user, now())
    except Problem as problem:
        warn(request, str(problem))
        return see("approve", post)
    said = ngettext(
        "The approval is taken back: %(count)d delivery waits for approval again.",
        "The approval is taken back: %(count)d deliveries wait for approval again.",
        number,
    )
    tell(request, said % {"count": number})
    return see("approve", post)


@for_staff
@require_http_methods(["GET", "POST"])
def return_post(request: Request, post: int) -> HttpResponse:
    """Gives a post back to who wrote it, with a kind reason. `?begin=shorter` begins with a ready one."""
    returned = get_object_or_404(Post.objects.select_related("author"), pk=post)
    contribution = contributed.look_at([returned])[0]
    is_post = request.method == "POST"
    reason = request.POST.get("reason", "")
    if is_post:
        turn = turn_of(request, returned)
        try:
            approving.hand_back(returned, request.user, reason, now())
        except Problem as problem:
            warn(request, str(problem))
        else:
            said = _(
                "Returned, with your words. It comes back here when it is submitted again."
            )
            tell(request, said)
            return next_of(turn, returned, see("approvals"))
    ready = ready_reasons(contribution)
    begin = request.GET.get("begin")
    chosen = next((words for key, _name, words in ready if key == begin), "")
    names = {
        "contribution": contribution,
        "post": returned,
        "ready": ready,
        "reason": reason or chosen,
        "longest": LONGEST_REASON,
    }
    return render(request, "approve/return_post.html", names, status=422 if is_post else 200)


@for_staff
@require_GET
def show_frozen(request: Request, delivery: int, number: int) -> HttpResponse:  # noqa: ARG001 - as every view
    """A picture of a delivery as its network would get it. Raises Http404 when its file is another one than was approved."""
    frozen = get_object_or_404(Delivery, pk=delivery)
    try:
        picture = frozen_picture(frozen, number)
    except (NotAsApproved, LookupError) as problem:
        raise Http404 from problem
    headers = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture.data, content_type=picture.media_type, headers=headers)


def _approve(request: Request, post: Post) -> HttpResponse:
    shown = dict(shown_texts(request.POST.getlist("shown")))
    own = config().publishing.own_approval
    turn = turn_of(request, post)
    try:
        number, kept_back = approving.approve(
            post, request.user, now(), zone(), own=own, shown=shown
        )
    except approving.ChangedSinceShown:
        said = _(
            "The text has changed since you opened this page, so nothing is approved. This is how it reads now."
        )
        warn(request, said)
        return see("approve", post.pk)
    except Problem as problem:
        warn(request, str(problem))
        return see("approve", post.pk)
    if number:
        said = ngettext(
            "Approved: %(count)d delivery is queued and goes out at its time.",
            "Approved: %(count)d deliveries are queued and go out at their times.",
            number,
        )
        tell(request, said % {"count": number})
    for sentence in kept_back:
        warn(request, sentence)
    here = see("approve", post.pk)
    # What was kept back is on this page, with its reasons.
    return here if kept_back else next_of(turn, post, here)


urlpatterns = [
    path("approve/", show_approvals, name="approvals"),
    path("approve/<int:post>/", show_approve, name="approve"),
    path("approve/<int:post>/undo/", undo_approval, name="undo_approval"),
    path("approve/<int:post>/return/", return_post, name="return_post"),
    path("approve/pictures/<int:delivery>/<int:number>/", show_frozen, name="frozen_picture"),
]
