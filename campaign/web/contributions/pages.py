"""Contributions: a short form for a message or a story, and what became of each, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.authoring.composing import picturing
from campaign.authoring.composing.picturing import SentPicture
from campaign.authoring.contributing import contributed, contributions
from campaign.authoring.contributing.contributed import Contribution
from campaign.authoring.contributing.contributions import Whose
from campaign.authoring.versions import Outdated, latest_fields
from campaign.care import hands
from campaign.content.compared import compared
from campaign.content.pictures import MAX_SOURCE
from campaign.content.post import Kind
from campaign.core.problem import Problem
from campaign.database.sql import writing
from campaign.listings import paging
from campaign.models import Post
from campaign.people.roles import MAY_APPROVE
from campaign.planning.asked_times import AskedTime, asked_time
from campaign.states import OUT, Stage
from campaign.web.contributions.form import ContributionForm, campaigns, measured, needs_yes_to
from campaign.web.contributions.words import happened, state_of
from campaign.web.frame.access import Request, for_members, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.networks import networks_of
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, zone

LONGEST_TIME = 40
"""Characters of a time in an address."""
DigestAndAlt = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """A contribution in the list: its first words, and its state in a sentence."""

    contribution: Contribution
    begins: str
    state: str


@for_members
@require_GET
def show_contributions(request: Request) -> HttpResponse:
    """One's own contributions, the newest first."""
    own = Post.objects.filter(author=request.user).select_related("author")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = paging.page_of(
        own.order_by("-loaded_at", "-id"), "loaded_at", after=after, before=before
    )
    lines = [_line(contribution) for contribution in contributed.look_at(page.rows)]
    return render(request, "contributions/contributions.html", {"lines": lines, "page": page})


def _line(contribution: Contribution) -> ContributionLine:
    return ContributionLine(
        contribution=contribution,
        begins=_beginning(contribution),
        state=state_of(contribution, now(), zone()),
    )


def _beginning(contribution: Contribution) -> str:
    post = contribution.post
    return contributed.first_words(contribution.reads) or post.title or post.name


@for_members
@require_http_methods(["GET", "POST"])
def contribute(request: Request) -> HttpResponse:
    """The form for something new."""
    choices = campaigns()
    if not choices:
        warn(request, _("There is no campaign to contribute to at the moment: ask the team."))
        return see("contributions")
    first = next(iter(choices))
    initial = {"language": reader_language(), "campaign": first}
    form = ContributionForm(_sent(request), initial=initial)
    form.needs_yes = form["kind"].value() == Kind.STORY and _hands_in(request)
    if not form.is_valid():
        return _form(request, form, choices=choices)
    typed = form.cleaned_data
    kind = Kind(typed["kind"]) if typed["kind"] in set(contributions.KINDS) else Kind.ACTION
    campaign = typed["campaign"] if typed["campaign"] in choices else first
    try:
        with writing():
            post = contributions.contribute(
                kind,
                typed["words"],
                typed["language"],
                campaign,
                request.user,
                now(),
                request.POST.get("form", ""),
                _asked_time(request),
            )
            if post.stage == Stage.WRITING:  # else the form was sent twice
                _add_picture(request, post, form, typed["language"])
                _hand_in(request, post, form)
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, form, choices=choices)
    _thank(request)
    return see("contribution", post.pk)


@for_members
@require_GET
def show_contribution(request: Request, post: int) -> HttpResponseBase:
    """One contribution: its state, its words, what the team changed, what happened."""
    opened = get_object_or_404(Post, pk=post)
    if opened.author_id != request.user.pk:
        return _elsewhere(request, opened)
    contribution = contributed.look_at([opened])[0]
    own = contributed.own_words(opened)
    is_changeable = opened.stage in contributions.CHANGEABLE
    is_returned = opened.stage == Stage.RETURNED
    is_begun = opened.stage == Stage.WRITING
    is_taken_back = opened.stage == Stage.TAKEN_BACK
    changes = compared(own, contribution.words) if own and own != contribution.words else []
    names = {
        "contribution": contribution,
        "state": state_of(contribution, now(), zone()),
        "begins": _beginning(contribution),
        "changes": changes,
        "translations": [
            (tongue, words)
            for tongue, words in contribution.texts.items()
            if tongue != contribution.language
        ],
        "happened": happened(contribution),
        "may_change": is_changeable and opened.version and not opened.file_digest,
        "may_hand_in": is_returned or (is_begun and bool(contribution.words)),
        "may_take_back": not is_taken_back and contributed.may_take_back(contribution),
        "may_bring_back": contributed.may_bring_back(contribution, request.user.username),
        "is_out": any(delivery.status in OUT for delivery in contribution.deliveries),
        "needs_yes": needs_yes_to(contribution),
        "help_first": hands.up(opened),
        "pictures": _pictures(opened),
    }
    return render(request, "contributions/contribution.html", names)


@for_members
@require_http_methods(["GET", "POST"])
def change_contribution(request: Request, post: int) -> HttpResponse:
    """The form with one's words, to change them."""
    own = get_object_or_404(Post, pk=post, author=request.user)
    contribution = contributed.look_at([own])[0]
    if own.stage not in contributions.CHANGEABLE or own.file_digest:
        warn(
            request,
            _(
                "It is planned already, so it cannot be changed here: tell the team what should be different."
            ),
        )
        return see("contribution", own.pk)
    hands_in = _hands_in(request) and own.stage != Stage.SUBMITTED
    initial = {"words": contribution.words, "based_on": own.version}
    form = ContributionForm(_sent(request), initial=initial)
    form.needs_yes = hands_in and needs_yes_to(contribution)
    if not form.is_valid():
        return _form(request, form, contribution)
    typed = form.cleaned_data
    try:
        with writing():
            contributions.change(
                own, typed["words"], request.user, now(), based_on=typed["based_on"]
            )
            if "no_pictures" in request.POST:
                picturing.take_pictures_out(own, request.user, now())
            _add_picture(request, own, form, contribution.language)
            if hands_in:
                _hand_in(request, own, form)
    except Outdated as problem:
        warn(
            request,
            _(
                "The team has changed it meanwhile. Both texts are below: bring together what you want to keep."
            ),
        )
        return _form(request, form, contribution, latest=problem.latest.number)
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, form, contribution)
    if hands_in:
        _thank(request)
    else:
        tell(request, _("Your words are saved."))
    return see("contribution", own.pk)


@for_members
@require_POST
def hand_in_contribution(request: Request, post: int) -> HttpResponse:
    """Hands in what was kept for later, as it is."""
    own = get_object_or_404(Post, pk=post, author=request.user)
    try:
        contributions.hand_in(own, request.user, now())
        _thank(request)
    except Problem as problem:
        warn(request, str(problem))
        return see("change_contribution", own.pk)
    return see("contribution", own.pk)


@for_members
@require_POST
def take_back_contribution(request: Request, post: int) -> HttpResponse:
    """Takes it back. No reason is asked for."""
    own = get_object_or_404(Post, pk=post, author=request.user)
    try:
        out = contributions.take_back(own, request.user, now())
    except Problem as problem:
        warn(request, str(problem))
        return see("contribution", own.pk)
    if out:
        warn(
            request,
            _(
                "You have taken your story back. Nothing more of it goes out, and the team is told to take down what is."
            ),
        )
    else:
        tell(request, _("You have taken it back. Nothing of it goes out."))
    return see("contribution", own.pk)


@for_members
@require_POST
def bring_back_contribution(request: Request, post: int) -> HttpResponse:
    """Undoes taking back."""
    own = get_object_or_404(Post, pk=post, author=request.user)
    try:
        contributions.bring_back(own, request.user, now())
        tell(request, _("It is back where it was."))
    except Problem as problem:
        warn(request, str(problem))
    return see("contribution", own.pk)


@for_members
@require_POST
def measure(request: Request) -> HttpResponse:
    """How the words compare with what fits in one post."""
    return render(
        request,
        "contributions/_contribution_length.html",
        measured(request.POST.get("words", "")),
    )


def _form(
    request: Request,
    form: ContributionForm,
    contribution: Contribution | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    latest: int = 0,
) -> HttpResponse:
    names = {
        "form": form,
        "errors": form.errors,
        "contribution": contribution,
        "choices": choices or {},
        "asked": _asked_time(request) if contribution is None else None,
        "needs_yes": contribution is None or needs_yes_to(contribution),
        "latest": latest,
        "longest": contributions.LONGEST,
        "longest_note": contributions.LONGEST_NOTE,
        "has_pictures": bool(contribution and _pictures(contribution.post)),
        "networks": networks_of(config().channels.values()),
        **measured(form["words"].value()),
    }
    return render(
        request,
        "contributions/contribute.html",
        names,
        status=422 if request.method == "POST" else 200,
    )


def _asked_time(request: Request) -> AskedTime:
    """The time for which it is meant, where a link has named one."""
    sent = request.POST if request.method == "POST" else request.GET
    written = sent.get("when", "")[:LONGEST_TIME]
    return asked_time(written, sent.getlist("channel"), config(), now())


def _pictures(post: Post) -> list[DigestAndAlt]:
    """The digest of each picture, and how it is described."""
    fields = latest_fields([post.pk]).get(post.pk)
    pictures = []
    for picture in fields.pictures if fields else ():
        alt = next(iter(picture.alts.values()), "")
        pictures.append((picture.file.partition(".")[0], alt))
    return pictures


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _hands_in(request: Request) -> bool:
    return request.POST.get("then") != "keep"


def _hand_in(request: Request, post: Post, form: ContributionForm) -> None:
    if not _hands_in(request):
        return
    typed, whose = form.cleaned_data, None
    if post.kind == Kind.STORY and typed["agreed"] == "yes" and typed["whose"] in set(Whose):
        whose = Whose(typed["whose"])
    contributions.hand_in(post, request.user, now(), note=typed["note"], whose=whose)


def _add_picture(request: Request, post: Post, form: ContributionForm, language: str) -> None:
    file = request.FILES.get("picture")
    if file is None:
        return
    typed = form.cleaned_data
    sent = SentPicture(
        # One byte more than may be: of a larger file the rest is not read.
        source=file.read(MAX_SOURCE + 1),
        name=file.name or "",
        people=typed["shows"],
        agreed=bool(typed["all_agree"]),
        alt=typed["alt"],
        language=language,
    )
    picturing.add_picture(post, sent, config().web.uploads, request.user, now())


def _thank(request: Request) -> None:
    if _hands_in(request):
        tell(
            request,
            _("Thank you. The team has it now, and you will see here what becomes of it."),
        )
    else:
        tell(
            request,
            _("Your words are kept for you. Nobody treats them as submitted until you say so."),
        )


def _elsewhere(request: Request, post: Post) -> HttpResponseBase:
    """The team looks at a contribution where it is worked on; for another volunteer it is not there."""
    if request.role not in MAY_APPROVE:
        raise Http404
    return see("approve", post.pk)


urlpatterns = [
    path("contributions/", show_contributions, name="contributions"),
    path("contributions/new/", contribute, name="contribute"),
    path("contributions/length/", measure, name="contribution_length"),
    path("contributions/<int:post>/", show_contribution, name="contribution"),
    path("contributions/<int:post>/change/", change_contribution, name="change_contribution"),
    path(
        "contributions/<int:post>/hand-in/", hand_in_contribution, name="hand_in_contribution"
    ),
    path(
        "contributions/<int:post>/take-back/",
        take_back_contribution,
        name="take_back_contribution",
    ),
    path(
        "contributions/<int:post>/bring-back/",
        bring_back_contribution,
        name="bring_back_contribution",
    ),
]
