"""What is decided about a series as one: another day or time for all that is not out, or none of it goes out.

What is written only, and not submitted, is moved in its words; what is planned is moved as every door moves it, by
`rescheduling`, and keeps its approval by the same rules."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.contrib.auth.models import User

from campaign.authoring import compose, stages
from campaign.authoring.compose import Desk
from campaign.authoring.versions import save_version
from campaign.consent.locks import is_locked
from campaign.content.dates.rhythm import Shift
from campaign.content.dates.when import AtTime, BadWhen, parse_when, to_utc
from campaign.content.fields import Fields
from campaign.content.source import write_source
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence, joined
from campaign.database.sql import writing
from campaign.decisions import rescheduling, settling
from campaign.decisions.time_rules import TimeRules, all_against, by_post
from campaign.models import Delivery, Post
from campaign.models.series import Series
from campaign.states import NOT_OUT_YET, Stage

_WRITTEN = (Stage.WRITING, Stage.RETURNED)
"""Nothing of it is in the queue: its time stands in its words."""
_TOGETHER = Sentence(
    "Two posts of the series would stand at the same time: move it by days, or move one of them by itself first."
)
Due = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a series goes: to other days, and to a time of day; None keeps each one's own."""

    shift: Shift
    clock: time | None = None

    def of(self, local: datetime) -> datetime:
        """Where a local time (naive) goes. Raises Problem beyond the calendar."""
        try:
            day = self.shift.of(local.date())
        except OverflowError:
            raise Problem(Sentence("Name fewer days: no calendar goes so far.")) from None
        return datetime.combine(day, self.clock or local.time())


def move(
    series: Series,
    to: Move,
    by: User,
    desk: Desk,
    now: datetime,
    rules: TimeRules,
    *,
    answered: bool = False,
    shown: str = "",
) -> int:
    """Moves all of a series that is not out, or nothing of it. `shown` is the `standing` that the person has seen; "" where
    no page was shown. Returns how many posts have a new time. Raises Problem with
    what speaks against it, and Asked with what has to be answered first."""

    def due_of(due: datetime) -> datetime:
        zone = rules.config.site.timezone
        local = due.astimezone(zone).replace(tzinfo=None)
        return _moment(to.of(local), rules)

    with writing():
        if shown and shown != standing(series):
            raise Problem(
                Sentence(
                    "These posts have changed meanwhile: look at them again, then move them."
                )
            )
        groups = by_post(_waiting(series))
        written = list(series.posts.filter(stage__in=_WRITTEN).order_by("pk"))
        numbers = {delivery.pk for group in groups for delivery in group}
        _need_free(groups, numbers, due_of, now, rules, answered=answered)
        for group in groups:
            due = due_of(group[0].due_at)
            rescheduling.reschedule(
                group,
                due,
                by.username,
                now,
                rules,
                answered=True,
                alone=True,
                beside=numbers,
            )
        for post in written:
            _rewrite(post, to, by, desk, now, rules)
        moved = {group[0].post_id for group in groups} | {post.pk for post in written}
    if not moved:
        raise Problem(
            Sentence("Nothing of this series waits any more: there is nothing to move.")
        )
    return len(moved)


def standing(series: Series) -> str:
    """By which a page says where it has shown a series: moved by days twice, by two presses or two people, it would go too
    far."""
    times = [(delivery.pk, delivery.due_at) for delivery in _waiting(series)]
    written = series.posts.filter(stage__in=_WRITTEN).order_by("pk")
    versions = list(written.values_list("pk", "version"))
    return hashlib.sha256(repr((times, versions)).encode()).hexdigest()


def cancel(series: Series, by: User, reason: str, now: datetime) -> int:
    """Takes all of a series out of the queue that is not out, and puts away what is only written. Returns how many posts that
    are. Raises Problem where nothing waits any more."""
    with writing():
        deliveries = _waiting(series)
        written = list(series.posts.filter(stage__in=_WRITTEN).order_by("pk"))
        for delivery in deliveries:
            settling.cancel(delivery, by.username, reason, now)
        for post in written:
            stages.take_back(post, by, now)
    ended = {delivery.post_id for delivery in deliveries} | {post.pk for post in written}
    if not ended:
        raise Problem(Sentence("Nothing of this series waits any more: nothing is cancelled."))
    return len(ended)


def _waiting(series: Series) -> list[Delivery]:
    """What of it is in the queue and not out, in due order."""
    of_series = Delivery.objects.filter(post__series=series, status__in=NOT_OUT_YET)
    return list(of_series.select_related("post").order_by("due_at", "post_id", "id"))


def _need_free(
    groups: Sequence[Sequence[Delivery]],
    numbers: Collection[int],
    due_of: Due,
    now: datetime,
    rules: TimeRules,
    *,
    answered: bool,
) -> None:
    """Asks the rules about all new times before any is given, so that a person is asked once, and about all of them."""
    refusals: dict[str, None] = {}
    questions: dict[str, None] = {}
    taken: set[tuple[str, datetime]] = set()
    for group in groups:
        due = due_of(group[0].due_at)
        places = {(delivery.channel, due) for delivery in group}
        if places & taken:
            refusals[_TOGETHER] = None
        taken |= places
        against = all_against(group, due, now, rules, alone=True, beside=numbers)
        refusals |= dict.fromkeys(against.refusals)
        questions |= dict.fromkeys(against.questions)
    if refusals:
        raise Problem(joined(refusals))
    if questions and not answered:
        raise Asked(tuple(questions))


def _rewrite(
    post: Post, to: Move, by: User, desk: Desk, now: datetime, rules: TimeRules
) -> None:
    """Moves the time that the words of a post name; one that waits for a free slot, or counts from a day, names none."""
    fields, number = compose.current_fields(post, desk, now)
    when = _written(fields)
    if when is None or is_locked(post):
        return
    local = to.of(datetime.combine(when.date, when.time))
    _moment(local, rules)
    moved = replace(fields, when=f"{local:%Y-%m-%d %H:%M}")
    save_version(post, write_source(moved), by, now, based_on=number)


def _written(fields: Fields) -> AtTime | None:
    try:
        when = parse_when(fields.when)
    except BadWhen:
        return None
    return when if isinstance(when, AtTime) else None


def _moment(local: datetime, rules: TimeRules) -> datetime:
    """The moment of a local time, in UTC. Raises Problem where the clocks skip it."""
    try:
        return to_utc(local, rules.config.site.timezone).utc
    except BadWhen as problem:
        raise Problem(str(problem)) from None
