"""What was agreed to: a page to print or keep, the very page that was shown, and a letter after each consent."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from campaign.models.stories import Consent, Storyteller
from campaign.stories import consent as consents
from campaign.stories.agreeing import archive, trusted
from campaign.web.frame.access import Request, for_everyone, for_staff, see
from campaign.web.frame.site import now
from campaign.web.stories.actions import find
from campaign.web.stories.consenting import letter
from campaign.web.stories.my_story import private


@for_everyone
@private
@require_safe
def show_agreed(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """What the person agreed to last, with whom to ask and how to take it back."""
    given = _given(who)
    names = {
        "key": key,
        "who": who,
        "consent": given,
        "number": given.number,
        "agreed": letter.in_words(who, given),
        "trusted": trusted.trusted_of(who),
        "has_page": archive.page_of(given.form_digest) is not None,
    }
    return render(request, "stories/my_story/consent/agreed.html", names)


@for_everyone
@private
@require_safe
def show_page(request: Request, key: str, who: Storyteller) -> HttpResponse:
    """The page as it was shown to them before they agreed."""
    page = archive.page_of(_given(who).form_digest)
    if page is None:
        raise Http404
    names = {"key": key, "who": who, "page": page}
    return render(request, "stories/my_story/consent/shown.html", names)


@for_staff
@require_safe
def show_page_of(request: Request, reference: str, digest: str) -> HttpResponse:
    """As `show_page`, for the team: of any version of a person's consent."""
    who = find(reference)
    get_object_or_404(Consent.objects.filter(storyteller=who, form_digest=digest)[:1])
    page = archive.page_of(digest)
    if page is None:
        raise Http404
    return render(request, "stories/shown_page.html", {"who": who, "page": page})


@for_staff
@require_POST
def note_trusted(request: Request, reference: str) -> HttpResponse:
    """Somebody of the team has told the person of trust that they are named."""
    trusted.was_told(find(reference), request.user.username, now())
    return see("story", reference)


def _given(who: Storyteller) -> Consent:
    given = consents.current(who)
    if given is None:
        raise Http404
    return given


urlpatterns = [
    path("my-story/<str:key>/agreed/", show_agreed, name="my_story_agreed"),
    path("my-story/<str:key>/agreed/page/", show_page, name="my_story_shown"),
    path("stories/<str:reference>/shown/<str:digest>/", show_page_of, name="story_shown"),
    path("stories/<str:reference>/trusted/", note_trusted, name="story_trusted"),
]
