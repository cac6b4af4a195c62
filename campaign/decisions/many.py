"""Deciding about many deliveries at once: what cannot be decided becomes a sentence, and stops none of the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.content.dates.when import BadWhen, to_utc
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence
from campaign.decisions import approving, rescheduling
from campaign.decisions.time_rules import TimeRules, by_post
from campaign.delivery import queue
from campaign.models import Delivery, Post
from campaign.states import NOT_OUT_YET, Stage, Status

FITS: Mapping[str, frozenset[Status]] = {
    "approve": frozenset({Status.DRAFT}),
    "return": frozenset({Status.DRAFT}),
    "reschedule": NOT_OUT_YET,
    "cancel": NOT_OUT_YET,
    "retry": frozenset({Status.FAILED, Status.MISSED}),
    "not_out": frozenset({Status.UNCONFIRMED}),
    "out": frozenset({Status.UNCONFIRMED}),
    "bring_back": frozenset({Status.CANCELLED}),
    "take_down": frozenset({Status.PUBLISHED}),
}
"""What can be decided, and the statuses in which a delivery has to be for it."""


@dataclass
class Decided:
    """How many were decided about, a sentence for each about which it was not possible, and those that wait for a yes."""

    done: int = 0
    problems: list[str] = field(default_factory=list)
    asked: list[Delivery] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def about(self, deliveries: Sequence[Delivery], act: Callable[[], object]) -> bool:
        """Does the act that is about these, and keeps what came of it. Whether it was done."""
        try:
            act()
        except Asked as asked:
            self.asked += deliveries
            new = [question for question in asked.questions if question not in self.questions]
            self.questions += new
        except Problem as problem:
            self.problems.append(str(problem))
        else:
            self.done += len(deliveries)
            return True
        return False


def fits(action: str, delivery: Delivery) -> bool:
    """Whether this can be decided about a delivery in its status."""
    return Status(delivery.status) in FITS[action]


def for_each(deliveries: Iterable[Delivery], decide: Callable[[Delivery], object]) -> Decided:
    """Decides about each delivery by itself."""
    decided = Decided()
    for delivery in deliveries:
        decided.about([delivery], partial(decide, delivery))
    return decided


def reschedule(
    deliveries: Iterable[Delivery],
    due_of: Callable[[Delivery], datetime],
    by: str,
    now: datetime,
    rules: TimeRules,
    *,
    answered: bool = False,
    reason: str = "",
) -> Decided:
    """Gives each the time that `due_of` says. Deliveries of one post at one time are moved together or not at all."""
    decided = Decided()
    for group in by_post(deliveries):

        def act(group: Sequence[Delivery] = group) -> None:
            rescheduling.reschedule(
                group, due_of(group[0]), by, now, rules, answered=answered, reason=reason
            )

        decided.about(group, act)
    return decided


def approve(
    shown: Mapping[int, Mapping[int, str]],
    by: User,
    now: datetime,
    zone: ZoneInfo,
    *,
    own: bool = False,
) -> Decided:
    """Approves posts by their numbers, each with the fingerprints of the drafts that the person was shown."""
    decided = Decided()
    for post in Post.objects.filter(pk__in=shown):
        try:
            queued, kept_back = approving.approve(
                post, by, now, zone, own=own, shown=shown[post.pk]
            )
            decided.done += queued
            decided.problems += kept_back
        except Problem as problem:
            decided.problems.append(str(problem))
    return decided


def hand_back(posts: Iterable[Post], by: User, reason: str, now: datetime) -> Decided:
    """Returns posts to those who wrote them."""
    decided = Decided()
    for post in posts:
        try:
            approving.hand_back(post, by, reason, now)
            decided.done += 1
        except Problem as problem:
            decided.problems.append(str(problem))
    return decided


def bring_back(delivery: Delivery, by: str, now: datetime) -> None:
    """Makes a cancelled delivery a draft again, which somebody has to approve anew.

    Raises Problem in any other state, and when its post is not planned any more.
    """
    if delivery.status != Status.CANCELLED:
        raise Problem(
            Sentence(
                "Delivery {0} is {1}: only what is cancelled can be brought back.",
                delivery.pk,
                delivery.status,
            )
        )
    if delivery.post.stage != Stage.PLANNED:
        raise Problem(
            Sentence("{0} is not planned any more: its post comes first.", delivery.post.called)
        )
    queue.move(
        delivery.pk,
        Status.CANCELLED,
        Status.DRAFT,
        now,
        actor=by,
        action="brought back",
        reason=Sentence("Brought back by hand."),
    )


def moment(day: str, clock: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The moment, in UTC, of a local date ("2027-10-13") and time ("09:00"), and whether that time comes twice that
    night: the first one is then meant. Raises Problem when they cannot be read, or when the clocks skip the time."""
    try:
        local_day = datetime.strptime(day.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day alone
        local = datetime.combine(local_day, time.fromisoformat(clock.strip()))
        due = to_utc(local.replace(second=0, microsecond=0), zone)
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    except (ValueError, OverflowError):
        raise Problem(
            Sentence(
                "Name the new time as a date and a time of day, such as 2027-10-13 and 09:00."
            )
        ) from None
    return due.utc, due.doubled
