"""The program on the first screen of a phone or a desk: what a browser asks for to put it there.

There is no service worker, on purpose: what is paused, approved or taken back is true only as the server says it now. A page
kept on a phone would show it wrongly, and a decision kept there would arrive when nobody means it any more."""

from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.web.frame.access import Request, for_everyone
from campaign.web.frame.site import config

MANIFEST = "application/manifest+json"
PAPER, ACCENT = "#f7f6f3", "#0b6468"
"""The stylesheet's own by day; a manifest knows no night, which the pages' heads add."""
ICONS = (
    ("icon.svg", "any", "any", "image/svg+xml"),
    ("icons/192.png", "192x192", "any", "image/png"),
    ("icons/512.png", "512x512", "any", "image/png"),
    ("icons/maskable-512.png", "512x512", "maskable", "image/png"),
)
"""File, sizes, purpose and type. The pictures are drawn from icon.svg: `python -m tests.browser.icons`."""


@for_everyone
@require_GET
def manifest(request: Request, language: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """The web manifest in a language of the site. It tells nothing that the sign-in page does not."""
    if language not in config().site.languages:
        raise Http404
    told = {
        "id": "/",
        "name": config().site.name,
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [_icon(*icon) for icon in ICONS],
    }
    return JsonResponse(told, content_type=MANIFEST)


def _icon(file: str, sizes: str, purpose: str, kind: str) -> dict[str, str]:
    return {
        "src": static(f"campaign/{file}"),
        "sizes": sizes,
        "purpose": purpose,
        "type": kind,
    }


urlpatterns = [path("app/<str:language>.webmanifest", manifest, name="manifest")]
