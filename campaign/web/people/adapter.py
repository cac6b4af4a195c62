"""How django-allauth is used here: nobody signs up, letters are ours, and so are the sentences."""

import base64
import hashlib
from typing import Any, cast

from allauth.account import app_settings as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.core.mail import EmailMessage
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from campaign import demonstration
from campaign.core.clock import system_clock
from campaign.core.problem import Problem
from campaign.people import limits
from campaign.people.accounts import has_second_factor, set_password
from campaign.people.letters import can_send, language_of, send_later
from campaign.web.frame.site import config, now
from campaign.web.people.limited import block, source
from campaign.web.people.sentences import TOO_OFTEN, WRONG, WRONG_CODE


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _(
            "This link has been used, or is too old. Ask for a new one."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """Never."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """After the sign-in one goes to a page of ours, named without a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app: str, **more: object) -> bool:
        """Not so soon after the sign-in; later, the password is asked for again before something that matters. The people
        of the demonstration have none."""
        if demonstration.key() or not super().is_reauthentication_required(app=app, **more):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        if app == "allauth.mfa" and has_second_factor(request.user):
            # Who has the password alone neither sees the second factor nor turns it off.
            records = [record for record in records if record["method"] == "mfa"]
        last = max((float(record["at"]) for record in records), default=0.0)
        # The machine's clock, since allauth writes the records by it.
        age = system_clock().timestamp() - last
        return bool(age >= account.REAUTHENTICATION_TIMEOUT)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, object]]:
        """Who has a second factor is asked for that, and the password does not stand for it."""
        ways: list[dict[str, object]] = super().get_reauthentication_methods(user)
        by_code = [way for way in ways if way["id"] == "mfa_reauthenticate"]
        return by_code or ways

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's
        """Counts a try beforehand, as wrong; raises ValidationError when there were too many. In place of allauth's own
        limits, which are each process's."""
        name = str(credentials.get("email") or credentials.get("username") or "")
        if not limits.count_all(now(), *_wrong_tries(request, name)):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(
        self,
        request: HttpRequest,
        **credentials: Any,  # noqa: ANN401 - allauth's
    ) -> AbstractBaseUser | None:
        """A right password takes back its own count, and no other: who knows one cannot go on guessing another."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            name = str(credentials.get("email") or credentials.get("username") or "")
            limits.take_back(now(), *_wrong_tries(request, name))
            limits.count(limits.KNOWN_SOURCE, f"{user.pk}\n{source(request)}", now())
        return user

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """As from everywhere else, so that the log knows. This browser's session stays as far as Django lets it."""
        request = context.request
        keep = request.session.session_key or ""
        try:
            set_password(cast(User, user), password, user.get_username(), now(), keep)
        except Problem:
            # The page of a link that is used says so itself.
            raise ImmediateHttpResponse(HttpResponseRedirect(request.path)) from None

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's
        """Back to one's own page."""
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address of config.toml, whatever the request says our name is."""
        return password_url(key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the reader's language. Nothing is said here of where a request came from: an address tells little, and
        is kept nowhere else."""
        if not can_send() or not _may_get(template_prefix, email):
            return
        person = context.get("user") or User.objects.filter(email=email).first()
        values = {
            **context,
            "user": person,
            "site_name": config().site.name,
            "address": config().web.url,
        }
        language = language_of(person) if person else translation.get_language() or "en"
        with translation.override(language):
            send_later(self.render_mail(template_prefix, email, values))

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Plain text alone."""
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return EmailMessage(
            message.subject, message.body, message.from_email, message.to, headers=headers
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What the codes are made from lies in the database under lock: a copy of the database alone makes no code."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The name, since a phone is seen by others too."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """Locks a secret with the site's own."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opens it again; with another secret than it was locked with, no code is right any more, and an admin has to
        reset the second factor."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


def _may_get(letter: str, email: str) -> bool:
    """A stranger may ask for a letter with a link for somebody else, and not without end."""
    is_asked_by_anybody = letter == "account/email/password_reset_key"
    return not is_asked_by_anybody or limits.count(
        limits.PASSWORD_LETTER, limits.recipient(email), now()
    )


def password_url(key: str) -> str:
    """The whole web address at which a new password is chosen."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return config().web.url + path.replace("UID-KEY", key)


def _wrong_tries(request: HttpRequest, name: str) -> tuple[tuple[limits.Limit, str], ...]:
    """Under which limits a wrong password counts. A person is one, by whatever they sign in with, and so is a name that
    nobody has."""
    has_it = Q(username__iexact=name) | Q(email__iexact=name)
    person = User.objects.filter(has_it).order_by("pk").values_list("pk", flat=True).first()
    who = name.strip().casefold() if person is None else str(person)
    here = f"{who}\n{source(request)}"
    of_source = (limits.WRONG_PASSWORDS, source(request)), (limits.WRONG_PASSWORD, here)
    # A neighbour in the same block must not keep out who signed in from here lately.
    if limits.is_reached(limits.KNOWN_SOURCE, here, now()):
        return of_source
    return (limits.WRONG_FROM_BLOCK, block(request)), *of_source


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor:" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
