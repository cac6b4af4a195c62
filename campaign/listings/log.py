"""The publish log: attempts and every other change as one list in the order of time. The command line and the web share it."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import chain
from typing import TypeVar

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from campaign.consent.rule import was_of_a_person
from campaign.listings.paging import (
    PAGE,
    Page,
    Row,
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

_UNSAFE_IN_A_CELL = re.compile(r"""^(?=[\t\r\n])|(?:^|[,;\t\r\n])(?=["'\s]*[=+\-@＝＋－＠])""")
"""Where a spreadsheet takes what follows for a formula: at the beginning of a cell, and after any separator, since one that is
set to another language ends a cell there. It takes a wide = for one, too."""
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
    *("text", "attempts", "remote_id", "url", "error", "reason", "link"),
)
"""The columns of a row, in their order."""
AT = {Attempt: "started_at", Event: "at"}
"""The column of the time by which the log is ordered."""
RANK = {Attempt: 0, Event: 1}
"""Which comes first of what happened at the same moment."""
_LAST = 2**62
"""A number after that of every row."""
_BATCH = 2_000
"""Rows that are in memory at a time while all of the log is read."""

Logged = TypeVar("Logged", Attempt, Event)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are sought; a field that is left empty wants all. Times are aware; `until` is not part of it."""

    channel: str = ""
    campaign: str = ""
    language: str = ""
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
        """Its place in the log, for links to the pages beside."""
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
        if self.of.delivery:
            return self.of.delivery.post
        return self.of.post if isinstance(self.of, Event) else None

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
        """The status of the delivery afterwards; "" for an event that is about no delivery."""
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
        """The address of the post on its network, if this entry is what put it there; else ""."""
        if isinstance(self.of, Attempt):
            return self.of.url
        # A person has said that it is out, and where: the address is kept with the delivery alone.
        is_resolved = self.of.action.startswith("resolved")
        return self.of.delivery.url if self.of.delivery and is_resolved else ""


def page(
    sought: Sought, *, after: str = "", before: str = "", size: int = PAGE
) -> Page[LogEntry]:
    """A page of the log, newest first: the one after a place, or the one before it."""
    place = read_place(before or after)
    backwards = bool(before) and place is not None
    # Searched for once: attempts and events ask for the same deliveries.
    texts = find(Searched.DELIVERIES, sought.text) if sought.text else None
    tried = attempts(sought, texts).order_by("-started_at", "-id")
    changed = events(sought, texts).order_by("-at", "-id")
    merged = [
        *_slice(tried, Attempt, place, backwards, size),
        *_slice(changed, Event, place, backwards, size),
    ]
    merged.sort(key=_key, reverse=not backwards)
    return page_with(merged, lambda entry: entry.place, place, backwards=backwards, size=size)


def entries(sought: Sought) -> Iterator[LogEntry]:
    """All of it in the order of time, the oldest first, read _BATCH rows at a time."""
    tried = attempts(sought).order_by("started_at", "id")
    changed = events(sought).order_by("at", "id")
    return merge(
        map(LogEntry, tried.iterator(_BATCH)),
        map(LogEntry, changed.iterator(_BATCH)),
        key=_key,
    )


def attempts(sought: Sought, texts: SearchFound | None = None) -> QuerySet[Attempt]:
    """The sought entries that are attempts. `texts` is what `find` says of the deliveries, if it was asked already."""
    matches = Attempt.objects.select_related("delivery__post", "delivery__approved_by")
    if sought.what not in ("", ATTEMPT) or sought.who not in ("", BY_ITSELF):
        return matches.none()
    if sought.outcome in NOT_WELL:
        # Written as the index for it is; a database does not see through placeholders.
        names = ", ".join(f"'{outcome}'" for outcome in NOT_WELL)
        written = f"campaign_attempt.outcome IN ({names})"
        matches = matches.filter(RawSQL(written, (), output_field=BooleanField()))  # noqa: S611
    if sought.outcome:
        matches = matches.filter(outcome=sought.outcome)
    return _narrowed(matches, Attempt, sought, texts)


def events(sought: Sought, texts: SearchFound | None = None) -> QuerySet[Event]:
    """The sought entries that are events; `texts` as for `attempts`."""
    matches = Event.objects.select_related("delivery__post", "delivery__approved_by", "post")
    if sought.outcome or sought.what == ATTEMPT:
        return matches.none()
    if sought.what:
        matches = matches.filter(action=sought.what)
    if sought.who:
        matches = matches.filter(actor=sought.who)
    return _narrowed(matches, Event, sought, texts)


def row(entry: LogEntry) -> dict[str, object]:
    """An entry by the names of FIELDS; programs rely on them. None where an entry has no such value."""
    delivery, post, of = entry.delivery, entry.post, entry.of
    tried = of if isinstance(of, Attempt) else None
    text = tried.text if tried else None
    if post and was_of_a_person(post):
        text = None  # a person's own words stay here
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
        "text": text,
        "attempts": tried.number if tried else None,
        "remote_id": tried.remote_id or None if tried else None,
        "url": entry.url or None,
        "error": entry.reason or None if is_trouble else None,
        "reason": entry.reason or None,
        "link": tried.link or None if tried else None,
    }


def csv_lines(logged: Iterable[LogEntry]) -> Iterator[str]:
    """The log as CSV, a line at a time, with a line of FIELDS first, for programs."""
    rows = map(row, logged)
    return csv_rows(chain([FIELDS], ([values[name] for name in FIELDS] for values in rows)))


def csv_rows(rows: Iterable[Iterable[object]], separator: str = ",") -> Iterator[str]:
    """Rows as lines of CSV, one at a time. No spreadsheet takes a cell of it for a formula."""
    writer = csv.writer(_Line(), delimiter=separator)
    for values in rows:
        yield str(writer.writerow(map(cell, values)))


def json_lines(logged: Iterable[LogEntry]) -> Iterator[str]:
    """The log as a JSON list, an entry at a time, times in UTC as ISO 8601."""
    before = "[\n"
    for entry in logged:
        yield before + json.dumps(row(entry), ensure_ascii=False, default=plain)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def cell(value: object) -> str:
    """A value as a cell of a spreadsheet: "" for None, and with a ' before what would be taken for a formula."""
    text = "" if value is None else plain(value)
    return _UNSAFE_IN_A_CELL.sub(r"\g<0>'", text)


def plain(value: object) -> str:
    """A value as programs read it: a time as ISO 8601 with Z for UTC, anything else as its text."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


class _Line:
    """Where the CSV writer writes to: each line is handed on at once."""

    def write(self, line: str) -> str:
        return line


def _narrowed(
    matches: QuerySet[Logged], model: type[Logged], sought: Sought, texts: SearchFound | None
) -> QuerySet[Logged]:
    """The conditions that attempts and events have alike."""
    at = AT[model]
    if sought.delivery:
        matches = matches.filter(delivery=sought.delivery)
    if sought.since:
        matches = matches.filter(**{f"{at}__gte": sought.since})
    if sought.until:
        matches = matches.filter(**{f"{at}__lt": sought.until})
    if sought.channel or sought.campaign or sought.language or sought.post:
        matches = matches.filter(_about(model, sought))
    if sought.text:
        table = Searched.ATTEMPTS if model is Attempt else Searched.EVENTS
        texts = texts or find(Searched.DELIVERIES, sought.text)
        of_delivery = texts.condition(table, "delivery_id")
        own = find(table, sought.text).condition(table)
        matches = matches.filter(of_delivery | own)
    return matches


def _about(model: type[Logged], sought: Sought) -> Q:
    """That an entry is about a delivery or, for an event, a post of the sought channel, campaign, language and post."""
    wanted = deliveries(
        Wanted(
            channel=sought.channel,
            campaign=sought.campaign,
            language=sought.language,
            post=sought.post,
        )
    )
    of_delivery = _is_of("delivery", wanted.order_by())
    # An event about a post as a whole is on no channel, and in no language.
    if model is Attempt or sought.channel or sought.language:
        return of_delivery
    posts = Post.objects.all()
    if sought.campaign:
        posts = posts.filter(campaign=sought.campaign)
    if sought.post:
        posts = posts.filter(pk=sought.post)
    return of_delivery | _is_of("post", posts)


def _is_of(field: str, rows: QuerySet[Row]) -> Q:
    """Few rows are named by their numbers; of many, that of each entry is tested, in the order of time."""
    few = list(rows.values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(**{f"{field}__in": few})
    return Q(Exists(rows.filter(pk=OuterRef(f"{field}_id"))))


def _slice(
    rows: QuerySet[Logged],
    model: type[Logged],
    place: RowPlace | None,
    backwards: bool,
    size: int,
) -> list[LogEntry]:
    """The rows of one of the two tables that may be on a page: `size` of them, and one more if there are."""
    if place is not None:
        number = place.number
        # In the other table, all rows of the same moment come before the place, or all after it.
        if RANK[model] != place.rank:
            number = _LAST if RANK[model] < place.rank else 0
        rows = beyond(rows, AT[model], RowPlace(place.at, number), backwards=backwards)
    if backwards:
        rows = rows.reverse()
    return [LogEntry(attempt_or_event) for attempt_or_event in rows[: size + 1]]


def _key(entry: LogEntry) -> tuple[datetime, int, int]:
    place = entry.place
    return place.at, place.rank, place.number
