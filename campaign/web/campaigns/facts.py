"""Facts: what may be said, where it comes from, when it is looked at again, and what leans on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from campaign import demonstration
from campaign.authoring import facts
from campaign.authoring.fact_file import NotWritten, open_file
from campaign.authoring.facts import Effect
from campaign.content.compared import WordRun, compared
from campaign.content.facts import Fact, FactStatus
from campaign.content.facts_file import KEYS, Value, lines_of, values_of
from campaign.content.library import FACTS
from campaign.content.post import LANGUAGES
from campaign.core.problem import Problem
from campaign.listings import facts as fact_list
from campaign.listings.facts import Cited, FactListed
from campaign.models import Delivery
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.moments import day
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, library, now, site_day
from campaign.web.posts.page import desk

FILTERS: Mapping[str, Promise] = {
    "": gettext_lazy("All"),
    "due": gettext_lazy("Due for review"),
    "do_not_use": gettext_lazy("Do not use"),
}
STATUSES: Mapping[FactStatus, Promise] = {
    FactStatus.OK: gettext_lazy("May be used"),
    FactStatus.CAUTION: gettext_lazy("Read its note first"),
    FactStatus.DO_NOT_USE: gettext_lazy("Do not use"),
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
    cited: Cited
    link: str  #: to its source


@dataclass(frozen=True, slots=True)
class FactPart:
    """A part of the fact that changes: what it is called, its language if it has one, and its words."""

    name: str
    language: str
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What a change does to one delivery, for a person to read."""

    effect: Effect
    delivery: Delivery
    channel: str
    runs: tuple[WordRun, ...]


@for_staff
@require_GET
def show_facts(request: Request) -> HttpResponse:
    """All facts, those due for review, or those that must not be used."""
    chosen = str(request.GET.get("show", ""))
    chosen = chosen if chosen in FILTERS else ""
    rows = [_row(one) for one in fact_list.listed(library(), site_day())]
    counts = {
        "": len(rows),
        "due": sum(map(_is_due, rows)),
        "do_not_use": sum(map(_is_barred, rows)),
    }
    shown = [
        row
        for row in rows
        if chosen == "" or (_is_due(row) if chosen == "due" else _is_barred(row))
    ]
    filters = [(key, name, counts[key], key == chosen) for key, name in FILTERS.items()]
    if chosen == "due":
        shown.sort(key=lambda row: row.fact.review_by)
    return render(
        request,
        "campaigns/facts.html",
        {"rows": shown, "filters": filters, "chosen": chosen, "has_facts": bool(rows)},
    )


@for_staff
@require_http_methods(["GET", "POST"])
def show_fact(request: Request, fact: str) -> HttpResponse:
    """One fact, and a form to change it. Sent, it first shows what would change; sent again from there, it is changed."""
    found = library().facts.get(fact)
    if found is None:
        raise Http404
    if request.method == "GET":
        return _page(request, found, values_of(found), _digest())
    digest = str(request.POST.get("opened", ""))
    try:
        values = _typed(request)
        if request.POST.get("do") == "edit":
            return _page(request, found, values, digest)
        effects = facts.what_changes(found, values, desk(), now())
        is_seen = request.POST.get("seen") == facts.seen(effects)
        if request.POST.get("do") != "change" or not is_seen:
            return _check(request, found, values, digest, effects)
        return _change(request, found, values, digest)
    except NotWritten as problem:
        return _page(request, found, values, digest, problem)
    except Problem as problem:
        warn(request, problem)
        return _page(request, found, _as_typed(request), _digest())


def _change(request: Request, fact: Fact, values: Mapping[str, Value], digest: str) -> HttpResponse:
    if demonstration.key():
        why = _("This is the demonstration: its file of facts stays as it is.")
        raise NotWritten(why, lines_of(fact.id, values))
    loaded = facts.change_fact(fact, values, digest, request.user, desk(), now())
    changed = loaded.counts.get("deliveries changed", 0)
    said = ngettext(
        "%(count)s delivery has new words.", "%(count)s deliveries have new words.", changed
    )
    tell(
        request,
        f"{_('The fact is changed.')} {said % {'count': changed} if changed else ''}".strip(),
    )
    if loaded.lost_approvals:
        warn(request, _("What had been approved has changed, so it waits for approval again."))
    return see("fact", fact.id)


def _check(
    request: Request, fact: Fact, values: Mapping[str, Value], digest: str, effects: list[Effect]
) -> HttpResponse:
    """What would change, before anything does."""
    if values == values_of(fact):
        warn(request, _("Nothing differs from what the fact says already."))
        return _page(request, fact, values, digest)
    old = values_of(fact)
    context = {
        "fact": fact,
        "changes": [
            _part(key, old.get(key), values.get(key))
            for key in KEYS
            if old.get(key) != values.get(key)
        ],
        "effects": [_shown(one) for one in effects],
        "approved": sum(one.loses_approval for one in effects),
        "typed": [(key, _written(value)) for key, value in values.items()],
        "opened": digest,
        "seen": facts.seen(effects),
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
    listed = next(one for one in fact_list.listed(library(), site_day()) if one.fact.id == fact.id)
    context = {
        "row": _row(listed),
        "fact": fact,
        "values": {key.replace(".", "_"): _written(values.get(key, "")) for key in KEYS},
        "statuses": [
            (status.value, name, values.get("status") == status.value)
            for status, name in STATUSES.items()
        ],
        "leaning": [(one, channel_name(one.channel, config())) for one in leaning],
        "opened": digest,
        "problem": problem,
        "file": FACTS,
    }
    return render(request, "campaigns/fact.html", context, status=200 if problem is None else 409)


def _typed(request: HttpRequest) -> dict[str, Value]:
    """What was typed, as the values of a fact. Raises Problem for a year or a date that is none."""
    typed = _as_typed(request)
    values: dict[str, Value] = {
        key: text for key, text in typed.items() if text and key not in ("year", "review_by")
    }
    if written := typed.get("year"):
        if not (written.isdecimal() and len(written) == 4):
            raise Problem(
                _(
                    "The year of the source has four digits, such as 2024; leave it empty when nobody knows."
                )
            )
        values["year"] = int(written)
    try:
        values["review_by"] = date.fromisoformat(typed.get("review_by", ""))
    except ValueError:
        raise Problem(_("Say by which day somebody has to look at the fact again.")) from None
    if values.get("url") and not safe_link(str(values["url"])):
        raise Problem(_("The link to the source begins with https:// or http://."))
    return {key: values[key] for key in KEYS if key in values}


def _as_typed(request: HttpRequest) -> dict[str, str]:
    """The texts of the form; signs that nobody sees are left out, and lines become one."""
    texts = {key: str(request.POST.get(key, "")) for key in KEYS}
    return {
        key: " ".join("".join(map(_visible, text)).split(" ")).strip()
        for key, text in texts.items()
    }


def _visible(sign: str) -> str:
    """No-break spaces stay: French needs them."""
    if sign.isprintable() or sign in "\u00a0\u202f":
        return sign
    return " " if sign.isspace() else ""


def _row(listed: FactListed) -> FactLine:
    fact = listed.fact
    languages = sorted(LANGUAGES, key=lambda language: language != reader_language())
    claims = tuple(
        (language, fact.claims[language]) for language in languages if fact.claims.get(language)
    )
    name, badge = str(STATUSES[fact.status]), BADGES[fact.status]
    return FactLine(
        fact,
        name,
        badge,
        claims,
        listed.is_overdue,
        listed.is_due,
        listed.cited,
        safe_link(fact.url),
    )


def _shown(effect: Effect) -> ShownEffect:
    runs = tuple(compared(effect.old, effect.new))
    return ShownEffect(
        effect, effect.delivery, channel_name(effect.delivery.channel, config()), runs
    )


def _part(key: str, old: Value | None, new: Value | None) -> FactPart:
    language = key.partition(".")[2]
    return FactPart(str(NAMES[key]), language, tuple(compared(_said(key, old), _said(key, new))))


def _said(key: str, value: Value | None) -> str:
    """A value as people read it."""
    if key == "status" and value:
        return str(STATUSES[FactStatus(str(value))])
    return day(value) if isinstance(value, date) else _written(value)


def _is_due(row: FactLine) -> bool:
    return row.is_due


def _is_barred(row: FactLine) -> bool:
    return row.fact.status is FactStatus.DO_NOT_USE


def _written(value: Value | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _digest() -> str:
    return open_file(config().content.posts).digest


NAMES: Mapping[str, Promise] = {
    "status": gettext_lazy("Status"),
    "claim.en": gettext_lazy("Claim, English"),
    "claim.fr": gettext_lazy("Claim, French"),
    "figure": gettext_lazy("Figure"),
    "source": gettext_lazy("Source"),
    "url": gettext_lazy("Link to the source"),
    "year": gettext_lazy("Year of the source"),
    "region": gettext_lazy("Region"),
    "review_by": gettext_lazy("To be reviewed by"),
    "cite.en": gettext_lazy("Source as cited, English"),
    "cite.fr": gettext_lazy("Source as cited, French"),
    "note": gettext_lazy("Note for colleagues"),
}
"""What the parts of a fact are called."""

urlpatterns = [
    path("facts/", show_facts, name="facts"),
    path("facts/<path:fact>/", show_fact, name="fact"),
]
