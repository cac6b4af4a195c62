"""Holding everything about a person who is too ill, has died or asks for time, and doing then what they wished for."""

from datetime import datetime

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models.stories import Storyteller
from campaign.states import Status
from campaign.stories.consent import After, current
from campaign.stories.many import is_a_member, note_one
from campaign.stories.storyteller import HoldReason, deliveries_of, note
from campaign.stories.withdrawal import ALL, Via, withdraw

_GRAVITY = (HoldReason.LOOK, HoldReason.TIME, HoldReason.ILL, HoldReason.DIED)
"""From least to most. What the team wants to look at first is no reason of the person's own; and whoever asked for time may
become too ill to answer, and has wished for something then."""


def hold(storyteller: Storyteller, reason: HoldReason, by: str, now: datetime) -> None:
    """Holds back everything about a person, from the next claim on. Where they wished that their story is taken down then,
    it is taken back for them once another member of the team has looked, or after an hour; on the command line, at once.

    Of somebody who is on hold already a graver reason counts, with what they wished for it; `is_news` says which. Else raises
    Problem when they are on hold, or erased."""
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        if known.erased_at or not is_news(known, reason):
            raise Problem(
                Sentence(
                    "Everything about storyteller {0} is on hold already, or erased.",
                    storyteller.reference,
                )
            )
        # The first hold counts: a second one would say that it began later, and by somebody else.
        began = {} if known.held_at else {"held_at": now, "held_by": by}
        Storyteller.objects.filter(pk=known.pk).update(hold_reason=reason.value, **began)
        note(known, "storyteller on hold", by, now)
        if wishes_removal(known, reason):
            # The person cannot say that it is a mistake, and what a network has deleted never comes back.
            do = note_one if is_a_member(by) else withdraw
            do(known, ALL, Via.WISH, by, now)
    storyteller.refresh_from_db()


def wishes_removal(storyteller: Storyteller, reason: HoldReason) -> bool:
    """Whether they wished that their story is taken down in this case."""
    consent = current(storyteller)
    if consent is None or storyteller.withdrawn_at:
        return False
    wishes = {HoldReason.ILL: consent.if_ill, HoldReason.DIED: consent.if_died}
    return wishes.get(reason) == After.REMOVE


def is_news(storyteller: Storyteller, reason: HoldReason) -> bool:
    """Whether this reason may be given now: everybody is put on hold for any, and who is on hold for a graver one."""
    # Of who is erased it is not known any more.
    if not storyteller.hold_reason:
        return True
    known_as = HoldReason(storyteller.hold_reason)
    return _GRAVITY.index(reason) > _GRAVITY.index(known_as)


def release(storyteller: Storyteller, by: str, now: datetime) -> int:
    """Ends a hold. What came due meanwhile becomes *missed*, for a person to decide: nothing goes out in a burst.

    Returns how many were missed. Raises Problem when there is no hold, or somebody has to look first whether they take
    their story back.
    """
    values = {"held_at": None, "held_by": "", "hold_reason": ""}
    with writing():
        if storyteller.takings_back.filter(decided_at=None).exists():
            raise Problem(
                Sentence(
                    "Somebody noted that {0} takes the story back: look at that first.",
                    storyteller.reference,
                )
            )
        # Of two who release at once one does it, and hands what is overdue to a person once.
        held = Storyteller.objects.filter(pk=storyteller.pk, held_at__isnull=False)
        if not held.update(**values):
            raise Problem(
                Sentence(
                    "Storyteller {0} is not on hold; nothing has changed.",
                    storyteller.reference,
                )
            )
        due = deliveries_of(storyteller).filter(status=Status.QUEUED, due_at__lte=now)
        missed = list(due.values_list("pk", flat=True))
        why = Sentence(
            "It was held back while its storyteller was on hold: send it now, give it a new time, or drop it."
        )
        for delivery in missed:
            queue.move(
                delivery,
                Status.QUEUED,
                Status.MISSED,
                now,
                actor="resume",
                action="held back",
                reason=why,
            )
        note(storyteller, "storyteller released", by, now)
    storyteller.refresh_from_db()
    return len(missed)
