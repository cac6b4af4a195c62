"""The slots, the gap and the most a day of an account, set in the pages in place of the configuration's file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.authoring.shared.written import keep, newest
from campaign.config import Channel
from campaign.config.accounts import GIVEN_BACK, AccountTimes, lines_of, with_times
from campaign.content.dates.slots import BadSlot, Slot, parse_slot
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import leases
from campaign.models import Delivery
from campaign.models.shared import SharedKind
from campaign.people.roles import need_account_keeper
from campaign.states import NOT_OUT_YET

MOST_SLOTS = 50
LONGEST_GAP = timedelta(days=30)
MOST_A_DAY = 1_000
_NEXT_SLOT = "next-slot"
_MOST_TOLD = 200
"""Deliveries that a page names."""


def set_times(
    channel: Channel, times: AccountTimes, opened: int, by: User, now: datetime
) -> None:
    """Sets when an account posts, and how much; what publishes in any process obeys from its next turn on. What is planned
    keeps its time. `opened` is the number of the version that the person began with, 0 for none. `channel` is that of the
    configuration's file.

    Raises Problem for a slot that cannot be read, for a number that is none, and when somebody else was faster.
    """
    need_account_keeper(by)
    _need_times(times)
    source = lines_of(times)
    said = Sentence("{0}: set in the pages.", channel.name)
    _keep(channel, source, said, opened, by, now)


def give_back(channel: Channel, opened: int, by: User, now: datetime) -> None:
    """Lets the configuration's file rule again. Raises Problem when somebody else was faster."""
    need_account_keeper(by)
    said = Sentence("{0}: given back to the configuration’s file.", channel.name)
    _keep(channel, GIVEN_BACK, said, opened, by, now)


def off_slot(name: str, slots: Sequence[str], now: datetime, zone: ZoneInfo) -> list[Delivery]:
    """What waits in the “next free slot” of an account and would stand at a time that is no slot of these any more: it keeps
    its time until a person moves it. The first _MOST_TOLD, in due order."""
    read = [parse_slot(slot) for slot in slots]
    waiting = Delivery.objects.filter(
        channel=name,
        when=_NEXT_SLOT,
        status__in=NOT_OUT_YET,
        due_at__gt=now,
    )
    in_order = waiting.select_related("post").order_by("due_at", "id")
    rows = in_order[: 5 * _MOST_TOLD]
    off = [delivery for delivery in rows if not _is_slot(delivery.due_at, read, zone)]
    return off[:_MOST_TOLD]


def _keep(
    channel: Channel,
    source: str,
    said: Sentence,
    opened: int,
    by: User,
    now: datetime,
) -> None:
    with writing():
        version = newest(SharedKind.ACCOUNT, channel.name)
        if version and (version.source, version.by_id) == (source, by.pk):
            return  # pressed twice
        keep(SharedKind.ACCOUNT, channel.name, source, by, now, based_on=opened)
        # The account may rest for the gap, or for the day, that counted until now.
        leases.rest_anew(with_times(channel, source), now)
        actor, action = by.username, "account set"
        events.note(None, "", "", now, actor=actor, action=action, reason=said)


def _need_times(times: AccountTimes) -> None:
    if len(times.slots) > MOST_SLOTS:
        raise Problem(Sentence("Give an account at most {0} slots.", MOST_SLOTS))
    for slot in times.slots:
        try:
            parse_slot(slot)
        except BadSlot as problem:
            raise Problem(problem.args[0]) from None
    if not timedelta(0) <= times.minimum_gap <= LONGEST_GAP:
        raise Problem(
            Sentence("The time between two posts is at most {0} days.", LONGEST_GAP.days)
        )
    most = times.max_per_day
    if most is not None and not 1 <= most <= MOST_A_DAY:
        raise Problem(
            Sentence(
                "The most for one day is a number from 1 to {0}, or left empty.", MOST_A_DAY
            )
        )


def _is_slot(moment: datetime, slots: Sequence[Slot], zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    clock = local.time().replace(fold=0)
    return any(local.weekday() in slot.weekdays and clock == slot.time for slot in slots)
