"""The form in which a post is given another time: what was typed, what is wrong with it, and what has to be asked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

from campaign.content.dates.when import BadWhen, parse_clock, to_utc
from campaign.core.problem import Problem
from campaign.decisions.rescheduling import Asked, chosen, reschedule
from campaign.decisions.time_rules import TimeRules, together
from campaign.models import Delivery
from campaign.web.calendar.shown import EARLIEST, LATEST

FIRST, SECOND = "first", "second"
LONGEST_REASON = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, and from where."""

    name: str
    ids: tuple[int, ...]
    before: dt.datetime
    due: dt.datetime


class MoveForm(forms.Form):
    """The form, as it is first shown or, with what was `typed`, as somebody sent it; what they left out stays as it is.

    `deliveries` are those that are moved, `fold` says which of two equal hours is meant, and `sure` is the time about which
    a person has already been asked. Each is read to the letter, and what is wrong is said of the form as a whole.
    """

    date = forms.Field(required=False)
    time = forms.Field(required=False)
    deliveries = forms.Field(required=False)
    fold = forms.Field(required=False)
    sure = forms.Field(required=False)
    reason = forms.Field(required=False)

    def __init__(
        self, delivery: Delivery, zone: ZoneInfo, typed: Mapping[str, str] | None = None
    ) -> None:
        self.delivery, self.zone = delivery, zone
        self.siblings = together(delivery)  #: with it, all of the post that stand at the same time
        self.one, self.all = (
            str(delivery.pk),
            " ".join(str(one.pk) for one in self.siblings),
        )  #: what can be chosen
        self.is_doubled = False
        self.questions: Sequence[str] = ()  #: about the moment `due` of what is cleaned
        local = delivery.due_at.astimezone(zone)
        now = {
            "date": f"{local:%Y-%m-%d}",
            "time": f"{local:%H:%M}",
            "deliveries": self.all,
            "reason": "",
        }
        super().__init__(None if typed is None else now | dict(typed), initial=now)

    def clean_date(self) -> dt.date | None:
        """A day that the calendar shows; None for anything else."""
        try:
            day = dt.date.fromisoformat(self.cleaned_data["date"])
        except ValueError:
            return None
        return day if EARLIEST <= day <= LATEST else None

    def clean_time(self) -> dt.time | None:
        """A time of day, of which seconds do not count; None for anything else."""
        return parse_clock(self.cleaned_data["time"][:5])

    def clean_deliveries(self) -> list[int]:
        """Their numbers; all that stand together when nothing is chosen."""
        written = self.cleaned_data["deliveries"] or self.all
        return [int(one) for one in written.split()[:1_000] if one.isdecimal() and len(one) < 19]

    def clean_reason(self) -> str:
        """As much of it as the log takes."""
        return str(self.cleaned_data["reason"]).strip()[:LONGEST_REASON]

    def clean(self) -> dict[str, Any]:
        """With the moment that date and time mean, `due`; it is wrong when they mean none, or two and nobody said which."""
        day, clock, fold = (self.cleaned_data[name] for name in ("date", "time", "fold"))
        if day is None or clock is None:
            raise forms.ValidationError(_("Choose a date and a time."))
        local = dt.datetime.combine(day, clock)
        try:
            self.is_doubled = to_utc(local, self.zone).doubled
        except BadWhen as problem:
            raise forms.ValidationError(str(problem)) from None
        if self.is_doubled and fold not in (FIRST, SECOND):
            raise forms.ValidationError(
                _(
                    "This time comes twice that night, because the clocks go back: choose which one you mean."
                )
            )
        due = local.replace(tzinfo=self.zone, fold=int(fold == SECOND)).astimezone(dt.UTC)
        return self.cleaned_data | {"due": due}


def decide(form: MoveForm, by: str, now: dt.datetime, rules: TimeRules) -> Moved | None:
    """Moves what the form says. None when something speaks against it: the form then says what."""
    if not form.is_valid():
        return None
    typed, due = form.cleaned_data, form.cleaned_data["due"]
    try:
        wanted = chosen(form.delivery, typed["deliveries"])
        before, sure = wanted[0].due_at, typed["sure"] == due.isoformat()
        # The form says what else stands there, so that to choose one alone is an answer already.
        reschedule(wanted, due, by, now, rules, answered=sure, alone=True, reason=typed["reason"])
    except Asked as asked:
        form.questions = asked.questions
        return None
    except Problem as problem:
        form.add_error(None, str(problem))
        return None
    return Moved(form.delivery.post.called, tuple(one.pk for one in wanted), before, due)
