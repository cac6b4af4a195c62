"""The list of the first days on *Today*: what has been done, what is to do, and who can do it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign import demonstration
from campaign.listings.first_steps import first_steps
from campaign.people import first_steps as kept
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.notices import tell
from campaign.web.frame.site import config, now


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps; `url` leads to where the reader can take it, "" where an admin does."""

    is_done: bool
    words: str
    hint: str
    url: str


def steps(request: Request) -> list[Step]:
    """All of them; none once they are done or put away, nor in a demonstration, which is nobody's installation."""
    if demonstration.key() or kept.is_put_away(request.user):
        return []
    done, is_live = first_steps(), not config().publishing.dry_run
    if done.is_done and is_live:
        return []
    is_admin = request.role is Role.ADMIN
    return [
        Step(
            done.has_people,
            _("Invite your team"),
            _("At least two people who may approve: nobody approves their own words."),
            reverse("people") if is_admin else "",
        ),
        Step(
            bool(done.posts),
            _("Write the first post"),
            _("In English and French side by side, with a true preview."),
            reverse("new_post"),
        ),
        Step(
            bool(done.approved),
            _("Approve a post"),
            _("Somebody other than its author reads it and lets it into the queue."),
            reverse("approvals"),
        ),
        Step(
            bool(done.accounts),
            _("Connect an account"),
            _("Its keys are entered, and “Test now” on its page went well."),
            reverse("channels") if is_admin else "",
        ),
        Step(
            is_live,
            _("End the dry run"),
            _("Set dry_run = false in config.toml. Until then nothing is sent."),
            reverse("settings") if is_admin else "",
        ),
    ]


@for_staff
@require_POST
def put_steps_away(request: Request) -> HttpResponse:
    """The reader does not want to see the list any more."""
    kept.put_away(request.user, now())
    tell(request, _("The list of the first steps is hidden."))
    return see("today")


urlpatterns = [path("first-steps/put-away/", put_steps_away, name="put_steps_away")]
