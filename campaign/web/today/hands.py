"""Raised hands, first of all on *Today*: whose words tell of distress, since when, and that somebody was in touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaign.care import hands
from campaign.care.hands import Source
from campaign.core.problem import Problem
from campaign.models.care import Hand
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import now

SHORT = 20
"""So many stand on the page; when one goes down, the next one stands there."""
WHERE = {
    Source.STORY: gettext_lazy("in the story as it was told"),
    Source.REMARK: gettext_lazy("in a remark on a text"),
    Source.CONTRIBUTION: gettext_lazy("in a contribution"),
}


@dataclass(frozen=True, slots=True)
class RaisedHand:
    """One that is up: who it is, where their words stand, and since when. Not a word of them."""

    number: int
    who: str
    url: str
    where: str
    since: datetime


def lines(raised: Iterable[Hand]) -> list[RaisedHand]:
    """How hands read on the page."""
    return [_line(hand) for hand in raised]


def _line(hand: Hand) -> RaisedHand:
    who, url = "", reverse("stories")
    if hand.storyteller:
        who = hand.storyteller.reference
        url = reverse("story", args=[who])
    elif hand.post:
        author = hand.post.author
        who = author.username if author else ""
        url = reverse("approve", args=[hand.post.pk])
    where = WHERE[Source(hand.source)]
    return RaisedHand(hand.pk, who, url, str(where), hand.raised_at)


@for_staff
@require_POST
def note_in_touch(request: Request, hand: int) -> HttpResponse:
    """Somebody has been in touch with the person."""
    try:
        hands.in_touch(hand, request.user, now())
    except Hand.DoesNotExist as problem:
        raise Http404 from problem
    except Problem as problem:
        warn(request, str(problem))
    else:
        tell(request, _("Noted: you have been in touch with them. Thank you."))
    return see("today")


urlpatterns = [path("hands/<int:hand>/in-touch/", note_in_touch, name="hand_in_touch")]
