"""The filters of a list, as the address of its page holds them: a form that corrects nobody. Those of the queue; the log has
its own.

What cannot be read asks for nothing, since an address is followed, shortened and pasted rather than typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaign.core.clock import local_day
from campaign.listings.paging import NEEDS_PERSON, Order, Wanted, day_start
from campaign.states import Status
from campaign.web.frame.fields import Day
from campaign.web.frame.names import STATUSES

PERSON = "person"
"""As a status: all in which nothing goes on until somebody decides."""
LONGEST = 200
"""Characters that are looked for; the rest of a word is left out."""


class Word(forms.CharField):
    """A word to look for."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> str:
        """The first LONGEST characters, without blanks around them."""
        return str(super().to_python(value))[:LONGEST].strip()


class Number(Word):
    """The number of a row; "" for what is none, or too large for a database."""

    def to_python(self, value: object) -> str:
        """The digits, as text: the number 0 would be the same as none."""
        written = super().to_python(value)
        return written if written.isdecimal() and len(written) < 19 else ""


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A choice of a filter; `value` is what the address says."""

    value: str
    name: str
    is_chosen: bool = False


class ListFilters(forms.Form):
    """What every list can be asked for: words, a channel, a campaign, and the days from and to (both are in it)."""

    q, channel, campaign = Word(), Word(), Word()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields |= {"from": Day(), "to": Day()}  # "from" is a word of Python
        self.full_clean()

    @cached_property
    def typed(self) -> dict[str, str]:
        """What each filter asks for, as an address says it; "" for nothing."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}

    @property
    def asked(self) -> dict[str, str]:
        """The same without the empty ones."""
        return {name: value for name, value in self.typed.items() if value}

    @property
    def query(self) -> str:
        """What is asked for, as an address says it."""
        return urlencode(self.asked)

    def since(self, zone: ZoneInfo) -> datetime | None:
        """The first moment that is asked for, aware, or None."""
        day = self.cleaned_data.get("from")
        return day_start(day, zone) if day else None

    def until(self, zone: ZoneInfo) -> datetime | None:
        """The first moment after those that are asked for, aware, or None."""
        day = self.cleaned_data.get("to")
        return day_start(day, zone, days=1) if day else None


class QueueFilters(ListFilters):
    """What the queue is asked for. One that says nothing asks for what is due from today on."""

    language, status, order = Word(), Word(), Word()

    def __init__(self, data: QueryDict, now: datetime, zone: ZoneInfo) -> None:
        self.zone, self.today = zone, local_day(now, zone)
        if not data.keys() & {*self.base_fields, "from", "to"}:
            data = QueryDict(f"from={self.today}")
        super().__init__(data)

    @property
    def sorted_by(self) -> Order:
        """Soonest first, unless the address says otherwise."""
        return Order.NEWEST if self.typed["order"] == Order.NEWEST else Order.DUE

    @property
    def wanted(self) -> Wanted:
        """The filters as the listing takes them."""
        typed = self.typed
        return Wanted(
            channel=typed["channel"],
            campaign=typed["campaign"],
            language=typed["language"],
            statuses=_statuses(typed["status"]),
            since=self.since(self.zone),
            until=self.until(self.zone),
            text=typed["q"],
        )

    @property
    def query(self) -> str:
        """What is asked for, as an address says it."""
        return super().query or "from="  # one that says nothing would ask for today

    @property
    def without_days(self) -> str:
        """The same on all days, as an address says it."""
        asked = {
            name: value for name, value in self.asked.items() if name not in ("from", "to")
        }
        return urlencode(asked) or "from="

    def asks_for(self, **asked: str) -> bool:
        """Whether these are exactly the filters."""
        return self.asked == asked

    @property
    def is_open(self) -> bool:
        """Whether one of the filters is used that are folded away at first."""
        has_folded = any(self.typed[name] for name in ("campaign", "language", "to"))
        has_own_start = self.typed["from"] not in ("", str(self.today))
        return has_folded or has_own_start or self.sorted_by is Order.NEWEST


def statuses(chosen: str) -> list[FilterChoice]:
    """The statuses to choose from, with the one that is chosen."""
    choices = [FilterChoice(PERSON, _("Needs a person"), chosen == PERSON)]
    for status in Status:
        name = str(STATUSES[status][0])
        choices.append(FilterChoice(status, name, chosen == status))
    return choices


def quick(filters: QueueFilters) -> list[FilterChoice]:
    """The filters that people ask for most, as addresses."""
    day, week = str(filters.today), str(filters.today + timedelta(days=6))
    offered: list[tuple[str, dict[str, str]]] = [
        (_("From today on"), {"from": day}),
        (_("Next 7 days"), {"from": day, "to": week}),
        (_("Needs a person"), {"status": PERSON}),
        (_("Waiting for approval"), {"status": Status.DRAFT}),
        (_("Published"), {"status": Status.PUBLISHED, "order": Order.NEWEST}),
    ]
    return [
        FilterChoice(urlencode(asked), name, filters.asks_for(**asked))
        for name, asked in offered
    ]


def _statuses(written: str) -> frozenset[Status]:
    """The statuses that a filter asks for; empty for all, also where it cannot be read."""
    if written == PERSON:
        return NEEDS_PERSON
    return frozenset({Status(written)}) if written in set(Status) else frozenset()
