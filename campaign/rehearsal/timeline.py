"""From what was played to what a person reads: the timeline of a rehearsal, and what is to be looked at."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.config import Config
from campaign.content.dates.month import span_of
from campaign.content.dates.when import OnDay
from campaign.content.library import Library
from campaign.content.thread import parts
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence, joined
from campaign.decisions.gate_ahead import OF_PERSON
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.candidates import consents_of, peek_due
from campaign.delivery.gate import Ground, Reason
from campaign.models import ChannelState, Delivery, Event, Fact
from campaign.planning.plan import Plan
from campaign.publishers import NETWORKS
from campaign.rehearsal import result as rehearsal
from campaign.rehearsal.result import Came, Expiry, Rehearsal, TimelineEntry, has_link, local_day
from campaign.states import AttemptOutcome, Status

UNKNOWN_CHANNEL = Sentence("This channel is not in config.toml.")
_OUTCOMES = {AttemptOutcome.PUBLISHED: Came.OUT, AttemptOutcome.TRY_LATER: Came.LATER}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be rehearsed: from a moment (aware), to a local day, of a campaign or of all.

    `anew`: as if nothing had gone out yet. `approved_only`: what nobody has approved stays where it is."""

    start: datetime
    last: date | None = None
    campaign: str = ""
    approved_only: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """An attempt that has ended, as the engine tells of it."""

    at: datetime
    claim: Claim
    result: Result


@dataclass
class Played:
    """What happened while the rehearsal was played."""

    deliveries: Sequence[Delivery]  #: as they stood before, with their posts
    against: dict[int, list[Reason]]  #: what the gate says against drafts
    told: list[EndedAttempt] = field(default_factory=list)
    pauses: dict[int, str] = field(
        default_factory=dict
    )  #: the first pause that was on a delivery which was due
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


@dataclass(frozen=True, slots=True)
class _Scene:
    """The deliveries of the rehearsal as they stand at its end, by their numbers."""

    material: Material
    played: Played
    deliveries: Mapping[int, Delivery]
    lengths: Mapping[tuple[str, str], tuple[str, int]]
    end: datetime

    def entry(self, number: int, at: datetime, came: Came, reason: str = "") -> TimelineEntry:
        one = self.deliveries[number]
        texts = parts(one.text)
        pictures = len(json.loads(one.pictures)) if one.pictures else 0
        links = sum(map(has_link, texts))
        cost = rehearsal.cost_of(one.network, texts, pictures, self.material.config.prices)
        return TimelineEntry(
            at=at,
            due_at=one.due_at,
            post=one.post.key,
            campaign=one.post.campaign,
            channel=one.channel,
            network=one.network,
            language=one.language,
            length=self._length(one, texts),
            links=links,
            cost=cost if came is Came.OUT else 0.0,
            came=came,
            reason=reason,
        )

    def is_within(self, at: datetime) -> bool:
        return self.material.wish.start <= at < self.end

    def _length(self, one: Delivery, texts: Sequence[str]) -> int:
        text, length = self.lengths.get((one.post.key, one.channel), ("", 0))
        network = NETWORKS.get(one.network)
        return length if text == one.text or network is None else max(map(network.length, texts))


def rehearsal_of(material: Material, played: Played) -> Rehearsal:
    """All that the rehearsal has shown. Asks the database in which it was played."""
    zone, campaign = material.zone, material.wish.campaign
    scene = _scene(material, played)
    entries = [entry for entry in _entries(scene) if campaign in ("", entry.campaign)]
    first = local_day(material.wish.start, zone)
    close, full = rehearsal.crowds_of(entries, material.config.channels, zone)
    return Rehearsal(
        first=first,
        last=played.last,
        timeline=tuple(entries),
        findings=tuple(_findings(material)),
        expiries=(*_facts(scene, entries), *_consents(scene, entries)),
        gaps=rehearsal.gaps_of(entries, _runs(material, first), first, played.last, zone),
        close=close,
        full=full,
        falls=rehearsal.falls_of(entries, material.library.days, _about(material), zone),
        alone=rehearsal.alone_of(entries, _languages_wanted(scene)),
        months=rehearsal.months_of(entries, zone),
        doubted=material.doubted,
        from_files=material.from_files,
    )


def _scene(material: Material, played: Played) -> _Scene:
    """Of what has been read of the deliveries, playing changes where they stand, and why; nothing else is read again."""
    deliveries = {delivery.pk: delivery for delivery in played.deliveries}
    for number, status, reason in Delivery.objects.values_list("pk", "status", "reason"):
        deliveries[number].status, deliveries[number].reason = status, reason
    lengths = {
        (one.post.key, one.channel.name): (one.text, one.length) for one in material.planned.planned
    }
    return _Scene(material, played, deliveries, lengths, span_of(played.last, material.zone).end)


def _entries(scene: _Scene) -> list[TimelineEntry]:
    """In the order of time; at one moment, first what is due first."""
    held = list(_held(scene))
    known = {number for number, _ in held}
    found = [
        *_attempts(scene),
        *(entry for _, entry in held),
        *(entry for number, entry in _drafts(scene) if number not in known),
        *_waiting(scene),
    ]
    return sorted(found, key=lambda one: (one.at, one.due_at, one.channel, one.post))


def _attempts(scene: _Scene) -> Iterator[TimelineEntry]:
    for told in scene.played.told:
        result = told.result
        if result.outcome is AttemptOutcome.PUBLISHED and result.status is not Status.PUBLISHED:
            continue  # a part of a thread: the whole is told when it is out
        came = _OUTCOMES.get(result.outcome, Came.REFUSED)
        if result.status is Status.FAILED:
            came = Came.REFUSED
        yield scene.entry(told.claim.delivery, told.at, came, result.detail)


def _held(scene: _Scene) -> Iterator[tuple[int, TimelineEntry]]:
    """What was moved aside while it was queued."""
    found = Event.objects.filter(action="held back", delivery__isnull=False).order_by("id")
    for number, at, to, reason in found.values_list("delivery_id", "at", "to_status", "reason"):
        if number is not None and scene.is_within(at):
            came = Came.MISSED if to == Status.MISSED else Came.HELD
            yield number, scene.entry(number, at, came, _all_reasons(scene, number, reason))


def _all_reasons(scene: _Scene, number: int, reason: str) -> str:
    pause = scene.played.pauses.get(number, "")
    unknown = scene.deliveries[number].channel not in scene.material.config.channels
    return joined((pause, UNKNOWN_CHANNEL if unknown else "", reason))


def _drafts(scene: _Scene) -> Iterator[tuple[int, TimelineEntry]]:
    for number, reasons in scene.played.against.items():
        one = scene.deliveries[number]
        if one.status == Status.DRAFT and scene.is_within(one.due_at):
            came = _came_of_draft(
                {reason.ground for reason in reasons}, from_files=scene.material.from_files
            )
            sentences = joined(dict.fromkeys(reason.sentence for reason in reasons))
            yield number, scene.entry(number, one.due_at, came, sentences or one.reason)


def _came_of_draft(grounds: set[Ground], *, from_files: bool) -> Came:
    if not grounds:
        return Came.UNAPPROVED
    if Ground.EXAMPLE in grounds:
        return Came.EXAMPLE
    return Came.UNTOLD if from_files and grounds <= OF_PERSON else Came.HELD


def _waiting(scene: _Scene) -> Iterator[TimelineEntry]:
    """What is due and still in the queue at the end: on hold, or its channel rests beyond the last day."""
    rests = dict(
        ChannelState.objects.filter(rest_until__gt=scene.end).values_list("name", "rest_reason")
    )
    for claim, reasons in peek_due(scene.end - timedelta(microseconds=1), scene.material.zone):
        due_at = scene.deliveries[claim.delivery].due_at
        if scene.is_within(due_at):
            sentences = joined(reason.sentence for reason in reasons)
            came = Came.HELD if reasons else Came.LATER
            yield scene.entry(
                claim.delivery, due_at, came, sentences or rests.get(claim.channel, "")
            )


def _findings(material: Material) -> list[Finding]:
    """Every finding of what is rehearsed. That a post is due before the rehearsal begins is no news, unless it is past
    already."""
    campaign = material.wish.campaign
    own, others = set[Finding](), set[Finding]()
    for one in material.planned.planned:
        (own if campaign in ("", one.post.campaign) else others).update(one.findings)
    before = {
        finding
        for one in material.planned.planned
        if one.due and one.due.latest >= material.now
        for finding in one.findings
        if finding.code == "past-due"
    }
    return [
        one
        for one in material.planned.findings
        if one not in before and (one in own or one not in others)
    ]


def _runs(material: Material, first: date) -> dict[str, tuple[date, date]]:
    found = {}
    for slug, campaign in material.library.campaigns.items():
        start, end = campaign.dates(material.library.days, first)
        if start and end and material.wish.campaign in ("", slug):
            found[slug] = (start, end)
    return found


def _about(material: Material) -> dict[str, str]:
    """The day that a post is about: the one on which it goes out, or the one that it names."""
    found = {}
    for key, post in material.library.posts.items():
        on = post.when.day_id if isinstance(post.when, OnDay) and not post.when.offset_days else ""
        found[key] = on or post.day
    return found


def _languages_wanted(scene: _Scene) -> dict[str, set[str]]:
    """The languages of each post, without those in which it was out before."""
    wanted = {
        one.post.key: set(scene.material.config.site.languages) for one in scene.deliveries.values()
    }
    told = {one.claim.delivery for one in scene.played.told}
    for number, one in scene.deliveries.items():
        if number not in told and one.status == Status.PUBLISHED:
            wanted[one.post.key].discard(one.language)
    return wanted


def _facts(scene: _Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    ends = dict(Fact.objects.values_list("key", "review_by"))
    due = {
        (entry.post, entry.channel): local_day(entry.due_at, scene.material.zone)
        for entry in entries
    }
    uses: dict[str, list[tuple[str, date]]] = {}
    for one in scene.deliveries.values():
        on = due.get((one.post.key, one.channel))
        for key in one.facts.split() if on else ():
            uses.setdefault(key, []).append((one.post.key, on or date.min))
    return rehearsal.expiries_of(
        "fact",
        ends,
        uses,
        local_day(scene.material.wish.start, scene.material.zone),
        scene.played.last,
    )


def _consents(scene: _Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    due = {
        (entry.post, entry.channel): local_day(entry.due_at, scene.material.zone)
        for entry in entries
    }
    told = {
        n: one
        for n, one in scene.deliveries.items()
        if one.post.storyteller and (one.post.key, one.channel) in due
    }
    ends: dict[str, date] = {}
    uses: dict[str, list[tuple[str, date]]] = {}
    for number, consent in consents_of(list(told)).items():
        post, until = (
            told[number].post,
            [day for day in (consent.until, consent.narrowed.until) if day],
        )
        if until:
            ends[consent.reference] = min([*until, *filter(None, [ends.get(consent.reference)])])
            uses.setdefault(consent.reference, []).append(
                (post.key, due[post.key, told[number].channel])
            )
    return rehearsal.expiries_of(
        "consent",
        ends,
        uses,
        local_day(scene.material.wish.start, scene.material.zone),
        scene.played.last,
    )
