"""Entering a story for somebody, a new consent of theirs, and noting that they take it back: for volunteers and the team.

A volunteer sees nothing of it afterwards but the reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.people.roles import Role
from campaign.stories import papers, storyteller, telling
from campaign.stories.consent import Explained, Method, Terms
from campaign.stories.telling import LONGEST, MOST_PICTURES, Person
from campaign.stories.withdrawal import ALL, Via
from campaign.web.frame.access import Request, for_members, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day
from campaign.web.stories import consent_form
from campaign.web.stories.consent_form import AnswerChoice, Answers
from campaign.web.stories.form import (
    TypedStory,
    can_mail,
    link_of,
    mail_link,
    missing,
    read_pictures,
    read_typed,
    tongue_of,
)
from campaign.web.stories.taking_back import take_back
from campaign.web.stories.words import METHODS, explained

OFFERED = (Method.PAPER, Method.EMAIL, Method.SPOKEN)


@dataclass(frozen=True, slots=True)
class Given:
    """How the consent was given, as it was sent."""

    method: str = ""
    given_on: str = ""
    told: tuple[str, ...] = ()


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def enter_story(request: Request) -> HttpResponse:
    """The form; POST records the person, their consent with its proof, and their words."""
    if request.method != "POST":
        tongue = tongue_of(get_language())
        typed = TypedStory(language=tongue, contact_language=tongue)
        return _form(request, typed, Answers(), Given(given_on=site_day().isoformat()), {})
    typed, answers, given = read_typed(request.POST), consent_form.read(request.POST), _read_given(request)
    errors = missing(typed) | consent_form.missing(answers, config(), site_day())
    errors |= _missing_given(given) | _minor(typed)
    proof, pictures = _proof(request, given, errors), []
    if not errors and answers.pictures == "yes":
        pictures = read_pictures(request.FILES.getlist("files"), errors)
    if errors:
        return _form(request, typed, answers, given, errors)
    person = Person(typed.name, typed.contact, typed.contact_language, typed.trusted)
    told = telling.ToldStory(typed.words, typed.language, pictures)
    try:
        who = telling.record(
            person, told, _terms(request, answers, given), config().web.uploads, request.user.username, now(), proof
        )
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, typed, answers, given, errors)
    return _entered(request, who)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def renew_consent(request: Request, reference: str) -> HttpResponse:
    """A new consent of a person who is known already."""
    try:
        who = storyteller.find(reference)
    except Problem as problem:
        raise Http404 from problem
    if request.method != "POST":
        return _form(request, None, Answers(), Given(given_on=site_day().isoformat()), {}, who=who)
    answers, given = consent_form.read(request.POST), _read_given(request)
    errors = consent_form.missing(answers, config(), site_day()) | _missing_given(given)
    proof = _proof(request, given, errors)
    if errors:
        return _form(request, None, answers, given, errors, who=who)
    try:
        terms = _terms(request, answers, given)
        telling.renew(who, terms, config().web.uploads, request.user.username, now(), proof)
    except Problem as problem:
        warn(request, str(problem))
        return _form(request, None, answers, given, errors, who=who)
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
            return render(request, "stories/note_take_back.html", {"reference": who.reference, "is_sure": True})
        via = Via.VOLUNTEER if request.role is Role.VOLUNTEER else Via.STAFF
        take_back(who, ALL, via, request.user.username)
    except Problem as problem:
        return render(request, "stories/note_take_back.html", {"reference": written, "error": str(problem)}, status=422)
    said = _("%(reference)s is taken back. Nothing of it goes out, and what is out is being deleted. Thank you.")
    tell(request, said % {"reference": who.reference})
    return see("note_take_back") if request.role is Role.VOLUNTEER else see("story", who.reference)


def _entered(request: Request, who: Storyteller) -> HttpResponse:
    """The person is mailed their link; where that cannot be, the team hands it to them."""
    said = _("It is recorded as %(reference)s. Write this number on the signed paper.")
    tell(request, said % {"reference": who.reference})
    if can_mail(who):
        key = storyteller.new_link(who, request.user.username, now())
        mail_link(who, link_of(request, key), "story_received")
        tell(request, _("Their private link is on its way to them by e-mail."))
    if request.role is not Role.VOLUNTEER:
        return see("story", who.reference)
    return see("enter_story")


def _terms(request: Request, answers: Answers, given: Given) -> Terms:
    return consent_form.terms(
        answers,
        config(),
        site_day(),
        method=Method(given.method),
        collected_by=request.user.username,
        told=[one for one in Explained if one in given.told],
        language=tongue_of(get_language()),
        given_on=_day(given.given_on),
    )


def _minor(typed: TypedStory) -> dict[str, str]:
    if typed.adult == "no":
        return {
            "adult": _("A parent or guardian has to say yes with them: speak with the team before you write it down.")
        }
    return {} if typed.adult == "yes" else {"adult": _("Choose one of these.")}


def _read_given(request: Request) -> Given:
    sent = request.POST
    told = tuple(str(one) for one in sent.getlist("told")[:20])
    return Given(sent.get("method", "")[:20], sent.get("given_on", "")[:20], told)


def _missing_given(given: Given) -> dict[str, str]:
    errors, day = {}, _day(given.given_on)
    if given.method not in OFFERED:
        errors["method"] = _("Choose one of these.")
    if day is None or day > site_day():
        errors["given_on"] = _("Write the day on which they said yes; it cannot be still to come.")
    if not set(Explained) <= set(given.told):
        errors["told"] = _("Explain each of these to the person first: their yes counts only then.")
    return errors


def _proof(request: Request, given: Given, errors: dict[str, str]) -> bytes:
    """The signed file. Without one only a spoken yes can be recorded."""
    sent = request.FILES.get("proof")
    if sent is None:
        if given.method in (Method.PAPER, Method.EMAIL):
            errors["proof"] = _("Attach the signed paper or the e-mail, as PDF, JPEG or PNG.")
        return b""
    if (sent.size or 0) > papers.LARGEST_PROOF:
        errors["proof"] = _("The file is larger than 10 megabytes: scan or photograph it smaller.")
        return b""
    data = bytes(sent.read())
    try:
        papers.check_proof(data)
    except Problem as problem:
        errors["proof"] = str(problem)
    return data


def _form(
    request: Request,
    typed: TypedStory | None,
    answers: Answers,
    given: Given,
    errors: Mapping[str, str],
    *,
    who: Storyteller | None = None,
) -> HttpResponse:
    names = {
        "who": who,
        "typed": typed,
        "answers": answers,
        "given": given,
        "errors": errors,
        "questions": consent_form.questions(answers, errors, config(), theirs=True),
        "methods": [AnswerChoice(one.value, str(METHODS[one]), "", one == given.method) for one in OFFERED],
        "explained": [
            AnswerChoice(one.value, words, "", one in given.told)
            for one, words in explained(config().channels.values()).items()
        ],
        "had_files": bool(request.FILES),
        "longest": LONGEST,
        "most_pictures": MOST_PICTURES,
        "today": site_day().isoformat(),
    }
    return render(request, "stories/form/enter_story.html", names, status=422 if request.method == "POST" else 200)


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


urlpatterns = [
    path("stories/new/", enter_story, name="enter_story"),
    path("stories/take-back/", note_take_back, name="note_take_back"),
    path("stories/<str:reference>/consent/", renew_consent, name="renew_consent"),
]
