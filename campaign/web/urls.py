"""The addresses of all pages."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

PAGES = (
    *("today", "compose", "history", "contribute", "approve", "queue", "calendar", "log", "campaigns", "channels"),
    *("pauses", "feed", "people", "account", "settings_page", "sign_in", "languages", "demo", "facts", "rehearsal"),
)
urlpatterns: list[URLPattern | URLResolver] = []
for _name in PAGES:
    if find_spec(f"campaign.web.{_name}"):
        urlpatterns += import_module(f"campaign.web.{_name}").urlpatterns

handler400 = "campaign.web.errors.unreadable"
handler403 = "campaign.web.errors.forbidden"
handler404 = "campaign.web.errors.missing"
handler500 = "campaign.web.errors.broken"


def _placeholder(request, **_):  # TEMPORARY while pages are being built
    from django.shortcuts import render  # noqa

    return render(request, "error.html", {"heading": "Soon", "sentence": "This page is being built."})


def _missing():  # TEMPORARY
    from django.urls import path  # noqa
    from campaign.web.access import for_everyone  # noqa

    have = {one.name for one in urlpatterns if isinstance(one, URLPattern)}
    soon = {
        "today": "",
        "posts": "posts/",
        "new_post": "posts/new/",
        "post": "posts/<int:post>/",
        "history": "posts/<int:post>/history/",
        "approvals": "approve/",
        "approve": "approve/<int:post>/",
        "contributions": "contributions/",
        "contribute": "contributions/new/",
        "contribution": "contributions/<int:post>/",
        "queue": "queue/",
        "delivery": "queue/<int:delivery>/",
        "calendar": "calendar/",
        "log": "log/",
        "attempt": "log/attempts/<int:attempt>/",
        "event": "log/events/<int:event>/",
        "log_csv": "log.csv",
        "log_json": "log.json",
        "campaigns": "campaigns/",
        "campaign": "campaigns/<slug:slug>/",
        "channels": "channels/",
        "channel": "channels/<name>/",
        "pauses": "pauses/",
        "feed": "feed/<key>.ics",
        "people": "people/",
        "account": "account/",
        "invitation": "invitations/<key>/",
        "language": "language/",
        "settings": "settings/",
        "account_login": "sign-in/",
        "account_logout": "sign-out/",
        "picture": "pictures/<digest>/",
        "feed_new": "feed/new/",
        "feed_revoke": "feed/revoke/",
    }
    return [path(where, for_everyone(_placeholder), name=name) for name, where in soon.items() if name not in have]


urlpatterns += _missing()
