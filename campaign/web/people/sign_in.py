"""Signing in and out, passwords and the second factor: the few pages of django-allauth that are open here.

Everything else of it has no address, so nobody can sign up or add an e-mail address.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.totp import views as totp
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, re_path

from campaign.people import limits
from campaign.people.accounts import note_second_factor
from campaign.people.letters import can_send
from campaign.web.frame.access import Request, for_everyone, for_members, see
from campaign.web.frame.site import now
from campaign.web.people import invitation
from campaign.web.people.codes import SetUp
from campaign.web.people.limited import limited, member


def _ours(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In django-allauth's pages `site` is a host's name; in ours it is the organization."""

    @wraps(view)
    def shown(request: HttpRequest, **parts: str) -> HttpResponse:
        answer = view(request, **parts)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            answer.context_data.pop("site", None)
        return answer

    return shown


_FORGOTTEN = limited(limits.FORGOTTEN)(_ours(account.password_reset))


@for_everyone
def forgotten(request: HttpRequest) -> HttpResponse:
    """A link for a new password comes by e-mail; where none can be sent, an admin makes one."""
    if not can_send():
        return render(request, "account/ask_an_admin.html")
    return _FORGOTTEN(request)


@for_members
def first_password(request: Request) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """django-allauth leads here whoever is signed in without ever having had a password."""
    return see("account_reset_password")


@for_members
def second_factor(request: Request) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Leads to the page of one's account, which shows the second factor."""
    return see("account")


@receiver((authenticator_added, authenticator_removed, authenticator_reset))
def keep_in_the_log(
    signal: object, user: User, authenticator: Authenticator, **_: object
) -> None:
    """A second factor that comes or goes; its recovery codes come and go with it."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_second_factor(user, is_on=signal is authenticator_added, now=now())


_AGAIN = limited(limits.ASK_AGAIN, member)

urlpatterns = [
    path("sign-in/", limited(limits.SIGN_IN)(_ours(account.login)), name="account_login"),
    path("sign-in/out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", _AGAIN(account.reauthenticate), name="account_reauthenticate"),
    path(
        "sign-in/password/",
        limited(limits.CHANGE_PASSWORD, member)(account.password_change),
        name="account_change_password",
    ),
    path("sign-in/password/first/", first_password, name="account_set_password"),
    path("sign-in/forgotten/", forgotten, name="account_reset_password"),
    path(
        "sign-in/forgotten/sent/",
        _ours(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "sign-in/new-password/done/",
        _ours(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        limited(limits.NEW_PASSWORD)(_ours(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path("sign-in/code/", _ours(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/code/again/", _AGAIN(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/second-factor/", second_factor, name="mfa_index"),
    path(
        "sign-in/second-factor/set-up/",
        for_members(SetUp.as_view()),
        name="mfa_activate_totp",
    ),
    path("sign-in/second-factor/turn-off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "sign-in/second-factor/codes/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "sign-in/second-factor/codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "sign-in/second-factor/codes/file/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    *invitation.urlpatterns,
]
