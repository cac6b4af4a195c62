"""Entering a story for somebody, a new consent of theirs, and noting that they take it back: for volunteers and the team.

A volunteer sees nothing of it afterwards but the reference."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.authoring import once
from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.people.roles import Role
from campaign.stories import papers, storyteller, telling
from campaign.stories.agreeing.parties import Party, party_of, speaker_of
from campaign.stories.consent import Explained, Method, Terms
from campaign.stories.telling import LONGEST, MOST_PICTURES
from campaign.stories.withdrawal import ALL, Via
from campaign.web.frame.access import Request, for_members, for_staff, see
from campaign.web.frame.fields import Box, Typed
from campaign.web.frame.languages import reader_language
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day
from campaign.web.stories import consent_form
from campaign.web.stories.consent_form import ConsentForm
from campaign.web.stories.consenting.informing import informed
from campaign.web.stories.consenting.letter import after_consent
from campaign.web.stories.consenting.questions import (
    NO_CONTACT,
    TOO_LONG,
    Offered,
    OneOf,
    SomeOf,
    day_of,
)
from campaign.web.stories.form import NO_NAME, StoryForm, can_mail, pictures_of, welcome
from campaign.web.stories.taking_back import take_back, waits
from campaign.web.stories.words import METHODS, NOT_YET, PARTIES, explained

OFFERED = (Method.PAPER, Method.EMAIL, Method.SPOKEN)
LATER = "later"
"""Nobody has said yes yet: they do so on their private page, or to somebody of the team."""
EXPLAIN_FIRST = gettext_lazy(
    "Explain each of these to the person first: their yes counts only then."
)
WHICH_DAY = gettext_lazy("Write the day on which they said yes; it cannot be still to come.")


def _explained() -> Offered:
    return explained(config().channels.values()).items()


class GivenForm(ConsentForm):
    """What somebody allows who said so to another, how they said it, and the proof of it."""

    is_theirs = True
    told = SomeOf(
        _explained, EXPLAIN_FIRST, label=gettext_lazy("I have explained to the person:")
    )
    method = OneOf(
        [(way, METHODS[way]) for way in OFFERED], label=gettext_lazy("In which way?")
    )
    given_on = Typed(
        blank=WHICH_DAY, kept=20, label=gettext_lazy("On which day?"), box=Box(kind="date")
    )
    proof = forms.Field(required=False, widget=forms.FileInput)

    def clean_told(self) -> list[str]:
        """Nothing of it may be left out."""
        told: list[str] = self.cleaned_data["told"]
        if not set(Explained) <= set(told):
            raise forms.ValidationError(EXPLAIN_FIRST)
        return told

    def clean_given_on(self) -> date:
        """Today or a day before."""
        day = day_of(self.cleaned_data["given_on"])
        if day is None or day > site_day():
            raise forms.ValidationError(WHICH_DAY)
        return day

    def clean_proof(self) -> bytes:
        """The bytes of the signed file; without one, which only a spoken yes allows, none."""
        sent = self.cleaned_data["proof"]
        if sent is None:
            if self.cleaned_data.get("method") in (Method.PAPER, Method.EMAIL):
                raise forms.ValidationError(
                    _("Attach the signed paper or the e-mail, as PDF, JPEG or PNG.")
                )
            return b""
        if (sent.size or 0) > papers.LARGEST_PROOF:
            raise forms.ValidationError(
                _("The file is larger than 10 megabytes: scan or photograph it smaller.")
            )
        data = bytes(sent.read())
        try:
            papers.check_proof(data)
        except Problem as problem:
            raise forms.ValidationError(str(problem)) from None
        return data

    def terms_by(self, name: str, speaker_name: str = "") -> Terms:
        """The terms, as this member of the team collected them."""
        chosen = self.cleaned_data
        return self.terms(
            method=Method(chosen["method"]),
            collected_by=name,
            told=[part for part in Explained if part in chosen["told"]],
            given_on=chosen["given_on"],
            speaker_name=speaker_name,
        )


class EnterForm(StoryForm, GivenForm):
    """All of it about somebody who is not known yet; their words can follow later, and so can their yes."""

    name = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        blank=NO_NAME,
        label=gettext_lazy("The name of the person who tells it"),
        help_text=gettext_lazy("It is kept sealed. From now on the person is a number."),
    )
    contact = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        blank=NO_CONTACT,
        label=gettext_lazy("Their e-mail address or phone number"),
    )
    words = Typed(
        longest=LONGEST,
        too_long=StoryForm.too_many_words,
        label=gettext_lazy("Their words (they can also follow later)"),
        box=Box(rows=7),
    )
    whose = OneOf(
        [(party, theirs) for party, (_yours, theirs) in PARTIES.items()],
        label=gettext_lazy("Whose story is it?"),
    )
    method = OneOf(
        [*((way, METHODS[way]) for way in OFFERED), (LATER, NOT_YET)],
        label=gettext_lazy("In which way?"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what every form takes
        super().__init__(*args, **kwargs)
        self.fields["language"].label = gettext_lazy("In which language is it told?")
        self.fields["contact_language"].label = gettext_lazy("We write to them in")

    def _never_asked(self) -> set[str]:
        """Whose story it is is asked on the same page, so that all of it stands there."""
        return set()

    @property
    def is_agreed(self) -> bool:
        """Whether they have said yes already."""
        return bool(self.data.get("method") != LATER)

    def clean(self) -> None:
        """What does not concern this party is not asked; without a yes, nothing about it."""
        whose = self.cleaned_data.get("whose")
        self.party = Party(whose) if whose else Party.SELF
        for name in super()._never_asked():
            self._forget(name)
        super().clean()
        if self.is_agreed:
            return
        for name in GivenForm.base_fields:
            self._forget(name)

    def _forget(self, name: str) -> None:
        self.errors.pop(name, None)
        self.cleaned_data.pop(name, None)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def enter_story(request: Request) -> HttpResponse:
    """The form; POST records the person, their consent with its proof, and their words."""
    if request.method != "POST":
        tongue = reader_language()
        initial = {
            "whose": Party.SELF.value,
            "language": tongue,
            "contact_language": tongue,
            "given_on": site_day(),
        }
        return _form(request, EnterForm(initial=initial))
    form = EnterForm(request.POST, request.FILES)
    pictures = pictures_of(form, request.FILES.getlist("files"))
    if not form.is_valid():
        return _form(request, form)
    chosen, by = form.cleaned_data, request.user.username
    number = once.number_of(request.POST.get("form", ""), request.user) or ""
    told = telling.ToldStory(chosen["words"], chosen["language"], pictures, number)
    terms = form.terms_by(by, chosen["name"]) if form.is_agreed else None
    proof = chosen["proof"] if form.is_agreed else b""
    try:
        who = telling.record(form.person(), told, terms, config().web.uploads, by, now(), proof)
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, form)
    return _entered(request, who)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def renew_consent(request: Request, reference: str) -> HttpResponse:
    """A new consent of a person who is known already."""
    try:
        who = storyteller.find(reference)
    except Problem as problem:
        raise Http404 from problem
    party = party_of(who)
    if request.method != "POST":
        initial = consent_form.of_people(who) | {"given_on": site_day()}
        return _form(request, GivenForm(initial=initial, party=party), who)
    form = GivenForm(request.POST, request.FILES, party=party)
    by = request.user.username
    if not form.is_valid():
        return _form(request, form, who)
    number = once.number_of(request.POST.get("form", ""), request.user) or ""
    folder, proof = config().web.uploads, form.cleaned_data["proof"]
    try:
        terms = form.terms_by(by, speaker_of(who).name)
        telling.renew(who, terms, folder, by, now(), proof, number)
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, form, who)
    after_consent(who, by)
    tell(request, _("The new consent is recorded. Their texts need their yes again."))
    return see("story", who.reference)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def note_take_back(request: Request) -> HttpResponse:
    """A person tells a volunteer that they take their story back: the reference, and one confirmation."""
    if request.method != "POST":
        return render(request, "stories/note_take_back.html", {"reference": ""})
    written = request.POST.get("reference", "")[:50]
    try:
        who = storyteller.find(written)
        if request.POST.get("sure") != "yes":
            return render(
                request,
                "stories/note_take_back.html",
                {"reference": who.reference, "is_sure": True},
            )
        via = Via.VOLUNTEER if request.role is Role.VOLUNTEER else Via.STAFF
        made = take_back(who, ALL, via, request.user.username)
    except Problem as problem:
        return render(
            request,
            "stories/note_take_back.html",
            {"reference": written, "error": str(problem)},
            status=422,
        )
    said = _(
        "%(reference)s is taken back. Nothing of it goes out, and what is out is being deleted. Thank you."
    )
    tell(request, said % {"reference": who.reference} if made else waits(who.reference))
    return (
        see("note_take_back") if request.role is Role.VOLUNTEER else see("story", who.reference)
    )


def _entered(request: Request, who: Storyteller) -> HttpResponse:
    """The person is mailed their link; where that cannot be, the team hands it to them."""
    said = _("It is recorded as %(reference)s. Write this number on the signed paper.")
    tell(request, said % {"reference": who.reference})
    if can_mail(who) and welcome(who, request.user.username):
        tell(request, _("Their private link is on its way to them by e-mail."))
    if who.consent_number:
        after_consent(who, request.user.username)
    if request.role is not Role.VOLUNTEER:
        return see("story", who.reference)
    return see("enter_story")


def _form(request: Request, form: GivenForm, who: Storyteller | None = None) -> HttpResponse:
    names = {
        "who": who,
        "form": form,
        "had_files": bool(request.FILES),
        "longest": LONGEST,
        "most_pictures": MOST_PICTURES,
        "today": site_day().isoformat(),
        **informed(),
    }
    return render(
        request,
        "stories/form/enter_story.html",
        names,
        status=422 if request.method == "POST" else 200,
    )


urlpatterns = [
    path("stories/new/", enter_story, name="enter_story"),
    path("stories/take-back/", note_take_back, name="note_take_back"),
    path("stories/<str:reference>/consent/", renew_consent, name="renew_consent"),
]
