"""Channels whose account has to be looked at before anything goes out: since when, and who has looked.

Everything here that changes something is part of the caller's transaction, or one of its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.core.sentence import Sentence, stored
from campaign.database import events
from campaign.database.sql import column, execute, is_any, writing
from campaign.delivery import leases
from campaign.delivery.reconcile import Sight
from campaign.models import ChannelState

ACTOR = "scheduler"


def look_first(
    names: Iterable[str], since: datetime, now: datetime, wait: timedelta, why: str
) -> None:
    """Nothing goes out on these channels, nor on any that the database knows, before their accounts were looked at for
    what is out since then (aware). The look comes after `wait`, in which a network shows what it took last.

    Notes in the log why.
    """
    with writing():
        leases.ensure(names)
        # One that was to look back further still does.
        execute(
            "UPDATE campaign_channelstate SET look_at = %s, look_problem = '', "
            "look_since = CASE WHEN look_since < %s THEN look_since ELSE %s END",
            *(now + wait, since, since),
        )
        events.note(None, "", "", now, actor=ACTOR, action="looks first", reason=why)


def channels_to_look_at(now: datetime) -> list[str]:
    """The channels whose account is to be looked at now."""
    due = (
        "SELECT name FROM campaign_channelstate WHERE look_since IS NOT NULL AND look_at <= %s"
    )
    return column(str, due, now)


def since_of(channel: str, now: datetime) -> datetime | None:
    """Since when a channel's account is to be looked at now; None when it is not."""
    due = "SELECT look_since FROM campaign_channelstate WHERE name = %s AND look_at <= %s"
    return next(iter(column(datetime, due, channel, now)), None)


def put_off(
    channel: str, since: datetime, sight: Sight, now: datetime, settle_after: timedelta
) -> None:
    """An account could not be read: it is tried again, and a person is asked; part of a transaction."""
    # As for what is unconfirmed: a person takes longer to act than a network to recover.
    wait = settle_after * 5 if sight.needs_person else settle_after
    execute(
        "UPDATE campaign_channelstate SET look_at = %s, look_problem = %s WHERE name = %s AND look_since = %s",
        *(now + wait, stored(sight.obstacle), channel, since),
    )


def is_waiting(channel: str) -> bool:
    """Whether nothing goes out on a channel before its account was looked at."""
    return is_any(
        "SELECT 1 FROM campaign_channelstate WHERE name = %s AND look_since IS NOT NULL",
        channel,
    )


def looked_at(channel: str, by: str, now: datetime) -> bool:
    """A person has looked at the account themselves: the channel goes on. False when it did not wait for that."""
    state = ChannelState.objects.filter(name=channel, look_since__isnull=False).first()
    if state is None or state.look_since is None or not end(channel, state.look_since):
        return False
    why = Sentence("Somebody has looked at the account of channel {0}: it goes on.", channel)
    events.note(None, "", "", now, actor=by, action="looked back", reason=why)
    return True


def sentences(zone: ZoneInfo) -> list[str]:
    """A sentence for each channel whose account is to be looked at first, and why it could not be yet."""
    states = ChannelState.objects.filter(look_since__isnull=False).order_by("name")
    return [sentence(state, zone) for state in states if state.look_since]


def sentence(state: ChannelState, zone: ZoneInfo) -> str:
    """What a channel waits for that looks at its account first."""
    since = f"{state.look_since.astimezone(zone):%Y-%m-%d %H:%M}" if state.look_since else ""
    if not state.look_problem:
        return Sentence(
            "Channel {0} sends nothing before its account was looked at for what is out since {1}.",
            *(state.name, since),
        )
    return Sentence(
        "The account of channel {0} could not be looked at: {1} Nothing goes out there. It is tried again; or look "
        "yourself for what is out since {2}, cancel that here, and say so with: scheduler.py looked {0}",
        *(state.name, state.look_problem, since),
    )


def end(channel: str, since: datetime) -> bool:
    """Ends the waiting for a look. False when it has ended, or has begun anew, since the look began."""
    changed = execute(
        "UPDATE campaign_channelstate SET look_since = NULL, look_at = NULL, look_problem = '' "
        "WHERE name = %s AND look_since = %s",
        *(channel, since),
    )
    return changed == 1
