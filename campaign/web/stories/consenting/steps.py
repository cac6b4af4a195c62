"""Saying yes in steps, on the private page. What is answered is kept when a step is left, and can be taken up again; nothing
counts before the yes at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.stories import consent as consents
from campaign.stories.agreeing import answers, archive, parties
from campaign.stories.agreeing.parties import Party, SecondVoice
from campaign.stories.changing import change
from campaign.stories.consent import Explained, Method
from campaign.stories.vault import unseal
from campaign.stories.withdrawal import Via
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.fields import Words
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day
from campaign.web.stories import consent_form
from campaign.web.stories.consent_form import NOT_ASKED, ConsentForm
from campaign.web.stories.consenting.informing import informed
from campaign.web.stories.consenting.letter import after_consent
from campaign.web.stories.my_story import private
from campaign.web.stories.words import PARTIES, QUESTIONS

LONGEST_ANSWER, MOST_ANSWERS = 1_000, 100
"""Characters of an answer, and answers to a question, that are kept: more than any field takes."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name in the address, its title, and the fields that are asked in it."""

    slug: str
    title: Words
    fields: tuple[str, ...] = ()


MEANS = Step("means", gettext_lazy("What sharing means"))
SPEAKER = Step(
    "speaker",
    gettext_lazy("You, and the person whose story it is"),
    ("relationship", "authority", "adult_on"),
)
LATER = Step(
    "later",
    gettext_lazy("If you cannot answer one day"),
    ("if_ill", "if_died", "trusted", "trusted_contact", "may_tell"),
)
LATER_OF_ANOTHER = replace(LATER, title=gettext_lazy("If things change for the person"))
"""As it is put to who speaks for somebody else."""
READ = Step("read", gettext_lazy("Read it all, and say yes"))
STEPS = (
    MEANS,
    SPEAKER,
    Step("name", gettext_lazy("Name and pictures"), ("identity", "named_as", "pictures")),
    Step(
        "where",
        gettext_lazy("Where, what for, until when"),
        ("channels", "purposes", "until_day", "until", "if_ended"),
    ),
    Step("telling", gettext_lazy("What may be told, and changed"), ("details", "edits")),
    LATER,
    READ,
)


def steps_of(party: Party) -> list[Step]:
    """The steps in which this party is asked."""
    never = NOT_ASKED[party]
    steps = [step for step in STEPS if not step.fields or set(step.fields) - never]
    if party is Party.SELF:
        return [step for step in steps if step is not SPEAKER]
    return [LATER_OF_ANOTHER if step is LATER else step for step in steps]


@for_everyone
@private
@require_safe
def begin(request: Request, key: str, who: Storyteller) -> HttpResponse:  # noqa: ARG001 - as every page
    """Leads to the first step in which something is missing; to the form for a change where a consent counts."""
    if is_open(who):
        return see("my_story_change", key)
    first, *_others = [*_lacking(who, _whole(who)), READ]
    return see("my_story_consent", key, first.slug)


@for_everyone
@private
@require_http_methods(["GET", "HEAD", "POST"])
def show_step(request: Request, key: str, who: Storyteller, slug: str) -> HttpResponse:
    """One step; POST keeps what is answered, and leads on, back, or out of it."""
    steps = steps_of(parties.party_of(who))
    step = next((each for each in steps if each.slug == slug), None)
    if step is None:
        raise Http404
    if is_open(who):
        return see("my_story_change", key)
    if step is READ:
        return _read(request, key, who)
    if request.method == "POST":
        return _answer(request, key, who, step)
    form = _form(who, step, looks_again="look" in request.GET)
    return _show(request, key, who, step, form)


def is_open(who: Storyteller) -> bool:
    """Whether a consent of theirs counts, which is changed elsewhere."""
    given = consents.current(who)
    return given is not None and not given.ended_at and not who.withdrawn_at


def _answer(request: Request, key: str, who: Storyteller, step: Step) -> HttpResponse:
    answers.keep(who, _sent(request, step), now())
    match request.POST.get("do"):
        case "leave":
            tell(request, _("What you answered is kept. You can go on whenever you like."))
            return see("my_story", key)
        case "back":
            return see("my_story_consent", key, _beside(who, step, -1).slug)
    form = _form(who, step, looks_again=True)
    if not form.is_valid():
        return _show(request, key, who, step, form, 422)
    return see("my_story_consent", key, _beside(who, step, 1).slug)


def _sent(request: Request, step: Step) -> dict[str, list[str]]:
    """What was sent of a step's fields; that it was read, of one that asks nothing."""
    if not step.fields:
        return {step.slug: ["yes"]}
    return {
        name: [value[:LONGEST_ANSWER] for value in request.POST.getlist(name)[:MOST_ANSWERS]]
        for name in step.fields
    }


def _read(request: Request, key: str, who: Storyteller) -> HttpResponse:
    if request.method != "POST":
        return _show_all(request, key, who, _whole(who))
    match request.POST.get("do"):
        case "leave":
            return see("my_story", key)
        case "back":
            return see("my_story_consent", key, _beside(who, READ, -1).slug)
    form = _whole(who)
    is_same = request.POST.get("page") == archive.digest_of(form.as_shown())
    if _lacking(who, form) or not is_same or request.POST.get("agreed") != "yes":
        return _show_all(request, key, who, form, 422)
    return _agree(request, key, who, form)


def _agree(request: Request, key: str, who: Storyteller, form: ConsentForm) -> HttpResponse:
    wanted = form.terms(
        method=Method.WEB,
        collected_by=who.reference,
        told=Explained,
        speaker_name=parties.speaker_of(who).name,
    )
    try:
        change(who, wanted, "", Via.LINK, "", now())
    except Problem as problem:
        warn(request, str(problem))
        return _show_all(request, key, who, form, 422)
    after_consent(who, who.reference)
    tell(request, _("Thank you. This is what you agreed to; you can change it at any time."))
    return see("my_story_agreed", key)


def _beside(who: Storyteller, step: Step, way: int) -> Step:
    """The step after it, or before it; itself where there is none."""
    steps = steps_of(parties.party_of(who))
    place = steps.index(step) + way
    return steps[place] if 0 <= place < len(steps) else step


def _answered(who: Storyteller) -> dict[str, list[str]]:
    """What they have answered so far; where they have not begun, what they once agreed to, and whom they named."""
    kept = answers.answers_of(who)
    return kept or {name: _listed(value) for name, value in _known(who).items()}


def _known(who: Storyteller) -> dict[str, object]:
    given = consents.current(who)
    known = consent_form.of_people(who)
    if given:
        known |= consent_form.of_consent(given, unseal(given.named_as_sealed))
    return {name: value for name, value in known.items() if value}


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _form(who: Storyteller, step: Step, *, looks_again: bool) -> ConsentForm:
    """The fields of a step with what was answered; what is wrong with it stands there once somebody looks again."""
    data, party = _data(_answered(who)), parties.party_of(who)
    if looks_again:
        return ConsentForm(data, party=party, only=step.fields)
    form = ConsentForm(party=party, only=step.fields)
    for name, field in form.fields.items():
        if name in data:
            form.initial[name] = field.widget.value_from_datadict(data, None, name)
    return form


def _whole(who: Storyteller) -> ConsentForm:
    return ConsentForm(_data(_answered(who)), party=parties.party_of(who))


def _data(answered: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in answered.items():
        data.setlist(name, values)
    return data


def _lacking(who: Storyteller, form: ConsentForm) -> list[Step]:
    """The steps in which something is missing or wrong, or that was not read."""
    wrong, answered = set(form.errors), _answered(who)
    lacking = [step for step in steps_of(parties.party_of(who)) if wrong & set(step.fields)]
    return lacking if answered.get(MEANS.slug) else [MEANS, *lacking]


def _show(
    request: Request,
    key: str,
    who: Storyteller,
    step: Step,
    form: ConsentForm,
    status: int = 200,
) -> HttpResponse:
    party = parties.party_of(who)
    names = {"form": form, "party": PARTIES[party][0], **informed(), **_place(key, who, step)}
    return render(request, "stories/my_story/consent/step.html", names, status=status)


def _show_all(
    request: Request, key: str, who: Storyteller, form: ConsentForm, status: int = 200
) -> HttpResponse:
    lacking, page = _lacking(who, form), archive.digest_of(form.as_shown())
    was_sent = request.method == "POST"
    names = {
        "lacking": lacking,
        "page": page,
        "has_changed": was_sent and request.POST.get("page") != page,
        "lacks_yes": was_sent and not lacking and request.POST.get("agreed") != "yes",
        **_place(key, who, READ),
        **({"lines": []} if lacking else _in_words(who, form)),
    }
    return render(request, "stories/my_story/consent/read.html", names, status=status)


def _place(key: str, who: Storyteller, step: Step) -> dict[str, object]:
    steps = steps_of(parties.party_of(who))
    return {
        "key": key,
        "who": who,
        "step": step,
        "steps": steps,
        "number": steps.index(step) + 1,
        "count": len(steps),
    }


def _in_words(who: Storyteller, form: ConsentForm) -> dict[str, object]:
    """All that would be agreed to, of a form in which nothing is missing."""
    chosen, today = form.cleaned_data, site_day()
    adult_on = form.adult_day()
    if adult_on:
        who.adult_on = adult_on  # as it would be recorded with the yes
    last = parties.last_day(who, today)
    until = min(chosen["until"], last) if last else chosen["until"]
    channels = [channel_name(name, config()) for name in chosen["channels"]]
    return {
        "lines": consent_form.answers_in_words(chosen, channels, theirs=form.is_theirs),
        "until": until,
        "is_until_age": until != chosen["until"],
        "until_question": QUESTIONS["until"][form.is_theirs],
        "trusted": form.trusted_person(),
        "needs_two": parties.second_voice(who, today) is SecondVoice.WAITS,
    }


urlpatterns = [
    path("my-story/<str:key>/consent/", begin, name="my_story_consent_begin"),
    path("my-story/<str:key>/consent/<slug:slug>/", show_step, name="my_story_consent"),
]
