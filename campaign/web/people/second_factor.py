"""Where config.toml asks admins for a second factor, they set it up before anything else."""

from collections.abc import Callable
from typing import cast

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from campaign.people.roles import Role
from campaign.web.frame.access import Request, see
from campaign.web.frame.notices import tell
from campaign.web.frame.site import config

SET_UP = "mfa_activate_totp"
OPEN = frozenset({SET_UP, "account_reauthenticate", "account_logout", "language"})
"""What they need to set it up, or to leave."""


class SecondFactorMiddleware:
    """Comes after the one that knows a person's role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leaves everything to `process_view`, since only there it is known which page is asked for."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """None lets the page be shown."""
        if (
            not config().web.second_factor_for_admins
            or cast(Request, request).role is not Role.ADMIN
        ):
            return None
        if (
            request.resolver_match is None
            or request.resolver_match.url_name in OPEN
            or _has_second_factor(request)
        ):
            return None
        tell(
            request,
            _(
                "Admins sign in with a code as well: please set it up now. It takes two minutes and a phone."
            ),
        )
        return see(SET_UP)


def _has_second_factor(request: HttpRequest) -> bool:
    return bool(
        Authenticator.objects.filter(
            user_id=request.user.pk, type=Authenticator.Type.TOTP
        ).exists()
    )
