"""One's own account: role, language, password, second factor, sessions, and the address of one's calendar."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from campaign.models.people import Profile
from campaign.people.accounts import sign_out_everywhere
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_members, see
from campaign.web.frame.notices import tell
from campaign.web.frame.site import config, now
from campaign.web.people.role_names import MAY, NAMES


@for_members
@require_GET
def show_account(request: Request) -> HttpResponse:
    """Everything about oneself, on one page."""
    role = request.role or Role.VOLUNTEER
    authenticators = Authenticator.objects.filter(user=request.user)
    factors = {authenticator.type: authenticator for authenticator in authenticators}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    values = {
        "role_name": NAMES[role],
        "role_may": MAY[role],
        "profile": Profile.objects.filter(user=request.user).first(),
        "languages": settings.LANGUAGES,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "has_second_factor": Authenticator.Type.TOTP in factors,
        "is_asked_for": config().web.second_factor_for_admins,
        "feed_link": _feed_link(request),
    }
    return render(request, "people/account.html", values)


@for_members
@require_POST
def sign_out_elsewhere(request: Request) -> HttpResponse:
    """Ends one's other sessions."""
    ended = sign_out_everywhere(
        request.user, request.user, now(), keep=request.session.session_key or ""
    )
    if ended:
        said = ngettext(
            "%(count)d other session was ended.", "%(count)d other sessions were ended.", ended
        )
        tell(request, said % {"count": ended})
    else:
        tell(request, _("You were signed in nowhere else."))
    return see("account")


def _feed_link(request: Request) -> str:
    """The calendar's whole address, once, just after it was made."""
    key = request.session.pop("feed_key", None)
    try:
        return config().web.url + reverse("feed", args=[key]) if key else ""
    except NoReverseMatch:
        return ""


urlpatterns = [
    path("account/", show_account, name="account"),
    path("account/sign-out-elsewhere/", sign_out_elsewhere, name="sign_out_elsewhere"),
]
