"""Taking back: everything, one channel, the pictures, or the name. One action, and no reason is asked.

At once, in one transaction: the consent ends or becomes narrower, everything that is not out is withdrawn, in both
languages and on all channels, pictures are locked, and what stands on a network is noted to be deleted. Deleting is
`campaign.delivery.takedown`'s: the engine works it off within seconds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery import queue, takedown
from campaign.models import Delivery
from campaign.models.stories import (
    Consent,
    FinalWord,
    LockedPicture,
    Storyteller,
    Takedown,
    Withdrawal,
)
from campaign.publishers.publisher import Publisher
from campaign.states import NOT_OUT_YET, Status
from campaign.stories.consent import Identity, current, narrow
from campaign.stories.storyteller import (
    deliveries_of,
    may_stand,
    note,
    pictures_of,
    standing_of,
)

ALL, PICTURES, NAME = "all", "pictures", "name"
REST = "rest"
"""The scope of what is neither out as it was meant to be nor ever will be, once a consent is over: a part of a thread that broke
off, or what is in doubt. Nobody asks for it."""
REASON = Sentence("Its storyteller has taken it back.")
_SATURDAY = 5
"""As `datetime.weekday` counts it."""


class Via(StrEnum):
    """How they said that they take it back."""

    LINK = "link"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    COMMAND_LINE = "command line"
    WISH = "wish"  #: they had said beforehand what shall happen when they die, are too ill, or their consent ends


def of_channel(name: str) -> str:
    """The scope of one channel alone."""
    return f"channel:{name}"


def withdraw(
    storyteller: Storyteller, scope: str, via: Via, by: str, now: datetime
) -> Withdrawal:
    """Takes a story back, or the part of it that `scope` names (ALL, PICTURES, NAME, `of_channel`).

    `by` is the user who received it, "" through the private link. Returns the withdrawal: asked twice, the one that was
    made first, and for a part of a story that is all taken back, the one of all of it. Raises Problem for a scope that
    there is not, for a channel on which there is nothing of theirs, and when the record is erased and nothing of theirs
    stands any more. What they had let stand is taken down though their record is erased: nothing else of them is needed.
    """
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        withdrawal = asked_before(known, scope)
        if withdrawal is None:
            withdrawal = _withdraw(known, scope, via, by, now)
    storyteller.refresh_from_db()
    return withdrawal


def asked_before(storyteller: Storyteller, scope: str) -> Withdrawal | None:
    """The same request, or the one for all of it, when nothing was agreed to again since. Raises Problem as `withdraw`."""
    _check(scope)
    if storyteller.erased_at and not standing_of(storyteller):
        raise Problem(
            Sentence(
                "What was known of storyteller {0} is erased: nothing of theirs is left.",
                storyteller.reference,
            )
        )
    withdrawal = _asked_before(storyteller, scope)
    if withdrawal is None:
        _check_stands(storyteller, scope)
    return withdrawal


def leave_what_is_out(storyteller: Storyteller, by: str, now: datetime) -> None:
    """Ends everything of a person whose consent is over but what is out, which they let stand; part of a transaction."""
    of_theirs = deliveries_of(storyteller).exclude(status=Status.PUBLISHED)
    ending = list(of_theirs)
    standing = [delivery for delivery in ending if may_stand(delivery)]
    pulled = _pull(ending, by, now)
    if standing:
        made = Withdrawal.objects.create(
            storyteller=storyteller,
            scope=REST,
            asked_at=now,
            via=Via.WISH.value,
            received_by=by,
            pulled=pulled,
        )
        _order(made, standing, now)


def take_down(
    withdrawal: Withdrawal, publishers: Mapping[str, Publisher], now: datetime
) -> list[Takedown]:
    """Deletes what is due on the networks, without waiting for the engine. Returns the takedowns of this withdrawal whose
    copy is not gone yet; a copy on a channel that has no publisher here is a person's to delete, by hand."""
    takedown.work_off(publishers, now)
    for standing in still_standing(withdrawal):
        if standing.delivery.channel not in publishers and not standing.by_hand:
            record = Takedown.objects.filter(pk=standing.pk)
            record.update(by_hand=True, problem=takedown.NO_CHANNEL)
    return still_standing(withdrawal)


def still_standing(withdrawal: Withdrawal) -> list[Takedown]:
    """The takedowns of a withdrawal whose copy is not gone yet, in their order."""
    standing = withdrawal.takedowns.filter(gone_at=None)
    return list(standing.select_related("delivery__post").order_by("pk"))


def checklist() -> list[Takedown]:
    """What people have to delete by hand on the accounts, the nearest deadline first."""
    by_hand = Takedown.objects.filter(gone_at=None, by_hand=True)
    by_hand = by_hand.select_related("delivery__post", "withdrawal__storyteller")
    return list(by_hand.order_by("due_by", "pk"))


def working_days_after(now: datetime, days: int) -> datetime:
    """The same time of day so many working days later; Saturdays and Sundays are none."""
    at = now
    while days:
        at += timedelta(days=1)
        if at.weekday() < _SATURDAY:
            days -= 1
    return at


def _check(scope: str) -> None:
    if scope not in (ALL, PICTURES, NAME) and not re.fullmatch(r"channel:\S{1,100}", scope):
        raise Problem(
            Sentence(
                "Say what is taken back: all of it, one channel, the pictures, or the name."
            )
        )


def _asked_before(storyteller: Storyteller, scope: str) -> Withdrawal | None:
    """The same request, or the one for all of it, when nothing was agreed to again since."""
    if storyteller.withdrawn_at:
        return storyteller.withdrawals.filter(scope=ALL).order_by("-pk").first()
    if scope == ALL or _allows(current(storyteller), scope):
        return None
    return storyteller.withdrawals.filter(scope=scope).order_by("-pk").first()


def _check_stands(storyteller: Storyteller, scope: str) -> None:
    """Raises Problem for a channel that they never allowed, and on which nothing of theirs ever was."""
    name = scope.removeprefix(of_channel(""))
    if name == scope or _allows(current(storyteller), scope):
        return
    if not deliveries_of(storyteller).filter(channel=name).exists():
        raise Problem(
            Sentence(
                "{0} has nothing on {1}, and no consent for it: nothing has changed.",
                storyteller.reference,
                name,
            )
        )


def _allows(consent: Consent | None, scope: str) -> bool:
    """Whether a consent allows what is taken back."""
    if consent is None or consent.ended_at:
        return False
    if scope == PICTURES:
        return consent.pictures
    if scope == NAME:
        return consent.identity != Identity.NONE
    return scope in map(of_channel, consent.channels.split())


def _withdraw(
    storyteller: Storyteller, scope: str, via: Via, by: str, now: datetime
) -> Withdrawal:
    deliveries = list(deliveries_of(storyteller))
    affected = _affected(storyteller, deliveries, scope)
    kept = {delivery.pk for delivery in deliveries} - {delivery.pk for delivery in affected}
    actor = by or storyteller.reference
    if scope == ALL:
        Consent.objects.filter(storyteller=storyteller, ended_at=None).update(ended_at=now)
        Storyteller.objects.filter(pk=storyteller.pk).update(withdrawn_at=now)
    else:
        _narrow(storyteller, scope, now, kept)
    made = Withdrawal.objects.create(
        storyteller=storyteller,
        scope=scope,
        asked_at=now,
        via=via.value,
        received_by=by,
        pulled=_pull(affected, actor, now),
    )
    _order(made, affected, now)
    if scope in (ALL, PICTURES):
        _lock(storyteller, now)
    note(storyteller, "consent withdrawn", actor, now, f"({scope}).")
    return made


def _narrow(storyteller: Storyteller, scope: str, now: datetime, kept: Iterable[int]) -> None:
    consent = current(storyteller)
    if consent is None:
        return
    if scope == PICTURES:
        narrow(storyteller, now, kept, pictures=False)
    elif scope == NAME:
        narrow(storyteller, now, kept, identity=Identity.NONE.value, named_as_sealed="")
    else:
        left = [name for name in consent.channels.split() if of_channel(name) != scope]
        narrow(storyteller, now, kept, channels=" ".join(left))


def _affected(
    storyteller: Storyteller, deliveries: Sequence[Delivery], scope: str
) -> list[Delivery]:
    if scope == ALL:
        return list(deliveries)
    if scope == PICTURES:
        # Once the record is erased nobody knows any more what showed a picture: all of it may have.
        return [
            delivery for delivery in deliveries if delivery.pictures or storyteller.erased_at
        ]
    if scope == NAME:
        nameless = _nameless(storyteller)
        return [delivery for delivery in deliveries if delivery.pk not in nameless]
    return [delivery for delivery in deliveries if of_channel(delivery.channel) == scope]


def _nameless(storyteller: Storyteller) -> set[int]:
    """The deliveries whose last word was given under a consent that names nobody."""
    # Oldest first: in the table, a later word takes the place of an earlier one.
    words = FinalWord.objects.filter(consent__storyteller=storyteller).order_by("pk")
    last = dict(words.values_list("delivery", "consent__identity"))
    return {delivery for delivery, identity in last.items() if identity == Identity.NONE}


def _pull(affected: Sequence[Delivery], actor: str, now: datetime) -> int:
    """Withdraws everything that is not out yet. Returns how many deliveries."""
    waiting = [delivery for delivery in affected if delivery.status in NOT_OUT_YET]
    for delivery in waiting:
        queue.move(
            delivery.pk,
            Status(delivery.status),
            Status.WITHDRAWN,
            now,
            actor=actor,
            action="withdrawn",
            reason=REASON,
        )
    return len(waiting)


def _order(withdrawal: Withdrawal, affected: Sequence[Delivery], now: datetime) -> None:
    """What is out, on its way or begun is to be deleted; of a delivery that is being sent, as soon as it is out."""
    due_by = working_days_after(now, settings.CONFIG.stories.deadline)
    standing = [delivery for delivery in affected if may_stand(delivery)]
    Takedown.objects.bulk_create(
        Takedown(
            withdrawal=withdrawal, delivery=delivery, asked_at=now, next_at=now, due_by=due_by
        )
        for delivery in standing
    )


def _lock(storyteller: Storyteller, now: datetime) -> None:
    digests = sorted(pictures_of(storyteller))
    LockedPicture.objects.bulk_create(
        (LockedPicture(digest=digest, storyteller=storyteller, at=now) for digest in digests),
        ignore_conflicts=True,  # A part that was taken back before has locked some already.
    )
