"""Lays out what goes out again: for each set, on each channel, the next deliveries in free slots.

Each is an ordinary delivery with the very words of the first: the gate is asked here, and again when it is claimed. A post whose
words, facts or consent are not what they were when a second person said yes goes out no more, and its set says why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.db.models import Q

from campaign.authoring.closed import closed_campaigns
from campaign.authoring.following import is_approved_with_its_link
from campaign.checks.texts import with_link
from campaign.config import Channel, Config
from campaign.consent.rule import was_of_a_person
from campaign.content.dates.month import named_days
from campaign.content.dates.slots import BadSlot, next_slots, parse_slot
from campaign.content.library import Library, with_posts, without_posts
from campaign.core.clock import local_day
from campaign.core.sentence import Sentence, joined
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions import settling
from campaign.decisions.evergreen.sets import ACTOR, approved_of, end
from campaign.decisions.evergreen.turns import Pace, Turn, turns
from campaign.decisions.gate_ahead import against_approving
from campaign.delivery import queue
from campaign.delivery.gate import Ground
from campaign.models import Delivery, Post
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.planning.known import known_now, taken_slots
from campaign.planning.plan import plan
from campaign.states import GONE, NOT_OUT_YET, Stage, Status

NOTICE = timedelta(days=1)
"""Nothing is laid out for sooner: people see first what is to go out."""
AHEAD = timedelta(days=8)
"""How far ahead it is laid out: the calendar shows the week that comes."""
Texts = dict[tuple[str, str], tuple[str, str]]
NOT_OUT_ANY_MORE = Sentence("Nothing of it is out any more.")
_AGAIN = ("network", "language", "text", "link", "facts", "pictures", "fingerprint")
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

    What is laid out already and holds no longer is cancelled, be its set on or off. Returns how many deliveries are new."""
    _drop_what_holds_no_more(desk, now)
    made = 0
    for evergreen in Evergreen.objects.filter(is_on=True).order_by("pk"):
        with writing():
            made += _lay_out_set(evergreen, desk, now, until or now + AHEAD)
    return made


def _drop_what_holds_no_more(desk: Desk, now: datetime) -> None:
    """What waits of a post that is not out any more, or would read otherwise today, does not go out either."""
    waits = Q(repetitions__post__deliveries__status__in=NOT_OUT_YET)
    variants = list(Variant.objects.filter(waits).distinct().select_related("post"))
    if not variants:
        return
    with writing():
        texts = _texts_now([variant.post for variant in variants], desk, now)
        for variant in variants:
            if not _is_unreadable(variant.post.key, desk, texts):
                _drop_of(variant, texts, now)


def _drop_of(variant: Variant, texts: Texts, now: datetime) -> None:
    sources = {delivery.channel: delivery for delivery in approved_of(variant.post)}
    changed = _rewritten(variant, sources, texts)
    again = Delivery.objects.filter(post__in=variant.repetitions.values("post"))
    # A thread that has begun is finished.
    for waiting in again.filter(status__in=NOT_OUT_YET, part_ids=""):
        why = changed if waiting.channel in sources else NOT_OUT_ANY_MORE
        if why:
            settling.cancel(waiting, ACTOR, why, now)


def _is_unreadable(key: str, desk: Desk, texts: Texts) -> bool:
    """Its file is there, and cannot be read just now: what it would say is not known, and nothing changes until it is."""
    is_there = key in desk.library.posts or key in desk.library.broken
    return is_there and not any(post == key for post, _ in texts)


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
        if _is_unreadable(variant.post.key, desk, texts):
            continue
        sources = {delivery.channel: delivery for delivery in approved_of(variant.post)}
        problem = _problem(variant, sources, texts)
        if problem:
            end(variant, problem, now)
        else:
            going[variant] = sources
    return going


def _texts_now(posts: Iterable[Post], desk: Desk, now: datetime) -> Texts:
    """What these posts would say today, and with which link beside it, by their key and the channel."""
    files = {}
    for post in posts:
        if post.key in desk.library.posts:
            files[post.key] = desk.library.posts[post.key]
    library = with_posts(without_posts(desk.library), files)
    planned = plan(library, desk.config, now, known_now(now, list(files))).planned
    texts: Texts = {}
    for delivery in planned:
        place = delivery.post.key, delivery.channel.name
        texts[place] = delivery.text, delivery.link
    return texts


def _problem(
    variant: Variant, sources: Mapping[str, Delivery], texts: Texts
) -> Sentence | None:
    """Why a post may not go out again, as far as its words tell."""
    if not sources:
        return NOT_OUT_ANY_MORE
    if variant.post.campaign in closed_campaigns():
        return Sentence("Its campaign is closed.")
    return _rewritten(variant, sources, texts)


def _rewritten(
    variant: Variant, sources: Mapping[str, Delivery], texts: Texts
) -> Sentence | None:
    """On which channel its words are not those to which somebody said yes; None where they are on all."""
    frozen = set(variant.frozen.split())
    for channel, delivery in sources.items():
        text, link = texts.get((variant.post.key, channel), ("", ""))
        is_same = (text, link) == (delivery.text, delivery.link)
        reads_so = is_same or is_approved_with_its_link(delivery, text, link)
        if delivery.fingerprint not in frozen or not reads_so:
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
    # Its posts may have gone out again in another set before: the same words rest all the same.
    of_set = Q(post__repetitions__evergreen=evergreen)
    of_set |= Q(post__repetitions__variant__evergreen=evergreen)
    again = there.filter(of_set).distinct()
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
    first = Post.objects.get(pk=variant.post_id)
    number = variant.repetitions.values("post").distinct().count() + 2
    while Post.objects.filter(key=_key(first, number)).exists():
        number += 1
    post = Post.objects.get(pk=variant.post_id)
    post.pk = None
    post._state.adding = True
    post.key = _key(first, number)
    post.name = post.key.removeprefix(f"{first.campaign}/")
    post.title = f"{first.called[:190]} ({number})"
    post.loaded_at, post.stage, post.version = now, Stage.PLANNED, 0
    # It is moved and cancelled by itself, not with the series that the first was made in.
    post.file_digest, post.form, post.series = "", None, None
    post.save()
    return post


def _key(first: Post, number: int) -> str:
    return f"{first.campaign}/{first.name[:80]}-again-{number}"


def _queue(delivery: Delivery, variant: Variant, now: datetime) -> None:
    """As approved by who said yes to its going out again."""
    Delivery.objects.filter(pk=delivery.pk).update(
        approved_fingerprint=delivery.fingerprint,
        approved_text=with_link(delivery.text, delivery.link),
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
