"""In which language a person reads: what they chose, or the link that brought them says, else what their browser asks for."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_POST

from campaign.models.people import Profile
from campaign.web.frame.access import Request, for_everyone

Answer = TypeVar("Answer", bound=HttpResponse)
KNOWN = dict(settings.LANGUAGES)
IN_LINK = "lang"
"""What a link says its reader's language with. Not "language": by that name the lists are filtered."""


def reader_language() -> str:
    """The language that the page is in: "en" or "fr", without a region."""
    return "fr" if (translation.get_language() or "").startswith("fr") else "en"


class LanguageMiddleware:
    """The language of one's profile, else of the link that led here, else of the cookie, else of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers in the language of who asks, and names it in the answer."""
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(answer, ("Accept-Language", "Cookie"))
        return answer


def language_of(request: HttpRequest) -> str:
    """The code of the language in which a page is shown."""
    if request.user.is_authenticated:
        languages = Profile.objects.filter(user=request.user).values_list("language", flat=True)
        chosen = languages.first()
        if chosen in KNOWN:
            return str(chosen)
    asked = request.GET.get(IN_LINK, "")
    return asked if asked in KNOWN else get_language_from_request(request)


def keep_language(request: Request, language: str) -> None:
    """Keeps a person's choice in their profile."""
    Profile.objects.update_or_create(user=request.user, defaults={"language": language})


@for_everyone
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keeps the choice, in the profile and in a cookie, and leads back to where one was."""
    back = str(request.POST.get("next", ""))
    ours = {request.get_host()}
    # The form could be made to lead to another site.
    if not url_has_allowed_host_and_scheme(back, ours, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(_without_language(back))
    answer.status_code = 303
    language = str(request.POST.get("language", ""))
    if language not in KNOWN:
        return answer
    if request.user.is_authenticated:
        keep_language(request, language)
    return remember(answer, language)


def _without_language(back: str) -> str:
    """The address without the language that a link asked for: what a person chooses goes before it."""
    page, mark, query = back.partition("?")
    kept = []
    for pair in query.split("&"):
        if pair and not pair.startswith(f"{IN_LINK}="):
            kept.append(pair)
    return page + mark + "&".join(kept) if kept else page


def remember(answer: Answer, language: str) -> Answer:
    """Keeps a language in a cookie, for when nobody is signed in."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


urlpatterns = [path("language/", choose_language, name="language")]
