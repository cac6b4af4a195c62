"""What speaks against a new time, and what a person is asked before it is given: the rules of every door.

Nothing is moved here: `rescheduling` does that, when these rules let it.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.authoring.versions import latest_version
from campaign.config import Channel, Config
from campaign.content.dates.gaps import gap_told, most_told
from campaign.content.dates.in_words import full_date, long_date
from campaign.content.dates.month import Span, name_of, quiet_days, span_of
from campaign.content.dates.when import BadWhen, OnDay, parse_when
from campaign.content.library import Library
from campaign.core.clock import local_day
from campaign.core.sentence import Sentence
from campaign.decisions.gate_ahead import against_person, as_approved
from campaign.delivery.gate import Ground, reasons_against
from campaign.models import Delivery, Post
from campaign.states import GONE, NOT_OUT_YET, Status

_MOMENT = timedelta(microseconds=1)
"""The least time there is: what is exactly a gap away is not too close."""


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a new time: refusals, and questions that a person may answer with yes."""

    refusals: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The configuration and the library that a new time is checked against, and the language in which days are named."""

    config: Config
    library: Library
    language: str = "en"

    def day_of(self, moment: datetime) -> date:
        """The local day of a moment."""
        return local_day(moment, self.config.site.timezone)


def together(delivery: Delivery) -> list[Delivery]:
    """The delivery with those of the same post that are due at the same time: English and French go out together."""
    same = Delivery.objects.filter(post_id=delivery.post_id, due_at=delivery.due_at)
    others = same.exclude(pk=delivery.pk).filter(status__in=NOT_OUT_YET).order_by("channel")
    return [delivery, *others.select_related("post")]


def by_post(deliveries: Iterable[Delivery]) -> list[list[Delivery]]:
    """Those that are moved together: of the same post, at the same time."""
    groups: dict[tuple[int, datetime], list[Delivery]] = {}
    for delivery in deliveries:
        key = (delivery.post_id, delivery.due_at)
        groups.setdefault(key, []).append(delivery)
    return list(groups.values())


def may_move(
    delivery: Delivery,
    due: datetime,
    now: datetime,
    rules: TimeRules,
    moved: Collection[int] = (),
) -> Against:
    """All that speaks against a new time (aware) for a delivery. `moved` are the deliveries that are moved with it."""
    if Status(delivery.status) not in NOT_OUT_YET:
        return Against((_not_movable(delivery),))
    refusals = [*_past(due, now), *lasting(delivery, due, now, rules)]
    if due == delivery.due_at and not refusals:
        return Against((Sentence("This is the time that it has already: choose another one."),))
    questions = [*_quiet(delivery, due, rules), *_campaign(delivery, due, now, rules)]
    questions += _hours(delivery, due, rules)
    questions += _neighbours(delivery, due, rules, {delivery.pk, *moved})
    return Against(tuple(refusals), tuple(questions))


def all_against(
    deliveries: Sequence[Delivery],
    due: datetime,
    now: datetime,
    rules: TimeRules,
    *,
    alone: bool = False,
    beside: Collection[int] = (),
) -> Against:
    """What speaks against one new time for several deliveries, each sentence once. `beside`: those that are moved too, to
    times of their own, so that their old ones are free."""
    moved = {delivery.pk for delivery in deliveries}.union(beside)
    refusals: dict[str, None] = {}
    questions: dict[str, None] = {}
    for delivery in deliveries:
        against = may_move(delivery, due, now, rules, moved)
        refusals |= dict.fromkeys(against.refusals)
        questions |= dict.fromkeys(against.questions)
    left_behind = () if alone or refusals else _left_behind(deliveries, moved, rules)
    return Against(tuple(refusals), (*left_behind, *questions))


def _not_movable(delivery: Delivery) -> str:
    name = (delivery.post.key, delivery.channel)
    match Status(delivery.status):
        case Status.PUBLISHED | Status.REMOVED:
            return Sentence("{0} on {1} has gone out already: its time is past.", *name)
        case Status.SENDING | Status.UNCONFIRMED:
            return Sentence(
                "{0} on {1} is on its way to the network, or may be out: its time cannot be changed any more.",
                *name,
            )
        case _:
            return Sentence(
                "{0} on {1} is taken out of the plan, so it has no time to change.", *name
            )


def _past(due: datetime, now: datetime) -> Iterator[str]:
    if due <= now:
        yield Sentence("The new time is in the past: name one that is still to come.")


def lasting(
    delivery: Delivery, due: datetime, now: datetime, rules: TimeRules
) -> Iterator[str]:
    """What no answer helps against, whatever the door and whoever asks."""
    yield from _unapproved(delivery)
    yield from _on_its_day(delivery, due, rules)
    yield from _person(delivery, due, now)
    yield from _gate(delivery, due, now, rules)


def _unapproved(delivery: Delivery) -> Iterator[str]:
    # A new time queues what failed or was missed, and nothing else: a draft stays one.
    would_be_queued = delivery.status in (Status.FAILED, Status.MISSED)
    if would_be_queued and delivery.approved_fingerprint != delivery.fingerprint:
        yield Sentence(
            "{0} on {1} is not approved as it reads now: have it approved first.",
            delivery.post.key,
            delivery.channel,
        )


def _on_its_day(delivery: Delivery, due: datetime, rules: TimeRules) -> Iterator[str]:
    """What is written for a day stays on the day for which it is written: it must not go out on the next."""
    its_day = rules.day_of(delivery.planned_at)
    if rules.day_of(due) != its_day and _is_for_a_day(delivery, rules.library):
        yield (
            Sentence(
                "{0} is written for {1}, so it stays on that day: choose another time of that day, "
                "or change the post itself.",
                delivery.post.key,
                full_date(its_day, rules.language),
            )
        )


def _is_for_a_day(delivery: Delivery, library: Library) -> bool:
    try:
        when = parse_when(delivery.when)
    except BadWhen:
        return False
    if isinstance(when, OnDay) and when.offset_days == 0:
        return True
    return bool(_day_named(delivery.post, library))


def _day_named(post: Post, library: Library) -> str:
    """The awareness day that the texts of a post speak of, as its latest version names it, or else its file."""
    version = latest_version(post)
    if version is None:
        file = library.posts.get(post.key)
        return file.day if file else ""
    try:
        return str(tomllib.loads(version.source).get("day", ""))
    except tomllib.TOMLDecodeError:
        return ""


def _person(delivery: Delivery, due: datetime, now: datetime) -> Iterator[str]:
    """What is approved stays in the queue only while the person whose story it is allows it, today as on the new day."""
    if delivery.status != Status.DRAFT:
        yield from against_person(delivery, due, now)


def _gate(delivery: Delivery, due: datetime, now: datetime, rules: TimeRules) -> Iterator[str]:
    """What the gate would say at the new time, of a text taken as approved.

    A fact that is still good today, and is to be reviewed before the old time as well as before the new one, keeps
    nothing where it is: it has to be reviewed in any case.
    """
    zone = rules.config.site.timezone
    candidate = as_approved(delivery, delivery.post, due)
    of_old_time = reasons_against(candidate, delivery.due_at, zone)
    today = reasons_against(candidate, now, zone)
    for reason in reasons_against(candidate, due, zone):
        is_new = reason not in of_old_time or reason in today
        if is_new or reason.ground is not Ground.FACT:
            yield reason.sentence


def _quiet(delivery: Delivery, due: datetime, rules: TimeRules) -> Iterator[str]:
    day = rules.day_of(due)
    if day != rules.day_of(delivery.due_at):
        on = long_date(day, rules.language)
        for quiet in quiet_days(rules.library.days, day):
            yield Sentence(
                "{0} is a day of remembrance, {1}: move it there all the same?",
                on,
                name_of(quiet, rules.language),
            )


def not_today(delivery: Delivery, now: datetime, rules: TimeRules) -> Iterator[str]:
    """What is asked before something goes out at once that was planned for another day."""
    today = rules.day_of(now)
    if today != rules.day_of(delivery.due_at):
        for quiet in quiet_days(rules.library.days, today):
            yield Sentence(
                "Today is a day of remembrance, {0}: send it today all the same?",
                name_of(quiet, rules.language),
            )


def _campaign(
    delivery: Delivery, due: datetime, now: datetime, rules: TimeRules
) -> Iterator[str]:
    campaign = rules.library.campaigns.get(delivery.post.campaign)
    if campaign is None:
        return
    # From the earlier of the two, so that it is the run for which it was planned, and not the next one.
    today = rules.day_of(min(now, delivery.planned_at))
    start, end = campaign.dates(rules.library.days, today)
    day, name = rules.day_of(due), campaign.names.get(rules.language, campaign.slug)
    if end and day > end:
        yield Sentence(
            "The campaign “{0}” ends on {1}: move it to a day after that all the same?",
            name,
            long_date(end, rules.language),
        )
    if start and day < start:
        yield (
            Sentence(
                "The campaign “{0}” begins on {1}: move it to a day before that all the same?",
                name,
                long_date(start, rules.language),
            )
        )


def _neighbours(
    delivery: Delivery, due: datetime, rules: TimeRules, moved: Collection[int]
) -> Iterator[str]:
    """What else is planned on the channel at that time, or too close to it, and on that day."""
    channel = rules.config.channels.get(delivery.channel)
    if channel is None:  # not in config.toml any more: no limits of its own
        channel = Channel(delivery.channel, delivery.network, delivery.language)
    zone, gap = rules.config.site.timezone, gap_told(channel.minimum_gap)
    too_close = Span(due - gap + _MOMENT, due + gap)
    for other in _planned(channel.name, too_close, moved, most=1):
        at = other.due_at.astimezone(zone)
        yield (
            Sentence(
                "On {0}, {1} is planned for {2}, which is very close: move it there all the same?",
                channel.name,
                other.post.key,
                f"{at:%H:%M}",
            )
        )
    most, day = most_told(channel.max_per_day), span_of(rules.day_of(due), zone)
    if len(_planned(channel.name, day, moved, most=most)) >= most:
        yield (
            Sentence(
                "On {0}, {1} posts a day are the most, and so many are planned on that day already: "
                "move it there all the same?",
                channel.name,
                most,
            )
        )


def _hours(delivery: Delivery, due: datetime, rules: TimeRules) -> Iterator[str]:
    quiet = rules.config.publishing.quiet
    clock = due.astimezone(rules.config.site.timezone).time()
    if quiet and clock in quiet and not delivery.post.is_help:
        yield Sentence(
            "At {0} it would go out in the quiet hours ({1}): move it there all the same?",
            f"{clock:%H:%M}",
            quiet,
        )


def _left_behind(
    deliveries: Sequence[Delivery], moved: Collection[int], rules: TimeRules
) -> Iterator[str]:
    """The other language, or another channel, of the same post at the same time."""
    for first, *_ in by_post(deliveries):
        staying = [other.channel for other in together(first) if other.pk not in moved]
        if staying:
            at = first.due_at.astimezone(rules.config.site.timezone)
            yield (
                Sentence(
                    "{0} also stands on {1}, on {2} at {3}: leave it there all the same?",
                    first.post.key,
                    ", ".join(staying),
                    long_date(at.date(), rules.language),
                    f"{at:%H:%M}",
                )
            )


def _planned(channel: str, span: Span, moved: Collection[int], most: int) -> list[Delivery]:
    """The deliveries of a channel in this time, without those that are moved; `most` of them."""
    in_span = Delivery.objects.filter(
        channel=channel, due_at__gte=span.start, due_at__lt=span.end
    )
    others = in_span.exclude(pk__in=moved).exclude(status__in=GONE)
    return list(others.select_related("post")[:most])
