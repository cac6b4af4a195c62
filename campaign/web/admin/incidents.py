"""The register of incidents, for admins alone: what happened, whom it concerns, who was told, what was done. Nothing goes."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date

from django import forms
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from campaign.care import incidents
from campaign.care.incidents import LONGEST, SHORT, Entry
from campaign.core.problem import Problem
from campaign.listings import paging
from campaign.listings.log import BYTE_ORDER_MARK, csv_rows
from campaign.models.care import Incident
from campaign.web.frame.access import Request, for_admins, see
from campaign.web.frame.fields import Day, Typed, Words
from campaign.web.frame.languages import reader_language
from campaign.web.frame.notices import tell
from campaign.web.frame.site import now, site_day

TOO_LONG = gettext_lazy("This is too long: shorten it, please.")
NEEDED = gettext_lazy("Write what you know; where it is not known yet, write that, and why.")
NO_DAY = gettext_lazy("Write a date such as 2027-10-13.")
SEPARATORS = {"en": ",", "fr": ";"}
"""What a spreadsheet of each language parts cells by."""


def _text(label: Words, hint: Words = "", *, name: str = "", blank: Words = NEEDED) -> Typed:
    field = Typed(blank=blank, longest=SHORT.get(name, LONGEST), too_long=TOO_LONG)
    field.label, field.help_text = label, hint
    if name not in SHORT:
        # Typed is one line by default.
        field.widget = forms.Textarea(attrs={"rows": 4})  # type: ignore[assignment]
    return field


def _day(label: Words, hint: Words = "") -> Day:
    field = Day()
    field.label, field.help_text = label, hint
    field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return field


class IncidentForm(forms.Form):
    """What the register asks for, in the order in which one gets to know it."""

    found_on = _day(gettext_lazy("When did you become aware of it?"))
    happened = _text(
        gettext_lazy("When did it happen?"),
        gettext_lazy("The day, or from when until when; about, if you do not know."),
        name="happened",
    )
    what = _text(
        gettext_lazy("What happened?"),
        gettext_lazy("In a few sentences. Name nobody: a reference such as S-0042 is enough."),
    )
    data = _text(  # type: ignore[assignment]  # what was sent stays the form's own
        gettext_lazy("Which information does it concern?"),
        gettext_lazy(
            "For example names, contacts, stories, pictures; or why that is not known."
        ),
    )
    people = _text(
        gettext_lazy("How many people does it concern?"),
        gettext_lazy("About, if you do not know."),
        name="people",
    )
    is_serious = forms.ChoiceField(
        choices=[
            ("yes", gettext_lazy("Yes, there is a risk of serious injury")),
            ("no", gettext_lazy("No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
        label=gettext_lazy("Is anybody at risk of serious injury?"),
        help_text=gettext_lazy(
            "Think of how sensitive it is (an illness is), what somebody could do with it, and how likely that is. In doubt: yes."
        ),
    )
    why = _text(gettext_lazy("Why do you think so?"))
    done = _text(
        gettext_lazy("What have you done?"),
        gettext_lazy("So that nobody is harmed, and so that it does not happen again."),
    )
    cai_on = _day(
        gettext_lazy("When was the Commission d’accès à l’information told?"),
        gettext_lazy(
            "Of a risk of serious injury, without delay, when somebody in Quebec is concerned."
        ),
    )
    opc_on = _day(
        gettext_lazy("When was the Privacy Commissioner of Canada told?"),
        gettext_lazy("Where the federal law holds for you."),
    )
    people_on = _day(gettext_lazy("When were the people concerned told?"))
    notice = _text(
        gettext_lazy("Was there a public notice, and why?"),
        gettext_lazy("Only where people cannot be told themselves."),
        blank="",
    )
    closed_on = _day(
        gettext_lazy("When was it closed?"), gettext_lazy("Left empty, it stays open.")
    )

    def clean_found_on(self) -> date:
        """It is needed."""
        day: date | None = self.cleaned_data["found_on"]
        if day is None:
            raise forms.ValidationError(NO_DAY)
        return day

    def clean_is_serious(self) -> bool:
        """As the register keeps it."""
        return bool(self.cleaned_data["is_serious"] == "yes")

    def entry(self) -> Entry:
        """What was typed."""
        return Entry(**self.cleaned_data)


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in the list, as it stands."""

    incident: Incident
    is_to_tell: bool


@for_admins
@require_GET
def show_incidents(request: Request) -> HttpResponse:
    """All of them, what was written last first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = paging.page_of(incidents.latest(), "at", after=after, before=before)
    lines = [IncidentLine(row, incidents.is_to_tell(row)) for row in page.rows]
    regulation = incidents.REGULATION[reader_language()]
    names = {"lines": lines, "page": page, "regulation": regulation}
    return render(request, "admin/incidents.html", names)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def new_incident(request: Request) -> HttpResponse:
    """The form for one that nobody has written down yet."""
    if request.method != "POST":
        return _show(request, IncidentForm(initial={"found_on": site_day()}))
    return _record(request, IncidentForm(request.POST), 0)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def show_incident(request: Request, incident: int) -> HttpResponse:
    """One, with all its versions; what is known by now is written as the next."""
    latest = incidents.versions(incident).first()
    if latest is None:
        raise Http404
    if request.method == "POST":
        return _record(request, IncidentForm(request.POST), incident)
    initial = asdict(incidents.entry_of(latest))
    initial["is_serious"] = "yes" if latest.is_serious else "no"
    return _show(request, IncidentForm(initial=initial), incident)


@for_admins
@require_GET
def incidents_csv(_request: Request) -> StreamingHttpResponse:
    """Every version of all of them, for a spreadsheet, or for an authority that asks."""
    answer = StreamingHttpResponse(_csv(reader_language()), "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="incidents.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _record(request: Request, form: IncidentForm, number: int) -> HttpResponse:
    if not form.is_valid():
        return _show(request, form, number, 422)
    sent = request.POST.get("version", "")
    based_on = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        made = incidents.record(
            form.entry(), request.user, site_day(), now(), number=number, based_on=based_on
        )
    except Problem as problem:
        form.add_error(None, str(problem))
        return _show(request, form, number, 422)
    tell(request, _("It is in the register."))
    return see("incident", made.number)


def _show(
    request: Request, form: IncidentForm, number: int = 0, status: int = 200
) -> HttpResponse:
    versions = list(incidents.versions(number)[: paging.PAGE]) if number else []
    names = {
        "form": form,
        "number": number,
        "versions": versions,
        "version": versions[0].version if versions else 0,
        "is_to_tell": bool(versions) and incidents.is_to_tell(versions[0]),
    }
    return render(request, "admin/incident.html", names, status=status)


def _csv(language: str) -> Iterator[str]:
    columns = [field.name for field in fields(Entry)]
    head = ["number", "version", *columns, "by", "at"]
    rows = Incident.objects.order_by("number", "version")
    lines = ([getattr(row, name) for name in head] for row in rows.iterator())
    yield BYTE_ORDER_MARK
    yield from csv_rows([head, *lines], SEPARATORS[language])


urlpatterns = [
    path("incidents/", show_incidents, name="incidents"),
    path("incidents/new/", new_incident, name="new_incident"),
    path("incidents/incidents.csv", incidents_csv, name="incidents_csv"),
    path("incidents/<int:incident>/", show_incident, name="incident"),
]
