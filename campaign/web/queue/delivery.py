"""One delivery: exactly what it says, what became of it, and what can be decided about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.core.problem import Problem
from campaign.decisions import allowing, many, removing, settling
from campaign.decisions.many import FITS, fits
from campaign.listings.channels import kept_back
from campaign.listings.log import LogEntry, Sought, page
from campaign.listings.paging import PAGE
from campaign.models import Delivery
from campaign.states import Status
from campaign.web.calendar.move_form import MoveForm, decide
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.log_words import LogLine, line, safe_link
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, opened_publishers, rules, zone
from campaign.web.posts.out.frozen import pictures_of, texts_of
from campaign.web.posts.out.standing import tied_of


@for_staff
@require_GET
def show_delivery(request: Request, delivery: int) -> HttpResponse:
    """The page of a delivery; Http404, as for every page here, where there is none of that number."""
    return _page(request, _find(delivery), {})


@for_staff
@require_POST
def reschedule(request: Request, delivery: int) -> HttpResponse:
    """Gives it the new time that was typed."""
    moved = _find(delivery)
    form = MoveForm(moved, zone(), request.POST.dict())
    if decide(form, request.user.username, now(), rules()) is None:
        return _page(request, moved, {}, status=422, form=form)
    tell(request, _("It has a new time."))
    return see("delivery", moved.pk)


@for_staff
@require_POST
def is_out(request: Request, delivery: int) -> HttpResponse:
    """Records an unconfirmed one as published, at the address where a person has seen it."""
    doubted, typed = _find(delivery), request.POST.dict()
    url = str(typed.get("url", ""))
    try:
        settling.resolve_published(doubted, url, request.user.username, now())
    except Problem as problem:
        warn(request, problem)
        return _page(request, doubted, typed, status=422)
    tell(request, _("Thank you. It is written down as published."))
    return see("delivery", doubted.pk)


@for_staff
@require_POST
def allow(request: Request, delivery: int) -> HttpResponse:
    """Lets it out on its day of remembrance, with those of its post that wait on the same day, where `all` is ticked."""
    allowed, typed = _find(delivery), request.POST.dict()
    waiting = [allowed, *waiting_with(allowed)] if "all" in typed else [allowed]
    try:
        allowing.allow(waiting, request.user, str(typed.get("why", "")), now(), zone())
    except Problem as problem:
        warn(request, problem)
        return _page(request, allowed, typed, status=422)
    tell(request, _("It may go out on that day. The log keeps who said so, and why."))
    return see("delivery", allowed.pk)


def waiting_with(delivery: Delivery) -> list[Delivery]:
    """The others of its post that are approved and wait on the same days of remembrance."""
    others = Delivery.objects.filter(post_id=delivery.post_id, status=Status.QUEUED)
    others = others.exclude(pk=delivery.pk).select_related("post").order_by("id")
    waits = allowing.days_before([delivery, *others], now(), zone())
    own = waits.get(delivery.pk)
    return [other for other in others if own and waits.get(other.pk) == own]


@for_staff
@require_POST
def bring_back(request: Request, delivery: int) -> HttpResponse:
    """Makes a cancelled one wait for approval again."""
    try:
        many.bring_back(_find(delivery), request.user.username, now())
    except Problem as problem:
        warn(request, problem)
    else:
        tell(request, _("It is back, and waits for approval."))
    return see("delivery", delivery)


@for_staff
@require_http_methods(["GET", "POST"])
def take_down(request: Request, delivery: int) -> HttpResponse:
    """GET asks, POST deletes it on its network."""
    posted = _find(delivery)
    is_post = request.method == "POST"
    reason = request.POST.get("reason", "").strip()
    if is_post:
        try:
            removing.remove(posted, opened_publishers(), request.user.username, reason, now())
        except Problem as problem:
            warn(request, problem)
        else:
            tell(request, _("It is taken down. The log keeps that it was there."))
            return see("delivery", posted.pk)
    context = {
        "delivery": posted,
        "channel": channel_name(posted.channel, config()),
        "link": safe_link(posted.url),
        "reason": reason,
        "can": fits("take_down", posted),
        "texts": texts_of(posted),
    }
    return render(request, "queue/take_down.html", context, status=422 if is_post else 200)


def _page(
    request: Request,
    delivery: Delivery,
    typed: dict[str, str],
    status: int = 200,
    form: MoveForm | None = None,
) -> HttpResponse:
    form = form or MoveForm(delivery, zone())
    log = page(Sought(delivery=delivery.pk))
    names = [channel_name(sibling.channel, config()) for sibling in form.siblings]
    context = {
        "delivery": delivery,
        "channel": channel_name(delivery.channel, config()),
        "initial": config().site.name[:1].upper(),
        "link": "" if delivery.status == Status.REMOVED else safe_link(delivery.url),
        "tied": tied_of(delivery.post),
        "kept_back": _kept_back(delivery),
        "texts": texts_of(delivery),
        "pictures": pictures_of(delivery.pictures),
        "lines": lines_of(log.rows),
        "has_more": bool(log.after),
        "page_size": PAGE,
        "can": {action: fits(action, delivery) for action in FITS},
        "form": form,
        "all_channels": " · ".join(names),
        "own_channel": channel_name(delivery.channel, config()),
        "typed": typed,
        "is_wrong": status == 422,
        "waits_on": allowing.days_before([delivery], now(), zone()).get(delivery.pk, ()),
        "waits_with": [
            channel_name(other.channel, config()) for other in waiting_with(delivery)
        ],
        "has_approved": delivery.approved_by_id == request.user.pk,
    }
    return render(request, "queue/delivery.html", context, status=status)


def _kept_back(delivery: Delivery) -> str:
    """Why its account may not post now, "" while it may."""
    name = delivery.channel
    return kept_back([name], now()).get(name, "") if delivery.status == Status.QUEUED else ""


def lines_of(entries: list[LogEntry]) -> list[LogLine]:
    """Entries of the log, given newest first, in words and earliest first."""
    return [line(entry) for entry in reversed(entries)]


def _find(number: int) -> Delivery:
    return get_object_or_404(Delivery.objects.select_related("post", "approved_by"), pk=number)


urlpatterns = [
    path("queue/<int:delivery>/", show_delivery, name="delivery"),
    path("queue/<int:delivery>/new-time/", reschedule, name="delivery_reschedule"),
    path("queue/<int:delivery>/is-out/", is_out, name="delivery_is_out"),
    path("queue/<int:delivery>/allow/", allow, name="delivery_allow"),
    path("queue/<int:delivery>/bring-back/", bring_back, name="delivery_bring_back"),
    path("queue/<int:delivery>/take-down/", take_down, name="delivery_take_down"),
]
