"""Stop publishing, and start it again: all of it, or a campaign, a channel, a language."""

from dataclasses import dataclass
from datetime import datetime, time

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from campaign.content.dates.when import BadWhen, to_utc
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.delivery import pauses
from campaign.listings.paging import how_many, values_of
from campaign.models import Pause, Post
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, zone

RECENT = 8
"""How many ended pauses are shown."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that a pause can be put on; `value` is what the form sends: "", "language:fr", "channel:…", "campaign:…"."""

    value: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class StandingPause:
    """A pause that is on, how many deliveries it keeps, and how many of them have come due."""

    pause: Pause
    kept: int
    overdue: int


_NO_END = gettext_lazy(
    "The end of the pause is not a date with a time: write both, or leave both empty."
)


class PauseForm(forms.Form):
    """What is paused, why (by a button, or in words of one's own), and when it ends by itself."""

    on = forms.ChoiceField(
        required=False,
        choices=lambda: [(scope.value, scope.name) for scope in scopes()],
        error_messages={"invalid_choice": gettext_lazy("Choose what to pause from the list.")},
    )
    ready = forms.CharField(required=False)
    reason = forms.CharField(required=False)
    except_help = forms.BooleanField(required=False)
    until_day = forms.DateField(
        required=False, input_formats=["%Y-%m-%d"], error_messages={"invalid": _NO_END}
    )
    until_hour = forms.TimeField(
        required=False, input_formats=["%H:%M", "%H:%M:%S"], error_messages={"invalid": _NO_END}
    )

    @property
    def why(self) -> str:
        """The words that were typed, else those of the button."""
        return str(self.cleaned_data["reason"] or self.cleaned_data["ready"])

    @property
    def scope(self) -> tuple[str, str]:
        """The kind of what is paused ("campaign", "channel" or "language") and its name; both "" for everything."""
        kind, _colon, name = str(self.cleaned_data["on"]).partition(":")
        return kind, name

    def clean(self) -> None:
        """Adds `until`: the end, aware, or None. A day alone is meant to its end."""
        day, hour = self.cleaned_data.get("until_day"), self.cleaned_data.get("until_hour")
        self.cleaned_data["until"] = None
        if day is None:
            if hour and "until_day" not in self.errors:
                self.add_error("until_day", _NO_END)
            return
        chosen = datetime.combine(day, hour or time.max)
        try:
            due = to_utc(chosen, zone())
        except BadWhen as problem:
            self.add_error("until_day", str(problem))
            return
        if due.doubled:  # fold=1 is the second: the pause must not end too early
            self.cleaned_data["until"] = chosen.replace(tzinfo=zone(), fold=1)
        else:
            self.cleaned_data["until"] = due.utc


@for_staff
@require_GET
def show_pauses(request: Request) -> HttpResponse:
    """What is paused, what was, and the form for another one. `?on=channel:x-en` chooses the scope beforehand."""
    return _page(request, PauseForm(initial={"on": request.GET.get("on", "")}))


@for_staff
@require_POST
def start(request: Request) -> HttpResponse:
    """Stops publishing before the next post."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        warn(request, next(iter(form.errors.values()))[0])
        return _page(request, form, status=422)
    kind, name = form.scope
    scope = {"campaign": "", "channel": "", "language": ""}
    if kind:
        scope[kind] = name
    until, who = form.cleaned_data["until"], request.user.username
    try:
        pauses.pause(
            scope["campaign"],
            scope["channel"],
            form.why,
            who,
            now(),
            language=scope["language"],
            until=until,
            except_help=form.cleaned_data["except_help"],
        )
    except Problem as problem:
        warn(request, problem)
        return _page(request, form, status=422)
    tell(request, _("Paused. Nothing that it covers goes out, from the next post on."))
    return see("pauses")


@for_staff
@require_POST
def end(request: Request, pause: int) -> HttpResponse:
    """Ends a pause. What came due meanwhile waits for a decision."""
    chosen, by = get_object_or_404(Pause, pk=pause), request.user.username
    reason = request.POST.get("reason", "").strip() or Sentence("Resumed by hand.")
    try:
        # Else a newer pause of the same scope would be ended.
        if chosen.ended_at is not None:
            raise Problem(Sentence("This pause has ended already."))
        campaign, channel, language = chosen.campaign, chosen.channel, chosen.language
        missed = pauses.resume(campaign, channel, reason, by, now(), language=language)
    except Problem as problem:
        warn(request, problem)
        return see("pauses")
    tell(request, _("The pause has ended."))
    if not missed:
        return see("pauses")
    said = ngettext(
        "%(count)d delivery came due meanwhile. Nothing is sent automatically: decide here what happens to it.",
        "%(count)d deliveries came due meanwhile. Nothing is sent automatically: decide here what happens to them.",
        missed,
    )
    tell(request, said % {"count": missed})
    return _see_missed()


def scopes() -> list[Scope]:
    """All that a pause can be put on: everything, then the languages, the channels and the campaigns."""
    choices = [Scope("", _("All publishing"))]
    for code in config().site.languages:
        choices.append(Scope(f"language:{code}", _everything_in(code), _("A language")))
    for name in config().channels:
        choices.append(Scope(f"channel:{name}", channel_name(name, config()), _("A channel")))
    for name in values_of(Post, "campaign"):
        choices.append(Scope(f"campaign:{name}", name, _("A campaign")))
    return choices


def _everything_in(language: str) -> str:
    return _("Everything in French") if language == "fr" else _("Everything in English")


def _page(request: Request, form: PauseForm, status: int = 200) -> HttpResponse:
    context = {
        "standing": [_standing(pause) for pause in pauses.standing_pauses()],
        "recent": Pause.objects.exclude(ended_at=None).order_by("-ended_at", "-id")[:RECENT],
        "pause_form": form,
        "now": now(),
    }
    return render(request, "admin/pauses.html", context, status=status)


def _standing(pause: Pause) -> StandingPause:
    kept = pauses.on(pause)
    overdue = kept.filter(due_at__lte=now())
    return StandingPause(pause, how_many(kept), how_many(overdue))


def _see_missed() -> HttpResponseRedirect:
    answer = HttpResponseRedirect(f"{reverse('queue')}?status=missed")
    answer.status_code = 303
    return answer


urlpatterns = [
    path("pauses/", show_pauses, name="pauses"),
    path("pauses/start/", start, name="pause_start"),
    path("pauses/<int:pause>/end/", end, name="pause_end"),
]
