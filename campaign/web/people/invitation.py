"""The page that an invitation opens: who invites, to what; and a name, a password and a language to choose."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.core.problem import Problem
from campaign.people.accounts import BadPassword, check_password
from campaign.people.invitations import BadName, accept, open_invitation
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.languages import remember
from campaign.web.frame.notices import tell
from campaign.web.frame.site import now
from campaign.web.people.role_names import MAY, NAMES

REQUIRED = gettext_lazy("Please fill this in.")
LONGEST_PASSWORD = 4096  #: characters; nobody types more, and to hash more would only cost time


class AcceptForm(forms.Form):
    """What somebody chooses who was invited."""

    name = forms.CharField(max_length=150, error_messages={"required": REQUIRED})
    password = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, error_messages={"required": REQUIRED}
    )
    again = forms.CharField(
        max_length=LONGEST_PASSWORD, strip=False, error_messages={"required": REQUIRED}
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    def clean_password(self) -> str:
        """Looked at here already, so that everything that is wrong is said at once."""
        password = str(self.cleaned_data["password"])
        try:
            check_password(password, User(username=self.cleaned_data.get("name", "")))
        except BadPassword as problem:
            raise forms.ValidationError(str(problem)) from None
        return password

    def clean_again(self) -> str:
        """Typed twice, since it cannot be seen."""
        again = str(self.cleaned_data["again"])
        if self.cleaned_data.get("password", again) != again:
            raise forms.ValidationError(_("The two passwords are not the same. Type it again."))
        return again


@for_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_invitation(request: Request, key: str) -> HttpResponse:
    """Shows it, or makes the account."""
    try:
        invitation = open_invitation(key, now())
    except Problem as problem:
        return render(
            request, "people/invitation_over.html", {"problem": str(problem)}, status=410
        )
    form = AcceptForm(request.POST or None, initial={"language": get_language()})
    if request.user.is_authenticated:
        form = AcceptForm()
    elif form.is_valid() and (user := _accept(form, key)):
        tell(
            request,
            _(
                "Welcome! Your account is ready: sign in with the name and the password you chose."
            ),
        )
        return remember(see("account_login"), user.profile.language)
    values = {
        "invitation": invitation,
        "role_name": NAMES[Role(invitation.role)],
        "role_may": MAY[Role(invitation.role)],
        "form": form,
        "languages": settings.LANGUAGES,
    }
    return render(request, "people/invitation.html", values)


def _accept(form: AcceptForm, key: str) -> User | None:
    chosen = form.cleaned_data
    try:
        return accept(key, chosen["name"], chosen["password"], chosen["language"], now())
    except BadName as problem:
        form.add_error("name", str(problem))
    except BadPassword as problem:
        form.add_error("password", str(problem))
    except Problem as problem:
        form.add_error(None, str(problem))
    return None


urlpatterns = [path("invitations/<str:key>/", show_invitation, name="invitation")]
