"""The rehearsal: choose the days, let it play, and read what would happen."""

from dataclasses import asdict

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.fields import Day
from campaign.web.frame.languages import reader_language
from campaign.web.frame.networks import paid
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, library, now
from campaign.web.rehearsal.runs import Stagehand, Wished
from campaign.web.rehearsal.shown import shown_of

STAGEHAND = Stagehand()
"""One for all: a rehearsal at a time, whoever asks for it."""


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: Request) -> HttpResponse:
    """The form, and the latest rehearsal: going, ended, or what it showed. A POST begins one."""
    if request.method == "POST":
        return _begin(request)
    is_part = getattr(request, "htmx", False)
    template = "rehearsal/_rehearsal.html" if is_part else "rehearsal/rehearsal.html"
    return render(request, template, _values(request.GET.get("month", "")))


def _campaigns() -> list[tuple[str, str]]:
    language = reader_language()
    names = []
    for slug, campaign in sorted(library().campaigns.items()):
        names.append((slug, campaign.names.get(language, slug)))
    return names


class RehearsalForm(forms.Form):
    """What is to be rehearsed; everything from now on where nothing is said."""

    first, last = Day(), Day()
    campaign = forms.ChoiceField(
        required=False,
        choices=_campaigns,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such campaign: choose one of the list.")
        },
    )
    approved_only = forms.BooleanField(required=False)
    anew = forms.BooleanField(required=False)

    def clean(self) -> None:
        """The last day cannot come before the first."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error(
                "last", _("The last day comes before the first: choose a later one.")
            )

    @property
    def wished(self) -> Wished:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        days = {name: str(said[name] or "") for name in ("first", "last")}
        return Wished(
            **days,
            campaign=said["campaign"],
            approved_only=said["approved_only"],
            anew=said["anew"],
        )


def _begin(request: Request) -> HttpResponse:
    form = RehearsalForm(request.POST)
    if not form.is_valid():
        return render(request, "rehearsal/rehearsal.html", _values("", form), status=422)
    if not STAGEHAND.begin(form.wished, request.user.username, now()):
        warn(request, _("A rehearsal is going already: wait until it has ended."))
    return see("rehearsal")


def _values(month: str, form: RehearsalForm | None = None) -> dict[str, object]:
    run = STAGEHAND.last(now())
    return {
        "run": run,
        "form": form or RehearsalForm(initial=asdict(run.asked) if run else {}),
        "paid": paid(),
        "shown": shown_of(run.result, month, config()) if run and run.result else None,
    }


urlpatterns = [path("rehearsal/", rehearsal, name="rehearsal")]
