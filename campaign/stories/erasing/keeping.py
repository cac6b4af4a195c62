"""What time brings about for stories, without anybody asking: what is out is taken down when a consent ends and its person
wished so, what was taken back is emptied, who agreed to nothing is written to, who is kept no longer is erased, and what could
not be deleted is tried again."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.db.models import F, QuerySet

from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.database.sql import writing
from campaign.models.stories import Storyteller
from campaign.stories.consent import After
from campaign.stories.erasing import erasure, leftovers, unagreed
from campaign.stories.erasing.emptying import ACTOR
from campaign.stories.withdrawal import ALL, Via, withdraw

log = logging.getLogger("campaign.stories")
EVERY = timedelta(minutes=10)
"""How often a program that runs looks after it."""


def work_off(
    uploads: Path, after: timedelta, zone: ZoneInfo, now: datetime, *, is_sure: bool = False
) -> None:
    """Does all that is due now; what goes wrong for one person is told in the log of the program, and hinders no other.

    `after`: how long a record is kept. Raises Problem where the machine's clock is known to be wrong; `is_sure`: a network
    has just said that it is right.
    """
    erasure.need_right_clock(now, is_sure=is_sure)
    for who in ended_with_a_wish(zone, now).order_by("pk"):
        _alone(who, partial(take_down_ended, who, zone, now, is_sure=is_sure))
    for asked in erasure.taken_back_for_good(now):
        empty = partial(erasure.empty_taken_back, asked, uploads, now, sweeps=False)
        _alone(asked.storyteller, empty)
    for unreminded in unagreed.to_remind(now):
        _alone(unreminded, partial(unagreed.remind, unreminded, now))
    for overdue in erasure.due(now, after, zone):
        who = overdue.storyteller
        erase = partial(erasure.erase_overdue, who, after, zone, uploads, ACTOR, now)
        _alone(who, partial(erase, is_sure=is_sure, sweeps=False))
    # It writes the database anew once for all of them: each time takes as long as a copy of it.
    leftovers.work_off(uploads, now)


def ended_with_a_wish(zone: ZoneInfo, now: datetime) -> QuerySet[Storyteller]:
    """Those whose consent has ended, and who wished that what is out is taken down then."""
    today = local_day(now, zone)
    return Storyteller.objects.filter(
        erased_at=None,
        withdrawn_at=None,
        consents__number=F("consent_number"),
        consents__ended_at=None,
        consents__valid_until__lt=today,
        consents__if_ended=After.REMOVE.value,
    )


def take_down_ended(
    who: Storyteller, zone: ZoneInfo, now: datetime, *, is_sure: bool = False
) -> bool:
    """Takes a story back as its person wished for the end of their consent. False when it has not ended any more."""
    erasure.need_right_clock(now, is_sure=is_sure)
    with writing():
        # Asked again: they may have said yes once more meanwhile.
        known = ended_with_a_wish(zone, now).filter(pk=who.pk).first()
        if known is None:
            return False
        withdraw(known, ALL, Via.WISH, "", now)
    return True


def _alone(who: Storyteller, act: Callable[[], object]) -> None:
    try:
        act()
    except (Problem, OSError, DatabaseError) as problem:
        log.error("Storyteller %s: %s", who.reference, problem)
