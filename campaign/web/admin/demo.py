"""The door of the demonstration: whoever has its key looks around as any of its people. Otherwise there is no door."""

import secrets
from dataclasses import replace
from datetime import date

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from campaign import demonstration
from campaign.content.dates.days import parse_rule
from campaign.content.dates.month import name_of
from campaign.demonstration import ADMIN, STAFF, VOLUNTEER
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import config, library

PEOPLE = {"staff": STAFF, "volunteer": VOLUNTEER, "admin": ADMIN}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def what_moved() -> list[tuple[str, date]]:
    """The awareness days that stand on another date here, in the reader's language, each with its real next date."""
    days, told = library().days, []
    for key, on in config().moved_days.items():
        real = replace(days[key], rule=parse_rule(days[key].written, ()))
        told.append((name_of(days[key], reader_language()), real.next(on) or on))
    return told


@for_everyone
@require_http_methods(["GET", "POST"])
def welcome(request: Request, key: str) -> HttpResponse:
    """Signs in as one of the demonstration's people; as communications staff to begin with. Http404 without the key."""
    if not demonstration.key() or not secrets.compare_digest(key, demonstration.key()):
        raise Http404
    name = PEOPLE.get(request.POST.get("role", "staff"), STAFF)
    login(request, get_object_or_404(User, username=name), BACKEND)
    return see("today")


urlpatterns = [path("welcome/<str:key>/", welcome, name="welcome")]
