"""Telling one's story: the public form. What sharing means is said before anything is asked."""

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.stories import storyteller, telling
from campaign.stories.consent import Explained, Method
from campaign.stories.telling import LONGEST, MOST_PICTURES, WEB_FORM, Person
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.site import config, now, site_day
from campaign.web.stories import consent_form, floods
from campaign.web.stories.consent_form import Answers
from campaign.web.stories.form import TypedStory, link_of, mail_link, missing, read_pictures, read_typed, tongue_of
from campaign.web.stories.words import explained


@dataclass(slots=True)
class Form:
    """The form as it is shown."""

    typed: TypedStory
    answers: Answers
    stamp: str
    errors: dict[str, str] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    had_pictures: bool = False
    refusal: str = ""  #: why the form as a whole is not taken


@for_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell_story(request: Request) -> HttpResponse:
    """The form; POST takes the story in, once nothing is missing."""
    if not config().stories.open:
        raise Http404
    if request.method != "POST":
        tongue = tongue_of(get_language())
        return _show(
            request, Form(TypedStory(language=tongue, contact_language=tongue), Answers(), floods.stamp(now()))
        )
    if not floods.may_try(request, now()):
        return _full(request)
    form = _read(request)
    if form.typed.adult == "no":
        return render(request, "stories/form/tell_minor.html", {})
    of = floods.read_stamp(form.stamp, now())
    form.refusal = _refusal(request, of)
    if of is None or form.refusal or form.errors:
        form.stamp = form.stamp if of else floods.stamp(now())
        return _show(request, form, 422)
    if floods.is_full(request, now()):
        return _full(request, form)
    return _take(request, form, of)


def _read(request: Request, *, look_at_pictures: bool = True) -> Form:
    typed, answers = read_typed(request.POST), consent_form.read(request.POST)
    today = site_day()
    form = Form(typed, answers, request.POST.get("stamp", "")[:300])
    form.errors = missing(typed) | consent_form.missing(answers, config(), today)
    if typed.adult != "yes":
        form.errors["adult"] = _("Say whether you are 18 or older.")
    if not typed.words.strip():
        form.errors["words"] = _("Write your story; a few lines are enough.")
    if typed.agreed != "yes":
        form.errors["agreed"] = _("Tick this when you agree. Without your yes, nothing is kept.")
    sent = request.FILES.getlist("files")
    form.had_pictures = bool(sent)
    if look_at_pictures and answers.pictures == "yes" and not form.errors:
        form.pictures = read_pictures(sent, form.errors)
    return form


def _refusal(request: Request, of: floods.Stamp | None) -> str:
    if request.POST.get(floods.TRAP):
        return _("Something filled in a field that people do not see. Nothing was kept yet: please send it once more.")
    if of is None:
        return _("This page was open for very long. Nothing was kept yet: look through it and send it once more.")
    if floods.is_too_fast(of, now()):
        return _("That was very fast. Nothing was kept yet: please wait a few seconds and send it once more.")
    return ""


def _take(request: Request, form: Form, of: floods.Stamp) -> HttpResponse:
    if not floods.begin(of):
        return _again(request, form, of)
    typed, today = form.typed, site_day()
    try:
        terms = consent_form.terms(
            form.answers,
            config(),
            today,
            method=Method.WEB,
            collected_by=WEB_FORM,
            told=Explained,
            language=tongue_of(get_language()),
        )
        person = Person(typed.name, typed.contact, typed.contact_language, typed.trusted)
        told = telling.ToldStory(typed.words, typed.language, form.pictures)
        who = telling.record(person, told, terms, config().web.uploads, WEB_FORM, now())
    except Problem as problem:
        floods.give_up(of)
        form.refusal = str(problem)
        return _show(request, form, 422)
    floods.taken(request, of, who.reference, now())
    return _welcome(request, who)


def _again(request: Request, form: Form, of: floods.Stamp) -> HttpResponse:
    """The same form, sent twice: the story is there once, and its link is the one that is shown last."""
    reference = floods.came_with(of)
    if not reference:
        form.refusal = _(
            "We are receiving your story just now: wait a moment, then send it once more. It is kept once."
        )
        return _show(request, form, 409)
    return _welcome(request, storyteller.find(reference))


def _welcome(request: Request, who: Storyteller) -> HttpResponse:
    key = storyteller.new_link(who, who.reference, now())
    mail_link(who, link_of(request, key), "story_received")
    return see("my_story_welcome", key)


def _full(request: Request, form: Form | None = None) -> HttpResponse:
    """Nothing that was written is lost: it stands there to be copied, or to be sent later from the same page."""
    form = form or _read(request, look_at_pictures=False)
    form.stamp = floods.stamp(now())
    form.refusal = _(
        "Many stories are arriving just now, and we want to read each with care. Yours is not kept yet: leave this page"
        " open and send it in an hour, or write to us."
    )
    return _show(request, form, 429)


def _show(request: Request, form: Form, status: int = 200) -> HttpResponse:
    names = {
        "form": form,
        "typed": form.typed,
        "errors": form.errors,
        "questions": consent_form.questions(form.answers, form.errors, config()),
        "answers": form.answers,
        "explained": list(explained(config().channels.values()).values()),
        "trap": floods.TRAP,
        "longest": LONGEST,
        "most_pictures": MOST_PICTURES,
        "letters": letters.can_send(),
    }
    return render(request, "stories/form/tell.html", names, status=status)


urlpatterns = [path("tell/", tell_story, name="tell")]
