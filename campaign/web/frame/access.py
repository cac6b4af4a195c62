"""Who may see a page. Each view says for whom it is; one that says nothing is refused to everybody."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from campaign.people.roles import Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
EVERYONE: frozenset[Role | None] = frozenset({None, *Role})
ALLAUTH = "allauth."


class Request(HttpRequest):
    """A request as a page gets it. Only a page for everyone may get one of nobody, whose role is None."""

    role: Role | None
    user: User


def for_everyone(view: View) -> View:
    """Shows the page also to people who have not signed in."""
    return _for(view, EVERYONE)


def for_members(view: View) -> View:
    """Shows the page to all who have signed in and have a role."""
    return _for(view, frozenset(Role))


def for_staff(view: View) -> View:
    """Shows the page to the communications staff and to admins."""
    return _for(view, frozenset({Role.STAFF, Role.ADMIN}))


def for_admins(view: View) -> View:
    """Shows the page to admins."""
    return _for(view, frozenset({Role.ADMIN}))


def _for(view: View, readers: frozenset[Role | None]) -> View:
    view.readers = readers  # type: ignore[attr-defined]
    return view


def see(name: str, *arguments: object) -> HttpResponseRedirect:
    """Leads to the page of this name, after something was changed: a 303, so that the browser does not post again."""
    answer = HttpResponseRedirect(reverse(name, args=arguments))
    answer.status_code = 303
    return answer


def role_of(user: object) -> Role | None:
    """The role of a person; the highest, should they have several."""
    if not isinstance(user, User) or not user.is_active:
        return None
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(Role) if role.value in names), None)


class AccessMiddleware:
    """Refuses by default: a page is shown to those it says it is for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Notes the role of who asks, and keeps the pages of people who are signed in out of caches."""
        cast(Request, request).role = role_of(request.user)
        answer = self.get_response(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            # The next person at this machine must not see it by going back.
            answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponseBase | None:
        """None when the page may be shown, else the way to the sign-in page. Raises PermissionDenied for other roles."""
        module = str(getattr(view, "__module__", ""))
        if module.startswith(ALLAUTH):  # these guard themselves
            return None
        readers: frozenset[Role | None] = getattr(view, "readers", frozenset())
        if cast(Request, request).role in readers:
            return None
        if not request.user.is_authenticated and readers:
            return _sign_in(request)
        raise PermissionDenied


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Leads to the sign-in page, and from there back; a part of a page gets status 401 instead."""
    if getattr(request, "htmx", False):
        # htmx would put the sign-in page into the part: the page hears "signed-out" and says so.
        return HttpResponse(status=401, headers={"HX-Trigger": "signed-out"})
    is_again = request.method == "GET"  # what was posted cannot be asked for again
    return redirect_to_login(request.get_full_path() if is_again else "/")
