"""When each post is due on each channel: at the time that it says itself, or in a slot that nobody else has.

It asks no database: what the queue knows already is handed in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.config import Channel, Config
from campaign.content.dates.slots import BadSlot, Slot, parse_slot
from campaign.content.due import (
    Due,
    NotDue,
    campaign_start,
    due_of_post,
    latest,
    next_free_slot,
)
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.core.finding import Finding, Place, error, warning
from campaign.core.hours import Hours
from campaign.core.sentence import Sentence

Time = tuple[Due | None, list[Finding]]
"""When a delivery is due, if it is, and what is wrong with that."""


class InQueue(NamedTuple):
    """A loaded delivery, as far as the plan needs it. Times are aware, in UTC."""

    when: str  #: the `when` of its post as it was written when it was loaded
    planned_at: datetime  #: what that `when` meant
    due_at: datetime  #: another time than `planned_at` once a person has moved it
    waits: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the queue holds already: the deliveries by key of the post and name of the channel, and the times that are
    taken on each channel; and which details may be told of each storyteller, by their reference."""

    planned: Mapping[tuple[str, str], InQueue] = field(default_factory=dict)
    taken: Mapping[str, frozenset[datetime]] = field(default_factory=dict)
    allowed: Mapping[str, Collection[str]] = field(default_factory=dict)


class Times:
    """Gives out times, post after post, and remembers which it has given away. `findings` tells of slots of the
    configuration that cannot be read."""

    def __init__(self, library: Library, config: Config, now: datetime, known: Known) -> None:
        self._library = library
        self._now = now
        self._known = known
        self._zone = config.site.timezone
        self._grace = config.publishing.grace
        self._quiet_hours = config.publishing.quiet
        self._taken = {name: set(known.taken.get(name, ())) for name in config.channels}
        self._slots, self.findings = _read_slots(config)

    def of_post(self, post: PostFile) -> Time:
        """When a post that says its time itself is due, which is the same on every channel."""
        try:
            return due_of_post(post, self._library, self._zone, self._now, self._grace)
        except NotDue as problem:
            return None, [problem.finding]

    def on_channel(self, post: PostFile, channel: Channel, own: Time | None) -> Time:
        """The post's own time, or else its slot on the channel, which nobody else gets from now on."""
        due, findings = own or self._slot(post, channel)
        if due is None:
            return None, findings
        self._taken[channel.name].add(due.at)
        if due.at >= self._now:  # else it is no news
            findings = [*findings, *_quiet(post, due, self._quiet_hours, self._zone)]
        is_over = due.latest < self._now
        if is_over and not _settled(self._in_queue(post, channel), due):
            return due, [*findings, _past(post, due.at.astimezone(self._zone))]
        return due, findings

    def _slot(self, post: PostFile, channel: Channel) -> Time:
        """The slot that a post without a time of its own has on the channel already, or the next free one."""
        known = self._in_queue(post, channel)
        if known and known.when == post.written_when:
            return self._with_grace(post, known.planned_at), []
        slots, taken = self._slots[channel.name], self._taken[channel.name]
        try:
            start = campaign_start(post, self._library, self._zone, self._now)
            at = next_free_slot(post, slots, taken, start, self._zone)
        except NotDue as problem:
            return None, [problem.finding]
        return self._with_grace(post, at), []

    def _with_grace(self, post: PostFile, at: datetime) -> Due:
        return Due(at, latest(post, at, self._zone, self._grace))

    def _in_queue(self, post: PostFile, channel: Channel) -> InQueue | None:
        return self._known.planned.get((post.key, channel.name))

    def in_text(self, post: PostFile, channel: Channel, due: Due | None) -> datetime:
        """The time from which a text counts its days: the one to which a person moved it, else the planned one."""
        if due is None:
            return self._now
        known = self._in_queue(post, channel)
        if known and known.planned_at == due.at:
            return known.due_at
        return due.at


def _read_slots(config: Config) -> tuple[dict[str, list[Slot]], list[Finding]]:
    """The slots of every channel, and a finding for each that cannot be read."""
    slots: dict[str, list[Slot]] = {name: [] for name in config.channels}
    findings = []
    place = Place(config.file or "config.toml")
    for name, channel in config.channels.items():
        for written in channel.slots:
            try:
                slots[name].append(parse_slot(written))
            except BadSlot as problem:
                message = Sentence("Channel {0}: {1}", name, problem)
                findings.append(error("bad-slot", message, place))
    return slots, findings


def _settled(known: InQueue | None, due: Due) -> bool:
    """Whether the past is no news: the delivery is out already, or a person has moved it."""
    if known is None:
        return False
    was_moved = known.planned_at == due.at and known.due_at != due.at
    return was_moved or not known.waits


def _quiet(post: PostFile, due: Due, quiet: Hours | None, zone: ZoneInfo) -> Iterator[Finding]:
    """At night nobody should meet a hard text alone."""
    clock = due.at.astimezone(zone).time()
    if quiet and clock in quiet and not post.help:
        message = Sentence(
            "It is due at {0}, in the quiet hours ({1}): choose a time of day, when people are not alone with it.",
            f"{clock:%H:%M}",
            quiet,
        )
        yield warning("quiet-hours", message, post.place("when"))


def _past(post: PostFile, local: datetime) -> Finding:
    message = Sentence(
        "This was due on {0}, which is too long ago for it to go out: give it a new time.",
        f"{local:%Y-%m-%d %H:%M}",
    )
    return error("past-due", message, post.place("when"))
