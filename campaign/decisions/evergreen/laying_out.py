"""Lays out what goes out again: for each set, on each channel, the next deliveries in free slots.

Each is an ordinary delivery with the very words of the first: the gate is asked here, and again when it is claimed. A post whose
words, facts or consent are not what they were when a second person said yes goes out no more, and its set says why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from campaign.config import Channel, Config
from campaign.consent.rule import was_of_a_person
from campaign.content.dates.month import named_days
from campaign.content.dates.slots import BadSlot, next_slots, parse_slot
from campaign.content.library import Library, with_posts, without_posts
from campaign.core.clock import local_day
from campaign.core.sentence import Sentence, joined
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions.evergreen.sets import ACTOR, approved_of, end
from campaign.decisions.evergreen.turns import Pace, Turn, turns
from campaign.decisions.gate_ahead import against_approving
from campaign.delivery import queue
from campaign.delivery.gate import Ground
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.planning.known import known_now, taken_slots
from campaign.planning.plan import plan
from campaign.states import GONE, Stage, Status

NOTICE = timedelta(days=1)
"""Nothing is laid out for sooner: people see first what is to go out."""
AHEAD = timedelta(days=8)
"""How far ahead it is laid out: the calendar shows the week that comes."""
_AGAIN = ("network", "language", "text", "facts", "pictures", "fingerprint")
"""What a delivery has from the one that it repeats."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is laid out with: the configuration, and all posts as they read now."""

    config: Config
    library: Library

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self.config.site.timezone


class _Refused(Exception):
    """The gate would not let it out; what was written for it is undone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def lay_out(desk: Desk, now: datetime, until: datetime | None = None) -> int:
    """Lays out what is to go out again up to `until` (aware), else as far as AHEAD; once more, it changes nothing.

    Returns how many deliveries are new."""
    made = 0
    for evergreen in Evergreen.objects.filter(is_on=True).order_by("pk"):
        with writing():
            made += _lay_out_set(evergreen, desk, now, until or now + AHEAD)
    return made


def _lay_out_set(evergreen: Evergreen, desk: Desk, now: datetime, until: datetime) -> int:
    if evergreen.until and evergreen.until < local_day(now, desk.zone):
        Evergreen.objects.filter(pk=evergreen.pk).update(is_on=False)
        return 0
    going = _going(evergreen, desk, now)
    channels = {delivery.channel for sources in going.values() for delivery in sources.values()}
    made = 0
    for name, channel in desk.config.channels.items():
        if name in channels:
            made += _lay_out_channel(evergreen, channel, going, desk, now, until)
    return made


def _going(
    evergreen: Evergreen, desk: Desk, now: datetime
) -> dict[Variant, dict[str, Delivery]]:
    """The posts of the set that may go out again, each with what it repeats on each channel. Those that may not are ended."""
    allowed = evergreen.variants.filter(left_at=None, allowed_by__isnull=False)
    variants = list(allowed.select_related("post").order_by("pk"))
    texts = _texts_now([variant.post for variant in variants], desk, now)
    going = {}
    for variant in variants:
        sources = {delivery.channel: delivery for delivery in approved_of(variant.post)}
        problem = _problem(variant, sources, texts)
        if problem:
            end(variant, problem, now)
        else:
            going[variant] = sources
    return going


def _texts_now(posts: Iterable[Post], desk: Desk, now: datetime) -> dict[tuple[str, str], str]:
    """What these posts would say today, by their key and the channel."""
    files = {}
    for post in posts:
        if post.key in desk.library.posts:
            files[post.key] = desk.library.posts[post.key]
    library = with_posts(without_posts(desk.library), files)
    planned = plan(library, desk.config, now, known_now(now, list(files))).planned
    return {(delivery.post.key, delivery.channel.name): delivery.text for delivery in planned}


def _problem(
    variant: Variant, sources: Mapping[str, Delivery], texts: Mapping[tuple[str, str], str]
) -> Sentence | None:
    """Why a post may not go out again, as far as its words tell."""
    if not sources:
        return Sentence("Nothing of it is out any more.")
    frozen = set(variant.frozen.split())
    for channel, delivery in sources.items():
        text = texts.get((variant.post.key, channel), "")
        if delivery.fingerprint not in frozen or text != delivery.text:
            return Sentence(
                "On {0} it would read otherwise today than what was approved: write it anew.",
                channel,
            )
    return None


def _lay_out_channel(
    evergreen: Evergreen,
    channel: Channel,
    going: Mapping[Variant, Mapping[str, Delivery]],
    desk: Desk,
    now: datetime,
    until: datetime,
) -> int:
    variants = {
        variant.pk: variant for variant, sources in going.items() if channel.name in sources
    }
    pace = Pace(timedelta(days=evergreen.every), timedelta(days=evergreen.rest))
    slots = _free_slots(evergreen, channel, desk, now, until)
    made = 0
    for turn in turns(slots, _known(evergreen, channel.name), list(variants), pace):
        variant = variants[turn.variant]
        made += _repeat(variant, going[variant][channel.name], turn.at, desk, now)
    return made


def _free_slots(
    evergreen: Evergreen, channel: Channel, desk: Desk, now: datetime, until: datetime
) -> Iterator[datetime]:
    """The slots of a channel that nobody has, on days that are no days of remembrance."""
    try:
        slots = [parse_slot(written) for written in channel.slots]
        coming = next_slots(slots, now + NOTICE, desk.zone)
    except BadSlot:  # without slots, nothing of a set goes out there
        return
    taken = taken_slots([channel], now + NOTICE, now, desk.zone).get(channel.name, frozenset())
    quiet = _quiet_days(desk, now, until)
    for slot in takewhile(lambda slot: slot <= until, coming):
        day = local_day(slot, desk.zone)
        is_over = evergreen.until is not None and day > evergreen.until
        if slot not in taken and day not in quiet and not is_over:
            yield slot


def _quiet_days(desk: Desk, now: datetime, until: datetime) -> set[date]:
    quiet = [day for day in desk.library.days.values() if day.quiet]
    first, last = local_day(now, desk.zone), local_day(until, desk.zone)
    return set(named_days(quiet, first, last))


def _known(evergreen: Evergreen, channel: str) -> list[Turn]:
    """When something of the set was out, is out or goes out on the channel. What was cancelled had its turn."""
    there = Delivery.objects.filter(channel=channel)
    own = there.filter(post__variant__evergreen=evergreen).exclude(status__in=GONE)
    again = there.filter(post__repetitions__evergreen=evergreen).distinct()
    known = [Turn(*row) for row in own.values_list("post__variant__pk", "due_at")]
    known += [Turn(*row) for row in again.values_list("post__repetitions__variant", "due_at")]
    return known


def _repeat(
    variant: Variant, source: Delivery, slot: datetime, desk: Desk, now: datetime
) -> bool:
    """Writes one delivery down and queues it; a story stays a draft, since its person is asked about each going out.

    Returns whether it is there now. A post that the gate would not let out goes out again no more."""
    is_story = was_of_a_person(variant.post)
    try:
        with writing():
            delivery = _write(variant, source, slot, desk, now)
            reasons = against_approving(delivery, delivery.post, now, desk.zone)
            against = [
                reason for reason in reasons if not (is_story and reason.ground is Ground.WORD)
            ]
            if against:
                raise _Refused(joined(reason.sentence for reason in against))
            if not is_story:
                _queue(delivery, variant, now)
    except _Refused as refused:
        end(variant, refused.why, now)
        return False
    return True


def _write(
    variant: Variant, source: Delivery, slot: datetime, desk: Desk, now: datetime
) -> Delivery:
    post = _post(variant, slot, now)
    again = {name: getattr(source, name) for name in _AGAIN}
    delivery = Delivery.objects.create(
        post=post,
        channel=source.channel,
        when="next-slot",
        planned_at=slot,
        due_at=slot,
        next_at=slot,
        latest_at=slot + desk.config.publishing.grace,
        **again,
    )
    Repetition.objects.create(
        variant=variant,
        evergreen=variant.evergreen,
        channel=source.channel,
        slot=slot,
        post=post,
    )
    events.note(delivery.pk, "", Status.DRAFT, now, actor=ACTOR, action="repeated", reason="")
    return delivery


def _post(variant: Variant, slot: datetime, now: datetime) -> Post:
    """The post for this slot: the one that another channel has there already, or a new one after the first."""
    before = variant.repetitions.filter(slot=slot).select_related("post").first()
    if before:
        return before.post
    number = variant.repetitions.values("post").distinct().count() + 2
    first = Post.objects.get(pk=variant.post_id)
    post = Post.objects.get(pk=variant.post_id)
    post.pk = None
    post._state.adding = True
    post.name = f"{first.name[:80]}-again-{number}"
    post.key = f"{first.campaign}/{post.name}"
    post.title = f"{first.called[:190]} ({number})"
    post.loaded_at, post.stage, post.version = now, Stage.PLANNED, 0
    post.file_digest, post.form = "", None
    post.save()
    return post


def _queue(delivery: Delivery, variant: Variant, now: datetime) -> None:
    """As approved by who said yes to its going out again."""
    Delivery.objects.filter(pk=delivery.pk).update(
        approved_fingerprint=delivery.fingerprint,
        approved_text=delivery.text,
        approved_by=variant.allowed_by,
        approved_at=variant.allowed_at,
    )
    reason = Sentence("Of the set {0}.", variant.evergreen.name)
    queue.move(
        delivery.pk,
        Status.DRAFT,
        Status.QUEUED,
        now,
        actor=ACTOR,
        action="repeated",
        reason=reason,
    )
