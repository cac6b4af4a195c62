"""The calendar: month, week, list and day; and the form in which a post is moved to another time."""

import json
from datetime import date, datetime, time

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.content.dates.month import span_of
from campaign.content.library import Library
from campaign.listings.calendar import last_due, next_due
from campaign.models import Delivery
from campaign.states import NOT_OUT_YET
from campaign.web.calendar.days import Hour, calendar_of, hours_of
from campaign.web.calendar.move_form import FIRST, SECOND, Moved, MoveForm, decide
from campaign.web.calendar.shown import CalendarSource, Stretch, View, read_shown
from campaign.web.frame import site
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import day as day_in_words
from campaign.web.frame.moments import hour as hour_in_words
from campaign.web.frame.names import channel_name

SAID = "calendar_moved"
"""The key under which the session keeps what was moved, for the next page."""
LONGEST_QUERY = 1_000
"""Characters."""


@for_staff
@require_safe
def show_calendar(request: Request) -> HttpResponse:
    """The calendar, as its address says."""
    source = _source()
    shown = read_shown(request.GET, source.today)
    kept = request.session.pop(SAID, None)
    said = _said(_read(kept), shown, source) if kept else {}
    return render(request, "calendar/calendar.html", _values(shown, source) | said)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, delivery: int) -> HttpResponse:
    """The form, or what comes of it. A part of a page is answered with parts: the calendar, or the form again."""
    to_move = get_object_or_404(Delivery.objects.select_related("post"), pk=delivery)
    source = _source()
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else request.GET
    back = QueryDict(sent.get("back", "")[:LONGEST_QUERY])
    shown = read_shown(back, source.today)
    form = MoveForm(to_move, source.zone, request.POST.dict() if is_sent else None)
    moved = decide(form, request.user.username, source.now, site.rules())
    if moved is None:
        return _form(request, form, shown, source)
    return _after_move(request, moved, shown, source)


def _after_move(
    request: Request, moved: Moved, shown: Stretch, source: CalendarSource
) -> HttpResponse:
    first = moved.ids[0]
    if not _is_part(request):
        request.session[SAID] = _kept(moved)
        answer = see("calendar")
        answer.headers["Location"] += f"?{shown.query}#part-{first}"
        return answer
    values = _values(shown, source) | _said(moved, shown, source)
    part = render(request, "calendar/_moved.html", values)
    part.headers["HX-Retarget"] = "#calendar"
    part.headers["HX-Reswap"] = "innerHTML"
    part.headers["HX-Trigger-After-Settle"] = json.dumps({"moved": {"id": first}})
    return part


def _form(
    request: Request, form: MoveForm, shown: Stretch, source: CalendarSource
) -> HttpResponse:
    names = [channel_name(sibling.channel, source.config) for sibling in form.siblings]
    values = {
        "form": form,
        "shown": shown,
        "movable": form.delivery.status in NOT_OUT_YET,
        "all_channels": " · ".join(names),
        "own_channel": channel_name(form.delivery.channel, source.config),
        "language": source.language,
    }
    if not _is_part(request):
        status = 422 if form.is_bound else 200
        return render(request, "calendar/move.html", values, status=status)
    # Status 200 with errors too: htmx takes no answer that tells of an error.
    part = render(request, "calendar/_move.html", values)
    part.headers["HX-Retarget"] = "#move-body"
    part.headers["HX-Reswap"] = "innerHTML"
    return part


def _values(shown: Stretch, source: CalendarSource) -> dict[str, object]:
    calendar = calendar_of(shown, source)
    hours: list[int] = []
    by_day: dict[date, list[Hour]] = {}
    if shown.view is View.WEEK:
        hours, by_day = hours_of(calendar.cells, source.zone)
    filters = shown.filters
    return {
        "shown": shown,
        "title": shown.title(source.language),
        "calendar": calendar,
        "views": [(view, name, shown.seen_as(view)) for view, name in _views(shown)],
        "free_times": shown.seen_as(View.LIST),
        "today": shown.moved(source.today),
        "hours": [datetime.combine(shown.on, time(hour)) for hour in hours],
        "columns": [(cell, by_day.get(cell.day, [])) for cell in calendar.cells],
        "channels": [
            (name, channel_name(name, source.config)) for name in source.config.channels
        ],
        "campaigns": _campaigns(source.library, source.language),
        "languages": source.config.site.languages,
        "is_filtered": any((filters.channel, filters.campaign, filters.language)),
        "narrow": shown.view in (View.MONTH, View.WEEK),
        "jumps": _jumps(shown, source) if calendar.is_empty else [],
    }


def _jumps(shown: Stretch, source: CalendarSource) -> list[tuple[str, Stretch]]:
    """Where the nearest posts are, when none is shown: the next one, or else the last one."""
    days = shown.days(source.language)
    first, last = span_of(days[0], source.zone), span_of(days[-1], source.zone)
    if after := next_due(last.end, shown.filters):
        told = _("Go to the next post: %(day)s")
        return [_jump(told, after, shown, source)]
    if before := last_due(first.start, shown.filters):
        told = _("Go to the last post: %(day)s")
        return [_jump(told, before, shown, source)]
    return []


def _jump(
    told: str, at: datetime, shown: Stretch, source: CalendarSource
) -> tuple[str, Stretch]:
    return told % {"day": day_in_words(at)}, shown.moved(source.day_of(at))


def _views(shown: Stretch) -> list[tuple[View, str]]:
    names = [
        (View.MONTH, _("Month")),
        (View.WEEK, _("Week")),
        (View.LIST, _("List")),
    ]
    if shown.view is View.DAY:
        names.append((View.DAY, _("Day")))
    return names


def _campaigns(library: Library, language: str) -> list[tuple[str, str]]:
    names = []
    for slug, campaign in sorted(library.campaigns.items()):
        names.append((slug, campaign.names.get(language, slug)))
    return names


def _said(moved: Moved, shown: Stretch, source: CalendarSource) -> dict[str, object]:
    """The sentence after a move, and the form that undoes it; no such form once the time that it had is past."""
    local = moved.before.astimezone(source.zone)
    day = source.day_of(moved.due)
    is_shown = day in shown.days(source.language)
    values = {
        "name": moved.name,
        "day": day_in_words(moved.due),
        "time": hour_in_words(moved.due),
    }
    return {
        "said": _("“%(name)s” now stands on %(day)s, %(time)s.") % values,
        "undo": moved.before > source.now and moved,
        "undo_date": f"{local:%Y-%m-%d}",
        "undo_time": f"{local:%H:%M}",
        "undo_fold": SECOND if local.fold else FIRST,
        "elsewhere": None if is_shown else shown.moved(day),
    }


def _kept(moved: Moved) -> dict[str, str]:
    return {
        "name": moved.name,
        "ids": " ".join(map(str, moved.ids)),
        "before": moved.before.isoformat(),
        "due": moved.due.isoformat(),
    }


def _read(kept: dict[str, str]) -> Moved:
    return Moved(
        name=kept["name"],
        ids=tuple(map(int, kept["ids"].split())),
        before=datetime.fromisoformat(kept["before"]),
        due=datetime.fromisoformat(kept["due"]),
    )


def _source() -> CalendarSource:
    return CalendarSource(*site.config_and_library(), site.now(), reader_language())


def _is_part(request: Request) -> bool:
    return bool(getattr(request, "htmx", False))


urlpatterns = [
    path("calendar/", show_calendar, name="calendar"),
    path("calendar/move/<int:delivery>/", move, name="move"),
]
