"""The filters of the queue, as the address of the page holds them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from campaign.listings.paging import NEEDS_PERSON, Order, Wanted, day_start
from campaign.states import Status
from campaign.web.frame.names import STATUSES

PERSON = "person"
"""As a status: all in which nothing goes on until somebody decides."""
NAMES = ("q", "channel", "campaign", "language", "status", "from", "to", "order")


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One of a list; `value` is what the address says."""

    value: str
    name: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What was asked for, as it was typed, and what it means."""

    typed: dict[str, str]
    wanted: Wanted
    order: Order

    @property
    def query(self) -> str:
        """The filters as an address says them, without the empty ones."""
        return urlencode({name: value for name, value in self.typed.items() if value}) or "from="

    @property
    def without_days(self) -> str:
        """The same on all days."""
        kept = {name: value for name, value in self.typed.items() if value and name not in ("from", "to")}
        return urlencode(kept) or "from="

    def asks_for(self, **asked: str) -> bool:
        """Whether these are exactly the filters."""
        return {name: value for name, value in self.typed.items() if value} == asked

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether one of the filters is used that are folded away at first."""
        folded = {name: self.typed[name] for name in ("campaign", "language", "to") if self.typed[name]}
        is_today = self.typed["from"] in ("", now.astimezone(zone).date().isoformat())
        return bool(folded) or not is_today or self.order is Order.NEWEST


def read_filters(data: QueryDict, now: datetime, zone: ZoneInfo) -> QueueFilters:
    """The filters of an address; one that says nothing asks for what is due from today on."""
    typed = {name: str(data.get(name, "")).strip()[:200] for name in NAMES}
    if not any(name in data for name in NAMES):
        typed["from"] = now.astimezone(zone).date().isoformat()
    since, until = read_day(typed["from"]), read_day(typed["to"])
    wanted = Wanted(
        channel=typed["channel"],
        campaign=typed["campaign"],
        language=typed["language"],
        statuses=_statuses(typed["status"]),
        since=day_start(since, zone) if since else None,
        until=day_start(until, zone, days=1) if until else None,
        text=typed["q"],
    )
    return QueueFilters(typed, wanted, Order.NEWEST if typed["order"] == Order.NEWEST else Order.DUE)


def read_day(written: str) -> date | None:
    """A date as a form sends it; None for anything else."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def statuses(chosen: str) -> list[FilterChoice]:
    """The statuses to choose from."""
    person = FilterChoice(PERSON, _("Needs a person"), chosen == PERSON)
    return [person, *(FilterChoice(status, str(STATUSES[status][0]), chosen == status) for status in Status)]


def quick(filters: QueueFilters, now: datetime, zone: ZoneInfo) -> list[FilterChoice]:
    """The filters that people ask for most, as addresses."""
    today = now.astimezone(zone).date()
    day, week = today.isoformat(), (today + timedelta(days=6)).isoformat()
    return [
        FilterChoice(f"from={day}", _("From today on"), filters.asks_for(**{"from": day})),
        FilterChoice(f"from={day}&to={week}", _("Next 7 days"), filters.asks_for(**{"from": day, "to": week})),
        FilterChoice(f"status={PERSON}", _("Needs a person"), filters.asks_for(status=PERSON)),
        FilterChoice(f"status={Status.DRAFT}", _("Waiting for approval"), filters.asks_for(status=Status.DRAFT)),
        FilterChoice(f"status={Status.PUBLISHED}&order=newest", _("Published"), _is_published(filters)),
    ]


def _is_published(filters: QueueFilters) -> bool:
    return filters.asks_for(status=Status.PUBLISHED, order=Order.NEWEST)


def _statuses(written: str) -> frozenset[Status]:
    if written == PERSON:
        return NEEDS_PERSON
    return frozenset({Status(written)}) if written in set(Status) else frozenset()
