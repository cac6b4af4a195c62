"""People and their roles, and invitations; for admins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from campaign.core.problem import Problem
from campaign.models.people import Invitation
from campaign.people import accounts
from campaign.people.invitations import invite, pending, revoke
from campaign.people.letters import can_send, send, tell_of_change, write_invitation
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_admins, role_of, see
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now
from campaign.web.people.adapter import password_url
from campaign.web.people.limited import is_pressed_again
from campaign.web.people.role_names import CHOICES, NAMES

A_PAGE = 50
_NO_CHOICE = ("required", "invalid_choice")


class _Step(Protocol):
    """Something that an admin does about a person; the sentence says what was done."""

    def __call__(self, person: User, request: Request) -> str: ...


class RoleForm(forms.Form):
    """A role for somebody who is here."""

    role = forms.ChoiceField(
        choices=NAMES.items(),
        error_messages=dict.fromkeys(_NO_CHOICE, gettext_lazy("Choose a role.")),
    )


class InviteForm(forms.Form):
    """Who is invited, and to what. What is an address the act knows."""

    email = forms.CharField(required=False)
    role = forms.ChoiceField(
        choices=NAMES.items(),
        error_messages=dict.fromkeys(
            _NO_CHOICE, gettext_lazy("Choose what they are invited to do.")
        ),
    )


class AddressForm(forms.Form):
    """Where letters to somebody go."""

    email = forms.CharField(required=False)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list."""

    user: User
    role: str  #: what it is called; "" for somebody without one
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation in the list."""

    invitation: Invitation
    role: Promise


@for_admins
@require_GET
def show_people(request: Request) -> HttpResponse:
    """The list, by name, and who is invited."""
    return _page(request, InviteForm())


@for_admins
@require_POST
def invite_somebody(request: Request) -> HttpResponse:
    """The letter is sent, or its link is shown once, to be handed over."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    if is_pressed_again(request):
        return see("people")
    try:
        invitation, key = invite(
            form.cleaned_data["email"], Role(form.cleaned_data["role"]), request.user, now()
        )
    except accounts.BadAddress as problem:
        form.add_error("email", str(problem))
        return _page(request, form, 422)
    except Problem as problem:
        warn(request, problem)
        return see("people")
    link = config().web.url + reverse("invitation", args=[key])
    if send(write_invitation(invitation, link)):
        tell(
            request,
            _("The invitation is on its way to %(email)s.") % {"email": invitation.email},
        )
    else:
        request.session["invitation_link"] = {
            "email": invitation.email,
            "link": link,
            "failed": can_send(),
        }
    return see("people")


@for_admins
@require_POST
def revoke_invitation(request: Request, invitation: int) -> HttpResponse:
    """Its link leads nowhere from now on."""
    try:
        revoke(get_object_or_404(Invitation, pk=invitation), request.user, now())
        tell(request, _("The invitation was cancelled."))
    except Problem as problem:
        warn(request, problem)
    return see("people")


@for_admins
@require_GET
def show_person(request: Request, person: int) -> HttpResponse:
    """One person, and what an admin can do about them."""
    user = get_object_or_404(User, pk=person)
    return _person(request, user, AddressForm(initial={"email": user.email}))


@for_admins
@require_POST
def change_email(request: Request, person: int) -> HttpResponse:
    """Where letters to them go."""
    user = get_object_or_404(User, pk=person)
    form = AddressForm(request.POST)
    before = user.email
    try:
        if form.is_valid():
            accounts.change_email(user, form.cleaned_data["email"], request.user, now())
    except accounts.BadAddress as problem:
        form.add_error("email", str(problem))
    if form.errors:
        return _person(request, user, form, 422)
    tell_of_change(user, "address", request.user, before)
    tell(request, _("Letters to %(name)s go to the new address.") % {"name": user.username})
    return see("person", person)


def _change_role(person: User, request: Request) -> str:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Problem(form.errors["role"][0])
    role = Role(form.cleaned_data["role"])
    accounts.change_role(person, role, request.user, now())
    tell_of_change(person, "role", request.user)
    return _("%(name)s has another role: %(role)s.") % {
        "name": person.username,
        "role": NAMES[role],
    }


def _deactivate(person: User, request: Request) -> str:
    accounts.deactivate(person, request.user, now())
    return _("%(name)s can no longer sign in. What they did stays.") % {"name": person.username}


def _activate(person: User, request: Request) -> str:
    accounts.activate(person, request.user, now())
    return _("%(name)s can sign in again.") % {"name": person.username}


def _sign_out(person: User, request: Request) -> str:
    keep = request.session.session_key or "" if person.pk == request.user.pk else ""
    accounts.sign_out_everywhere(person, request.user, now(), keep)
    return _("%(name)s was signed out everywhere.") % {"name": person.username}


def _reset_second_factor(person: User, request: Request) -> str:
    accounts.reset_second_factor(person, request.user, now())
    tell_of_change(person, "second factor", request.user)
    return _("The second factor of %(name)s was taken away.") % {"name": person.username}


def _password_link(person: User, request: Request) -> str:
    key = accounts.password_link(person, request.user, now())
    request.session["password_link"] = {"person": person.pk, "link": password_url(key)}
    tell_of_change(person, "password link", request.user)
    return _("A link for a new password was made. It is shown below, this once.")


def _step(step: _Step) -> Callable[..., HttpResponse]:
    """The view of a step: it is done, or the page says why not."""

    @for_admins
    @require_POST
    def view(request: Request, person: int) -> HttpResponse:
        try:
            tell(request, step(get_object_or_404(User, pk=person), request))
        except Problem as problem:
            warn(request, problem)
        return see("person", person)

    return view


def _page(request: Request, form: InviteForm, status: int = 200) -> HttpResponse:
    after = request.GET.get("after", "")
    users = list(_everybody().filter(username__gt=after)[: A_PAGE + 1])
    values = {
        "rows": [_row(user) for user in users[:A_PAGE]],
        "after": users[A_PAGE - 1].username if len(users) > A_PAGE else "",
        "is_first": "after" not in request.GET,
        "invitations": [
            Pending(invitation, NAMES[Role(invitation.role)])
            for invitation in pending(now())
            .select_related("by")
            .order_by("-at", "-pk")[:A_PAGE]
        ],
        "choices": CHOICES,
        "form": form,
        "can_send": can_send(),
        "fresh": request.session.pop("invitation_link", None),
    }
    return render(request, "people/people.html", values, status=status)


def _person(
    request: Request, person: User, form: AddressForm, status: int = 200
) -> HttpResponse:
    role = role_of(person) or next(
        (role for role in Role if person.groups.filter(name=role.value).exists()), None
    )
    link = request.session.pop("password_link", None)
    values = {
        "person": person,
        "person_role": role,
        "role_name": NAMES[role] if role else "",
        "is_me": person.pk == request.user.pk,
        "has_second_factor": accounts.has_second_factor(person),
        "choices": CHOICES,
        "form": form,
        "can_send": can_send(),
        "link": link["link"] if link and link["person"] == person.pk else "",
    }
    return render(request, "people/person.html", values, status=status)


def _everybody() -> QuerySet[User]:
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return (
        User.objects.annotate(has_second_factor=Exists(totp))
        .prefetch_related("groups")
        .order_by("username")
    )


def _row(user: User) -> PersonRow:
    names = {group.name for group in user.groups.all()}
    role = next((NAMES[role] for role in reversed(Role) if role.value in names), "")
    has_second_factor = bool(getattr(user, "has_second_factor", False))
    return PersonRow(user, str(role), has_second_factor)


urlpatterns = [
    path("people/", show_people, name="people"),
    path("people/invite/", invite_somebody, name="invite"),
    path(
        "people/invitations/<int:invitation>/revoke/",
        revoke_invitation,
        name="revoke_invitation",
    ),
    path("people/<int:person>/", show_person, name="person"),
    path("people/<int:person>/email/", change_email, name="person_email"),
    path("people/<int:person>/role/", _step(_change_role), name="person_role"),
    path("people/<int:person>/deactivate/", _step(_deactivate), name="person_deactivate"),
    path("people/<int:person>/activate/", _step(_activate), name="person_activate"),
    path("people/<int:person>/sign-out/", _step(_sign_out), name="person_sign_out"),
    path(
        "people/<int:person>/second-factor/",
        _step(_reset_second_factor),
        name="person_second_factor",
    ),
    path(
        "people/<int:person>/password-link/", _step(_password_link), name="person_password_link"
    ),
]
