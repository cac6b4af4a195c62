"""The queue: what goes out when, how it stands, and deciding about many of it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from campaign.core.problem import Problem
from campaign.decisions import many as selection
from campaign.decisions import rescheduling, settling
from campaign.decisions.many import Decided, fits
from campaign.listings.paging import Page, deliveries, first_page, page_of, values_of
from campaign.models import Delivery, Post
from campaign.states import Status
from campaign.web.calendar.move_form import LONGEST_REASON
from campaign.web.frame.access import Request, for_staff
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, rules, zone
from campaign.web.queue import delivery as one_delivery
from campaign.web.queue.filters import FilterChoice, QueueFilters, quick, statuses

MOST = 200
"""So many deliveries are decided about at once."""
ACTIONS = ("approve", "return", "reschedule", "cancel", "retry", "not_out")
TOLD = 8
"""So many sentences are told; of more, the number."""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery as a line of the list."""

    delivery: Delivery
    day: date
    channel: str
    name: str


@for_staff
@require_GET
def show_queue(request: Request) -> HttpResponse:
    """The list, by what the address asks for; a part of it, when the page itself asks."""
    filters = QueueFilters(request.GET, now(), zone())
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    count: int | None = None
    if after or before:
        page = page_of(
            deliveries(filters.wanted, filters.sorted_by), "due_at", after=after, before=before
        )
    else:
        page, count = first_page(filters.wanted, filters.sorted_by)
    context = {
        "filters": filters,
        "page": page,
        "rows": _rows(page),
        "count": count,
        "is_first": not (after or before),
        "is_part": is_part(request),
        "has_any": bool(page.rows) or Delivery.objects.exists(),
    }
    if is_part(request):
        return render(request, "queue/_queue_list.html", context)
    return render(request, "queue/queue.html", context | _choices(filters))


@for_staff
@require_http_methods(["GET", "POST"])
def decide(request: Request) -> HttpResponse:
    """GET asks what is to be done with the selection, and shows what it is; POST does it."""
    data = request.POST if request.method == "POST" else request.GET
    action = data.get("action", "")
    chosen = _chosen(data.getlist("deliveries"))
    back = data.get("back", "")
    if action not in ACTIONS or not chosen:
        warn(request, _("Choose one or more deliveries of the list first."))
        return _back(back)
    if request.method == "POST":
        try:
            decided = _decide(
                request, action, chosen
            )  # what has moved on meanwhile, the act refuses
        except Problem as problem:
            warn(request, problem)
        else:
            _tell(request, action, decided)
            if not decided.questions:
                return _back(back)
            return _ask(request, action, decided.asked, back, decided.questions)
    return _ask(request, action, chosen, back)


def is_part(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for by the page itself, rather than a page by its reader."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def _rows(page: Page[Delivery]) -> list[DeliveryLine]:
    names = {one.channel: channel_name(one.channel, config()) for one in page.rows}
    return [
        DeliveryLine(one, one.due_at.astimezone(zone()).date(), names[one.channel], one.post.called)
        for one in page.rows
    ]


def _choices(filters: QueueFilters) -> dict[str, object]:
    typed = filters.typed
    channels = sorted({*config().channels, *values_of(Delivery, "channel")})
    return {
        "channels": [
            FilterChoice(one, channel_name(one, config()), one == typed["channel"])
            for one in channels
        ],
        "campaigns": [
            FilterChoice(one, one, one == typed["campaign"]) for one in values_of(Post, "campaign")
        ],
        "languages": [
            FilterChoice(one, one, one == typed["language"]) for one in config().site.languages
        ],
        "statuses": statuses(typed["status"]),
        "quick": quick(filters),
        "is_open": filters.is_open,
    }


def _chosen(written: list[str]) -> list[Delivery]:
    numbers = [int(one) for one in written[:MOST] if one.isdecimal() and len(one) < 19]
    found = Delivery.objects.select_related("post", "approved_by").in_bulk(numbers)
    return sorted(found.values(), key=lambda one: (one.due_at, one.pk))


def _decide(request: Request, action: str, chosen: list[Delivery]) -> Decided:
    """Raises Problem when something is missing that all of them need."""
    by, moment = request.user.username, now()
    if action == "approve":
        own = config().publishing.own_approval
        return selection.approve(_shown(request, chosen), request.user, moment, zone(), own=own)
    if action == "return":
        posts = {one.post_id: one.post for one in chosen}
        return selection.hand_back(
            posts.values(), request.user, request.POST.get("reason", ""), moment
        )
    if action == "reschedule":
        return _reschedule(request, chosen)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    return selection.for_each(
        chosen,
        {
            "cancel": lambda one: settling.cancel(one, by, reason, moment),
            "retry": lambda one: rescheduling.retry(
                one, by, moment, rules(), answered=_is_answered(request), reason=reason
            ),
            "not_out": lambda one: settling.resolve_not_published(one, by, moment),
        }[action],
    )


def _shown(request: Request, chosen: list[Delivery]) -> dict[int, dict[int, str]]:
    """The fingerprints of what the page showed, for each of the posts."""
    shown: dict[int, dict[int, str]] = {one.post_id: {} for one in chosen}
    for written in request.POST.getlist("shown"):
        post, delivery, fingerprint = [*written.split(":"), "", "", ""][:3]
        if post.isdecimal() and delivery.isdecimal() and int(post) in shown:
            shown[int(post)][int(delivery)] = fingerprint
    return shown


def _reschedule(request: Request, chosen: list[Delivery]) -> Decided:
    """A new day for all; each keeps its own time of day when none is named."""
    day, clock, reason = (request.POST.get(name, "").strip() for name in ("date", "time", "reason"))
    doubled = False

    def due_of(delivery: Delivery) -> datetime:
        nonlocal doubled
        due, twice = selection.moment(
            day, clock or f"{delivery.due_at.astimezone(zone()):%H:%M}", zone()
        )
        doubled = doubled or twice
        return due

    if clock:
        selection.moment(day, clock, zone())  # a time that nobody can have is told once
    by, sure = request.user.username, _is_answered(request)
    decided = selection.reschedule(
        chosen, due_of, by, now(), rules(), answered=sure, reason=reason[:LONGEST_REASON]
    )
    if doubled:
        tell(
            request,
            _(
                "This time comes twice that night, because the clocks go back: the first one is meant."
            ),
        )
    return decided


def _is_answered(request: Request) -> bool:
    """Whether the person was asked about just this, and sends it once more."""
    return request.POST.get("sure", "") == _asked_about(request)


def _asked_about(request: Request) -> str:
    return f"{request.POST.get('action')} {request.POST.get('date', '')} {request.POST.get('time', '')}"


def _ask(
    request: Request, action: str, chosen: list[Delivery], back: str, questions: Sequence[str] = ()
) -> HttpResponse:
    fitting = [one for one in chosen if fits(action, one)]
    posts = {one.post_id: one.post for one in fitting}
    drafts = Delivery.objects.filter(post__in=posts, status=Status.DRAFT).select_related("post")
    context = {
        "action": action,
        "chosen": chosen,
        "fitting": fitting,
        "others": [one for one in chosen if not fits(action, one)],
        "drafts": list(drafts.order_by("post_id", "due_at", "id")) if action == "approve" else [],
        "posts": list(posts.values()),
        "back": back,
        "questions": questions,
        "asked_about": _asked_about(request),
        "typed": request.POST if request.method == "POST" else {},
    }
    return render(
        request, "queue/queue_decide.html", context, status=422 if request.method == "POST" else 200
    )


def _tell(request: Request, action: str, decided: Decided) -> None:
    if decided.done:
        tell(request, done_sentence(action, decided.done))
    for sentence in decided.problems[:TOLD]:
        warn(request, sentence)
    more = len(decided.problems) - TOLD
    if more > 0:
        said = ngettext(
            "%(count)d more could not be done.", "%(count)d more could not be done.", more
        )
        warn(request, said % {"count": more})


def done_sentence(action: str, count: int) -> str:
    """What was done, in a sentence."""
    said = {
        "approve": ngettext(
            "%(count)d delivery is approved and queued.",
            "%(count)d deliveries are approved and queued.",
            count,
        ),
        "return": ngettext("%(count)d post is returned.", "%(count)d posts are returned.", count),
        "reschedule": ngettext(
            "%(count)d delivery has a new time.", "%(count)d deliveries have a new time.", count
        ),
        "cancel": ngettext(
            "%(count)d delivery is cancelled.", "%(count)d deliveries are cancelled.", count
        ),
        "retry": ngettext(
            "%(count)d delivery is queued again.", "%(count)d deliveries are queued again.", count
        ),
        "not_out": ngettext(
            "%(count)d delivery is queued again.", "%(count)d deliveries are queued again.", count
        ),
    }[action]
    return said % {"count": count}


def _back(query: str) -> HttpResponseRedirect:
    """To the list as it was; `query` is only ever what follows the question mark."""
    answer = HttpResponseRedirect(f"{reverse('queue')}?{query}" if query else reverse("queue"))
    answer.status_code = 303
    return answer


urlpatterns = [
    path("queue/", show_queue, name="queue"),
    path("queue/decide/", decide, name="queue_decide"),
    *one_delivery.urlpatterns,
]
