"""The form in which a post is given another time: what was typed, what is wrong with it, and what has to be asked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

from campaign.content.dates.when import BadWhen, parse_clock, to_utc
from campaign.core.problem import Asked, Problem
from campaign.decisions.rescheduling import chosen, reschedule
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
        #: with it, all of the post that stand at the same time
        self.siblings = together(delivery)
        #: this and `all_numbers` can be chosen as `deliveries`
        self.own_number = str(delivery.pk)
        self.all_numbers = " ".join(str(sibling.pk) for sibling in self.siblings)
        self.is_doubled = False
        self.questions: Sequence[str] = ()  #: about the moment `due` of what is cleaned
        local = delivery.due_at.astimezone(zone)
        now = {
            "date": f"{local:%Y-%m-%d}",
            "time": f"{local:%H:%M}",
            "deliveries": self.all_numbers,
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
        """A time of day, to the minute; None for anything else."""
        return parse_clock(self.cleaned_data["time"][:5])

    def clean_deliveries(self) -> list[int]:
        """The numbers of the deliveries; all that stand together when nothing is chosen."""
        written = self.cleaned_data["deliveries"] or self.all_numbers
        words = written.split()[:1_000]
        # The database knows no number of more digits.
        return [int(word) for word in words if word.isdecimal() and len(word) < 19]

    def clean_reason(self) -> str:
        """As much of the reason as the log takes."""
        return str(self.cleaned_data["reason"]).strip()[:LONGEST_REASON]

    def clean(self) -> dict[str, Any]:
        """Adds `due`, the moment of date and time (aware, UTC); invalid when there is none, or two and nobody said which."""
        day = self.cleaned_data["date"]
        clock = self.cleaned_data["time"]
        fold = self.cleaned_data["fold"]
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
        in_zone = local.replace(tzinfo=self.zone, fold=int(fold == SECOND))
        return self.cleaned_data | {"due": in_zone.astimezone(dt.UTC)}


def decide(form: MoveForm, by: str, now: dt.datetime, rules: TimeRules) -> Moved | None:
    """Moves the deliveries that are chosen. None when that cannot be: the form then has the errors or the questions."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    due = typed["due"]
    try:
        wanted = chosen(form.delivery, typed["deliveries"])
        before = wanted[0].due_at
        sure = typed["sure"] == due.isoformat()
        # The form says what else stands there, so that to choose one alone is an answer already.
        reschedule(
            wanted, due, by, now, rules, answered=sure, alone=True, reason=typed["reason"]
        )
    except Asked as asked:
        form.questions = asked.questions
        return None
    except Problem as problem:
        form.add_error(None, str(problem))
        return None
    ids = tuple(delivery.pk for delivery in wanted)
    return Moved(form.delivery.post.called, ids, before, due)
