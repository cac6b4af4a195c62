"""From what was played to what a person reads: the timeline of a rehearsal, its findings, and what expires on the way."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.config import Config
from campaign.content.dates.month import span_of
from campaign.content.dates.when import OnDay
from campaign.content.library import Library
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence, joined
from campaign.decisions.gate_ahead import OF_PERSON
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.candidates import consents_of, peek_due
from campaign.delivery.gate import Ground, Reason
from campaign.models import ChannelState, Delivery, Event, Fact
from campaign.planning.plan import Plan
from campaign.publishers import NETWORKS, posts_of
from campaign.rehearsal import result as rehearsal
from campaign.rehearsal.result import (
    Came,
    Expiry,
    Rehearsal,
    TimelineEntry,
    has_link,
    local_day,
)
from campaign.states import AttemptOutcome, Status

UNKNOWN_CHANNEL = Sentence("This channel is not in config.toml.")
_OUTCOMES = {AttemptOutcome.PUBLISHED: Came.OUT, AttemptOutcome.TRY_LATER: Came.LATER}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be rehearsed: from a moment (aware) to the end of a local day (None: to the end of the plan), of a campaign
    or of all ("").

    `anew`: as if nothing had gone out yet. `approved_only`: what nobody has approved stays where it is."""

    start: datetime
    last: date | None = None
    campaign: str = ""
    approved_only: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """An attempt that has ended, as `Worker.tell` is called with it; `at` is simulated (aware, UTC)."""

    at: datetime
    claim: Claim
    result: Result


@dataclass
class Played:
    """What happened while the rehearsal was played."""

    deliveries: Sequence[Delivery]  #: as they stood before, with their posts
    against: dict[int, list[Reason]]  #: the gate's reasons against each draft, by its number
    told: list[EndedAttempt] = field(default_factory=list)
    #: by the number of a delivery that was due: a sentence on the first pause that covered it
    pauses: dict[int, str] = field(default_factory=dict)
    last: date = date.min


@dataclass(frozen=True, slots=True)
class Material:
    """What was rehearsed."""

    config: Config
    library: Library
    planned: Plan
    wish: Wish
    now: datetime
    from_files: bool
    doubted: int

    @property
    def zone(self) -> ZoneInfo:
        """The site's."""
        return self.config.site.timezone

    @property
    def first(self) -> date:
        """The local day on which the rehearsal begins."""
        return local_day(self.wish.start, self.zone)


@dataclass(frozen=True, slots=True)
class _Scene:
    """The deliveries as they are at the end of the rehearsal, by their numbers, and all that an entry is made from."""

    material: Material
    played: Played
    deliveries: Mapping[int, Delivery]
    lengths: Mapping[tuple[str, str], tuple[str, int]]
    end: datetime

    def entry(self, number: int, at: datetime, came: Came, reason: str = "") -> TimelineEntry:
        delivery = self.deliveries[number]
        texts = posts_of(delivery.text, delivery.network)
        pictures = len(json.loads(delivery.pictures)) if delivery.pictures else 0
        prices = self.material.config.prices
        cost = rehearsal.cost_of(delivery.network, texts, pictures, prices)
        return TimelineEntry(
            at=at,
            due_at=delivery.due_at,
            post=delivery.post.key,
            campaign=delivery.post.campaign,
            channel=delivery.channel,
            network=delivery.network,
            language=delivery.language,
            length=self._length(delivery, texts),
            links=sum(map(has_link, texts)),
            cost=cost if came is Came.OUT else 0.0,
            came=came,
            reason=reason,
        )

    def is_within(self, at: datetime) -> bool:
        return self.material.wish.start <= at < self.end

    def _length(self, delivery: Delivery, texts: Sequence[str]) -> int:
        """Of the longest part. Planning has counted it already, where the text is still the planned one."""
        text, length = self.lengths.get((delivery.post.key, delivery.channel), ("", 0))
        network = NETWORKS.get(delivery.network)
        if text == delivery.text or network is None:
            return length
        return max(map(network.length, texts))


def rehearsal_of(material: Material, played: Played) -> Rehearsal:
    """The result of a rehearsal. Asks the database in which it was played."""
    zone, campaign = material.zone, material.wish.campaign
    scene = _scene(material, played)
    entries = [entry for entry in _entries(scene) if campaign in ("", entry.campaign)]
    first = material.first
    runs = _runs(material)
    about = _about(material)
    close, full = rehearsal.crowds_of(entries, material.config.channels, zone)
    return Rehearsal(
        first=first,
        last=played.last,
        timeline=tuple(entries),
        findings=tuple(_findings(material)),
        expiries=(*_facts(scene, entries), *_consents(scene, entries)),
        gaps=rehearsal.gaps_of(entries, runs, first, played.last, zone),
        close=close,
        full=full,
        falls=rehearsal.falls_of(entries, material.library.days, about, zone),
        alone=rehearsal.alone_of(entries, _languages_wanted(scene)),
        months=rehearsal.months_of(entries, zone),
        doubted=material.doubted,
        from_files=material.from_files,
    )


def _scene(material: Material, played: Played) -> _Scene:
    deliveries = {delivery.pk: delivery for delivery in played.deliveries}
    # Playing changes the status of a delivery, and its reason; nothing else has to be read again.
    for number, status, reason in Delivery.objects.values_list("pk", "status", "reason"):
        delivery = deliveries[number]
        delivery.status, delivery.reason = status, reason
    lengths: dict[tuple[str, str], tuple[str, int]] = {}
    for planned in material.planned.planned:
        lengths[planned.post.key, planned.channel.name] = (planned.text, planned.length)
    end = span_of(played.last, material.zone).end
    return _Scene(material, played, deliveries, lengths, end)


def _entries(scene: _Scene) -> list[TimelineEntry]:
    """In the order of time; at one moment, first what is due first."""
    entries = list(_attempts(scene))
    held: set[int] = set()
    for number, entry in _held(scene):
        held.add(number)
        entries.append(entry)
    # One that was held back is a draft now, and has its entry already.
    entries += [entry for number, entry in _drafts(scene) if number not in held]
    entries += _waiting(scene)
    entries.sort(key=lambda entry: (entry.at, entry.due_at, entry.channel, entry.post))
    return entries


def _attempts(scene: _Scene) -> Iterator[TimelineEntry]:
    for told in scene.played.told:
        result = told.result
        if result.outcome is AttemptOutcome.PUBLISHED and result.status is not Status.PUBLISHED:
            continue  # a part of a thread: the whole has an entry when it is out
        came = _OUTCOMES.get(result.outcome, Came.REFUSED)
        if result.status is Status.FAILED:
            came = Came.REFUSED
        yield scene.entry(told.claim.delivery, told.at, came, result.detail)


def _held(scene: _Scene) -> Iterator[tuple[int, TimelineEntry]]:
    """What was moved aside while it was queued."""
    events = Event.objects.filter(action="held back", delivery__isnull=False).order_by("id")
    columns = events.values_list("delivery_id", "at", "to_status", "reason")
    for number, at, status, reason in columns:
        if number is not None and scene.is_within(at):
            came = Came.MISSED if status == Status.MISSED else Came.HELD
            reasons = _all_reasons(scene, number, reason)
            yield number, scene.entry(number, at, came, reasons)


def _all_reasons(scene: _Scene, number: int, reason: str) -> str:
    pause = scene.played.pauses.get(number, "")
    channel = scene.deliveries[number].channel
    unknown = "" if channel in scene.material.config.channels else UNKNOWN_CHANNEL
    return joined((pause, unknown, reason))


def _drafts(scene: _Scene) -> Iterator[tuple[int, TimelineEntry]]:
    for number, reasons in scene.played.against.items():
        delivery = scene.deliveries[number]
        if delivery.status == Status.DRAFT and scene.is_within(delivery.due_at):
            grounds = {reason.ground for reason in reasons}
            came = _came_of_draft(grounds, from_files=scene.material.from_files)
            sentences = joined(dict.fromkeys(reason.sentence for reason in reasons))
            why = sentences or delivery.reason
            yield number, scene.entry(number, delivery.due_at, came, why)


def _came_of_draft(grounds: set[Ground], *, from_files: bool) -> Came:
    if not grounds:
        return Came.UNAPPROVED
    if Ground.EXAMPLE in grounds:
        return Came.EXAMPLE
    # Without a queue no consent is known: that says nothing about the one which the real queue may have.
    return Came.UNTOLD if from_files and grounds <= OF_PERSON else Came.HELD


def _waiting(scene: _Scene) -> Iterator[TimelineEntry]:
    """What is due and still in the queue at the end: on hold, or its channel rests beyond the last day."""
    resting = ChannelState.objects.filter(rest_until__gt=scene.end)
    rests = dict(resting.values_list("name", "rest_reason"))
    last_moment = scene.end - timedelta(microseconds=1)  # the end itself is of the next day
    for claim, reasons in peek_due(last_moment, scene.material.zone):
        due_at = scene.deliveries[claim.delivery].due_at
        if scene.is_within(due_at):
            came = Came.HELD if reasons else Came.LATER
            sentences = joined(reason.sentence for reason in reasons)
            why = sentences or rests.get(claim.channel, "")
            yield scene.entry(claim.delivery, due_at, came, why)


def _findings(material: Material) -> list[Finding]:
    """The findings of the campaign's posts, and of no post at all, in the order of the plan."""
    campaign = material.wish.campaign
    own, others, no_news = set[Finding](), set[Finding](), set[Finding]()
    for planned in material.planned.planned:
        is_own = campaign in ("", planned.post.campaign)
        (own if is_own else others).update(planned.findings)
        # Due before the rehearsal begins: news only when it is really past.
        if planned.due and planned.due.latest >= material.now:
            no_news.update(
                finding for finding in planned.findings if finding.code == "past-due"
            )
    others -= own
    left_out = others | no_news
    return [finding for finding in material.planned.findings if finding not in left_out]


def _runs(material: Material) -> dict[str, tuple[date, date]]:
    """The first and the last day of each campaign that is rehearsed and has both, by its name."""
    days, wanted = material.library.days, material.wish.campaign
    runs: dict[str, tuple[date, date]] = {}
    for slug, campaign in material.library.campaigns.items():
        start, end = campaign.dates(days, material.first)
        if start and end and wanted in ("", slug):
            runs[slug] = (start, end)
    return runs


def _about(material: Material) -> dict[str, str]:
    """The day that each post is about, by the post's key: the one on which it goes out, or the one that it names."""
    about: dict[str, str] = {}
    for key, post in material.library.posts.items():
        about[key] = post.day
        if isinstance(post.when, OnDay) and not post.when.offset_days:
            about[key] = post.when.day_id or post.day
    return about


def _languages_wanted(scene: _Scene) -> dict[str, set[str]]:
    """The languages of each post, by its key, without those in which it was out before."""
    languages = scene.material.config.site.languages
    wanted = {delivery.post.key: set(languages) for delivery in scene.deliveries.values()}
    tried = {told.claim.delivery for told in scene.played.told}
    for number, delivery in scene.deliveries.items():
        if number not in tried and delivery.status == Status.PUBLISHED:
            wanted[delivery.post.key].discard(delivery.language)
    return wanted


def _due_days(scene: _Scene, entries: Sequence[TimelineEntry]) -> dict[tuple[str, str], date]:
    """The local day on which each post is due on each channel."""
    days: dict[tuple[str, str], date] = {}
    for entry in entries:
        days[entry.post, entry.channel] = local_day(entry.due_at, scene.material.zone)
    return days


def _facts(scene: _Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    ends = dict(Fact.objects.values_list("key", "review_by"))
    due = _due_days(scene, entries)
    uses: dict[str, list[tuple[str, date]]] = {}
    for delivery in scene.deliveries.values():
        day = due.get((delivery.post.key, delivery.channel))
        if day is None:
            continue
        for key in delivery.facts.split():
            uses.setdefault(key, []).append((delivery.post.key, day))
    return rehearsal.expiries_of("fact", ends, uses, scene.material.first, scene.played.last)


def _consents(scene: _Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    due = _due_days(scene, entries)
    stories: dict[int, tuple[str, date]] = {}
    for number, delivery in scene.deliveries.items():
        post = delivery.post
        if post.storyteller and (post.key, delivery.channel) in due:
            stories[number] = (post.key, due[post.key, delivery.channel])
    ends: dict[str, date] = {}
    uses: dict[str, list[tuple[str, date]]] = {}
    for number, consent in consents_of(list(stories)).items():
        reference = consent.reference
        until = [day for day in (consent.until, consent.narrowed.until) if day]
        if until:
            # The first of all: that of the consent, that of this post's file, and those of the person's other posts.
            ends[reference] = min(*until, ends.get(reference, date.max))
            uses.setdefault(reference, []).append(stories[number])
    return rehearsal.expiries_of("consent", ends, uses, scene.material.first, scene.played.last)
