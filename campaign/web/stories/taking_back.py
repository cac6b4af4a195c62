"""Taking a story back through a page: one way for the person, a volunteer and the team; a second look where one member
notes many; and the receipt that is mailed."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.core.problem import Problem
from campaign.models.stories import Storyteller, TakingBack, Withdrawal
from campaign.stories import second_look
from campaign.stories.report import send_receipt
from campaign.stories.withdrawal import Via
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import now, zone


def take_back(who: Storyteller, scope: str, via: Via, by: str) -> Withdrawal | None:
    """Takes it back and mails the receipt, once; None when it waits for a second look. A contact that cannot be read does
    not stop it. Raises Problem."""
    before = set(who.withdrawals.values_list("pk", flat=True))
    made = second_look.ask(who, scope, via, by, now())
    # Asked twice, the first withdrawal comes back, whose receipt is mailed already.
    if made and made.pk not in before:
        _mail(made)
    return made


def waits(reference: str) -> str:
    """What is said to who noted it when somebody else has to look."""
    said = _(
        "%(reference)s is on hold now: nothing of it goes out. To be sure, somebody else looks at it;"
        " within an hour at the latest it is taken back, and what is out is deleted. Thank you."
    )
    return said % {"reference": reference}


@for_staff
@require_POST
def look_again(request: Request, taking: int) -> HttpResponse:
    """A second person says that it is right, or a mistake."""
    known = TakingBack.objects.filter(pk=taking).select_related("storyteller").first()
    if known is None:
        raise Http404
    by = request.user.username
    try:
        if request.POST.get("then") == "mistake":
            second_look.dismiss(taking, by, now())
            tell(
                request,
                _("Noted as a mistake. What came due meanwhile waits for your decision."),
            )
        else:
            _mail(second_look.confirm(taking, by, now()))
            tell(
                request,
                _(
                    "It is taken back. Nothing of it goes out, and what is out is being deleted."
                ),
            )
    except Problem as problem:
        warn(request, problem)
    return see("stories")


def _mail(made: Withdrawal) -> None:
    with suppress(Problem):  # a contact that cannot be read, or no key to count by
        send_receipt(made, zone())


urlpatterns = [
    path("stories/second-look/<int:taking>/", look_again, name="second_look"),
]
