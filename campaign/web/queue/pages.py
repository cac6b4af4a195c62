"""The queue: what goes out when, how it stands, and deciding about many of it at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.decisions import many as selection
from campaign.decisions import rescheduling, settling
from campaign.decisions.many import Decided, fits
from campaign.listings.paging import Page, values_of
from campaign.listings.queue import PostInQueue, page_of_posts
from campaign.models import Delivery, Post
from campaign.states import Status
from campaign.web.calendar.move_form import LONGEST_REASON
from campaign.web.frame.access import Request, for_staff
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name, language_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import campaign_names, config, now, rules, zone
from campaign.web.queue import delivery as one_delivery
from campaign.web.queue.filters import FilterChoice, QueueFilters, quick, statuses

MOST = 200
"""At most so many deliveries are decided about at once."""
ACTIONS = ("approve", "return", "reschedule", "cancel", "retry", "not_out")
TOLD = 8
"""At most so many problems are shown; of the rest, how many there are."""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A delivery as a line of its row."""

    delivery: Delivery
    channel: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A post at one of its times, as a row of the list: its words in the reader's language where there are some."""

    row: PostInQueue
    day: date
    name: str
    text: str
    pictures: str  #: as the delivery keeps them; "" for what was withdrawn
    language: str
    channels: tuple[ChannelLine, ...]

    @property
    def numbers(self) -> str:
        """The numbers of its deliveries, as the box sends them that chooses all of them."""
        return ",".join(str(delivery.pk) for delivery in self.row.deliveries)


@for_staff
@require_GET
def show_queue(request: Request) -> HttpResponse:
    """The deliveries that the filters of the address leave; the list alone, when the page itself asks for it."""
    filters = QueueFilters(request.GET, now(), zone())
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page, count = page_of_posts(
        filters.wanted,
        filters.sorted_by,
        after=after,
        before=before,
    )
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
    """GET shows the chosen deliveries and asks for what the action needs; POST does it, or asks again with its questions."""
    data = request.POST if request.method == "POST" else request.GET
    action = data.get("action", "")
    chosen = _chosen(data.getlist("deliveries"))
    back = data.get("back", "")
    if action not in ACTIONS or not chosen:
        warn(request, _("Choose one or more deliveries of the list first."))
        return _back(back)
    if request.method == "POST":
        try:
            decided = _decide(request, action, chosen)  # refuses what has moved on meanwhile
        except Problem as problem:
            warn(request, problem)
        else:
            _tell(request, action, decided)
            if not decided.questions:
                return _back(back)
            return _ask(request, action, decided.asked, back, decided.questions)
    return _ask(request, action, chosen, back)


def is_part(request: HttpRequest) -> bool:
    """Whether a page asks for a part of itself, rather than its reader for a whole page."""
    htmx = getattr(request, "htmx", None)
    # Going back is asked for by htmx as well, and needs the whole page.
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def _rows(page: Page[PostInQueue]) -> list[QueueLine]:
    names: dict[str, str] = {}
    lines: list[QueueLine] = []
    for row in page.rows:
        for delivery in row.deliveries:
            if delivery.channel not in names:
                names[delivery.channel] = channel_name(delivery.channel, config())
        line = _line(row, names)
        lines.append(line)
    return lines


def _line(row: PostInQueue, names: Mapping[str, str]) -> QueueLine:
    shown = _shown_first(row.deliveries)
    channels = [ChannelLine(each, names[each.channel]) for each in row.deliveries]
    return QueueLine(
        row=row,
        day=local_day(row.due, zone()),
        name=row.post.called,
        text=shown.text,
        pictures="" if shown.status == Status.WITHDRAWN else shown.pictures,
        language=shown.language,
        channels=tuple(channels),
    )


def _shown_first(deliveries: Sequence[Delivery]) -> Delivery:
    """The one whose words stand for all of the row: in the reader's language, if there is one."""
    language = reader_language()
    readable = (delivery for delivery in deliveries if delivery.language == language)
    return next(readable, deliveries[0])


def _choices(filters: QueueFilters) -> dict[str, object]:
    typed = filters.typed
    return {
        "channels": channel_choices(typed["channel"]),
        "campaigns": campaign_choices(typed["campaign"]),
        "languages": language_choices(typed["language"]),
        "statuses": statuses(typed["status"]),
        "quick": quick(filters),
        "is_open": filters.is_open,
    }


def channel_choices(chosen: str) -> list[FilterChoice]:
    """The channels of the configuration and of all deliveries, with the one that is chosen."""
    names = sorted({*config().channels, *values_of(Delivery, "channel")})
    return [FilterChoice(name, channel_name(name, config()), name == chosen) for name in names]


def campaign_choices(chosen: str) -> list[FilterChoice]:
    """The campaigns of all posts, with the one that is chosen."""
    choices, names = [], campaign_names()
    for slug in values_of(Post, "campaign"):
        choices.append(FilterChoice(slug, names.get(slug, slug), slug == chosen))
    return choices


def language_choices(chosen: str) -> list[FilterChoice]:
    """The languages of the site, with the one that is chosen."""
    names = config().site.languages
    return [FilterChoice(name, language_name(name), name == chosen) for name in names]


def _chosen(written: list[str]) -> list[Delivery]:
    """The deliveries of these numbers, by due time; what is no number, or that of none, is left out. The box of a row sends
    those of all its channels at once, parted by commas."""
    apart = ",".join(written[: 2 * MOST]).split(",")
    # A number of 19 digits may be too large for a database.
    numbers = {int(digits) for digits in apart if digits.isdecimal() and len(digits) < 19}
    numbers = set(sorted(numbers)[:MOST])
    chosen = Delivery.objects.select_related("post", "approved_by").in_bulk(numbers)
    return sorted(chosen.values(), key=lambda delivery: (delivery.due_at, delivery.pk))


def _decide(request: Request, action: str, chosen: list[Delivery]) -> Decided:
    """Does the action for each of the chosen. Raises Problem when something is missing that all of them need."""
    by, moment = request.user.username, now()
    typed_reason = request.POST.get("reason", "")
    if action == "approve":
        own, shown = config().publishing.own_approval, _shown(request, chosen)
        return selection.approve(shown, request.user, moment, zone(), own=own)
    if action == "return":
        posts = {delivery.post_id: delivery.post for delivery in chosen}
        return selection.hand_back(posts.values(), request.user, typed_reason, moment)
    if action == "reschedule":
        return _reschedule(request, chosen)
    reason = typed_reason.strip()[:LONGEST_REASON]

    def act(delivery: Delivery) -> None:
        if action == "cancel":
            settling.cancel(delivery, by, reason, moment)
        elif action == "retry":
            sure = _is_answered(request)
            rescheduling.retry(delivery, by, moment, rules(), answered=sure, reason=reason)
        else:
            settling.resolve_not_published(delivery, by, moment)

    return selection.for_each(chosen, act)


def _shown(request: Request, chosen: list[Delivery]) -> dict[int, dict[int, str]]:
    """The fingerprints of what the page showed, by post and delivery, of the posts of the chosen."""
    shown: dict[int, dict[int, str]] = {delivery.post_id: {} for delivery in chosen}
    for written in request.POST.getlist("shown"):
        # POST:DELIVERY:FINGERPRINT, filled up where somebody has sent less
        post, delivery, fingerprint = [*written.split(":"), "", "", ""][:3]
        are_numbers = post.isdecimal() and delivery.isdecimal()
        if are_numbers and int(post) in shown:
            shown[int(post)][int(delivery)] = fingerprint
    return shown


def _reschedule(request: Request, chosen: list[Delivery]) -> Decided:
    """Gives all a new day; each keeps its own time of day when none is named. Raises Problem for a time that is none."""
    typed = {name: request.POST.get(name, "").strip() for name in ("date", "time", "reason")}
    day, clock, reason = typed["date"], typed["time"], typed["reason"][:LONGEST_REASON]
    doubled = False

    def due_of(delivery: Delivery) -> datetime:
        nonlocal doubled
        own_clock = f"{delivery.due_at.astimezone(zone()):%H:%M}"
        due, twice = selection.moment(day, clock or own_clock, zone())
        doubled = doubled or twice
        return due

    if clock:  # then a time that is none is the same problem for all, and said once
        selection.moment(day, clock, zone())
    by, sure = request.user.username, _is_answered(request)
    decided = selection.reschedule(
        chosen, due_of, by, now(), rules(), answered=sure, reason=reason
    )
    if doubled:
        said = _(
            "This time comes twice that night, because the clocks go back: the first one is meant."
        )
        tell(request, said)
    return decided


def _is_answered(request: Request) -> bool:
    """Whether the person was asked about this action with this time, and sends it once more."""
    return request.POST.get("sure", "") == _asked_about(request)


def _asked_about(request: Request) -> str:
    posted = request.POST
    return f"{posted.get('action')} {posted.get('date', '')} {posted.get('time', '')}"


def _ask(
    request: Request,
    action: str,
    chosen: list[Delivery],
    back: str,
    questions: Sequence[str] = (),
) -> HttpResponse:
    """The page that asks for what the action needs; after a POST with status 422, since it was not done."""
    is_post = request.method == "POST"
    fitting = [delivery for delivery in chosen if fits(action, delivery)]
    posts = {delivery.post_id: delivery.post for delivery in fitting}
    context = {
        "action": action,
        "chosen": chosen,
        "fitting": fitting,
        "others": [delivery for delivery in chosen if not fits(action, delivery)],
        "drafts": _drafts_of(posts) if action == "approve" else [],
        "posts": list(posts.values()),
        "back": back,
        "questions": questions,
        "asked_about": _asked_about(request),
        "typed": request.POST if is_post else {},
    }
    return render(request, "queue/queue_decide.html", context, status=422 if is_post else 200)


def _drafts_of(posts: Iterable[int]) -> list[Delivery]:
    """What waits for approval of the posts of these numbers, chosen or not: a post is approved as a whole."""
    drafts = Delivery.objects.filter(post__in=posts, status=Status.DRAFT).select_related("post")
    return list(drafts.order_by("post_id", "due_at", "id"))


def _tell(request: Request, action: str, decided: Decided) -> None:
    """Says on the next page what was done, and what could not be done."""
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
    """What was done to so many, in a sentence."""
    said = {
        "approve": ngettext(
            "%(count)d delivery is approved and queued.",
            "%(count)d deliveries are approved and queued.",
            count,
        ),
        "return": ngettext(
            "%(count)d post is returned.", "%(count)d posts are returned.", count
        ),
        "reschedule": ngettext(
            "%(count)d delivery has a new time.", "%(count)d deliveries have a new time.", count
        ),
        "cancel": ngettext(
            "%(count)d delivery is cancelled.", "%(count)d deliveries are cancelled.", count
        ),
        "retry": ngettext(
            "%(count)d delivery is queued again.",
            "%(count)d deliveries are queued again.",
            count,
        ),
        "not_out": ngettext(
            "%(count)d delivery is queued again.",
            "%(count)d deliveries are queued again.",
            count,
        ),
    }[action]
    return said % {"count": count}


def _back(query: str) -> HttpResponseRedirect:
    """Leads to the list as it was."""
    # `query` comes from the form: put after the question mark, it cannot lead to another site.
    answer = HttpResponseRedirect(f"{reverse('queue')}?{query}" if query else reverse("queue"))
    answer.status_code = 303
    return answer


urlpatterns = [
    path("queue/", show_queue, name="queue"),
    path("queue/decide/", decide, name="queue_decide"),
    *one_delivery.urlpatterns,
]
