"""Pages that say what went wrong, calmly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """403."""
    return _page(
        request,
        403,
        _("This page is not for you"),
        _("Your role does not open it. Ask an admin if you need it."),
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """404."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("It may have been moved or removed. Start again from Today."),
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """500. Nothing of the trouble itself is shown: it may hold a key or a person's words."""
    sentence = _(
        "Something unexpected happened. What was saved before is safe. Please tell an admin."
    )
    return HttpResponse(
        f"<!doctype html><title>500</title><p>{sentence}</p>",
        status=500,
        content_type="text/html; charset=utf-8",
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """400."""
    return _page(
        request,
        400,
        _("This request could not be read"),
        _("Go back and try again; a picture may be too large."),
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """The form is older than the sign-in, or came from another site."""
    sentence = _(
        "The form was opened before you signed in, or comes from another site. Nothing was changed."
        " Go back, load the page again and send it once more."
    )
    return _page(request, 403, _("This form is out of date"), sentence)


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(
        request, "frame/error.html", {"heading": title, "sentence": sentence}, status=status
    )
