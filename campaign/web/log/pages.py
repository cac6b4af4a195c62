"""The publish log: every attempt and every change, found and shown, and for admins as files."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.listings.log import (
    ATTEMPT,
    BY_ITSELF,
    BYTE_ORDER_MARK,
    LogEntry,
    Sought,
    csv_lines,
    entries,
    json_lines,
    page,
)
from campaign.listings.paging import values_of
from campaign.models import Attempt, Delivery, Event, Post
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_admins, for_staff
from campaign.web.frame.log_words import OUTCOMES, action_name, line, outcome_name, safe_link
from campaign.web.frame.log_words import who as who_name
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, now, zone
from campaign.web.queue.delivery import lines_of, pictures_of
from campaign.web.queue.filters import FilterChoice, ListFilters, Number, Word
from campaign.web.queue.pages import is_part

SENT = "sent:"
"""Before an outcome, in the choice of what happened."""


class LogFilters(ListFilters):
    """What the log is asked for; a post and a delivery by their numbers, which a link has set."""

    post, delivery, what, who = Number(), Number(), Word(), Word()

    @property
    def sought(self) -> Sought:
        """What it means."""
        typed = self.typed
        outcome = typed["what"].removeprefix(SENT) if typed["what"].startswith(SENT) else ""
        return Sought(
            channel=typed["channel"],
            campaign=typed["campaign"],
            post=int(typed["post"] or 0),
            delivery=int(typed["delivery"] or 0),
            what="" if outcome else typed["what"],
            outcome=outcome,
            who=typed["who"],
            since=self.since(zone()),
            until=self.until(zone()),
            text=typed["q"],
        )


@for_staff
@require_GET
def show_log(request: Request) -> HttpResponse:
    """A page of the log, newest first; a part of it, when the page itself asks."""
    filters = LogFilters(request.GET)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = page(filters.sought, after=after, before=before)
    context = {
        "lines": [line(entry) for entry in found.rows],
        "page": found,
        "is_first": not (after or before),
        "is_part": is_part(request),
        "is_admin": request.role is Role.ADMIN,
        "query": filters.query,
        "typed": filters.typed,
        "has_any": bool(found.rows) or Event.objects.exists() or Attempt.objects.exists(),
    }
    if is_part(request):
        return render(request, "log/_log_list.html", context)
    return render(request, "log/log.html", context | _choices(filters.typed))


@for_staff
@require_GET
def show_attempt(request: Request, attempt: int) -> HttpResponse:
    """One attempt: exactly what was handed to the network, and what it answered."""
    one = get_object_or_404(
        Attempt.objects.select_related("delivery__post", "delivery__approved_by"), pk=attempt
    )
    entry = LogEntry(one)
    took = (one.finished_at - one.started_at).total_seconds() if one.finished_at else None
    parts = (
        Attempt.objects.filter(delivery=one.delivery_id)
        .order_by("-part")
        .values_list("part", flat=True)[:1]
    )
    context = _detail(entry) | {
        "attempt": one,
        "seconds": None if took is None else round(took, 1),
        "parts": max([*parts, 1]),
        "pictures": pictures_of(one.delivery.pictures) if one.part == 1 else [],
    }
    return render(request, "log/attempt.html", context)


@for_staff
@require_GET
def show_event(request: Request, event: int) -> HttpResponse:
    """One event: who did what, when and why."""
    one = get_object_or_404(Event.objects.select_related("delivery__post", "post"), pk=event)
    return render(request, "log/event.html", _detail(LogEntry(one)) | {"event": one})


@for_admins
@require_GET
def log_csv(request: Request) -> StreamingHttpResponse:
    """The log, as far as the filters leave it, for a spreadsheet."""

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from csv_lines(entries(LogFilters(request.GET).sought))

    return _file(lines(), "text/csv; charset=utf-8", "csv")


@for_admins
@require_GET
def log_json(request: Request) -> StreamingHttpResponse:
    """The log, as far as the filters leave it, for programs."""
    return _file(json_lines(entries(LogFilters(request.GET).sought)), "application/json", "json")


def _file(lines: Iterator[str], kind: str, ending: str) -> StreamingHttpResponse:
    """Handed over line by line, so that a log of any length takes no more memory than a short one."""
    name = f"publish-log-{now().astimezone(zone()):%Y-%m-%d}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)


def _choices(typed: dict[str, str]) -> dict[str, object]:
    channels = sorted({*config().channels, *values_of(Delivery, "channel")})
    people = [one for one in values_of(Event, "actor") if who_name(one) == one]
    outcomes = [(f"{SENT}{outcome}", outcome_name(outcome)) for outcome in OUTCOMES if outcome]
    actions = sorted(
        ((one, action_name(one)) for one in values_of(Event, "action")), key=lambda pair: pair[1]
    )
    return {
        "channels": [
            FilterChoice(one, channel_name(one, config()), one == typed["channel"])
            for one in channels
        ],
        "campaigns": [
            FilterChoice(one, one, one == typed["campaign"]) for one in values_of(Post, "campaign")
        ],
        "sent": [
            _choice(one, name, typed["what"])
            for one, name in [(ATTEMPT, _("All that was sent")), *outcomes]
        ],
        "actions": [_choice(one, name, typed["what"]) for one, name in actions],
        "people": [
            _choice(one, name, typed["who"])
            for one, name in [(BY_ITSELF, _("The program")), *_same(people)]
        ],
        "about": _about(typed),
        "is_open": any(typed[name] for name in ("channel", "campaign", "from", "to")),
    }


def _same(values: list[str]) -> list[tuple[str, str]]:
    return [(one, one) for one in values]


def _choice(value: str, name: str, chosen: str) -> FilterChoice:
    return FilterChoice(value, name, value == chosen)


def _about(typed: dict[str, str]) -> str:
    """What a filter that has no field of its own is on: a link from a post or a delivery has set it."""
    if typed["delivery"]:
        return _("Only delivery %(number)s") % {"number": int(typed["delivery"])}
    post = Post.objects.filter(pk=int(typed["post"])).first() if typed["post"] else None
    return _("Only the post %(name)s") % {"name": post.called} if post else ""


def _detail(entry: LogEntry) -> dict[str, object]:
    one = entry.delivery
    others = page(Sought(delivery=one.pk)).rows if one else []
    return {
        "line": line(entry),
        "one": one,
        "post": entry.post,
        "channel": channel_name(one.channel, config()) if one else "",
        "link": safe_link(entry.url),
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
