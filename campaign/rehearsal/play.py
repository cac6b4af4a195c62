"""A rehearsal: the campaign on a simulated clock, through the same code that publishes, with played networks.

The real queue is copied into a database in memory; there the posts are loaded, approved and sent as they would be."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import F, Max

from campaign.authoring import load
from campaign.authoring.web_posts import current
from campaign.config import Config
from campaign.content.dates.month import span_of
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile
from campaign.core.clock import Clock
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import ask, portions, writing
from campaign.decisions import gate_ahead
from campaign.delivery import pauses, queue
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.candidates import known_facts
from campaign.delivery.engine import CHORES_EVERY, Engine
from campaign.delivery.gate import Reason
from campaign.delivery.publish import Worker
from campaign.models import Delivery, Post
from campaign.planning.known import known_now
from campaign.planning.plan import Known, plan
from campaign.rehearsal import scratch, timeline
from campaign.rehearsal.networks import open_simulated
from campaign.rehearsal.result import Rehearsal
from campaign.rehearsal.timeline import EndedAttempt, Material, Played, Wish
from campaign.states import Status

P = ParamSpec("P")
T = TypeVar("T")

WORKER = "rehearsal"
BY = "rehearsal"

Days = Callable[[Sequence[date]], Iterable[date]]
Posts = Callable[[Iterable[PostFile]], Iterable[PostFile]]


class AtOnce(Executor):
    """Calls a network in the thread that asks: a played one answers without waiting, and one after the other they answer
    in the same order whenever a campaign is rehearsed."""

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """What came of the call, which has ended already."""
        ended = Future[T]()
        ended.set_result(call(*args, **kwargs))
        return ended


@dataclass
class SimulatedClock:
    """Stands until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        """The simulated time, aware, in UTC."""
        return self.now


def rehearse(
    config: Config,
    wish: Wish,
    clock: Clock,
    reading: Posts = lambda posts: posts,
    playing: Days = lambda days: days,
) -> Rehearsal:
    """Plays the campaign. Nothing is sent, and the real queue is only read. Raises Problem for a wish that cannot be."""
    now, zone = clock(), config.site.timezone
    if wish.last and wish.last < wish.start.astimezone(zone).date():
        raise Problem(
            Sentence(
                "The rehearsal would end before it begins: name a last day that comes after the first."
            )
        )
    anew = wish.anew or wish.start < now
    content = scratch.kept()
    doubted = scratch.as_of(content, wish.start, now, anew=anew)
    with scratch.own_database(content):
        library = current(
            read_library(config.content.posts, config.content.templates), config.web.uploads, zone
        )
        _check_campaign(wish.campaign, library)
        known = Known() if anew else known_now(wish.start)
        planned = plan(library, config, wish.start, known, reading)
        load.load(planned, _as_it_stands(library), wish.start, None)
        deliveries = _deliveries()
        played = Played(deliveries, _approve(deliveries, wish, zone))
        _play(config, wish, played, playing)
        material = Material(config, library, planned, wish, now, not content, doubted)
        return timeline.rehearsal_of(material, played)


def moment_of(day: date | None, now: datetime, zone: ZoneInfo) -> datetime:
    """When a rehearsal from a local day begins: with the day, or now when that is today or no day is named."""
    if day is None or day == now.astimezone(zone).date():
        return now
    return span_of(day, zone).start


def _as_it_stands(library: Library) -> Library:
    """The library as one of words that stand already: which ones do was settled before, and a rehearsal has no use for
    the versions that are kept of files."""
    return replace(library, from_web=frozenset(library.posts))


def _check_campaign(name: str, library: Library) -> None:
    known = set(library.campaigns) | {post.campaign for post in library.posts.values()}
    if name and name not in known:
        raise Problem(Sentence('"{0}" is not a campaign; {1}', name, did_you_mean(name, known)))


def _deliveries() -> list[Delivery]:
    """All of them, with their posts: the row of a post is read once, however many deliveries it has."""
    posts = Post.objects.in_bulk()
    deliveries = list(Delivery.objects.order_by("id"))
    for delivery in deliveries:
        delivery.post = posts[delivery.post_id]
    return deliveries


def _approve(deliveries: Sequence[Delivery], wish: Wish, zone: ZoneInfo) -> dict[int, list[Reason]]:
    """Queues what waits for approval and what the gate says nothing against. Returns what it says about the others."""
    drafts = [delivery for delivery in deliveries if delivery.status == Status.DRAFT]
    facts = known_facts(sorted({key for one in drafts for key in one.facts.split()}))
    against: dict[int, list[Reason]] = {}
    for some in portions(drafts):
        people = gate_ahead.people_of(some, {one.post_id: one.post for one in some})
        against |= {
            one.pk: gate_ahead.against_approving(one, one.post, wish.start, zone, facts, people)
            for one in some
        }
        _queue(
            [one for one in some if not against[one.pk] and _counts_as_approved(one, wish)],
            wish.start,
        )
    return against


def _counts_as_approved(delivery: Delivery, wish: Wish) -> bool:
    return not wish.approved_only or delivery.approved_fingerprint == delivery.fingerprint


def _queue(deliveries: Sequence[Delivery], now: datetime) -> None:
    with writing():
        numbers = [one.pk for one in deliveries]
        Delivery.objects.filter(pk__in=numbers).update(approved_fingerprint=F("fingerprint"))
        queue.move_all(
            numbers, Status.DRAFT, Status.QUEUED, now, actor=BY, action="approved", reason=""
        )


def _play(config: Config, wish: Wish, played: Played, playing: Days) -> None:
    """From moment to moment at which something can happen; between them, the clock jumps."""
    zone, clock = config.site.timezone, SimulatedClock(wish.start)
    days = _days(wish, zone)
    drafts = (
        Delivery.objects.filter(status=Status.DRAFT).aggregate(last=Max("due_at"))["last"]
        or wish.start
    )
    played.last = wish.last or max(
        *days, *(at.astimezone(zone).date() for at in (drafts, wish.start))
    )

    paused = pauses.standing_pauses().exists()  #: none begins while it is played

    def tell(claim: Claim, result: Result) -> None:
        played.told.append(EndedAttempt(clock.now, claim, result))

    worker = Worker(WORKER, clock, zone, config.publishing, tell)
    networks = open_simulated(config, clock)
    engine = Engine(config.channels, networks, worker, len(networks), AtOnce())

    def play_moment() -> datetime | None:
        if paused:
            _note_pauses(clock.now, played)
        engine.work_off()
        return _next_moment(clock.now)

    try:
        at = play_moment()
        for day in playing(days):
            end = span_of(day, zone).end
            while at and at < end:
                clock.now = at
                at = play_moment()
    finally:
        engine.end()


def _days(wish: Wish, zone: ZoneInfo) -> list[date]:
    """The local days on which something can happen: those between when a delivery is due and when it is too late."""
    first, found = wish.start.astimezone(zone).date(), set[date]()
    for due_at, latest_at in (
        Delivery.objects.filter(status=Status.QUEUED).values_list("due_at", "latest_at").distinct()
    ):
        day, last = (at.astimezone(zone).date() for at in (due_at, latest_at + CHORES_EVERY))
        day = max(day, first)
        while day <= last and (wish.last is None or day <= wish.last):
            found.add(day)
            day += timedelta(days=1)
    return sorted(found)


class Ahead(NamedTuple):
    """When something is due, when a rest and a pause end, and when the time of something that is due is over."""

    due: datetime | None
    rest: datetime | None
    pause: datetime | None
    latest: datetime | None


def _next_moment(now: datetime) -> datetime | None:
    """The next at which something can happen: a delivery is due, a channel's rest or a pause ends, a time is over.

    Each + keeps SQLite from walking through all that is still to come to find the few that are waiting.
    """
    [ahead] = ask(
        Ahead,
        "SELECT (SELECT MIN(next_at) FROM campaign_delivery WHERE status = 'queued' AND next_at > %s) AS due, "
        "(SELECT MIN(rest_until) FROM campaign_channelstate WHERE rest_until > %s) AS rest, "
        "(SELECT MIN(until) FROM campaign_pause WHERE ended_at IS NULL) AS pause, "
        "(SELECT MIN(+latest_at) FROM campaign_delivery WHERE status = 'queued' AND next_at <= %s AND +latest_at >= %s) "
        "AS latest",
        *(now, now, now, now),
    )
    moments = [at for at in (ahead.due, ahead.rest) if at]
    moments += [max(ahead.pause, now + CHORES_EVERY)] if ahead.pause else []
    moments += [ahead.latest + CHORES_EVERY] if ahead.latest else []
    return min(moments, default=None)


def _note_pauses(now: datetime, played: Played) -> None:
    """Which pauses are on what is waiting: afterwards nobody knows any more why it did not go out."""
    for one in pauses.standing_pauses():
        for delivery in pauses.on(one).filter(due_at__lte=now).values_list("pk", flat=True):
            played.pauses.setdefault(delivery, pauses.sentence(one))
