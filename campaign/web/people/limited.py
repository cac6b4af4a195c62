"""Pages that may be posted to only so often, and who it is that posts."""

from collections.abc import Callable
from functools import wraps

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse

from campaign.people import limits
from campaign.people.limits import Limit
from campaign.web.frame.site import now

View = Callable[..., HttpResponse]


def source(request: HttpRequest) -> str:
    """The address that a request came from, or its /64; behind a proxy that config.toml names, the one that it names."""
    return limits.source_of(_address(request))


def block(request: HttpRequest) -> str:
    """The block of addresses that a request came from."""
    return limits.block_of(_address(request))


def limited(limit: Limit, who: Callable[[HttpRequest], str] = source) -> Callable[[View], View]:
    """Answers a form that is sent too often with a calm page, before anything is read of it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, **parts: str) -> HttpResponse:
            if request.method == "POST" and not limits.count(limit, who(request), now()):
                refused: HttpResponse = respond_429(request)
                return refused
            return view(request, **parts)

        return counted

    return decorate


def is_pressed_again(request: HttpRequest) -> bool:
    """Whether this very form, which sends a letter, was sent before: a second letter would end the link of the first."""
    number = request.POST.get("form", "")
    return bool(number) and not limits.count(
        limits.PRESS, f"{request.user.pk}\n{number}", now()
    )


def _address(request: HttpRequest) -> str:
    address, port = (str(request.META.get(part, "")) for part in ("REMOTE_ADDR", "REMOTE_PORT"))
    # Of ::ffff:192.0.2.1, as some proxies write an IPv4 address, waitress takes the end for a port: everybody would be ::ffff.
    if "." in port:
        return f"{address}:{port}"
    # And [2001:db8::7]:5000 it leaves as it is: each connection would be a source of its own.
    return address.removeprefix("[").partition("]")[0]


def member(request: HttpRequest) -> str:
    """Who is signed in."""
    return str(request.user.pk)
