"""The small recurring chores of whichever program runs: what is over goes, and what waited for a second look is carried
out. Several programs may do them at once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error, connections

from campaign.care import duty
from campaign.core.clock import Clock
from campaign.core.problem import Problem
from campaign.models.stories import TakingBack
from campaign.people import limits

EVERY = timedelta(minutes=1)
log = logging.getLogger(__name__)


def tidy(now: datetime) -> None:
    """Does all of them."""
    Session.objects.filter(expire_date__lte=now).delete()
    limits.forget(now)
    duty.tell(now)
    if TakingBack.objects.filter(decided_at=None, due_at__lte=now).exists():
        _take_back(now)


def _take_back(now: datetime) -> None:
    # What reads sealed names takes a while to load, and is needed on few days.
    from campaign.stories import report, second_look  # noqa: PLC0415

    for made in second_look.work_off(now):
        with suppress(Problem):  # a contact that cannot be read, or no key to count by
            report.send_receipt(made, settings.CONFIG.site.timezone)


@contextmanager
def chores(clock: Clock) -> Iterator[None]:
    """Does them every minute while something else goes on."""
    from campaign.delivery.clocks.ticker import every  # noqa: PLC0415 - what prints a list needs no clock

    def act() -> None:
        try:
            tidy(clock())
        except Error as problem:  # the next minute does it
            log.warning("The chores have to wait: %s", type(problem).__name__)
        finally:
            connections.close_all()

    with every(EVERY, act):
        yield
