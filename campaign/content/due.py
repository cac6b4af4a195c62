"""When a post is due on a channel: its `when`, resolved to one moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from campaign.content.dates.slots import BadSlot, Slot, next_slots
from campaign.content.dates.when import AtTime, BadWhen, NextSlot, OnDay, occurrence, to_utc
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.core.clock import local_day
from campaign.core.finding import Finding, did_you_mean, error, warning
from campaign.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Due:
    """The moment at which a post is due (aware, UTC) and the last one at which it may still go out."""

    at: datetime
    latest: datetime


class NotDue(Exception):
    """There is no such moment; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def due_of_post(
    post: PostFile, library: Library, zone: ZoneInfo, now: datetime, grace: timedelta
) -> tuple[Due, list[Finding]]:
    """The due moment of a post whose `when` is a date or an awareness day. Raises NotDue."""
    if isinstance(post.when, NextSlot):
        raise ValueError("a next slot is found channel by channel")
    day = _local_date(post, post.when, library, zone, now)
    local = datetime.combine(day, post.when.time)
    try:
        instant = to_utc(local, zone)
    except BadWhen as problem:
        raise NotDue(error("missing-hour", str(problem), post.place("when"))) from None
    findings = [_doubled(post, local, zone)] if instant.doubled else []
    return Due(instant.utc, latest(post, instant.utc, zone, grace)), findings


def next_free_slot(
    post: PostFile,
    slots: Sequence[Slot],
    taken: Collection[datetime],
    not_before: datetime,
    zone: ZoneInfo,
) -> datetime:
    """The first slot (in UTC) after `not_before` that no other delivery of the channel has. Raises NotDue."""
    try:
        coming = next_slots(slots, not_before, zone)
        return next(moment for moment in coming if moment not in taken)
    except (BadSlot, StopIteration):
        message = Sentence(
            'This post waits for the "next-slot", but a channel of it has no slots: add slots to it in config.toml.'
        )
        raise NotDue(error("no-slots", message, post.place("when"))) from None


def campaign_start(post: PostFile, library: Library, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment from which slots of a campaign may be used: now, or the first day of the campaign if that is later."""
    start, _ = library.campaign(post).dates(library.days, local_day(now, zone))
    if start is None:
        return now
    midnight = datetime.combine(start, time(0), zone).astimezone(UTC)
    # Slots come after it: one at midnight counts.
    return max(now, midnight - timedelta(seconds=1))


def latest(post: PostFile, at: datetime, zone: ZoneInfo, grace: timedelta) -> datetime:
    """The last moment: due plus the grace; a post for a day goes out on that day or not at all."""
    last = at + (grace if post.grace is None else post.grace)
    if not (post.day or isinstance(post.when, OnDay)):
        return last
    tomorrow = local_day(at, zone) + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(0), zone).astimezone(UTC)
    return min(last, midnight - timedelta(seconds=1))


def _local_date(
    post: PostFile, when: AtTime | OnDay, library: Library, zone: ZoneInfo, now: datetime
) -> date:
    """Raises NotDue for an awareness day without a date in the campaign's run."""
    if isinstance(when, AtTime):
        return when.date
    today = local_day(now, zone)
    days = library.days
    start, end = library.campaign(post).dates(days, today)
    if when.day_id not in days:
        nearest = did_you_mean(when.day_id, days)
        message = Sentence('"{0}" is not a day of the calendar; {1}', when.day_id, nearest)
        raise NotDue(error("unknown-day", message, post.place("when")))
    day = occurrence(days[when.day_id], when.offset_days, not_before=start or today)
    if day is None:
        message = Sentence(
            'The day "{0}" has no date from now on: add one to calendar.toml.', when.day_id
        )
        raise NotDue(error("no-date", message, post.place("when")))
    if end and day > end:
        message = Sentence(
            "This post would be due on {0}, outside its campaign, which runs from {1} to {2}.",
            day,
            start,
            end,
        )
        raise NotDue(error("outside-campaign", message, post.place("when")))
    return day


def _doubled(post: PostFile, local: datetime, zone: ZoneInfo) -> Finding:
    message = Sentence(
        "The time {0} comes twice in {1}, because the clocks go back: the first is used.",
        f"{local:%Y-%m-%d %H:%M}",
        zone.key,
    )
    return warning("doubled-hour", message, post.place("when"))
