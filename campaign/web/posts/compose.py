"""Compose: a post is written here, in English and French side by side, with a live preview of each delivery."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.authoring import compose, drafts, stages
from campaign.authoring.versions import Outdated
from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields, normal
from campaign.core.problem import Problem
from campaign.listings.writing.evergreen import first_of
from campaign.models import Post
from campaign.states import Stage, is_settled
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now
from campaign.web.posts import linking, merge, pages, pictures, slips
from campaign.web.posts.form import NO_CHANNEL
from campaign.web.posts.out import correcting
from campaign.web.posts.out.standing import Standing, standing_of, statuses_of
from campaign.web.posts.page import (
    TypedPost,
    base_of,
    campaign_name,
    desk,
    form_values,
    looked_at,
    notes_values,
    passed,
    read_typed,
    state_values,
)
from campaign.web.posts.saved import saying_why_not, tell_handed_in, tell_saved

_LONGEST_FIGURE = 100


@for_staff
@require_http_methods(["GET", "POST"])
@saying_why_not
def show_post(request: Request, post: int) -> HttpResponse:
    """The form of a post, or what is out of it; sent, it is saved, and also handed in when that was the button."""
    opened = get_object_or_404(Post.objects.select_related("author", "editor"), pk=post)
    if first := first_of(opened):  # it goes out again: its words stand there
        return see("post", first.pk)
    if request.method == "POST":
        return _save(request, opened)
    if is_settled(statuses_of(opened)):
        return _out(request, opened, standing_of(opened))
    try:
        return _page(request, opened, *_as_left(request, opened))
    except Problem as problem:
        warn(request, problem)
        return see("history", post)


@for_staff
@require_POST
def show_preview(request: Request, post: int) -> HttpResponse:
    """The preview of what has been typed so far, with notes beside the fields. Nothing is kept."""
    opened = get_object_or_404(Post, pk=post)
    typed = read_typed(request)
    look = looked_at(opened, typed, desk(), now())
    values = notes_values(opened, typed, look) | {"oob": True}
    return render(request, "posts/_notes.html", values)


@for_staff
@require_POST
@saying_why_not
def keep_draft(request: Request, post: int) -> HttpResponse:
    """Keeps the form as a draft of the person who types."""
    opened = get_object_or_404(Post, pk=post)
    typed = read_typed(request)
    _keep(request, opened, typed)
    if not getattr(request, "htmx", False):
        return see("post", post)
    return render(request, "posts/_kept.html", {"at": now()})


@for_staff
@require_POST
def drop_draft(request: Request, post: int) -> HttpResponse:
    """Deletes this person's draft of the post."""
    opened = get_object_or_404(Post, pk=post)
    drafts.drop_draft(opened, request.user)
    tell(request, _("Here is the post as it was saved last."))
    return see("post", post)


@for_staff
@require_GET
def show_others(request: Request, post: int) -> HttpResponse:
    """Who else is writing in this post, and whether it has been saved meanwhile."""
    opened = get_object_or_404(Post, pk=post)
    values = _others(request, opened, base_of(request.GET))
    return render(request, "posts/_others.html", values)


@for_staff
@require_POST
@saying_why_not
def let_pass(request: Request, post: int) -> HttpResponse:
    """Leads to the page that asks why a finding is let pass; the form is kept as a draft."""
    opened = get_object_or_404(Post, pk=post)
    typed = read_typed(request)
    _keep(request, opened, typed)
    answer = see("post", post)
    code = str(request.POST.get("pass", ""))[:50]
    answer.headers["Location"] += "?" + urlencode({"pass": code}) + "#let-pass"
    return answer


@for_staff
@require_POST
def take_back(request: Request, post: int) -> HttpResponse:
    """The post is put away, or brought back again."""
    opened = get_object_or_404(Post, pk=post)
    try:
        if "undo" in request.POST:
            stages.bring_back(opened, request.user, now())
            tell(request, _("The post is back: go on writing."))
        else:
            stages.take_back(opened, request.user, now())
            tell(
                request,
                _(
                    "The post was taken back. Nothing of it is lost: you can bring it back at any time."
                ),
            )
    except Problem as problem:
        warn(request, problem)
    return see("post", post)


def _out(request: Request, post: Post, standing: Standing) -> HttpResponse:
    """What is out as a whole is shown as it went out, and is no field."""
    initial = config().site.name[:1].upper()
    values = {"post": post, "title": post.called, "standing": standing, "initial": initial}
    values["campaign"] = campaign_name(post, desk())
    values["is_of_a_person"] = was_of_a_person(post)
    return render(request, "posts/standing/out.html", values)


@for_staff
@require_POST
@saying_why_not
def add_fact(request: Request, post: int) -> HttpResponse:
    """Leads to the form of a new fact, and from there back; what was typed is kept as a draft."""
    opened = get_object_or_404(Post, pk=post)
    _keep(request, opened, read_typed(request))
    figure = str(request.POST.get("figure", ""))[:_LONGEST_FIGURE]
    answer = see("new_fact")
    answer.headers["Location"] += "?" + urlencode({"post": post, "figure": figure})
    return answer


def _save(request: Request, post: Post) -> HttpResponse:
    typed = read_typed(request)
    if typed.fields.channels == NO_CHANNEL:
        missing = _("Nothing was saved yet: choose at least one channel.")
        return _again(request, post, typed, missing)
    if not 0 < len(typed.title) <= compose.LONGEST_TITLE:
        missing = _("Nothing was saved yet: give the post a title of up to 200 characters.")
        return _again(request, post, typed, missing)
    try:
        saved = compose.save(post, typed.fields, request.user, typed.base, desk(), now())
        is_renamed = typed.title != post.called
        if is_renamed:
            compose.rename(post, typed.title, request.user, now())
    except Outdated:
        _keep(request, post, typed)
        return see("merge", post.pk)
    except Problem as problem:
        warn(request, problem)
        return see("post", post.pk)
    # Pressed on a page that is older than that, it was submitted meanwhile.
    if request.POST.get("do") == "submit" and post.stage != Stage.PLANNED:
        return _submit(request, post, typed)
    tell_saved(request, post, saved, is_renamed=is_renamed)
    return see("post", post.pk)


def _submit(request: Request, post: Post, typed: TypedPost) -> HttpResponse:
    """What is saved is handed in; where it may not yet be, the page says what is missing from then on."""
    answer = see("post", post.pk)
    try:
        handed_in = compose.submit(post, request.user, desk(), now(), typed.far)
        tell_handed_in(request, handed_in)
    except Problem as problem:
        warn(request, problem)
        answer.headers["Location"] += "?tried=1"
    return answer


def _keep(request: Request, post: Post, typed: TypedPost) -> None:
    drafts.keep_draft(post, request.user, typed.fields, typed.title, typed.base, now())


def _again(request: Request, post: Post, typed: TypedPost, missing: str) -> HttpResponse:
    """The form as it was sent, with the sentence that says what is missing."""
    _keep(request, post, typed)
    warn(request, missing)
    return _page(request, post, typed, None, status=422)


def _as_left(request: Request, post: Post) -> tuple[TypedPost, drafts.Kept | None]:
    """What this person typed last, saved or not; and the draft that it comes from, None for the saved version."""
    fields, number = compose.current_fields(post, desk(), now())
    kept = drafts.draft_of(post, request.user)
    is_tried = "tried" in request.GET
    if kept and (_is_news(kept, post, fields, number) or kept.title != post.called):
        typed = TypedPost(kept.fields, kept.title, kept.based_on, is_tried=is_tried)
        return typed, kept
    return TypedPost(fields, post.called, number, is_tried=is_tried), None


def _is_news(kept: drafts.Kept, post: Post, fields: Fields, number: int) -> bool:
    """Whether a draft says anything that the version it began with does not."""
    before = fields
    if kept.based_on != number:
        began = post.versions.filter(number=kept.based_on).first()
        if began:
            before = compose.fields_of_version(began, desk(), now())
    return normal(kept.fields) not in (normal(fields), normal(before))


def _page(
    request: Request, post: Post, typed: TypedPost, kept: drafts.Kept | None, status: int = 200
) -> HttpResponse:
    asked = str(request.GET.get("pass", ""))
    values = form_values(post, typed, desk(), now())
    values |= state_values(post, typed, request.user)
    values |= _others(request, post, typed.base)
    values["kept"] = kept
    values["passed"] = passed(typed.fields, asked)
    return render(request, "posts/post.html", values, status=status)


def _others(request: Request, post: Post, base: int) -> dict[str, object]:
    """The others of a page: who types, and who has saved since the form was opened."""
    newer = None
    if base:
        after = post.versions.select_related("by").filter(number__gt=base)
        newer = after.order_by("-number").first()
    others = drafts.others(post, request.user, now())
    return {"post": post, "others": others, "newer": newer}


urlpatterns = [
    *pages.urlpatterns,
    path("posts/<int:post>/", show_post, name="post"),
    path("posts/<int:post>/preview/", show_preview, name="post_preview"),
    path("posts/<int:post>/draft/", keep_draft, name="post_draft"),
    path("posts/<int:post>/drop/", drop_draft, name="post_drop"),
    path("posts/<int:post>/others/", show_others, name="post_others"),
    path("posts/<int:post>/fix/", slips.fix, name="post_fix"),
    path("posts/<int:post>/slips/", slips.correct, name="post_slips"),
    path("posts/<int:post>/let-pass/", let_pass, name="post_let_pass"),
    path("posts/<int:post>/add-fact/", add_fact, name="post_add_fact"),
    path("posts/<int:post>/take-back/", take_back, name="post_take_back"),
    *correcting.urlpatterns,
    *pictures.urlpatterns,
    *merge.urlpatterns,
    *linking.urlpatterns,
]
