"""Facts: their claims and sources, when each is reviewed again, and the posts and deliveries that use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from campaign import demonstration
from campaign.authoring.shared import added, facts
from campaign.authoring.shared.effects import Effect, seen
from campaign.authoring.shared.fact_file import NotWritten
from campaign.authoring.shared.written import newest
from campaign.content.compared import WordRun, compared
from campaign.content.facts import Counting, Fact, FactStatus
from campaign.content.facts_file import KEYS, Value, lines_of, values_of
from campaign.content.library import FACTS
from campaign.content.post import LANGUAGES
from campaign.core.problem import Problem
from campaign.listings.writing import facts as fact_list
from campaign.listings.writing.facts import Cited, FactListed
from campaign.models.shared import SharedKind
from campaign.web.campaigns.shown import shown_effects
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.moments import day
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, library, now, site_day
from campaign.web.posts.page import base_of, desk
from campaign.web.shared.fact_form import (
    COUNTINGS,
    NAMES,
    STATUSES,
    as_typed,
    form_values,
    read_typed,
    written,
)

FILTERS: Mapping[str, Promise] = {
    "": gettext_lazy("All"),
    "eyes": gettext_lazy("Waiting for confirmation"),
    "due": gettext_lazy("Due for review"),
    "do_not_use": gettext_lazy("Do not use"),
}
BADGES = {FactStatus.OK: "ok", FactStatus.CAUTION: "warning", FactStatus.DO_NOT_USE: "error"}
"""The colour of each status."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as the pages show it."""

    fact: Fact
    status: str
    badge: str
    claims: tuple[tuple[str, str], ...]  #: language and words
    is_overdue: bool
    is_due: bool
    waits_for_eyes: bool
    cited: Cited
    link: str  #: to its source


@dataclass(frozen=True, slots=True)
class FactPart:
    """A part of the fact that changes: what it is called, its language if it has one, and its words."""

    name: str
    language: str
    runs: tuple[WordRun, ...]


@for_staff
@require_GET
def show_facts(request: Request) -> HttpResponse:
    """All facts, those due for review, or those that must not be used."""
    chosen = str(request.GET.get("show", ""))
    chosen = chosen if chosen in FILTERS else ""
    rows = [_row(listed) for listed in fact_list.listed(library(), site_day())]
    counts = {
        "": len(rows),
        "eyes": sum(map(_is_waiting, rows)),
        "due": sum(map(_is_due, rows)),
        "do_not_use": sum(map(_is_barred, rows)),
    }
    filters = [(key, name, counts[key], key == chosen) for key, name in FILTERS.items()]
    values = {
        "rows": _filtered(rows, chosen),
        "filters": filters,
        "chosen": chosen,
        "has_facts": bool(rows),
    }
    return render(request, "campaigns/facts.html", values)


@for_staff
@require_http_methods(["GET", "POST"])
def show_fact(request: Request, fact: str) -> HttpResponse:
    """One fact, and a form to change it. Sent, it first shows what would change; sent again from there, it is changed. A fact
    of the pages is confirmed here, too."""
    current = library().facts.get(fact)
    if current is None:
        raise Http404
    if request.method == "GET":
        return _page(request, current, values_of(current), facts.as_opened(current, desk()))
    if request.POST.get("do") == "confirm":
        return _confirm(request, fact)
    digest = str(request.POST.get("opened", ""))
    try:
        values = read_typed(request)
        if request.POST.get("do") == "edit":
            return _page(request, current, values, digest)
        effects = facts.what_changes(current, values, desk(), now())
        is_seen = request.POST.get("seen") == seen(effects)
        if request.POST.get("do") != "change" or not is_seen:
            return _check(request, current, values, digest, effects)
        return _change(request, current, values, digest)
    except NotWritten as problem:
        return _page(request, current, values, digest, problem)
    except Problem as problem:
        warn(request, problem)
        return _page(request, current, as_typed(request), facts.as_opened(current, desk()))


def _confirm(request: Request, fact: str) -> HttpResponse:
    try:
        added.confirm_fact(fact, base_of(request.POST, "number"), request.user, now())
        tell(request, _("The fact is confirmed: what relies on it can be approved."))
    except Problem as problem:
        warn(request, problem)
    return see("fact", fact)


def _filtered(rows: list[FactLine], chosen: str) -> list[FactLine]:
    """The rows of one of FILTERS; those due for review by their day."""
    if chosen == "due":
        return sorted(filter(_is_due, rows), key=lambda row: row.fact.review_by)
    if chosen == "eyes":
        return list(filter(_is_waiting, rows))
    if chosen == "do_not_use":
        return list(filter(_is_barred, rows))
    return rows


def _change(
    request: Request, fact: Fact, values: Mapping[str, Value], digest: str
) -> HttpResponse:
    if demonstration.key() and not fact.of_pages:
        why = _("This is the demonstration: its file of facts stays as it is.")
        raise NotWritten(why, lines_of(fact.id, values))
    shown = str(request.POST.get("seen", ""))
    loaded = facts.change_fact(fact, values, digest, request.user, desk(), now(), shown=shown)
    changed = loaded.counts.get("deliveries changed", 0)
    said = ngettext(
        "%(count)s delivery has new words.", "%(count)s deliveries have new words.", changed
    )
    more = said % {"count": changed} if changed else ""
    tell(request, " ".join(filter(None, (_("The fact is changed."), more))))
    if fact.of_pages:
        warn(
            request, _("Somebody other than you confirms it before anything with it goes out.")
        )
    if loaded.lost_approvals:
        warn(request, _("What had been approved has changed, so it waits for approval again."))
    return see("fact", fact.id)


def _check(
    request: Request,
    fact: Fact,
    values: Mapping[str, Value],
    digest: str,
    effects: list[Effect],
) -> HttpResponse:
    """What would change, before anything does."""
    if values == values_of(fact):
        warn(request, _("Nothing differs from what the fact says already."))
        return _page(request, fact, values, digest)
    context = {
        "fact": fact,
        "changes": _changes(values_of(fact), values),
        "effects": shown_effects(effects),
        "approved": sum(effect.loses_approval for effect in effects),
        "typed": [(key, written(value)) for key, value in values.items()],
        "opened": digest,
        "seen": seen(effects),
    }
    return render(request, "campaigns/fact_check.html", context)


def _page(
    request: Request,
    fact: Fact,
    values: Mapping[str, Value],
    digest: str,
    problem: NotWritten | None = None,
) -> HttpResponse:
    leaning = facts.leaning(fact.id)
    every = fact_list.listed(library(), site_day())
    listed = next(listed for listed in every if listed.fact.id == fact.id)
    context = {
        "row": _row(listed),
        "fact": fact,
        **form_values(values),
        "version": newest(SharedKind.FACT, fact.id),
        "lines": lines_of(fact.id, values_of(fact)) if fact.of_pages else "",
        "leaning": [
            (delivery, channel_name(delivery.channel, config())) for delivery in leaning
        ],
        "opened": digest,
        "problem": problem,
        "file": FACTS,
    }
    return render(
        request, "campaigns/fact.html", context, status=200 if problem is None else 409
    )


def _row(listed: FactListed) -> FactLine:
    fact = listed.fact
    claims = []
    # The reader's language first.
    for language in sorted(LANGUAGES, key=lambda language: language != reader_language()):
        if claim := fact.claims.get(language):
            claims.append((language, claim))
    return FactLine(
        fact=fact,
        status=str(STATUSES[fact.status]),
        badge=BADGES[fact.status],
        claims=tuple(claims),
        is_overdue=listed.is_overdue,
        is_due=listed.is_due,
        waits_for_eyes=listed.waits_for_eyes,
        cited=listed.cited,
        link=safe_link(fact.url),
    )


def _changes(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[FactPart]:
    parts = []
    for key in KEYS:
        before, after = old.get(key), new.get(key)
        if before != after:
            parts.append(_part(key, before, after))
    return parts


def _part(key: str, old: Value | None, new: Value | None) -> FactPart:
    language = key.partition(".")[2]
    runs = compared(_said(key, old), _said(key, new))
    return FactPart(str(NAMES[key]), language, tuple(runs))


def _said(key: str, value: Value | None) -> str:
    """A value as people read it."""
    if key == "status" and value:
        return str(STATUSES[FactStatus(str(value))])
    if key == "counted" and value:
        return str(COUNTINGS[Counting(str(value))])
    return day(value) if isinstance(value, date) else written(value)


def _is_due(row: FactLine) -> bool:
    return row.is_due


def _is_waiting(row: FactLine) -> bool:
    return row.waits_for_eyes


def _is_barred(row: FactLine) -> bool:
    return row.fact.status is FactStatus.DO_NOT_USE


urlpatterns = [
    path("facts/", show_facts, name="facts"),
    path("facts/<path:fact>/", show_fact, name="fact"),
]
