"""The publish log: attempts and every other change as one list in the order of time. The command line and the web share it."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import TypeVar

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from campaign.consent.rule import is_of_a_person
from campaign.listings.paging import (
    PAGE,
    Page,
    RowPlace,
    Wanted,
    beyond,
    deliveries,
    page_with,
    read_place,
)
from campaign.listings.search import FEW, Searched, SearchFound, find
from campaign.models import Attempt, Delivery, Event, Post
from campaign.states import NOT_WELL, Status

UNSAFE_IN_A_CELL = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins like this for a formula."""
TROUBLES = (Status.FAILED, Status.UNCONFIRMED, Status.MISSED, Status.WITHDRAWN, Status.DRAFT)
"""What a delivery comes to when something went wrong with it."""
BYTE_ORDER_MARK = "\ufeff"
"""A spreadsheet reads a file that begins with it as UTF-8, and so its accents."""
ATTEMPT = "attempt"
BY_ITSELF = "scheduler"
"""Who made an attempt."""
DELIVERY = ("id", "post", "campaign", "kind", "channel", "network", "language", "due_at")
FIELDS = (
    *DELIVERY,
    *("at", "finished_at", "what", "by", "status", "outcome"),
    *("text", "attempts", "remote_id", "url", "error", "reason"),
)
"""The columns of a row, in their order."""
AT = {Attempt: "started_at", Event: "at"}
RANK = {Attempt: 0, Event: 1}
"""Which comes first of what happened at the same moment."""
_LAST = 2**62
_BATCH = 2_000

Logged = TypeVar("Logged", Attempt, Event)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are sought; what is left empty wants all. Times are aware; `until` is not part of it."""

    channel: str = ""
    campaign: str = ""
    post: int = 0  #: its number
    delivery: int = 0  #: its number
    what: str = ""  #: "attempt", or what an event says was done
    who: str = ""
    outcome: str = ""  #: of an attempt
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: an attempt, or an event."""

    of: Attempt | Event

    @property
    def place(self) -> RowPlace:
        """Where it stands in the log."""
        return RowPlace(self.at, self.of.pk, RANK[type(self.of)])

    @property
    def is_attempt(self) -> bool:
        """Whether something was handed to a network."""
        return isinstance(self.of, Attempt)

    @property
    def delivery(self) -> Delivery | None:
        """The delivery it is about, if it is about one."""
        return self.of.delivery

    @property
    def post(self) -> Post | None:
        """The post it is about, if it is about one."""
        return (
            self.of.delivery.post
            if self.of.delivery
            else self.of.post
            if isinstance(self.of, Event)
            else None
        )

    @property
    def at(self) -> datetime:
        """When it happened, or began."""
        return self.of.started_at if isinstance(self.of, Attempt) else self.of.at

    @property
    def by(self) -> str:
        """Who did it."""
        return BY_ITSELF if isinstance(self.of, Attempt) else self.of.actor

    @property
    def what(self) -> str:
        """What was done."""
        return ATTEMPT if isinstance(self.of, Attempt) else self.of.action

    @property
    def status(self) -> str:
        """How the delivery stood afterwards."""
        return self.of.status if isinstance(self.of, Attempt) else self.of.to_status

    @property
    def number(self) -> int:
        """Which attempt at its delivery it is; 0 for an event."""
        return self.of.number if isinstance(self.of, Attempt) else 0

    @property
    def outcome(self) -> str:
        """What came of an attempt."""
        return self.of.outcome if isinstance(self.of, Attempt) else ""

    @property
    def reason(self) -> str:
        """What the network said, or why somebody did it."""
        return self.of.detail if isinstance(self.of, Attempt) else self.of.reason

    @property
    def url(self) -> str:
        """Where the post stands, if this entry is what put it there."""
        if isinstance(self.of, Attempt):
            return self.of.url
        return (
            self.of.delivery.url
            if self.of.delivery and self.of.action.startswith("resolved")
            else ""
        )


def page(sought: Sought, *, after: str = "", before: str = "", size: int = PAGE) -> Page[LogEntry]:
    """A page of the log, newest first: the one after a place, or the one before it."""
    place = read_place(before or after)
    backwards = bool(before) and place is not None
    texts = find(Searched.DELIVERIES, sought.text) if sought.text else None
    tried = _slice(
        attempts(sought, texts).order_by("-started_at", "-id"), Attempt, place, backwards, size
    )
    changed = _slice(events(sought, texts).order_by("-at", "-id"), Event, place, backwards, size)
    found = sorted([*tried, *changed], key=lambda entry: _key(entry.place), reverse=not backwards)
    return page_with(found, lambda entry: entry.place, place, backwards=backwards, size=size)


def entries(sought: Sought) -> Iterator[LogEntry]:
    """All of it in the order of time, read bit by bit."""
    tried = attempts(sought).order_by("started_at", "id").iterator(_BATCH)
    changed = events(sought).order_by("at", "id").iterator(_BATCH)
    return merge(map(LogEntry, tried), map(LogEntry, changed), key=lambda entry: _key(entry.place))


def attempts(sought: Sought, texts: SearchFound | None = None) -> QuerySet[Attempt]:
    """The sought entries that are attempts. `texts` is what the search for the text has found, if that is known."""
    found = Attempt.objects.select_related("delivery__post")
    if sought.what not in ("", ATTEMPT) or sought.who not in ("", BY_ITSELF):
        return found.none()
    if sought.outcome in NOT_WELL:
        # Written as the index for it is; a database does not see through placeholders.
        names = ", ".join(f"'{outcome}'" for outcome in NOT_WELL)
        written = f"campaign_attempt.outcome IN ({names})"
        found = found.filter(RawSQL(written, (), output_field=BooleanField()))  # noqa: S611
    if sought.outcome:
        found = found.filter(outcome=sought.outcome)
    return _narrowed(found, Attempt, sought, texts)


def events(sought: Sought, texts: SearchFound | None = None) -> QuerySet[Event]:
    """The sought entries that are events; as above."""
    found = Event.objects.select_related("delivery__post", "post")
    if sought.outcome or sought.what == ATTEMPT:
        return found.none()
    if sought.what:
        found = found.filter(action=sought.what)
    if sought.who:
        found = found.filter(actor=sought.who)
    return _narrowed(found, Event, sought, texts)


def row(entry: LogEntry) -> dict[str, object]:
    """What programs rely on."""
    delivery, post, of = entry.delivery, entry.post, entry.of
    tried = of if isinstance(of, Attempt) else None
    is_trouble = entry.is_attempt or entry.status in TROUBLES
    return {
        "id": delivery.pk if delivery else None,
        "post": post.key if post else None,
        "campaign": post.campaign if post else None,
        "kind": post.kind if post else None,
        "channel": delivery.channel if delivery else None,
        "network": delivery.network if delivery else None,
        "language": delivery.language if delivery else None,
        "due_at": delivery.due_at if delivery else None,
        "at": entry.at,
        "finished_at": tried.finished_at if tried else entry.at,
        "what": entry.what,
        "by": entry.by,
        "status": entry.status or None,
        "outcome": entry.outcome or None,
        "text": tried.text
        if tried and not (post and is_of_a_person(post))
        else None,  # a person's own words stay here
        "attempts": tried.number if tried else None,
        "remote_id": tried.remote_id or None if tried else None,
        "url": entry.url or None,
        "error": entry.reason or None if is_trouble else None,
        "reason": entry.reason or None,
    }


def csv_lines(found: Iterable[LogEntry]) -> Iterator[str]:
    """The log as CSV, a line at a time. No cell of it is taken for a formula."""
    writer = csv.DictWriter(_Line(), fieldnames=FIELDS)
    yield str(writer.writeheader())
    for entry in found:
        yield str(writer.writerow({name: cell(value) for name, value in row(entry).items()}))


def json_lines(found: Iterable[LogEntry]) -> Iterator[str]:
    """The log as a JSON list, an entry at a time, times in UTC as ISO 8601."""
    before = "[\n"
    for entry in found:
        yield before + json.dumps(row(entry), ensure_ascii=False, default=plain)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def cell(value: object) -> str:
    """A value as a cell of a spreadsheet, safe there."""
    text = "" if value is None else plain(value)
    return f"'{text}" if text.startswith(UNSAFE_IN_A_CELL) else text


def plain(value: object) -> str:
    """A value as programs read it."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


class _Line:
    """Where the CSV writer writes to: each line is handed on at once."""

    def write(self, line: str) -> str:
        return line


def _narrowed(
    found: QuerySet[Logged], model: type[Logged], sought: Sought, texts: SearchFound | None
) -> QuerySet[Logged]:
    """What attempts and events are asked alike."""
    at = AT[model]
    if sought.delivery:
        found = found.filter(delivery=sought.delivery)
    if sought.since:
        found = found.filter(**{f"{at}__gte": sought.since})
    if sought.until:
        found = found.filter(**{f"{at}__lt": sought.until})
    if sought.channel or sought.campaign or sought.post:
        found = found.filter(_about(model, sought))
    if sought.text:
        table = Searched.ATTEMPTS if model is Attempt else Searched.EVENTS
        of_deliveries = texts or find(Searched.DELIVERIES, sought.text)
        own = find(table, sought.text)
        found = found.filter(of_deliveries.condition(table, "delivery_id") | own.condition(table))
    return found


def _about(model: type[Logged], sought: Sought) -> Q:
    """Few deliveries are handed over by their numbers; of many, each entry's own is asked about, in the order of time."""
    wanted = deliveries(Wanted(channel=sought.channel, campaign=sought.campaign, post=sought.post))
    few = list(wanted.order_by().values_list("pk", flat=True)[: FEW + 1])
    asked = (
        Q(delivery__in=few)
        if len(few) <= FEW
        else Q(Exists(wanted.filter(pk=OuterRef("delivery_id"))))
    )
    if model is Attempt or sought.channel:
        return asked
    posts = Post.objects.filter(campaign=sought.campaign) if sought.campaign else Post.objects.all()
    posts = posts.filter(pk=sought.post) if sought.post else posts
    known = list(posts.values_list("pk", flat=True)[: FEW + 1])
    return asked | (
        Q(post__in=known) if len(known) <= FEW else Q(Exists(posts.filter(pk=OuterRef("post_id"))))
    )


def _slice(
    found: QuerySet[Logged], model: type[Logged], place: RowPlace | None, backwards: bool, size: int
) -> list[LogEntry]:
    """What one of the two tables may give to a page. Of two tables in one order, all rows of one that are as old as the
    place come before it, or after it."""
    if place is not None:
        number = place.number
        if RANK[model] != place.rank:
            number = _LAST if RANK[model] < place.rank else 0
        found = beyond(found, AT[model], RowPlace(place.at, number), backwards=backwards)
    return [LogEntry(one) for one in (found.reverse() if backwards else found)[: size + 1]]


def _key(place: RowPlace) -> tuple[datetime, int, int]:
    return place.at, place.rank, place.number
