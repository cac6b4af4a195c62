"""The forms and the page with the codes of a second factor, as django-allauth has them, with our limits and our rule: a
code counts once."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from campaign.people import codes, limits
from campaign.web.frame.site import now
from campaign.web.people.limited import source
from campaign.web.people.sentences import TOO_OFTEN, WRONG_CODE


class OnceCode(BaseAuthenticateForm):  # type: ignore[misc]
    """Counts the tries of a person, and takes a code once."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError."""
        tries = _tries(context.request, self.user.pk)
        if not limits.count_all(now(), *tries):
            raise ValidationError(TOO_OFTEN)
        code = str(super().clean_code())
        # A recovery code is crossed out by django-allauth, in a transaction that locks its row.
        is_recovery = self.authenticator.type != Authenticator.Type.TOTP
        if not is_recovery and not codes.take(self.user.pk, code):
            raise ValidationError(WRONG_CODE)
        limits.take_back(now(), *tries)
        return code


class EnterCode(OnceCode, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class EnterCodeAgain(OnceCode, ReauthenticateForm):  # type: ignore[misc]
    """The code before something that matters."""


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    """Setting it up. The code that is typed for it opens nothing afterwards, and stands for a sign-in with a code: the
    recovery codes are shown next."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 - allauth's
        """Called once the code was right."""
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        codes.take(user.pk, form.cleaned_data["code"])
        record_authentication(self.request, user, "mfa", type=Authenticator.Type.TOTP.value)
        return answer


def _tries(request: HttpRequest, person: int) -> tuple[tuple[limits.Limit, str], ...]:
    return (
        (limits.WRONG_CODE, f"{person}\n{source(request)}"),
        (limits.WRONG_CODES, str(person)),
    )
