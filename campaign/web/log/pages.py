"""The publish log: every attempt and every change, found and shown, and for admins as files."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.listings.log import (
    ATTEMPT,
    BY_ITSELF,
    LogEntry,
    Sought,
    entries,
    json_lines,
    page,
)
from campaign.listings.paging import values_of
from campaign.models import Attempt, Event, Post
from campaign.people.roles import Role
from campaign.states import Status
from campaign.web.frame.access import Request, for_admins, for_staff
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import OUTCOMES, action_name, line, outcome_name, safe_link
from campaign.web.frame.log_words import who as who_name
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, now, zone
from campaign.web.log.sheet import sheet_lines
from campaign.web.posts.out.frozen import pictures_of
from campaign.web.queue.delivery import lines_of
from campaign.web.queue.filters import FilterChoice, ListFilters, Number, Word
from campaign.web.queue.pages import (
    campaign_choices,
    channel_choices,
    is_part,
    language_choices,
)

SENT = "sent:"
"""Stands before an outcome in the filter `what`, to tell it from an action."""


class LogFilters(ListFilters):
    """What the log is asked for; a post and a delivery by their numbers, which a link has set."""

    language, post, delivery, what, who = Word(), Number(), Number(), Word(), Word()

    @property
    def sought(self) -> Sought:
        """The filters as the listing takes them."""
        typed, what, outcome = self.typed, self.typed["what"], ""
        if what.startswith(SENT):
            what, outcome = "", what.removeprefix(SENT)
        return Sought(
            channel=typed["channel"],
            campaign=typed["campaign"],
            language=typed["language"],
            post=int(typed["post"] or 0),
            delivery=int(typed["delivery"] or 0),
            what="" if outcome else what,
            outcome=outcome,
            who=typed["who"],
            since=self.since(zone()),
            until=self.until(zone()),
            text=typed["q"],
        )


@for_staff
@require_GET
def show_log(request: Request) -> HttpResponse:
    """A page of the log, newest first; the list alone, when the page itself asks for it."""
    filters = LogFilters(request.GET)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    shown = page(filters.sought, after=after, before=before)
    has_any = bool(shown.rows) or Event.objects.exists() or Attempt.objects.exists()
    context = {
        "lines": [line(entry) for entry in shown.rows],
        "page": shown,
        "is_first": not (after or before),
        "is_part": is_part(request),
        "is_admin": request.role is Role.ADMIN,
        "query": filters.query,
        "typed": filters.typed,
        "has_any": has_any,
    }
    if is_part(request):
        return render(request, "log/_log_list.html", context)
    return render(request, "log/log.html", context | _choices(filters.typed))


@for_staff
@require_GET
def show_attempt(request: Request, attempt: int) -> HttpResponse:
    """One attempt: exactly what was handed to the network, and what it answered."""
    attempts = Attempt.objects.select_related("delivery__post", "delivery__approved_by")
    shown = get_object_or_404(attempts, pk=attempt)
    seconds = None
    if shown.finished_at:
        seconds = round((shown.finished_at - shown.started_at).total_seconds(), 1)
    # The pictures go out with the first part of a thread.
    pictures = pictures_of(shown.delivery.pictures) if shown.part == 1 else []
    context = _detail(LogEntry(shown)) | {
        "attempt": shown,
        "seconds": seconds,
        "parts": _parts_of(shown.delivery_id),
        "pictures": pictures,
    }
    return render(request, "log/attempt.html", context)


def _parts_of(delivery: int) -> int:
    """How many parts of a thread were tried; 1 for what is no thread."""
    attempts = Attempt.objects.filter(delivery=delivery).order_by("-part")
    highest = attempts.values_list("part", flat=True)[:1]
    return max([*highest, 1])


@for_staff
@require_GET
def show_event(request: Request, event: int) -> HttpResponse:
    """One event: who did what, when and why."""
    events = Event.objects.select_related("delivery__post", "post")
    shown = get_object_or_404(events, pk=event)
    return render(request, "log/event.html", _detail(LogEntry(shown)) | {"event": shown})


@for_admins
@require_GET
def log_csv(request: Request) -> StreamingHttpResponse:
    """The entries that the filters leave, as CSV for the reader's spreadsheet."""
    logged = entries(LogFilters(request.GET).sought)
    return _file(sheet_lines(logged, reader_language()), "text/csv; charset=utf-8", "csv")


@for_admins
@require_GET
def log_json(request: Request) -> StreamingHttpResponse:
    """The entries that the filters leave, as JSON for programs."""
    return _file(
        json_lines(entries(LogFilters(request.GET).sought)), "application/json", "json"
    )


def _file(lines: Iterator[str], kind: str, ending: str) -> StreamingHttpResponse:
    """Handed over line by line, so that a log of any length takes no more memory than a short one."""
    name = f"publish-log-{now().astimezone(zone()):%Y-%m-%d}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)


def _choices(typed: dict[str, str]) -> dict[str, object]:
    # Only a person's name is its own word for the reader: the others are the program or the command line.
    people = [actor for actor in values_of(Event, "actor") if who_name(actor) == actor]
    outcomes = [(f"{SENT}{outcome}", outcome_name(outcome)) for outcome in OUTCOMES if outcome]
    actions = [(action, action_name(action)) for action in values_of(Event, "action")]
    sent = [(ATTEMPT, _("All that was sent")), *outcomes]
    who = [(BY_ITSELF, _("The program")), *((name, name) for name in people)]
    what = typed["what"]
    return {
        "channels": channel_choices(typed["channel"]),
        "campaigns": campaign_choices(typed["campaign"]),
        "languages": language_choices(typed["language"]),
        "sent": _offered(sent, what),
        "actions": _offered(sorted(actions, key=lambda action: action[1]), what),
        "people": _offered(who, typed["who"]),
        "about": _about(typed),
        "is_open": any(
            typed[name] for name in ("channel", "campaign", "language", "from", "to")
        ),
    }


def _offered(choices: Iterable[tuple[str, str]], chosen: str) -> list[FilterChoice]:
    """A list to choose from, of values with their names."""
    return [FilterChoice(value, name, value == chosen) for value, name in choices]


def _about(typed: dict[str, str]) -> str:
    """In words, the delivery or the post that the list is limited to: those have no field, a link has set them. Else ""."""
    if typed["delivery"]:
        return _("Only delivery %(number)s") % {"number": int(typed["delivery"])}
    post = Post.objects.filter(pk=int(typed["post"])).first() if typed["post"] else None
    return _("Only the post %(name)s") % {"name": post.called} if post else ""


def _detail(entry: LogEntry) -> dict[str, object]:
    """What the pages of an attempt and of an event have in common: the entry, and the log of its delivery."""
    delivery = entry.delivery
    is_gone = delivery is not None and delivery.status == Status.REMOVED
    others = page(Sought(delivery=delivery.pk)).rows if delivery else []
    return {
        "line": line(entry),
        "delivery": delivery,
        "post": entry.post,
        "channel": channel_name(delivery.channel, config()) if delivery else "",
        "link": "" if is_gone else safe_link(entry.url),
        "lines": lines_of(others),
        "here": entry,
    }


urlpatterns = [
    path("log/", show_log, name="log"),
    path("log/attempts/<int:attempt>/", show_attempt, name="attempt"),
    path("log/events/<int:event>/", show_event, name="event"),
    path("log/log.csv", log_csv, name="log_csv"),
    path("log/log.json", log_json, name="log_json"),
]
