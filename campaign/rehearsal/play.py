"""A rehearsal: the campaign on a simulated clock, through the same code that publishes, with simulated networks.

The real queue is copied into a database in memory; there the posts are loaded, approved and sent as they would be."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import F, Max

from campaign.authoring import load
from campaign.authoring.shared.written import sources, with_shared
from campaign.authoring.web_posts import current
from campaign.config import Config
from campaign.content.dates.month import span_of
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile
from campaign.core.clock import Clock, local_day
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import ask, portions, writing
from campaign.decisions import gate_ahead
from campaign.decisions.evergreen.laying_out import Desk, lay_out
from campaign.delivery import pauses, queue
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.candidates import known_facts
from campaign.delivery.engine import CHORES_EVERY, Engine
from campaign.delivery.gate import Reason
from campaign.delivery.publish import Worker
from campaign.models import Delivery, Post
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, plan
from campaign.planning.times import Known
from campaign.rehearsal import scratch, timeline
from campaign.rehearsal.networks import open_simulated
from campaign.rehearsal.result import Rehearsal
from campaign.rehearsal.scene import EndedAttempt, Material, Played, Wish
from campaign.states import Status

P = ParamSpec("P")
T = TypeVar("T")

WORKER = "rehearsal"
BY = "rehearsal"
_EVER = datetime(2000, 1, 1, tzinfo=UTC)

Days = Callable[[Sequence[date]], Iterable[date]]
Posts = Callable[[Iterable[PostFile]], Iterable[PostFile]]


class AtOnce(Executor):
    """Makes each call in the thread that submits it: simulated networks answer without waiting, and so they answer in the
    same order whenever a campaign is rehearsed."""

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Makes the call; the future has its result already. Raises what the call raises."""
        ended = Future[T]()
        ended.set_result(call(*args, **kwargs))
        return ended


@dataclass
class SimulatedClock:
    """A clock that shows the same time until it is moved."""

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
    """Plays the campaign. Nothing is sent, and the real queue is only read.

    `reading` and `playing` are handed the posts and the days that are gone through, to show how far it is. Raises Problem
    for an unknown campaign, and for a last day before the first.
    """
    now, zone = clock(), config.site.timezone
    _check_last(wish, zone)
    # A queue cannot be brought back to a time that is past: from there on, nothing counts as gone out yet.
    anew = wish.anew or wish.start < now
    content = scratch.kept()
    doubted = scratch.as_of(content, wish.start, now, anew=anew)
    with scratch.own_database(content):
        content_of = config.content
        files = read_library(
            content_of.posts,
            content_of.templates,
            languages=config.site.languages,
            moved_days=config.moved_days,
        )
        library = current(with_shared(files, sources()), config.web.uploads, zone)
        _check_campaign(wish.campaign, library)
        known = Known() if anew else known_now(wish.start)
        planned = plan(library, config, wish.start, known, reading)
        # As with a yes: what is taken away here is taken from nobody.
        load.load(planned, _as_it_stands(library), wish.start, None, answered=True)
        if wish.last:
            lay_out(Desk(config, library), wish.start, span_of(wish.last, zone).end)
        deliveries = _deliveries()
        played = Played(deliveries, _approve(deliveries, wish, zone))
        _play(config, wish, played, playing)
        if not wish.last:
            played.last = max(played.last, _last_of(planned, zone))
        material = Material(config, library, planned, wish, now, not content, doubted)
        return timeline.rehearsal_of(material, played)


def play_past(config: Config, until: datetime) -> None:
    """Sends what was due until a moment to simulated networks, each at its time, on the queue at hand: for a demonstration
    alone, whose campaign has begun before its visitor came."""
    at = _next_moment(_EVER)
    clock = SimulatedClock(at or until)
    engine = _engine(config, clock, Played([], {}))
    try:
        while at and at <= until:
            clock.now = at
            engine.work_off()
            at = _next_moment(at)
    finally:
        engine.end()


def _check_last(wish: Wish, zone: ZoneInfo) -> None:
    if wish.last and wish.last < local_day(wish.start, zone):
        sentence = Sentence(
            "The rehearsal would end before it begins: name a last day that comes after the first."
        )
        raise Problem(sentence)


def moment_of(day: date | None, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment (aware) at which a rehearsal from a local day begins: the day's first, or now when it is today or None."""
    if day is None or day == local_day(now, zone):
        return now
    return span_of(day, zone).start


def _as_it_stands(library: Library) -> Library:
    """The library with all its posts taken as written in the web, so that loading makes no versions of files: `current` has
    chosen the words already, and a rehearsal has no use for versions."""
    return replace(library, from_web=frozenset(library.posts))


def _check_campaign(name: str, library: Library) -> None:
    of_posts = {post.campaign for post in library.posts.values()}
    known = set(library.campaigns) | of_posts
    if name and name not in known:
        raise Problem(Sentence('"{0}" is not a campaign; {1}', name, did_you_mean(name, known)))


def _last_of(planned: Plan, zone: ZoneInfo) -> date:
    """The local day of the last of what an error stops: it is told, and nothing of it is played."""
    broken = planned.posts_with_errors()
    last = date.min
    for delivery in planned.planned:
        if delivery.due and delivery.post.key in broken:
            last = max(last, local_day(delivery.due.at, zone))
    return last


def _deliveries() -> list[Delivery]:
    """All of them, with their posts: the row of a post is read once, however many deliveries it has."""
    posts = Post.objects.in_bulk()
    deliveries = list(Delivery.objects.order_by("id"))
    for delivery in deliveries:
        delivery.post = posts[delivery.post_id]
    return deliveries


def _approve(
    deliveries: Sequence[Delivery], wish: Wish, zone: ZoneInfo
) -> dict[int, list[Reason]]:
    """Queues the drafts that the gate has nothing against. Returns its reasons against each draft, by the draft's number."""
    drafts = [delivery for delivery in deliveries if delivery.status == Status.DRAFT]
    keys = {key for draft in drafts for key in draft.facts.split()}
    facts = known_facts(sorted(keys))
    against: dict[int, list[Reason]] = {}
    for portion in portions(drafts):
        posts = {draft.post_id: draft.post for draft in portion}
        people = gate_ahead.people_of(portion, posts)
        approved: list[int] = []
        for draft in portion:
            reasons = gate_ahead.against_approving(
                draft, draft.post, wish.start, zone, facts, people
            )
            against[draft.pk] = reasons
            if not reasons and _counts_as_approved(draft, wish):
                approved.append(draft.pk)
        _queue(approved, wish.start)
    return against


def _counts_as_approved(delivery: Delivery, wish: Wish) -> bool:
    return not wish.approved_only or delivery.approved_fingerprint == delivery.fingerprint


def _queue(drafts: Sequence[int], now: datetime) -> None:
    with writing():
        Delivery.objects.filter(pk__in=drafts).update(approved_fingerprint=F("fingerprint"))
        queue.move_all(
            drafts, Status.DRAFT, Status.QUEUED, now, actor=BY, action="approved", reason=""
        )


def _play(config: Config, wish: Wish, played: Played, playing: Days) -> None:
    """From moment to moment at which something can happen; between them, the clock jumps."""
    zone, clock = config.site.timezone, SimulatedClock(wish.start)
    days = _days(wish, zone)
    played.last = wish.last or _last_told(days, wish.start, zone)
    paused = pauses.standing_pauses().exists()  #: none begins while it is played
    engine = _engine(config, clock, played)

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


def _engine(config: Config, clock: SimulatedClock, played: Played) -> Engine:
    def tell(claim: Claim, result: Result) -> None:
        played.told.append(EndedAttempt(clock.now, claim, result))

    worker = Worker(WORKER, clock, config.site.timezone, config.publishing, tell)
    networks = open_simulated(config, clock)
    return Engine(config.channels, networks, worker, len(networks), AtOnce())


def _last_told(days: Sequence[date], start: datetime, zone: ZoneInfo) -> date:
    """The last local day of which there is anything to tell: of what goes out, or is due and does not."""
    told = Delivery.objects.exclude(status=Status.PUBLISHED)
    last_due = told.aggregate(last=Max("due_at"))["last"] or start
    return max(*days, local_day(last_due, zone), local_day(start, zone))


def _days(wish: Wish, zone: ZoneInfo) -> list[date]:
    """The local days on which something can happen: those between when a delivery is due and when it is too late."""
    first, days = local_day(wish.start, zone), set[date]()
    queued = Delivery.objects.filter(status=Status.QUEUED)
    for due_at, latest_at in queued.values_list("due_at", "latest_at").distinct():
        day = max(local_day(due_at, zone), first)
        # The chores find what is too late, up to so much later.
        last = local_day(latest_at + CHORES_EVERY, zone)
        if wish.last:
            last = min(last, wish.last)
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return sorted(days)


class Ahead(NamedTuple):
    """When the next delivery is due, when the next rest and the next pause end, and when the time of a delivery that is due
    is over."""

    due: datetime | None
    rest: datetime | None
    pause: datetime | None
    latest: datetime | None


def _next_moment(now: datetime) -> datetime | None:
    """The next at which something can happen: a delivery is due, a channel's rest or a pause ends, a time is over."""
    # Each + keeps SQLite from walking through all that is still to come to find the few that are waiting.
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
    # The chores end a pause, and put aside what is too late; they are not done more often than that.
    if ahead.pause:
        moments.append(max(ahead.pause, now + CHORES_EVERY))
    if ahead.latest:
        moments.append(ahead.latest + CHORES_EVERY)
    return min(moments, default=None)


def _note_pauses(now: datetime, played: Played) -> None:
    """Notes which pause covers what is due: afterwards nobody knows any more why it did not go out."""
    for pause in pauses.standing_pauses():
        due = pauses.on(pause).filter(due_at__lte=now)
        for number in due.values_list("pk", flat=True):
            played.pauses.setdefault(number, pauses.sentence(pause))
