"""The private page of a storyteller: what is planned, what they allow, and taking it back. The key opens it, nothing else.

The address holds the key alone; it is told to no other site, kept by no browser or search engine, and written into no
log. A form on a page that sends no referrer has no origin that could be checked; and nobody who does not know the key can
make one. So the key is the protection here against forms of other sites."""

import functools
import logging
import re
from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.care import hands
from campaign.care.hands import Source
from campaign.core.problem import Problem
from campaign.delivery.attachments import NotAsApproved
from campaign.listings.approvals import frozen_picture
from campaign.models.stories import Storyteller
from campaign.states import NOT_OUT_YET, Status
from campaign.stories import consent as consents
from campaign.stories import final_word, holding, papers, storyteller
from campaign.stories.agreeing.parties import party_of, speaker_of
from campaign.stories.changing import change, difference
from campaign.stories.consent import Explained, Method
from campaign.stories.final_word import FinalAnswer, Outgoing
from campaign.stories.storyteller import HoldReason
from campaign.stories.vault import Locked, unseal
from campaign.stories.withdrawal import Via
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.fields import shown_texts
from campaign.web.frame.languages import KNOWN, remember
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day
from campaign.web.stories import consent_form
from campaign.web.stories import shown as story_shown
from campaign.web.stories.consent_form import ConsentForm
from campaign.web.stories.consenting.informing import informed
from campaign.web.stories.consenting.letter import after_consent
from campaign.web.stories.counterparts import counterparts
from campaign.web.stories.form import link_of
from campaign.web.stories.taking_back import take_back

PRIVATE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_KEY = re.compile(r"(my-story(?:/|%2f)+)[^/\s?&\"']+|[\w%-]{40,}", re.IGNORECASE)
"""What follows the name of the page however it is written; and since any sign of an address may stand there as its code (%2D),
anything that is as long as a key, wherever it stands."""
Page = Callable[..., HttpResponse]


class _WithoutKey(logging.Filter):
    """What is logged of a request has no key in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record, and lets it pass."""
        if isinstance(record.args, tuple):
            record.args = tuple(_without_key(argument) for argument in record.args)
        record.msg = _without_key(str(record.msg))
        return True


def _without_key(argument: object) -> object:
    return _KEY.sub(_hidden, argument) if isinstance(argument, str) else argument


def _hidden(key: re.Match[str]) -> str:
    return f"{key[1] or ''}…"


for _name in ("django.request", "django.security.csrf", "django.server", "waitress"):
    logging.getLogger(_name).addFilter(_WithoutKey())


def private(page: Page) -> Page:
    """Opens the page for whose key it is, and keeps the address to themselves."""

    @functools.wraps(page)
    def opened(request: Request, key: str, **more: object) -> HttpResponse:
        answer = _opened(page, request, key, more)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer

    return csrf_exempt(opened)


def _opened(page: Page, request: Request, key: str, more: Mapping[str, object]) -> HttpResponse:
    who = storyteller.by_key(key)
    if who is None:
        return render(request, "stories/my_story/closed.html", {}, status=404)
    try:
        return page(request, key, who, **more)
    except Http404:
        return render(request, "stories/my_story/closed.html", {"key": key}, status=404)
    except Locked:
        # The server's own key is missing: they can take their story back all the same.
        return render(request, "stories/my_story/locked.html", {"key": key}, status=503)


@for_everyone
@private
@require_GET
def show_my_story(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """All that is planned, is out, and is agreed to."""
    consent = consents.current(who)
    planned = [] if who.withdrawn_at else final_word.outgoing(who)
    named_as = unseal(consent.named_as_sealed) if consent else ""
    tale = papers.tale_of(config().web.uploads, who.reference)
    standing = Status.PUBLISHED, Status.SENDING, Status.UNCONFIRMED
    names = {
        "key": key,
        "who": who,
        "consent": consent,
        "agreed": consent_form.in_words(consent, named_as, config()) if consent else [],
        "planned": planned,
        "together": [text for text in planned if _is_simple(text)],
        "tale": tale,
        "counterparts": counterparts(who, tale, planned),
        "out": storyteller.shown_to(who, standing),
        "state": story_shown.state_of(who, consent, 0, site_day()),
        "may_answer": bool(consent and not consent.ended_at and not who.withdrawn_at),
        "may_go_on": bool(who.held_at) and _holds_it_themselves(who),
        "receipts": story_shown.receipts(who, config(), now()),
        "help_first": hands.up(who),
    }
    return render(request, "stories/my_story/page.html", names)


@for_everyone
@private
@require_GET
def show_welcome(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """After a story was sent by who gets no letter: thanks, the link to keep, and what happens next."""
    names = {"key": key, "who": who, "link": link_of(key), "help_first": hands.up(who)}
    return render(request, "stories/my_story/welcome.html", names)


@for_everyone
@private
@require_GET
def show_my_picture(
    request: Request,  # noqa: ARG001 - as every page
    key: str,  # noqa: ARG001 - as every page
    who: Storyteller,
    delivery: int,
    number: int,
) -> HttpResponse:
    """A picture as it will go out; of this person alone."""
    shown = get_object_or_404(storyteller.deliveries_of(who), pk=delivery)
    # Somebody is asked about a text that was another person's until then: they see what they are asked about.
    is_asked = shown.status in NOT_OUT_YET and shown.post.storyteller == who.reference
    if not is_asked and not storyteller.is_theirs(shown, who):
        raise Http404
    try:
        picture = frozen_picture(shown, number)
    except (NotAsApproved, LookupError) as problem:
        raise Http404 from problem
    headers = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture.data, content_type=picture.media_type, headers=headers)


@for_everyone
@private
@require_POST
def answer(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """Yes, no or a remark, to one text or to all that were shown."""
    said, remark = request.POST.get("answer", ""), request.POST.get("remark", "")
    shown = shown_texts(request.POST.getlist("shown")[:500])
    if said not in set(FinalAnswer) or not shown:
        # The act, which hears it, is not reached: that somebody is in distress is heard whatever becomes of the form.
        hands.heed(who, remark, Source.REMARK, now())
        warn(request, _("Choose yes, no, or write a remark."))
        return see("my_story", key)
    kept, problems = 0, []
    for delivery, fingerprint in shown:
        try:
            final_word.answer(
                who,
                delivery,
                fingerprint,
                FinalAnswer(said),
                now(),
                remark=remark,
                saw_change=request.POST.get("saw_change") == "yes",
            )
            kept += 1
        except Problem as problem:
            problems.append(str(problem))
    if kept:
        tell(request, _thanks(FinalAnswer(said)))
    for sentence in dict.fromkeys(problems):
        warn(request, sentence)
    return see("my_story", key)


@for_everyone
@private
@require_http_methods(["GET", "HEAD", "POST"])
def change_my_consent(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """The form of what they allow. Less counts at once; more needs a yes, and each of their texts a new one."""
    before, party = consents.current(who), party_of(who)
    named_as = unseal(before.named_as_sealed) if before else ""
    if request.method != "POST":
        if before is None or before.ended_at:
            return see("my_story_consent_begin", key)
        initial = consent_form.of_people(who) | consent_form.of_consent(before, named_as)
        return _change_form(request, key, ConsentForm(initial=initial, party=party))
    form = ConsentForm(request.POST, party=party)
    if not form.is_valid():
        return _change_form(request, key, form, 422)
    wanted = form.terms(
        method=Method.WEB,
        collected_by=who.reference,
        told=Explained,
        speaker_name=speaker_of(who).name,
    )
    is_open = before is not None and not before.ended_at and not who.withdrawn_at
    wider = not is_open or (
        before is not None and difference(before, wanted, named_as).is_wider
    )
    if wider and request.POST.get("agreed") != "yes":
        return _change_form(request, key, form, 422, is_wider=True)
    try:
        done = change(who, wanted, named_as, Via.LINK, "", now())
    except Problem as problem:
        warn(request, str(problem))
        return _change_form(request, key, form, 422)
    if done.is_any:
        after_consent(who, who.reference)
        tell(request, _("Your change counts from now on. Thank you for telling us."))
    else:
        tell(request, _("Nothing has changed."))
    is_less = done.channels or done.pictures or done.name
    return see("my_story_receipt" if is_less else "my_story", key)


@for_everyone
@private
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_mine(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """Taking it back, whole or in part: one question, and no reason."""
    if request.method != "POST":
        consent = consents.current(who)
        parts = (
            story_shown.parts_of(consent, config()) if consent and not who.withdrawn_at else []
        )
        names = {"key": key, "who": who, "parts": parts}
        return render(request, "stories/my_story/take_back.html", names)
    try:
        take_back(who, request.POST.get("scope", ""), Via.LINK, "")
    except Problem as problem:
        warn(request, str(problem))
        return see("my_story_take_back", key)
    return see("my_story_receipt", key)


@for_everyone
@private
@require_GET
def show_receipt(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """What was taken back, and what became of each copy; a part of it is asked for again until all is gone."""
    receipts = story_shown.receipts(who, config(), now())
    is_going = any(receipt.going for receipt in receipts)
    names = {"key": key, "who": who, "receipts": receipts, "is_going": is_going}
    part = "_" if request.headers.get("HX-Request") else ""
    return render(request, f"stories/my_story/{part}receipt.html", names)


@for_everyone
@private
@require_POST
def hold_mine(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """ "I need time": nothing goes out until they, or the team with them, go on."""
    try:
        if request.POST.get("then") == "go_on":
            if not _holds_it_themselves(who):
                raise Problem(_("The team has stopped everything: please ask them."))
            holding.release(who, who.reference, now())
            tell(
                request, _("Good. We go on as planned; what was due meanwhile is planned anew.")
            )
        else:
            holding.hold(who, HoldReason.TIME, who.reference, now())
            tell(request, _("Take the time you need. Nothing goes out until you say so."))
    except Problem as problem:
        warn(request, str(problem))
    return see("my_story", key)


@for_everyone
@private
@require_POST
def choose_my_language(request: Request, key: str, who: Storyteller) -> HttpResponse:  # noqa: ARG001 - as every page
    """The page in the other language."""
    language = request.POST.get("language", "")
    answer = see("my_story", key)
    return remember(answer, language) if language in KNOWN else answer


def _is_simple(text: Outgoing) -> bool:
    """Whether one press may say yes to it together with others: what was changed further than they allow, or tells more, is
    looked at by itself."""
    is_open = text.answer is not FinalAnswer.YES
    return is_open and text.is_within and not text.is_changed


def _holds_it_themselves(who: Storyteller) -> bool:
    """Whether they asked for time; what the team has stopped, only the team lets go on."""
    return who.hold_reason == HoldReason.TIME and who.held_by == who.reference


def _thanks(said: FinalAnswer) -> str:
    if said is FinalAnswer.YES:
        return _("Thank you. What you said yes to can go out as it reads, and not otherwise.")
    if said is FinalAnswer.NO:
        return _("Understood. It does not go out like this.")
    return _(
        "Thank you, your remark is kept for the team. It does not go out like this; you see the new text here."
    )


def _change_form(
    request: Request, key: str, form: ConsentForm, status: int = 200, *, is_wider: bool = False
) -> HttpResponse:
    names = {
        "key": key,
        "form": form,
        "is_wider": is_wider,
        "lacks_yes": False,
        **informed(),
    }
    return render(request, "stories/my_story/change.html", names, status=status)


urlpatterns = [
    path("my-story/<str:key>/", show_my_story, name="my_story"),
    path("my-story/<str:key>/welcome/", show_welcome, name="my_story_welcome"),
    path("my-story/<str:key>/answer/", answer, name="my_story_answer"),
    path("my-story/<str:key>/change/", change_my_consent, name="my_story_change"),
    path("my-story/<str:key>/take-back/", take_back_mine, name="my_story_take_back"),
    path("my-story/<str:key>/receipt/", show_receipt, name="my_story_receipt"),
    path("my-story/<str:key>/time/", hold_mine, name="my_story_hold"),
    path("my-story/<str:key>/language/", choose_my_language, name="my_story_language"),
    path(
        "my-story/<str:key>/pictures/<int:delivery>/<int:number>/",
        show_my_picture,
        name="my_story_picture",
    ),
]
