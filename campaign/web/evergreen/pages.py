"""Posts that go out again and again: the sets, and the page of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.core.problem import Problem
from campaign.decisions.evergreen import sets
from campaign.decisions.evergreen.sets import SetAsked
from campaign.listings.writing import evergreen as listed
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen, Variant
from campaign.web.frame.access import Request, for_staff, see
from campaign.web.frame.fields import Day, Typed, Words
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, now, site_day

_NUMBER = gettext_lazy("Write a number of days.")


def _days(label: Words, hint: Words) -> forms.IntegerField:
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _NUMBER)
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=9_999, error_messages=messages
    )


class SetForm(forms.Form):
    """What a set is called, and its pace."""

    name = Typed(
        blank=gettext_lazy("Give the set a name."),
        label=gettext_lazy("Name of the set"),
        help_text=gettext_lazy("For you and your colleagues, such as “Where to find help”."),
    )
    every = _days(
        gettext_lazy("Days between two posts of the set"),
        gettext_lazy("On each account. 7: at most one a week."),
    )
    rest = _days(
        gettext_lazy("Days until the same words go out again"),
        gettext_lazy("At least 14: networks refuse what an account has said shortly before."),
    )
    until = Day()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.fields["until"].label = _("Last day")
        self.fields["until"].help_text = _("Left empty, it goes on until somebody stops it.")
        self.fields["until"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def asked(self) -> SetAsked:
        """What was typed."""
        return SetAsked(**self.cleaned_data)


@dataclass(frozen=True, slots=True)
class Text:
    """What a post of a set says on a channel."""

    channel: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class VariantLine:
    """A post of the set on the page."""

    variant: Variant
    times: int
    texts: list[Text]


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def show_sets(request: Request) -> HttpResponse:
    """The sets, and the form for a new one."""
    form = SetForm(initial={"every": 7, "rest": 28})
    if request.method == "POST":
        form = SetForm(request.POST)
        if form.is_valid():
            sent = str(request.POST.get("form", ""))
            try:
                made = sets.make(form.asked(), request.user, now(), site_day(), sent)
                tell(request, _("The set is there: now choose posts for it."))
                return see("evergreen", made.pk)
            except Problem as problem:
                form.add_error(None, str(problem))
    status = 422 if form.errors else 200
    values = {"form": form, "sets": listed.sets()}
    return render(request, "evergreen/sets.html", values, status=status)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def show_set(request: Request, evergreen: int) -> HttpResponse:
    """One set: its posts, what is laid out, its pace; and what is decided about them."""
    opened = get_object_or_404(Evergreen, pk=evergreen)
    if request.method == "POST":
        act = ACTS.get(str(request.POST.get("do", "")))
        try:
            if act:
                tell(request, act(request, opened))
        except Problem as problem:
            warn(request, problem)
        return see("evergreen", opened.pk)
    rows = [_line(row) for row in listed.variants(opened)]
    values = {
        "set": opened,
        "lines": rows,
        "ahead": [
            Text(channel_name(kept.channel, config()), kept) for kept in listed.ahead(opened)
        ],
        "fitting": listed.fitting(),
        "form": SetForm(initial=_initial(opened)),
    }
    return render(request, "evergreen/set.html", values)


def _line(row: listed.VariantRow) -> VariantLine:
    texts = [Text(channel_name(kept.channel, config()), kept) for kept in row.texts]
    return VariantLine(row.variant, row.times, texts)


def _initial(opened: Evergreen) -> dict[str, object]:
    return {name: getattr(opened, name) for name in ("name", "every", "rest", "until")}


def _add(request: Request, opened: Evergreen) -> str:
    post = get_object_or_404(Post, pk=_number(request, "post"))
    sets.add(opened, post, request.user, now())
    return _(
        "It belongs to the set. It goes out again once somebody else has said yes to that."
    )


def _allow(request: Request, opened: Evergreen) -> str:
    own = config().publishing.own_approval
    shown = set(request.POST.getlist("shown"))
    sets.allow(_variant(request, opened), request.user, now(), own=own, shown=shown)
    return _("It goes out again from now on. The next ones are laid out within ten minutes.")


def _take_out(request: Request, opened: Evergreen) -> str:
    sets.take_out(_variant(request, opened), request.user, now())
    return _("It was taken out of the set. What is in the queue already stays there.")


def _change(request: Request, opened: Evergreen) -> str:
    form = SetForm(request.POST)
    if not form.is_valid():
        raise Problem(str(next(iter(form.errors.values()))[0]))
    sets.change(opened, form.asked(), request.user, site_day())
    return _("The set is changed. What is in the queue already stays there.")


def _stop(request: Request, opened: Evergreen) -> str:
    sets.switch(opened, request.user, is_on=False)
    return _("The set is stopped. What is in the queue already stays there.")


def _go_on(request: Request, opened: Evergreen) -> str:
    sets.switch(opened, request.user, is_on=True)
    return _("The set goes on.")


Act = Callable[[Request, Evergreen], str]
ACTS: Mapping[str, Act] = {
    "add": _add,
    "allow": _allow,
    "take out": _take_out,
    "change": _change,
    "stop": _stop,
    "go on": _go_on,
}
"""What the buttons of a set's page do; each returns what is said afterwards."""


def _variant(request: Request, opened: Evergreen) -> Variant:
    variants = opened.variants.filter(left_at=None)
    return get_object_or_404(variants, pk=_number(request, "variant"))


def _number(request: Request, name: str) -> int:
    """The number that was sent; 0 for none."""
    sent = str(request.POST.get(name, ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0


urlpatterns = [
    path("evergreen/", show_sets, name="evergreens"),
    path("evergreen/<int:evergreen>/", show_set, name="evergreen"),
]
