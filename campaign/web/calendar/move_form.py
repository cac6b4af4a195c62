"""The form in which a post is given another time: what was typed, what is wrong with it, and what has to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from campaign.content.dates.when import BadWhen, parse_clock, to_utc
from campaign.core.problem import Problem
from campaign.decisions.rescheduling import Asked, TimeRules, chosen, reschedule, together
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
    before: datetime
    due: datetime


@dataclass(slots=True)
class MoveForm:
    """The form. `deliveries` are those that are moved, `fold` says which of two equal hours is meant, and `sure` is the
    time about which a person has already been asked."""

    delivery: Delivery
    siblings: Sequence[Delivery]  #: with it, all of the post that stand at the same time
    date: str
    time: str
    deliveries: str
    fold: str = ""
    sure: str = ""
    reason: str = ""
    errors: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    is_doubled: bool = False
    asked_for: str = ""  #: the time that the questions are about

    @property
    def name(self) -> str:
        """How people name the post."""
        return self.delivery.post.called

    @property
    def all(self) -> str:
        """The choice of all that stand together."""
        return " ".join(str(one.pk) for one in self.siblings)

    @property
    def one(self) -> str:
        """The choice of this one alone."""
        return str(self.delivery.pk)


def opened(delivery: Delivery, zone: ZoneInfo) -> MoveForm:
    """The form as it is first shown: with the time that the post has now."""
    local = delivery.due_at.astimezone(zone)
    siblings = together(delivery)
    everything = " ".join(str(one.pk) for one in siblings)
    return MoveForm(delivery, siblings, f"{local:%Y-%m-%d}", f"{local:%H:%M}", everything)


def sent(delivery: Delivery, typed: Mapping[str, str], zone: ZoneInfo) -> MoveForm:
    """The form as somebody sent it; what they left out stays as it is."""
    form = opened(delivery, zone)
    form.date, form.time = typed.get("date", form.date), typed.get("time", form.time)
    form.deliveries = typed.get("deliveries") or form.deliveries
    form.fold, form.sure = typed.get("fold", ""), typed.get("sure", "")
    form.reason = typed.get("reason", "").strip()[:LONGEST_REASON]
    return form


def decide(form: MoveForm, by: str, now: datetime, rules: TimeRules) -> Moved | None:
    """Moves what the form says. None when something speaks against it: the form then says what."""
    due = _due(form, rules.config.site.timezone)
    if due is None:
        return None
    try:
        wanted = chosen(form.delivery, _ids(form.deliveries))
        before, sure = wanted[0].due_at, form.sure == due.isoformat()
        # The form says what else stands there, so that to choose one alone is an answer already.
        reschedule(wanted, due, by, now, rules, answered=sure, alone=True, reason=form.reason)
    except Asked as asked:
        form.questions += asked.questions
        form.asked_for = due.isoformat()
        return None
    except Problem as problem:
        form.errors.append(str(problem))
        return None
    return Moved(form.name, tuple(one.pk for one in wanted), before, due)


def _ids(written: str) -> list[int]:
    return [int(one) for one in written.split()[:1_000] if one.isdecimal() and len(one) < 19]


def _due(form: MoveForm, zone: ZoneInfo) -> datetime | None:
    """The moment that date and time mean; None when they mean none, or two and nobody said which."""
    day, clock = _date(form.date), parse_clock(form.time[:5])
    if day is None or clock is None:
        form.errors.append(_("Choose a date and a time."))
        return None
    local = datetime.combine(day, clock)
    try:
        instant = to_utc(local, zone)
    except BadWhen as problem:
        form.errors.append(str(problem))
        return None
    if not instant.doubled:
        return instant.utc
    form.is_doubled = True
    if form.fold not in (FIRST, SECOND):
        form.errors.append(
            _("This time comes twice that night, because the clocks go back: choose which one you mean.")
        )
        return None
    return instant.utc if form.fold == FIRST else local.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _date(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
