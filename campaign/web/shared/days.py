"""The awareness days: when each comes next, and how one is added or changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaign.authoring.shared import days
from campaign.authoring.shared.effects import Effect, seen
from campaign.authoring.shared.written import newest
from campaign.content.compared import WordRun, compared
from campaign.content.dates.days import Day, Month
from campaign.content.dates.lines import lines_of, words_of
from campaign.content.dates.month import name_of
from campaign.content.library import CALENDAR
from campaign.core.problem import Problem
from campaign.models import Delivery
from campaign.models.shared import Shared, SharedKind
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.moments import day as in_words
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, library, now, site_day
from campaign.web.posts.form import plain
from campaign.web.posts.page import base_of, desk
from campaign.web.shared.day_form import (
    TypedDay,
    check_typed,
    controls_of,
    form_values,
    read_day,
)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the list."""

    day: Day
    name: str
    next: str  #: in words; "" when no further date is known
    link: str


@dataclass(frozen=True, slots=True)
class ShownMove:
    """What a change of a day does to one delivery."""

    delivery: Delivery
    channel: str
    due: datetime | None  #: its new moment; None where it keeps its own
    stops: str
    runs: tuple[WordRun, ...]


@for_staff
@require_GET
def show_days(request: Request) -> HttpResponse:
    """Every day by its next date: those of awareness, those of remembrance, and holidays apart."""
    lines = _by_date(library().days.values())
    values = {
        "awareness": [line for line in lines if not (line.day.holiday or line.day.quiet)],
        "quiet": [line for line in lines if line.day.quiet],
        "holidays": [line for line in lines if line.day.holiday and not line.day.quiet],
    }
    return render(request, "shared/days.html", values)


@for_staff
@require_http_methods(["GET", "POST"])
def new_day(request: Request) -> HttpResponse:
    """The form of a new day. Sent, it shows the next dates first; sent again from there, the day is kept."""
    name = plain(request.POST.get("name", ""))
    if request.method == "GET":
        return _form(request, None, read_day(request.POST), name)
    try:
        typed = _typed(request)
        if request.POST.get("do") == "edit":
            return _form(request, None, typed, name)
        day = days.day_of(days.name_for(name, typed.words), typed.words, desk())
        if request.POST.get("do") != "keep":
            return _check(
                request,
                None,
                day,
                typed,
                name=name,
            )
        key = days.add_day(
            name,
            typed.words,
            request.user,
            desk(),
            now(),
        )
    except Problem as problem:
        return _again(request, None, problem, name)
    tell(request, _("The day is kept: posts can be planned around it."))
    return see("day", key)


@for_staff
@require_http_methods(["GET", "POST"])
def show_day(request: Request, awareness: str) -> HttpResponse:
    """One day, and the form to change it. Sent, it first shows what would move; sent again from there, it moves."""
    current = library().days.get(awareness)
    if current is None:
        raise Http404
    if request.method == "GET":
        return _form(request, current, TypedDay(words_of(current), controls_of(current.rule)))
    try:
        typed = _typed(request)
        if request.POST.get("do") == "edit":
            return _form(request, current, typed)
        if typed.words == words_of(current):
            tell(request, _("The day says so already."))
            return see("day", awareness)
        effects = days.what_moves(current, typed.words, desk(), now())
        is_seen = request.POST.get("seen") == seen(effects)
        if request.POST.get("do") != "keep" or not is_seen:
            changed = days.day_of(awareness, typed.words, desk())
            return _check(
                request,
                current,
                changed,
                typed,
                effects=effects,
            )
        _change(request, current, typed)
    except Problem as problem:
        return _again(request, current, problem)
    tell(request, _("The day is changed, and what hangs on it has moved."))
    return see("day", awareness)


def _change(request: Request, day: Day, typed: TypedDay) -> None:
    opened, shown = base_of(request.POST, "opened"), str(request.POST.get("seen", ""))
    loaded = days.change_day(
        day,
        typed.words,
        opened,
        request.user,
        desk(),
        now(),
        shown=shown,
    )
    if loaded.lost_approvals:
        warn(request, _("What had been approved has changed, so it waits for approval again."))


def _typed(request: Request) -> TypedDay:
    typed = read_day(request.POST)
    check_typed(typed)
    return typed


def _again(request: Request, day: Day | None, problem: Problem, name: str = "") -> HttpResponse:
    """The form as it was sent, with what is wrong."""
    warn(request, problem)
    return _form(
        request,
        day,
        read_day(request.POST),
        name,
        status=422,
    )


def _form(
    request: Request, day: Day | None, typed: TypedDay, name: str = "", status: int = 200
) -> HttpResponse:
    values = form_values(typed.words, typed.controls)
    values |= {"day": day, "short_name": name, "file": CALENDAR}
    if day:
        version = newest(SharedKind.DAY, day.id)
        values |= _of_day(day, version)
    return render(request, "shared/day.html", values, status=status)


def _of_day(day: Day, version: Shared | None) -> dict[str, object]:
    return {
        "line": _line(day),
        "coming": [_shown_date(day, on) for on in days.next_dates(day, site_day())],
        "version": version,
        "opened": version.number if version else 0,
        "lines": lines_of(day.id, words_of(day)),
    }


def _check(
    request: Request,
    current: Day | None,
    day: Day,
    typed: TypedDay,
    *,
    name: str = "",
    effects: Sequence[Effect] = (),
) -> HttpResponse:
    """The next dates and what moves, before anything is kept. `current` is the day as it is now; None for a new one."""
    moved = days.moved_campaigns(current, typed.words, desk(), now()) if current else ()
    values = {
        "day": day,
        "is_change": current is not None,
        "name": name_of(day, reader_language()),
        "coming": [_shown_date(day, on) for on in days.next_dates(day, site_day())],
        "effects": [_shown(effect) for effect in effects],
        "campaigns": [(_campaign(slug), first, last) for slug, first, last in moved],
        "approved": sum(effect.loses_approval for effect in effects),
        "typed": _sent_again(request),
        "seen": seen(effects),
        "short_name": name,
    }
    return render(request, "shared/day_check.html", values)


def _sent_again(request: Request) -> list[tuple[str, str]]:
    """What was typed, for the button that keeps it."""
    left_out = {"csrfmiddlewaretoken", "do", "seen"}
    fields = request.POST.items()
    return [(name, str(value)) for name, value in fields if name not in left_out]


def _campaign(slug: str) -> str:
    return library().campaigns[slug].names.get(reader_language(), slug)


def _shown(effect: Effect) -> ShownMove:
    delivery = effect.delivery
    runs = compared(effect.old, effect.new) if effect.old != effect.new else ()
    channel = channel_name(delivery.channel, config())
    return ShownMove(
        delivery,
        channel,
        None if effect.stops else effect.due,
        effect.stops,
        tuple(runs),
    )


def _by_date(named: Iterable[Day]) -> list[DayLine]:
    """Those without a further date last."""
    today = site_day()
    in_order = sorted(named, key=lambda day: (day.next(today) or date.max, day.id))
    return [_line(day) for day in in_order]


def _line(day: Day) -> DayLine:
    on = day.next(site_day())
    next_date = _shown_date(day, on) if on else ""
    return DayLine(day, name_of(day, reader_language()), next_date, safe_link(day.source))


def _shown_date(day: Day, on: date) -> str:
    """A date in words; of a whole month, the month."""
    return formats.date_format(on, "F Y") if isinstance(day.rule, Month) else in_words(on)


urlpatterns = [
    path("days/", show_days, name="days"),
    path("days/new/", new_day, name="new_day"),
    path("days/<str:awareness>/", show_day, name="day"),
]
