"""The team's pages about stories: all of them, and one with its consent, its posts, and what was taken back."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.care import hands
from campaign.consent.rule import goes_beyond
from campaign.core.problem import Problem
from campaign.listings import paging
from campaign.models import Delivery, Post
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.states import NOT_OUT_YET
from campaign.stories import aside as asides
from campaign.stories import consent as consents
from campaign.stories import final_word, holding, papers, second_look, storyteller, withdrawal
from campaign.stories.agreeing import parties, trusted
from campaign.stories.agreeing.parties import Authority, SecondVoice
from campaign.stories.edits import ToldBeside
from campaign.stories.erasing import leftovers
from campaign.stories.final_word import FinalAnswer
from campaign.stories.papers import Tale
from campaign.stories.storyteller import HoldReason
from campaign.stories.vault import Locked, unseal
from campaign.web.contributions.form import campaigns
from campaign.web.frame.access import Request, for_admins, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day
from campaign.web.people.limited import is_pressed_again
from campaign.web.posts.out.standing import PostStatus, with_status
from campaign.web.stories import actions, aside, consent_form, enter, taking_back
from campaign.web.stories import shown as story_shown
from campaign.web.stories.actions import find
from campaign.web.stories.consenting import todo
from campaign.web.stories.form import can_mail, link_of, mail_link
from campaign.web.stories.shown import State
from campaign.web.stories.words import (
    AFTER,
    AUTHORITIES,
    HOLDS,
    LOOK_FIRST,
    METHODS,
    PARTIES,
)
from campaign.web.today import hands as today_hands


@dataclass(frozen=True, slots=True)
class StorytellerLine:
    """A person in the list."""

    who: Storyteller
    state: State
    consent: Consent | None
    is_new: bool  #: nobody has made a post of it yet


@dataclass(frozen=True, slots=True)
class StoryText:
    """A delivery of a story, and what its person said of it last."""

    delivery: Delivery
    said: str
    said_at: object
    remark: str
    is_open: bool  #: they may still be asked
    told: (
        ToldBeside | None
    )  #: its words beside those that were told; None where these cannot be read
    is_changed: bool  #: further than they allow


@for_staff
@require_GET
def show_stories(request: Request) -> HttpResponse:
    """All stories, the newest first, and what has to be deleted by hand."""
    wanted = request.GET.get("reference", "").strip()
    if wanted:
        try:
            return see("story", storyteller.find(wanted).reference)
        except Problem as problem:
            warn(request, str(problem))
            return see("stories")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    people = Storyteller.objects.filter(is_aside=False).order_by("-made_at", "-pk")
    page = paging.page_of(people, "made_at", after=after, before=before)
    known = story_shown.current_consents(page.rows)
    unsaid, today = story_shown.unsaid_of(page.rows, known), site_day()
    new = story_shown.without_post(page.rows)
    lines = [
        StorytellerLine(
            who=who,
            state=story_shown.state_of(who, known.get(who.pk), unsaid.get(who.pk, 0), today),
            consent=known.get(who.pk),
            is_new=who.pk in new,
        )
        for who in page.rows
    ]
    names = {
        "lines": lines,
        "page": page,
        "aside": asides.waiting(),
        "second_looks": second_look.waiting()[: paging.PAGE],
        "by_hand": withdrawal.checklist()[: paging.PAGE],
        "leftovers": story_shown.leftovers_in_words(leftovers.left()[: paging.PAGE]),
        "now": now(),
        "is_open": config().stories.open,
        "unsaid": config().site.unsaid,
    }
    return render(request, "stories/stories.html", names)


@for_staff
@require_GET
def show_story(request: Request, reference: str) -> HttpResponse:
    """One story."""
    return _story(request, find(reference))


@for_staff
@require_POST
def show_contact(request: Request, reference: str) -> HttpResponse:
    """The page with name and contact on it, which the log notes."""
    who = find(reference)
    storyteller.note(who, "contact looked at", request.user.username, now())
    try:
        person = _person(who)
    except Problem as problem:
        warn(request, str(problem))
        person = None
    return _story(request, who, person=person)


@for_staff
@require_POST
def make_link(request: Request, reference: str) -> HttpResponse:
    """A new private link, shown once, or mailed to the person."""
    who, is_mailed = find(reference), request.POST.get("do") == "mail"
    if is_mailed and is_pressed_again(request):
        return see("story", who.reference)
    try:
        link = link_of(storyteller.new_link(who, request.user.username, now()))
        if is_mailed and mail_link(who, link, "story_link"):
            tell(
                request,
                _(
                    "The new link is on its way to them. The one before it opens nothing any more."
                ),
            )
            return see("story", who.reference)
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    answer = _story(request, who, link=link)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@for_staff
@require_GET
def show_told_picture(request: Request, reference: str, digest: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """A picture that came with a story."""
    who = find(reference)
    tale = papers.tale_of(config().web.uploads, who.reference)
    if tale is None or digest not in tale.pictures or not _shows_pictures(who):
        raise Http404
    data = papers.read(config().web.uploads, who.reference, digest)
    return story_shown.file_answer(data, "inline", digest)


@for_admins
@require_GET
def show_proof(request: Request, reference: str, digest: str) -> HttpResponse:
    """The file of a signed consent, as a download, which the log notes."""
    who = find(reference)
    signed = Consent.objects.filter(storyteller=who, proof_digest=digest)
    if not signed.exclude(proof_digest="").exists():
        raise Http404
    try:
        data = papers.read(config().web.uploads, who.reference, digest)
    except Problem as problem:
        warn(request, str(problem))
        return see("story", who.reference)
    storyteller.note(who, "proof looked at", request.user.username, now())
    return story_shown.file_answer(data, "attachment", f"{who.reference}-consent")


@for_staff
@require_GET
def show_report(request: Request, reference: str) -> HttpResponse:
    """What was taken back and what became of it, to be printed."""
    who = find(reference)
    names = {"who": who, "receipts": story_shown.receipts(who, config(), now()), "now": now()}
    return render(request, "stories/report.html", names)


def _person(who: Storyteller) -> dict[str, str]:
    """Name and contact, who speaks for them, and whom they trust. Raises Locked when it cannot be read."""
    named, speaker = trusted.trusted_of(who), parties.speaker_of(who)
    tale = papers.tale_of(config().web.uploads, who.reference)
    # Whom somebody named before the record had a place for it stands with their story.
    before = tale.trusted if tale else ""
    right = str(AUTHORITIES[Authority(speaker.authority)]) if speaker.authority else ""
    return {
        "name": storyteller.name_of(who),
        "contact": storyteller.contact_of(who),
        "trusted": ", ".join(filter(None, (named.name, named.contact))) or before,
        "speaker": ", ".join(filter(None, (speaker.name, speaker.relationship, right))),
    }


def _story(
    request: Request, who: Storyteller, *, person: dict[str, str] | None = None, link: str = ""
) -> HttpResponse:
    versions = list(Consent.objects.filter(storyteller=who).order_by("-number"))
    consent = next((made for made in versions if made.number == who.consent_number), None)
    texts = _texts(who, consent)
    unsaid = sum(text.is_open and text.said != FinalAnswer.YES for text in texts)
    problem, tale, agreed = "", None, []
    try:
        tale = papers.tale_of(config().web.uploads, who.reference)
        named_as = unseal(consent.named_as_sealed) if consent else ""
        agreed = (
            consent_form.in_words(consent, named_as, config(), theirs=True) if consent else []
        )
    except Locked as locked:
        problem = str(locked)
    names = {
        "who": who,
        "state": story_shown.state_of(who, consent, unsaid, site_day()),
        "consent": consent,
        "versions": versions,
        "agreed": agreed,
        "method": METHODS.get(consents.Method(consent.method)) if consent else "",
        "texts": texts,
        "tale": tale or Tale("", who.language),
        "shows_pictures": bool(consent and consent.pictures),
        "hands": today_hands.lines(hands.raised().filter(storyteller=who)),
        "to_do": todo.of(who, consent, site_day()),
        "waits_for_trusted": trusted.waits(who),
        "waits_for_second": bool(consent and consent.second_voice == SecondVoice.WAITS),
        "whose": PARTIES[parties.party_of(who)][1],
        "problem": problem,
        "person": person,
        "link": link,
        "may_mail": can_mail(who),
        "holds": _holds(who),
        "hold_words": HOLDS.get(HoldReason(who.hold_reason), LOOK_FIRST)
        if who.hold_reason
        else "",
        "wish": _wish(who, consent),
        "campaigns": campaigns(),
        "posts": _posts(who),
        "receipts": story_shown.receipts(who, config(), now()),
        "may_post": bool(
            consent and not consent.ended_at and not who.withdrawn_at and not who.erased_at
        ),
    }
    return render(request, "stories/story.html", names)


def _posts(who: Storyteller) -> list[PostStatus]:
    """The latest posts that tell their story, and what became of each."""
    posts = Post.objects.filter(storyteller=who.reference).order_by("-loaded_at")
    return with_status(list(posts[: paging.PAGE]))


def _holds(who: Storyteller) -> list[tuple[HoldReason, object, bool]]:
    """The reasons that may be given now, in words, and whether the story is taken down then."""
    news = [why for why in HOLDS if holding.is_news(who, why)]
    return [(why, HOLDS[why], holding.wishes_removal(who, why)) for why in news]


def _shows_pictures(who: Storyteller) -> bool:
    """Whether they allow pictures: until then what they sent stays sealed."""
    given = consents.current(who)
    return given is not None and given.pictures


def _wish(who: Storyteller, consent: Consent | None) -> object:
    """What they wished for when they are too ill, or have died; "" where that is not so."""
    if consent is None:
        return ""
    wishes = {HoldReason.ILL: consent.if_ill, HoldReason.DIED: consent.if_died}
    wished = wishes.get(HoldReason(who.hold_reason)) if who.hold_reason else None
    return AFTER[consents.After(wished)] if wished else ""


def _texts(who: Storyteller, consent: Consent | None) -> list[StoryText]:
    deliveries = list(storyteller.deliveries_of(who))
    last: dict[tuple[int, str], FinalWord] = {}
    if consent:
        said = FinalWord.objects.filter(
            delivery__in=deliveries, consent=consent, is_second=False
        )
        # The latest word on a text takes the place of those before it.
        last = {(word.delivery_id, word.fingerprint): word for word in said.order_by("pk")}
    told = story_shown.told_if_readable(who, deliveries)
    texts = []
    for delivery in deliveries:
        word = last.get((delivery.pk, delivery.fingerprint))
        is_theirs = delivery.post.storyteller == who.reference
        texts.append(
            StoryText(
                delivery=delivery,
                said=word.answer if word else "",
                said_at=word.at if word else None,
                remark=_remark(word) if word else "",
                is_open=delivery.status in NOT_OUT_YET and is_theirs,
                told=told.get(delivery.pk),
                is_changed=_is_changed(consent, told.get(delivery.pk)),
            )
        )
    return texts


def _is_changed(consent: Consent | None, told: ToldBeside | None) -> bool:
    """Whether their words were changed further than they allow."""
    if consent is None or told is None:
        return False
    return goes_beyond(consent.edits, told.change)


def _remark(word: FinalWord) -> str:
    try:
        return final_word.remark_of(word)
    except Locked:
        return ""


urlpatterns = [
    *enter.urlpatterns,
    *aside.urlpatterns,
    *taking_back.urlpatterns,
    *actions.urlpatterns,
    path("stories/", show_stories, name="stories"),
    path("stories/<str:reference>/", show_story, name="story"),
    path("stories/<str:reference>/contact/", show_contact, name="story_contact"),
    path("stories/<str:reference>/link/", make_link, name="story_link"),
    path("stories/<str:reference>/told/<str:digest>/", show_told_picture, name="story_told"),
    path("stories/<str:reference>/proof/<str:digest>/", show_proof, name="story_proof"),
    path("stories/<str:reference>/report/", show_report, name="story_report"),
]
